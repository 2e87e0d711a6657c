"""PDFs of many layouts: what is text, what is a table, and what is refused."""

import random
from functools import partial
from itertools import groupby, pairwise
from textwrap import wrap

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from corpus.compose import compose
from corpus.document import Document, Origin, UnreadableError
from corpus.pdf import drafts_of, read_pdf
from corpus.shape import Draft
from tests.corpus import pdfs

pytestmark = pytest.mark.slow

ORIGIN = Origin("files", "aftale.pdf", "application/pdf", "0" * 64)
ROWS = pdfs.economy_rows()
TARGETS = ("Børn og unge i udsatte positioner", "Voksne med psykiske vanskeligheder og deres pårørende")
GROUPS = [
    ["Initiativ", "Målgruppe", "Beløb"],
    *([label, TARGETS[i % 2], f"{3 * i + 1},{i} mio. kr."] for i, label in enumerate(pdfs.LABELS)),
]


def tables(drafts: tuple[Draft, ...]) -> list[list[dict[int, str]]]:
    """The tables of a document, each as rows of texts by column."""
    found: list[list[dict[int, str]]] = []
    cells = [draft for draft in drafts if draft.kind == "cell"]
    for _, row in groupby(cells, key=lambda cell: (cell.page, cell.row)):
        texts = [*row]
        if texts[0].gap:
            found.append([])
        found[-1].append({cell.column or 0: cell.text for cell in texts})
    return found


def as_dicts(rows: pdfs.Rows) -> list[dict[int, str]]:
    return [{column: text for column, text in enumerate(row) if text} for row in rows]


def words(body: bytes) -> list[str]:
    """The texts of the blocks that are no cells."""
    return [draft.text for draft in drafts_of(body).drafts if draft.kind != "cell"]


def read(body: bytes) -> Document:
    return read_pdf(body, ORIGIN)


