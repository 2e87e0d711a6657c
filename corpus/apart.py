"""Files whose parsers can crash, hang or eat memory are read in a process of their own."""

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from subprocess import DEVNULL, PIPE
from typing import Any

from corpus.document import UnreadableError, UnreadableNowError
from corpus.shape import Draft

SECONDS = 120  # a text of three hundred pages takes about 60
MEGABYTES = 230  # of memory that the parser may ask for; with the interpreter itself less than 300
LETTERS = 8_000_000  # of text; the longest finance acts have 5
ENDED = 70  # exit code of a child that told why it ended
# the package is imported from where this file lies, and nothing else from there
START = (
    "import sys; sys.path.insert(0, sys.argv[2]); import corpus; sys.path.remove(sys.argv[2]); "
    "from corpus.apart import child; child(sys.argv[1])"
)
NAMES = {"pdf": "PDF", "docx": "Word file"}


@dataclass(frozen=True, slots=True)
class Parts:
    """What a parser found in a file: its title (or ""), its blocks, and codes of what it worked around."""

    title: str
    drafts: tuple[Draft, ...]
    notes: tuple[str, ...] = ()


def read_apart(kind: str, body: bytes, seconds: int = SECONDS, megabytes: int = MEGABYTES) -> Parts:
    """The parts of a file, by `drafts_of` of the module `corpus.<kind>` in a process of its own.

    Raises UnreadableError with the parser's reason, or for its crash, time-out or want of memory.
    """
    root = Path(__file__).resolve().parents[1]
    limits = [str(seconds), str(megabytes)]
    command = [sys.executable, "-P", "-X", "utf8", "-c", START, kind, str(root), *limits]
    try:
        done = subprocess.run(command, input=body, stdout=PIPE, stderr=DEVNULL, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        raise UnreadableNowError(too_long(kind)) from None
    return parts_of(kind, done.returncode, done.stdout)


def too_long(kind: str) -> str:
    return f"the {NAMES.get(kind, kind)} takes too long to read; it is damaged or huge: split it"


def parts_of(kind: str, code: int, answer: bytes) -> Parts:
    """What the child wrote, or an UnreadableError for what befell it.

    >>> parts_of("pdf", 0, b'{"title": "A", "drafts": [{"kind": "heading", "text": "A"}], "notes": []}').title
    'A'
    """
    name = NAMES.get(kind, kind)
    if code == ENDED:
        raise UnreadableError(answer.decode("utf-8", "replace"))
    if code:
        why = f"the {name} ended its reader (code {code})"
        raise UnreadableNowError(f"{why}; it is damaged or huge: fetch it again")
    found = json.loads(answer)
    drafts = tuple(Draft(**draft) for draft in found["drafts"])
    return Parts(found["title"], drafts, tuple(found["notes"]))


def child(kind: str) -> None:
    """The child's whole life: limits, the body from stdin, the parts to stdout.

    Parsers raise what they like on damaged files; here, where nothing else can suffer, each is
    told as one line.
    """
    out, sys.stdout = sys.stdout, sys.stderr  # whatever a parser prints is not our answer
    limit(int(sys.argv[3]), int(sys.argv[4]))
    name = NAMES.get(kind, kind)
    code = ENDED
    try:
        answer, code = written(kind, sys.stdin.buffer.read()), 0
    except UnreadableError as error:
        answer = str(error)
    except Exception as error:
        answer = reason(name, error)
    out.write(answer)
    out.flush()
    sys.exit(code)


def reason(name: str, error: Exception) -> str:
    """What a parser's exception means. Some wrap the want of memory in their own.

    >>> reason("PDF", ValueError("bad xref"))
    'damaged: the PDF cannot be parsed (ValueError); fetch it again'
    """
    if "MemoryError" in repr(error) or isinstance(error, MemoryError):
        return f"the {name} needs more memory than any agreement text; it is damaged or huge: split it"
    return f"damaged: the {name} cannot be parsed ({type(error).__name__}); fetch it again"


def written(kind: str, body: bytes) -> str:
    """The parts of a file as JSON. No pickle: what foreign bytes made is only ever read as text."""
    drafts_of: Callable[[bytes], Parts] = import_module(f"corpus.{kind}").drafts_of
    parts = drafts_of(body)
    if sum(len(draft.text) for draft in parts.drafts) > LETTERS:
        raise UnreadableError(f"more than {LETTERS:,} letters; split it")
    return json.dumps({"title": parts.title, "drafts": [*map(plain, parts.drafts)], "notes": parts.notes})


def plain(draft: Draft) -> dict[str, Any]:
    """The fields of a draft; no parser knows a span."""
    return {name: value for name, value in asdict(draft).items() if name != "span"}


def limit(seconds: int, megabytes: int) -> None:
    """Let the system end this process when it takes too much; where it cannot, the time-out is left."""
    try:
        import resource  # noqa: PLC0415 only where the platform has it
    except ImportError:
        return
    size = megabytes * 1_000_000
    limits = [
        (resource.RLIMIT_AS, size),
        (resource.RLIMIT_DATA, size),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ]
    for which, most in limits:
        _, hard = resource.getrlimit(which)
        soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(ValueError, OSError):  # a platform that names a limit and refuses it
            resource.setrlimit(which, (soft, hard))
