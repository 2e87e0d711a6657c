"""The initiatives of an agreement: which mentions mean the same, and what they are called. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from output.join import preference, seniority
from output.likeness import common_words
from output.paraphrases import Told, paraphrases
from output.slug import fold, slug
from output.table import Row
from output.telling import OWN

FORMS = ("list", "table", "heading", "prose")  # a list's title before a paraphrase
SAME_TITLE = 84.0  # of 100: titles of one initiative in two documents, without phase words


class Home(NamedTuple):
    """A document's agreement, how well the document speaks for it (least is best), and since when."""

    rank: tuple[int, str, str, str]
    agreement_id: str
    since: tuple[str, int, str, str]
    alone: str  # the agreement's id if only this document told of it


def home_of(claim: Row, agreement_id: str, alone: str) -> Home:
    """The home that a claim gives its document."""
    return Home(preference(claim), agreement_id, seniority(claim), alone)


@dataclass(slots=True)
class Initiative:
    """An initiative while its mentions are placed, the best source first."""

    row: Row
    phases: frozenset[str]
    titles: dict[str, str] = field(default_factory=dict)  # document -> folded title
    mentions: list[Row] = field(default_factory=list)
    title: str = field(init=False)
    core: str = field(init=False)

    def __post_init__(self) -> None:
        self.title, self.core = fold(str(self.row["title"])), fold(str(self.row["core_title"]))

    def told(self) -> Told:
        """What tells it from others of its agreement."""
        money = [mention for mention in self.mentions if mention.get("sum_dkk")]
        return Told(
            self.row,
            frozenset(self.titles),
            self.phases,
            frozenset(int(str(mention["sum_dkk"])) for mention in money),
            frozenset(
                (mention["start_year"], mention["end_year"]) for mention in money if mention["start_year"]
            ),
        )


class Joined(NamedTuple):
    """The initiatives of all agreements, which mention means which, and all their good ids."""

    rows: list[Row]
    meant: dict[str, str]
    identifiers: list[Row]


def join_initiatives(
    mentions: Sequence[Row],
    phases: Mapping[str, Sequence[str]],
    homes: Mapping[str, Home],
    agreements: Mapping[str, Row],
) -> Joined:
    """The initiatives of every agreement. The order of the mentions does not matter."""
    by_home: dict[str, list[Row]] = defaultdict(list)
    for mention in mentions:
        if place := homes.get(str(mention["document_id"])):
            by_home[place.agreement_id].append(mention)
    joined = Joined([], {}, [])
    for home in sorted(by_home):
        found = Initiatives(home, agreements[home], homes)
        for mention in sorted(by_home[home], key=found.order):
            found.put(mention, frozenset(phases.get(str(mention["id"]), ())))
        found.join_paraphrases()
        found.name()
        joined.rows.extend(known.row for known in found.known)
        joined.identifiers.extend(found.identifiers())
        for known in found.known:
            joined.meant.update((str(mention["id"]), str(known.row["id"])) for mention in known.mentions)
    return joined


class Initiatives:
    """The initiatives of one agreement."""

    def __init__(self, home: str, agreement: Row, homes: Mapping[str, Home]) -> None:
        self.home = home
        self.agreement = agreement
        self.homes = homes
        self.known: list[Initiative] = []
        self.dropped: list[Row] = []

    def order(self, mention: Row) -> tuple[object, ...]:
        """Sorts mentions: lists before prose, the best document first, as they stand in it."""
        rank = self.homes[str(mention["document_id"])].rank
        return FORMS.index(str(mention["form"])), rank, mention["position"], str(mention["id"])

    def age(self, mention: Row) -> tuple[object, ...]:
        """Sorts mentions by when they could be cited."""
        since = self.homes[str(mention["document_id"])].since
        return since, FORMS.index(str(mention["form"])), mention["position"], str(mention["id"])

    def put(self, mention: Row, phases: frozenset[str]) -> None:
        """Give a mention to the initiative it means: one that is known, or a new one, or none."""
        known = self.find(mention, phases)
        if known is None:
            if not self.may_be_new(mention):
                self.dropped.append(mention)
                return
            known = self.add(mention, phases)
        known.mentions.append(mention)
        known.titles.setdefault(str(mention["document_id"]), fold(str(mention["title"])))

    def find(self, mention: Row, phases: frozenset[str]) -> Initiative | None:
        """The known initiative with the same title, else with the likest."""
        title, core = fold(str(mention["title"])), fold(str(mention["core_title"]))
        best, score = None, SAME_TITLE
        for known in self.known:
            if not may_mean(known, mention, title, phases):
                continue
            if known.title == title:
                return known
            likeness = common_words(known.core, core)
            if likeness > score:
                best, score = known, likeness
        return best

    def may_be_new(self, mention: Row) -> bool:
        """A paraphrase adds nothing to a complete list; a pool's page makes no initiative."""
        place = self.homes[str(mention["document_id"])].rank[0]
        promised = self.agreement["initiative_count"]
        complete = promised is not None and len(self.known) >= int(str(promised))
        return place < len(OWN) and not (complete and mention["form"] == "prose")

    def add(self, mention: Row, phases: frozenset[str]) -> Initiative:
        row: Row = {
            "id": "",
            "agreement_id": self.home,
            "programme_id": self.agreement["programme_id"],
            "title": mention["title"],
            "core_title": mention["core_title"],
            "area": mention["area"],
            "target_group": mention["target_group"],
        }
        self.known.append(Initiative(row, phases))
        return self.known[-1]

    def join_paraphrases(self) -> None:
        """Make one of those that documents tell of in other words; the better source's title stays."""
        for first, second in paraphrases([known.told() for known in self.known]):
            self.known[first].mentions += self.known[second].mentions
            self.known[first].phases |= self.known[second].phases
            self.known[second].mentions = []
        self.known = [known for known in self.known if known.mentions]

    def name(self) -> None:
        """Ids by the title under which each could first be cited; numbered where two have the same."""
        taken: dict[str, int] = defaultdict(int)
        for known in sorted(self.known, key=lambda known: min(map(self.age, known.mentions))):
            stem = f"{self.home}/{slug(str(min(known.mentions, key=self.age)['title']))}"
            taken[stem] += 1
            known.row["id"] = stem if taken[stem] == 1 else f"{stem}~{taken[stem]}"

    def identifiers(self) -> list[Row]:
        """Ids that the initiatives had, or would have had, when fewer documents were known; one that is
        none any more, because a better source came, leads to its agreement."""
        found = []
        for known in self.known:
            for mention in sorted(known.mentions, key=self.age):
                found += [{"id": name, "initiative_id": known.row["id"]} for name in self.names(mention)]
        for mention in self.dropped:
            found += [{"id": name, "agreement_id": self.home} for name in self.names(mention)]
        return found

    def names(self, mention: Row) -> list[str]:
        """The ids that a title gives, in its agreement and in the one its document would make alone."""
        homes = {self.home, self.homes[str(mention["document_id"])].alone}
        return sorted(f"{home}/{slug(str(mention['title']))}" for home in homes)


def may_mean(known: Initiative, mention: Row, title: str, phases: frozenset[str]) -> bool:
    """Never another item of the same document's list, of another area or in other phases."""
    other_item = known.titles.get(str(mention["document_id"]), title) != title
    areas = {known.row["area"], mention["area"]} - {None}
    other_phase = known.phases and phases and not known.phases & phases
    return not (other_item or len(areas) > 1 or other_phase)
