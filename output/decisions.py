"""What a human decided about things: agreements that are one, documents that speak of another agreement,
links between initiatives. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from output.corrected import conflict
from output.corrections import Correction, Judged
from output.join import Agreement, preference
from output.table import Row

NEW_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
RELATIONS = ("same", "continues", "next_phase", "split", "scaled_up")
DEFAULT_RELATION = "continues"


@dataclass(frozen=True, slots=True)
class Decisions:
    """Which agreements are one, and which documents speak of another agreement than it seems."""

    same: Mapping[str, str] = field(default_factory=dict)  # agreement -> the one that stays
    moved: Mapping[tuple[str, str], str | None] = field(default_factory=dict)  # document, agreement -> other

    def home(self, document: str, agreement: str) -> str | None:
        """The agreement a document speaks of, where the rules say `agreement`; None for none."""
        other = self.moved.get((document, agreement), agreement)
        return None if other is None else self.same.get(other, other)

    def present(self, key: str) -> str:
        """The id that an agreement, or an initiative of it, has after all merging."""
        agreement, slash, rest = key.partition("/")
        return f"{self.same.get(agreement, agreement)}{slash}{rest}"


UNDECIDED = Decisions()


def decided(agreements: Sequence[Agreement], decisions: Decisions) -> list[Agreement]:
    """The agreements after a human's decisions; one that no document is about any more is none."""
    if decisions == UNDECIDED:
        return list(agreements)
    found: dict[str, Agreement] = {}
    for agreement in agreements:
        for telling, reason in zip(agreement.tellings, agreement.reasons, strict=True):
            home = decisions.home(str(telling.claim["document_id"]), agreement.id)
            if home is not None:
                new = found.setdefault(home, Agreement(id=home))
                new.tellings.append(telling)
                new.reasons.append(reason if home == agreement.id else "a correction")
    return [in_order(found[key]) for key in sorted(found) if found[key].own]


def in_order(agreement: Agreement) -> Agreement:
    """The agreement with its best document first."""
    pairs = sorted(
        zip(agreement.tellings, agreement.reasons, strict=True), key=lambda pair: preference(pair[0].claim)
    )
    return Agreement([telling for telling, _ in pairs], [reason for _, reason in pairs], agreement.id)


@dataclass(frozen=True, slots=True)
class Known:
    """The things that corrections can speak of, as the rules alone have them."""

    documents: frozenset[str]
    agreements: frozenset[str]
    homes: Mapping[str, frozenset[str]]  # document -> the agreements it speaks of
    aliases: Mapping[str, str]  # a former id -> the present one

    def document(self, key: str) -> str:
        return key if key in self.documents else self.aliases.get(key, key)

    def agreement(self, key: str) -> str:
        return key if key in self.agreements else self.aliases.get(key, key)


def decide(corrections: Sequence[Correction], known: Known) -> tuple[Decisions, list[Judged]]:
    """All decisions about agreements that make sense and that no other contradicts."""
    same, judged = merged([c for c in corrections if c.field == "same"], known)
    moved, others = moves([c for c in corrections if c.field == "agreement"], known, same)
    return Decisions(same, moved), judged + others


def merged(corrections: Iterable[Correction], known: Known) -> tuple[dict[str, str], list[Judged]]:
    """Agreements that are one: each group keeps the id of its one agreement that is merged into no other."""
    arrows: dict[Correction, tuple[str, str]] = {}
    judged: list[Judged] = []
    for correction in corrections:
        one, other, stays = (
            known.agreement(key) for key in (correction.target, correction.quote, correction.new)
        )
        if problem := merge_problem(one, other, stays, known):
            judged.append(Judged(correction, "invalid", problem))
        else:
            arrows[correction] = (other if stays == one else one, stays)
    same: dict[str, str] = {}
    for group in connected(arrows):
        ends = {end for _, end in group.values()} - {start for start, _ in group.values()}
        if len(ends) == 1:
            [stays] = ends
            same |= {start: stays for start, _ in group.values()}
            judged += [Judged(c, "applied", f"{s} is part of {stays}") for c, (s, _) in group.items()]
        else:
            judged += [conflict(c, [o for o in group if o != c]) for c in group]
    return same, judged


def merge_problem(one: str, other: str, stays: str, known: Known) -> str:
    """Why two agreements cannot be merged; '' if they can."""
    unknown = [key for key in (one, other) if key not in known.agreements]
    if unknown:
        return f"no agreement has the id {unknown[0]!r}; target and quote hold the ids of two agreements"
    if one == other:
        return "target and quote are the same agreement already"
    return "" if stays in {one, other} else f"new holds the id that stays: {one} or {other}"


