"""amounts, dates and count_claims: the numbers of a document."""

from collections.abc import Iterator
from typing import get_args

from extractors.facts import (
    Amount,
    AmountRole,
    Basis,
    CountClaim,
    DateRole,
    Granularity,
    Initiative,
    Per,
    Qualifier,
    Scope,
    TimeExpression,
)
from output.table import MENTION, Column, Row, Source, Table, day, flag, one_of


def amount_rows(source: Source) -> Iterator[Row]:
    initiatives = {fact.position: mention_id for mention_id, fact in source.facts(Initiative)}
    for mention_id, fact in source.facts(Amount):
        yield {
            "mention_id": mention_id,
            "min_dkk": fact.min_dkk,
            "max_dkk": fact.max_dkk,
            "qualifier": fact.qualifier,
            "role": fact.role,
            "per": fact.per,
            "start_year": fact.start_year,
            "end_year": fact.end_year,
            "years_basis": fact.years_basis,
            "price_year": fact.price_year,
            "additive": int(fact.additive),
            "additive_in_document": int(fact.additive),
            "implausible": int(fact.implausible),
            "withdrawn": int(fact.withdrawn),
            "agreement_id": None,
            "initiative_id": None,
            "initiative_mention_id": None if fact.initiative is None else initiatives[fact.initiative],
        }


def date_rows(source: Source) -> Iterator[Row]:
    for mention_id, fact in source.facts(TimeExpression):
        yield {
            "mention_id": mention_id,
            "start_on": fact.start_on.isoformat(),
            "end_on": fact.end_on.isoformat(),
            "granularity": fact.granularity,
            "role": fact.role,
            "basis": fact.basis,
        }


def count_rows(source: Source) -> Iterator[Row]:
    for mention_id, fact in source.facts(CountClaim):
        yield {
            "mention_id": mention_id,
            "number": fact.number,
            "scope": fact.scope,
            "of_what": fact.of_what,
        }


AMOUNTS = Table(
    name="amounts",
    order=8,
    description="Every sum of money in the text, whatever it is about; role and additive say what may be added up.",
    columns=(
        Column("mention_id", MENTION, "the words"),
        Column(
            "min_dkk",
            "INTEGER NOT NULL CHECK (min_dkk >= 0)",
            "whole Danish kroner; the lower end of a range",
        ),
        Column(
            "max_dkk",
            "INTEGER NOT NULL",
            "whole Danish kroner; equal to min_dkk unless the text gives a range",
        ),
        Column(
            "qualifier",
            one_of("qualifier", *get_args(Qualifier)),
            "how the text hedges the number: knap is under, godt is over, ca. is about",
        ),
        Column(
            "role",
            one_of("role", *get_args(AmountRole)),
            "total of the agreement, part of it, pool, frame it draws on, or other",
        ),
        Column(
            "per",
            one_of("per", *get_args(Per)),
            "total for the period, for each year, or for each recipient",
        ),
        Column("start_year", "INTEGER", "first year the sum covers, if the text says or implies it"),
        Column("end_year", "INTEGER", "last year; empty with a start_year means permanent"),
        Column(
            "years_basis",
            one_of("years_basis", *get_args(Basis), null=True),
            "explicit in the text or inferred from programme year or date",
        ),
        Column("price_year", "INTEGER", "price level: 2019 for 2019-pl"),
        Column(
            "additive",
            flag("additive"),
            "1 if the sum may be added to the others of its agreement: each krone once, from the preferred document only",
        ),
        Column(
            "additive_in_document",
            flag("additive_in_document"),
            "1 if it may be added up within its own document",
        ),
        Column(
            "implausible",
            flag("implausible"),
            "1 if the number is kept as written but cannot be right",
        ),
        Column(
            "withdrawn",
            flag("withdrawn"),
            "1 if the text itself takes it back: a correction note names it as wrong",
        ),
        Column("agreement_id", "TEXT REFERENCES agreements(id)", "the agreement it is part or total of"),
        Column("initiative_id", "TEXT REFERENCES initiatives(id)", "the initiative it is for"),
        Column(
            "initiative_mention_id",
            "TEXT REFERENCES initiative_mentions(id) ON DELETE CASCADE",
            "the mention of the initiative it stands with",
        ),
        Column("corrected", "TEXT", "the columns that a human corrected, parted by commas; empty: none"),
    ),
    constraints=(
        "CHECK (max_dkk >= min_dkk)",
        "CHECK (end_year IS NULL OR end_year >= start_year)",
    ),
    rows=amount_rows,
    indexes=("agreement_id", "initiative_id", "initiative_mention_id"),
    facets=("role", "per", "qualifier"),
)

DATES = Table(
    name="dates",
    order=5,
    description="Every calendar expression, as a closed range of days.",
    columns=(
        Column("mention_id", MENTION, "the words"),
        Column("start_on", day("start_on", null=False), "first day, ISO"),
        Column("end_on", day("end_on", null=False), "last day, ISO, inclusive"),
        Column(
            "granularity",
            one_of("granularity", *get_args(Granularity)),
            "how precise the words are; a year stays a year",
        ),
        Column(
            "role",
            one_of("role", *get_args(DateRole)),
            "published, updated, agreed, deadline, period or reference",
        ),
        Column(
            "basis",
            one_of("basis", *get_args(Basis)),
            "explicit, or inferred from the publication date or programme year",
        ),
        Column("corrected", "TEXT", "the columns that a human corrected, parted by commas; empty: none"),
    ),
    constraints=("CHECK (end_on >= start_on)",),
    rows=date_rows,
    facets=("role", "granularity", "basis"),
)

COUNTS = Table(
    name="count_claims",
    order=5,
    description="Claims about how many initiatives there are.",
    columns=(
        Column("mention_id", MENTION, "the words"),
        Column("number", "INTEGER NOT NULL CHECK (number >= 0)", "how many"),
        Column(
            "scope",
            one_of("scope", *get_args(Scope)),
            "all of this agreement, a part of it, all so far (cumulative), or other",
        ),
        Column("of_what", "TEXT NOT NULL", "the noun that is counted, as written"),
        Column("corrected", "TEXT", "the columns that a human corrected, parted by commas; empty: none"),
    ),
    rows=count_rows,
    facets=("scope",),
)

TABLES = (DATES, COUNTS, AMOUNTS)
