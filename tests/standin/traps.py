"""traps.sm.dk and robots1.sm.dk …: what servers do to those who fetch. The path is the trap."""

import gzip
import time
from collections.abc import Iterable
from email.utils import format_datetime
from functools import partial
from html import escape
from urllib.parse import parse_qs, urlsplit

from tests.standin import wire
from tests.standin.page import HTML, LONG_AGO, PDF, Page, moved
from tests.standin.papers import tiny_pdf

HOME = "https://traps.sm.dk"
TEXT = "Partierne er enige om at afsætte 4,2 mio. kr. i 2024-2027 – også til børn på krisecentre."
LONG_CHAIN = 30
TAGS = 100_000

Pages = dict[str, Page]


def pages() -> Pages:
    """Every trap by its address."""
    found = {f"{HOME}{path}": page for path, page in traps().items()}
    found[f"{HOME}/"] = Page(index(found).encode())
    return found | robots()


def traps() -> Pages:
    return statuses() | slow() | bombs() | charsets() | redirects() | lies() | labyrinths()


def words(
    text: str = TEXT, head: str = '<meta charset="utf-8">', title: str = "Aftale om krisecentre"
) -> str:
    """A small whole page."""
    return (
        f'<!doctype html>\n<html lang="da"><head>{head}<title>{title}</title></head>\n'
        f"<body><main><h1>{title}</h1><p>{text}</p></main></body></html>\n"
    )


def small(text: str = TEXT, **options: str) -> Page:
    return Page(words(text, **options).encode())


def links(found: Iterable[str], title: str = "Oversigt") -> Page:
    """A listing of addresses, each with its number as its words."""
    rows = "".join(f'<li><a href="{escape(url)}">Punkt {n}</a></li>\n' for n, url in enumerate(found, 1))
    return Page(words(f"<ul>\n{rows}</ul>", title=title).encode())


def index(found: Iterable[str]) -> str:
    """All traps for a human to look at."""
    rows = "".join(f"<li><a href='{url}'>{url}</a></li>\n" for url in found)
    return words(f"<ul>{rows}</ul>", title="Fælder")


# --- no, not now, never


def statuses() -> Pages:
    later = format_datetime(LONG_AGO.replace(year=2036), usegmt=True)
    busy = partial(Page, b"<!doctype html><p>For mange kald</p></html>", status=429)
    return {
        "/429-sekunder": busy(headers=(("Retry-After", "2"),)),
        "/429-dato": busy(make=lambda _path: busy(headers=(("Retry-After", soon()),))),
        "/429-fjern-dato": busy(headers=(("Retry-After", later),)),
        "/429-doegn": busy(headers=(("Retry-After", "86400"),)),
        "/429-vroevl": busy(headers=(("Retry-After", "om lidt"),)),
        "/429-uden": busy(),
        "/500-en-gang": small(),
        "/503-altid": Page(words("Prøv igen senere.", title="Vi er straks tilbage").encode(), status=503),
        "/503-sekunder": Page(status=503, headers=(("Retry-After", "1"),)),
        "/403": Page(words("Ingen adgang.", title="403").encode(), status=403),
        "/410": Page(words("Siden er slettet.", title="410").encode(), status=410),
        "/200-uden-indhold": Page(b""),
        "/204": Page(b"", None, status=204),
        "/blød-404": small("Den side, du leder efter, findes ikke længere.", title="Siden findes ikke"),
    }


def soon() -> str:
    """Two seconds from now, as an HTTP date."""
    return time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 2))


# --- answers that do not end, or end too soon


def slow() -> Pages:
    answers = {
        "/dryp": wire.drip,
        "/dryp-hoved": wire.drip_head,
        "/uendelig": wire.endless,
        "/uendelig-liste": wire.endless_links,
        "/kort": wire.short,
        "/halv-bid": wire.half_chunked,
        "/tavs": wire.silent,
        "/lukket": wire.closed,
    }
    return {path: Page(answer=answer) for path, answer in answers.items()}


# --- small on the wire, large in memory


def entity_bomb() -> bytes:
    """A sitemap whose entities multiply."""
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE urlset [<!ENTITY a0 "https://sm.dk/">{entities}]>'
    return f'<?xml version="1.0"?>{doctype}<urlset><url><loc>&a9;</loc></url></urlset>'.encode()