def connected(
    arrows: Mapping[Correction, tuple[str, str]],
) -> Iterator[dict[Correction, tuple[str, str]]]:
    """The corrections in groups that share agreements."""
    group: dict[str, str] = {}

    def root(key: str) -> str:
        while group.setdefault(key, key) != key:
            key = group[key]
        return key

    for start, end in arrows.values():
        group[root(start)] = root(end)
    found: dict[str, dict[Correction, tuple[str, str]]] = defaultdict(dict)
    for correction, arrow in arrows.items():
        found[root(arrow[0])][correction] = arrow
    yield from found.values()


def moves(
    corrections: Iterable[Correction], known: Known, same: Mapping[str, str]
) -> tuple[dict[tuple[str, str], str | None], list[Judged]]:
    """Documents that speak of another agreement, or of none."""
    wanted: dict[tuple[str, str], list[Correction]] = defaultdict(list)
    judged: list[Judged] = []
    for correction in corrections:
        document = known.document(correction.target)
        old = next((h for h in known.homes.get(document, ()) if correction.old in (h, same.get(h))), None)
        if old is None:
            judged.append(not_moved(correction, document, known))
        elif correction.new and not NEW_ID.fullmatch(correction.new):
            advice = "write an agreement's id, a new one as uip-2022-b, or nothing for none"
            judged.append(Judged(correction, "invalid", f"{correction.new!r} is no id; {advice}"))
        else:
            wanted[document, old].append(correction)
    moved: dict[tuple[str, str], str | None] = {}
    for place, group in wanted.items():
        if len({c.new for c in group}) > 1:
            judged += [conflict(c, [o for o in group if o.new != c.new]) for c in group]
            continue
        moved[place] = group[0].new or None
        judged += [Judged(c, "applied", f"the rules say {place[1]}") for c in group]
    return moved, judged


def not_moved(correction: Correction, document: str, known: Known) -> Judged:
    """Why a document cannot be moved from the agreement that the correction names."""
    homes = ", ".join(sorted(known.homes.get(document, ())))
    if document not in known.documents:
        return Judged(correction, "invalid", f"no document has the id {correction.target!r}")
    if not homes:
        return Judged(
            correction, "invalid", "the document speaks of no agreement, so there is nothing to move"
        )
    return Judged(
        correction, "stale", f"the rules say that it speaks of {homes}; write that as the old value"
    )


def decided_links(
    links: Sequence[Row], corrections: Iterable[Correction], initiatives: Mapping[str, str]
) -> tuple[list[Row], list[Judged]]:
    """The links with a human's word about them; a confirmed one that nothing proposes is added.

    `initiatives` give the present id of every id that an initiative has or had.
    """
    found = {(str(row["from_initiative_id"]), str(row["to_initiative_id"])): row for row in links}
    wanted: dict[tuple[str, str], list[Correction]] = defaultdict(list)
    judged: list[Judged] = []
    for correction in corrections:
        if problem := link_problem(correction, initiatives):
            judged.append(Judged(correction, "invalid", problem))
            continue
        pair = initiatives[correction.target], initiatives[correction.quote]
        wanted[pair[::-1] if pair not in found and pair[::-1] in found else pair].append(correction)
    for pair in sorted(wanted):
        group = wanted[pair]
        contrary = {c: [o for o in group if o.new.casefold() != c.new.casefold()] for c in group}
        contrary = {c: others + wanted.get(pair[::-1], []) for c, others in contrary.items()}
        if any(contrary.values()):
            judged += [conflict(c, others) for c, others in contrary.items()]
            continue
        row, note = decided_link(pair, group[0].new.casefold(), found.get(pair))
        judged += [Judged(c, "applied", note) for c in group]
        if row:
            found[pair] = row
    return list(found.values()), judged


def link_problem(correction: Correction, initiatives: Mapping[str, str]) -> str:
    """Why a correction of a link makes no sense; '' if it does."""
    for key in (correction.target, correction.quote):
        if key not in initiatives:
            return f"no initiative has the id {key!r}; target and quote hold the ids of two initiatives"
    if initiatives[correction.target] == initiatives[correction.quote]:
        return "target and quote are the same initiative"
    status, _, relation = correction.new.casefold().partition(":")
    if status not in {"confirmed", "rejected"} or (relation and relation not in RELATIONS):
        return f"new is confirmed or rejected, or confirmed: with one of {', '.join(RELATIONS)}"
    return ""


def decided_link(pair: tuple[str, str], new: str, old: Row | None) -> tuple[Row | None, str]:
    """The link as it was decided, and what the rules said of it."""
    status, _, relation = new.partition(":")
    if old:
        row = {**old, "status": status, "relation": relation or old["relation"]}
        return row, f"proposed as {old['relation']} with score {old['score']}"
    if status == "rejected":
        return None, "the rules do not propose it"
    return {
        "from_initiative_id": pair[0],
        "to_initiative_id": pair[1],
        "relation": relation or DEFAULT_RELATION,
        "score": 1.0,
        "status": status,
        "reason": "a correction",
    }, "the rules do not propose it; added"
