"""Pages of layouts that nobody has declared, or that changed: all of the article, none of the rest."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from corpus.document import UnreadableError
from corpus.html import DEEPEST, MOST_TAGS, MOST_TEXT
from corpus.read import read_bytes, read_file
from tests.corpus.pages import MONEY, TITLE, page, read

TEMPLATES = sorted((Path(__file__).parent / "templates").glob("*.html"))
H1 = f"<h1>{TITLE}</h1>"
LEAD = "Over tusind børn bor hvert år på krisecenter, og de har brug for voksne, der har tid til dem."
MORE = "Kommunerne kan fra næste år søge 2,5 mio. kr. til psykologhjælp, og fristen er den 1. maj 2021."
ITEMS = "<ul><li>4,5 mio. kr. til psykologer</li><li>6 mio. kr. til legerum</li></ul>"
TABLE = "<table><tr><td>År</td><td>Mio. kr.</td></tr><tr><td>2020</td><td>4,5</td></tr></table>"


def token_f1(text: str, wanted: str) -> float:
    ours, gold = Counter(re.findall(r"\w+", text)), Counter(re.findall(r"\w+", wanted))
    return 2 * (ours & gold).total() / (ours.total() + gold.total())


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.stem)
def test_templates_of_many_systems(file: Path) -> None:
    document = read_file(file)
    gold = file.with_suffix(".txt").read_text()
    assert "unknown_layout" in document.notes
    assert token_f1(document.text, gold) >= 0.96
    assert document.title == gold.split("\n")[0]


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.stem)
def test_figures_of_templates_are_all_there_and_no_others(file: Path) -> None:
    amounts = re.compile(r"\d[\d.,]* (?:kr\.|mio\.|mia\.|pct\.|procent)")
    gold = file.with_suffix(".txt").read_text()
    assert Counter(amounts.findall(read_file(file).text)) == Counter(amounts.findall(gold))


def test_there_are_templates_of_a_dozen_systems() -> None:
    assert len(TEMPLATES) >= 12


@pytest.mark.parametrize(
    "part",
    [f"<h2>Hvad pengene går til</h2>{ITEMS}", f"<p>{MORE}</p>", f"<h2>Økonomi</h2>{TABLE}"],
    ids=["list", "paragraph", "table"],
)
@pytest.mark.parametrize("wrap", ["<main>{}</main>", "<div>{}</div>"])
def test_what_stands_beside_the_article_and_counts_is_put_back(wrap: str, part: str) -> None:
    text = f"<p>{LEAD}</p>" * 3 + f"<p>{MONEY}</p>" * 3
    document = read(wrap.format(f"<div>{H1}{text}</div><div>{part}</div>"))
    shown = " ".join(re.sub(r"<[^>]+>", " ", part).split())
    assert set(re.findall(r"\w+", shown)) <= set(re.findall(r"\w+", document.text))
    assert "incomplete_main_part" in document.notes


def test_the_article_goes_on_after_a_box_of_other_news() -> None:
    box = "<h3>Læs også</h3><ul><li><a href=/a>En anden pulje på 99 mio. kr.</a></li></ul>"
    document = read(f"{H1}<p>{LEAD}</p>{box}<h2>Frister</h2><p>{MORE}</p>")
    assert document.text == f"{TITLE}\n\n{LEAD}\n\nFrister\n\n{MORE}"
    assert document.notes == ("unknown_layout", "incomplete_main_part")


CARD = "<h3><a href=/{0}>Pulje nr. {0}</a></h3><p>Puljen er på 99 mio. kr. og har frist 9. maj 2099.</p>"
BESIDE = [
    "<div>" + "".join(f"<div>{CARD.format(i)}</div>" for i in range(3)) + "</div>",
    "<ul>" + "".join(f"<li>{CARD.format(i)}</li>" for i in range(3)) + "</ul>",
    "<div>" + "<a href=/1><h3>Pulje</h3><p>99 mio. kr. i 2099</p></a>" * 3 + "</div>",
    f"<section><h2>Mest læste</h2><p>99 {LEAD}</p></section>",
    f"<div><b>Seneste nyheder</b><br>99 {LEAD}</div>",
    '<div class="siteFooter"><p>Ministeriet for alt har 99 ansatte, der arbejder med det hele.</p></div>',
    '<div><a href="/a">99 mio. kr. til ældre</a> <a href="/b">99 mio. kr. til unge</a>'
    ' <a href="/c">99 kr.</a></div>',
]  # fmt: skip


@pytest.mark.parametrize("beside", BESIDE)
@pytest.mark.parametrize("wrap", ["<div>{}</div>{}", "<main>{}{}</main>", "<main><div>{}</div>{}</main>"])
def test_other_news_with_amounts_stay_out(wrap: str, beside: str) -> None:
    article = f"{H1}<p>{LEAD}</p><p>{MONEY}</p><p>{MORE}</p>"
    document = read(wrap.format(article, beside))
    assert document.text.split("\n\n") == [TITLE, LEAD, MONEY, MORE]
    assert document.notes == ("unknown_layout",)


LINKS = (
    "<ul><li><a href=/1>Psykologer{0}</a></li><li><a href=/2>Legerum{0}</a></li>"
    "<li><a href=/3>Fritid{0}</a></li></ul>"
)


@pytest.mark.parametrize(
    "part",
    [
        f"<h2>De tre indsatser</h2>{LINKS.format('')}<p>{LEAD}</p>",
        f"<p>Aftalen har tre dele:</p>{LINKS.format('')}<p>{LEAD}</p>",
        f"<h2>De tre indsatser</h2>{LINKS.format(' (2 mio. kr.)')}",
        f"<div class=links><h2>De tre indsatser</h2>{LINKS.format('')}</div><p>{LEAD}</p>",
    ],
    ids=["between", "colon", "sums", "boxed"],
)
def test_a_list_of_links_in_the_article_is_of_it(part: str) -> None:
    text = read(f"<div>{H1}<p>{LEAD} Og mere.</p><p>{MONEY}</p>{part}</div>").text
    assert "• Psykologer" in text
    assert "• Fritid" in text


@pytest.mark.parametrize("head", ["Læs også", "Andre åbne puljer", "Nyheder", "Øvrige spørgsmål"])
def test_a_list_of_links_to_other_articles_is_not(head: str) -> None:
    text = read(
        f"<div>{H1}<p>{LEAD} Og mere.</p><h2>{head}</h2>{LINKS.format('')}<h2>Mål</h2><p>{MONEY}</p></div>"
    ).text
    assert text == f"{TITLE}\n\n{LEAD} Og mere.\n\nMål\n\n{MONEY}"


def test_a_total_that_is_called_a_footer_stays_in_its_table() -> None:
    rows = "<tr><td>2020</td><td>4,5</td></tr><tr class=footer><td>I alt</td><td>9,5</td></tr>"
    assert "I alt | 9,5" in read(f"{H1}<p>{MONEY}</p><table>{rows}</table>").text


def test_a_section_may_have_the_name_of_a_service_as_its_anchor() -> None:
    section = f"<section id=soeg><h2>Sådan søger du</h2><p>{MORE}</p></section>"
    assert MORE in read(f"<main>{H1}<p>{LEAD}</p><p>{MONEY}</p>{section}</main>").text


@pytest.mark.parametrize(
    ("opening", "markers"),
    [
        ("<ol type=a>", ["a)", "b)"]),
        ("<ol type=I start=4>", ["IV)", "V)"]),
        ('<ol style="list-style-type: lower-roman">', ["i)", "ii)"]),
        ("<ol start=3>", ["3.", "4."]),
    ],
)
def test_markers_of_lists(opening: str, markers: list[str]) -> None:
    blocks = read(f"{H1}<p>{MONEY}</p>{opening}<li>Første del</li><li>Anden del</li></ol>").blocks
    assert [block.marker for block in blocks if block.kind == "list_item"] == markers


@pytest.mark.parametrize("said", ["Siden findes ikke", "404", "Siden blev ikke fundet", "Page not found"])
def test_a_page_that_says_that_it_is_not_there_is_refused(said: str) -> None:
    with pytest.raises(UnreadableError, match="no such page; check the address"):
        read(f"<main><h1>{said}</h1><p>{LEAD}</p></main>", f"{said} - Ministeriet")


@pytest.mark.parametrize("said", ["404 mio. kr. til børn", "Siden 2019 er flere børn på krisecenter"])
def test_a_title_with_such_words_is_a_title(said: str) -> None:
    assert read(f"<main><h1>{said}</h1><p>{LEAD}</p><p>{MONEY}</p></main>", said).title == said


NEWS = '<article class="news">{}<div class="rich-text">{}</div></article>'


def read_known(body: str) -> tuple[str, tuple[str, ...]]:
    document = read_bytes(page(body).encode(), "https://sm.dk/nyheder/1")
    return document.text, document.notes


def test_a_declared_layout_that_holds_only_a_part_falls_back_and_says_so() -> None:
    part = NEWS.format(H1, f"<p>{LEAD}</p>")
    text, notes = read_known(f"<main><div>{part}<div><p>{MONEY}</p><p>{MORE}</p>{ITEMS}</div></div></main>")
    assert notes == ("changed_layout",)
    assert text == (
        f"{TITLE}\n\n{LEAD}\n\n{MONEY}\n\n{MORE}\n\n• 4,5 mio. kr. til psykologer\n• 6 mio. kr. til legerum"
    )


@pytest.mark.parametrize("beside", BESIDE)
def test_a_declared_layout_that_holds_all_is_kept(beside: str) -> None:
    part = NEWS.format(H1, f"<p>{LEAD}</p><p>{MONEY}</p><p>{MORE}</p>")
    assert read_known(f"<main>{part}{beside}</main>") == (f"{TITLE}\n\n{LEAD}\n\n{MONEY}\n\n{MORE}", ())


def test_the_library_is_not_imported_for_a_declared_layout() -> None:
    body = page(f"<main>{NEWS.format(H1, f'<p>{MONEY}</p>')}</main>").encode()
    code = f"""import sys; from corpus.read import read_bytes
assert read_bytes({body!r}, "https://sm.dk/nyheder/1").notes == ()
assert "trafilatura" not in sys.modules"""
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<b></b>" * (MOST_TAGS // 2 + 1), "tags"),
        (f"<p>{'ord 12 ' * (MOST_TEXT // 7 + 2)}</p>", "characters of text"),
    ],
    ids=["tags", "text"],
)
def test_absurd_pages_are_refused(body: str, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read(f"{H1}<p>{MONEY}</p>{body}")


@pytest.mark.parametrize("depth", [DEEPEST - 10, DEEPEST * 10])
def test_a_deep_page_is_read(depth: int) -> None:
    assert MONEY in read(f"{H1}{'<div>' * depth}<p>{MONEY}</p>{'</div>' * depth}").text
