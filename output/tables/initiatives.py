"""Initiatives as mentioned, pools and effects: what a document says that money does."""

from collections.abc import Iterator
from typing import get_args

from extractors.facts import Area, Effect, Form, Initiative, Phase, Pool
from output.slug import name_id
from output.table import MENTION, Column, Row, Source, Table, day, one_of

MENTION_KEY = "TEXT NOT NULL REFERENCES mentions(id) ON DELETE CASCADE"
PHASE = "TEXT NOT NULL REFERENCES phases(id)"


def mention_rows(source: Source) -> Iterator[Row]:
    for mention_id, fact in source.facts(Initiative):
        yield {
            "id": mention_id,
            "mention_id": mention_id,
            "initiative_id": None,
            "title": fact.title,
            "core_title": fact.core_title,
            "area": fact.area,
            "form": fact.form,
            "position": fact.position,
            "target_group": fact.target_group,
            "method": fact.method,
        }


def phase_rows(source: Source) -> Iterator[Row]:
    for mention_id, fact in source.facts(Initiative):
        for position, phase in enumerate(fact.phases):
            yield {"initiative_mention_id": mention_id, "phase": phase, "position": position}


def phase_names(_: Source) -> Iterator[Row]:
    for position, phase in enumerate(get_args(Phase)):
        yield {"id": phase, "position": position}


def pool_rows(source: Source) -> Iterator[Row]:
    for mention_id, fact in source.facts(Pool):
        yield {
            "id": mention_id,
            "document_id": source.document_id,
            "mention_id": mention_id,
            "title": fact.title,
            "amount_dkk": fact.amount_dkk,
            "deadline_on": fact.deadline_on.isoformat() if fact.deadline_on else None,
            "account": fact.account,
            "agreement_id": None,
            "initiative_id": None,
        }


def effect_rows(source: Source) -> Iterator[Row]:
    for mention_id, fact in source.facts(Effect):
        yield {
            "mention_id": mention_id,
            "value": fact.value,
            "comparison_value": fact.comparison_value,
            "after_months": fact.after_months,
            "initiative_id": None,
            "method_id": name_id(fact.method) if fact.method else None,
        }


PHASES = Table(
    name="phases",
    order=0,
    description="The phase model of the Strategi for udvikling af den sociale indsats.",
    columns=(
        Column("id", "TEXT PRIMARY KEY", "the phase by its Danish name"),
        Column("position", "INTEGER NOT NULL", "its place in the model, from 0"),
    ),
    rows=phase_names,
    shared=True,
)

INITIATIVE_MENTIONS = Table(
    name="initiative_mentions",
    order=7,
    description="Initiatives as a document writes them.",
    columns=(
        Column("id", "TEXT PRIMARY KEY", "the same as mention_id"),
        Column("mention_id", MENTION_KEY, "the words"),
        Column("initiative_id", "TEXT REFERENCES initiatives(id)", "the initiative that is meant"),
        Column("title", "TEXT NOT NULL", "what the money is for, as written, without the full stop"),
        Column("core_title", "TEXT NOT NULL", "the title without its phase words"),
        Column(
            "area",
            one_of("area", *get_args(Area), null=True),
            "voksne or børn og unge, from headings or the programme",
        ),
        Column("form", one_of("form", *get_args(Form)), "list, heading, prose or table"),
        Column("position", "INTEGER NOT NULL", "its number in the document, from 0"),
        Column("target_group", "TEXT", "for whom, where the title says it"),
        Column("method", "TEXT", "the method, where the title names one"),
        Column("corrected", "TEXT", "the columns that a human corrected, parted by commas; empty: none"),
    ),
    rows=mention_rows,
    indexes=("mention_id", "initiative_id"),
    facets=("form", "area"),
    label="title",
)

INITIATIVE_MENTION_PHASES = Table(
    name="initiative_mention_phases",
    order=8,
    description="The phases that a mention of an initiative names, in the order written.",
    columns=(
        Column(
            "initiative_mention_id",
            "TEXT NOT NULL REFERENCES initiative_mentions(id) ON DELETE CASCADE",
            "the mention",
        ),
        Column("phase", PHASE, "the phase"),
        Column("position", "INTEGER NOT NULL", "its place in the text, from 0"),
    ),
    constraints=("PRIMARY KEY (initiative_mention_id, phase)",),
    rows=phase_rows,
    facets=("phase",),
)

POOLS = Table(
    name="pools",
    order=7,
    description="Application pools: how much, for what, until when. Their money is part of their agreement's.",
    columns=(
        Column("id", "TEXT PRIMARY KEY", "the same as mention_id"),
        Column(
            "document_id",
            "TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE",
            "the document that tells of it",
        ),
        Column("mention_id", MENTION_KEY, "the words"),
        Column("title", "TEXT NOT NULL", "name of the pool as written"),
        Column("amount_dkk", "INTEGER", "whole Danish kroner"),
        Column("deadline_on", day("deadline_on"), "last day to apply, ISO"),
        Column("account", "TEXT", "account in the finance act, as written"),
        Column("agreement_id", "TEXT REFERENCES agreements(id)", "the agreement it comes from"),
        Column("initiative_id", "TEXT REFERENCES initiatives(id)", "the initiative it carries out"),
        Column("corrected", "TEXT", "the columns that a human corrected, parted by commas; empty: none"),
    ),
    rows=pool_rows,
    indexes=("document_id", "mention_id", "agreement_id", "initiative_id"),
    label="title",
)

EFFECTS = Table(
    name="effects",
    order=7,
    description="Measured effects: the share of people for whom an aim was reached.",
    columns=(
        Column("mention_id", MENTION, "the words"),
        Column("value", "REAL NOT NULL CHECK (value BETWEEN 0 AND 1)", "the share, 0 to 1"),
        Column(
            "comparison_value",
            "REAL CHECK (comparison_value BETWEEN 0 AND 1)",
            "the comparison group's share",
        ),
        Column("after_months", "INTEGER", "months between the effort and the measurement"),
        Column("initiative_id", "TEXT REFERENCES initiatives(id)", "the initiative it speaks of"),
        Column("method_id", "TEXT REFERENCES methods(id)", "the method it speaks of"),
        Column("corrected", "TEXT", "the columns that a human corrected, parted by commas; empty: none"),
    ),
    rows=effect_rows,
)

TABLES = (PHASES, INITIATIVE_MENTIONS, INITIATIVE_MENTION_PHASES, POOLS, EFFECTS)
