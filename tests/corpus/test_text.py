"""Plain text to blocks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import UnreadableError
from corpus.text import read_text as read_plain
from tests.corpus.pages import PATIENT, assert_sound, kinds, read_text

NEWS = """Ti initiativer skal hjælpe udsatte

Offentliggjort 10-11-2020

Partierne har indgået en aftale om 120,7 mio. kr. til udsatte børn og voksne.

Social- og ældreminister Astrid Krag siger:

”Det er en god dag.

Og det er en god aftale for alle.”

- Astrid Krag

Fakta om aftalen

Aftalen består af:

• Modning af en indsats
  • Heraf 2 mio. kr. i 2021
  • Heraf 3 mio. kr. i 2022
• Afprøvning af en metode

Yderligere oplysninger

Pressetelefon: 41 85 13 60
"""


def test_a_press_release() -> None:
    document = read_text(NEWS)
    assert kinds(document) == [
        ("heading", "Ti initiativer skal hjælpe udsatte"),
        ("date_line", "Offentliggjort 10-11-2020"),
        (
            "paragraph",
            "Partierne har indgået en aftale om 120,7 mio. kr. til udsatte børn og voksne.",
        ),
        ("paragraph", "Social- og ældreminister Astrid Krag siger:"),
        ("quote", "”Det er en god dag."),
        ("quote", "Og det er en god aftale for alle.”"),
        ("attribution", "- Astrid Krag"),
        ("heading", "Fakta om aftalen"),
        ("paragraph", "Aftalen består af:"),
        ("list_item", "Modning af en indsats"),
        ("list_item", "Heraf 2 mio. kr. i 2021"),
        ("list_item", "Heraf 3 mio. kr. i 2022"),
        ("list_item", "Afprøvning af en metode"),
        ("heading", "Yderligere oplysninger"),
        ("contact", "Pressetelefon: ## ## ## ##"),
    ]
    levels = [block.level for block in document.blocks if block.kind == "list_item"]
    assert levels == [1, 2, 2, 1]
    assert document.text == NEWS.strip().replace("41 85 13 60", "## ## ## ##")


def blocks_of(body: str) -> list[tuple[str, str]]:
    return kinds(read_text(f"En titel\n\nEn indledning til det hele.\n\n{body}"))[2:]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("1. Skriv\n2. Læs", [("list_item", "Skriv"), ("list_item", "Læs")]),
        ("1) Skriv\n2) Læs", [("list_item", "Skriv"), ("list_item", "Læs")]),
        ("- Skriv et brev\n– Læs", [("list_item", "Skriv et brev"), ("list_item", "Læs")]),
        (
            "2. Økonomi\n\nPengene kommer fra reserven.",
            [("heading", "Økonomi"), ("paragraph", "Pengene kommer fra reserven.")],
        ),
        (
            "Fakta: Hvem kan søge?\n\n- Kommuner",
            [("heading", "Fakta: Hvem kan søge?"), ("list_item", "Kommuner")],
        ),
        (
            "Kan vi nå det? Ja, hvad ellers?\n\nPengene er sat af.",
            [("paragraph", "Kan vi nå det? Ja, hvad ellers?"), ("paragraph", "Pengene er sat af.")],
        ),
        (
            "Det er en god dag.\n\n- Astrid Krag",
            [("quote", "Det er en god dag."), ("attribution", "- Astrid Krag")],
        ),
        (
            "”Det er en god dag.”\n\n- Astrid Krag, minister",
            [("quote", "”Det er en god dag.”"), ("attribution", "- Astrid Krag, minister")],
        ),
        (
            "A | 1 | 2\nB | | 3",
            [("cell", "A"), ("cell", "1"), ("cell", "2"), ("cell", "B"), ("cell", "3")],
        ),
        ("Frist | 1. maj\nBeløb | 5", [(("cell"), w) for w in ("Frist", "1. maj", "Beløb", "5")]),
        ("Nyt | fra os", [("paragraph", "Nyt | fra os")]),
        ("Bo Holm, tlf. 41851360", [("contact", "Bo Holm, tlf. ########")]),
        ("Skriv til bo@sm.dk", [("contact", "Skriv til ##@##.##")]),
    ],
)
def test_shapes(body: str, expected: list[tuple[str, str]]) -> None:
    assert blocks_of(body) == expected


def test_table_cells_have_rows_and_columns() -> None:
    document = read_text("Titel her\n\nI alt:\n\nA | 2020 | 2021\nB |  | 3\n\nC | 1 | 2\nD | 3 | 4")
    places = [(b.row, b.column) for b in document.blocks if b.kind == "cell"]
    assert places == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 2)] + [
        (row, column) for row in (0, 1) for column in (0, 1, 2)
    ]


def test_wrapped_lines_are_one_block() -> None:
    first = "Partierne er enige om at afsætte penge til udsatte børn og unge i"
    second = "perioden 2020-2023, og de mødes igen til næste år."
    assert blocks_of(f"{first}\n{second}\nNyt afsnit.") == [
        ("paragraph", f"{first}\n{second}"),
        ("paragraph", "Nyt afsnit."),
    ]


def test_a_date_far_down_is_no_date_line() -> None:
    body = "\n\n".join(["Et afsnit, der fortæller om noget."] * 6)
    assert blocks_of(f"{body}\n\n10-11-2020")[-1][0] != "date_line"


def test_windows_line_ends_and_odd_spaces() -> None:
    document = read_text("Titel her\r\n\r\n90\u00a0mio.\u202fkr. til b\u00f8rn\u00ad og unge.\u2028Slut")
    assert document.text == "Titel her\n\n90 mio. kr. til børn og unge.\nSlut"


LINES = st.lists(
    st.text("ab Æø1.,:;-•|”\"'@\t", max_size=40)
    | st.sampled_from(["• et", "  • to", "1. tre", "- Bo Ib", "10-11-2020", "A | B | C", "”Hej"])
    | st.text(max_size=20),
    max_size=20,
).map("\n".join)


@PATIENT
@given(LINES)
def test_every_text_gives_sound_blocks(text: str) -> None:
    try:
        document = read_text(text)
    except UnreadableError:
        return
    assert_sound(document)
    assert read_text(text) == document
    assert read_plain(document.text, document.origin).text == document.text
