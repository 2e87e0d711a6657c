"""The database in a web browser, by Datasette. The only module that imports datasette."""

import contextlib
import html
import re
import socket
import string
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import ModuleType
from typing import Any, cast
from urllib.parse import quote

from output.codebook import columns_of, view_origins
from output.database import open_database
from output.schema import HEADER, all_tables, all_views
from output.table import Table, Value, View

HOST = "127.0.0.1"  # this machine only
QUERIES = Path(__file__).parent / "queries"
SETTINGS = {
    "default_page_size": 50,
    "max_returned_rows": 5000,
    "sql_time_limit_ms": 5000,
    "facet_time_limit_ms": 1000,
    "suggest_facets": False,  # the tables name theirs
    "truncate_cells_html": 400,
    "default_cache_ttl": 0,  # a run's new rows show at once
}
# whatever a page says, the browser loads nothing from another host
POLICY = (
    "default-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
)
# columns of views and queries, and the page that tells more about their value
LINKS = {
    "agreement_id": "sums_of_an_agreement?agreement_id=",
    "document_id": "facts_of_a_document?document_id=",
    "mention_id": "where_a_fact_comes_from?mention_id=",
}
MARKED = re.compile("«(.*?)»")

DESCRIPTION = (
    "What money in Danish social policy was given for, how much, until when, and who agreed to it."
    " Every figure comes with the words it was read from and with the document they stand in."
)
LICENSE = "the texts belong to the authorities that published them; the program is under MIT"
SAFE = frozenset(string.ascii_letters + string.digits + "_-")

App = Callable[[Any, Any, Any], Awaitable[None]]  # an ASGI application


class DatasetteMissingError(Exception):
    """Datasette is not installed: it is an extra."""

    def __init__(self) -> None:
        super().__init__(
            "The web face needs Datasette, which is not installed: pip install 'puljespor[browse]'"
        )


class PortTakenError(Exception):
    """Another program listens at the port."""


def serve(db_path: Path, port: int = 8001, ready: Callable[[str], object] = print) -> None:
    """Show the database at http://127.0.0.1:port/ until interrupted; `ready` is told the address.

    Port 0 takes any free one. Nothing can be written, and only this machine can connect.
    Raises DatasetteMissingError, PortTakenError, FileNotFoundError or WrongDatabaseError.
    """
    web = application(db_path)
    import uvicorn  # noqa: PLC0415 (comes with datasette)

    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((HOST, port))
            door.listen()
        except OSError as error:
            raise PortTakenError(f"port {port} is in use: name another with --port") from error
        ready(f"http://{HOST}:{door.getsockname()[1]}/")
        config = uvicorn.Config(web.app(), log_level="warning", lifespan="on")
        with contextlib.suppress(KeyboardInterrupt):  # that is how it ends
            uvicorn.Server(config).run(sockets=[door])


def application(db_path: Path) -> Any:
    """A Datasette on the database, opened read-only.

    Raises DatasetteMissingError, FileNotFoundError or WrongDatabaseError.
    """
    try:
        from datasette import hookimpl  # noqa: PLC0415 (optional, and slow to import)
        from datasette.app import Datasette  # noqa: PLC0415
        from datasette.plugins import pm  # noqa: PLC0415
    except ImportError as error:
        raise DatasetteMissingError from error
    if not db_path.is_file():
        raise FileNotFoundError(f"{db_path}: no such database")
    open_database(db_path, read_only=True).close()
    if not pm.has_plugin("puljespor"):
        pm.register(plugin(hookimpl), name="puljespor")
    return Datasette([str(db_path)], metadata=metadata(db_path.stem), settings=SETTINGS)


def metadata(database: str = "puljespor") -> dict[str, Any]:
    """Datasette's metadata for a file called DATABASE.db, from the descriptions of its tables."""
    queries = named_queries()
    return {
        "title": "Puljespor",
        "description": DESCRIPTION,
        "description_html": front_page(database, queries),
        "license": LICENSE,
        "databases": {
            database: {
                "title": "Puljespor: all tables, views and queries",
                "description": DESCRIPTION,
                "tables": {table.name: table_metadata(table) for table in all_tables()}
                | {view.name: view_metadata(view) for view in all_views()},
                "queries": {
                    query.name: {
                        "title": query.title,
                        "description": query.description,
                        "sql": query.sql,
                        "hide_sql": True,
                    }
                    for query in queries
                },
            }
        },
    }


def named_queries() -> tuple[View, ...]:
    """The queries of output/queries, written like views; they can have :parameters.

    A file's number is its place on the front page, the rest its query's name.
    Raises ValueError for a file without title and description.
    """
    found = []
    for path in sorted(QUERIES.iterdir()):
        parts = HEADER.fullmatch(path.read_text(encoding="utf-8").strip())
        if parts is None:
            raise ValueError(f"{path.name}: first lines must be '-- title:' and '-- description:'")
        name = path.stem.partition("_")[2]
        found.append(View(name, parts["title"], parts["description"], parts["sql"].strip()))
    return tuple(found)


