"""What it adds up to: one row per agreement and initiative, resolved across documents."""

from collections.abc import Iterator
from typing import get_args

from extractors.facts import AgreementClaim, AgreementKind, Area, Basis, Relation
from output.table import MENTION, Column, Row, Source, Table, day, flag, one_of

CHECK_KINDS = (
    "total_vs_parts", "count_vs_list", "years_vs_total", "sources_disagree", "implausible_unit",
    "weekday_vs_date", "phase_order", "initiative_without_money", "money_without_home",
    "agreement_without_source",
)  # fmt: skip


def agreement_mention_rows(source: Source) -> Iterator[Row]:
    for mention_id, fact in source.facts(AgreementClaim):
        yield {
            "mention_id": mention_id,
            "agreement_id": None,
            "kind": fact.kind,
            "sector": fact.sector,
            "programme_year": fact.programme_year,
            "year_basis": fact.year_basis,
            "agreed_on": fact.agreed_on.isoformat() if fact.agreed_on else None,
            "total_min_dkk": fact.total_min_dkk,
            "total_max_dkk": fact.total_max_dkk,
            "start_year": fact.start_year,
            "end_year": fact.end_year,
            "initiative_count": fact.initiative_count,
            "relation": fact.relation,
        }


PROGRAMMES = Table(
    name="programmes",
    order=0,
    description="The standing programmes and budgets that agreements distribute.",
    columns=(
        Column("id", "TEXT PRIMARY KEY", "short name"),
        Column("name", "TEXT NOT NULL", "name in full"),
    ),
    shared=True,
    label="name",
)

AGREEMENTS = Table(
    name="agreements",
    order=6,
    description="One row per political agreement. Where sources differ these are the best supported values; agreement_claims keeps who said what.",
    columns=(
        Column("id", "TEXT PRIMARY KEY", "programme and years, as uip-2022 or reserve-2021-2024"),
        Column(
            "kind",
            one_of("kind", *get_args(AgreementKind)),
            "programme or budget that is distributed",
        ),
        Column("programme_id", "TEXT NOT NULL REFERENCES programmes(id)", "the programme"),
        Column("programme_year", "INTEGER", "the first year it is for: UIP 2022, satspuljen for 2019"),
        Column("title", "TEXT NOT NULL", "title of the preferred document"),
        Column("agreed_on", day("agreed_on"), "day it was made, where a document states it, ISO"),
        Column("total_min_dkk", "INTEGER", "what it distributes in all, whole Danish kroner"),
        Column("total_max_dkk", "INTEGER", "the same unless the source gives a range"),
        Column("start_year", "INTEGER", "first year of the money"),
        Column("end_year", "INTEGER", "last year of the money"),
        Column(
            "initiative_count",
            "INTEGER",
            "how many initiatives, stated or counted from a complete list",
        ),
        Column(
            "preferred_document_id",
            "TEXT REFERENCES documents(id)",
            "the document that speaks for it",
        ),
        Column("corrected", "TEXT", "the columns that a human corrected, parted by commas; empty: none"),
    ),
    facets=("kind", "programme_year"),
    label="title",
)

AGREEMENT_MENTIONS = Table(
    name="agreement_mentions",
    order=7,
    description="What one document says of the agreement it is about; empty where it says nothing.",
    columns=(
        Column("mention_id", MENTION, "the words that name the agreement"),
        Column("agreement_id", "TEXT REFERENCES agreements(id)", "the agreement that is meant"),
        Column("kind", one_of("kind", *get_args(AgreementKind)), "programme or budget"),
        Column("sector", "TEXT", "which part of a programme, where one year has several agreements"),
        Column("programme_year", "INTEGER", "the first year it is for"),
        Column(
            "year_basis",
            one_of("year_basis", *get_args(Basis), null=True),
            "does the text name that year, or does the day of the document tell it",
        ),
        Column("agreed_on", day("agreed_on"), "day it was made, ISO"),
        Column("total_min_dkk", "INTEGER", "what it distributes in all, whole Danish kroner"),
        Column("total_max_dkk", "INTEGER", "the same unless the text gives a range"),
        Column("start_year", "INTEGER", "first year of the money"),
        Column("end_year", "INTEGER", "last year of the money"),
        Column("initiative_count", "INTEGER", "stated, or counted from a complete list"),
        Column("relation", one_of("relation", *get_args(Relation)), "what the document does"),
        Column("corrected", "TEXT", "the columns that a human corrected, parted by commas; empty: none"),
    ),
    rows=agreement_mention_rows,
    indexes=("agreement_id",),
    facets=("kind", "programme_year", "relation"),
)

