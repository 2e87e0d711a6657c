"""From what documents say to the things they speak of, agreements and initiatives. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from output.asides import ANYBODYS, NOTHING_SAID, Said, with_asides
from output.decisions import UNDECIDED, Decisions, decided
from output.initiatives import Home, home_of, join_initiatives
from output.join import Agreement, join, own_id
from output.preferred import FIELDS, Preferred, is_total, preferred_values
from output.slug import fold
from output.table import Row, Value
from output.telling import Telling

PROGRAMMES: dict[str, str] = {
    "uip": "Udviklings- og Investeringsprogrammerne",
    "satspulje": "Satspuljen",
    "reserve": "Reserven på social-, sundheds- og arbejdsmarkedsområdet",
    "finance_act": "Finansloven",
    "other": "Andre aftaler",
}


class About(NamedTuple):
    """What else a document tells: sums of an agreement and sums taken back, whole kroner; who agrees;
    sums taken back with those that its note puts in their place; what else it says, where it may be
    somebody else's piece about an agreement, and a claim of nothing where it names no agreement."""

    sums: frozenset[int] = frozenset()
    withdrawn: frozenset[int] = frozenset()
    parties: frozenset[str] = frozenset()
    replaced: frozenset[tuple[int, int]] = frozenset()
    said: Said = NOTHING_SAID
    piece: Row | None = None


NOTHING_MORE: Mapping[str, About] = {}
SILENT = About()


@dataclass(frozen=True, slots=True)
class Resolved:
    """Everything that resolution writes, table by table."""

    programmes: tuple[Row, ...]
    agreements: tuple[Row, ...]
    agreement_documents: tuple[Row, ...]
    agreement_claims: tuple[Row, ...]
    initiatives: tuple[Row, ...]
    initiative_phases: tuple[Row, ...]
    identifiers: tuple[Row, ...]  # of agreements and initiatives
    mentions: Mapping[str, str]  # agreement_mentions.mention_id -> agreement
    initiative_mentions: Mapping[str, str]  # initiative_mentions.id -> initiative


def resolve(
    claims: Sequence[Row],
    mentions: Sequence[Row],
    phases: Mapping[str, Sequence[str]],
    about: Mapping[str, About] = NOTHING_MORE,
    decisions: Decisions = UNDECIDED,
) -> Resolved:
    """Join claims to agreements and mentions to initiatives.

    `claims` are rows of agreement_mentions of current versions with document_id, title,
    published_on and exact (1 if its total is not hedged); `mentions` rows of initiative_mentions with
    document_id; `phases` the phases of each mention; `about` what else each document tells;
    `decisions` a human's word on which agreements are one and what documents speak of.
    The order of the rows does not matter.
    """
    told = list(tellings(claims, listed_titles(mentions), about))
    said = {document: more.said for document, more in about.items()}
    pieces = [Telling(more.piece) for more in about.values() if more.piece]
    found = decided(with_asides(join(told), [*told, *pieces], said), decisions)
    joined = [with_notes(agreement, about) for agreement in found]
    best = {agreement.id: preferred_values(standing_claims(agreement, about)) for agreement in joined}
    agreements = {a.id: agreement_row(a, best[a.id], speaker(a, about)) for a in joined}
    homes = homes_of(joined)
    initiatives = join_initiatives(mentions, phases, homes, agreements)
    return Resolved(
        programmes=tuple({"id": key, "name": name} for key, name in PROGRAMMES.items()),
        agreements=tuple(agreements.values()),
        agreement_documents=tuple(document_rows(joined)),
        agreement_claims=tuple(
            row for agreement in joined for row in claim_rows(agreement, best[agreement.id], about)
        ),
        initiatives=tuple(initiatives.rows),
        initiative_phases=tuple(phase_rows(initiatives.rows, initiatives.meant, phases)),
        identifiers=tuple(agreement_identifiers(joined)) + tuple(initiatives.identifiers),
        mentions={str(c["mention_id"]): a.id for a in joined for c in a.claims if c["mention_id"]},
        initiative_mentions=initiatives.meant,
    )


def tellings(
    claims: Iterable[Row], titles: Mapping[str, frozenset[str]], about: Mapping[str, About]
) -> Iterator[Telling]:
    """The claims with what tells their agreements from others."""
    for claim in claims:
        document = str(claim["document_id"])
        more = about.get(document, SILENT)
        others = claim.get("document_kind") == ANYBODYS  # whatever it reports, it is no source
        said = {**claim, "relation": "mentions"} if others else claim
        yield Telling(said, more.sums, titles.get(document, frozenset()), more.parties)


def is_withdrawn(claim: Row, agreement: Agreement, about: Mapping[str, About]) -> bool:
    """Does any document of the agreement take this total back?"""
    documents = {str(telling.claim["document_id"]) for telling in agreement.tellings}
    return any(claim["total_min_dkk"] in about.get(document, SILENT).withdrawn for document in documents)


