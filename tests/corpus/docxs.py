"""Word files made for the tests: with python-docx, and by hand where it cannot make them."""

from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

W = nsdecls("w")


def new(*paragraphs: str) -> Any:
    """An empty document, or one of plain paragraphs."""
    document = docx.Document()
    for words in paragraphs:
        document.add_paragraph(words)
    return document


def saved(document: Any) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def with_body(xml: str, **parts: str) -> bytes:
    """A Word file with this XML as its body, and others of its parts replaced or added."""
    document = new()
    body = document.element.body
    for element in parse_xml(f"<w:body {W} {BOXES}>{xml}</w:body>"):
        body.insert(len(body) - 1, element)
    return replaced(saved(document), {f"word/{name}.xml": part for name, part in parts.items()})


BOXES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def replaced(body: bytes, parts: dict[str, str]) -> bytes:
    """The file with other parts; a new part is related to the document by its name."""
    file = BytesIO()
    with ZipFile(BytesIO(body)) as old, ZipFile(file, "w", ZIP_DEFLATED) as new_file:
        known = set(old.namelist())
        for name in old.namelist():
            content = old.read(name)
            if name == "word/_rels/document.xml.rels":
                added = "".join(map(relation, sorted(set(parts) - known)))
                content = content.replace(b"</Relationships>", f"{added}</Relationships>".encode())
            new_file.writestr(name, parts.get(name, content))
        for name in set(parts) - known:
            new_file.writestr(name, parts[name])
    return file.getvalue()


def relation(name: str) -> str:
    kind = name.removeprefix("word/").removesuffix(".xml")
    schema = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return f'<Relationship Id="added-{kind}" Type="{schema}/{kind}" Target="{kind}.xml"/>'


def p(words: str, properties: str = "", run: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(words, run)}</w:p>"


def r(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def listed(number: int, depth: int = 0) -> str:
    """The properties of a paragraph in a list."""
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'


def numbering(*lists: list[tuple[str, str]], restart: int | None = None) -> str:
    """The lists 1, 2 … each with its levels as (format, pattern); `restart` adds the first one again."""
    levels = [
        "".join(
            f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/>'
            f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{words}"/></w:lvl>'
            for i, (form, words) in enumerate(one)
        )
        for one in lists
    ]
    definitions = "".join(
        f'<w:abstractNum w:abstractNumId="{i}">{one}</w:abstractNum>' for i, one in enumerate(levels)
    )
    numbers = "".join(
        f'<w:num w:numId="{i + 1}"><w:abstractNumId w:val="{i}"/></w:num>' for i in range(len(levels))
    )
    if restart is not None:
        again = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{restart}"/></w:lvlOverride>'
        numbers += f'<w:num w:numId="{len(levels) + 1}"><w:abstractNumId w:val="0"/>{again}</w:num>'
    return f"<w:numbering {W}>{definitions}{numbers}</w:numbering>"


def zipped(**entries: str) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()
