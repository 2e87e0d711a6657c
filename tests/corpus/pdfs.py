"""PDFs for the tests, drawn with reportlab: the same bytes every time."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.lib.colors import black, lightgrey
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BalancedColumns,
    Flowable,
    ListFlowable,
    ListItem,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)

SAMPLE = Path(__file__).parents[2] / "corpus" / "samples" / "aftale-reserve-2026.pdf"
BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10.5, leading=14, spaceAfter=8)
BOLD = ParagraphStyle("bold", parent=BODY, fontName="Helvetica-Bold")
TITLE = ParagraphStyle("title", parent=BOLD, fontSize=18, leading=22, spaceAfter=16)
HEADING = ParagraphStyle("heading", parent=BOLD, fontSize=13, leading=17, spaceBefore=10)
SMALL = ParagraphStyle("small", parent=HEADING, fontSize=11, leading=15, spaceAfter=3)
CELL = ParagraphStyle("cell", parent=BODY, fontSize=9, leading=11, spaceAfter=0)
GRIDS: dict[str, list[tuple[Any, ...]]] = {
    "none": [],
    "full": [("GRID", (0, 0), (-1, -1), 0.5, black)],
    "level": [("LINEBELOW", (0, 0), (-1, -1), 0.4, black)],
    "head": [("LINEABOVE", (0, 0), (-1, 0), 1, black), ("LINEBELOW", (0, 0), (-1, 0), 0.5, black)],
    "upright": [
        ("BOX", (0, 0), (-1, -1), 0.5, black),
        ("LINEAFTER", (0, 0), (-1, -1), 0.5, black),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, black),
    ],
    "shaded": [("ROWBACKGROUNDS", (0, 0), (-1, -1), [lightgrey, None])],
}
LABELS = [
    "Børnehuse i hele landet",
    "Styrket indsats for unge med handicap, der er på vej fra skole til job og egen bolig",
    "Væresteder",
    "Rådgivning af pårørende til mennesker med demens og andre kognitive sygdomme i kommunerne",
    "Peer-støtte i psykiatrien",
    "Frivillig gældsrådgivning til udsatte familier, herunder børnefamilier med sociale problemer",
    "Lokale partnerskaber mod ensomhed",
]
PROSE = (
    "Partierne er enige om, at indsatsen skal følges tæt, og at midlerne skal komme flest muligt til gavn. "
    "Der afsættes i alt 12,5 mio. kr. i perioden 2026-2029, og heraf er 3,1 mio. kr. til rådgivning. "
)
Rows = list[list[str]]


def economy_rows(count: int = 45) -> Rows:
    """A header, initiatives with four years and their sum, and the total."""
    rows = [["Initiativ", "2026", "2027", "2028", "2029", "I alt"]]
    sums = [0] * 5
    for i in range(count):
        years = [(i * 37 + year * 11) % 1200 + 1 for year in range(3)]
        years.append(0 if i % 4 == 0 else -((i * 13) % 90) - 1 if i % 9 == 0 else i * 1000 + 17)
        years.append(sum(years))
        sums = [a + b for a, b in zip(sums, years, strict=True)]
        rows.append([f"{LABELS[i % len(LABELS)]} {i + 1}. del", *map(tenths, years)])
    return [*rows, ["I alt", *map(tenths, sums)]]


def tenths(value: int) -> str:
    """
    >>> tenths(11392), tenths(-15), tenths(0)
    ('1.139,2', '-1,5', '-')
    """
    if not value:
        return "-"
    whole, part = divmod(abs(value), 10)
    return f"{'-' if value < 0 else ''}{whole:,}".replace(",", ".") + f",{part}"


def table_pdf(rows: Rows, grid: str = "none", valign: str = "TOP", **options: Any) -> bytes:
    """A title, prose, a caption, the table, and prose again, with a footer on every page."""
    widths = options.get("widths", [200, *[52] * (len(rows[0]) - 1)])
    cells = [[Paragraph(row[0], CELL), *row[1:]] for row in rows]
    wrapped = options.get("wrapped", ())
    cells = [[Paragraph(c, CELL) if i in wrapped else c for i, c in enumerate(row)] for row in cells]
    style = [
        ("FONT", (0, 0), (-1, -1), "Helvetica", 9, 11),
        ("VALIGN", (0, 0), (-1, -1), valign),
        ("ALIGN", (1, 0), (-1, -1), options.get("align", "RIGHT")),
        ("TOPPADDING", (0, 0), (-1, -1), options.get("padding", 3)),
        ("BOTTOMPADDING", (0, 0), (-1, -1), options.get("padding", 3)),
        *GRIDS[grid],
    ]
    table = Table(cells, widths, repeatRows=options.get("repeat", 1), style=style, hAlign="LEFT")
    flow = [
        Paragraph("Aftale om udmøntning af reserven 2026-2029", TITLE),
        Paragraph(PROSE * 3, BODY),
        Paragraph("Tabel 1. Initiativer (mio. kr., 2026-pl)", HEADING),
        table,
        Spacer(1, 12),
        Paragraph(
            "Anm.: Tallene er afrundet, og afrunding kan medføre, at de ikke summer til totalen.", BODY
        ),
    ]
    return built(flow, landscape(A4) if options.get("landscape") else A4, options.get("margin", 60))


def built(flow: list[Flowable], size: tuple[float, float] = A4, margin: float = 60) -> bytes:
    """The bytes of a PDF with a flow of text."""
    out = BytesIO()
    document = SimpleDocTemplate(
        out, pagesize=size, leftMargin=margin, rightMargin=margin, topMargin=64, bottomMargin=64, invariant=1
    )
    document.build(flow, onFirstPage=footers, onLaterPages=footers)
    return out.getvalue()


def footers(canvas: Canvas, document: SimpleDocTemplate) -> None:
    canvas.setFont("Helvetica", 8)
    width, height = document.pagesize
    canvas.drawString(60, height - 34, "Social- og Boligministeriet")
    canvas.drawString(60, 30, "Aftaletekst")
    canvas.drawRightString(width - 60, 30, f"Side {document.page}")


def drawn(draw: Callable[[Canvas], None], **options: Any) -> bytes:
    """The bytes of a PDF that a function draws."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, **options)
    draw(canvas)
    canvas.save()
    return out.getvalue()


