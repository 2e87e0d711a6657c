"""The process apart: what it hands back, and what befalls it."""

import sys
import zlib
from pathlib import Path
from types import ModuleType

import pytest

from corpus import apart
from corpus.apart import Parts, parts_of, plain, read_apart, written
from corpus.document import UnreadableError
from corpus.shape import Draft
from tests.corpus import pdfs

pytestmark = pytest.mark.slow

CHILD = "import sys; sys.stdin.buffer.read(); "


def tiny_pdf(content: bytes) -> bytes:
    """A PDF of one page whose drawing is given, packed."""
    packed = zlib.compress(content, 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(objects) + 1, table)
    return out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def test_parts_come_back_as_they_were() -> None:
    parts = read_apart("pdf", pdfs.SAMPLE.read_bytes())
    assert parts.title == pdfs.NAME
    assert parts.drafts[0].kind == "heading"
    assert {draft.page for draft in parts.drafts} == {1, 2, 3}


def test_a_draft_survives_the_way_over_json(monkeypatch: pytest.MonkeyPatch) -> None:
    drafts = (Draft("heading", "Aftale", 1, page=1), Draft("cell", "-", row=1, column=2, page=3, gap=False))
    module = ModuleType("corpus.stand_in")
    monkeypatch.setattr(module, "drafts_of", lambda body: Parts("Aftale", drafts, ("x",)), raising=False)
    monkeypatch.setitem(sys.modules, "corpus.stand_in", module)
    assert parts_of("stand_in", 0, written("stand_in", b"").encode()) == Parts("Aftale", drafts, ("x",))
    assert "span" not in plain(drafts[0])


@pytest.mark.parametrize(
    ("life", "message"),
    [
        ("import os; os.abort()", r"ended its reader \(code -6\)"),
        ("raise SystemExit(3)", r"ended its reader \(code 3\)"),
        ("print('cut off: no end', end=''); raise SystemExit(70)", "^cut off: no end$"),
        ("while True: pass", "takes too long"),
    ],
)
def test_what_befalls_the_child_is_one_line(life: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "START", CHILD + f"exec({life!r})")
    with pytest.raises(UnreadableError, match=message) as caught:
        read_apart("pdf", b"%PDF-", seconds=2)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "content",
    [b" " * 200_000_000, b"BT /F1 10 Tf 10 10 Td (aftale) Tj ET " * 100_000],
    ids=["blanks", "letters"],
)
def test_a_small_file_that_unpacks_to_a_huge_one_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_apart("pdf", tiny_pdf(content))


def test_the_child_holds_to_its_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    life = "from corpus.apart import limit; limit(9, 150); bytearray(400_000_000)"
    monkeypatch.setattr(apart, "START", f"import sys; sys.path.insert(0, sys.argv[2]); {life}")
    with pytest.raises(UnreadableError, match=r"code 1\b"):
        read_apart("pdf", b"%PDF-")


def test_a_platform_without_limits_reads_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    start = apart.START.replace("import sys;", "import sys; sys.modules['resource'] = None;", 1)
    monkeypatch.setattr(apart, "START", start)
    assert read_apart("pdf", pdfs.SAMPLE.read_bytes()).title == pdfs.NAME


def test_it_works_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise RuntimeError('a file of the user, not the library')")
    monkeypatch.chdir(tmp_path)
    assert read_apart("pdf", pdfs.SAMPLE.read_bytes()).title == pdfs.NAME


def test_the_child_imports_nothing_heavy(monkeypatch: pytest.MonkeyPatch) -> None:
    told = "import corpus.pdf; sys.exit(7 + len({'spacy', 'prefect', 'bs4', 'numpy'} & {*sys.modules}))"
    monkeypatch.setattr(apart, "START", apart.START.replace("child(sys.argv[1])", told))
    with pytest.raises(UnreadableError, match=r"\(code 7\)"):
        read_apart("pdf", b"")
