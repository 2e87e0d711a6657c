"""From what documents say to the things they speak of, agreements and initiatives. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from output.decisions import Decisions
from output.likeness import common_words
from output.slug import fold, slug
from output.table import Row, Value

PROGRAMMES: dict[str, str] = {
    "uip": "Udviklings- og Investeringsprogrammerne",
    "satspulje": "Satspuljen",
    "reserve": "Reserven på social-, sundheds- og arbejdsmarkedsområdet",
    "finance_act": "Finansloven",
    "other": "Andre aftaler",
}
PREFIXES = {"finance_act": "finanslov", "other": "aftale"}  # of ids, where the kind is no word
RESERVE_YEARS = 4  # every reserve agreement runs over four years
OWN = ("full_text", "announces", "reports")  # the agreement's text before ministry before agency
FORMS = ("list", "table", "heading", "prose")  # a list's title before a paraphrase
UNDECIDED = Decisions()
SAME_TITLE = 84.0  # of 100: titles of one initiative in two documents, without phase words
FIELDS = (
    "programme_year", "agreed_on", "total_min_dkk", "total_max_dkk", "start_year", "end_year",
    "initiative_count",
)  # fmt: skip


class Home(NamedTuple):
    """A document's agreement, and how well the document speaks for it (least is best)."""

    rank: tuple[int, str, str, str]
    agreement_id: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """Everything that resolution writes, table by table."""

    programmes: tuple[Row, ...]
    agreements: tuple[Row, ...]
    agreement_documents: tuple[Row, ...]
    agreement_claims: tuple[Row, ...]
    initiatives: tuple[Row, ...]
    initiative_phases: tuple[Row, ...]
    mentions: Mapping[str, str]  # agreement_mentions.mention_id -> agreement
    initiative_mentions: Mapping[str, str]  # initiative_mentions.id -> initiative


def resolve(
    claims: Sequence[Row],
    mentions: Sequence[Row],
    phases: Mapping[str, Sequence[str]],
    decisions: Decisions = UNDECIDED,
) -> Resolved:
    """Join claims to agreements and mentions to initiatives.

    `claims` are rows of agreement_mentions of current versions with document_id, title and
    published_on; `mentions` rows of initiative_mentions with document_id; `phases` the phases of
    each mention; `decisions` a human's word on which agreements are one and what documents speak of.
    The order of the rows does not matter.
    """
    groups = group_claims(claims, decisions)
    agreements: dict[Value, Row] = {i: agreement_row(i, group) for i, group in groups.items()}
    by_mention: dict[str, str] = {}
    homes: dict[str, Home] = {}
    for key, group in groups.items():
        for claim in group:
            by_mention[str(claim["mention_id"])] = key
            home = Home(preference(claim), key)
            homes[str(claim["document_id"])] = min(home, homes.get(str(claim["document_id"]), home))
    initiatives, homes_of = join_initiatives(mentions, phases, homes, agreements)
    return Resolved(
        programmes=tuple({"id": key, "name": name} for key, name in PROGRAMMES.items()),
        agreements=tuple(agreements.values()),
        agreement_documents=tuple(document_rows(groups)),
        agreement_claims=tuple(claim_rows(groups)),
        initiatives=tuple(initiatives),
        initiative_phases=tuple(phase_rows(initiatives, homes_of, phases)),
        mentions=by_mention,
        initiative_mentions=homes_of,
    )


def preference(claim: Row) -> tuple[int, str, str, str]:
    """Sorts documents by how well they speak for their agreement."""
    relation = str(claim["relation"])
    place = OWN.index(relation) if relation in OWN else len(OWN)
    day = str(claim["published_on"] or "9999")
    return place, day, str(claim["document_id"]), str(claim["mention_id"])


def group_claims(claims: Sequence[Row], decisions: Decisions = UNDECIDED) -> dict[str, list[Row]]:
    """The claims of each agreement, the best document first. A document that is not about the
    agreement itself joins one that others made known, and makes none."""
    groups: dict[str, list[Row]] = defaultdict(list)
    ordered = sorted(claims, key=preference)
    homes = [decisions.home(str(claim["document_id"]), agreement_id(claim)) for claim in ordered]
    for home, claim in zip(homes, ordered, strict=True):
        if home and claim["relation"] in OWN:
            groups[home].append(claim)
    for home, claim in zip(homes, ordered, strict=True):
        if home in groups and claim["relation"] not in OWN:
            groups[home].append(claim)
    return dict(groups)


def agreement_id(claim: Row) -> str:
    """Readable and stable: programme and years; without these its document's id, so that nothing
    is joined by guess.

    >>> agreement_id({"kind": "reserve", "programme_year": 2021})
    'reserve-2021-2024'
    """
    kind, year = str(claim["kind"]), claim["programme_year"]
    if kind == "other" or not isinstance(year, int):
        return f"{PREFIXES.get(kind, kind)}-{claim['document_id']}"
    if kind == "reserve":
        return f"reserve-{year}-{year + RESERVE_YEARS - 1}"
    if kind == "satspulje":
        return "-".join(filter(None, ["satspulje", str(year), str(claim.get("sector") or "")]))
    return f"{PREFIXES.get(kind, kind)}-{year}"


def agreement_row(key: str, claims: Sequence[Row]) -> Row:
    """One agreement with the value of the best document that has one, field by field."""
    own = [claim for claim in claims if claim["relation"] in OWN]
    best = own[0]
    row: Row = {
        "id": key,
        "kind": best["kind"],
        "programme_id": best["kind"],
        "title": best["title"],
    }
    for name in FIELDS:
        row[name] = first(claim[name] for claim in own)
    row["preferred_document_id"] = best["document_id"]
    return row


