"""What a sum is and which years it covers, in short releases, agreement texts and pool pages."""

from datetime import date

import pytest

from extractors.extract import extract
from extractors.facts import AgreementClaim, Amount
from tests.support import text_document

RELEASE = """Bred aftale om reserven for 2024-2027

Social- og Boligministeriet

Regeringen og Venstre er blevet enige om at fordele 84,6 mio. kr. fra reserven i årene 2024-2027.

{line}
"""
POOL = """Ansøgningspulje: Mødesteder til unge

Socialstyrelsen

Der er en ansøgningspulje på 12,3 mio. kr., og kommuner kan søge.

{line}

Ansøgningsfrist

Fristen er den 3. maj 2024 kl. 12.00.

Ansøgerkreds

Kommuner kan søge.
"""
PUBLISHED = date(2023, 11, 7)
Told = tuple[str, str, int | None, int | None]


def told(text: str) -> list[Told]:
    """Quote, role and years of every sum."""
    facts = extract(text_document(text, PUBLISHED)).facts
    return [(f.evidence.quote, f.role, f.start_year, f.end_year) for f in facts if isinstance(f, Amount)]


TOTAL: Told = ("84,6 mio. kr.", "total", 2024, 2027)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (
            "Heraf går 9 mio. kr. det første år og 2 mio. kr. årligt de sidste to til væresteder.",
            [("9 mio. kr.", "part", 2024, 2024), ("2 mio. kr.", "part", 2026, 2027)],
        ),
        (
            "Der afsættes 6,3 mio. kr. i 2024-2026, heraf 3,1 mio. kr. det første år"
            " og derefter 1,6 mio. kr. om året.",
            [
                ("6,3 mio. kr.", "part", 2024, 2026),
                ("3,1 mio. kr.", "part", 2024, 2024),
                ("1,6 mio. kr.", "part", 2025, 2026),
            ],
        ),
        ("Der afsættes 5 mio. kr. i hele aftaleperioden.", [("5 mio. kr.", "part", 2024, 2027)]),
        ("Der afsættes 5 mio. kr. fra 2025 til rådgivning.", [("5 mio. kr.", "part", 2025, 2027)]),
        ("Der afsættes 5 mio. kr. til og med 2025.", [("5 mio. kr.", "part", 2024, 2025)]),
        ("Der afsættes 5 mio. kr. i både 2025 og 2026.", [("5 mio. kr.", "part", 2025, 2026)]),
        ("Rådgivningen får 5 mio. kr. årligt (varigt).", [("5 mio. kr.", "part", 2024, None)]),
        (
            "Der afsættes 1 mio. kr. i 2024, 2 mio. kr. i 2025, i alt 3 mio. kr.",
            [
                ("1 mio. kr.", "part", 2024, 2024),
                ("2 mio. kr.", "part", 2025, 2025),
                ("3 mio. kr.", "part", 2024, 2025),
            ],
        ),
        ("Dansk Folkeparti krævede yderligere 30 mio. kr.", [("30 mio. kr.", "other", None, None)]),
        ("Det er 7 mio. kr. mere end ventet.", [("7 mio. kr.", "other", None, None)]),
        ("En tilsvarende plan fra 2014 var på 36 mio. kr.", [("36 mio. kr.", "other", None, None)]),
        ("Alle initiativer på mindst 10 mio. kr. evalueres.", [("mindst 10 mio. kr.", "other", None, None)]),
        ("Prisen for et døgn er 1.350 kr.", [("1.350 kr.", "other", None, None)]),
        ("Af de 84,6 mio. kr. går 20 mio. kr. til Aarhus.", [TOTAL, ("20 mio. kr.", "part", 2024, 2027)]),
        ("Det er næsten 85 mio. kr., som nu kommer ud.", [("næsten 85 mio. kr.", "total", 2024, 2027)]),
    ],
    ids=str,
)
def test_sums_of_a_release(line: str, wanted: list[Told]) -> None:
    assert told(RELEASE.format(line=line)) == [TOTAL, *wanted]


def test_what_lasts_right_after_the_total_is_the_agreements() -> None:
    text = RELEASE.replace("2024-2027.\n", "2024-2027 og 9 mio. kr. årligt fra 2028.\n", 1)
    lasting = ("9 mio. kr.", "total", 2028, None)
    assert told(text.format(line="Der afsættes 2 mio. kr. årligt fra 2028 til SAND.")) == [
        TOTAL,
        lasting,
        ("2 mio. kr.", "part", 2028, None),
    ]


def test_an_agreement_of_lasting_money_alone_has_it_as_its_total() -> None:
    text = """Psykiatrien løftes med 500 mio. kr. om året

Sundhedsministeriet

Regeringen og Venstre har indgået aftale om psykiatrien.

Aftalen giver et varigt løft på 500 mio. kr. årligt fra og med 2024.

Børn og unge får 160 mio. kr. årligt til et nyt tilbud.
"""
    assert told(text)[:2] == [("500 mio. kr.", "total", 2024, None)] * 2
    claim = next(f for f in extract(text_document(text, PUBLISHED)).facts if isinstance(f, AgreementClaim))
    assert (claim.total_min_dkk, claim.start_year, claim.end_year) == (500_000_000, 2024, None)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (
            "Beløbet er fordelt med 4,1 mio. kr. i 2024 og 8,2 mio. kr. i 2025.",
            [("4,1 mio. kr.", "part", 2024, 2024), ("8,2 mio. kr.", "part", 2025, 2025)],
        ),
        (
            "Der er 12,3 mio. kr. i 2024 og 2025, fordelt med 4,1 og 8,2 mio. kr."
            " Der kan højst bevilges 2 mio. kr. pr. kommune.",
            [
                ("12,3 mio. kr.", "pool", 2024, 2025),
                ("4,1", "part", 2024, 2024),
                ("8,2 mio. kr.", "part", 2025, 2025),
            ],
        ),
        (
            "I perioden 2024-2026 er der afsat 12,3 mio. kr. Det mindste tilskud er 400.000 kr.",
            [("12,3 mio. kr.", "pool", 2024, 2026), ("400.000 kr.", "other", 2024, 2026)],
        ),
    ],
    ids=str,
)
def test_sums_of_a_pools_page(line: str, wanted: list[Told]) -> None:
    found = told(POOL.format(line=line))
    assert found[0][:2] == ("12,3 mio. kr.", "pool")
    assert found[1 : 1 + len(wanted)] == wanted
    years = {(start, end) for _, role, start, end in found if role == "pool"}
    assert len(years) == 1, "a pool has the same years wherever it is said"
