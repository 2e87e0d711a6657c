"""Word files: everything that a reader sees in the body, in order, and nothing that bites."""

import struct
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx.enum.style import WD_STYLE_TYPE

from corpus.document import Document, Origin, UnreadableError
from corpus.docx import drafts_of, read_docx
from corpus.word import package
from tests.corpus.docxs import W, listed, new, numbering, p, r, replaced, saved, with_body, zipped
from tests.corpus.pages import MONEY, TITLE, assert_sound, kinds

pytestmark = pytest.mark.slow

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
STEPS = [("decimal", "%1."), ("lowerLetter", "%2)"), ("bullet", "\uf0b7")]


def read(body: bytes) -> Document:
    document = read_docx(body, Origin("files", "/a.docx", WORD, "0" * 64))
    assert_sound(document)
    return document


def test_styles_make_title_headings_and_lists() -> None:
    document = new()
    document.add_paragraph("Social- og Boligministeriet")
    document.add_paragraph("3. marts 2020")
    document.add_heading(TITLE, 0)
    document.add_heading("Baggrund", 1)
    document.add_paragraph(MONEY)
    document.add_paragraph("Et initiativ", "List Bullet")
    document.add_paragraph("Et til", "List Bullet 2")
    document.add_heading("Økonomi", 2)
    document.add_paragraph(MONEY)
    found = read(saved(document))
    assert found.title == TITLE
    assert kinds(found) == [
        ("heading", TITLE),
        ("date_line", "3. marts 2020"),
        ("paragraph", "Social- og Boligministeriet"),
        ("heading", "Baggrund"),
        ("paragraph", MONEY),
        ("list_item", "Et initiativ"),
        ("list_item", "Et til"),
        ("heading", "Økonomi"),
        ("paragraph", MONEY),
    ]
    assert [b.level for b in found.blocks if b.kind == "heading"] == [1, 2, 3]


@pytest.mark.parametrize(("title", "heading"), [("Titel", "Overskrift 1"), ("Title", "Heading 1")])
def test_names_of_styles_may_be_danish(title: str, heading: str) -> None:
    document = new()
    for name in (title, heading):
        if name not in {style.name for style in document.styles}:
            document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("Aftale")
    document.add_paragraph(TITLE, title)
    document.add_paragraph("Hvad vi er enige om", heading)
    document.add_paragraph(MONEY)
    found = read(saved(document))
    assert found.title == TITLE
    assert ("heading", "Hvad vi er enige om") in kinds(found)


def test_a_style_based_on_a_heading_and_an_outline_level_are_headings() -> None:
    document = new("Aftale om børn")
    style = document.styles.add_style("Kapitel", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Heading 2"]
    document.add_paragraph("det første kapitel.", "Kapitel")
    body = saved(document)
    assert ("heading", "det første kapitel.") in kinds(read(body))
    outlined = with_body(p("Aftale") + p("de næste år.", '<w:outlineLvl w:val="1"/>') + p(MONEY))
    assert ("heading", "de næste år.") in kinds(read(outlined))


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (lambda d: (d.add_heading("Et", 1), d.add_paragraph(MONEY)), "Et"),
        (lambda d: (d.add_paragraph("Først"), d.add_paragraph(MONEY)), "Først"),
        (lambda d: d.add_table(2, 2).cell(0, 0).paragraphs[0].add_run(MONEY), "Egenskaben"),
    ],
)
def test_title_from_heading_paragraph_or_properties(body, title) -> None:  # type: ignore[no-untyped-def]
    document = new()
    document.core_properties.title = "Egenskaben"
    body(document)
    assert read(saved(document)).title == title


def test_a_bold_line_above_chapters_of_one_level_is_the_title() -> None:
    document = new("Ministeriet")
    document.add_paragraph().add_run(TITLE).bold = True
    for chapter in ("Baggrund", "Økonomi"):
        document.add_heading(chapter, 1)
        document.add_paragraph(MONEY)
    found = read(saved(document))
    assert found.title == TITLE
    assert [b.level for b in found.blocks if b.kind == "heading"][-2:] == [2, 2]


