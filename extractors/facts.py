"""The facts we extract. Frozen, each with the evidence it was read from and a short canonical text."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal, TypeVar

from corpus.document import Document, Span

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Qualifier = Literal["exact", "about", "over", "under", "at_most", "at_least"]
AmountRole = Literal["total", "part", "pool", "frame", "other"]
Per = Literal["total", "year", "recipient"]
Basis = Literal["explicit", "inferred"]
Granularity = Literal["day", "month", "quarter", "half_year", "year", "span"]
DateRole = Literal["published", "updated", "agreed", "deadline", "period", "reference"]
Scope = Literal["total", "part", "cumulative", "other"]
Form = Literal["list", "heading", "prose", "table"]
Area = Literal["voksne", "børn og unge"]
Phase = Literal["screening", "modning", "afprøvning", "udbredelse"]
PartyRole = Literal["agrees", "outside", "mentioned"]
AgreementKind = Literal["uip", "satspulje", "reserve", "finance_act", "other"]
DocumentKind = Literal[
    "press_release", "news", "agreement", "pool", "project", "publication", "proposal", "other"
]
Relation = Literal["announces", "reports", "full_text", "announces_pool", "mentions"]


F = TypeVar("F", bound="DataclassInstance")


def changed(fact: F, **fields: object) -> F:
    """The fact with other values in some fields; the fact itself where they are the same."""
    for name, value in fields.items():
        if getattr(fact, name) != value:
            names = fact.__dataclass_fields__  # as `replace`, which takes longer
            return type(fact)(*[fields[n] if n in fields else getattr(fact, n) for n in names])
    return fact


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact was read: document.text[span.start:span.end] == quote, and which rule read it."""

    span: Span
    quote: str
    rule: str  # "table/rule"


@dataclass(frozen=True, slots=True)
class Amount:
    """Whole Danish kroner as a closed range: '90 mio. kr.' has min_dkk == max_dkk == 90_000_000."""

    evidence: Evidence
    min_dkk: int
    max_dkk: int
    qualifier: Qualifier = "exact"
    role: AmountRole = "other"
    per: Per = "total"
    start_year: int | None = None
    end_year: int | None = None
    years_basis: Basis | None = None
    price_year: int | None = None
    additive: bool = False
    split: bool = False  # told apart from another sum: 'heraf 5 mio. kr.'
    implausible: bool = False
    withdrawn: bool = False  # the text itself calls it wrong: a correction note
    initiative: int | None = None  # position of the initiative it belongs to

    def __str__(self) -> str:
        size = f"{self.min_dkk}" if self.min_dkk == self.max_dkk else f"{self.min_dkk}..{self.max_dkk}"
        per = "" if self.per == "total" else f"/{self.per}"
        return f"{size}{per} {self.qualifier}"


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A calendar expression as a closed range of days: 'i 2025' is 2025-01-01..2025-12-31, a year."""

    evidence: Evidence
    start_on: date
    end_on: date
    granularity: Granularity
    role: DateRole = "reference"
    basis: Basis = "explicit"

    def __str__(self) -> str:
        return f"{self.start_on}..{self.end_on} {self.granularity} {self.basis}"


@dataclass(frozen=True, slots=True)
class CountClaim:
    """A claim about how many initiatives there are: 'fem nye initiativer' is 5."""

    evidence: Evidence
    number: int
    scope: Scope
    of_what: str

    def __str__(self) -> str:
        return f"{self.number} {self.of_what}"


@dataclass(frozen=True, slots=True)
class Initiative:
    """What money is for, as written. `position` counts the initiatives of the document from 0."""

    evidence: Evidence
    title: str
    core_title: str  # the title without its phase words
    form: Form
    area: Area | None = None
    phases: tuple[Phase, ...] = ()
    target_group: str | None = None
    method: str | None = None
    position: int = 0

    def __str__(self) -> str:
        return self.title


@dataclass(frozen=True, slots=True)
class PartyMention:
    """A party of Folketinget by its full official name."""

    evidence: Evidence
    party: str
    role: PartyRole = "mentioned"

    def __str__(self) -> str:
        return f"{self.party} {self.role}"


@dataclass(frozen=True, slots=True)
class GovernmentMention:
    """'regeringen' as one of those who make the agreement that the document is about."""

    evidence: Evidence

    def __str__(self) -> str:
        return "agrees"


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A minister, spokesperson or head in a public role; the title as written, empty where the text
    gives a politician's party only."""

    evidence: Evidence
    name: str
    title: str
    party: str | None = None

    def __str__(self) -> str:
        title = f", {self.title}" if self.title else ""
        return f"{self.name}{title}" + (f" ({self.party})" if self.party else "")


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name out of a list of known names: an organisation, a method or a target group."""

    evidence: Evidence
    kind: Literal["organisation", "method", "target_group"]
    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Statement:
    """A quotation and who said it."""

    evidence: Evidence
    text: str
    person: str | None

    def __str__(self) -> str:
        return f"{self.person}: {self.text}"


@dataclass(frozen=True, slots=True)
class Pool:
    """An application pool; `amount_dkk` in whole kroner, `account` as written."""

    evidence: Evidence
    title: str
    amount_dkk: int | None = None
    deadline_on: date | None = None
    account: str | None = None

    def __str__(self) -> str:
        return f"{self.title} {self.amount_dkk} {self.deadline_on} {self.account}"


@dataclass(frozen=True, slots=True)
class Effect:
    """A measured share of people, 0..1, with the comparison group's where it is given."""

    evidence: Evidence
    value: float
    comparison_value: float | None = None
    after_months: int | None = None
    method: str | None = None  # the method it speaks of, by its name

    def __str__(self) -> str:
        after = "" if self.after_months is None else f" after {self.after_months} months"
        against = "" if self.comparison_value is None else f" against {self.comparison_value:g}"
        return f"{self.value:g}{against}{after}"


@dataclass(frozen=True, slots=True)
class AgreementClaim:
    """What this document says of the agreement it is about; None where it says nothing."""

    evidence: Evidence
    kind: AgreementKind
    programme_year: int | None = None
    year_basis: Basis | None = None  # of the programme year
    total_min_dkk: int | None = None
    total_max_dkk: int | None = None
    start_year: int | None = None
    end_year: int | None = None
    initiative_count: int | None = None
    agreed_on: date | None = None
    sector: str | None = None  # which part of a programme: "social", "sundhed" …
    relation: Relation = "announces"

    def __str__(self) -> str:
        return f"{self.kind} {self.programme_year}"


@dataclass(frozen=True, slots=True)
class Profile:
    """What kind of document this is, who issued it and when."""

    kind: DocumentKind
    issuer: str | None
    published_on: date | None
    updated_on: date | None
    language: str


@dataclass(frozen=True, slots=True)
class Issue:
    """What looked like a fact and was not read, or what the reader had to work around."""

    code: str
    span: Span | None
    quote: str


Fact = (
    Amount
    | TimeExpression
    | CountClaim
    | Initiative
    | PartyMention
    | GovernmentMention
    | PersonMention
    | NameMention
    | Statement
    | Pool
    | Effect
    | AgreementClaim
)


@dataclass(frozen=True, slots=True)
class Extraction:
    """A document with everything that was read from it, in text order within each kind."""

    document: Document
    profile: Profile
    facts: tuple[Fact, ...]
    issues: tuple[Issue, ...]