def standing_claims(agreement: Agreement, about: Mapping[str, About]) -> list[Row]:
    """The claims without totals that were taken back."""
    return [
        with_total(claim, None) if is_withdrawn(claim, agreement, about) else claim
        for claim in agreement.claims
    ]


def with_notes(agreement: Agreement, about: Mapping[str, About]) -> Agreement:
    """The agreement with the totals that correction notes put in place of those of other documents."""
    told = {claim["total_min_dkk"] for claim in agreement.claims}
    tellings = [
        replace(t, claim=noted(t.claim, about.get(str(t.claim["document_id"]), SILENT), told))
        for t in agreement.tellings
    ]
    return Agreement(tellings, agreement.reasons, agreement.id)


def noted(claim: Row, about: About, told: Collection[Value]) -> Row:
    """A claim without a total that stands with the one that its document's note puts in its place."""
    new = {right for wrong, right in about.replaced if wrong in told}
    is_open = claim["total_min_dkk"] is None or claim["total_min_dkk"] in about.withdrawn
    return with_total(claim, new.pop()) if is_open and len(new) == 1 else claim


def with_total(claim: Row, total: int | None) -> Row:
    return {**claim, "total_min_dkk": total, "total_max_dkk": total}


def listed_titles(mentions: Iterable[Row]) -> dict[str, frozenset[str]]:
    """The folded core titles of the initiatives that each document lists."""
    found: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if mention["form"] != "prose":
            found[str(mention["document_id"])].add(fold(str(mention["core_title"])))
    return {document: frozenset(titles) for document, titles in found.items()}


def homes_of(agreements: Iterable[Agreement]) -> dict[str, Home]:
    """The agreement of each document: of several the one it speaks best for."""
    homes: dict[str, Home] = {}
    for agreement in agreements:
        for telling in agreement.tellings:
            home = home_of(telling.claim, agreement.id, own_id(telling))
            document = str(telling.claim["document_id"])
            homes[document] = min(home, homes.get(document, home))
    return homes


def speaker(agreement: Agreement, about: Mapping[str, About]) -> Row:
    """The claim of the agreement's best document: one whose total was taken back is not."""
    own = [telling.claim for telling in agreement.own]
    return next((claim for claim in own if not is_withdrawn(claim, agreement, about)), own[0])


def agreement_row(agreement: Agreement, best: Preferred, first: Row) -> Row:
    """One agreement with the best supported value of every field."""
    kind = next((t.kind for t in agreement.own if t.kind != "other"), first["kind"])
    return {
        "id": agreement.id,
        "kind": kind,
        "programme_id": kind,
        "title": first["title"],
        **{name: best[name].value if name in best else None for name in FIELDS},
        "preferred_document_id": first["document_id"],
    }


def document_rows(agreements: Iterable[Agreement]) -> list[Row]:
    """Which document speaks of which agreement: once each, by what it does best."""
    found: dict[tuple[str, str], Row] = {}
    for agreement in agreements:
        for telling, reason in zip(agreement.tellings, agreement.reasons, strict=True):
            document = str(telling.claim["document_id"])
            row: Row = {"agreement_id": agreement.id, "document_id": document}
            found.setdefault(
                (agreement.id, document), {**row, "relation": telling.claim["relation"], "reason": reason}
            )
    return list(found.values())


def claim_rows(agreement: Agreement, best: Preferred, about: Mapping[str, About]) -> list[Row]:
    """Every source's own value of every field, and which one stands in agreements."""
    found = []
    for claim in agreement.claims:
        gone = is_withdrawn(claim, agreement, about)
        for name in (name for name in FIELDS if claim[name] is not None):
            chosen = name in best and best[name].mention_id == claim["mention_id"]
            row: Row = {
                "agreement_id": agreement.id,
                "document_version_id": claim["document_version_id"],
                "field": name,
                "value": str(claim[name]),
                "mention_id": claim["mention_id"],
                "withdrawn": int(gone and is_total(name)),
                "preferred": int(chosen),
                "reason": best[name].reason if chosen else None,
            }
            found.append(row)
    return found


def agreement_identifiers(agreements: Iterable[Agreement]) -> list[Row]:
    """Ids that the agreements would have if fewer documents were known."""
    return [
        {"id": own_id(telling), "agreement_id": agreement.id}
        for agreement in agreements
        for telling in sorted(agreement.own, key=lambda t: t.is_keyed, reverse=True)
    ]


def phase_rows(
    initiatives: Sequence[Row], meant: Mapping[str, str], phases: Mapping[str, Sequence[str]]
) -> list[Row]:
    """The phases that any mention of an initiative names."""
    found: dict[tuple[str, str], Row] = {}
    home = {str(row["id"]): row["agreement_id"] for row in initiatives}
    for mention, initiative in sorted(meant.items()):
        for phase in phases.get(mention, ()):
            row: Row = {"initiative_id": initiative, "phase": phase}
            found[(initiative, phase)] = {**row, "agreement_id": home[initiative]}
    return list(found.values())
