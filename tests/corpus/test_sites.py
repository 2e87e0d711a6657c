"""Every layout of every site: a small page of its own, read whole and without its furniture."""

import importlib
import pkgutil
from datetime import date

import pytest

from corpus import sites
from corpus.document import Document
from corpus.html import parsed
from corpus.page import find_layout
from corpus.read import read_bytes
from corpus.site import Layout, Site, all_sites, site_of
from tests.corpus.pages import MONEY, TITLE, assert_sound, page

LEAD = "Over tusind børn bor hvert år på krisecenter."
OTHER = "<h2>Læs også</h2><p>En anden pulje er på 99 mio. kr.</p>"
PAGES = {
    ("ft.dk", "pdf2html"): f"""<div class="top">Folketinget 99</div>
        <div id="pdf-text" class="pdf2html"><p class="stamp">SOU 99<br>Offentligt</p>
        <p class="img">99_0001.png</p><span><b>{TITLE}</b></span><br><br><span>{LEAD}</span><br><br>
        <p class="foot">Bilag 99</p><hr><p class="img">99_0002.png</p>
        <span>{MONEY}</span><br></div><div><h3>Andre bilag 99</h3></div>""",
    ("ism.dk", "2016"): f"""<div class="main"><div class="article"><h1>{TITLE}</h1>
        <div class="date">3. marts 2020</div><div class="text"><p>{LEAD}</p><p>{MONEY}</p></div>
        <div class="share">Del 99</div></div><div class="side">99 mio. kr.</div></div>""",
    ("kum.dk", "2020"): f"""<main><article><div class="c-hero"><p class="c-hero__type">Nyhed</p>
        <h1>{TITLE}</h1><p>{LEAD}</p></div><div class="c-richtext"><p>{MONEY}</p></div>
        <div class="c-share">Del 99</div></article><p>99 andre</p></main>""",
    ("regeringen.dk", "2018"): f"""<div class="term">Regeringen 2019-99</div>
        <div class="content-wrap"><div class="article__head"><p class="article__type">Aftale</p>
        <h1>{TITLE}</h1><ul class="ministries"><li>Socialministeriet</li></ul></div>
        <div class="article__body"><p>{LEAD}</p><p>{MONEY}</p></div>
        <div class="article__docs">Bilag (99 kB)</div><div class="tiles">99 mio. kr.</div></div>""",
    ("regeringen.dk", "2024"): f"""<main class="page__main"><div class="hero">
        <p class="hero__type">Aftale 99</p><h1 class="hero__title">{TITLE}</h1>
        <ul class="hero__ministries"><li>Socialministeriet</li></ul></div>
        <div class="text"><p class="text__lead">{LEAD}</p><p>{MONEY}</p></div>
        <div class="documents">Bilag (99 kB)</div><div class="sharebar">Del 99</div></main>""",
    ("sbst.dk", "2023"): f"""<div id="content-grid"><section id="content">
        <h1 class="page-title">{TITLE}</h1><p>{LEAD}</p><div class="page-body"><p>{MONEY}</p></div>
        <p class="page-tools">Print 99</p></section>
        <aside><div class="card--newsletter">99 læser med</div></aside></div>""",
    ("sm.dk", "2023"): f"""<main><article class="nyhed"><header class="nyhed__top"><h1>{TITLE}</h1>
        <p>{LEAD}</p></header><figure><figcaption>99</figcaption></figure>
        <div class="nyhed__tekst"><p>{MONEY}</p></div><ul class="del"><li>Del 99</li></ul></article>
        </main>""",
    ("sm.dk", "2024"): f"""<div id="indhold"><h1>{TITLE}</h1><p class="manchet">{LEAD}</p>
        <div class="tekst"><p>{MONEY}</p></div><div class="del">Del 99</div></div>{OTHER}""",
    ("sbst.dk", "2018"): f"""<div id="main-container"><h1 class="documentFirstHeading">{TITLE}</h1>
        <p>{LEAD}</p><div id="content-core"><p>{MONEY}</p></div><div class="social">Del 99</div>
        <section class="newsletter">99 læser med</section>
        <section class="relateret"><h3>99 mio. kr.</h3></section></div>""",
    ("sbst.dk", "before 2021"): f"""<table><tr><td>Alle puljer 99</td><td><a name="indhold"></a>
        <h1>{TITLE}</h1><p>{LEAD}</p><p class="foldalle">Fold ud 99</p>
        <table><tr><td><div>{MONEY}</div></td></tr></table></td><td>99</td></tr></table>""",
    ("sm.dk", "2020"): f"""<main><article class="news"><h1>{TITLE}</h1><p>{LEAD}</p>
        <figure><figcaption>99</figcaption></figure><div class="rich-text"><p>{MONEY}</p></div>
        <div class="share">Del 99</div></article>{OTHER}</main>""",
    ("sm.dk", "2016"): f"""<div id="indhold"><h1>{TITLE}</h1><p>{LEAD}</p>
        <div class="brodtekst"><p>{MONEY}</p></div><div class="bund">99</div></div>{OTHER}""",
}
FILES_OF_SITES = sorted(module.name for module in pkgutil.iter_modules(sites.__path__))


