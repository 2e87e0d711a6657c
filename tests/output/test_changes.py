"""What a run changed: told once, told truly, and lost by nothing."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.facts import Extraction
from extractors.rules import load_rules, version, versions
from flows import load, pipeline
from flows.cli import main
from flows.order import Order
from output import runs
from output.changes import TRACKED, Fact, State, document_changes, fact_changes, thing_changes
from output.corrections import Correction
from output.database import Database, Difference, open_database, rows, scalar
from output.runs import Run
from output.settle import settle
from output.table import Row
from output.write import write
from tests.output import danish
from tests.output.tiny import AGREEMENT, tiny_database
from tests.support import SHARED

RELEASE = """Aftale om reserven 2024-2027 fordeler 885 mio. kr.

12-10-2023

Regeringen og Venstre er blevet enige om at fordele 885 mio. kr. i årene 2024-2027.

Der afsættes 10 mio. kr. til krisecentre. Der afsættes 12 mio. kr. til væresteder.
"""
RIGHT = RELEASE.replace("885 mio", "885,5 mio")


NOWHERE = ("", "")


def fact(kind: str, quote: str, said: str, role: str = "", around: tuple[str, str] = NOWHERE) -> Fact:
    return Fact(kind, quote, said, role, f"{kind}s/rule", around)


def told(before: list[Fact], after: list[Fact]) -> list[tuple[object, ...]]:
    names = ("action", "kind", "thing_before", "thing", "before", "after")
    return [tuple(row[name] for name in names) for row in fact_changes(before, after)]


TOTAL = fact("amount", "885 mio. kr.", "885", "total", ("fordele ", " i alt"))


class TestFacts:
    def test_what_is_the_same_is_no_news(self) -> None:
        facts = [TOTAL, fact("party", "SF", "SF"), TOTAL]
        assert told(facts, facts[::-1]) == []

    def test_the_same_words_read_otherwise_changed(self) -> None:
        wish = TOTAL._replace(said="885, wish")
        assert told([TOTAL], [wish]) == [("changed", "amount", None, "885 mio. kr.", "885", "885, wish")]

    def test_one_of_several_with_the_same_words(self) -> None:
        """The first is gone: that is told, and not that the second became the first."""
        first, second = TOTAL._replace(said="885, wish"), TOTAL
        assert told([first, second], [second]) == [
            ("removed", "amount", None, "885 mio. kr.", "885, wish", None)
        ]

    def test_other_words_in_the_same_place_changed(self) -> None:
        more = fact("amount", "885,5 mio. kr.", "885,5", "part", ("fordele ", " i alt"))
        assert told([TOTAL, TOTAL], [more, TOTAL]) == [
            ("changed", "amount", "885 mio. kr.", "885,5 mio. kr.", "885", "885,5")
        ]

    def test_the_only_one_of_its_role_changed_wherever_it_stands(self) -> None:
        moved = fact("amount", "885,5 mio. kr.", "885,5", "total", ("deler ", " ud"))
        assert [row[0] for row in told([TOTAL], [moved])] == ["changed"]
        assert [row[0] for row in told([TOTAL, TOTAL], [moved])] == ["removed", "removed", "added"]
        other_role = moved._replace(detail="part")
        assert {row[0] for row in told([TOTAL], [other_role])} == {"added", "removed"}

    def test_a_name_in_the_place_of_another_is_another(self) -> None:
        old = fact("party", "Venstre", "Venstre", "agrees", ("Regeringen og ", " er enige"))
        assert told([old], [old._replace(quote="SF", said="SF")]) == [
            ("added", "party", None, "SF", None, "SF"),
            ("removed", "party", None, "Venstre", "Venstre", None),
        ]

    def test_a_document_that_is_not_there_changed_nothing(self) -> None:
        assert document_changes(State(None, []), State(None, [])) == []


OLD: Row = {"id": "uip-2022", "title": "UIP", "total_min_dkk": 885, "kind": "uip"}


class TestThings:
    def told(self, table: str, *found: Difference) -> list[tuple[object, ...]]:
        names = ("action", "thing", "field", "before", "after")
        return [tuple(row[name] for name in names) for row in thing_changes(TRACKED[table], found)]

    def test_added_and_removed_are_a_row_each(self) -> None:
        said = "title UIP, total_min_dkk 885"
        assert self.told("agreements", Difference(None, OLD)) == [("added", "uip-2022", None, None, said)]
        assert self.told("agreements", Difference(OLD, None)) == [("removed", "uip-2022", None, said, None)]

    def test_a_row_for_every_column_that_changed_and_is_news(self) -> None:
        new: Row = {"id": "uip-2022", "title": "UIP", "total_min_dkk": None, "kind": "reserve"}
        found = self.told("agreements", Difference(OLD, new))
        assert found == [("changed", "uip-2022", "total_min_dkk", "885", None)]

    def test_a_column_that_is_not_named_is_kept(self) -> None:
        assert self.told("agreements", Difference(OLD, {"id": "uip-2022"})) == []

    def test_a_check_of_another_figure_is_the_same_check(self) -> None:
        old: Row = {"id": "c:1", "kind": "c", "agreement_id": "a", "document_id": None, "status": "pass"}
        same: Row = old | {"id": "c:2"}
        failed: Row = same | {"status": "fail"}
        gone = Difference(old, None)
        assert self.told("checks", gone, Difference(None, same)) == []
        assert self.told("checks", gone, Difference(None, failed)) == [
            ("changed", "c:2", "status", "pass", "fail")
        ]
        elsewhere = failed | {"agreement_id": "b"}
        actions = [row[0] for row in self.told("checks", gone, Difference(None, elsewhere))]
        assert sorted(map(str, actions)) == ["added", "removed"]


def test_the_view(tmp_path: Path) -> None:
    db = tiny_database(tmp_path / "a.db")
    (row,) = rows(db, "SELECT * FROM what_changed_since WHERE started_at >= '2026-01-01'")
    wanted = ("changed", AGREEMENT, "total_min_dkk", "140000000", "142000000")
    assert tuple(row[name] for name in ("action", "thing", "field", "before", "after")) == wanted
    assert rows(db, "SELECT * FROM what_changed_since WHERE started_at >= '2026-01-02'") == []


def take(db: Path, folder: Path, at: int, **texts: str) -> None:
    """A run over these texts, as files of that time."""
    danish.write_files(folder, {f"{name}.txt": text for name, text in texts.items()}, danish.MARCH + at)
    pipeline.ingest(Order(paths=tuple(folder / f"{name}.txt" for name in texts)), db)


def changes(db: Path, run: int = -1) -> list[Row]:
    opened = open_database(db, read_only=True)
    try:
        ids = [str(row["id"]) for row in rows(opened, "SELECT id FROM runs ORDER BY started_at, id")]
        return list(runs.changes_of(opened, ids[run]))
    finally:
        opened.close()


def count(db: Path, table: str) -> object:
    opened = open_database(db, read_only=True)
    try:
        return scalar(opened, f"SELECT count(*) FROM {table}")
    finally:
        opened.close()


def test_a_corrected_release(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = tmp_path / "a.db"
    take(db, tmp_path, 0, a=RELEASE, b=danish.DAY_OUT)
    take(db, tmp_path, 60, a=RIGHT, b=danish.DAY_OUT)
    found = changes(db)
    amounts = [row for row in found if row["kind"] == "amount"]
    assert {(row["action"], row["thing_before"], row["thing"]) for row in amounts} == {
        ("changed", "885 mio. kr.", "885,5 mio. kr.")
    }
    assert all(str(row["before"]).startswith("885000000 DKK") for row in amounts)
    assert all(str(row["after"]).startswith("885500000 DKK") for row in amounts)
    assert {row["document_title"] for row in found if row["document_id"]} == {RIGHT.splitlines()[0]}
    things = [row for row in found if row["document_id"] is None]
    assert ("agreement", "total_min_dkk", "885000000", "885500000") in {
        (row["kind"], row["field"], row["before"], row["after"]) for row in things
    }
    assert main(["changes", "--since", "2026-01-01", "--db", str(db)]) == 0
    out = capsys.readouterr().out
    assert "ingest: 2 new" in out
    assert "ingest: 1 changed, 1 unchanged" in out
    assert "~ amount: 885 mio. kr. -> 885,5 mio. kr.: 885000000 DKK" in out
    assert "total_min_dkk: 885000000 -> 885500000" in out


def test_a_run_without_news_has_no_row_and_a_rebuild_without_differences_neither(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    take(db, tmp_path, 0, a=RELEASE)
    before = db.read_bytes()
    take(db, tmp_path, 0, a=RELEASE)
    assert db.read_bytes() == before
    told_before = changes(db)
    pipeline.rebuild(db)
    assert changes(db) == told_before
    assert count(db, "runs") == 1


def test_a_rebuild_carries_the_history_over_and_tells_what_is_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = tmp_path / "a.db"
    take(db, tmp_path, 0, a=RELEASE)
    first = changes(db)
    understood = load.understood
    monkeypatch.setattr(load, "reading", lambda: "fewer rules")
    monkeypatch.setattr(load, "understood", lambda document: fewer(understood(document)))
    take(db, tmp_path, 0, a=RELEASE)
    assert changes(db, 0) == first
    found = [(row["action"], row["kind"], row["thing"]) for row in changes(db)]
    assert ("removed", "party", "Venstre") in found
    assert {action for action, _, _ in found} == {"removed"}


def fewer(found: Extraction) -> Extraction:
    facts = tuple(fact for fact in found.facts if type(fact).__name__ != "PartyMention")
    return replace(found, facts=facts)


def test_a_run_that_stopped_keeps_what_it_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = tmp_path / "a.db"

    def stop(_db: Path, _corrections: Sequence[Correction] | None, _run: Run | None) -> None:
        raise KeyboardInterrupt

    stopped = pipeline.Steps(resolve=stop)
    danish.write_files(tmp_path, {"a.txt": RELEASE})
    with pytest.raises(KeyboardInterrupt):
        pipeline.ingest(Order(paths=(tmp_path / "a.txt",)), db, steps=stopped)
    assert {row["action"] for row in changes(db)} == {"added"}
    opened = open_database(db, read_only=True)
    assert rows(opened, "SELECT ended_at FROM runs") == [{"ended_at": None}]
    opened.close()
    take(db, tmp_path, 0, a=RELEASE)  # what was not resolved is told now
    assert {row["kind"] for row in changes(db)} >= {"agreement"}
    assert not any(row["kind"] == "amount" for row in changes(db))


def test_inputs_that_failed_say_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = tmp_path / "a.db"
    take(db, tmp_path, 0, a=RELEASE, tom="")
    opened = open_database(db, read_only=True)
    found = {(row["outcome"], row["reason"] is None) for row in rows(opened, "SELECT * FROM run_documents")}
    opened.close()
    assert found == {("new", True), ("failed", False)}
    assert main(["changes", "--since", "2026-01-01", "--db", str(db)]) == 0
    assert f"failed: {tmp_path / 'tom.txt'}: " in capsys.readouterr().out


def test_two_runs_of_one_moment_are_two() -> None:
    db = open_database(None)
    for wanted in ("2026-01-01", "2026-01-01#2"):
        key = runs.free_id(db, "2026-01-01")
        runs.begin(db, Run(key, "2026-01-01", "ingest", "r"))
        assert key == wanted


@pytest.mark.parametrize(
    ("since", "code", "words"),
    [
        ("2999-01-01", 2, "yet to come"),
        ("i går", 2, "is no day"),
        ("2026-01-01", 0, "No run has brought anything"),
    ],
)
def test_what_the_command_says_of_nothing(
    since: str, code: int, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    open_database(tmp_path / "a.db").close()
    try:
        found = main(["changes", "--since", since, "--db", str(tmp_path / "a.db")])
    except SystemExit as stop:
        found = int(str(stop.code))
    said = capsys.readouterr()
    assert (found, words in said.out + said.err) == (code, True)


def test_nothing_since_that_day_names_the_last_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tiny_database(tmp_path / "a.db").close()
    assert main(["changes", "--since", "2026-01-02", "--db", str(tmp_path / "a.db")]) == 0
    assert "the last run that brought something was on 2026-01-01" in capsys.readouterr().out
    assert main(["changes", "--since", "2026-01-02", "--db", str(tmp_path / "none.db")]) == 1


# --- nothing is lost: the changes of all runs, played again, give the facts of today

SENTENCES = (
    "Der afsættes 10 mio. kr. til krisecentre.",
    "Der afsættes 12 mio. kr. i 2024 til væresteder.",
    "Partierne foreslår 10 mio. kr. til SAND.",
    "Venstre og SF er enige om fem initiativer.",
    "MOVE udbredes til unge med et stofmisbrug.",
    "Socialminister Astrid Krag siger: ”Det er en rigtig god aftale for alle børn og unge.”",
    "Fristen for at søge er den 12. marts 2024.",
)


def text(chance: random.Random) -> str:
    lines = chance.choices(SENTENCES, k=chance.randint(1, 8))
    body = " ".join(line.replace("10", str(chance.choice([10, 10, 11]))) for line in lines)
    return f"Aftale om reserven {chance.choice([2024, 2024, 2025])}\n\n12-10-2023\n\n{body}\n"


def facts_of_today(db: Database) -> Counter[tuple[str, ...]]:
    """As `changes` words them; whether a sum is additive is settled later, from all documents."""
    found: Counter[tuple[str, ...]] = Counter()
    for row in rows(db, "SELECT document_id, kind, quote, value, detail FROM facts"):
        detail = str(row.pop("detail") or "").replace(", additive", "")
        value = f"{row.pop('value')}" + (f" ({detail})" if detail else "")
        found[(*map(str, row.values()), value)] += 1
    return found


def replayed(db: Database) -> Counter[tuple[str, ...]]:
    facts: Counter[tuple[str, ...]] = Counter()
    things = "('document', 'check', 'agreement_document')"
    sql = f"SELECT * FROM changes WHERE document_id IS NOT NULL AND kind NOT IN {things} ORDER BY run_id, id"
    for row in rows(db, sql):
        place = (str(row["document_id"]), str(row["kind"]))
        if row["before"] is not None:
            facts[(*place, str(row["thing_before"] or row["thing"]), str(row["before"]))] -= 1
        if row["after"] is not None:
            facts[(*place, str(row["thing"]), str(row["after"]))] += 1
    assert all(number >= 0 for number in facts.values())
    return +facts


@pytest.mark.parametrize("seed", range(6))
def test_changes_played_again_give_the_facts(seed: int) -> None:
    db, chance = open_database(None), random.Random(seed)
    for number in range(6):
        at = f"2026-01-{number + 1:02}T00:00:00+00:00"
        run = Run(at, at, "ingest", "r1")
        for url in ("/a.txt", "/b.txt"):
            came = replace(danish.arrival(f"{at}{url}"), run=run)
            write(db, danish.extraction(text(chance), url), came)
        settle(db, run=run, rules=versions())
        assert replayed(db) == facts_of_today(db)
    assert scalar(db, "SELECT count(*) FROM changes WHERE action = 'changed'")


def test_rules_have_versions_and_are_counted() -> None:
    db = open_database(None)
    write(db, danish.extraction(danish.UIP), danish.arrival())
    settle(db, rules={"amounts/scaled": "abc", "amounts/never": "def"})
    found = {str(row["id"]): row for row in rows(db, "SELECT * FROM rules")}
    assert found["amounts/scaled"] == {"id": "amounts/scaled", "version": "abc", "fired": 2, "documents": 1}
    assert (found["amounts/never"]["fired"], found["agreements/uip"]["version"]) == (0, "")


def test_a_rule_has_another_version_where_a_word_is_worth_more() -> None:
    table = load_rules("tables")
    rule = next(rule for rule in table.rules if table.values)
    known = versions()[rule.key]
    assert version(rule, table) == known
    other = replace(rule, near=rule.near | {"andet"})
    assert version(other, table) != known


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="../shared/seeds is not on this machine")
def test_real_documents_read_twice_and_made_again(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    pipeline.ingest(Order(paths=(SHARED / "seeds",)), db)
    opened = open_database(db, read_only=True)
    assert replayed(opened) == facts_of_today(opened)
    before = danish.dump(opened, history=True)
    opened.close()
    pipeline.rebuild(db)
    opened = open_database(db, read_only=True)
    assert danish.dump(opened, history=True) == before
    opened.close()
