"""Which phases of the model some words name, and a title without its phase words."""

from collections.abc import Iterable

from extractors.facts import Phase
from extractors.rules import load_rules

TABLE = load_rules("phases")
PHASES: tuple[Phase, ...] = ("screening", "modning", "afprøvning", "udbredelse")
SOME = 2  # a heading that names more phases than this is about the model
LONGEST_LEAD = 160  # characters of a sentence that leads into a list
CLAUSE = 60  # characters before a phase word that say when


def read_phases(words: str) -> tuple[Phase, ...]:
    """The phases named, in the order written.

    >>> read_phases("Screenings- og modningsprojekt om indsatser")
    ('screening', 'modning')
    """
    found = [(match.start(), phase) for phase in PHASES if (match := TABLE.rule(phase).pattern.search(words))]
    return tuple(phase for _, phase in sorted(found))


def section_phases(sentences: Iterable[str], told_now: bool = False) -> tuple[Phase, ...]:
    """The phases that sentences below a title say it will go through, and not those it has been
    through, unless what they tell is all of it.

    >>> section_phases(["Indsatsen blev modnet i 2021.", "Den udbredes nu."])
    ('udbredelse',)
    """
    found: list[Phase] = []
    for sentence in sentences:
        for _, phase in sorted(planned(sentence, told_now)):
            if phase not in found:
                found.append(phase)
    return tuple(found)


def planned(sentence: str, told_now: bool) -> Iterable[tuple[int, Phase]]:
    """Where a sentence says that something will be screened, matured, tried or spread."""
    for phase in PHASES:
        for match in TABLE.rule(f"section {phase}").pattern.finditer(sentence):
            before = sentence[max(0, match.start() - CLAUSE) : match.start()]
            breaks = [found.end() for found in TABLE.rule("clause").pattern.finditer(before)]
            clause = before[breaks[-1] if breaks else 0 :]
            if told_now or not TABLE.rule("not now").pattern.search(clause):
                yield match.start(), phase
                break


def heading_phases(words: str) -> tuple[Phase, ...]:
    """The phases of what stands below a heading that names them, and nothing else."""
    found = read_phases(words) if TABLE.rule("phase heading").pattern.search(words) else ()
    return found if len(found) <= SOME else ()


def lead_phases(words: str) -> tuple[Phase, ...]:
    """The phases of a list that words without an end lead into: 'Det er følgende fem, der skal udbredes:'"""
    words = words.rstrip()
    if len(words) > LONGEST_LEAD or words.endswith((".", "!", "?")) or "?" in words:
        return ()
    found = read_phases(words)
    return found if len(found) == 1 else ()


def phase_now(words: str) -> tuple[Phase, ...]:
    """The phase in the line of a project's page that tells it: what follows 'nu', if anything does."""
    now = [match.end() for match in TABLE.rule("now").pattern.finditer(words)]
    return read_phases(words[now[-1] :]) if now else read_phases(words)


def core_title(title: str) -> str:
    """The title without the phase words at its head.

    >>> core_title("Udbredelse af mestringsindsats til unge")
    'mestringsindsats til unge'
    """
    core = TABLE.rule("head").pattern.sub("", title, count=1).strip()
    return core or title