def read_on(site: str, html: str) -> Document:
    return read_bytes(html.encode(), f"https://www.{site}/nyheder/1")


def test_every_layout_of_every_site_has_a_page() -> None:
    declared = {(site.id, layout.name) for site in all_sites().values() for layout in site.layouts}
    assert declared == set(PAGES)


@pytest.mark.parametrize("module", FILES_OF_SITES)
def test_every_site_module_says_what_it_must(module: str) -> None:
    site = importlib.import_module(f"corpus.sites.{module}").SITE
    assert all_sites()[site.id] == site
    assert site.name
    assert site.base_url.startswith("https://")
    assert site.layouts or site.listings  # pages without a layout are read by their shape
    assert site_of(f"{site.base_url}/nyheder") == site
    assert [layout.until or date.max for layout in site.layouts] == sorted(
        (layout.until or date.max for layout in site.layouts), reverse=True
    ), "the newest layout stands first"


@pytest.mark.parametrize(("site", "layout"), PAGES)
def test_layout_reads_its_page(site: str, layout: str) -> None:
    document = read_on(site, page(PAGES[site, layout], f"{TITLE} | {site}"))
    assert_sound(document)
    assert (document.origin.site, document.notes) == (site, ())
    assert document.title == TITLE
    date_line = ["3. marts 2020"] if "3. marts" in PAGES[site, layout] else []
    assert document.text.split("\n\n") == [TITLE, *date_line, LEAD, MONEY]


@pytest.mark.parametrize(("site", "layout"), PAGES)
def test_a_saved_page_is_known_by_its_layout(site: str, layout: str) -> None:
    document = read_bytes(page(PAGES[site, layout]).encode(), "/home/bo/page.html")
    assert (document.origin.site, document.notes) == (site, ())


@pytest.mark.parametrize("site", sorted({site for site, _ in PAGES}))
def test_a_changed_layout_falls_back_and_says_so(site: str) -> None:
    body = f"<main><h1>{TITLE}</h1><p>{LEAD}</p><p>{MONEY}</p>{OTHER}</main>"
    document = read_on(site, page(body))
    assert (document.origin.site, document.notes) == (site, ("unknown_layout",))
    assert document.text == f"{TITLE}\n\n{LEAD}\n\n{MONEY}"


def test_a_layout_that_finds_an_empty_part_falls_back_and_says_so() -> None:
    part = '<article class="news"><div class="rich-text"></div></article>'
    document = read_on("sm.dk", page(f"<main>{part}<h1>{TITLE}</h1><p>{MONEY}</p></main>"))
    assert document.notes == ("unknown_layout",)
    assert document.text == f"{TITLE}\n\n{MONEY}"


def test_the_publisher_stands_on_the_page_or_in_the_layout() -> None:
    document = read_on("regeringen.dk", page(PAGES["regeringen.dk", "2018"]))
    assert document.origin.publisher == "Socialministeriet"


def test_of_two_layouts_that_fit_the_one_in_use_on_the_day_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    layouts = (
        Layout("new", main="#a", marks=("#a",)),
        Layout("old", main="#b", marks=("#b",), until=date(2019, 6, 27)),
    )
    for order in (layouts, layouts[::-1]):
        site = Site("sm.dk", "Ministeriet", None, "https://sm.dk", ("sm.dk",), order)
        monkeypatch.setattr("corpus.page.site_of", lambda _url, site=site: site)
        html = parsed(page(f"<div id=a><h1>{TITLE}</h1></div><div id=b><p>{MONEY}</p></div>"))
        for year, name in ((2018, order[0].name), (2023, "new")):
            found = find_layout(html, f"https://sm.dk/nyheder/nyhedsarkiv/{year}/nov/a", None)[1]
            assert found is not None
            assert found.name == name
