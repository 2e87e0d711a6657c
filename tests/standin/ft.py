"""ft.dk: papers laid before the social affairs committee, by session, as PDFs and as HTML made from PDFs."""

import textwrap
from collections import defaultdict
from html import escape

from tests.standin.articles import Article, articles, dashed, in_words, plain
from tests.standin.fill import filled, listing, page_of
from tests.standin.page import PDF, Page
from tests.standin.papers import text_pdf

HOME = "https://www.ft.dk"
PER_PAGE = 2
WIDTH = 78  # characters in a line of the PDF
LINES = 12  # on a page; few, so that there are several pages


def pages() -> dict[str, Page]:
    """Every paper in both forms, and the listings of each session."""
    found: dict[str, Page] = {}
    sessions: dict[str, list[Article]] = defaultdict(list)
    for item in articles("ft"):
        sessions[item.more["session"]].append(item)
        text = filled(item, body=pdf_html(item))
        found[item.url] = page_of(text, None, "none")
        found[pdf_of(item)] = Page(text_pdf(item), PDF, validators="modified")
    names = sorted(sessions, reverse=True)
    links = "".join(f'<li><a href="/samling/{s}/almdel/SOU/bilag">Samling {s}</a></li>' for s in names)
    for session, items in sessions.items():
        found |= listed(f"/samling/{session}/almdel/SOU/bilag", items, f"<ul>{links}</ul>")
    found[f"{HOME}/"] = overview("/", "Folketinget", f"<ul>{links}</ul>")
    return found


def pdf_of(item: Article) -> str:
    """The address of the PDF of a paper."""
    return item.url.removesuffix("/index.htm") + ".pdf"


def pdf_html(item: Article) -> str:
    """A paper as the parliament's converter shows it: lines, page images, a footer on each page."""
    number = item.url.split("/")[-2]
    lines = paper_lines(item)
    found = []
    sheets = [lines[at : at + LINES] for at in range(0, len(lines), LINES)]
    for count, sheet in enumerate(sheets, 1):
        found.append(f'<p class="img">{number}_{count:04}.png</p>')
        found.extend(f"<span>{line}</span><br>" for line in sheet)
        footer = f"SOU, Alm.del - {item.more['years']} - Bilag {item.more['number']}: {escape(item.title)}"
        found.append(f'<p class="foot">{footer}</p><hr>')
    return "\n".join(found)


def paper_lines(item: Article) -> list[str]:
    """The lines of the PDF; an empty one between blocks, and a long word broken at the end of a line."""
    lines = [f"<b>{escape(item.title)}</b>", ""]
    if item.day:
        lines += [in_words(item.day), ""]
    for block in item.blocks:
        if block.startswith("## "):
            lines += [f"<b>{escape(block[3:])}</b>", ""]
            continue
        lines += [*(escape(line) for line in textwrap.wrap(hyphenated(plain(block)), WIDTH)), ""]
    return lines


def hyphenated(text: str) -> str:
    """One long word in two, as at the end of a line in a PDF."""
    return text.replace("foranstaltninger på social-, sundheds-", "foranstalt- ninger på social-, sundheds-")


def listed(path: str, items: list[Article], sessions: str) -> dict[str, Page]:
    """The papers of a session, a few to a page, with links to the other sessions."""
    last = -(-len(items) // PER_PAGE)
    found = {}
    for number in range(1, last + 1):
        shown = items[(number - 1) * PER_PAGE : number * PER_PAGE]
        rows = "".join(map(row, shown))
        pager = " ".join(f'<a href="{path}{query(n)}">{n}</a>' for n in range(1, last + 1))
        after = f'<a rel="next" href="{path}{query(number + 1)}">Næste side</a>' if number < last else ""
        table = f'<table class="listing"><tr><th>Nr.</th><th>Titel</th><th>PDF</th></tr>\n{rows}</table>'
        body = f'{table}\n<div class="pager">{pager} {after}</div>{sessions}'
        found[f"{HOME}{path}{query(number)}"] = overview(path + query(number), "SOU Alm.del - Bilag", body)
    return found


def row(item: Article) -> str:
    """A paper in its listing: number, title with the day it was laid, and the PDF."""
    page, pdf = (url.removeprefix(HOME) for url in (item.url, pdf_of(item)))
    day = f" ({dashed(item.day)})" if item.day else ""
    return (
        f'<tr><td>{item.more["number"]}</td><td><a href="{page}">{escape(item.title)}</a>{day}</td>'
        f'<td><a href="{pdf}">pdf</a></td></tr>\n'
    )


def query(number: int) -> str:
    return "" if number == 1 else f"?pageindex={number}"


def overview(path: str, title: str, rows: str) -> Page:
    return page_of(
        listing("listing", f"{HOME}{path}", title, rows, site="Folketinget", head=""), None, "none"
    )