def text_pdf(lines: list[str], size: float = 11) -> bytes:
    """Lines under each other, as they are."""

    def draw(canvas: Canvas) -> None:
        for i, line in enumerate(lines):
            if i % 40 == 0 and i:
                canvas.showPage()
            canvas.setFont("Helvetica", size)
            canvas.drawString(70, 760 - (i % 40) * size * 1.4, line)

    return drawn(draw)


def columns_pdf(paragraphs: list[str]) -> bytes:
    """A title over two columns of text set full."""
    full = ParagraphStyle("full", parent=BODY, alignment=TA_JUSTIFY, fontSize=9.5, leading=12)
    flow: list[Flowable] = [
        Paragraph("Redegørelse om indsatsen mod hjemløshed", TITLE),
        BalancedColumns([Paragraph(words, full) for words in paragraphs], nCols=2, innerPadding=18),
    ]
    return built(flow)


def bullets_pdf() -> bytes:
    """Bullets in bullets."""
    within = [Paragraph("Rådgivning", BODY), Paragraph("Støttepersoner", BODY)]
    inner = ListFlowable(within, bulletType="bullet", start="-")
    items = [
        ListItem(Paragraph("Der oprettes et exitprogram, " + PROSE, BODY)),
        ListItem([Paragraph("Der oprettes to tilbud:", BODY), inner]),
        ListItem(Paragraph("Indsatsen evalueres", BODY)),
    ]
    bullets = ListFlowable(items, bulletType="bullet", start="\u2022")
    return built([Paragraph("Aftale om exitprogram", TITLE), bullets])


