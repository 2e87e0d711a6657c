"""Which initiative of a later year carries on which earlier one: proposals with a score and reasons."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from math import fsum
from typing import NamedTuple

from output.database import Database, rows
from output.likeness import all_words
from output.slug import fold
from output.table import Row
from output.words import AGES, GROUPS, Vocabulary, is_generic, tells_of_more

INITIATIVES = """
SELECT i.id, i.agreement_id, i.title, i.core_title, i.area, i.target_group,
    coalesce(a.programme_year, a.start_year, CAST(substr(coalesce(a.agreed_on, d.published_on), 1, 4) AS INTEGER))
        AS year
FROM initiatives i
LEFT JOIN agreements a ON a.id = i.agreement_id
LEFT JOIN documents d ON d.id = a.preferred_document_id
"""
PHASES = """
SELECT p.initiative_id, p.phase, f.position
FROM initiative_phases p JOIN phases f ON f.id = p.phase
ORDER BY p.initiative_id, f.position
"""
# in the title, in the paragraph of an item of a list, in the paragraph below a heading
METHODS = """
SELECT DISTINCT i.initiative_id, k.name
FROM method_mentions said
JOIN mentions n ON n.id = said.mention_id
JOIN methods k ON k.id = said.method_id
JOIN document_versions v ON v.id = n.document_version_id AND v.is_current = 1
JOIN blocks b ON b.document_version_id = n.document_version_id
    AND b.start_char <= n.start_char AND b.end_char >= n.end_char
LEFT JOIN blocks h ON h.document_version_id = b.document_version_id
    AND h.position = b.position - 1 AND h.kind = 'heading'
