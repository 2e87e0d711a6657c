"""A tiny database with one row of everything, for the tests of the researcher's faces."""

from pathlib import Path

from output.database import Database, insert, open_database, transaction
from output.table import Row

TITLE = "Aftale fordeler 142 millioner på socialområdet"
DOCUMENT = "2021-11-02-aftale-fordeler-142-millioner-paa-socialomraadet"
NEWS = "2021-11-03-nye-midler"
TEXT = (
    f"{TITLE}\n\nDer afsættes 142 mio. kr. i 2022-2025 til to initiativer: Modning af Åben Dialog"
    " til børn får 12 mio. kr. og 3,5 mia. kroner. Astrid Krag, socialminister"
    ' (Socialdemokratiet):\n\n- Det er en god aftale for børn, "sund" og ærlig.\n\n'
    "Puljen er på 9 mio. kr. Halvdelen bliver stoffri med MOVE, siger Socialstyrelsen om unge."
)
OLD_TEXT = TEXT.replace("142", "999")
NEWS_TEXT = "Nye midler\n\n=1+1 er to. Åben Dialog får 14 mio. kr."
CURRENT, OLD, OTHER = f"{DOCUMENT}@2", f"{DOCUMENT}@1", f"{NEWS}@1"
TEXTS = {CURRENT: TEXT, OLD: OLD_TEXT, OTHER: NEWS_TEXT}
AGREEMENT, INITIATIVE = "uip-2022", "uip-2022:aaben-dialog"
EARLIER = "aaben-dialog-til-familier"  # an initiative of which no agreement is known
QUOTATION = '- Det er en god aftale for børn, "sund" og ærlig.'


def part(dkk: int) -> Row:
    return {
        "min_dkk": dkk,
        "max_dkk": dkk,
        "qualifier": "exact",
        "role": "part",
        "per": "total",
        "start_year": 2022,
        "end_year": 2025,
        "years_basis": "explicit",
        "additive": 1,
        "additive_in_document": 1,
        "implausible": 0,
        "withdrawn": 0,
        "agreement_id": AGREEMENT,
        "initiative_id": INITIATIVE,
    }


TOTAL: Row = {"role": "total", "additive": 0, "additive_in_document": 0, "initiative_id": None}

# table, version, quote, the columns beside mention_id
FACTS: tuple[tuple[str, str, str, Row], ...] = (
    ("amounts", CURRENT, "142 mio. kr.", part(142_000_000) | TOTAL),
    ("amounts", CURRENT, "12 mio. kr.", part(12_000_000)),
    ("amounts", OTHER, "14 mio. kr.", part(14_000_000)),
    ("amounts", OLD, "999 mio. kr.", part(999_000_000)),
    (
        "dates",
        CURRENT,
        "2022-2025",
        {
            "start_on": "2022-01-01",
            "end_on": "2025-12-31",
            "granularity": "span",
            "role": "period",
            "basis": "explicit",
        },
    ),
    (
        "count_claims",
        CURRENT,
        "to initiativer",
        {"number": 2, "scope": "total", "of_what": "initiativer"},
    ),
    (
        "initiative_mentions",
        CURRENT,
        "Modning af Åben Dialog til børn",
        {
            "id": "im",
            "initiative_id": INITIATIVE,
            "title": "Modning af Åben Dialog til børn",
            "core_title": "Åben Dialog til børn",
            "form": "prose",
            "position": 0,
        },
    ),
    (
        "party_mentions",
        CURRENT,
        "Socialdemokratiet",
        {"party_id": "Socialdemokratiet", "role": "mentioned"},
    ),
    (
        "person_mentions",
        CURRENT,
        "Astrid Krag",
        {"person_id": "Astrid Krag", "title": "socialminister", "party_id": "Socialdemokratiet"},
    ),
    ("statements", CURRENT, QUOTATION, {"person_id": "Astrid Krag", "text": QUOTATION}),
    ("statements", OTHER, "=1+1 er to.", {"person_id": None, "text": "=1+1 er to."}),
    (
        "organisation_mentions",
        CURRENT,
        "Socialstyrelsen",
        {"organisation_id": "Socialstyrelsen"},
    ),
    ("method_mentions", CURRENT, "MOVE", {"method_id": "MOVE"}),
    ("target_group_mentions", CURRENT, "unge", {"target_group_id": "unge"}),
    (
        "pools",
        CURRENT,
        "Puljen",
        {
            "id": "pool",
            "document_id": DOCUMENT,
            "title": "Puljen",
            "amount_dkk": 9_000_000,
            "deadline_on": "2999-12-31",
        },
    ),
    ("effects", CURRENT, "Halvdelen", {"value": 0.5, "after_months": 9}),
    (
        "agreement_mentions",
        CURRENT,
        "Aftale",
        {
            "agreement_id": AGREEMENT,
            "kind": "uip",
            "programme_year": 2022,
            "total_min_dkk": 142_000_000,
            "total_max_dkk": 142_000_000,
            "relation": "announces",
        },
    ),
    (
        "agreement_claims",
        CURRENT,
        "fordeler",
        {
            "agreement_id": AGREEMENT,
            "document_version_id": CURRENT,
            "field": "programme_year",
            "value": "2022",
            "withdrawn": 0,
            "preferred": 1,
            "reason": "the only one",
        },
    ),
)


