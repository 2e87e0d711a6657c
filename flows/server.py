"""A Prefect server to talk to: the configured one, or our own for as long as we need it.

A schedule never fires without a real server, and the server Prefect starts for itself forgets
most of what happened and outlives us when we are killed. So we start `prefect server start`
on the loopback address, and it ends when we end: told to when we stop in good order, and by
itself (see `_prefect_until_orphaned`) when we are killed outright.
"""

from __future__ import annotations

import os
import runpy
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import IO, NoReturn

_START_SECONDS = 120
_STOP_SECONDS = 15
_REFUSED = (401, 403)  # a server that wants a password is a server that answers


class ServerError(RuntimeError):
    """No Prefect server to talk to; the message is one line for the user."""


@contextmanager
def prefect_server(configured: str | None = None) -> Iterator[str]:
    """Yield the API address of a server that answers, starting one if none is configured.

    A configured address (the argument, else `PREFECT_API_URL`) that does not answer is an
    error: a schedule on another server than the one its owner looks at would be lost.
    """
    url = configured or os.environ.get("PREFECT_API_URL")
    if url:
        if not answers(url):
            raise ServerError(f"The configured Prefect server does not answer: {url}")
        yield url
        return
    with stopped_by_signals(), _own_server() as url, _announced(url):
        yield url


def answers(url: str) -> bool:
    """Tell whether a Prefect API answers at this address."""
    try:
        with urllib.request.urlopen(f"{url.rstrip('/')}/health", timeout=10):
            return True
    except urllib.error.HTTPError as error:
        return error.code in _REFUSED
    except (OSError, ValueError):
        return False


def stopped_by_signals() -> AbstractContextManager[None]:
    """Leave through the ordinary exit, cleaning up, on SIGTERM and when the terminal closes."""
    return on_signals(_leave, "SIGTERM", "SIGHUP")


@contextmanager
def on_signals(handler: Callable[[int, FrameType | None], None], *names: str) -> Iterator[None]:
    """Handle these signals, as far as the machine has them, and restore the handlers afterwards.

    A signal that is ignored stays so: whoever started us with `nohup` or `&` wants it that way.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # Python handles signals in the main thread only
        return
    numbers = [signal.Signals[name] for name in names if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    for number, previous in before.items():
        signal.signal(number, signal.SIG_IGN if previous is signal.SIG_IGN else handler)
    try:
        yield
    finally:
        for number, previous in before.items():
            signal.signal(number, previous)


def _leave(number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)


@contextmanager
def _own_server() -> Iterator[str]:
    url = f"http://127.0.0.1:{_free_port()}/api"
    with tempfile.TemporaryFile() as log:
        server = _start(url, log)
        try:
            _wait(server, url, log)
            yield url
        finally:
            _stop(server)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _start(url: str, log: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start this file as a program; in its own session, so Ctrl-C reaches us first."""
    port = url.removesuffix("/api").rpartition(":")[2]
    return subprocess.Popen(
        [sys.executable, "-P", str(Path(__file__).resolve()), port],
        stdin=subprocess.PIPE,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )


def _wait(server: subprocess.Popen[bytes], url: str, log: IO[bytes]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not answers(url):
        if server.poll() is not None:
            raise ServerError(f"Prefect's server did not start: {_last_line(log)}")
        if time.monotonic() > deadline:
            raise ServerError(f"Prefect's server did not start in {_START_SECONDS} seconds")
        time.sleep(0.2)


def _last_line(log: IO[bytes]) -> str:
    log.seek(0)
    lines = log.read().decode(errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")


def _stop(server: subprocess.Popen[bytes]) -> None:
    """Ask it to stop; insist after a while, or at once when we are interrupted again."""
    server.terminate()
    try:
        with suppress(subprocess.TimeoutExpired):
            server.wait(_STOP_SECONDS)
    finally:
        if server.poll() is None:
            server.kill()
            server.wait()
        if server.stdin:
            server.stdin.close()


@contextmanager
def _announced(url: str) -> Iterator[None]:
    os.environ["PREFECT_API_URL"] = url
    try:
        yield
    finally:
        os.environ.pop("PREFECT_API_URL", None)


def _prefect_until_orphaned(port: str) -> None:
    """Be `prefect server start`, and stop when the process that started us is gone.

    Its end of our standard input closes when it dies, however it dies.
    """
    threading.Thread(target=_stop_at_end_of_input, daemon=True).start()
    sys.argv = ["prefect", "server", "start", "--host", "127.0.0.1", "--port", port]
    runpy.run_module("prefect", run_name="__main__", alter_sys=True)


def _stop_at_end_of_input() -> None:
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    _prefect_until_orphaned(sys.argv[1])