JOIN mentions m ON m.document_version_id = n.document_version_id
JOIN initiative_mentions i ON i.mention_id = m.id
WHERE i.initiative_id IS NOT NULL AND (
    (n.start_char >= m.start_char AND n.end_char <= m.end_char)
    OR (i.form = 'list' AND m.start_char BETWEEN b.start_char AND b.end_char)
    OR (i.form = 'heading' AND m.start_char BETWEEN h.start_char AND h.end_char)
)
ORDER BY i.initiative_id, k.name
"""

MOST = 3  # earlier initiatives proposed for a later one
LEAST = 0.47  # a weaker proposal is more often wrong than right
NEAR_BEST = 0.25  # how much weaker than the best a further proposal may be
LOOKED_AT = 40  # earlier initiatives that are compared in full with a later one
OF_ONE_KEY = 24  # of these so many that share the same words, the latest
KEY_TERMS = 5  # the rarest terms of a title, which with their pairs find what is like it
ENOUGH = 0.6  # shared worth that is evidence in full: one rare word or two common ones
ONLY_PEOPLE = 0.8  # of the likeness where nothing but the people is the same
OTHER_EFFORT, OTHER_PEOPLE, OTHER_AREA = 0.6, 0.6, 0.4  # what is left of the likeness
FORWARD, BACK = 1.08, 0.9  # a later or an earlier phase than before
LASTING = 6  # years; after a longer pause the same words mean less
PAUSE = 0.04  # a year
SAME = 90.0  # of 100: titles without phase words that say the same


class Idea(NamedTuple):
    """An initiative as it is compared: `first` and `last` are places of its phases in the model."""

    id: str
    agreement: str
    year: int
    title: str
    core: str
    area: str | None
    effort: frozenset[str]
    target: frozenset[str]
    methods: frozenset[str]
    phases: tuple[tuple[int, str], ...]

    @property
    def terms(self) -> frozenset[str]:
        return self.effort | self.target | self.methods


class Link(NamedTuple):
    """A proposal, and why."""

    earlier: Idea
    later: Idea
    score: float
    shared: tuple[str, ...]


def link_rows(db: Database) -> list[Row]:
    """The proposed rows of initiative_links."""
    phases: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in rows(db, PHASES):
        phases[str(row["initiative_id"])].append((int(str(row["position"])), str(row["phase"])))
    methods: dict[str, list[str]] = defaultdict(list)
    for row in rows(db, METHODS):
        methods[str(row["initiative_id"])].append(str(row["name"]))
    return proposed_rows(rows(db, INITIATIVES), phases, methods)


def proposed_rows(
    initiatives: Sequence[Row],
    phases: Mapping[str, Sequence[tuple[int, str]]],
    methods: Mapping[str, Sequence[str]],
) -> list[Row]:
    """Links between initiatives, as rows with score and reason.

    `initiatives` have id, agreement_id, title, core_title, area, target_group and year (without one
    they are not linked); `phases` their phases with the place in the model; `methods` their methods.
    The order of the rows does not matter.
    """
    dated = [row for row in initiatives if row["year"] is not None]
    words = Vocabulary(str(row["core_title"]) for row in dated)
    ideas = sorted(
        (idea(row, words, phases, methods) for row in dated), key=lambda found: (found.year, found.id)
    )
    links = propose(ideas, words)
    parents = Counter((found.earlier.id, found.later.agreement) for found in best_only(links))
    return [link_row(found, parents[found.earlier.id, found.later.agreement] > 1) for found in links]


def idea(
    row: Row,
    words: Vocabulary,
    phases: Mapping[str, Sequence[tuple[int, str]]],
    methods: Mapping[str, Sequence[str]],
) -> Idea:
    key, core = str(row["id"]), str(row["core_title"])
    named = {word for name in methods.get(key, ()) for word in words.terms(name).all}
    terms, people = words.terms(core), words.terms(str(row["target_group"] or ""))
    return Idea(
        id=key,
        agreement=str(row["agreement_id"]),
        year=int(str(row["year"])),
        title=str(row["title"]),
        core=fold(core),
        area=str(row["area"]) if row["area"] else None,
        effort=terms.effort - (named - GROUPS),
        target=(terms.target | people.all) - terms.effort - (named - GROUPS),
        methods=frozenset(f"metoden {name}" for name in methods.get(key, ())),
        phases=tuple(phases.get(key, ())),
    )


def propose(ideas: Sequence[Idea], words: Vocabulary) -> list[Link]:
    """The best earlier ideas for each, the best first; `ideas` are sorted by year and id."""
    found: list[Link] = []
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    years = [idea.year for idea in ideas]
    for later, idea in enumerate(ideas):
        keys = keys_of(idea, words)
        before = bisect_left(years, idea.year)
        found += best_of(idea, [ideas[n] for n in candidates(index, keys, before)], words)
        for key in keys:
            index[key].append(later)
    return found


def keys_of(idea: Idea, words: Vocabulary) -> list[tuple[str, ...]]:
    """What finds an idea again, the rarest first: its rarest terms, alone and in pairs."""
    telling = sorted(
        (t for t in idea.terms if not is_generic(t)), key=lambda term: (-words.worth(term), term)
    )[:KEY_TERMS]
    pairs = [tuple(sorted(pair)) for pair in combinations(telling, 2)]
    singles = [(term,) for term in telling]
    generic = tuple(sorted(idea.terms))
    return [generic, *pairs, *singles]


def candidates(
    index: Mapping[tuple[str, ...], Sequence[int]], keys: Iterable[tuple[str, ...]], before: int
) -> list[int]:
    """Places of earlier ideas that share keys, few enough that the time for each idea has a bound."""
    found: dict[int, None] = {}
    for key in keys:
        known = index.get(key, ())
        end = bisect_left(known, before)
        found.update(dict.fromkeys(known[max(0, end - OF_ONE_KEY) : end]))
        if len(found) >= LOOKED_AT:
            break
    return list(found)


def best_of(later: Idea, earlier: Iterable[Idea], words: Vocabulary) -> list[Link]:
    """The proposals for one idea: the best, and what is nearly as good."""
    links = [compare(one, later, words) for one in earlier]
    links = sorted(
        (link for link in links if link.score >= LEAST),
        key=lambda link: (-link.score, -link.earlier.year, link.earlier.id),
    )
    return [link for link in links[:MOST] if link.score >= links[0].score - NEAR_BEST]


def compare(earlier: Idea, later: Idea, words: Vocabulary) -> Link:
    """How sure it is that one idea carries on the other."""
    shared = earlier.terms & later.terms
    worth = fsum(map(words.worth, shared))  # the same in any order of a set
    if not worth:
        return Link(earlier, later, 0.0, ())
    one, other = (fsum(map(words.worth, idea.terms)) for idea in (earlier, later))
    cover, common = worth / min(one, other), 2 * worth / (one + other)
    particular = [term for term in shared if not is_generic(term)]
    people = len(particular) == 1 and particular[0] in GROUPS
    likeness = common * ONLY_PEOPLE if people else (cover + common) / 2
    evidence = min(1.0, worth / ENOUGH)
    score = likeness * evidence * doubts(earlier, later) * course(earlier, later)
    told = sorted(shared, key=lambda term: (-words.worth(term), term))
    return Link(earlier, later, round(min(1.0, score), 2), tuple(told))


def doubts(earlier: Idea, later: Idea) -> float:
    """What speaks against: another area, another effort for the same people, other people."""
    doubt = 1.0
    if earlier.area and later.area and earlier.area != later.area:
        doubt *= OTHER_AREA
    if apart(earlier, later, earlier.effort | earlier.methods, later.effort | later.methods):
        doubt *= OTHER_EFFORT
    groups, others = earlier.terms & GROUPS, later.terms & GROUPS
    if apart(earlier, later, earlier.target, later.target) or (groups and others and not groups & others):
        doubt *= OTHER_PEOPLE
    return doubt


def apart(earlier: Idea, later: Idea, one: frozenset[str], other: frozenset[str]) -> bool:
    """Do both say something particular here, and is none of it anywhere in the other title?"""
    mine, theirs = ({term for term in terms if not is_generic(term)} for terms in (one, other))
    if not (mine and theirs):  # old and young say something where nothing else does
        mine, theirs = mine | (one & AGES), theirs | (other & AGES)
    return bool(mine and theirs) and not (mine & later.terms or theirs & earlier.terms)


def course(earlier: Idea, later: Idea) -> float:
    """What time says: phases go forward, and a thread that lay long is no longer one."""
    pause = max(0, later.year - earlier.year - LASTING)
    step = phase_step(earlier, later)
    way = FORWARD if step > 0 else BACK if step < 0 else 1.0
    return way * max(0.5, 1 - PAUSE * pause)


def phase_step(earlier: Idea, later: Idea) -> int:
    """How many phases further the later idea has come; 0 where one of them names none."""
    if not earlier.phases or not later.phases:
        return 0
    return later.phases[-1][0] - earlier.phases[-1][0]


def best_only(links: Iterable[Link]) -> list[Link]:
    """Of each later idea's proposals the best."""
    first: dict[str, Link] = {}
    for link in links:
        first.setdefault(link.later.id, link)
    return list(first.values())


