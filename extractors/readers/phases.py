"""Which phases of the model some words name, and a title without its phase words."""

from typing import cast

from extractors.facts import Phase
from extractors.rules import all_values, load_rules

TABLE = load_rules("phases")


def read_phases(words: str) -> tuple[Phase, ...]:
    """The phases named, in the order written.

    >>> read_phases("Screenings- og modningsprojekt om indsatser")
    ('screening', 'modning')
    """
    found = [(match.start(), rule.value) for rule, match in all_values(TABLE, words) if rule.name != "head"]
    return tuple(cast(Phase, phase) for _, phase in sorted(found, key=lambda pair: pair[0]))


def core_title(title: str) -> str:
    """The title without the phase words at its head.

    >>> core_title("Udbredelse af mestringsindsats til unge")
    'mestringsindsats til unge'
    """
    core = TABLE.rule("head").pattern.sub("", title, count=1).strip()
    return core or title
