"""Agreements as PDF and Word files, the same bytes every time: with text, as a scan, locked, or damaged."""

# mypy: disable-error-code="import-untyped"
import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from html import escape

import docx
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from tests.standin.articles import Article, articles, in_words, plain
from tests.standin.fill import published
from tests.standin.page import DOCX, PDF, Page

EPOCH = (1980, 1, 1, 0, 0, 0)
GRID = TableStyle([("GRID", (0, 0), (-1, -1), 0.3, colors.grey), ("FONTSIZE", (0, 0), (-1, -1), 8)])


def pages() -> dict[str, Page]:
    """Every paper by its address."""
    return {item.url: paper(item) for item in articles("papers")}


def paper(item: Article) -> Page:
    media = DOCX if item.layout == "docx" else PDF
    return Page(MAKERS[item.layout](item), media, modified=published(item.day))


def rows(block: str) -> list[list[str]]:
    """The cells of a table as it is written in the texts."""
    return [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in block.splitlines()]


def text_pdf(item: Article) -> bytes:
    """A PDF as a word processor makes it: headings, paragraphs, tables, a footer on each page."""
    return built(item, None)


def locked_pdf(item: Article) -> bytes:
    """A PDF that opens with a password only."""
    return built(item, StandardEncryption("hemmelig", ownerPassword="ejer", strength=128))


def built(item: Article, lock: StandardEncryption | None) -> bytes:
    file = io.BytesIO()
    document = SimpleDocTemplate(
        file, pagesize=A4, title=item.title, author="Ministeriet", invariant=1, encrypt=lock
    )

    def footer(canvas: Canvas, _document: SimpleDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawCentredString(A4[0] / 2, 30, f"Side {canvas.getPageNumber()}")

    document.build(story(item), onFirstPage=footer, onLaterPages=footer)
    return file.getvalue()


def story(item: Article) -> list[Flowable]:
    """What stands in the PDF, from the title on."""
    styles = getSampleStyleSheet()
    found: list[Flowable] = [Paragraph(escape(item.title), styles["Title"])]
    if item.day:
        found.append(Paragraph(in_words(item.day), styles["Normal"]))
    for block in item.blocks:
        found.append(Spacer(1, 8))
        if block.startswith("| "):
            cells = [[Paragraph(escape(row[0]), styles["Normal"]), *row[1:]] for row in rows(block)]
            found.append(Table(cells, [200, *[45] * (len(cells[0]) - 1)], style=GRID, repeatRows=1))
        elif block.startswith("## "):
            found.append(Paragraph(escape(block[3:]), styles["Heading2"]))
        elif block.startswith("- "):
            lines = (
                Paragraph(escape(plain(line[2:])), styles["Normal"], bulletText="•")
                for line in block.splitlines()
            )
            found.extend(lines)
        else:
            found.append(Paragraph(escape(plain(block)), styles["Normal"]))
    return found


def scanned_pdf(item: Article) -> bytes:
    """A PDF that is only a picture of its words."""
    picture = Image.new("L", (1240, 1754), 255)
    pencil, font = ImageDraw.Draw(picture), ImageFont.load_default(30)
    for number, block in enumerate([item.title, *item.blocks]):
        pencil.text((120, 150 + 120 * number), block, fill=20, font=font)
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    canvas.drawImage(ImageReader(picture), 0, 0, *A4)
    canvas.save()
    return file.getvalue()


def damaged_pdf(item: Article) -> bytes:
    """The first half of a PDF."""
    whole = text_pdf(item)
    return whole[: len(whole) // 2]


def word_file(item: Article) -> bytes:
    """A .docx with headings, a list and a table; packed anew, because a ZIP file knows the time of day."""
    document = docx.Document()
    document.core_properties.created = document.core_properties.modified = datetime(2020, 11, 10, tzinfo=UTC)
    document.core_properties.title = item.title
    document.add_heading(item.title, 0)
    for block in item.blocks:
        if block.startswith("## "):
            document.add_heading(block[3:], 1)
        elif block.startswith("- "):
            for line in block.splitlines():
                document.add_paragraph(plain(line[2:]), style="List Bullet")
        elif block.startswith("| "):
            cells = rows(block)
            table = document.add_table(len(cells), len(cells[0]))
            for row, texts in zip(table.rows, cells, strict=True):
                for cell, words in zip(row.cells, texts, strict=True):
                    cell.text = words
        else:
            document.add_paragraph(plain(block))
    file = io.BytesIO()
    document.save(file)
    return repacked(file.getvalue())


def repacked(body: bytes) -> bytes:
    """The same ZIP file with the same date on every part."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            new.writestr(zipfile.ZipInfo(name, EPOCH), old.read(name), zipfile.ZIP_DEFLATED)
    return file.getvalue()


@cache
def tiny_pdf() -> bytes:
    """A PDF with one sentence, for a trap."""
    return text_pdf(Article("", "pdf", "Aftale", "Der afsættes 4,2 mio. kr. i 2024."))


MAKERS: dict[str, Callable[[Article], bytes]] = {
    "pdf": text_pdf,
    "docx": word_file,
    "scan": scanned_pdf,
    "locked": locked_pdf,
    "damaged": damaged_pdf,
}