def bombs() -> Pages:
    twice = gzip.compress(gzip.compress(words().encode(), mtime=0), mtime=0)
    return {
        "/bombe": Page(answer=wire.page_bomb),
        "/sitemap-bombe.xml.gz": Page(answer=wire.sitemap_bomb),
        "/sitemap-entiteter.xml": Page(entity_bomb(), "application/xml"),
        "/gzip-to-gange": Page(twice, headers=(("Content-Encoding", "gzip, gzip"),)),
        "/gzip-loegn": Page(words().encode(), headers=(("Content-Encoding", "gzip"),)),
        "/brotli": Page(words().encode(), headers=(("Content-Encoding", "br"),)),
        "/mange-maerker": Page(words("<b>a</b><i></i>" * (TAGS // 4)).encode()),
        "/dybe-maerker": Page(words("<div>" * TAGS + TEXT).encode()),
        "/stor": Page(make=lambda _path: Page(words(f"<p>{TEXT}</p>\n" * 150_000).encode())),
        "/lang-hoved": Page(words().encode(), headers=(("X-Lang", "x" * 300_000),)),
        "/mange-hoveder": Page(words().encode(), headers=tuple((f"X-{n}", "x" * 50) for n in range(5000))),
        "/smaakager": Page(
            words().encode(),
            headers=tuple(("Set-Cookie", f"k{n}={'x' * 40}; Path=/; Domain=sm.dk") for n in range(500)),
        ),
    }


# --- letters


def charsets() -> Pages:
    old = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">'
    latin = words(head="").encode("cp1252")
    return {
        "/tegn/1252-uden": Page(latin, "text/html"),
        "/tegn/1252-som-utf-8": Page(latin, HTML),
        "/tegn/1252-kun-meta": Page(words(head=old).encode("cp1252"), "text/html"),
        "/tegn/1252-som-iso-8859-1": Page(latin, "text/html; charset=iso-8859-1"),
        "/tegn/utf-8-som-iso-8859-1": Page(words(head="").encode(), "text/html; charset=iso-8859-1"),
        "/tegn/utf-8-med-meta-1252": Page(words(head=old).encode(), "text/html"),
        "/tegn/utf-16": Page(words(head="").encode("utf-16"), "text/html"),
        "/tegn/utf-8-bom": Page(b"\xef\xbb\xbf" + words(head="").encode(), "text/html"),
        "/tegn/ukendt": Page(words(head="").encode(), "text/html; charset=x-klingon"),
    }


# --- away from here


def redirects() -> Pages:
    away = {
        "privat": "http://127.0.0.2/",
        "sky": "http://169.254.169.254/latest/meta-data/",
        "ipv6": "http://[::1]/",
        "tal": "http://2130706434/",
        "fil": "file:///etc/passwd",
        "javascript": "javascript:alert(1)",
        "ukendt-vaert": "https://eksempel.invalid/nyhed",
        "adgangskode": "https://bruger:hemmelig@traps.sm.dk/side",
        "forbudt": "https://www.regeringen.dk/aktuelt/privat/notat",
        "usikker": "http://traps.sm.dk/side",
        "vroevl": "http://[::1",
        "dansk": f"{HOME}/tegn/æøå",
        "relativ": "../side",
        "selv": f"{HOME}/viderestilling/selv",
        "ping": f"{HOME}/viderestilling/pong",
        "pong": f"{HOME}/viderestilling/ping",
    }
    found = {f"/viderestilling/{name}": moved(quoted(url), 302) for name, url in away.items()}
    found["/viderestilling/uden"] = Page(b"", status=302)
    for status in (301, 302, 303, 307, 308):
        found[f"/viderestilling/{status}"] = moved(f"{HOME}/side", status)
    found |= {f"/kaede/{n}": moved(f"{HOME}/kaede/{n + 1}", 302) for n in range(1, LONG_CHAIN)}
    refresh = '<meta charset="utf-8"><meta http-equiv="refresh" content="0; url=/side">'
    return found | {
        f"/kaede/{LONG_CHAIN}": small(),
        "/meta-viderestilling": Page(words("Siden er flyttet.", head=refresh).encode()),
        "/tegn/æøå": small(),
        "/side": small(),
    }


def quoted(location: str) -> str:
    """Danish letters as a careless server sends them: bytes of UTF-8 in a header."""
    return location.encode().decode("latin-1")


# --- it is not what it says


def lies() -> Pages:
    return {
        "/html-som-pdf": Page(words().encode(), PDF),
        "/html-som-pdf.pdf": Page(words().encode(), PDF),
        "/pdf-som-html": Page(tiny_pdf(), HTML),
        "/pdf-uden-type": Page(tiny_pdf(), None),
        "/pdf.pdf": Page(tiny_pdf(), PDF),
        "/billede": Page(b"\x89PNG\r\n\x1a\n" + bytes(200), "image/png"),
        "/tom.pdf": Page(b"", PDF),
        "/afkortet": Page(words().encode()[:-40]),
        "/kun-script": Page(words('<div id="app"></div><script src="/app.js"></script>', title="").encode()),
    }


# --- no way out


def calendar(path: str) -> Page:
    """A month of meetings, each of them new, and a link to the next month, for ever."""
    asked = parse_qs(urlsplit(path).query).get("maaned", ["2024-01"])[0]
    try:
        year, month = (int(part) for part in asked.split("-"))
    except ValueError:
        return Page(status=404)
    after = f"/kalender?maaned={year + month // 12}-{month % 12 + 1:02}"
    rows = "".join(
        f'<li><time>{day:02}-{month:02}-{year}</time> <a href="/kalender/{year}-{month:02}-{day:02}">'
        f"Møde om puljen på {day},5 mio. kr.</a></li>\n"
        for day in (3, 11, 24)
    )
    text = f'<ul>{rows}</ul><a rel="next" href="{after}">Næste måned</a>'
    return small(text, title=f"Kalender {year}-{month:02}")


def meeting(path: str) -> Page:
    """One day of the calendar."""
    return small(f"Mødet {escape(path.rsplit('/', 1)[-1])} handler om en pulje på 4,2 mio. kr.", title="Møde")


def labyrinths() -> Pages:
    same = [
        "",
        "?",
        "#top",
        "/selvliste",
        "./selvliste",
        "/./selvliste",
        "/x/../selvliste",
        f"{HOME}/selvliste#a",
    ]
    one = [
        *("/side", "/side#afsnit-2", "/side?utm_source=nyhedsbrev&utm_medium=email", "/side?fbclid=IwAR0x1"),
        *("/side;jsessionid=8F2A11", "/side?PHPSESSID=c0ffee", "/side?sid=1", "HTTPS://TRAPS.SM.DK:443/side"),
    ]
    odd = [
        "mailto:a@sm.dk",
        "tel:41000010",
        "javascript:void(0)",
        "data:text/html,x",
        "http://[::1",
        "//traps.sm.dk/side",
        " /side ",
    ]
    return {
        "/selvliste": links(same, "Liste, der peger på sig selv"),
        "/samme-side": links(one, "Otte veje til én side"),
        "/sære-links": links(odd, "Links, der ikke alle er links"),
        "/dybt/": Page(make=lambda path: links([f"{path.partition('?')[0].rstrip('/')}/dybere"], "Dybt")),
        "/kalender": Page(make=calendar),
        "/kalender/": Page(make=meeting),
    }


# --- robots.txt in nine ways


def robots() -> Pages:
    """robots1 … robots9: the rules of each, and a site with something to forbid."""
    star = "User-agent: *\n"
    many = "".join(f"Disallow: /arkiv/{n:06}/\n" for n in range(40_000))
    odd = "Disallow: /*.pdf$\nAllow: /privat/ok$\nDisallow: /privat/\nDisallow: /*?side=\n"
    rules = [
        Page(words("Siden findes ikke.", title="404").encode(), status=404),
        Page(b"", status=500),
        Page(words("Ingen adgang.", title="403").encode(), status=403),
        small(),
        Page(f"{star}Disallow: /privat/\n{many}Disallow: /til-sidst/\n".encode(), "text/plain"),
        Page(f"{star}Disallow: /\n".encode(), "text/plain"),
        Page(f"{star}{odd}Crawl-delay: 0.5\n".encode(), "text/plain"),
        Page(b"\xef\xbb\xbf" + f"{star}Disallow: /privat/\n".encode(), "text/plain; charset=utf-8"),
        moved("https://robots7.sm.dk/robots.txt", 302),
    ]
    paths = ("/side", "/privat/side", "/privat/ok", "/aftale.pdf", "/liste?side=2", "/til-sidst/side")
    found: Pages = {}
    for number, page in enumerate(rules, 1):
        host = f"https://robots{number}.sm.dk"
        found[f"{host}/robots.txt"] = page
        found[f"{host}/"] = links(f"{host}{path}" for path in paths)
        found |= {f"{host}{path}": small(title=f"Side {path}") for path in paths if not path.endswith(".pdf")}
        found[f"{host}/aftale.pdf"] = Page(tiny_pdf(), PDF)
    return found
