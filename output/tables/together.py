"""What joins things: parties of agreements, links through the years, copies, names, money by year."""

from typing import get_args

from extractors.facts import PartyRole
from output.table import Column, Table, day, flag, one_of

AGREEMENT = "TEXT NOT NULL REFERENCES agreements(id)"
DOCUMENT = "TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE"
INITIATIVE = "TEXT NOT NULL REFERENCES initiatives(id)"
EVIDENCE = "TEXT REFERENCES mentions(id) ON DELETE CASCADE"


GOVERNMENTS = Table(
    name="governments",
    order=0,
    description="The Danish governments since 1990: who 'regeringen' is on a day.",
    columns=(
        Column("id", "TEXT PRIMARY KEY", "the name in letters that fit an address"),
        Column("name", "TEXT NOT NULL UNIQUE", "the prime minister and the number of the government"),
        Column("start_on", day("start_on", null=False), "day it was appointed, ISO"),
        Column("end_on", day("end_on"), "last day, ISO; of the latest the last day that is known of here"),
    ),
    label="name",
)

GOVERNMENT_PARTIES = Table(
    name="government_parties",
    order=1,
    description="The parties of each government, by their full official names.",
    columns=(
        Column("government_id", "TEXT NOT NULL REFERENCES governments(id)", "the government"),
        Column("party", "TEXT NOT NULL", "name of the party, as in parties.name"),
    ),
    constraints=("PRIMARY KEY (government_id, party)",),
)

AGREEMENT_PARTIES = Table(
    name="agreement_parties",
    order=7,
    description="Who made an agreement and who stands outside; 'regeringen' is expanded by the government in office.",
    columns=(
        Column("agreement_id", AGREEMENT, "the agreement"),
        Column("party_id", "TEXT NOT NULL REFERENCES parties(id)", "the party"),
        Column(
            "role", one_of("role", *(r for r in get_args(PartyRole) if r != "mentioned")), "agrees or outside"
        ),
        Column(
            "basis", one_of("basis", "named", "government"), "named in a text, or as part of the government"
        ),
        Column("mention_id", EVIDENCE, "the words"),
    ),
    constraints=("PRIMARY KEY (agreement_id, party_id)",),
    indexes=("party_id", "mention_id"),
    facets=("party_id", "role", "basis"),
)

DOCUMENT_LINKS = Table(
    name="document_links",
    order=7,
    description="Documents that tell the same thing in other words: an agency's rewrite, a second page about a pool.",
    columns=(
        Column("from_document_id", DOCUMENT, "the document that speaks best for it"),
        Column("to_document_id", DOCUMENT, "the other"),
        Column(
            "relation", one_of("relation", "same_text", "rewrite", "same_pool"), "what the other is to it"
        ),
        Column("score", "REAL NOT NULL CHECK (score BETWEEN 0 AND 1)", "how sure, 0 to 1"),
        Column("reason", "TEXT NOT NULL", "what they share"),
    ),
    constraints=("PRIMARY KEY (from_document_id, to_document_id)",),
    indexes=("to_document_id",),
    facets=("relation",),
)

IDENTIFIERS = Table(
    name="identifiers",
    order=8,
    description="Every id that was ever a good one for a thing: an id that somebody cited leads to the thing under its present id.",
    columns=(
        Column("id", "TEXT PRIMARY KEY", "the id as it may have been cited"),
        Column("document_id", "TEXT REFERENCES documents(id) ON DELETE CASCADE", "the document it means"),
        Column("agreement_id", "TEXT REFERENCES agreements(id)", "the agreement it means"),
        Column("initiative_id", "TEXT REFERENCES initiatives(id)", "the initiative it means"),
    ),
    constraints=(
        "CHECK ((document_id IS NOT NULL) + (agreement_id IS NOT NULL) + (initiative_id IS NOT NULL) = 1)",
    ),
    indexes=("document_id", "agreement_id", "initiative_id"),
)

INITIATIVE_LINKS = Table(
    name="initiative_links",
    order=7,
    description="The same idea carried on in a later year or another phase: proposed by likeness, decided by a human.",
    columns=(
        Column("from_initiative_id", INITIATIVE, "the earlier initiative"),
        Column("to_initiative_id", INITIATIVE, "the later one"),
        Column(
            "relation",
            one_of("relation", "same", "continues", "next_phase", "split", "scaled_up"),
            "same idea and phase again, carried on, in a later phase, one of several that came of it, or spread wider",
        ),
        Column(
            "score",
            "REAL NOT NULL CHECK (score BETWEEN 0 AND 1)",
            "likeness, 0 to 1; 1 for a human's own link",
        ),
        Column(
            "status",
            one_of("status", "proposed", "confirmed", "rejected"),
            "proposed by the rules, or decided by a human in the corrections",
        ),
        Column("reason", "TEXT NOT NULL", "what the two share"),
    ),
    constraints=("PRIMARY KEY (from_initiative_id, to_initiative_id)",),
    indexes=("to_initiative_id",),
    facets=("relation", "status"),
)

ALLOCATIONS = Table(
    name="allocations",
    order=8,
    description="Money by initiative (or agreement) and year; of several documents the best speaks. Rows with additive = 1 count each krone once.",
    columns=(
        Column("id", "TEXT PRIMARY KEY", "the mention, with the year where one sum tells of several"),
        Column(
            "agreement_id",
            "TEXT REFERENCES agreements(id)",
            "the agreement; empty for money of a pool or project whose agreement is not known",
        ),
        Column(
            "initiative_id",
            "TEXT REFERENCES initiatives(id)",
            "the initiative; empty for money that no initiative is named for",
        ),
        Column("programme_id", "TEXT REFERENCES programmes(id)", "the programme"),
        Column("year", "INTEGER", "the year; empty where the text does not divide the sum by years"),
        Column("start_year", "INTEGER", "first year of the whole sum"),
        Column("end_year", "INTEGER", "last year; empty with a start_year means permanent"),
        Column("min_dkk", "INTEGER NOT NULL", "whole Danish kroner; the lower end of a range"),
        Column("max_dkk", "INTEGER NOT NULL", "whole Danish kroner; the upper end"),
        Column("price_year", "INTEGER", "price level: 2019 for 2019-pl"),
        Column(
            "basis",
            one_of("basis", "stated", "per_year", "undivided"),
            "stated for this year, so much for each year, or a sum over several years that the text does not divide",
        ),
        Column(
            "additive",
            flag("additive"),
            "1 if it may be added to all others with 1, each krone once; 0 for a share of money that another row counts, and for what is given each year after the agreement's years",
        ),
        Column("corrected", flag("corrected"), "1 if a human corrected the sum it comes from"),
        Column("mention_id", "TEXT NOT NULL REFERENCES mentions(id) ON DELETE CASCADE", "the words"),
    ),
    indexes=("agreement_id", "initiative_id", "mention_id"),
    facets=("year", "basis"),
)

TABLES = (
    GOVERNMENTS,
    GOVERNMENT_PARTIES,
    AGREEMENT_PARTIES,
    DOCUMENT_LINKS,
    IDENTIFIERS,
    INITIATIVE_LINKS,
    ALLOCATIONS,
)