LAYOUTS = {
    **{
        f"{grid}, {valign}": partial(pdfs.table_pdf, ROWS, grid, valign)
        for grid in pdfs.GRIDS
        for valign in ("TOP", "MIDDLE", "BOTTOM")
    },
    **{
        f"dense, {valign}": partial(pdfs.table_pdf, ROWS, "none", valign, padding=0)
        for valign in ("TOP", "MIDDLE", "BOTTOM")
    },
    "header once": partial(pdfs.table_pdf, ROWS, repeat=0),
    "header once, ruled": partial(pdfs.table_pdf, ROWS, "full", repeat=0),
    "landscape": partial(pdfs.table_pdf, ROWS, landscape=True, widths=[300, *[60] * 5]),
    "centred": partial(pdfs.table_pdf, ROWS, align="CENTER"),
    "left": partial(pdfs.table_pdf, ROWS, align="LEFT"),
    "wide margins": partial(pdfs.table_pdf, ROWS, margin=100, widths=[140, *[50] * 5]),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_table_keeps_its_rows_and_numbers_in_every_layout(layout: str) -> None:
    drafts = drafts_of(LAYOUTS[layout]()).drafts
    assert tables(drafts) == [as_dicts(ROWS)]
    prose = [draft.text for draft in drafts if draft.kind != "cell"]
    assert len(prose) == 4, prose
    assert prose[1] == (pdfs.PROSE * 3).strip()
    assert prose[-1].startswith("Anm.: Tallene er afrundet")


@pytest.mark.parametrize("grid", pdfs.GRIDS)
@pytest.mark.parametrize("valign", ["TOP", "MIDDLE"])
def test_a_table_may_have_columns_of_words(grid: str, valign: str) -> None:
    body = pdfs.table_pdf(GROUPS, grid, valign, widths=[180, 180, 80], wrapped=(1,))
    assert tables(drafts_of(body).drafts) == [as_dicts(GROUPS)]


def test_the_sample_says_what_it_was_made_of() -> None:
    body = pdfs.SAMPLE.read_bytes()
    assert body == pdfs.sample_pdf()
    document = read(body)
    assert document.title == pdfs.NAME
    assert document.notes == ()
    assert "arbejdsmarkedsområdet for 2026-2029. Der afsættes i alt 288,7 mio. kr." in document.text
    assert "Side 1" not in document.text
    for _, title, years, text in pdfs.INITIATIVES:
        money = f"Der afsættes i alt {pdfs.tenths(sum(years))} mio. kr. i perioden 2026-2029."
        assert f"\n\n{title}\n\n{text} {money}\n\n" in document.text
    cells = [block for block in document.blocks if block.kind == "cell"]
    assert {block.page for block in cells} == {2, 3}
    assert tables(drafts_of(body).drafts) == [as_dicts(pdfs.sample_rows())]


def test_every_block_is_where_its_span_says() -> None:
    document = read(pdfs.table_pdf(ROWS))
    parts = drafts_of(pdfs.table_pdf(ROWS))
    assert compose(list(parts.drafts))[0] == document.text
    quotes = [document.quote(block.span) for block in document.blocks]
    assert quotes == [draft.text for draft in parts.drafts]


def test_two_columns_are_read_one_after_the_other() -> None:
    paragraphs = [f"Afsnit {i}. {pdfs.PROSE * 2}".strip() for i in range(9)]
    assert " ".join(words(pdfs.columns_pdf(paragraphs))).endswith(" ".join(paragraphs))


def test_bullets_lie_in_bullets() -> None:
    items = [draft for draft in drafts_of(pdfs.bullets_pdf()).drafts if draft.kind == "list_item"]
    assert [(item.level, item.text[:13]) for item in items] == [
        (1, "Der oprettes "),
        (1, "Der oprettes "),
        (2, "Rådgivning"),
        (2, "Støttepersone"),
        (1, "Indsatsen eva"),
    ]


def test_hyphens_at_line_ends() -> None:
    lines = [
        "Aftale om en samlet indsats for udsatte borgere i hele landet",
        "",
        "Partierne er enige om at styrke indsatsen på social- og sund-",
        "hedsområdet, så midlerne til børne- og ungeområdet, voksen-",
        "og ældreområdet samt UIP-projekterne i perioden fra 2020-",
        "2023 kommer flest muligt til gavn, og evalueringen af UIP-",
        "midler foretages hvert år.",
    ]
    assert words(pdfs.text_pdf(lines))[1] == (
        "Partierne er enige om at styrke indsatsen på social- og sundhedsområdet, så midlerne til børne- og "
        "ungeområdet, voksen- og ældreområdet samt UIP-projekterne i perioden fra 2020-2023 kommer flest "
        "muligt til gavn, og evalueringen af UIP-midler foretages hvert år."
    )


CELLS = [
    ["Område og initiativ", "2026", "2027", "Samlet (mio. kr.)"],
    ["Lokale fællesskaber", "12,0 mio. kr., heraf 2,0 til drift", "-", "12,0"],
    ["Herberger i alle landsdele, der tager imod hele døgnet og hele året", "8,0 / 9,0", "÷1,5", "6,5"],
    ["I alt", "20,0", "÷1,5", "18,5"],
]


@pytest.mark.parametrize("above", [True, False])
def test_borders_drawn_cell_by_cell_part_the_columns(above: bool) -> None:
    def draw(canvas: Canvas) -> None:
        lefts, tops = (70, 250, 400, 450, 540), (700, 674, 638, 602, 576)
        canvas.setFont("Helvetica", 20)
        canvas.drawString(70, 760, "Aftale om herberger")
        for top in tops if above else tops[1:]:
            for a, b in pairwise(lefts):
                canvas.line(a, top, b, top)
        for row, top in zip(CELLS, tops, strict=False):
            for left, text, letters in zip(lefts, row, (36, 24, 9, 20), strict=False):
                for i, line in enumerate(wrap(text, letters)):
                    canvas.setFont("Helvetica", 9)
                    canvas.drawString(left + 4, top - 14 - 14 * i, line)

    assert tables(drafts_of(pdfs.drawn(draw)).drafts) == [as_dicts(CELLS)]


def test_a_number_at_the_end_of_a_title_is_no_figure() -> None:
    rows = [
        [f"{label} {i + 1}", *map(pdfs.tenths, (i * 731 + 9, i * 97 + 8))]
        for i, label in enumerate(pdfs.LABELS)
    ]
    spaced = [[title, *(figure.replace(".", " ") for figure in own)] for title, *own in rows]
    for valign in ("TOP", "MIDDLE", "BOTTOM"):
        assert tables(drafts_of(pdfs.table_pdf(spaced, "none", valign)).drafts) == [as_dicts(spaced)]


def test_a_table_of_contents_is_left_out_and_the_rows_of_a_table_are_not() -> None:
    leaders = [
        f"{i}. {name} {'.' * 60} {i}" for i, name in enumerate(("Baggrund", "Indsatser", "Økonomi"), 1)
    ]
    text = [f"Pladser på herberg {i} {'.' * 40} {90 - i},5" for i in range(4)]
    for heading in ([], ["Indholdsfortegnelse"]):
        found = "\n".join(
            words(pdfs.text_pdf(["Aftale om herberger", *heading, *leaders, "Baggrund", *text]))
        )
        assert "Indsatser" not in found
        assert "Indholdsfortegnelse" not in found
        assert "Baggrund" in found
        assert found.count("Pladser på herberg") == 4


def test_notes_stand_alone_and_their_marks_are_left_out() -> None:
    def draw(canvas: Canvas) -> None:
        body = ["Der afsættes 12,0 mio. kr. til herberger.", "Resten udmøntes ved en senere aftale om 2027."]
        for i, line in enumerate(body):
            canvas.setFont("Helvetica", 11)
            canvas.drawString(70, 700 - 15 * i, line)
            canvas.setFont("Helvetica", 6)
            canvas.drawString(72 + canvas.stringWidth(line, "Helvetica", 11), 704 - 15 * i, str(i + 1))
        canvas.setFont("Helvetica", 8)
        for i, line in enumerate(["1Heraf er 2,0 mio. kr. overført.", "2Aftalen gælder i hele landet."]):
            canvas.drawString(70, 90 - 10 * i, line)

    assert words(pdfs.drawn(draw)) == [
        "Der afsættes 12,0 mio. kr. til herberger. Resten udmøntes ved en senere aftale om 2027.",
        "1 Heraf er 2,0 mio. kr. overført.",
        "2 Aftalen gælder i hele landet.",
    ]


def test_a_letter_keeps_its_lines_at_the_right_and_loses_the_name_over_it() -> None:
    lines = ["Dato: 3. marts 2026", "Sagsnr.: 26-17"]

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 11)
        canvas.drawString(70, 790, "SOCIAL- OG BOLIGMINISTERIET")
        canvas.setFont("Helvetica", 11)
        for i, line in enumerate(lines):
            canvas.drawRightString(520, 700 - 14 * i, line)
        for i in range(2, 5):
            canvas.drawString(
                70, 700 - 14 * i, "Ministeren svarer her på det spørgsmål, som udvalget har stillet i år."
            )
            canvas.circle(72, 620 - 14 * i + 4, 1.5, fill=1)
            canvas.drawString(82, 620 - 14 * i, f"Tilbud nr. {i} fortsætter")

    drafts = drafts_of(pdfs.drawn(draw)).drafts
    assert [draft.text for draft in drafts[:2]] == lines
    assert "BOLIGMINISTERIET" not in " ".join(draft.text for draft in drafts)
    assert [draft.marker for draft in drafts[3:]] == ["•"] * 3


