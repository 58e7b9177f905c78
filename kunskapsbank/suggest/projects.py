"""The text of a report → the projects of the bank that it may be about, the likeliest first."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kunskapsbank.model.kinds import Kind
from kunskapsbank.swedish.text import fold

if TYPE_CHECKING:
    from kunskapsbank.model.catalogue import Catalogue
    from kunskapsbank.model.record import Record

# A report names its project in its title and in its first lines; so many characters are its beginning.
_BEGINNING = 3_000
_IN_TITLE, _IN_BEGINNING, _MOST_COUNTED = 20, 5, 10
# Shorter names are words of their own too.
_SHORTEST = 4


def named(title: str, text: str, catalogue: Catalogue) -> tuple[Record, ...]:
    """Return the projects whose title, alias or folder stands in a report, by how often and how early it does."""
    places = ((fold(title), _IN_TITLE), (fold(text[:_BEGINNING]), _IN_BEGINNING), (fold(text), 1))
    found = [(_weight(record, places), record) for record in catalogue.of_kind(Kind.PROJECT)]
    ranked = sorted((one for one in found if one[0]), key=lambda one: (-one[0], fold(one[1].title)))
    return tuple(record for _, record in ranked)


def _weight(record: Record, places: tuple[tuple[str, int], ...]) -> int:
    folder = PurePosixPath(record.file).parent.name.replace("-", " ")
    names = {folded for name in (record.title, *record.aliases, folder) if len(folded := fold(name)) >= _SHORTEST}
    if not names:
        return 0
    either = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    # Swedish names take an s: "Trappans deltagare".
    pattern = re.compile(rf"(?<!\w)(?:{either})s?(?!\w)")
    return sum(weight * min(len(pattern.findall(text)), _MOST_COUNTED) for text, weight in places)
