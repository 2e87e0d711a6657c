"""What Prefect is told before it is imported: be quiet, stay at home, take your time."""

from __future__ import annotations

import os

DEFAULT_CRON = "15 4 * * *"
"""After 03:00: on the last Sunday of March the hour from two to three does not exist in
Denmark, and on the last Sunday of October it comes twice."""

QUIET_LEVEL = "WARNING"

_QUIET = {
    # nothing is sent to anybody
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
    # nothing is said unless something is wrong
    "PREFECT_LOGGING_LEVEL": QUIET_LEVEL,
    "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
    "PREFECT_SERVER_UI_ENABLED": "false",
    # a first start on a slow machine takes 15 to 26 seconds; Prefect's own limit is 20
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    # the history of a short run is on disk before its server stops
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "200",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "200",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
    # ten thousand file names are more than Prefect's usual half megabyte of parameters
    "PREFECT_SERVER_API_MAX_PARAMETER_SIZE": "0",
}
_LOOPBACK = "127.0.0.1,localhost"


def quiet_environment() -> None:
    """Make Prefect quiet and offline, except where the user has already said otherwise.

    Call it before anything imports prefect, which reads the environment once. `PREFECT_HOME`,
    `PREFECT_PROFILE` and `PREFECT_API_URL` are the user's and stay untouched.
    """
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    _talk_to_ourselves_directly()


def _talk_to_ourselves_directly() -> None:
    """Keep an office proxy out of the conversation with a server on this machine."""
    for name in ("NO_PROXY", "no_proxy"):
        hosts = os.environ.get(name, "")
        if "127.0.0.1" not in hosts and hosts != "*":
            os.environ[name] = f"{hosts},{_LOOPBACK}".lstrip(",")


SKIPPED_HOUR = 2  # does not exist on the last Sunday of March, comes twice in October
HOURS = 24


def hours_of(field: str) -> set[int]:
    """The hours that the second field of a cron expression names: '1-3', '4,16', '4/6'."""
    found: set[int] = set()
    for part in field.split(","):
        span, _, step = part.partition("/")
        first, _, last = span.partition("-")
        end = int(last) if last else (HOURS - 1 if step else int(first))
        found.update(range(int(first), end + 1, int(step or 1)))
    return found
