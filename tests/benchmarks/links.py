"""How long it takes to follow initiatives through the years, and how that grows with their number.

    python tests/benchmarks/links.py [NUMBER ...]

Prints seconds and links for generated initiatives, and the ratio of each number to the one before:
near the ratio of the numbers, time grows with the number and not faster.
"""

import random
import sys
import time
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from output.links import proposed_rows  # noqa: E402 the path comes first
from output.table import Row  # noqa: E402

PHASES = ("screening", "modning", "afprøvning", "udbredelse")
GROUPS = (
    "unge i hjemløshed", "voldsudsatte kvinder", "mennesker med psykiske vanskeligheder", "anbragte børn",
    "borgere med autisme", "unge stofmisbrugere", "mennesker med demens", "udsatte familier", "indsatte",
)  # fmt: skip
EFFORTS = ("indsats", "gruppeforløb", "rådgivning", "behandling", "model", "bostøtte", "tilbud", "mentorer")
SYLLABLES = ("bo", "ske", "ly", "dra", "vin", "kor", "nes", "træ", "fis", "gul", "mår", "pla", "sti", "hed")
YEARS = range(2008, 2027)


def initiatives(number: int) -> list[Row]:
    """Stories of about three initiatives each: an effort with a name of its own, and for whom."""
    chance = random.Random(number)
    found: list[Row] = []
    while len(found) < number:
        name = "".join(chance.choices(SYLLABLES, k=3))
        effort, group = chance.choice(EFFORTS), chance.choice(GROUPS)
        for year in sorted(chance.sample(YEARS, chance.randint(1, 5))):
            words = [f"{name}{effort}", effort][chance.random() < 0.3], chance.choice(("til", "for")), group
            found.append(initiative(len(found), year, " ".join(words)))
    return found[:number]


def initiative(number: int, year: int, title: str) -> Row:
    return {
        "id": f"aftale-{year}/{number}",
        "agreement_id": f"aftale-{year}",
        "title": title,
        "core_title": title,
        "area": None,
        "target_group": None,
        "year": year,
    }


def seconds(number: int) -> float:
    rows = initiatives(number)
    phases = {str(row["id"]): [(n % 4, PHASES[n % 4])] for n, row in enumerate(rows) if n % 3}
    start = time.perf_counter()
    links = proposed_rows(rows, phases, {})
    took = time.perf_counter() - start
    print(f"{number} initiatives: {took:.1f} s, {len(links)} links")
    return took


def main() -> None:
    numbers = [int(number) for number in sys.argv[1:]] or [10_000, 20_000, 40_000]
    for one, other in pairwise([(number, seconds(number)) for number in numbers]):
        print(f"{other[0] / one[0]:.1f} times as many: {other[1] / one[1]:.1f} times as long")


if __name__ == "__main__":
    main()
