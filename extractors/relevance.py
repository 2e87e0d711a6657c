"""Which items of a news listing are worth fetching, and which links lead to an agreement's text.

A listing says little: a title, perhaps a teaser, perhaps nothing but an address. Losing a release
that matters is worse than fetching ten that do not, so whatever cannot be judged is fetched.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import unquote, urlsplit

from corpus.document import Span
from extractors.patterns import Pattern
from extractors.rules import Rule, RuleTable, load_rules

Scope = Literal["social", "general"]  # a site all about social policy, or one about other things too

# how an address spells a letter; some sites only take off its ring or stroke
SPELLINGS = str.maketrans({"æ": "(?:æ|ae)", "ø": "(?:ø|oe|o)", "å": "(?:å|aa|a)"})
MINDS_CASE = "(?-i:"  # in a pattern: capitals matter here
# nothing that cannot be seen, and no letter that is two in lower case
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff")) | {ord("\u0130"): "I"}
TITLE = 80  # characters; longer words of an item hold a teaser too
FOREIGN = 2  # words of another language; one may be a name
OPENING = 120  # characters in which an item says what it is; a teaser may mention anything later
LETTERS = re.compile(r"[^\W\d_]{2,}")
DASHES = re.compile(r"[-_+.]+")
SUFFIX = re.compile(r"\.(?:html?|aspx?|php|jsp|pdf|docx?)$", re.IGNORECASE)
DOCUMENTS = frozenset({".pdf", ".docx"})
PAGES = frozenset({"", ".html", ".htm", ".aspx", ".asp", ".php", ".jsp", ".ashx"})
WEB = frozenset({"", "http", "https"})
LONGEST_SUFFIX = 5  # with its dot; a longer one is the end of a name with a full stop in it
NEAR = 300  # characters of a paragraph that a link without words of its own may borrow


@dataclass(frozen=True, slots=True)
class Verdict:
    """Is an item worth fetching? With the words that say so and the rules that found them."""

    relevant: bool
    words: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Item:
    """What a listing says of an item: its own words, then those of its address, one line a folder."""

    text: str  # as written
    lower: str  # in lower case, letter for letter
    own: int  # where the words of the address begin


@dataclass(frozen=True, slots=True)
class Found:
    """A place where a rule matched."""

    rule: str
    span: Span


def relevance(words: str, url: str, scope: Scope) -> Verdict:
    """Is an item of a listing worth fetching?

    >>> relevance("Ny aftale om hjemløse på plads", "", "general").words
    ('aftale', 'hjemløse', 'på plads')
    >>> relevance("", "https://fm.dk/nyheder/2018/ny-aftale-om-hjemloese/", "general").rule
    'agreement + homelessness'
    >>> relevance("Ny direktør i styrelsen", "", "social")
    Verdict(relevant=False, words=('Ny direktør',), rule='appointed')
    """
    item = read_item(words, url)
    programme = find(item, "programme")
    if programme:
        return verdict(item, True, programme)
    foreign = find(item, "foreign")
    if len(foreign) >= FOREIGN:
        return verdict(item, False, foreign)
    if not says_anything(item):
        return Verdict(True, (), "nothing said")
    return on_social_site(item) if scope == "social" else on_general_site(item)


def on_social_site(item: Item) -> Verdict:
    """Everything is worth fetching but what is plainly about something else and names no money."""
    means = find(item, "means")
    if means:
        return verdict(item, True, means)
    aside = [f for f in find(item, "aside") if f.span.start < OPENING or f.span.start >= item.own]
    return verdict(item, False, aside) if aside else Verdict(True, (), "social site")


def on_general_site(item: Item) -> Verdict:
    """What names a topic of social policy, and a means or an effort.

    A bare title says too little to be turned away for want of a means, and an address even for
    want of a topic: ten pages too many are better than one lost.
    """
    topics = find(item, "topic")
    ways = find(item, "means") or find(item, "effort")
    if not topics and (item.own or not ways):
        return Verdict(False, (), "no topic")
    return verdict(item, bool(ways) or item.own < TITLE, [*ways, *topics])


def verdict(item: Item, relevant: bool, found: list[Found]) -> Verdict:
    """A verdict with its words as written, each once and in the order of the text."""
    ordered = sorted(joined(item.text, found), key=lambda span: span.start)
    words = dict.fromkeys(item.text[span.start : span.end].strip() for span in ordered)
    return Verdict(relevant, tuple(words), " + ".join(dict.fromkeys(f.rule for f in found)))


def joined(text: str, found: list[Found]) -> list[Span]:
    """The spans of what was found; of two that overlap ('handicappuljen') the longer one."""
    spans: list[Span] = []
    for span in sorted((f.span for f in found), key=lambda s: s.start - s.end):
        if not any(span.overlaps(other) for other in spans):
            spans.append(span)
    return spans


def read_item(words: str, url: str) -> Item:
    """The words of an item and of its address."""
    own = " ".join(plain(words).split())
    text = "\n".join([own, *folders(url)])
    return Item(text, text.lower(), len(own))


def plain(words: str) -> str:
    """Letters composed, nothing invisible: 'a' and a ring above are one å.

    >>> plain("ba\u030ade so\u00adciale")
    'både sociale'
    """
    return unicodedata.normalize("NFC", words).translate(INVISIBLE)


def folders(url: str) -> Iterator[str]:
    """The words of an address, folder by folder.

    >>> list(folders("https://kum.dk/aktuelt/nyheder/aftale-om-865_mio.html?side=2"))
    ['aktuelt', 'nyheder', 'aftale om 865 mio']
    """
    for folder in address(url).split("/"):
        words = DASHES.sub(" ", SUFFIX.sub("", folder)).strip()
        if words:
            yield words


def address(url: str) -> str:
    """The path of an address with its letters decoded; empty where it cannot be read."""
    try:
        return plain(unquote(urlsplit(url).path))
    except ValueError:
        return ""


def says_anything(item: Item) -> bool:
    """Has the item a word of its own, or the last folder of its address?"""
    last = item.lower[: item.own] + "\n" + item.lower[item.own :].rpartition("\n")[2]
    for rule in tolerant("relevance")["furniture"]:
        last = rule.pattern.sub(" ", last)
    return bool(LETTERS.search(last))


def find(item: Item, value: str) -> list[Found]:
    """What the rules of that value match in an item, without what lies in a false friend."""
    found = [
        Found(rule.name, Span(*match.span()))
        for rule in tolerant("relevance")[value]
        for match in rule.pattern.finditer(item.text if minds_case(rule) else item.lower)
    ]
    friends = false_friends(item.lower) if found else ()
    return [f for f in found if not any(f.span.overlaps(friend) for friend in friends)]


@lru_cache(maxsize=1)
def false_friends(lower: str) -> tuple[Span, ...]:
    """Where words stand that look like ours and are not; of a group named `false`, only the group."""
    return tuple(
        Span(*match.span("false" if "false" in rule.pattern.groupindex else 0))
        for rule in tolerant("relevance")["false friend"]
        for match in rule.pattern.finditer(lower)
    )


def minds_case(rule: Rule) -> bool:
    """Does a rule tell SØM from søm? All others are compared with lower case, which is much faster."""
    return bool(rule.pattern.flags & re.IGNORECASE)


@cache
def tolerant(name: str) -> dict[str, tuple[Rule, ...]]:
    """The rules of a table by their value, for text in lower case, each letter in any of its spellings."""
    return by_value(load_rules(name))


def by_value(table: RuleTable) -> dict[str, tuple[Rule, ...]]:
    found: dict[str, tuple[Rule, ...]] = {}
    for rule in table.rules:
        written = rule.source.text
        flags = re.VERBOSE if MINDS_CASE not in written else re.VERBOSE | re.IGNORECASE
        source = Pattern(written.translate(SPELLINGS), {}, int(flags))
        found[str(rule.value)] = (*found.get(str(rule.value), ()), replace(rule, source=source))
    return found


def agreement_link(words: str, url: str, around: str = "") -> bool:
    """Does this link of a release lead to its agreement text: a page, a PDF or a DOCX?

    >>> agreement_link("Læs hele aftalen her", "/media/1234/aftale.pdf")
    True
    >>> agreement_link("pdf (735 Kb)", "/media/1234/x.pdf", "Læs aftaleteksten herunder pdf (735 Kb)")
    True
    >>> agreement_link("Læs også: Ny aftale om ferie", "/nyheder/2023/ny-aftale-om-ferie")
    False
    """
    kind = target(url)
    if kind is None:
        return False
    said, name = plain(words).strip(), "\n".join(list(folders(url))[-1:])
    if says(["never"], said):
        return False
    signs = ["text", "file"] if kind == "document" else ["text"]
    if says(signs, said):
        return True
    if said and not says(["bare"], said):
        return False
    nearby = plain(around).strip()
    borrows = len(nearby) <= NEAR and says(["text", "lead-in"], nearby) and not says(["never"], nearby)
    return borrows or (kind == "document" and says(["text", "file"], name) and not says(["never"], name))


def target(url: str) -> Literal["page", "document"] | None:
    """What an address leads to; None where it is neither a page nor a document that can be read."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if parts.scheme.lower() not in WEB or not (parts.netloc or parts.path.strip("/")):
        return None
    suffix = PurePosixPath(parts.path).suffix.lower()
    if suffix in DOCUMENTS:
        return "document"
    return "page" if suffix in PAGES or len(suffix) > LONGEST_SUFFIX else None


def says(values: Iterable[str], words: str) -> bool:
    """Does a rule of one of these values match the words?"""
    rules = tolerant("agreement_links")
    lower = words.lower()
    return any(rule.pattern.search(lower) for value in values for rule in rules[value])
