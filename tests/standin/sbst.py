"""sbst.dk with paged news, pools and projects; socialstyrelsen.dk and social.dk, before it and after it."""

from html import escape

from tests.standin.articles import Article, articles, dashed
from tests.standin.fill import filled, listing, newest_first, page_of, related, teaser, urlset
from tests.standin.page import Page, moved

HOME = "https://sbst.dk"
POOLS = "/puljer-og-tilskud/social-og-aeldreomraadet/ansoegningspuljer/alle-puljer"
PROJECTS = "/projekter-og-initiativer"
PER_PAGE = 3
UPWARDS = {
    "/puljer-og-tilskud": [("/puljer-og-tilskud/social-og-aeldreomraadet", "Social- og ældreområdet")],
    "/puljer-og-tilskud/social-og-aeldreomraadet": [
        ("/puljer-og-tilskud/social-og-aeldreomraadet/ansoegningspuljer", "Ansøgningspuljer")
    ],
    "/puljer-og-tilskud/social-og-aeldreomraadet/ansoegningspuljer": [(POOLS, "Alle puljer")],
    PROJECTS: [(f"{PROJECTS}/{area}", area.title()) for area in ("voksne", "unge", "handicap")],
    "/": [("/nyheder", "Nyheder"), (PROJECTS, "Projekter og initiativer"), ("/puljer-og-tilskud", "Puljer")],
    "/nyhedsbrev": [("/", "Forside")],
    "/cookies": [("/", "Forside")],
}
MOVED = {
    "https://socialstyrelsen.dk/projekter-og-initiativer/voksne/aaben-dialog": (
        f"{PROJECTS}/voksne/aaben-dialog",
        301,
    ),
    "https://socialstyrelsen.dk/puljer-og-tilskud": ("/puljer-og-tilskud", 301),
    "https://socialstyrelsen.dk/projekter-og-initiativer": (PROJECTS, 301),
    "https://socialstyrelsen.dk/": ("/", 301),
    "https://socialstyrelsen.dk/nyheder": ("/nyheder", 301),
    "https://social.dk/nyheder": ("/nyheder", 308),
    "https://social.dk/": ("/", 308),
    "https://social.dk/handicap/stoettet-beskaeftigelse": (
        f"{PROJECTS}/handicap/stoettet-beskaeftigelse",
        308,
    ),
}


def pages() -> dict[str, Page]:
    """Every page of the agency by its address, on all three of its names."""
    items = articles("sbst")
    newest = newest_first(items)
    found = {
        item.url: page_of(filled(item, related(item, newest), slashed=f"{item.day:%d/%m %Y}"), item.day)
        for item in items
    }
    found |= news([item for item in newest if item.url.startswith(f"{HOME}/nyheder/")])
    for path in [POOLS, *(url for url, _ in UPWARDS[PROJECTS])]:
        inside = [item for item in newest if item.url.startswith(f"{HOME}{path}/")]
        found[f"{HOME}{path}"] = overview(
            path, path.rsplit("/", 1)[-1].replace("-", " ").title(), rows(inside)
        )
    for path, below in UPWARDS.items():
        links = "".join(f'<li><a href="{url}">{escape(words)}</a></li>' for url, words in below)
        found[f"{HOME}{path}"] = overview(path, "Social- og Boligstyrelsen", f"<ul>{links}</ul>")
    found |= {url: moved(f"{HOME}{path}", status) for url, (path, status) in MOVED.items()}
    links = '<ul><li><a href="/tvaergaaende/sociale-indsatser/move">MOVE</a></li></ul>'
    found["https://social.dk/tvaergaaende"] = overview(
        "/tvaergaaende", "Tværgående", links, "https://social.dk"
    )
    days = [(item.url, item.day) for item in newest if item.url.startswith(HOME)]
    found[f"{HOME}/sitemap.xml"] = Page(urlset(days).encode(), "application/xml")
    return found


def overview(path: str, title: str, rows: str, home: str = HOME, head: str = "") -> Page:
    return page_of(
        listing("listing", f"{home}{path}", title, rows, site="Social- og Boligstyrelsen", head=head), None
    )


def rows(found: list[Article]) -> str:
    """Tiles with a picture, a title, the date of the page, and the start of its lead."""
    return "\n".join(map(tile, found))


def tile(item: Article) -> str:
    path, day = item.url.removeprefix(HOME), dashed(item.day) if item.day else ""
    return (
        f'<div class="tile"><a class="tile__image" href="{path}"><img src="/b.jpg" alt=""></a>'
        f'<h3><a href="{path}">{escape(item.title)}</a></h3>'
        f'<p class="tile__date">{day}</p><p>{teaser(item)}</p></div>'
    )


def news(found: list[Article]) -> dict[str, Page]:
    """The news, a few to a page; the first page has no number."""
    last = -(-len(found) // PER_PAGE)
    made = {}
    for number in range(1, last + 1):
        tiles = rows(found[(number - 1) * PER_PAGE : number * PER_PAGE])
        others = [n for n in range(1, last + 1) if n != number]
        pager = " ".join(f'<a href="{address(n)}">{n}</a>' for n in others)
        head = ""
        if number < last:
            head = f'<link rel="next" href="{address(number + 1)}">'
            pager += f' <a rel="next" href="{address(number + 1)}">Næste</a>'
        body = f'{tiles}\n<nav class="pager" aria-label="Sider">{pager}</nav>'
        made[f"{HOME}{address(number)}"] = overview(address(number), "Nyheder", body, head=head)
    return made


def address(number: int) -> str:
    return "/nyheder" if number == 1 else f"/nyheder?page={number}"
