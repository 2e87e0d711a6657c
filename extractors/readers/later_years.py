"""The years of a sum that comes after another one's: 'og derefter 8,3 mio. kr. om året frem til 2028'."""

from extractors.facts import Amount
from extractors.layout import Layout
from extractors.rules import load_rules

LINKS = load_rules("year_links")


def follows(layout: Layout, amount: Amount, stop: int) -> bool:
    """'5,0 mio. kr. årligt derefter': the years after those of the sum before."""
    after = layout.document.text[amount.evidence.span.end : stop]
    before = layout.document.text[max(0, amount.evidence.span.start - 25) : amount.evidence.span.start]
    return bool(
        layout.search(LINKS.rule("thereafter"), after[:40]) or layout.search(LINKS.rule("thereafter"), before)
    )


def years_later(
    layout: Layout, amount: Amount, before: Amount, whole: tuple[int, int] | None, stop: int
) -> tuple[int, int | None] | None:
    """The years from the one after another sum's to the one that is told, or to the end of the whole."""
    if not before.end_year or not follows(layout, amount, stop):
        return None
    match = LINKS.rule("until a year").pattern.search(layout.document.text[amount.evidence.span.end : stop])
    ends = [int(match["year"])] if match else []
    ends += [whole[1]] if whole else []
    return before.end_year + 1, next((year for year in ends if year > before.end_year), None)
