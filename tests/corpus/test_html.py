"""Pages to blocks: whatever surrounds the article, and however it is marked up."""

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import UnreadableError
from corpus.read import read_bytes, read_file
from corpus.site import FILES
from tests.corpus.pages import DEV, MONEY, PATIENT, TITLE, assert_sound, kinds, page, read

H1 = f"<h1>{TITLE}</h1>"
SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
GOLD = Path(__file__).parents[1] / "gold" / "samples"
FURNITURE = [
    '<div class="cookie-banner"><p>Vi gemmer cookies i 99 dage.</p></div>',
    '<nav><a href="/">Forside 99</a></nav>',
    '<div class="breadcrumb">Forside / Nyheder 99</div>',
    '<ul><li><a href="a">Nyt 99</a><li><a href="b">Om os</a><li><a href="c">Mere</a></ul>',
    '<div class="share">Del siden 99</div>',
    "<aside><h2>Andre nyheder</h2><p>En ny pulje på 99 mio. kr. er slået op.</p></aside>",
    "<h2>Læs også</h2><p>En ny pulje på 99 mio. kr.</p>",
    "<b>Flere nyheder</b><br>12-08-2099: 99 mio. kr. til sommerlejre",
    '<div class="related-news"><h3>Pulje på 99 mio. kr.</h3></div>',
    '<form action="/soeg"><label for="q">Søg</label><input id="q"> 99</form>',
    '<p><a href="a.pdf">Hent aftalen (pdf, 99 kB)</a></p>',
    "<figure><img src=a.jpg><figcaption>Foto: 99 børn</figcaption></figure>",
    "<footer>Holmens Kanal 99, 1060 København K</footer>",
    '<script>var sum = "99 mio. kr.";</script>',
    "<!-- 99 mio. kr. -->",
    "<noscript>Slå script til 99</noscript>",
    '<a rel="tag" href="t">Reserven 99</a>',
    '<p><a href="#">Fold alle teksterne ud eller ind 99</a></p>',
]


@pytest.mark.parametrize("furniture", FURNITURE)
def test_furniture_of_unknown_pages_stays_out(furniture: str) -> None:
    document = read(f"<main>{H1}<p>{MONEY}</p>{furniture}</main>")
    assert kinds(document) == [("heading", TITLE), ("paragraph", MONEY)]
    assert document.notes == ("unknown_layout",)


def test_columns_of_a_layout_table_stay_out() -> None:
    side = "<td><b>Nyheder i fokus</b><p>99 mio. kr.</p></td>"
    document = read(f"<table><tr>{side}<td>{H1}<p>{MONEY}</p></td>{side}</tr></table>")
    assert kinds(document) == [("heading", TITLE), ("paragraph", MONEY)]


@pytest.mark.parametrize(
    "wrap",
    [
        '<form id="aspnetForm">{}</form>',
        '<div class="layout sidebar-left social">{}</div>',
        '<div id="menu"><a href="/">Forside</a></div><div class="content">{}</div>',
        '<div class="elementor-widget">{}</div>',
    ],
)
def test_what_only_looks_like_furniture_is_read(wrap: str) -> None:
    document = read(wrap.format(f'{H1}<div class="print-content"><p>{MONEY}</p></div>'))
    assert document.text == f"{TITLE}\n\n{MONEY}"


@pytest.mark.parametrize(
    "fold",
    [
        "<details><summary>Formål</summary><p>{}</p></details>",
        "<details><summary><h2>Formål</h2></summary><p>{}</p></details>",
        '<h2><button aria-expanded="false">Formål</button></h2><div hidden><p>{}</p></div>',
        '<button aria-controls="a">Formål</button><div id="a" style="display:none">{}</div>',
        '<label for="a">Formål</label><div>{}</div><input id="a" type="checkbox">',
        "<dl><dt>Formål</dt><dd>{}</dd></dl>",
        "<p><b>Formål</b></p><p>{}</p>",
        "<b>Formål</b><br><br>{}<br><br>",
        "<h4>Formål</h4>{}",
    ],
)
def test_folds_lists_and_bold_lines_are_headed(fold: str) -> None:
    document = read(f"{H1}<p>En indledning til det hele.</p>{fold.format(MONEY)}")
    assert kinds(document)[2:] == [("heading", "Formål"), ("paragraph", MONEY)]


