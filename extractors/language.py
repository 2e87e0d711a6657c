"""The Danish spaCy pipeline: tokens, sentences and phrase matchers. The only module that imports spacy."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from corpus.document import Block, Document, Span
from extractors import quick
from extractors.patterns import Pattern
from extractors.rules import load_rules

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import PhraseMatcher

BOUNDARY = re.compile(r"[.!?…]+[”\"’»)\]]*(?=\s+[\"”»“(\[–-]*\s?[A-ZÆØÅ0-9§])")
INITIAL = re.compile(r"(?<!\w)[A-ZÆØÅ]\.$")
ORDINAL = re.compile(r"(?<![\d.,])\d{1,2}\.$")
LOOK_AHEAD = 8  # characters: spaces and quotation marks before the next word
LOOK_BACK = 14  # characters: longer than any abbreviation


@cache
def danish() -> "Language":
    """Tokenizer only; no trained model. Importing spaCy takes seconds, so it waits for the first text."""
    import spacy  # noqa: PLC0415 heavy: commands that read no text must not wait for it

    return spacy.blank("da")


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """One sentence, never over the edge of a block. The same only to itself: it is made once a document."""

    span: Span
    text: str
    block: Block
    block_index: int


def sentences(document: Document) -> Iterator[Sentence]:
    """Every sentence of every block, in reading order."""
    for index, block in enumerate(document.blocks):
        for span in split_sentences(document.text, block.span):
            yield Sentence(span, document.quote(span), block, index)


def split_sentences(text: str, within: Span) -> Iterator[Span]:
    """The sentences of a stretch of text.

    Full stops decide, with the abbreviations of rules/sentences.toml: some never end a sentence,
    some do before a capital letter (spaCy's own splitter never ends one at 'kr.').
    """
    start = within.start
    for boundary in BOUNDARY.finditer(text, within.start, within.end):
        if ends_sentence(text, within.start, boundary):
            yield from trimmed(text, start, boundary.end())
            start = boundary.end()
    yield from trimmed(text, start, within.end)


def ends_sentence(text: str, begin: int, boundary: re.Match[str]) -> bool:
    if not boundary[0].startswith("."):
        return True
    head = text[max(begin, boundary.start() - LOOK_BACK) : boundary.start() + 1]
    following = text[boundary.end() : boundary.end() + LOOK_AHEAD].lstrip().lstrip('"”»“([–- ')
    table = load_rules("sentences")
    if table.rule("never").pattern.search(head) or INITIAL.search(head) or ORDINAL.search(head):
        return False
    return not (table.rule("maybe").pattern.search(head) and following[:1].isdigit())


def trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)


@cache
def phrase_matcher(table: str, kind: str) -> "PhraseMatcher":
    """A matcher for the words of one kind of a rule table and their genitives, as written."""
    from spacy.matcher import PhraseMatcher  # noqa: PLC0415 heavy, see danish()

    matcher = PhraseMatcher(danish().vocab, attr="ORTH")
    for word in load_rules(table).values[kind]:
        matcher.add(word, [danish().make_doc(form) for form in (word, f"{word}s")])
    return matcher


@cache
def phrase_letters(table: str, kind: str) -> re.Pattern[str]:
    """The letters of the words of one kind, whatever stands between them: without these no tokens are."""
    words = load_rules(table).values[kind]
    letters = "|".join(r"\W*".join(re.findall(r"\w+", word)) for word in words)
    return quick.compiled(Pattern(letters, {}, 0))


def find_phrases(sentence: Sentence, table: str, kind: str) -> Iterator[tuple[Span, str]]:
    """Where the words of a table stand in a sentence, the longest where several begin; with the word."""
    if not phrase_letters(table, kind).search(sentence.text):
        return
    doc = danish().make_doc(sentence.text)
    matches = phrase_matcher(table, kind)(doc)
    end = sentence.span.start
    for key, first, last in sorted(matches, key=lambda m: (m[1], -m[2])):
        piece = doc[first:last]
        span = Span(sentence.span.start + piece.start_char, sentence.span.start + piece.end_char)
        if span.start >= end:
            end = span.end
            yield span, doc.vocab.strings[key]
