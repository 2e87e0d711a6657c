"""How long it takes to turn the facts of many documents into things, and how that grows.

    python tests/benchmarks/settle.py [DOCUMENTS ...]

Makes databases of generated documents (three tell of each agreement, with three initiatives each),
settles them, and prints seconds, what was joined, and the ratio of each number to the one before.
"""

import random
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from output.database import Database, insert, open_database, scalar, transaction  # noqa: E402
from output.settle import settle  # noqa: E402
from output.table import Row  # noqa: E402
from tests.benchmarks.links import initiatives  # noqa: E402

PER_AGREEMENT, LISTED = 3, 3
KINDS = (("announces", "press_release"), ("reports", "news"), ("full_text", "agreement"))
PHASES = ("screening", "modning", "afprøvning", "udbredelse")


def day(agreement: int) -> str:
    """One of 6048 days of 18 years."""
    place = agreement * 37 % (18 * 12 * 28)
    return f"{2008 + place // 336}-{1 + place // 28 % 12:02}-{1 + place % 28:02}"


def document_rows(number: int, titles: list[str], chance: random.Random) -> dict[str, list[Row]]:
    """One document: a claim with a total, its initiatives, each with its sum."""
    agreement, place = divmod(number, PER_AGREEMENT)
    relation, kind = KINDS[place]
    key = f"{day(agreement)}-dokument-{number}"
    version = f"{key}@1"
    parts = [random.Random(agreement * 10 + n).randint(10, 999) * 100_000 for n in range(LISTED)]
    quotes = [
        f"Aftale {agreement} om {titles[0]}",
        *titles,
        *(f"{part / 1e6:.1f} mio. kr." for part in parts),
    ]
    told = {"title": quotes[0], "kind": kind, "published_on": day(agreement), "language": "da"}
    found: dict[str, list[Row]] = {
        "documents": [{**told, "id": key, "body_sha256": key}],
        "document_versions": [
            {
                **told, "id": version, "document_id": key, "fetched_at": "2026-01-01",
                "text": "; ".join(quotes), "text_sha256": key, "bytes_sha256": key,
                "media_type": "text/html", "source": "live", "is_current": 1, "rules_sha256": "r",
            }
        ],
    }  # fmt: skip
    places = [sum(len(quote) + 2 for quote in quotes[:n]) for n in range(len(quotes))]
    mentions = [
        {
            "id": f"{version}:{start}", "document_version_id": version, "start_char": start,
            "end_char": start + len(quote), "quote": quote, "rule": "generated",
        }
        for start, quote in zip(places, quotes, strict=True)
    ]  # fmt: skip
    ids = [row["id"] for row in mentions]
    claim: Row = {
        "mention_id": ids[0], "kind": chance.choice(["other", "uip"]) if place else "other",
        "programme_year": None, "total_min_dkk": sum(parts), "total_max_dkk": sum(parts),
        "initiative_count": LISTED, "relation": relation,
    }  # fmt: skip
    listed = [
        {
            "id": ids[1 + n], "mention_id": ids[1 + n], "title": title, "core_title": title, "form": "list",
            "position": n,
        }
        for n, title in enumerate(titles)
    ]  # fmt: skip
    money = [
        {
            "mention_id": ids[1 + LISTED + n], "min_dkk": part, "max_dkk": part, "qualifier": "exact",
            "role": "part", "per": "total", "start_year": 2020, "end_year": 2023, "years_basis": "explicit",
            "additive": 1, "additive_in_document": 1, "implausible": 0, "withdrawn": 0,
            "initiative_mention_id": ids[1 + n],
        }
        for n, part in enumerate(parts)
    ]  # fmt: skip
    phases = [
        {"initiative_mention_id": row["id"], "phase": PHASES[(agreement + n) % 4], "position": 0}
        for n, row in enumerate(listed)
    ]
    return {
        **found,
        "mentions": list(mentions),
        "agreement_mentions": [claim],
        "initiative_mentions": list(listed),
        "initiative_mention_phases": list(phases),
        "amounts": list(money),
    }


def fill(db: Database, documents: int) -> None:
    chance = random.Random(documents)
    titles = [str(row["title"]) for row in initiatives(documents)]
    insert(db, "phases", [{"id": phase, "position": n} for n, phase in enumerate(PHASES)])
    with transaction(db):
        for number in range(documents):
            start = number // PER_AGREEMENT * LISTED
            for table, rows in document_rows(number, titles[start : start + LISTED], chance).items():
                insert(db, table, rows)


def seconds(documents: int) -> float:
    with tempfile.TemporaryDirectory() as scratch:
        db = open_database(Path(scratch) / "a.db")
        fill(db, documents)
        start = time.process_time()
        settle(db)
        took = time.process_time() - start
        start = time.process_time()
        settle(db)
        again = time.process_time() - start
        made = [
            f"{scalar(db, f'SELECT count(*) FROM {table}')} {table}"
            for table in ("agreements", "initiatives", "initiative_links")
        ]
        db.close()
    print(f"{documents} documents: {took:.1f} s, again {again:.1f} s; {', '.join(made)}", flush=True)
    return took


def main() -> None:
    numbers = [int(number) for number in sys.argv[1:]] or [3_000, 12_000, 48_000]
    for one, other in pairwise([(number, seconds(number)) for number in numbers]):
        print(f"{other[0] / one[0]:.1f} times as many: {other[1] / one[1]:.1f} times as long")


if __name__ == "__main__":
    main()
