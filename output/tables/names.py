"""Who and what is named: parties, people, organisations, methods, target groups, and their mentions."""

from collections.abc import Callable, Iterator
from typing import get_args

from extractors.facts import GovernmentMention, NameMention, PartyMention, PartyRole, PersonMention, Statement
from output.slug import name_id
from output.table import MENTION, Column, Row, Source, Table, one_of


def party_rows(source: Source) -> Iterator[Row]:
    names = {fact.party for _, fact in source.facts(PartyMention)}
    names |= {fact.party for _, fact in source.facts(PersonMention) if fact.party}
    for name in sorted(names):
        yield {"id": name_id(name), "name": name}


def party_mention_rows(source: Source) -> Iterator[Row]:
    for mention_id, fact in source.facts(PartyMention):
        yield {"mention_id": mention_id, "party_id": name_id(fact.party), "role": fact.role}


def government_rows(source: Source) -> Iterator[Row]:
    for mention_id, _ in source.facts(GovernmentMention):
        yield {"mention_id": mention_id}


def people_rows(source: Source) -> Iterator[Row]:
    names = {fact.name for _, fact in source.facts(PersonMention)}
    names |= {fact.person for _, fact in source.facts(Statement) if fact.person}
    for name in sorted(names):
        yield {"id": name_id(name), "name": name}


def person_mention_rows(source: Source) -> Iterator[Row]:
    for mention_id, fact in source.facts(PersonMention):
        yield {
            "mention_id": mention_id,
            "person_id": name_id(fact.name),
            "title": fact.title,
            "party_id": name_id(fact.party) if fact.party else None,
        }


def statement_rows(source: Source) -> Iterator[Row]:
    for mention_id, fact in source.facts(Statement):
        yield {
            "mention_id": mention_id,
            "person_id": name_id(fact.person) if fact.person else None,
            "text": fact.text,
        }


def lookup(name: str, what: str, rows: Callable[[Source], Iterator[Row]]) -> Table:
    """A table of names that documents share."""
    return Table(
        name=name,
        order=0,
        description=f"{what}, one row each.",
        columns=(
            Column("id", "TEXT PRIMARY KEY", "the name in letters that fit an address"),
            Column("name", "TEXT NOT NULL UNIQUE", "the name in full"),
        ),
        rows=rows,
        shared=True,
        search=("name",) if name == "people" else (),
        label="name",
    )


def named(kind: str, table: str, what: str) -> tuple[Table, Table]:
    """The lookup and the mention table of one kind of NameMention."""

    def rows(source: Source) -> Iterator[Row]:
        names = {fact.name for _, fact in source.facts(NameMention) if fact.kind == kind}
        for name in sorted(names):
            yield {"id": name_id(name), "name": name}

    def mention_rows(source: Source) -> Iterator[Row]:
        for mention_id, fact in source.facts(NameMention):
            if fact.kind == kind:
                yield {"mention_id": mention_id, f"{kind}_id": name_id(fact.name)}

    mentions = Table(
        name=f"{kind}_mentions",
        order=5,
        description=f"Where {what.lower()} are named.",
        columns=(
            Column("mention_id", MENTION, "the words"),
            Column(f"{kind}_id", f"TEXT NOT NULL REFERENCES {table}(id)", "who or what is named"),
        ),
        rows=mention_rows,
        indexes=(f"{kind}_id",),
        facets=(f"{kind}_id",),
    )
    return lookup(table, what, rows), mentions


PARTY_MENTIONS = Table(
    name="party_mentions",
    order=5,
    description="Where a party is named, and whether it agrees, stands outside or is only mentioned.",
    columns=(
        Column("mention_id", MENTION, "the words"),
        Column("party_id", "TEXT NOT NULL REFERENCES parties(id)", "the party"),
        Column(
            "role",
            one_of("role", *get_args(PartyRole)),
            "agrees, outside (said not to be in it) or mentioned",
        ),
        Column("corrected", "TEXT", "the columns that a human corrected, parted by commas; empty: none"),
    ),
    rows=party_mention_rows,
    indexes=("party_id",),
    facets=("party_id", "role"),
)

GOVERNMENT_MENTIONS = Table(
    name="government_mentions",
    order=5,
    description="Where 'regeringen' is named as one of those who make the agreement; agreement_parties says who that was.",
    columns=(Column("mention_id", MENTION, "the words"),),
    rows=government_rows,
)

PERSON_MENTIONS = Table(
    name="person_mentions",
    order=5,
    description="Where a person is named in a public role.",
    columns=(
        Column("mention_id", MENTION, "the words"),
        Column("person_id", "TEXT NOT NULL REFERENCES people(id)", "the person"),
        Column("title", "TEXT NOT NULL", "the title as written"),
        Column("party_id", "TEXT REFERENCES parties(id)", "the party, where the text gives it"),
        Column("corrected", "TEXT", "the columns that a human corrected, parted by commas; empty: none"),
    ),
    rows=person_mention_rows,
    indexes=("person_id",),
    facets=("person_id", "title"),
)

STATEMENTS = Table(
    name="statements",
    order=5,
    description="Quotations, and who said them.",
    columns=(
        Column("mention_id", MENTION, "the words"),
        Column(
            "person_id",
            "TEXT REFERENCES people(id)",
            "who said it; empty where the text does not say",
        ),
        Column("text", "TEXT NOT NULL", "the words without quotation marks"),
    ),
    rows=statement_rows,
    facets=("person_id",),
)

TABLES = (
    lookup("parties", "Parties of Folketinget by their full official names", party_rows),
    lookup("people", "People in a public role", people_rows),
    *named("organisation", "organisations", "Organisations"),
    *named("method", "methods", "Methods of social work"),
    *named("target_group", "target_groups", "Target groups"),
    PARTY_MENTIONS,
    GOVERNMENT_MENTIONS,
    PERSON_MENTIONS,
    STATEMENTS,
)
