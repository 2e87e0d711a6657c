"""Drafts to text and blocks: begins with the title, ends where other articles begin."""

from collections.abc import Iterator

from corpus import furniture
from corpus.document import Block, Span
from corpus.shape import DATE_LINE, Draft

ABOVE = 4  # blocks above the title among which its date line is sought
TOP_KINDS = frozenset({"heading", "paragraph"})


def from_title(drafts: list[Draft], title: str) -> list[Draft]:
    """Begin with the title; of what stood above it keep only a date line, put below it."""
    drafts = [d for d in drafts if d.text and not furniture.is_line(d.text)]
    at = find_title(drafts, title)
    if at is not None:
        above, rest = drafts[:at], drafts[at:]
    else:
        above, rest = [], [*([Draft("heading", title, 1)] if title else []), *drafts]
    dates = [d for d in above[-ABOVE:] if d.kind != "cell" and DATE_LINE.fullmatch(d.text)][-1:]
    return [*until_furniture([*rest[:1], *dates, *rest[1:]])]


def find_title(drafts: list[Draft], title: str) -> int | None:
    """The place of the block that says the title: all of it, or else most of it or more."""
    tops = [(i, d.text) for i, d in enumerate(drafts) if d.kind in TOP_KINDS] if title else []
    same = (i for i, words in tops if words == title)
    alike = (i for i, words in tops if is_alike(words, title))
    return next(same, next(alike, None))


def is_alike(words: str, title: str) -> bool:
    """Is one the beginning of the other, and not a mere word of it?"""
    return words.startswith(title) or (title.startswith(words) and len(words) * 2 >= len(title))


def until_furniture(drafts: list[Draft]) -> Iterator[Draft]:
    """Leave out what a heading gives as other articles or services, up to the contact lines."""
    inside = True
    for i, draft in enumerate(drafts):
        if i and (draft.kind == "heading" or draft.bold):
            words = draft.text.strip(" :")
            inside = not furniture.AFTER.fullmatch(words) and (
                inside or bool(furniture.CONTACT.fullmatch(words))
            )
        if inside:
            yield draft


def drop_repeats(drafts: list[Draft]) -> Iterator[Draft]:
    """A heading or lead said twice in a row is said once."""
    for i, draft in enumerate(drafts):
        if i == 0 or draft.kind in {"cell", "list_item"} or draft.text != drafts[i - 1].text:
            yield draft


def compose(drafts: list[Draft]) -> tuple[str, tuple[Block, ...]]:
    """Text and blocks: empty lines between blocks, single ones within lists and tables."""
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for before, draft in zip([None, *drafts[:-1]], drafts, strict=True):
        lead = joint(before, draft)
        at += len(lead)
        parts += [lead, draft.text]
        span = Span(at, at + len(draft.text))
        level, marker = draft.level, draft.marker
        blocks.append(Block(draft.kind, span, level, marker, draft.page, draft.row, draft.column))
        at = span.end
    return "".join(parts), tuple(blocks)


def joint(before: Draft | None, draft: Draft) -> str:
    """What stands between two blocks."""
    if before is None:
        return ""
    if draft.kind == "cell" and before.kind == "cell" and not draft.gap:
        if draft.row == before.row:
            return " | " * ((draft.column or 0) - (before.column or 0))
        return "\n" + " | " * (draft.column or 0)
    if draft.kind == "cell":
        return "\n\n" + " | " * (draft.column or 0)
    lists = draft.kind == before.kind == "list_item"
    lead = "\n" if lists or not draft.gap else "\n\n"
    if draft.kind == "list_item":
        lead += f"{'  ' * ((draft.level or 1) - 1)}{draft.marker or '•'} "
    return lead