def first(values: Iterable[Value]) -> Value:
    return next((value for value in values if value is not None), None)


def document_rows(groups: Mapping[str, Sequence[Row]]) -> list[Row]:
    return [
        {
            "agreement_id": key,
            "document_id": claim["document_id"],
            "relation": claim["relation"],
            "reason": "programme and year",
        }
        for key, claims in groups.items()
        for claim in claims
    ]


def claim_rows(groups: Mapping[str, Sequence[Row]]) -> list[Row]:
    """Every source's own value of every field."""
    return [
        {
            "agreement_id": key,
            "document_version_id": claim["document_version_id"],
            "field": name,
            "value": str(claim[name]),
            "mention_id": claim["mention_id"],
            "withdrawn": 0,
            "preferred": 0,
            "reason": None,
        }
        for key, claims in groups.items()
        for claim in claims
        for name in FIELDS
        if claim[name] is not None
    ]


def join_initiatives(
    mentions: Sequence[Row],
    phases: Mapping[str, Sequence[str]],
    homes: Mapping[str, Home],
    agreements: Mapping[Value, Row],
) -> tuple[list[Row], dict[str, str]]:
    """The initiatives of every agreement, and which mention means which."""
    by_home: dict[str, list[Row]] = defaultdict(list)
    for mention in mentions:
        if place := homes.get(str(mention["document_id"])):
            by_home[place.agreement_id].append(mention)
    found: list[Row] = []
    meant: dict[str, str] = {}
    for home in sorted(by_home):
        initiatives = Initiatives(home, agreements[home], homes)
        for mention in sorted(by_home[home], key=initiatives.order):
            if key := initiatives.place(mention, phases.get(str(mention["id"]), ())):
                meant[str(mention["id"])] = key
        found += initiatives.rows
    return found, meant


class Initiatives:
    """The initiatives of one agreement while its mentions are placed, the best source first."""

    def __init__(self, home: str, agreement: Row, homes: Mapping[str, Home]) -> None:
        self.home = home
        self.agreement = agreement
        self.homes = homes
        self.rows: list[Row] = []
        self.sources: list[dict[str, str]] = []  # document -> folded title, one dict an initiative
        self.phases: list[frozenset[str]] = []

    def order(self, mention: Row) -> tuple[object, ...]:
        """Sorts mentions: lists before prose, the best document first, as they stand in it."""
        rank = self.homes[str(mention["document_id"])].rank
        return FORMS.index(str(mention["form"])), rank, mention["position"], str(mention["id"])

    def place(self, mention: Row, phases: Sequence[str]) -> str | None:
        """The id of the initiative a mention means: one that is known, or a new one."""
        known = self.find(mention, frozenset(phases))
        if known is None:
            if not self.may_be_new(mention):
                return None
            known = self.add(mention, frozenset(phases))
        self.sources[known].setdefault(str(mention["document_id"]), fold(str(mention["title"])))
        return str(self.rows[known]["id"])

    def find(self, mention: Row, phases: frozenset[str]) -> int | None:
        """The known initiative with the same title, else with the likest."""
        title, core = fold(str(mention["title"])), fold(str(mention["core_title"]))
        best, score = None, SAME_TITLE
        for i, row in enumerate(self.rows):
            if not self.may_mean(i, mention, phases):
                continue
            if fold(str(row["title"])) == title:
                return i
            likeness = common_words(fold(str(row["core_title"])), core)
            if likeness > score:
                best, score = i, likeness
        return best

    def may_mean(self, i: int, mention: Row, phases: frozenset[str]) -> bool:
        """Never another item of the same document's list, of another area or in other phases."""
        title, document = fold(str(mention["title"])), str(mention["document_id"])
        other_item = self.sources[i].get(document, title) != title
        areas = {self.rows[i]["area"], mention["area"]} - {None}
        other_area = len(areas) > 1
        other_phase = self.phases[i] and phases and not self.phases[i] & phases
        return not (other_item or other_area or other_phase)

    def may_be_new(self, mention: Row) -> bool:
        """A paraphrase adds nothing to a complete list; a pool's page makes no initiative."""
        place = self.homes[str(mention["document_id"])].rank[0]
        promised = self.agreement["initiative_count"]
        complete = promised is not None and len(self.rows) >= int(str(promised))
        return place < len(OWN) and not (complete and mention["form"] == "prose")

    def add(self, mention: Row, phases: frozenset[str]) -> int:
        stem = f"{self.home}/{slug(str(mention['title']))}"
        taken = sum(str(row["id"]).split("~")[0] == stem for row in self.rows)
        self.rows.append(
            {
                "id": stem if not taken else f"{stem}~{taken + 1}",
                "agreement_id": self.home,
                "programme_id": self.agreement["programme_id"],
                "title": mention["title"],
                "core_title": mention["core_title"],
                "area": mention["area"],
                "target_group": mention["target_group"],
            }
        )
        self.sources.append({})
        self.phases.append(phases)
        return len(self.rows) - 1


def phase_rows(
    initiatives: Sequence[Row], meant: Mapping[str, str], phases: Mapping[str, Sequence[str]]
) -> list[Row]:
    """The phases that any mention of an initiative names."""
    found: dict[tuple[str, str], Row] = {}
    home = {str(row["id"]): row["agreement_id"] for row in initiatives}
    for mention, initiative in meant.items():
        for phase in phases.get(mention, ()):
            row: Row = {"initiative_id": initiative, "phase": phase}
            found[(initiative, phase)] = {**row, "agreement_id": home[initiative]}
    return list(found.values())
