"""Word files to Documents: body, lists, tables, notes. The only door for python-docx."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from posixpath import join, normpath
from zipfile import ZipFile

from docx.oxml.parser import parse_xml
from lxml.etree import XMLSyntaxError
from lxml.etree import _Element as Element

from corpus.apart import Parts, read_apart
from corpus.compose import compose
from corpus.document import Document, Origin, UnreadableError
from corpus.inline import squash
from corpus.privacy import mask
from corpus.shape import DATE_LINE, LONGEST_HEADING, Draft, is_heading, settle
from corpus.word import package
from corpus.word.numbering import numeral
from corpus.word.style import Styles, W, styles_of
from corpus.word.walk import Reading, blocks

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
OTHER_KINDS = (
    ("macroEnabled", "a Word file with macros (.docm)"),
    ("template", "a Word template (.dotx)"),
)
CHANGES = frozenset(W + name for name in ("ins", "del", "moveFrom", "moveTo"))
ABOVE = 6  # blocks above the title that are moved below it: letterhead, date, kind of text
SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})


@dataclass(frozen=True, slots=True)
class WordParts:
    """The parts of a Word file that hold text, and what is said of it."""

    body: Element
    styles: Styles
    notes: tuple[Element, ...]  # the roots of footnotes and endnotes
    title: str  # in the properties of the file; often that of the file it was copied from


def read_docx(body: bytes, origin: Origin) -> Document:
    """The Document of a Word file, which is parsed in a process of its own.

    Raises UnreadableError for what is no such file, locked, damaged, a bomb, or without words.
    """
    parts = read_apart("docx", body)
    return composed(parts.title, [*parts.drafts], parts.notes, origin)


def drafts_of(body: bytes) -> Parts:
    """Title, drafts and notes of a Word file; what `read_apart` runs."""
    parts = parts_of(body)
    reading = Reading(parts.styles)
    blocks(reading, parts.body)
    titled = next((d.text for d in reading.drafts if d.level == 0), None)
    several = sum(d.kind == "heading" and d.level == 1 for d in reading.drafts) > 1
    drafts = [levelled(draft, bool(titled) or several) for draft in reading.drafts]
    notes = [draft for root in parts.notes for draft in notes_in(root, parts.styles)]
    if not any(letter.isalpha() for d in drafts for letter in d.text):
        raise UnreadableError("no words in it; is it a scanned picture? give a file with text")
    title = titled or said_title(drafts) or parts.title
    return Parts(title, (*drafts, *notes), notes_on(parts.body))


def notes_in(root: Element, styles: Styles) -> Iterator[Draft]:
    """The footnotes or endnotes of a document, each with its number, as it is printed."""
    form = "lowerRoman" if root.tag == W + "endnotes" else "decimal"
    own = [note for note in root if note.get(W + "type") not in SEPARATORS]
    for number, note in enumerate(own, 1):
        reading = Reading(styles)
        blocks(reading, note)
        for i, draft in enumerate(reading.drafts):
            first = i == 0 and draft.kind != "cell"
            yield replace(draft, text=f"{numeral(number, form)} {draft.text}") if first else draft


def composed(title: str, drafts: list[Draft], notes: tuple[str, ...], origin: Origin) -> Document:
    """The Document of drafts: the title first, then what stood above it, then the rest."""
    tops = [i for i, d in enumerate(drafts[: ABOVE + 1]) if d.kind != "cell" and d.text == title]
    at = tops[0] if tops else 0
    above, rest = drafts[:at], drafts[at:]
    if not tops and drafts[0].kind == "cell":
        above, rest = [], [Draft("heading", title or "Uden titel", 1), *drafts]
    days = [d for d in above if DATE_LINE.fullmatch(d.text)]
    others = [d for d in above if not DATE_LINE.fullmatch(d.text)]
    ordered = [*rest[:1], *days, *others, *rest[1:]]
    text, found = compose(settle(ordered, bold_only=any(d.kind == "heading" for d in ordered[1:])))
    text = mask(text)
    return Document(origin, text[found[0].span.start : found[0].span.end], text, found, notes)


def levelled(draft: Draft, titled: bool) -> Draft:
    """Level 1 is the title's; where there is one, or many of that level, the others go below it."""
    if draft.kind != "heading" or draft.level is None:
        return draft
    return replace(draft, level=1 if draft.level == 0 else draft.level + titled)