def tiny_database(path: Path) -> Database:
    """One agreement, told by a release (with an older version) and a news item."""
    db = open_database(path)
    with transaction(db):
        for table, rows in everything():
            insert(db, table, rows)
    return db


def everything() -> list[tuple[str, list[Row]]]:
    """The rows of all tables, parents before children."""
    told = [*documents(), *things(), *facts(), *issues(), *arrivals()]
    return [*told, *corrections(), *history(), *sums()]


def version(name: str, text: str) -> Row:
    return {
        "id": name,
        "document_id": name.partition("@")[0],
        "fetched_at": "2026-01-01T00:00:00Z",
        "text": text,
        "text_sha256": name,
        "body_sha256": name,
        "bytes_sha256": name,
        "media_type": "text/html",
        "snapshot": None,
        "source": "file",
        "is_current": int(name != OLD),
        "rules_sha256": "r",
        "title": TITLE,
        "kind": "press_release",
        "language": "da",
    }


def documents() -> list[tuple[str, list[Row]]]:
    release: Row = {
        "id": DOCUMENT,
        "title": TITLE,
        "kind": "press_release",
        "issuer": "Social- og Ældreministeriet",
        "published_on": "2021-11-02",
        "updated_on": None,
        "language": "da",
        "body_sha256": "a",
    }
    news = release | {"id": NEWS, "title": "Nye midler", "kind": "news", "body_sha256": "b"}
    place: Row = {
        "url": "https://sm.dk/aftale",
        "document_id": DOCUMENT,
        "document_version_id": CURRENT,
        "site_id": "sm.dk",
        "first_seen_at": "2026-01-01T00:00:00Z",
        "last_checked_at": "2026-01-01T00:00:00Z",
        "status": "ok",
    }
    return [
        ("sites", [{"id": "sm.dk", "name": "Ministeriet", "base_url": "https://sm.dk/"}]),
        ("documents", [release, news]),
        (
            "document_versions",
            [version(name, text) for name, text in TEXTS.items()],
        ),
        ("locations", [place]),
        (
            "blocks",
            [
                {
                    "document_version_id": CURRENT,
                    "position": 0,
                    "kind": "heading",
                    "start_char": 0,
                    "end_char": len(TITLE),
                    "level": 1,
                }
            ],
        ),
    ]


def things() -> list[tuple[str, list[Row]]]:
    agreement: Row = {
        "id": AGREEMENT,
        "kind": "uip",
        "programme_id": "uip",
        "programme_year": 2022,
        "title": TITLE,
        "total_min_dkk": 142_000_000,
        "total_max_dkk": 142_000_000,
        "preferred_document_id": DOCUMENT,
    }
    initiative: Row = {
        "id": INITIATIVE,
        "agreement_id": AGREEMENT,
        "programme_id": "uip",
        "title": "Modning af Åben Dialog til børn",
        "core_title": "Åben Dialog til børn",
        "area": "børn og unge",
    }
    earlier = initiative | {
        "id": EARLIER,
        "agreement_id": None,
        "programme_id": None,
        "title": "Åben Dialog til familier",
        "core_title": "Åben Dialog til familier",
    }
    link: Row = {
        "from_initiative_id": EARLIER,
        "to_initiative_id": INITIATIVE,
        "relation": "continues",
        "score": 0.9,
        "status": "proposed",
        "reason": "both speak of dialog",
    }
    phases = ("screening", "modning", "afprøvning", "udbredelse")
    return [
        ("phases", [{"id": phase, "position": n} for n, phase in enumerate(phases)]),
        ("programmes", [{"id": "uip", "name": "Udviklings- og Investeringsprogrammet"}]),
        ("agreements", [agreement]),
        (
            "agreement_documents",
            [{"agreement_id": AGREEMENT, "document_id": DOCUMENT, "relation": "announces", "reason": "x"}],
        ),
        ("initiatives", [initiative, earlier]),
        ("initiative_links", [link]),
        (
            "initiative_phases",
            [
                {"initiative_id": INITIATIVE, "phase": p, "agreement_id": AGREEMENT}
                for p in ("udbredelse", "modning")
            ],
        ),
        *names(),
    ]


def names() -> list[tuple[str, list[Row]]]:
    found = {
        "parties": "Socialdemokratiet",
        "people": "Astrid Krag",
        "organisations": "Socialstyrelsen",
        "methods": "MOVE",
        "target_groups": "unge",
    }
    return [(table, [{"id": name, "name": name}]) for table, name in found.items()]