PARTIES = (
    "Socialdemokratiet",
    "Venstre",
    "Moderaterne",
    "Socialistisk Folkeparti",
    "Radikale Venstre",
    "Alternativet",
)
NAME = (
    "Aftale om udmøntning af reserven til foranstaltninger på social-, sundheds- og "
    "arbejdsmarkedsområdet 2026-2029"
)
AIM = (
    "Partierne er enige om at prioritere forebyggende indsatser og initiativer, der allerede har vist en "
    "virkning. Aftalen består af 12 initiativer inden for fem områder, og økonomien fremgår af bilag 1."
)
# where the sample's lines may cut a word
CUTS = (
    "foranstalt|ninger", "arbejds|markeds|området", "organisa|tioner", "ansøgnings|pulje", "sundheds|væsen",
    "sam|arbejdet", "kom|muner", "initia|tiver", "fore|byggende", "eva|lueres", "støtte|person", "rådig|hed",
    "frivil|lige", "uddan|nelse", "måne|den", "foræl|dre", "lands|dækkende", "eksiste|rende", "ansæt|telse",
    "posi|tioner", "arbejds|pladsen", "virk|ning", "prio|ritere", "speciali|seret", "udmønt|ning",
)  # fmt: skip
# the sample's initiatives: area, title, money of each year in tenths of a million, what is to happen
INITIATIVES = [
    (
        "Børn og unge",
        "Børnehuse tættere på familierne",
        (82, 104, 110, 110),
        "Flere børn, der har været udsat for overgreb, skal kunne få hjælp i nærheden af deres hjem. "
        "Partierne er enige om at åbne tre satellitter til børnehusene og at styrke samarbejdet "
        "mellem kommuner, politi og sundhedsvæsen.",
    ),
    (
        "Børn og unge",
        "Fritidsmentorer til anbragte børn og unge, der flytter til en ny kommune",
        (45, 60, 60, 60),
        "Et fritidsliv giver venner og voksne, man kan stole på. Derfor oprettes en ansøgningspulje, "
        "som kommuner og frivillige organisationer kan søge i 2026 og 2027 til mentorer, der følger "
        "barnet til den første træning.",
    ),
    (
        "Børn og unge",
        "Rådgivning til unge pårørende",
        (31, 31, 31, 31),
        "Tilbuddet om anonym rådgivning til unge, der vokser op med alvorlig sygdom i familien, "
        "videreføres og udvides med en chat, der har åbent hver aften.",
    ),
    (
        "Voksne i udsatte positioner",
        "Egen bolig med støtte til mennesker i hjemløshed",
        (120, 185, 185, 170),
        "Housing First udbredes til yderligere otte kommuner. Partierne er enige om, at kommunerne "
        "skal forpligte sig på at stille boliger til rådighed, og at indsatsen evalueres inden "
        "udgangen af 2028.",
    ),
    (
        "Voksne i udsatte positioner",
        "Væresteder og varmestuer",
        (90, 90, 90, 90),
        "Der oprettes en driftspulje til væresteder, som drives af frivillige organisationer. "
        "Midlerne fordeles efter antallet af brugere.",
    ),
    (
        "Voksne i udsatte positioner",
        "Exitprogram for mennesker i prostitution og videreudvikling af de lokale rådgivninger",
        (25, 40, 40, 35),
        "Et program, der er afprøvet i fire kommuner, gøres landsdækkende. Deltagerne får en fast "
        "støtteperson og hjælp til gæld, bolig og uddannelse.",
    ),
    (
        "Handicap",
        "Ledsagelse til unge med handicap",
        (64, 72, 72, 72),
        "Unge mellem 12 og 17 år skal kunne tage i biografen uden deres forældre. Timetallet i "
        "ledsageordningen hæves med fem timer om måneden.",
    ),
    (
        "Handicap",
        "Videnscenter for sjældne diagnoser",
        (18, 22, 22, 22),
        "Rådgivere i kommunerne skal kunne trække på specialiseret viden om sjældne diagnoser. "
        "Partierne ønsker et samlet overblik over de eksisterende tilbud.",
    ),
    (
        "Sundhed",
        "Peer-støtte i psykiatrien",
        (60, 70, 70, 70),
        "Mennesker, der selv har haft en psykisk lidelse, ansættes som støtte for patienter, der "
        "udskrives. Indsatsen følges af Sundhedsstyrelsen.",
    ),
    (
        "Sundhed",
        "Sundhedsambulancer til socialt udsatte uden fast bopæl i de største byer",
        (52, 52, 52, 52),
        "Sundhedsambulancerne kører ud med behandling af sår og infektioner og med henvisning til egen læge.",
    ),
    (
        "Arbejdsmarked",
        "Virksomhedsrettet indsats for veteraner",
        (12, 13, 13, 12),
        "Veteraner med psykiske efterreaktioner får en mentor på arbejdspladsen. Mindst 200 veteraner"
        " ventes at deltage.",
    ),
    (
        "Arbejdsmarked",
        "Seniorjob med socialt sigte",
        (20, 30, 30, 0),
        "Arbejdsgivere kan få tilskud til ansættelse af ledige seniorer, der støtter yngre kolleger i"
        " udsatte positioner.",
    ),
]


