"""Which initiative of a later year carries on which earlier one: proposals with a score and reasons."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from output.database import Database, rows
from output.ideas import Idea, Link, idea_of, order, phase_step, propose
from output.lexicon import ideas_in
from output.likeness import all_words
from output.table import Row
from output.terms import IDEAS, Vocabulary, is_generic, tells_of_more

INITIATIVES = """
SELECT i.id, i.agreement_id, i.title, i.core_title, i.area, i.target_group,
    coalesce(
        a.programme_year, a.start_year, CAST(substr(coalesce(a.agreed_on, d.published_on), 1, 4) AS INTEGER)
    ) AS year,
    coalesce(a.agreed_on, (
        SELECT min(o.published_on) FROM agreement_documents t JOIN documents o ON o.id = t.document_id
        WHERE t.agreement_id = a.id AND t.relation IN ('full_text', 'announces', 'reports')
    )) AS made
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

SURE = 0.6  # from here on a link is part of a story, as in the view initiative_threads
LIKELY = 0.45  # from here on two of one agreement are a split
SAME = 90.0  # of 100: titles without phase words that say the same


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

    `initiatives` have id, agreement_id, title, core_title, area, target_group, year (without one they are
    not linked) and made, the ISO date of their agreement, if known; `phases` their phases with the place
    in the model; `methods` their methods.
    The order of the rows does not matter.
    """
    dated = [row for row in initiatives if row["year"] is not None]
    words = Vocabulary(str(row["core_title"]) for row in dated)
    ideas = sorted((idea_of(row, words, phases, methods) for row in dated), key=order)
    links = propose(ideas, words)
    likely = (found for found in best_only(links) if found.score >= LIKELY)
    parents = Counter((found.earlier.id, found.later.agreement) for found in likely)
    split = {pair for pair, times in parents.items() if times > 1}
    return [
        link_row(found, words, found.score >= LIKELY and (found.earlier.id, found.later.agreement) in split)
        for found in links
    ]


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


def link_row(link: Link, words: Vocabulary, split: bool) -> Row:
    return {
        "from_initiative_id": link.earlier.id,
        "to_initiative_id": link.later.id,
        "relation": relation(link, split),
        "score": link.score,
        "status": "proposed",
        "reason": reason(link, words),
    }


def reason(link: Link, words: Vocabulary) -> str:
    """The score in words: what the two share, area, phases, years."""
    earlier, later = link.earlier, link.later
    shared = sorted(link.shared, key=lambda term: (-words.worth(term), term))
    telling = [term for term in shared if not is_generic(term)] or shared
    said = ["both speak of " + ", ".join(dict.fromkeys(spoken(term, earlier, later) for term in telling))]
    if earlier.area and earlier.area == later.area:
        said.append(f"both for {later.area}")
    if earlier.phases and later.phases:
        said.append(f"{phase_words(earlier)} → {phase_words(later)}")
    gap = later.year - earlier.year
    return "; ".join([*said, f"{gap} year{'s' * (gap > 1)} later" if gap else "months later"])


def spoken(term: str, earlier: Idea, later: Idea) -> str:
    """A term as the titles have it; an idea with both its names where they differ."""
    names = list(dict.fromkeys(written(term, idea.core) for idea in (earlier, later)))
    return names[0] if len(names) == 1 or term not in IDEAS else f"{term} ({', '.join(names)})"


def written(term: str, core: str) -> str:
    """The word of a folded title that a term stands in: an idea by its name, another by its stem."""
    if term in IDEAS:
        return ideas_in(core).get(term, term)
    return next((word for word in core.split() if word.startswith(term)), term)


def phase_words(idea: Idea) -> str:
    return " + ".join(phase for _, phase in idea.phases)
