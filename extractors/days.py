"""One delimited day expression to a date. The only module that imports dateparser."""

import re
from datetime import date
from functools import lru_cache

SETTINGS = {"DATE_ORDER": "DMY", "STRICT_PARSING": True, "RETURN_AS_TIMEZONE_AWARE": False}
ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


@lru_cache(maxsize=4096)
def read_day(expression: str) -> date | None:
    """The day that a full day expression names, day first; None where there is no such day.

    Give it nothing but a delimited expression: on running text dateparser reads sums as dates.

    >>> read_day("02-11-2021"), read_day("2. november 2021")
    (datetime.date(2021, 11, 2), datetime.date(2021, 11, 2))
    >>> read_day("31-02-2020") is None
    True
    """
    from dateparser import parse  # noqa: PLC0415 heavy: only where a text has days

    plain = " ".join(expression.lower().replace("sept.", "sep.").split())
    if iso := ISO.fullmatch(plain):
        plain = f"{iso[3]}-{iso[2]}-{iso[1]}"
    found = parse(plain, languages=["da"], settings=SETTINGS)
    return found.date() if found else None