def test_numbers_of_lists_are_counted() -> None:
    places = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1), (2, 0), (1, 0), (3, 0), (3, 0)]
    items = "".join(p(f"Punkt {i} er med.", listed(*place)) for i, place in enumerate(places))
    lists = numbering(STEPS, [("upperRoman", "%1")], restart=7)
    found = read(with_body(p(TITLE) + items, numbering=lists))
    markers = [(b.marker, b.level) for b in found.blocks[1:]]
    assert markers == [
        *[("1.", 1), ("a)", 2), ("b)", 2), ("•", 3), ("2.", 1), ("a)", 2)],
        *[("I", 1), ("3.", 1), ("7.", 1), ("8.", 1)],
    ]
    assert "\n  a) Punkt 1 er med.\n" in found.text


def test_numbered_headings_carry_their_number() -> None:
    heading = '<w:pStyle w:val="Heading1"/>'
    deeper = '<w:pStyle w:val="Heading2"/>'
    body = p("Formål", heading + listed(1)) + p("Mål", deeper + listed(1, 1)) + p(MONEY)
    found = read(
        with_body(
            p(TITLE, '<w:pStyle w:val="Title"/>') + body,
            numbering=numbering([("decimal", "%1."), ("decimal", "%1.%2")]),
        )
    )
    assert kinds(found)[1:3] == [("heading", "1. Formål"), ("heading", "1.1 Mål")]


def test_a_bold_numbered_line_over_text_is_a_heading() -> None:
    body = p(TITLE) + p("Økonomi", listed(1), "<w:b/>") + p(MONEY)
    found = read(with_body(body, numbering=numbering(STEPS)))
    assert kinds(found)[1] == ("heading", "1. Økonomi")