def test_lists_in_lists() -> None:
    inner = "<ul><li>Inde<ol start=4><li>Dybt</li></ol></li></ul>"
    document = read(f"{H1}<ul><li>Ude{inner}</li><li><p>To</p><p>Om to.</p></li></ul>")
    assert document.text == f"{TITLE}\n\n• Ude\n  • Inde\n    4. Dybt\n• To\n\nOm to."


def test_unclosed_items_and_lists_beside_items() -> None:
    document = read(f"{H1}<p>{MONEY}</p><ul><li>Et<ul><li>Inde</ul><ul><li>Også</ul><li>To</ul>")
    assert document.text.endswith("• Et\n  • Inde\n  • Også\n• To")


def test_a_table_of_values() -> None:
    head = "<tr><td></td><th>2020</th><th>2021</th></tr>"
    rows = "<tr><td rowspan=2>Børn<td>1<td>2,5</tr><tr><td></td><td>3<b>,0</b></td></tr>"
    document = read(f"{H1}<p>{MONEY}</p><figure><table>{head}{rows}</table></figure><p>Til sidst.</p>")
    assert document.text.endswith("\n\n | 2020 | 2021\nBørn | 1 | 2,5\n |  | 3,0\n\nTil sidst.")
    places = [(b.row, b.column) for b in document.blocks if b.kind == "cell"]
    assert places == [(0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (2, 2)]


def test_a_cell_that_spans_the_world() -> None:
    document = read(f"{H1}<table><tr><th colspan=999999999>A<th>B<tr><td>{MONEY}<td>2</table>")
    assert len(document.text) < 1000


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("<blockquote>”God dag.”<footer>Bo Ib</footer></blockquote>", "- Bo Ib"),
        ("<blockquote><p>”God dag.”</p><cite>– Bo Ib</cite></blockquote>", "– Bo Ib"),
        ("<p>”God dag.”</p><p>- Bo Ib</p>", "- Bo Ib"),
        (
            "<figure><blockquote>”God dag.”</blockquote><figcaption>Bo Ib</figcaption></figure>",
            "- Bo Ib",
        ),
    ],
)
def test_quotations(quote: str, expected: str) -> None:
    document = read(f"{H1}<p>{MONEY}</p>{quote}<p>Efter dagen.</p>")
    assert kinds(document)[2:4] == [("quote", "”God dag.”"), ("attribution", expected)]


def test_paragraphs_parted_by_br() -> None:
    document = read(f"{H1}<div>Et afsnit.<br><br>Et til.<br>1) Skriv<br>2) Læs<br>Slut.</div>")
    assert document.text == f"{TITLE}\n\nEt afsnit.\n\nEt til.\n1) Skriv\n2) Læs\n\nSlut."


def test_lines_of_a_pdf_are_put_together() -> None:
    lines = [
        "Partierne er enige om at afprøve en indsats, der når både den ud-",
        "satte og den unge, i 2019-2022. Der afsættes 38,4 mio. kr. med frist i",
        "3. kvartal 2021.",
        "Programmet begynder i det små med fire indsatser til børne- og unge-",
        "området.",
    ]
    document = read(f"{H1}<div>{'<br>'.join(lines)}</div>")
    assert document.text.split("\n\n")[1:] == [
        "Partierne er enige om at afprøve en indsats, der når både den udsatte og den unge, "
        "i 2019-2022. Der afsættes 38,4 mio. kr. med frist i 3. kvartal 2021.",
        "Programmet begynder i det små med fire indsatser til børne- og ungeområdet.",
    ]


@pytest.mark.parametrize(
    ("top", "title"),
    [
        (f"<p>Børn</p><p>3. marts 2020</p>{H1}", TITLE),
        (f"<h1>Ministeriet</h1><p>3. marts 2020</p><h2>{TITLE}</h2>", f"{TITLE} | Ministeriet"),
        ("<p>3. marts 2020</p><h1>Børn på <em>krise</em>centre får hjælp</h1>", TITLE),
        (f"{H1}<p>3. marts 2020</p>", "Noget helt andet"),
    ],
)
def test_title_and_the_date_above_it(top: str, title: str) -> None:
    document = read(f"{top}<p>{MONEY}</p>", title)
    assert kinds(document) == [
        ("heading", TITLE),
        ("date_line", "3. marts 2020"),
        ("paragraph", MONEY),
    ]
    assert document.title == TITLE


def test_a_page_without_any_title_begins_with_its_first_block() -> None:
    document = read(f"<p>Det er vedtaget.</p><p>{MONEY}</p>", "")
    assert document.title == "Det er vedtaget."


