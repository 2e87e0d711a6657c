"""Small Danish documents written for the tests of the database, and what the tests do with them."""

import hashlib
import os
from dataclasses import replace
from pathlib import Path

from corpus.document import Document, Origin
from corpus.text import read_text
from extractors.extract import extract
from extractors.facts import Extraction
from output.database import Database, rows
from output.runs import HISTORY
from output.schema import all_tables
from output.table import Row, Value
from output.write import Arrival

UIP = """Aftale fordeler 90 millioner kroner til udsatte børn og voksne

12-10-2022

Partierne er enige om Udviklings- og Investeringsprogrammerne for 2023. Der er afsat i alt \
90 mio. kr. i 2023-2026 til fem nye initiativer på socialområdet.

Social- og ældreminister Astrid Krag siger:

”Vi skal vide, hvad der virker, før vi breder det ud til hele landet på tværs af kommuner.”

- Astrid Krag

Initiativer på voksenområdet i 2023

 • Modning af peer-støtte til mennesker med psykiske vanskeligheder
 • Screening af lovende indsatser mod vold i nære relationer
 • Udbredelse af Housing First til unge i hjemløshed

Initiativer på børneområdet i 2023

 • Afprøvning af MOVE til unge med et stofmisbrug
 • Modning af tidlig hjælp til børn med handicap

Yderligere oplysninger

Pressetelefon, tlf. 12 34 56 78
"""
NEWS = """Nye millioner til at finde ud af, hvad der virker

14-10-2022

Udviklings- og Investeringsprogrammerne for 2023 er på plads. Der er afsat 90 mio. kr. i \
2023-2026, og Socialstyrelsen skal nu i gang med fem nye initiativer.

Pengene går blandt andet til en modning af peer-støtte til mennesker med psykiske vanskeligheder \
og til en indsats for børn, der har svært ved at finde på noget at lave.

Senest opdateret 15-10-2022
"""
DAY_OUT = """Børn på tur i Rebild Bakker

03-05-2021

Hundrede børn var i går på tur til bakkerne. Det blæste, og de fandt både bregner og æg. \
Turen er betalt af kommunens egne borgere og gentages ikke foreløbig.
"""
POOL = """Pulje til mødesteder for ældre

Foreninger kan søge om støtte til mødesteder, hvor ældre og unge kan være sammen om måltider.

Der er afsat 8,7 mio. kr. til puljen, og hver forening kan søge om op til 500.000 kr. i alt.

Fristen for at søge er den 12. marts 2022 kl. 12.
"""
TEXTS = {"uip.txt": UIP, "news.txt": NEWS, "tur.txt": DAY_OUT, "pulje.txt": POOL}
NEXT_POOL = POOL.replace("12. marts 2022", "14. marts 2023")
UNDATED = UIP.replace("12-10-2022\n\n", "")
CHANGED = UIP.replace("90 m", "95 m")
MARCH = 1_700_000_000  # when every file was last changed


def document(text: str, url: str = "/tekster/uip.txt") -> Document:
    body = hashlib.sha256(text.encode()).hexdigest()
    return read_text(text, Origin("files", url, "text/plain", body))


def extraction(text: str, url: str = "/tekster/uip.txt") -> Extraction:
    return extract(document(text, url))


def moved(found: Extraction, url: str) -> Extraction:
    """The same document at another address."""
    origin = replace(found.document.origin, url=url)
    return replace(found, document=replace(found.document, origin=origin))


def arrival(seen_at: str = "2026-01-01T00:00:00+00:00", rules: str = "r1") -> Arrival:
    capture: Row = {
        "id": f"record of {seen_at}",
        "position": 0,
        "url": "/tekster/a.txt",
        "location_url": "/tekster/a.txt",
        "site_id": "files",
        "captured_at": seen_at,
        "source": "file",
        "archived_at": None,
        "status": None,
        "media_type": None,
        "bytes_sha256": "0" * 64,
        "snapshot": "bodies/00/00.txt",
        "found_on": None,
        "rules_sha256": rules,
    }
    return Arrival(seen_at, "Files on a disk", None, None, rules, capture)


def write_files(folder: Path, texts: dict[str, str], mtime: int = MARCH) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
        os.utime(folder / name, (mtime, mtime))
    return [folder / name for name in texts]


def dump(db: Database, history: bool = False) -> dict[str, list[tuple[Value, ...]]]:
    """Every row of every table, each table ordered by all of its columns; the history, which tells
    when things came, only where it is asked for."""
    found = {}
    for table in all_tables():
        if table.name in HISTORY and not history:
            continue
        columns = ", ".join(column.name for column in table.columns)
        sql = f"SELECT {columns} FROM {table.name} ORDER BY {columns}"
        found[table.name] = [tuple(row.values()) for row in rows(db, sql)]
    return found


def sound(db: Database) -> None:
    """The file is whole, every reference holds, and every mention re-slices to its quote."""
    assert rows(db, "PRAGMA integrity_check") == [{"integrity_check": "ok"}]
    assert rows(db, "PRAGMA foreign_key_check") == []
    sql = (
        "SELECT m.id FROM mentions m JOIN document_versions v ON v.id = m.document_version_id"
        " WHERE substr(v.text, m.start_char + 1, m.end_char - m.start_char) IS NOT m.quote"
    )
    assert rows(db, sql) == []
    sql = (
        "SELECT i.id FROM issues i JOIN document_versions v ON v.id = i.document_version_id"
        " WHERE i.start_char IS NOT NULL"
        " AND substr(v.text, i.start_char + 1, i.end_char - i.start_char) IS NOT i.quote"
    )
    assert rows(db, sql) == []
    sql = "SELECT document_id, sum(is_current) AS n FROM document_versions GROUP BY 1"
    assert all(row["n"] == 1 for row in rows(db, sql))