def test_parties_one_per_line_stay_so() -> None:
    lines = [
        "Aftale om udmøntning af satspuljen for 2019 på hele socialområdet",
        "",
        "Aftale mellem regeringen og de partier, som står bag satspuljen. Det er",
        "følgende partier:",
        "Socialdemokratiet",
        "Dansk Folkeparti",
        "Det Radikale Venstre",
        "16. november 2018",
    ]
    assert words(pdfs.text_pdf(lines))[2:] == lines[4:]


def test_prose_with_numbers_is_no_table() -> None:
    line = "Der afsættes 12,5 mio. kr. i 2026, 13,0 mio. kr. i 2027 og 14,5 mio. kr. i 2028 og 2029"
    lines = ["Aftale om penge", "", *[line] * 12]
    parts = drafts_of(pdfs.text_pdf(lines))
    assert not tables(parts.drafts)
    assert " ".join(words(pdfs.text_pdf(lines))).count("12,5 mio. kr. i 2026, 13,0") == 12


def test_headers_and_footers_are_left_out_and_repeated_headings_are_not() -> None:
    def draw(canvas: Canvas) -> None:
        for page in range(1, 5):
            canvas.setFont("Helvetica", 8)
            canvas.drawString(70, 805, "Social- og Boligministeriet")
            canvas.drawCentredString(300, 30, f"- {page} -")
            canvas.setFont("Helvetica-Bold", 13)
            canvas.drawString(70, 500, "Baggrund")
            canvas.setFont("Helvetica", 11)
            for i in range(6):
                canvas.drawString(
                    70, 470 - 15 * i, f"Her står linje {i} om indsatsen for de udsatte nr. {page}."
                )
            canvas.showPage()

    found = words(pdfs.drawn(draw))
    assert sum(text == "Baggrund" for text in found) == 4
    assert not any("ministeriet" in text or text.startswith("- ") for text in found)


