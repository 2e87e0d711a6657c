"""What becomes of an input on its way through a run, and the report at the end."""

from dataclasses import dataclass
from pathlib import Path

from extractors.facts import Extraction
from output.write import Outcome


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be read; `reason` is one line that says what and what to do."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A file whose bytes the database has already, read with the rules of today."""

    source: str


@dataclass(frozen=True, slots=True)
class Fresh:
    """An extraction on its way to the database, with the time its bytes were last changed."""

    source: str
    extraction: Extraction
    seen_at: str
    etag: str | None = None
    last_modified: str | None = None


Read = Fresh | Failure | Unchanged


@dataclass(frozen=True, slots=True)
class Written:
    """A document in the database; a duplicate is a known text at one more address."""

    source: str
    document_id: str
    outcome: Outcome
    title: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did."""

    written: tuple[Written, ...]
    failures: tuple[Failure, ...]
    facts: dict[str, int]
    issues: int
    failed_checks: int
    db: Path

    @property
    def exit_code(self) -> int:
        return 1 if self.failures else 0

    def count(self, outcome: Outcome) -> int:
        return sum(written.outcome == outcome for written in self.written)

    def rows(self) -> list[tuple[str, int]]:
        """The lines of the closing table."""
        return [
            ("documents new", self.count("new")),
            ("documents changed", self.count("changed")),
            ("documents unchanged", self.count("unchanged")),
            ("further addresses of a document", self.count("duplicate")),
            ("documents failed", len(self.failures)),
            *((kind, n) for kind, n in self.facts.items() if n),
            ("issues: not read, or doubtful", self.issues),
            ("failed checks", self.failed_checks),
        ]

    def markdown(self) -> str:
        """The report for people who look at the run in Prefect."""
        lines = ["| what | number |", "|---|--:|"]
        lines += [f"| {what} | {n} |" for what, n in self.rows()]
        lines += ["", f"Database: `{self.db}`"]
        lines += [f"- **failed** {failure.source}: {failure.reason}" for failure in self.failures]
        news = [w for w in self.written if w.outcome in {"new", "changed"}]
        lines += [f"- {w.outcome}: {w.title} (`{w.document_id}`)" for w in news]
        return "\n".join(lines)
