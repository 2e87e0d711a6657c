"""How alike two titles are. The only module that imports rapidfuzz."""

from rapidfuzz import fuzz


def common_words(one: str, other: str) -> float:
    """Likeness of two folded titles, 0 to 100, whatever the order of words; 100 where one holds the other.

    >>> common_words("møde mellem unge", "unge møde")
    100.0
    """
    return fuzz.token_set_ratio(one, other)


def all_words(one: str, other: str) -> float:
    """Likeness of two folded titles, 0 to 100, whatever the order of words; words that one lacks count.

    >>> round(all_words("unge møde", "møde unge")), all_words("unge møde", "unge møde i gruppe") < 90
    (100, True)
    """
    return fuzz.token_sort_ratio(one, other)
