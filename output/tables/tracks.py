"""tracks: the parts that the Udviklings- og Investeringsprogrammer are made of."""

from collections.abc import Iterator

from output.table import Column, Row, Source, Table

NAMES = {1: "Udvikling", 2: "Udbredelse", 3: "Data"}
PURPOSES = {
    1: "promising practice is developed and tested",
    2: "what works is spread and anchored",
    3: "data and studies of what works",
}


def track_rows(_: Source) -> Iterator[Row]:
    for number, name in NAMES.items():
        yield {
            "id": f"uip-{number}",
            "number": number,
            "name": name,
            "purpose": PURPOSES[number],
        }


TRACKS = Table(
    name="tracks",
    order=0,
    description="The three tracks of the Udviklings- og Investeringsprogrammer, as its releases explain them.",
    columns=(
        Column("id", "TEXT PRIMARY KEY", "the programme's short name and the number of the track"),
        Column("number", "INTEGER NOT NULL", "the track's number: Spor 1"),
        Column("name", "TEXT NOT NULL", "its name in Danish"),
        Column("purpose", "TEXT NOT NULL", "what its money is for"),
    ),
    rows=track_rows,
    shared=True,
    label="name",
)

TABLES = (TRACKS,)