def relation(link: Link, split: bool) -> str:
    """What the later initiative is to the earlier."""
    earlier, later = link.earlier, link.later
    if split:
        return "split"
    if phase_step(earlier, later) > 0:
        return "next_phase"
    if tells_of_more(later.title) and not tells_of_more(earlier.title):
        return "scaled_up"
    if all_words(earlier.core, later.core) >= SAME:
        return "same"
    return "continues"


def link_row(link: Link, split: bool) -> Row:
    return {
        "from_initiative_id": link.earlier.id,
        "to_initiative_id": link.later.id,
        "relation": relation(link, split),
        "score": link.score,
        "status": "proposed",
        "reason": reason(link),
    }


def reason(link: Link) -> str:
    """The score in words: what the two share, area, phases, years."""
    earlier, later = link.earlier, link.later
    telling = [term for term in link.shared if not is_generic(term)] or link.shared
    said = ["both speak of " + ", ".join(dict.fromkeys(spoken(term, later) for term in telling))]
    if earlier.area and earlier.area == later.area:
        said.append(f"both for {later.area}")
    if earlier.phases and later.phases:
        said.append(f"{phase_words(earlier)} → {phase_words(later)}")
    gap = later.year - earlier.year
    return "; ".join([*said, f"{gap} year{'s' * (gap > 1)} later"])


def spoken(term: str, idea: Idea) -> str:
    """A term as the title has it: the word that its stem stands in."""
    return next((word for word in idea.core.split() if word.startswith(term)), term)


def phase_words(idea: Idea) -> str:
    return " + ".join(phase for _, phase in idea.phases)