def test_letters_set_apart_are_words() -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(70, 700)
        text.setFont("Helvetica", 12)
        text.setCharSpace(4)
        text.textLine("AFTALE OM RESERVEN")
        text.setCharSpace(0)
        text.textLine("Partierne er enige om at bruge pengene.")
        canvas.drawText(text)

    assert " ".join(words(pdfs.drawn(draw))) == "AFTALE OM RESERVEN Partierne er enige om at bruge pengene."


def picture(canvas: Canvas) -> None:
    """A page that is a picture."""
    canvas.drawInlineImage(grey(), 0, 0, *A4)


def grey() -> object:
    from PIL import Image  # noqa: PLC0415 comes with reportlab

    return Image.new("L", (20, 30), 200)


def test_a_scanned_pdf_is_refused_and_a_scanned_page_noted() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(70, 700, "Partierne er enige om at udmønte reserven.")
        canvas.showPage()
        picture(canvas)

    with pytest.raises(UnreadableError, match="scanned PDF without text: its page is a picture; run OCR"):
        read(pdfs.drawn(picture))
    assert read(pdfs.drawn(draw)).notes == ("scanned_pages",)


SAMPLE = pdfs.SAMPLE.read_bytes()


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        (b"<html><body>Siden findes ikke</body></html>", "not a PDF"),
        (SAMPLE[:4000], "cut off"),
        (SAMPLE[:4000] + b"\n%%EOF\n", "damaged"),
        (pdfs.drawn(lambda canvas: canvas.showPage()), "a PDF without text"),
        (pdfs.drawn(picture, encrypt=StandardEncryption("kode", strength=128)), "locked with a password"),
    ],
)
def test_what_cannot_be_read_says_why_on_one_line(body: bytes, message: str) -> None:
    with pytest.raises(UnreadableError, match=message) as caught:
        read(body)
    assert "\n" not in str(caught.value)


def test_private_numbers_are_masked() -> None:
    text = read(pdfs.text_pdf(["Kontakt", "", "Ring til pressen på tlf. 41 85 13 60 og hør mere."])).text
    assert "tlf. ## ## ## ##" in text


def test_damaged_files_give_a_document_or_a_reason() -> None:
    chance = random.Random(7)
    outcomes = set()
    for _ in range(6):
        body = bytearray(SAMPLE)
        for _ in range(40):
            body[chance.randrange(20, len(body) - 20)] = chance.randrange(256)
        outcomes.add(outcome(bytes(body)))
    assert outcomes <= {"", "a PDF that is", "damaged", "cut off", "not a PDF"}


def outcome(body: bytes) -> str:
    """The first words of why a file cannot be read, or none."""
    try:
        read(body)
    except UnreadableError as error:
        return str(error).split(":")[0].split(",")[0].replace(" damaged", "")
    return ""


def test_the_same_bytes_give_the_same_document() -> None:
    assert read(SAMPLE) == read(SAMPLE)