def said_title(drafts: list[Draft]) -> str:
    """The first heading near the beginning, else the first paragraph.

    Where the first heading is but one chapter of several, a bold line above it is the title.
    """
    tops = [d for d in drafts[: ABOVE + 1] if d.kind != "cell" and len(d.text) <= LONGEST_HEADING * 2]
    heads = [d for d in tops if d.kind == "heading"]
    chapters = [d for d in drafts if d.kind == "heading" and heads and d.level == heads[0].level]
    if len(chapters) > 1:
        above = tops[: tops.index(heads[0])]
        heads = [d for d in above if d.bold and is_heading(d.text)] or heads
    return next((d.text for d in [*heads, *tops]), "")


def notes_on(body: Element) -> tuple[str, ...]:
    """Codes of what was worked around in the file."""
    found = []
    if any(True for _ in body.iter(*CHANGES)):
        found.append("tracked_changes")
    if any(True for _ in body.iter(W + "altChunk")):
        found.append("embedded_document")
    return tuple(found)


def parts_of(body: bytes) -> WordParts:
    """The parts of a Word file, found by its relations as Word finds them."""
    with package.opened(body) as file:
        top = related(file, "")
        main = top.get("officeDocument")
        refuse_kind(file, main or "")
        document = tree(file, main) if main else None
        inside = document.find(W + "body") if document is not None else None
        if inside is None or not main:
            raise UnreadableError("a Word file without its text; save it as a Word document (.docx)")
        others = related(file, main)
        found = {
            name: tree(file, others[name])
            for name in ("styles", "numbering", "footnotes", "endnotes")
            if name in others
        }
        core = tree(file, top["core-properties"]) if "core-properties" in top else None
    notes = tuple(found[name] for name in ("footnotes", "endnotes") if found.get(name) is not None)
    title = core.findtext("{http://purl.org/dc/elements/1.1/}title") if core is not None else None
    styles = styles_of(found.get("styles"), found.get("numbering"))
    return WordParts(inside, styles, notes, squash(title or ""))


def refuse_kind(file: ZipFile, main: str) -> None:
    """Raise UnreadableError for a file of the family that is no plain document."""
    types = tree(file, "[Content_Types].xml")
    name = "/" + main.lstrip("/")
    kinds = (
        [str(t.get("ContentType")) for t in types if t.get("PartName") == name] if types is not None else []
    )
    for mark, what in OTHER_KINDS:
        if any(mark in kind for kind in kinds):
            raise UnreadableError(f"{what}; {package.AS_DOCX}")


def related(file: ZipFile, name: str) -> dict[str, str]:
    """The parts that a part refers to, by the last word of what they are to it."""
    folder, _, last = name.rpartition("/")
    relations = tree(file, join(folder, "_rels", f"{last}.rels"))
    found: dict[str, str] = {}
    for relation in relations if relations is not None else ():
        kind, target = str(relation.get("Type")), str(relation.get("Target"))
        if relation.get("TargetMode") != "External":
            path = target if target.startswith("/") else join(folder, target)
            found.setdefault(kind.rpartition("/")[2], normpath(path).lstrip("/"))
    return found


def tree(file: ZipFile, name: str) -> Element | None:
    """The elements of a part, if it is there."""
    xml = package.part(file, name)
    if xml is None:
        return None
    try:
        return parse_xml(xml)
    except (XMLSyntaxError, ValueError) as error:
        raise UnreadableError(f"a Word file with broken XML ({name}); {package.AS_DOCX} again") from error
