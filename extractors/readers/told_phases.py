"""The phases that the text tells of a table's row: below a heading with its words, or in a sentence."""

from collections import defaultdict
from functools import cached_property

from extractors.facts import Phase
from extractors.language import Sentence
from extractors.layout import Layout
from extractors.readers.headings import is_heading, phases_below
from extractors.readers.phases import section_phases
from extractors.readers.titles import stems

FEWEST, MOST_OF = 2, 0.6  # words of a title that a sentence must have to tell of it, and which share
RARE = 20  # sentences that have a word: one in more tells of no single title, and time stays linear


class Told:
    """The headings and sentences of a document by the stems of their words, each looked at once."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout

    @cached_property
    def headings(self) -> dict[str, list[tuple[int, set[str]]]]:
        """The headings by the first of their stems."""
        found: dict[str, list[tuple[int, set[str]]]] = defaultdict(list)
        for index in range(len(self.layout.blocks)):
            own = stems(self.layout.words(index)) if is_heading(self.layout, index) else set()
            if own and len(found[min(own)]) < RARE:
                found[min(own)].append((index, own))
        return found

    @cached_property
    def sentences(self) -> dict[str, list[tuple[Sentence, set[str]]]]:
        """The sentences of paragraphs by each of their stems."""
        found: dict[str, list[tuple[Sentence, set[str]]]] = defaultdict(list)
        for sentence in self.layout.sentences:
            if self.layout.blocks[sentence.block_index].kind == "paragraph":
                own = stems(sentence.text)
                for stem in own:
                    found[stem].append((sentence, own))
        return found

    def phases_of(self, title: str) -> tuple[Phase, ...]:
        """The phases below the first heading that says no more than the title, else in the one sentence
        that has most of its words."""
        words = stems(title)
        below = [index for stem in words for index, own in self.headings.get(stem, ()) if own <= words]
        if below:
            return phases_below(self.layout, min(below))
        needed = max(FEWEST, len(words) * MOST_OF)
        places = (self.sentences.get(stem, ()) for stem in words)
        near = {s.span: (s, own) for found in places if len(found) <= RARE for s, own in found}
        naming = [sentence.text for sentence, own in near.values() if len(words & own) >= needed]
        return section_phases(naming) if len(naming) == 1 else ()