def test_fact_boxes_and_contacts_in_the_margin_are_kept() -> None:
    facts = '<aside class="factbox"><h2>Fakta</h2><p>I 2019 var der 99 pladser.</p></aside>'
    card = '<div class="contact-card"><h2>Kontakt</h2><p>Bo Ib</p></div>'
    margin = f"<aside>{card}<h2>Nyhedsbrev</h2><p>99 læser med.</p></aside>"
    document = read(f"<main>{H1}<p>{MONEY}</p>{facts}</main>{margin}")
    assert document.text.endswith("Fakta\n\nI 2019 var der 99 pladser.\n\nKontakt\n\nBo Ib")


def test_what_the_page_says_of_itself() -> None:
    data = '{"@graph": [{"datePublished": "2020-03-03T08:00", "publisher": {"name": "SM"}}]}'
    script = f'<script type="application/ld+json">{data}</script>'
    origin = read(f"{script}<main>{H1}<p>{MONEY}</p></main>").origin
    assert (origin.publisher, str(origin.published_on)) == ("SM", "2020-03-03")
    bad = '<script type="application/ld+json">{"datePublished": "2020-99-99"</script>'
    time = '<time datetime="2021-02-01T10:00">i går</time>'
    origin = read(f"{bad}<main>{H1}{time}<p>{MONEY}</p></main>", f"{TITLE} - SM").origin
    assert (origin.publisher, str(origin.published_on)) == ("SM", "2021-02-01")


PIECES = [
    *("• et", "1. to", "- Bo Ib", "3. marts 2020", "Læs også", "tlf. 12 34 56 78", MONEY),
    *('<div class="contact"><b>', "<aside class=kontakt><strong>Kontakt</strong>", "<p class=nav>"),
    *("<button aria-controls=a>", "<td colspan=3 rowspan=2>", "<li value=4>", "<ol start=x>"),
]
INLINE = st.text('ab Æø1.,:;-•|”"&<>\u00a0\u00ad\n', max_size=30) | st.sampled_from(PIECES)
NAMES = """p div span b h1 h2 ul ol li table tr td th blockquote footer aside dl dt dd pre br a form
    button label figure figcaption details summary section cite caption"""
TAGS = st.sampled_from(NAMES.split())
ELEMENTS = st.recursive(
    INLINE,
    lambda inner: st.builds(
        lambda tag, parts, shut: f"<{tag}>{''.join(parts)}" + (f"</{tag}>" if shut else ""),
        TAGS,
        st.lists(inner, max_size=4),
        st.booleans(),
    ),
    max_leaves=25,
)


@PATIENT
@given(ELEMENTS, st.text(max_size=10))
def test_every_page_gives_sound_blocks(body: str, title: str) -> None:
    html = page(body, title).encode()
    try:
        document = read_bytes(html, "x")
    except UnreadableError:
        return
    assert_sound(document)
    assert read_bytes(html, "x") == document


def token_f1(text: str, gold: str) -> float:
    """How much of the words of two texts is the same; masked numbers do not count."""
    gold = re.sub(r"\d\d \d\d \d\d \d\d|\d{4}\s+\d{4}", "", gold)
    found, wanted = Counter(re.findall(r"\w+", text)), Counter(re.findall(r"\w+", gold))
    return 2 * (found & wanted).total() / (found.total() + wanted.total())


@pytest.mark.parametrize("file", sorted(SAMPLES.glob("*.html")), ids=lambda file: file.stem)
def test_samples_are_read_as_a_careful_reader_would(file: Path) -> None:
    gold = (GOLD / f"{file.stem}.txt").read_text()
    assert token_f1(read_file(file).text, gold) >= 0.995


@pytest.mark.skipif(not DEV.exists(), reason="needs the development corpus in ../shared/dev")
def test_development_corpus() -> None:
    scores = {
        file.name: token_f1(read_file(file).text, file.with_suffix(".txt").read_text())
        for file in sorted(DEV.glob("*.html"))
    }
    assert min(scores.values()) >= 0.95, scores
    assert sum(scores.values()) / len(scores) >= 0.98, scores


@pytest.mark.skipif(not DEV.exists(), reason="needs the development corpus in ../shared/dev")
def test_development_corpus_without_its_layouts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.page.find_layout", lambda soup, url, canonical: (FILES, None))
    test_development_corpus()
