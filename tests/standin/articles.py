"""Articles as we write them, in texts/*.txt, and their bodies as HTML.

An article begins with `=== address`, then `name: value` lines, an empty line, and the body: blocks with
empty lines between them, `## heading`, `- item`, `| cell | cell |`, `[words](address)`, `**bold**`;
`!## heading` opens a box of facts that goes on to the end or to `!end`; lines that begin with < are HTML.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from html import escape
from pathlib import Path

TEXTS = Path(__file__).parent / "texts"
LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
BOLD = re.compile(r"\*\*(.+?)\*\*")
MONTHS = (
    *("januar", "februar", "marts", "april", "maj", "juni"),
    *("juli", "august", "september", "oktober", "november", "december"),
)


@dataclass(frozen=True, slots=True)
class Article:
    """One text and where it stands; `more` are the fields only some templates know."""

    url: str
    layout: str
    title: str
    body: str
    day: date | None = None
    lead: str = ""
    more: dict[str, str] = field(default_factory=dict)

    @property
    def blocks(self) -> list[str]:
        return [block for block in re.split(r"\n\s*\n", self.body.strip()) if block.strip()]


@cache
def articles(name: str) -> tuple[Article, ...]:
    """The articles of texts/{name}.txt, in the order of the file."""
    text = (TEXTS / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(article(part) for part in re.split(r"^=== ", text, flags=re.M)[1:])


def article(text: str) -> Article:
    """One article from its address on."""
    head, _, body = text.partition("\n\n")
    url, *lines = head.split("\n")
    fields = dict(line.split(": ", 1) for line in lines)
    day = fields.pop("date", None)
    return Article(
        url=url.strip(),
        layout=fields.pop("layout"),
        title=fields.pop("title"),
        body=body.strip(),
        day=date.fromisoformat(day) if day else None,
        lead=fields.pop("lead", ""),
        more=fields,
    )


def html(blocks: list[str], heading: str = "h2") -> str:
    """Blocks as HTML.

    >>> print(html(["## Fakta", "- 4,2 mio. kr.\\n- [Læs](/a.pdf)"]))
    <h2>Fakta</h2>
    <ul>
    <li>4,2&nbsp;mio.&nbsp;kr.</li>
    <li><a class="dok" href="/a.pdf">Læs</a></li>
    </ul>
    """
    found, boxed = [], False
    for block in blocks:
        if block.startswith("!## "):
            found.append(f'<section class="fakta" aria-label="Fakta">\n{one(block[1:], heading)}')
            boxed = True
        elif block.strip() == "!end":
            found.append("</section>")
            boxed = False
        else:
            found.append(one(block, heading))
    return "\n".join([*found, *["</section>"] * boxed])


def one(block: str, heading: str) -> str:
    """One block as HTML."""
    if block.startswith("<"):
        return block
    if block.startswith("## "):
        return f"<{heading}>{words(block[3:])}</{heading}>"
    if block.startswith("- "):
        return listed(block)
    if block.startswith("| "):
        rows = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in block.splitlines()]
        cells = ("".join(f"<td>{words(cell)}</td>" for cell in row) for row in rows)
        return "<table>\n" + "\n".join(f"<tr>{row}</tr>" for row in cells) + "\n</table>"
    return f"<p>{words(block)}</p>"


def listed(block: str) -> str:
    """Items; those indented by two spaces belong to the one before."""
    found, inner = ["<ul>"], False
    for line in block.splitlines():
        nested = line.startswith("  - ")
        if nested and not inner:
            found[-1] = found[-1].removesuffix("</li>")
            found.append("<ul>")
        if inner and not nested:
            found.append("</ul>\n</li>")
        inner = nested
        found.append(f"<li>{words(line.lstrip()[2:])}</li>")
    return "\n".join([*found, *["</ul>\n</li>"] * inner, "</ul>"])


def words(text: str) -> str:
    """Escaped words with links, bold, and spaces in sums of money that do not break."""
    text = escape(" ".join(text.split()), quote=False)
    text = re.sub(r"(\d) (mio|mia)\. kr\.", r"\1&nbsp;\2.&nbsp;kr.", text)
    text = BOLD.sub(r"<strong>\1</strong>", text)
    return LINK.sub(r'<a class="dok" href="\2">\1</a>', text)


def plain(text: str) -> str:
    """The words without marks, for a listing or a PDF."""
    return BOLD.sub(r"\1", LINK.sub(r"\1", text))


def in_words(day: date) -> str:
    """
    >>> in_words(date(2020, 3, 5))
    '5. marts 2020'
    """
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def dashed(day: date) -> str:
    """
    >>> dashed(date(2020, 3, 5))
    '05-03-2020'
    """
    return f"{day:%d-%m-%Y}"
