"""How long it takes to turn the facts of many documents into things, and how that grows.

    python tests/benchmarks/settle.py [DOCUMENTS ...]

Makes databases of generated documents: of each agreement a text with all its initiatives, three for
each document of the whole, a release and a piece of news with some of them, and a pool page. Settles
each in a process of its own, twice, and prints seconds, the most memory, what was joined, and the
ratio of each number to the one before. 25000 50000 100000 take about half an hour.
"""

import random
import resource
import sys
import tempfile
import time
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from output.database import Database, insert, open_database, scalar, transaction  # noqa: E402
from output.settle import settle  # noqa: E402
from output.table import Row  # noqa: E402
from tests.benchmarks.links import EFFORTS, initiatives  # noqa: E402

LISTED, SHOWN = 12, 3  # initiatives of an agreement: its text has all of them
KINDS = (
    ("announces", "press_release", SHOWN),
    ("reports", "news", SHOWN),
    ("full_text", "agreement", LISTED),
    ("announces_pool", "pool", 1),
)
PER_AGREEMENT = len(KINDS)
TOGETHER = 1000  # documents that are written at once
PHASES = ("screening", "modning", "afprøvning", "udbredelse")
PARTIES = (
    "Alternativet", "Dansk Folkeparti", "Enhedslisten", "Liberal Alliance", "Moderaterne", "Radikale Venstre",
    "SF", "Socialdemokratiet", "Venstre",
)  # fmt: skip
SAME = "Midlerne er permanente, og partierne bag aftalen tager hvert år stilling til, hvad de skal gå til."


def day(agreement: int) -> str:
    """One of 6048 days of 18 years."""
    place = agreement * 37 % (18 * 12 * 28)
    return f"{2008 + place // 336}-{1 + place // 28 % 12:02}-{1 + place % 28:02}"


class Page:
    """A generated document: its text grows paragraph by paragraph, and each quote is a mention."""

    def __init__(self, number: int, kind: str, title: str, published: str) -> None:
        self.key = f"{published}-dokument-{number}"
        self.version = f"{self.key}@1"
        self.kind, self.title, self.published = kind, title, published
        self.text = ""
        self.tables: dict[str, list[Row]] = {"documents": [], "document_versions": []}

    def paragraph(self, kind: str, *quotes: str) -> list[str]:
        """One block of such words; the ids of their mentions."""
        start = len(self.text)
        ids = []
        for quote in quotes:
            ids.append(self.mention(quote))
            self.text += f"{quote} "
        position = len(self.tables.get("blocks", ()))
        ends = {"start_char": start, "end_char": len(self.text)}
        self.add("blocks", {"document_version_id": self.version, "position": position, "kind": kind, **ends})
        self.text += "\n\n"
        return ids

    def mention(self, quote: str) -> str:
        start = len(self.text)
        place: Row = {"start_char": start, "end_char": start + len(quote), "quote": quote}
        key = f"{self.version}:{start}"
        self.add("mentions", {"id": key, "document_version_id": self.version, "rule": "generated", **place})
        return key

    def add(self, table: str, row: Row) -> None:
        self.tables.setdefault(table, []).append(row)

    def close(self) -> dict[str, list[Row]]:
        told: Row = {
            "title": self.title, "kind": self.kind, "published_on": self.published, "language": "da"
        }  # fmt: skip
        self.add("documents", {**told, "id": self.key, "body_sha256": self.key})
        version: Row = {
            "id": self.version, "document_id": self.key, "fetched_at": "2026-01-01", "text": self.text,
            "text_sha256": self.key, "body_sha256": self.key, "bytes_sha256": self.key,
            "media_type": "text/html", "source": "live", "is_current": 1, "rules_sha256": "r",
        }  # fmt: skip
        self.add("document_versions", told | version)
        return self.tables


