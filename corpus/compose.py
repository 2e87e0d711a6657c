"""Drafts to text and blocks: begins with the title, ends where other articles begin."""

from collections.abc import Iterator

from corpus import furniture
from corpus.document import Block, Span
from corpus.shape import DATE_LINE, Draft


def from_title(drafts: list[Draft], title: str) -> list[Draft]:
    """Begin with the title; of what stood above it keep only a date line, put below it."""
    at = next((i for i, draft in enumerate(drafts) if is_title(draft, title)), None)
    above, rest = (drafts[:at], drafts[at:]) if at is not None else ([], [Draft("heading", title or "Uden titel", 1), *drafts])
    dates = [d for d in above if DATE_LINE.fullmatch(d.text)]
    rest = [rest[0], *dates, *rest[1:]]
    return [d for d in until_furniture(rest) if d.text]


def is_title(draft: Draft, title: str) -> bool:
    """Is this the block that says the title, or begins it?"""
    words = draft.text
    same = bool(title) and (title.startswith(words) or words.startswith(title))
    return same and draft.kind in {"heading", "paragraph"}


def until_furniture(drafts: list[Draft]) -> Iterator[Draft]:
    """Everything before a heading that begins other articles or services."""
    for i, draft in enumerate(drafts):
        if i and draft.kind == "heading" and furniture.AFTER.fullmatch(draft.text.strip(" :")):
            return
        yield draft


def drop_repeats(drafts: list[Draft]) -> Iterator[Draft]:
    """A heading or lead said twice in a row is said once."""
    for i, draft in enumerate(drafts):
        if i == 0 or draft.kind == "cell" or draft.text != drafts[i - 1].text:
            yield draft


def compose(drafts: list[Draft]) -> tuple[str, tuple[Block, ...]]:
    """Text and blocks: empty lines between blocks, single ones within lists and tables."""
    text, blocks = "", []
    for i, draft in enumerate(drafts):
        text += joint(drafts[i - 1] if i else None, draft)
        blocks.append(Block(draft.kind, Span(len(text), len(text) + len(draft.text)), draft.level, draft.marker, None, draft.row, draft.column))
        text += draft.text
    return text, tuple(blocks)


def joint(before: Draft | None, draft: Draft) -> str:
    """What stands between two blocks."""
    if before is None:
        return ""
    if draft.kind == before.kind == "cell" and (draft.row or 0) >= (before.row or 0):
        if draft.row == before.row:
            return " | " * ((draft.column or 0) - (before.column or 0))
        return "\n" + " | " * (draft.column or 0)
    lists = draft.kind == before.kind == "list_item"
    lead = "" if draft.kind != "list_item" else f"{'  ' * ((draft.level or 1) - 1)}{draft.marker or '•'} "
    return ("\n" if lists or not draft.gap else "\n\n") + lead
