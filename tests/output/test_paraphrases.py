"""One initiative that two documents of an agreement tell of in other words, and what only looks like it."""

from collections.abc import Sequence
from itertools import permutations

import pytest

from output.resolve import Resolved, resolve
from output.table import Row, Value
from tests.output.test_resolve import claim, mention


def resolved(*documents: Sequence[Row]) -> Resolved:
    """What documents of one agreement make together; the first is the agreement's text."""
    mentions = [row for rows in documents for row in rows]
    names = dict.fromkeys(str(row["document_id"]) for row in mentions)
    claims = [claim(name, relation="full_text" if name == "a" else "reports") for name in names]
    return resolve(claims, mentions, {}, {})


def titles(found: Resolved) -> set[Value]:
    return {row["title"] for row in found.initiatives}


def told(document: str, *lines: str) -> list[Row]:
    """Mentions written as title = million kroner, or as a title alone."""
    found = []
    for n, line in enumerate(lines):
        title, _, money = line.partition(" = ")
        sums: Row = {
            "sum_dkk": int(money) * 1_000_000 if money else None,
            "start_year": None,
            "end_year": None,
        }
        found.append(mention(document, n, title, **sums))
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gadesygeplejersker til hjemløse", "Social sygepleje til mennesker på gaden"),
        (
            "Styrket rådgivning til voldsudsatte kvinder",
            "Bedre rådgivning til kvinder, der er udsat for partnervold",
        ),
        ("Fritidspas til børn i udsatte familier = 12", "Fritidspas til socialt udsatte børn = 12"),
        ("Efterværn til tidligere anbragte = 9", "Bedre overgang til voksenlivet for anbragte = 9"),
        ("Peer-støtte til mennesker med psykiske lidelser", "Psykisk sårbare støttes af peers = 4"),
    ],
)
def test_other_words_for_the_same(one: str, other: str) -> None:
    found = resolved(told("a", one, "Tegnsprogstolkning"), told("b", other, "Tegnsprogstolkning"))
    assert titles(found) == {one.partition(" = ")[0], "Tegnsprogstolkning"}  # the better source's title
    assert len({row["id"] for row in found.identifiers if row.get("initiative_id")}) == 3  # all are good


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Gadesygeplejersker til hjemløse = 10",
            "Social sygepleje til mennesker på gaden = 12",
        ),
        (
            "Beskyttet ophold til voldsramte mænd = 8",
            "Krisecentre til voldsudsatte kvinder = 8",
        ),
        ("Telefonrådgivning til voldsudsatte = 5", "Telefonrådgivning til pårørende = 5"),
        ("Fritidspas til børn = 5", "Ferieophold til børn = 5"),  # another effort
        ("Terapi til voldsudøvere = 5", "Behandling af voldsramte = 5"),
        ("Flere pladser på krisecentre", "Psykologhjælp på krisecentre"),
        ("Støtte til pårørende ved demens = 5", "Aktiviteter for mennesker med demens = 5"),
        ("Tandpleje til socialt udsatte", "Tandpleje til børn"),
        ("Fritidspas til børn i udsatte familier", "Fritidspas til socialt udsatte unge"),  # not sure enough
    ],
)
def test_what_only_looks_like_it(one: str, other: str) -> None:
    assert len(resolved(told("a", one), told("b", other)).initiatives) == 2


def test_two_items_of_one_list_are_two() -> None:
    same = ("Gadesygeplejersker til hjemløse", "Social sygepleje til mennesker på gaden")
    assert len(resolved(told("a", *same)).initiatives) == 2
    assert len(resolved(told("a", *same), told("b", *same)).initiatives) == 2


def test_of_two_that_it_could_mean_it_means_neither() -> None:
    own = told("a", "Rådgivning til voldsudsatte kvinder", "Rådgivning af kvinder udsat for partnervold")
    other = told("b", "Hjælp og rådgivning til voldsramte kvinder")
    assert len(resolved(own, other).initiatives) == 3


def test_other_phases_are_other_initiatives() -> None:
    rows = told("a", "Gadesygeplejersker til hjemløse") + told("b", "Social sygepleje på gaden")
    phases = {str(rows[0]["id"]): ["modning"], str(rows[1]["id"]): ["udbredelse"]}
    claims = [claim("a", relation="full_text"), claim("b", relation="reports")]
    assert len(resolve(claims, rows, phases, {}).initiatives) == 2
    assert len(resolve(claims, rows, {}, {}).initiatives) == 1


def test_the_order_does_not_matter() -> None:
    documents = (
        told("a", "Gadesygeplejersker til hjemløse", "Fritidspas til børn i udsatte familier = 12"),
        told("b", "Social sygepleje på gaden", "Fritidspas til socialt udsatte børn = 12"),
        told("c", "Sygepleje til hjemløse på gaden"),
    )
    wanted = {(row["id"], row["title"]) for row in resolved(*documents).initiatives}
    for shuffled in permutations(documents):
        assert {(row["id"], row["title"]) for row in resolved(*shuffled).initiatives} == wanted