def sample_rows() -> Rows:
    """The economy table of the sample: areas with their sums, initiatives, and the total."""
    rows = [["Nr.", "Initiativ", "2026", "2027", "2028", "2029", "I alt"]]
    total = [0] * 5
    for area in dict.fromkeys(area for area, *_ in INITIATIVES):
        own = [[*years, sum(years)] for name, _, years, _ in INITIATIVES if name == area]
        sums = [sum(column) for column in zip(*own, strict=True)]
        total = [a + b for a, b in zip(total, sums, strict=True)]
        rows.append(["", f"{area} i alt", *map(tenths, sums)])
        for i, (name, title, years, _) in enumerate(INITIATIVES, 1):
            if name == area:
                rows.append([str(i), title, *map(tenths, years), tenths(sum(years))])
    return [*rows, ["", "Reserven i alt", *map(tenths, total)]]


def sample_pdf() -> bytes:
    """The agreement in corpus/samples: preamble, initiatives, and a table over two pages."""
    total = sample_rows()[-1][-1]
    right = ParagraphStyle("hyphens", parent=BODY, alignment=TA_JUSTIFY, fontSize=11, leading=15)
    intro = (
        f"{', '.join(['Regeringen', *PARTIES[:-1]])} og {PARTIES[-1]} har den 4. november 2025 indgået "
        "aftale om udmøntning af reserven til foranstaltninger på social-, sundheds- og "
        f"arbejdsmarkedsområdet for 2026-2029. Der afsættes i alt {total} mio. kr. i perioden 2026-2029."
    )
    flow: list[Flowable] = [
        Paragraph(NAME, TITLE),
        *cut(intro, right),
        *cut(AIM, right),
    ]
    before = ""
    for area, title, years, text in INITIATIVES:
        flow += [Paragraph(area, HEADING)] if area != before else []
        before = area
        flow.append(Paragraph(title, SMALL))
        flow += cut(f"{text} Der afsættes i alt {tenths(sum(years))} mio. kr. i perioden 2026-2029.", right)
    return built([*flow, *annex()], margin=86)


def annex() -> list[Flowable]:
    """The heading, table and note of the sample's economy."""
    cells = [[row[0], Paragraph(row[1], CELL), *row[2:]] for row in sample_rows()]
    style = [
        ("FONT", (0, 0), (-1, -1), "Helvetica", 9, 11),
        ("FONT", (0, 0), (-1, 0), "Helvetica-Bold", 9, 11),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("ALIGN", (2, 0), (-1, -1), "RIGHT"),
        ("LINEABOVE", (0, 0), (-1, 0), 1, black),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, black),
        ("LINEBELOW", (0, -1), (-1, -1), 1, black),
    ]
    return [
        Paragraph("Bilag 1. Økonomi", HEADING),
        Paragraph("Tabel 1. Fordeling af reserven (mio. kr., 2026-pl)", HEADING),
        Table(cells, [28, 205, *[42] * 5], repeatRows=1, style=style, hAlign="LEFT"),
        Spacer(1, 10),
        Paragraph("Anm.: Afrunding kan medføre, at tallene ikke summer til totalen.", BODY),
    ]


def cut(text: str, style: ParagraphStyle) -> list[Flowable]:
    """A paragraph whose long words may be cut, with a hyphen, where a line ends."""
    for parts in CUTS:
        text = text.replace(parts.replace("|", ""), parts.replace("|", "\u00ad"))
    return [Paragraph(text, style)]


if __name__ == "__main__":
    SAMPLE.write_bytes(sample_pdf())