def facts() -> list[tuple[str, list[Row]]]:
    tables = []
    for table, version_id, words, columns in FACTS:
        start = TEXTS[version_id].index(words)
        mention: Row = {
            "id": f"{version_id}:{start}:{table}",
            "document_version_id": version_id,
            "start_char": start,
            "end_char": start + len(words),
            "quote": words,
            "rule": "tests/tiny",
        }
        tables += [("mentions", [mention]), (table, [{"mention_id": mention["id"], **columns}])]
    phase: Row = {"initiative_mention_id": "im", "phase": "modning", "position": 0}
    return [*tables, ("initiative_mention_phases", [phase])]


def arrivals() -> list[tuple[str, list[Row]]]:
    """A paper that could not be read, an item not fetched, an alarm that lasts and one that ended."""
    capture: Row = {
        "id": "r1",
        "position": 0,
        "url": "https://sm.dk/aftale.pdf",
        "location_url": "https://sm.dk/aftale.pdf",
        "site_id": "sm.dk",
        "captured_at": "2026-01-01T00:00:00Z",
        "source": "live",
        "status": 200,
        "outcome": "failed",
        "reason": "a scanned PDF without text",
        "rules_sha256": "r",
    }
    away: Row = {
        "url": "https://sm.dk/ny-kontorchef",
        "site_id": "sm.dk",
        "title": "Ny kontorchef i ministeriet",
        "rule": "appointed",
        "first_seen_at": "2026-01-01T00:00:00Z",
        "record_id": "r2",
    }
    alarm: Row = {
        "record_id": "r3",
        "site_id": "sm.dk",
        "kind": "no_items",
        "url": "https://sm.dk/nyheder",
        "note": "at least 20 items expected, none found",
        "raised_at": "2026-01-01T00:00:00Z",
        "ended_at": None,
    }
    ended = alarm | {"record_id": "r4", "kind": "few_items", "ended_at": "2026-01-02T00:00:00Z"}
    return [("captures", [capture]), ("turned_away", [away]), ("alarms", [alarm, ended])]


def corrections() -> list[tuple[str, list[Row]]]:
    """A correction that a human made of a sum."""
    correction: Row = {
        "id": "c1",
        "target": DOCUMENT,
        "field": "amounts.min_dkk",
        "quote": "12 mio. kr.",
        "old_value": "1200000",
        "new_value": "12000000",
        "who": "Åse",
        "why": "misread by a tenth",
        "made_on": "2026-01-01",
        "status": "applied",
        "note": "read as 1200000",
    }
    row_id = f"{CURRENT}:{TEXT.index('12 mio. kr.')}:amounts"
    value: Row = {"table_name": "amounts", "row_id": row_id, "field": "min_dkk", "correction_id": "c1"}
    return [
        ("corrections", [correction]),
        ("corrected_values", [{**value, "before": "1200000", "after": "12000000"}]),
    ]


def history() -> list[tuple[str, list[Row]]]:
    """One run that changed a total."""
    began = "2026-01-01T00:00:00Z"
    run: Row = {"id": began, "started_at": began, "ended_at": None, "kind": "ingest", "rules_sha256": "r"}
    place: Row = {
        "run_id": began,
        "url": "https://sm.dk/aftale",
        "document_id": DOCUMENT,
        "outcome": "changed",
        "reason": None,
    }
    change: Row = {
        "id": f"{began} things 000001",
        "run_id": began,
        "document_id": None,
        "kind": "agreement",
        "thing": AGREEMENT,
        "thing_before": None,
        "field": "total_min_dkk",
        "action": "changed",
        "before": "140000000",
        "after": "142000000",
    }
    rule: Row = {"id": "tests/tiny", "version": "1", "fired": 9, "documents": 2}
    return [("runs", [run]), ("run_documents", [place]), ("changes", [change]), ("rules", [rule])]


def issues() -> list[tuple[str, list[Row]]]:
    issue: Row = {
        "id": "issue",
        "document_version_id": CURRENT,
        "code": "unread_amounts",
        "quote": "3,5 mia. kroner",
    }
    old: Row = issue | {"id": "old", "document_version_id": OLD, "quote": "999"}
    return [("issues", [issue, old])]


def sums() -> list[tuple[str, list[Row]]]:
    """The money of the agreement, and a check of it that failed."""
    mention = f"{CURRENT}:{TEXT.index('142 mio. kr.')}:amounts"
    allocation: Row = {
        "id": mention,
        "agreement_id": AGREEMENT,
        "programme_id": "uip",
        "start_year": 2022,
        "end_year": 2025,
        "min_dkk": 142_000_000,
        "max_dkk": 142_000_000,
        "basis": "undivided",
        "additive": 1,
        "corrected": 0,
        "mention_id": mention,
    }
    check: Row = {
        "id": "check",
        "agreement_id": AGREEMENT,
        "document_id": DOCUMENT,
        "kind": "implausible_unit",
        "claimed": 142_000_000,
        "status": "fail",
        "note": "more than any programme has",
        "mention_id": mention,
    }
    return [("allocations", [allocation]), ("checks", [check])]
