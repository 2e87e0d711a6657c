"""How sure it is that an initiative carries on an earlier one: rare words and ideas in common, and doubts."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations
from math import fsum
from typing import NamedTuple

from output.lexicon import WITHIN
from output.slug import fold
from output.table import Row
from output.terms import AGES, BESIDE, FAINT, IDEAS, KIN, MEANS, OPPOSITE, PEOPLE, Vocabulary, is_generic

MOST = 3  # earlier initiatives proposed for a later one
LEAST = 0.1  # a weaker proposal says nothing
LOOKED_AT = 24  # earlier initiatives that are compared in full with a later one
OF_ONE_KEY = 12  # of these so many that share the same words, the latest
KEY_TERMS = 5  # the rarest terms of a title, which with their pairs find what is like it
COVER = 0.5  # how much it counts that the shorter title is all in the longer
ENOUGH = 0.6  # shared worth that is evidence in full: one rare word or two common ones
TOLD = 0.4  # of the worth of an idea that a narrower one of the title tells
ONLY_PEOPLE, ONLY_MEANS = 0.7, 0.7  # of the likeness where nothing else is the same
TWO_PEOPLE = 0.9  # where those of both are in two kinds of need
OTHER_EFFORT, OTHER_PEOPLE, OTHER_AREA = 0.7, 0.6, 0.4  # what is left of the likeness
FORWARD, BACK = 1.08, 0.9  # a later or an earlier phase than before
APART = timedelta(days=30)  # between two agreements for one year of which the later may carry on the other
UNKNOWN = date.max.isoformat()  # nothing is told to be before or after it within its year
LASTING = 6  # years; after a longer pause the same words mean less
PAUSE = 0.04  # a year


class Idea(NamedTuple):
    """An initiative as it is compared: `first` and `last` are places of its phases in the model."""

    id: str
    agreement: str
    year: int
    made: str  # day of the agreement, ISO; UNKNOWN: the last of its year
    title: str
    core: str
    area: str | None
    effort: frozenset[str]
    target: frozenset[str]
    methods: frozenset[str]
    phases: tuple[tuple[int, str], ...]
    terms: frozenset[str]  # all of these three
    worths: Mapping[str, float]  # of each term in this title
    worth: float  # of all terms


class Link(NamedTuple):
    """A proposal, and why."""

    earlier: Idea
    later: Idea
    score: float
    shared: frozenset[str]


def idea_of(
    row: Row,
    words: Vocabulary,
    phases: Mapping[str, Sequence[tuple[int, str]]],
    methods: Mapping[str, Sequence[str]],
) -> Idea:
    """An initiative as it is compared; of its row id, agreement_id, title, core_title, area, target_group,
    year and made, and its phases and methods by id."""
    key, core = str(row["id"]), str(row["core_title"])
    named = {word for name in methods.get(key, ()) for word in words.terms(name).all}
    terms, people = words.terms(core), words.terms(str(row["target_group"] or ""))
    effort = terms.effort - (named - IDEAS)
    target = (terms.target | people.all) - terms.effort - (named - IDEAS)
    known = frozenset(f"metoden {name}" for name in methods.get(key, ()))
    worths = worths_of(effort | target | known, words)
    return Idea(
        id=key,
        agreement=str(row["agreement_id"]),
        year=int(str(row["year"])),
        made=str(row.get("made") or UNKNOWN),
        title=str(row["title"]),
        core=fold(core),
        area=str(row["area"]) if row["area"] else None,
        effort=effort,
        target=target,
        methods=known,
        phases=tuple(phases.get(key, ())),
        terms=effort | target | known,
        worths=worths,
        worth=fsum(worths.values()),
    )


def worths_of(terms: frozenset[str], words: Vocabulary) -> dict[str, float]:
    """How much each term says in a title; a wider idea adds little to one that lies within it."""
    told = {wider for term in terms for wider in WITHIN.get(term, ())}
    return {term: words.worth(term) * (TOLD if term in told else 1.0) for term in terms}


def propose(ideas: Sequence[Idea], words: Vocabulary) -> list[Link]:
    """The best earlier ideas for each, the best first; `ideas` are in their order."""
    found: list[Link] = []
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    moments = [moment(idea) for idea in ideas]
    for later, idea in enumerate(ideas):
        keys = keys_of(idea, words)
        before = bisect_left(moments, earliest_after(idea))
        found += best_of(idea, [ideas[n] for n in candidates(index, keys, before)], words)
        for key in keys:
            index[key].append(later)
    return found


def order(idea: Idea) -> tuple[int, str, str]:
    """By year, within it by the day of the agreement."""
    return idea.year, idea.made, idea.id


def moment(idea: Idea) -> tuple[int, str]:
    return idea.year, idea.made


def earliest_after(idea: Idea) -> tuple[int, str]:
    """The moment before which others must be that an idea may carry on: an earlier year, or an agreement
    for the same one that was made well before."""
    if idea.made == UNKNOWN:
        return idea.year, ""
    return idea.year, (date.fromisoformat(idea.made) - APART).isoformat()


def keys_of(idea: Idea, words: Vocabulary) -> list[tuple[str, ...]]:
    """What finds an idea again, the rarest first: its rarest terms, alone and in pairs."""
    spoken = sorted(
        (term for term in idea.terms if says_some(term)), key=lambda term: (-words.worth(term), term)
    )
    keys = spoken[:KEY_TERMS]
    pairs = [tuple(sorted(pair)) for pair in combinations(keys, 2)]
    singles = [(term,) for term in keys if not is_generic(term)]
    whole = [tuple(sorted(idea.terms))] if idea.terms else []
    return [*whole, *pairs, *singles]


def says_some(term: str) -> bool:
    """Is it a telling word or an idea, if only a common one?"""
    return term in FAINT or not is_generic(term)


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
    """The proposals for one idea, the best first."""
    links = [compare(one, later, words) for one in earlier]
    links = sorted(
        (link for link in links if link.score >= LEAST),
        key=lambda link: (-link.score, -link.earlier.year, link.earlier.id),
    )
    return links[:MOST]


def compare(earlier: Idea, later: Idea, words: Vocabulary) -> Link:
    """How sure it is that one idea carries on the other."""
    shared = earlier.terms & later.terms
    if not any(map(says_some, shared)):
        return Link(earlier, later, 0.0, frozenset())
    one, other = earlier.worth, later.worth
    mine, theirs = (fsum(idea.worths[term] for term in shared) for idea in (earlier, later))  # in any order
    worth = max(mine, theirs)
    cover, common = max(mine / one, theirs / other), (mine + theirs) / (one + other)
    particular = [term for term in shared if not is_generic(term)]
    likeness = (COVER * cover + (1 - COVER) * common) * breadth(particular)
    evidence = min(1.0, worth / ENOUGH)
    if likeness * evidence * FORWARD < LEAST:  # no doubt need be looked for
        return Link(earlier, later, 0.0, frozenset())
    score = likeness * evidence * doubts(earlier, later) * course(earlier, later)
    sure = round(min(1.0, score), 2)
    return Link(earlier, later, sure, shared)


def breadth(particular: Sequence[str]) -> float:
    """What is left where two share only for whom, or only what is done."""
    if all(term in PEOPLE for term in particular):
        return ONLY_PEOPLE if len({KIN.get(term, term) for term in particular}) <= 1 else TWO_PEOPLE
    return ONLY_MEANS if all(term in MEANS for term in particular) else 1.0


def doubts(earlier: Idea, later: Idea) -> float:
    """What speaks against: another area, another effort for the same people, other people."""
    doubt = 1.0
    if earlier.area and later.area and earlier.area != later.area:
        doubt *= OTHER_AREA
    if other_effort(earlier, later):
        doubt *= OTHER_EFFORT
    if apart(earlier, later, earlier.target, later.target) or other_people(earlier, later):
        doubt *= OTHER_PEOPLE
    return doubt


def other_effort(earlier: Idea, later: Idea) -> bool:
    """Does each say what is done, and the other nothing of it? Other words make up for no known means."""
    means, others = earlier.terms & MEANS, later.terms & MEANS
    if means and others and not means & others:
        return True
    return apart(earlier, later, earlier.effort | earlier.methods, later.effort | later.methods)


def other_people(earlier: Idea, later: Idea) -> bool:
    """Is one for people in another need, for those beside them, or for old where the other is for young?"""
    groups, others = earlier.terms & PEOPLE, later.terms & PEOPLE
    mine, theirs = groups - BESIDE, others - BESIDE  # relatives of whom?
    if (mine and theirs and not mine & theirs) or (groups ^ others) & BESIDE:
        return True
    ages = earlier.terms & AGES, later.terms & AGES
    return any({one & pair for one in ages} == {frozenset({age}) for age in pair} for pair in OPPOSITE)


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
