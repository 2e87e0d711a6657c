"""What becomes of an input on its way through a run, and the report at the end."""

from dataclasses import dataclass, field
from pathlib import Path

from corpus.archive import Record
from corpus.discover import Alarm
from extractors.facts import Extraction
from output.write import Outcome

ACTIONS = ("added", "changed", "removed")


@dataclass(frozen=True, slots=True)
class Entry:
    """A record of the archive with its place in the log and the file that holds its body."""

    position: int
    record: Record
    snapshot: str | None = None

    @property
    def source(self) -> str:
        return self.record.place


@dataclass(frozen=True, slots=True)
class Fresh:
    """An extraction on its way to the database."""

    entry: Entry
    extraction: Extraction


@dataclass(frozen=True, slots=True)
class Unread:
    """A body that could not be read; `reason` is one line that says what and what to do."""

    entry: Entry
    reason: str
    passing: bool = False  # worth another try in the next run


@dataclass(frozen=True, slots=True)
class News:
    """Something that the archive tells without a body: a page is gone, an item was turned away, an alarm."""

    entry: Entry


Read = Fresh | Unread | News


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be had or read."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Written:
    """A document in the database; a duplicate is a known text at one more address."""

    source: str
    document_id: str
    outcome: Outcome
    title: str


@dataclass(frozen=True, slots=True)
class Gone:
    """An address that has nothing any more; what it had is kept."""

    source: str


Done = Written | Failure | Gone


@dataclass(slots=True)
class Gathered:
    """What was brought to the archive: `met` are the records of every page and file that was asked for."""

    met: list[Record] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    refused: list[Failure] = field(default_factory=list)
    turned_away: int = 0
    left: int = 0
    alarms: dict[str, list[Alarm]] = field(default_factory=dict)  # by site
    limited: set[str] = field(default_factory=set)  # sites that the limit of the run cut short


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did. `alarms` are those that are true now, each as "site: what"."""

    written: tuple[Written, ...]
    failures: tuple[Failure, ...]
    facts: dict[str, int]
    issues: int
    failed_checks: int
    db: Path
    gone: tuple[Gone, ...] = ()
    refused: tuple[Failure, ...] = ()
    turned_away: int = 0
    left: int = 0
    unreadable_before: int = 0
    alarms: tuple[str, ...] = ()
    corrections: dict[str, int] = field(default_factory=dict)  # by what became of them
    facts_changed: dict[str, int] = field(default_factory=dict)  # by action

    @property
    def exit_code(self) -> int:
        return 1 if self.failures or self.alarms else 0

    def count(self, outcome: Outcome) -> int:
        return sum(written.outcome == outcome for written in self.written)

    def rows(self) -> list[tuple[str, int]]:
        """The lines of the closing table."""
        seldom = [
            ("pages gone", len(self.gone)),
            ("pages not asked for: robots.txt or limits", len(self.refused)),
            ("pages left for the next run: --limit", self.left),
            ("pages that could not be read, told before", self.unreadable_before),
            ("items turned away unread, see turned_away", self.turned_away),
            ("alarms", len(self.alarms)),
        ]
        return [
            ("documents new", self.count("new")),
            ("documents changed", self.count("changed")),
            ("documents unchanged", self.count("unchanged")),
            ("further addresses of a document", self.count("duplicate")),
            ("documents failed", len(self.failures)),
            *((what, n) for what, n in seldom if n),
            *((kind, n) for kind, n in self.facts.items() if n),
            ("issues: not read, or doubtful", self.issues),
            ("failed checks", self.failed_checks),
            *((f"corrections {status}", n) for status, n in self.corrections.items()),
        ]

    def markdown(self) -> str:
        """The report for people who look at the run in Prefect."""
        lines = ["| what | number |", "|---|--:|"]
        lines += [f"| {what} | {n} |" for what, n in self.rows()]
        changed = ", ".join(f"{self.facts_changed.get(how, 0)} {how}" for how in ACTIONS)
        lines += ["", f"Facts: {changed}; see `puljespor changes`", "", f"Database: `{self.db}`"]
        lines += [f"- **alarm** {alarm}" for alarm in self.alarms]
        lines += [f"- **failed** {failure.source}: {failure.reason}" for failure in self.failures]
        lines += [f"- gone: {gone.source}" for gone in self.gone]
        lines += [f"- refused: {refused.source}: {refused.reason}" for refused in self.refused]
        news = [w for w in self.written if w.outcome in {"new", "changed"}]
        lines += [f"- {w.outcome}: {w.title} (`{w.document_id}`)" for w in news]
        return "\n".join(lines)