AGREEMENT_DOCUMENTS = Table(
    name="agreement_documents",
    order=7,
    description="Which documents speak of which agreement, and how.",
    columns=(
        Column("agreement_id", "TEXT NOT NULL REFERENCES agreements(id)", "the agreement"),
        Column(
            "document_id",
            "TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE",
            "the document",
        ),
        Column(
            "relation",
            one_of("relation", *get_args(Relation), "about"),
            "what the document does; about: a piece by somebody else, whose figures stand for nothing",
        ),
        Column("reason", "TEXT NOT NULL", "why it is taken to speak of this agreement"),
    ),
    constraints=("PRIMARY KEY (agreement_id, document_id)",),
    indexes=("document_id",),
    facets=("relation",),
)

AGREEMENT_CLAIMS = Table(
    name="agreement_claims",
    order=7,
    description="What each document itself says of its agreement: one row per field.",
    columns=(
        Column("agreement_id", "TEXT NOT NULL REFERENCES agreements(id)", "the agreement"),
        Column(
            "document_version_id",
            "TEXT NOT NULL REFERENCES document_versions(id) ON DELETE CASCADE",
            "the version that says it",
        ),
        Column("field", "TEXT NOT NULL", "column of agreements"),
        Column("value", "TEXT NOT NULL", "the value as text"),
        Column("mention_id", "TEXT NOT NULL REFERENCES mentions(id) ON DELETE CASCADE", "the words"),
        Column("withdrawn", flag("withdrawn"), "1 if a later text takes the figure back"),
        Column("preferred", flag("preferred"), "1 for the figure that stands in agreements"),
        Column("reason", "TEXT", "why this figure is preferred; empty for the others"),
    ),
    constraints=("PRIMARY KEY (document_version_id, field)",),
    indexes=("agreement_id", "mention_id"),
    facets=("field",),
)

INITIATIVES = Table(
    name="initiatives",
    order=6,
    description="One row per initiative of an agreement, whatever number of documents mention it.",
    columns=(
        Column("id", "TEXT PRIMARY KEY", "agreement and title"),
        Column("agreement_id", "TEXT REFERENCES agreements(id)", "the agreement that pays it"),
        Column("programme_id", "TEXT REFERENCES programmes(id)", "the programme"),
        Column("title", "TEXT NOT NULL", "title in the best source"),
        Column("core_title", "TEXT NOT NULL", "the title without its phase words"),
        Column("area", one_of("area", *get_args(Area), null=True), "voksne or børn og unge"),
        Column("target_group", "TEXT", "for whom"),
        Column("corrected", "TEXT", "the columns that a human corrected, parted by commas; empty: none"),
    ),
    indexes=("agreement_id",),
    facets=("area", "agreement_id"),
    search=("title",),
    label="title",
)

INITIATIVE_PHASES = Table(
    name="initiative_phases",
    order=7,
    description="Where in the phase model an initiative stands in an agreement.",
    columns=(
        Column("initiative_id", "TEXT NOT NULL REFERENCES initiatives(id)", "the initiative"),
        Column("phase", "TEXT NOT NULL REFERENCES phases(id)", "the phase"),
        Column("agreement_id", "TEXT REFERENCES agreements(id)", "the agreement"),
    ),
    constraints=("PRIMARY KEY (initiative_id, phase)",),
    facets=("phase",),
)

CHECKS = Table(
    name="checks",
    order=8,
    description="What does not add up, and what does: a claim against what was found.",
    columns=(
        Column("id", "TEXT PRIMARY KEY", "kind, agreement, document and claim"),
        Column("agreement_id", "TEXT REFERENCES agreements(id)", "the agreement"),
        Column("document_id", "TEXT REFERENCES documents(id) ON DELETE CASCADE", "the document"),
        Column(
            "kind",
            one_of("kind", *CHECK_KINDS),
            "what was compared",
        ),
        Column("claimed", "INTEGER", "what the text says: a count, whole kroner, a year"),
        Column("found", "INTEGER", "what was found instead"),
        Column("status", one_of("status", "pass", "fail", "not_checkable"), "the outcome"),
        Column("note", "TEXT NOT NULL", "the outcome in words"),
        Column("mention_id", "TEXT REFERENCES mentions(id) ON DELETE CASCADE", "the words of the claim"),
    ),
    indexes=("agreement_id", "document_id", "mention_id"),
    facets=("kind", "status"),
)

TABLES = (
    CHECKS,
    PROGRAMMES,
    AGREEMENTS,
    AGREEMENT_MENTIONS,
    AGREEMENT_DOCUMENTS,
    AGREEMENT_CLAIMS,
    INITIATIVES,
    INITIATIVE_PHASES,
)
