"""How long reading facts takes, against spaCy's stock tokenizer on the same texts in the same run.

    python tests/benchmarks/extract.py [FOLDER]

Prints milliseconds a document and their ratio; and the ratio for one text ten and twenty times as
long, which shows whether time grows with the length of a document and not faster.
"""

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

import spacy  # noqa: E402 the path comes first

from corpus.document import Document, Origin, UnreadableError  # noqa: E402
from corpus.read import read_file  # noqa: E402
from corpus.text import read_text  # noqa: E402
from extractors.extract import extract  # noqa: E402

ROUNDS = 5


def documents(folder: Path) -> list[Document]:
    found = []
    for path in sorted(folder.iterdir()):
        try:
            found.append(read_file(path))
        except UnreadableError:
            continue
    return found


def milliseconds(work: Callable[[Document], object], texts: Sequence[Document]) -> float:
    """The best round's mean over the documents."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for text in texts:
            work(text)
        best = min(best, time.perf_counter() - start)
    return best / len(texts) * 1000


def longer(document: Document, times: int) -> Document:
    text = "\n\n".join(document.text for _ in range(times))
    return read_text(text, Origin("files", "/long.txt", "text/plain", "0"))


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "corpus" / "samples"
    found = documents(folder)
    stock = spacy.blank("da")  # not ours: ours keeps what it has seen
    extract(found[0])
    tokens = milliseconds(lambda d: stock.make_doc(d.text), found)
    facts = milliseconds(extract, found)
    print(f"{len(found)} documents: tokenizing {tokens:.2f} ms, all facts {facts:.2f} ms")
    print(f"ratio {facts / tokens:.2f}")
    base = milliseconds(extract, [longer(found[0], 10)])
    twice = milliseconds(extract, [longer(found[0], 20)])
    print(f"twice the length (ten and twenty times a document): {twice / base:.2f} times as long")


if __name__ == "__main__":
    main()
