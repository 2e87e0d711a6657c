"""Addresses: one spelling for each, and the day that some of them tell."""

import re
from datetime import date
from functools import lru_cache
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

# what follows a reader through the web and says nothing of the page
TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|msclkid|mc_[ce]id|_ga|phpsessid|jsessionid|aspsessionid\w*|sid|session_?id",
    re.I,
)
SESSION_IN_PATH = re.compile(r";(?:jsessionid|sid)=[^/?#;]*", re.I)
# the first letters of a month, in Danish, and in English as feeds have it
MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "maj": 5, "may": 5, "jun": 6,
    "jul": 7, "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
NAMED = "|".join(MONTHS)
NUMBERS = re.compile(r"(?<!\d)(?P<d>\d{1,2})[-./](?P<m>\d{1,2})[-./ ](?P<y>\d{4})(?!\d)")
WORDS = re.compile(rf"(?<!\d)(?P<d>\d{{1,2}})\.? (?P<m>{NAMED})[a-zæøå]*\.? (?P<y>\d{{4}})(?!\d)", re.I)
ISO = re.compile(r"(?<!\d)(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)")
SLUG = re.compile(r"/(?P<y>\d\d)(?P<m>\d\d)(?P<d>\d\d)-")  # /211119-aftale-om-…
PATH = re.compile(rf"/(?P<y>20\d\d)(?:/(?P<m>{NAMED})[a-zæøå]*)?(?=/|$)", re.I)
TWENTY_FIRST = 2000
PORTS = {"http": 80, "https": 443}
ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")  # RFC 3986, 2.3
SAFE = "!$%&'()*+,/:;=?@[]|"  # what stays as it is; quote() adds PLAIN


def canonical(url: str, base: str = "", secure: frozenset[str] = frozenset()) -> str | None:
    """One spelling of an address: absolute, without fragment, tracking and session; None if it is none.

    Addresses of the hosts in `secure`, with or without www, begin with https.

    >>> canonical("../b.html?utm_source=x&id=2#top", "https://SM.dk:443/a/c/")
    'https://sm.dk/a/b.html?id=2'
    >>> canonical("https://børn.dk/høring/./%e6%2d") == canonical("https://xn--brn-0na.dk/h%C3%B8ring/%E6-")
    True
    >>> canonical("mailto:a@b.dk") is None, canonical("http://sm.dk", secure=frozenset({"sm.dk"}))
    (True, 'https://sm.dk/')
    """
    try:
        parts = urlsplit(urljoin(base, url.strip()))
        host = ascii_host(parts.hostname or "")
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in PORTS or not host:
        return None
    plain = port in {None, PORTS[parts.scheme]}
    scheme = "https" if plain and host.removeprefix("www.") in secure else parts.scheme
    place = host if plain else f"{host}:{port}"
    query = [pair for pair in parts.query.split("&") if not TRACKING.fullmatch(unquote(pair.split("=")[0]))]
    path = without_dots(SESSION_IN_PATH.sub("", parts.path))
    return urlunsplit((scheme, place, escaped(path) or "/", escaped("&".join(query)), ""))


@lru_cache(maxsize=1000)
def ascii_host(host: str) -> str:
    """A host name as DNS knows it. Raises ValueError for one that it cannot know."""
    host = host.rstrip(".")
    return f"[{host}]" if ":" in host else host.encode("idna").decode()


def without_dots(path: str) -> str:
    """A path without . and .. (RFC 3986, 5.2.4), as every client asks for it.

    >>> without_dots("/a/./b/../c/.."), without_dots("/../a//b"), without_dots("/a/.")
    ('/a/', '/a//b', '/a/')
    """
    kept: list[str] = []
    parts = path.split("/")
    for part in parts:
        if part == ".." and len(kept) > 1:
            kept.pop()
        elif part not in {".", ".."}:
            kept.append(part)
    return "/".join([*kept, ""] if parts[-1] in {".", ".."} else kept)


def escaped(text: str) -> str:
    """A path or query in ASCII: letters beyond it as %C3%B8, no escape without need, all in capitals.

    >>> escaped("/høring/a b%7e%2f"), escaped("emne=b%f8rn&x=[1]")
    ('/h%C3%B8ring/a%20b~%2F', 'emne=b%F8rn&x=[1]')
    """
    known = ESCAPE.sub(lambda m: c if (c := chr(int(m[1], 16))) in PLAIN else m[0].upper(), text)
    return quote(known, safe=SAFE, errors="replace")


def read_day(words: str) -> date | None:
    """The first date in the words of a listing.

    >>> read_day("Nyhed 19.11.2021"), read_day("Den 2. november 2021 kl. 9")
    (datetime.date(2021, 11, 19), datetime.date(2021, 11, 2))
    >>> read_day("27 SEP 2021"), read_day("31-02-2021"), read_day("pulje 2021-2024")
    (datetime.date(2021, 9, 27), None, None)
    """
    found = sorted(
        (m for pattern in (NUMBERS, WORDS, ISO) if (m := pattern.search(words))), key=lambda m: m.start()
    )
    return next((day for match in found if (day := day_of(match["y"], match["m"], match["d"]))), None)


def day_in(url: str) -> date | None:
    """The day that an address tells: 211119- at the begin of its last part.

    >>> day_in("https://www.uvm.dk/aktuelt/nyheder/uvm/2021/nov/211119-aftale")
    datetime.date(2021, 11, 19)
    """
    found = SLUG.search(urlsplit(url).path)
    return day_of(str(TWENTY_FIRST + int(found["y"])), found["m"], found["d"]) if found else None


def last_day_in(url: str) -> date | None:
    """The last day of the year or month that an address tells: nothing in it is newer.

    >>> last_day_in("https://sm.dk/nyheder/nyhedsarkiv/2021/nov/aftale")
    datetime.date(2021, 11, 30)
    >>> last_day_in("https://sm.dk/nyheder/nyhedsarkiv/2021")
    datetime.date(2021, 12, 31)
    """
    found = PATH.search(urlsplit(url).path)
    if not found:
        return None
    year, month = int(found["y"]), MONTHS[found["m"].lower()] if found["m"] else 12
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def day_of(year: str, month: str, day: str) -> date | None:
    number = int(month) if month.isdecimal() else MONTHS[month.lower()]
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None