def front_page(database: str, queries: tuple[View, ...]) -> str:
    """A search box and the questions, with links, in HTML."""
    home = f"/{path_part(database)}"
    lines = [
        f'<li><a href="{home}/{query.name}">{html.escape(query.title)}</a>:'
        f" {html.escape(query.description)}</li>"
        for query in queries
    ]
    box = (
        f'<form action="{home}/search"><p><input type="search" name="q" aria-label="words">'
        ' <input type="submit" value="Search the texts"></p></form>'
    )
    questions = f"<ul class='bullets'>{''.join(lines)}</ul>"
    codebook = f'<p>All columns are explained on the pages of <a href="{home}">the tables</a>.</p>'
    return f"<p>{html.escape(DESCRIPTION)}</p>{box}{questions}{codebook}"


def described(description: str) -> dict[str, str]:
    """A description, with a style that sets the list of columns below it in several columns."""
    return {
        "description": description,
        "description_html": f"<p>{html.escape(description)}</p>"
        "<style>dl.column-descriptions { columns: 20em } dt { break-after: avoid }</style>",
    }


def table_metadata(table: Table) -> dict[str, Any]:
    """What Datasette should know of a table."""
    known: dict[str, Any] = {
        **described(table.description),
        "columns": descriptions(table.name),
        "facets": list(table.facets),
        "sortable_columns": [
            column.name
            for column in table.columns
            if column.name not in table.search or column.name == table.label
        ],
    }
    if table.label:
        known["label_column"] = table.label
    if table.search:
        known |= {"fts_table": f"{table.name}_fts", "fts_pk": "rowid"}
    return known


def view_metadata(view: View) -> dict[str, Any]:
    """What Datasette should know of a view; its facets are those of the columns it took over."""
    columns = descriptions(view.name)
    origins = view_origins(view)
    return {
        **described(f"{view.title}. {view.description}"),
        "columns": columns,
        "facets": [
            name
            for name, (table, column) in origins.items()
            if name in columns and column.name in table.facets
        ],
        "sortable_columns": list(columns),
    }


def descriptions(name: str) -> dict[str, Value]:
    return {str(row["column"]): row["description"] for row in columns_of(name)}


def plugin(hookimpl: Callable[[Any], Any]) -> ModuleType:
    """What Datasette lacks: links in views and queries, marked hits, and the security policy."""
    found: Any = ModuleType("puljespor")
    found.render_cell = hookimpl(cell)
    found.asgi_wrapper = hookimpl(lambda: with_policy)
    return cast(ModuleType, found)


def cell(value: Value, column: str, table: str | None, database: str) -> object:
    """A cell as HTML, or None to leave it to Datasette, which makes the links of tables."""
    from markupsafe import Markup  # noqa: PLC0415 (comes with datasette)

    if isinstance(value, int) and column.endswith("_dkk"):
        return kroner(value)
    in_view = table is None or any(view.name == table for view in all_views())
    if not in_view or not isinstance(value, str) or not value:
        return None
    text = html.escape(value)
    if column == "passage":
        return Markup(MARKED.sub(r"<mark>\1</mark>", text))
    page = page_of(value, column)
    return Markup(f'<a href="/{path_part(database)}/{page}">{text}</a>') if page else None


def kroner(dkk: int) -> str:
    """A sum in groups of three digits, for the eye.

    >>> kroner(142000000)
    '142\u202f000\u202f000'
    """
    return f"{dkk:,}".replace(",", "\u202f")


def page_of(value: str, column: str) -> str | None:
    """The page that tells more of a value.

    >>> page_of("uip-2022", "agreement_id")
    'sums_of_an_agreement?agreement_id=uip-2022'
    >>> page_of("uip-2022", "title")
    """
    if column == "initiative_id":
        return f"initiatives/{path_part(value)}"
    return LINKS[column] + quote(value, safe="") if column in LINKS else None


def path_part(text: str) -> str:
    """One part of an address, as Datasette writes it.

    >>> path_part("uip-2022:åben")
    'uip-2022~3A~C3~A5ben'
    """
    return "".join(chr(b) if chr(b) in SAFE else f"~{b:02X}" for b in text.encode())


def with_policy(app: App) -> App:
    """The application, every answer with the security policy."""

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        async def send_with_policy(event: Any) -> None:
            if event["type"] == "http.response.start":
                headers = [*event["headers"], (b"content-security-policy", POLICY.encode())]
                event = event | {"headers": headers}
            await send(event)

        await app(scope, receive, send_with_policy)

    return cast(App, answer)