def document_rows(number: int, titles: list[str], chance: random.Random) -> dict[str, list[Row]]:
    """One document: a claim with a total, parties, its initiatives, each with its sum."""
    agreement, place = divmod(number, PER_AGREEMENT)
    relation, kind, shown = KINDS[place]
    page = Page(number, kind, f"{titles[0]} og {titles[1]}: aftale", day(agreement))
    parts = [random.Random(agreement * 100 + n).randint(10, 999) * 100_000 for n in range(LISTED)]
    written = f"{sum(parts) / 1e6:.1f} mio. kr."
    title, total, count = page.paragraph("heading", page.title, written, f"{LISTED} initiativer")
    page.add("amounts", amount(total, sum(parts), "total", None))
    said: Row = {"mention_id": count, "number": LISTED, "scope": "total", "of_what": "initiativer"}
    page.add("count_claims", said)
    page.add(
        "agreement_mentions",
        {
            "mention_id": title, "kind": chance.choice(["other", "uip"]) if place else "other",
            "programme_year": None, "total_min_dkk": sum(parts), "total_max_dkk": sum(parts),
            "initiative_count": LISTED, "relation": relation,
        },
    )  # fmt: skip
    agreeing = random.Random(agreement).sample(PARTIES, 5)
    for mention, party in zip(page.paragraph("paragraph", *agreeing, SAME), agreeing, strict=False):
        page.add("party_mentions", {"mention_id": mention, "party_id": party, "role": "agrees"})
    for n, (item, part) in enumerate(zip(titles[:shown], parts, strict=False)):
        told, money = page.paragraph("list_item", item, f"{part / 1e6:.1f} mio. kr.")
        page.add(
            "initiative_mentions",
            {
                "id": told, "mention_id": told, "title": item, "core_title": item, "form": "list",
                "position": n,
            },
        )  # fmt: skip
        page.add("amounts", amount(money, part, "part" if kind != "pool" else "pool", told))
        phase = PHASES[(agreement + n) % 4]
        page.add("initiative_mention_phases", {"initiative_mention_id": told, "phase": phase, "position": 0})
    if kind == "pool":
        name = page.tables["initiative_mentions"][0]["id"]
        pool: Row = {"id": name, "mention_id": name, "title": titles[0], "amount_dkk": parts[0]}
        page.add("pools", {**pool, "document_id": page.key, "deadline_on": day(agreement + 100)})
    return page.close()


def amount(mention: str, dkk: int, role: str, initiative: str | None) -> Row:
    return {
        "mention_id": mention, "min_dkk": dkk, "max_dkk": dkk, "qualifier": "exact", "role": role,
        "per": "total", "start_year": 2020, "end_year": 2023, "years_basis": "explicit",
        "additive": int(role != "total"), "additive_in_document": int(role != "total"), "implausible": 0,
        "withdrawn": 0, "initiative_mention_id": initiative,
    }  # fmt: skip


def fill(db: Database, documents: int) -> None:
    chance = random.Random(documents)
    wanted = (documents // PER_AGREEMENT + 1) * LISTED
    # those without a name of their own are all alike
    every = (str(row["title"]) for row in initiatives(2 * wanted))
    titles = [title for title in every if title.split()[0] not in EFFORTS][:wanted]
    insert(db, "phases", [{"id": phase, "position": n} for n, phase in enumerate(PHASES)])
    insert(db, "parties", [{"id": party, "name": party} for party in PARTIES])
    found: dict[str, list[Row]] = defaultdict(list)
    for number in range(documents):
        start = number // PER_AGREEMENT * LISTED
        for table, rows in document_rows(number, titles[start : start + LISTED], chance).items():
            found[table] += rows
        if number % TOGETHER == TOGETHER - 1 or number == documents - 1:
            with transaction(db):
                db.execute("PRAGMA defer_foreign_keys = ON")
                for table, rows in found.items():
                    insert(db, table, rows)
            found.clear()


def seconds(documents: int) -> float:
    """The time that it takes to settle so many documents; what came of them is printed."""
    with tempfile.TemporaryDirectory() as scratch:
        db = open_database(Path(scratch) / "a.db")
        fill(db, documents)
        took, again = timed(db), timed(db)
        made = [
            f"{scalar(db, f'SELECT count(*) FROM {table}')} {table}"
            for table in ("agreements", "initiatives", "initiative_links", "document_links", "checks")
        ]
        db.close()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    counts = ", ".join(made)
    print(f"{documents} documents: {took:.0f} s, again {again:.0f} s, {most:.1f} GiB; {counts}", flush=True)
    return took


def timed(db: Database) -> float:
    start = time.process_time()
    settle(db)
    return time.process_time() - start


def main() -> None:
    numbers = [int(number) for number in sys.argv[1:]] or [3_000, 12_000]
    with ProcessPoolExecutor(1, max_tasks_per_child=1) as each:  # so that memory is each one's own
        took = list(each.map(seconds, numbers))
    for one, other in pairwise(zip(numbers, took, strict=True)):
        print(f"{other[0] / one[0]:.1f} times as many: {other[1] / one[1]:.1f} times as long")


if __name__ == "__main__":
    main()
