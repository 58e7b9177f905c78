"""A record's title → what it is and from when as a caption, and the name that is left."""

from __future__ import annotations

import re
from functools import cache

from kunskapsbank.swedish.phrases import capitalised


def apart(title: str, kind: str, years: str) -> tuple[str, str]:
    """Return ("Slutrapport 2018", "Samlarteam") for "Slutrapport 2018: Samlarteam", a "slutrapport" of "2018".

    `kind` and `years` are as they stand in a sentence; `years` may be empty. The caption is empty where the whole title
    says no more than it would. The search page takes titles apart in the same way: js/results.js.
    """
    caption = f"{capitalised(kind)} {years}".strip()
    prefix = _prefix(kind).match(title)
    name = title[prefix.end() :] if prefix else title
    return ("" if name.casefold() == caption.casefold() else caption), name


# There are as many as kinds, and lists ask for each of their lines.
@cache
def _prefix(kind: str) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(kind)}(?: \d{{4}})?: +(?=\S)", re.IGNORECASE)