def cell(words: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{words}</w:tc>"


def test_tables_with_merged_cells() -> None:
    rows = [
        cell(p("Mio. kr."), '<w:gridSpan w:val="1"/>') + cell(p("I alt"), '<w:gridSpan w:val="2"/>'),
        cell(p("Børn"), '<w:vMerge w:val="restart"/>') + cell(p("1,5")) + cell(p("2")),
        cell(p(""), "<w:vMerge/>") + cell(p("3")) + cell(p("4")),
        cell(p("slettet")) * 3,
    ]
    struck = ["", "", "", "<w:trPr><w:del/></w:trPr>"]
    table = "".join(f"<w:tr>{s}{row}</w:tr>" for s, row in zip(struck, rows, strict=True))
    found = read(with_body(p(TITLE) + p(MONEY) + f"<w:tbl>{table}</w:tbl>" + p("Til sidst.")))
    assert found.text.endswith("\n\nMio. kr. | I alt\nBørn | 1,5 | 2\n | 3 | 4\n\nTil sidst.")
    assert [(b.row, b.column) for b in found.blocks if b.kind == "cell"] == [
        *[(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 1), (2, 2)]
    ]


def test_a_table_in_a_table_and_one_that_is_a_box_are_read_as_text() -> None:
    inner = (
        f"<w:tbl><w:tr>{cell(p('a'))}{cell(p('1'))}</w:tr><w:tr>{cell(p('b'))}{cell(p('2'))}</w:tr></w:tbl>"
    )
    outer = f"<w:tbl><w:tr>{cell(p('Fakta: alt dette.') + inner + p(''))}</w:tr></w:tbl>"
    found = read(with_body(p(TITLE) + p(MONEY) + outer))
    assert found.text == f"{TITLE}\n\n{MONEY}\n\nFakta: alt dette.\n\na | 1\nb | 2"


def test_rows_numbered_by_a_list_are_a_table() -> None:
    rows = "".join(f"<w:tr>{cell(p('Indsats', listed(1)))}{cell(p('5,0'))}</w:tr>" for _ in range(2))
    found = read(with_body(p(TITLE) + p(MONEY) + f"<w:tbl>{rows}</w:tbl>", numbering=numbering(STEPS)))
    assert found.text.endswith("1. Indsats | 5,0\n2. Indsats | 5,0")


TEXT = "Der afsættes 5 mio. kr. i 2020."
SPLIT = r("Der afsættes ") + "{}" + r("i 2020.")


@pytest.mark.parametrize(
    "part",
    [
        r("5 mio. kr. "),
        f'<w:hyperlink r:id="rId99">{r("5 mio. kr. ")}</w:hyperlink>',
        f"<w:sdt><w:sdtPr/><w:sdtContent>{r('5 mio. kr. ')}</w:sdtContent></w:sdt>",
        f"<w:ins>{r('5 mio. kr. ')}</w:ins><w:del><w:r><w:delText>9 mio. kr. </w:delText></w:r></w:del>",
        f"<w:moveTo>{r('5 mio. kr. ')}</w:moveTo><w:moveFrom>{r('9 mio. kr. ')}</w:moveFrom>",
        f"{r('5 mio. kr. ')}{r('9 mio. kr. ', '<w:vanish/>')}",
        "<w:r><w:t>5</w:t><w:tab/><w:t>mio.</w:t><w:tab/><w:t>kr.</w:t><w:tab/></w:r>",
        "<w:r><w:t>5 mi</w:t><w:softHyphen/><w:t xml:space='preserve'>o. k\u00adr. </w:t></w:r>",
        f'<w:fldSimple w:instr="REF 9">{r("5 mio. kr. ")}</w:fldSimple>',
        f"<w:r><w:instrText>REF 9</w:instrText></w:r>{r('5 mio. kr. ')}",
        f"{r('5 mio. kr. ')}<w:r><w:footnoteReference w:id='2'/></w:r>",
    ],
)
def test_words_of_a_paragraph(part: str) -> None:
    found = read(with_body(p(TITLE) + f"<w:p>{SPLIT.format(part)}</w:p>"))
    assert kinds(found)[1:] == [("paragraph", TEXT)]


def test_line_breaks_and_a_deleted_end_of_a_paragraph() -> None:
    lines = "<w:r><w:t>Ansøgning:</w:t><w:br/><w:t>1) Skriv</w:t><w:br/><w:t>2) Læs</w:t></w:r>"
    joined = p("Et afsnit, der ", "<w:rPr><w:del/></w:rPr>") + p("går videre.")
    found = read(with_body(p(TITLE) + p(MONEY) + f"<w:p>{lines}</w:p>" + joined))
    assert found.text.endswith("Ansøgning:\n1) Skriv\n2) Læs\n\nEt afsnit, der går videre.")


def test_text_boxes_are_read_once_and_notes_stand_last() -> None:
    box = f"<w:txbxContent>{p('Fakta om de 7 mio. kr.')}</w:txbxContent>"
    new_box = f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
    old_box = f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    run = f"<w:r><mc:AlternateContent>{new_box}{old_box}</mc:AlternateContent></w:r>"
    notes = f"""<w:footnotes {W}><w:footnote w:type="separator" w:id="0">{p("9")}</w:footnote>
        <w:footnote w:id="2">{p("Heraf 2 mio. kr. i 2021.")}</w:footnote></w:footnotes>"""
    found = read(with_body(f"<w:p>{r(TITLE)}{run}</w:p>" + p(MONEY) + p("Slut."), footnotes=notes))
    assert found.text.split("\n\n") == [
        *(TITLE, "Fakta om de 7 mio. kr.", MONEY, "Slut.", "1 Heraf 2 mio. kr. i 2021.")
    ]


def test_header_footer_contents_hidden_and_placeholders_stay_out() -> None:
    document = new(TITLE, MONEY)
    document.sections[0].header.paragraphs[0].text = "Side 99"
    document.sections[0].footer.paragraphs[0].text = "j.nr. 99"
    style = document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("Indledning 99", style)
    hidden = document.styles.add_style("Skjult", WD_STYLE_TYPE.PARAGRAPH)
    hidden.font.hidden = True
    document.add_paragraph("99 skjulte", hidden)
    assert read(saved(document)).text == f"{TITLE}\n\n{MONEY}"
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    controls = "".join(
        f"<w:sdt><w:sdtPr>{said}</w:sdtPr><w:sdtContent>{p('99')}</w:sdtContent></w:sdt>"
        for said in (gallery, "<w:showingPlcHdr/>")
    )
    kept = f"<w:sdt><w:sdtContent>{p(MONEY)}</w:sdtContent></w:sdt>"
    assert read(with_body(p(TITLE) + controls + kept)).text == f"{TITLE}\n\n{MONEY}"


def test_notes_name_what_was_worked_around() -> None:
    assert drafts_of(with_body(p(TITLE) + p(MONEY))).notes == ()
    changed = with_body(p(TITLE) + f"<w:p><w:ins>{r(MONEY)}</w:ins></w:p>" + '<w:altChunk r:id="rId9"/>')
    assert drafts_of(changed).notes == ("tracked_changes", "embedded_document")


def test_private_numbers_are_masked() -> None:
    assert read(saved(new(TITLE, "Ring på tlf. 41 85 13 60."))).text.endswith("tlf. ## ## ## ##.")


DOCX = saved(new(TITLE, MONEY))
ENTITY = f'<!DOCTYPE a [<!ENTITY e "ha">]><w:document {W}><w:body><w:p/></w:body></w:document>'


def lying(size: int) -> bytes:
    """A file whose directory says that its text unpacks to less than it does."""
    body = bytearray(replaced(DOCX, {"word/document.xml": " " * 50_000_000}))
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = -1
        while (start := body.find(mark, start + 1)) >= 0:
            if struct.unpack_from("<I", body, start + at)[0] == 50_000_000:
                struct.pack_into("<I", body, start + at, size)
    return bytes(body)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b"PK\x03\x04" + b"x" * 99, "damaged"),
        (DOCX[: len(DOCX) // 2], "cut off"),
        (DOCX.replace(b"word/document.xml", b"word/dokument.xml"), "without its text"),
        (package.OLE + b"\0" * 600, r"old Word .* \(.doc\)"),
        (package.OLE + b"\0" * 600 + package.LOCKED, "password"),
        (zipped(**{"[Content_Types].xml": "", "xl/workbook.xml": ""}), "Excel"),
        (zipped(**{"[Content_Types].xml": "", "ppt/presentation.xml": ""}), "PowerPoint"),
        (zipped(mimetype="", **{"META-INF/manifest.xml": ""}), "OpenDocument"),
        (zipped(**{"a.txt": "Hej"}), "a ZIP file"),
        (zipped(**{"[Content_Types].xml": "<a/>"}), "without its text"),
        (zipped(**{f"{i}": "" for i in range(package.MOST_ENTRIES + 1)}), "too many files"),
        (replaced(DOCX, {"word/document.xml": "<w:document"}), "broken XML"),
        (replaced(DOCX, {"word/document.xml": ENTITY}), "entities"),
        (replaced(DOCX, {"word/document.xml": "<a>" * (package.MOST_TAGS + 1)}), "too large"),
        (replaced(DOCX, {"word/document.xml": " " * (package.MOST_BYTES + 1)}), "too large"),
        (lying(1000), "damaged"),
        (saved(new()), "no words"),
        (DOCX + b" " * 10_000_000, "too large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_says_why(body: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason) as raised:
        drafts_of(body)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(("mark", "reason"), [("template", "dotx"), ("macroEnabled", "docm")])
def test_templates_and_macros_are_refused(mark: str, reason: str) -> None:
    types = ZipFile(BytesIO(DOCX)).read("[Content_Types].xml").decode()
    kind = f"application/vnd.ms-word.{mark}.main+xml"
    other = replaced(DOCX, {"[Content_Types].xml": types.replace(f"{WORD}.main+xml", kind)})
    with pytest.raises(UnreadableError, match=reason):
        drafts_of(other)


def test_an_entry_with_a_password_is_refused() -> None:
    body = bytearray(DOCX)
    start = body.find(b"PK\x01\x02")
    body[start + 8] |= 1
    with pytest.raises(UnreadableError, match="password"):
        drafts_of(bytes(body))


def test_deep_nesting_is_refused_and_wide_nesting_read() -> None:
    deep = "<w:sdt><w:sdtContent>" * 200 + p(MONEY) + "</w:sdtContent></w:sdt>" * 200
    xml = f"<w:document {W}><w:body>{p(TITLE)}{deep}</w:body></w:document>"
    with pytest.raises(UnreadableError, match="broken XML"):
        drafts_of(replaced(DOCX, {"word/document.xml": xml}))
    shallow = "<w:sdt><w:sdtContent>" * 50 + p(MONEY) + "</w:sdtContent></w:sdt>" * 50
    assert read(with_body(p(TITLE) + shallow)).text == f"{TITLE}\n\n{MONEY}"
