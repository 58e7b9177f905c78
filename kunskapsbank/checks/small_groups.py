"""Figures split by sex where a group is so small that its members may be known: a remark.

A group is small when it has one to four members, the limit that is usual in public statistics. "En kvinna" is not
counted: that is a person in a story, and told in words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kunskapsbank.checks.check import Check
from kunskapsbank.checks.personal.published import ALLOW_IN_FIELDS, ALLOW_IN_TEXT, field_at
from kunskapsbank.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kunskapsbank.model.document import Document
    from kunskapsbank.model.snapshot import Snapshot

RULE = "små grupper"

_MESSAGE = "en grupp är mindre än fem personer"
_HINT = "Skriv ”färre än fem”, eller slå ihop grupper, så att ingen kan kännas igen."

_LETTER = r"0-9A-Za-zÅÄÖåäöÉé"
_SEX = (
    r"(?:kvinnor|kvinna|kvinnliga?|män|man|manliga?|flickor|flicka|pojkar|pojke|tjejer|tjej|killar|kille|mammor|mamma|"
    r"pappor|pappa|mödrar|fäder|döttrar|söner|ickebinära?|icke-binära?|transpersoner)"
)
# 3 kvinnor, två unga män; not 13 män, 2,4 kvinnor, 1 003 män or Avsnitt 3 Kvinnor.
_COUNTED = (
    rf"(?:[1-4]|[Tt]vå|[Tt]re|[Ff]yra)[ \u00a0](?:(?:unga|yngre|vuxna|äldre|nyanlända|ensamstående|utsatta)[ \u00a0])?"
    rf"{_SEX}(?![{_LETTER}-])"
)
_NOT_BEFORE = rf"(?:[{_LETTER}]|[0-9][.,:/ \u00a0])$"
# Kvinnor: 3; kvinnor (3).
_STATED = (
    rf"(?:[Kk]vinnor|[Mm]än|[Ff]lickor|[Pp]ojkar|[Tt]jejer|[Kk]illar)(?::[ \u00a0]?|[ \u00a0]\()[1-4]"
    rf"(?![{_LETTER}]|[.,:–-][0-9]|[ \u00a0]?(?:%|procent|[0-9]|av[ \u00a0]))"
)
_DELIMITERS = r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$"
_COMMENT = r"<!--[^>]*-->"
_SEX_HEAD = rf"(?:^|[^{_LETTER}]){_SEX}(?![{_LETTER}])"
_NO_COUNT = rf"%|procent|andel|ålder|poäng|betyg|medel|kronor|(?:^|[^{_LETTER}])år(?![{_LETTER}])"
_SMALL = r"^[ \t*_]*[1-4][ \t*_]*(?:st|personer)?[ \t*_]*$"
_PATTERNS = {
    "counted": _COUNTED,
    "notBefore": _NOT_BEFORE,
    "stated": _STATED,
    "delimiters": _DELIMITERS,
    "comment": _COMMENT,
    "sexHead": _SEX_HEAD,
    "noCount": _NO_COUNT,
    "small": _SMALL,
}
_R = {name: re.compile(pattern) for name, pattern in _PATTERNS.items()}


def _look(documents: Iterable[Document], _: Snapshot) -> Iterator[Problem]:
    """Yield each line that counts a group of one sex smaller than five, in words or in a table."""
    for source in (document.source for document in documents if document.source):
        for line in lines(source.text):
            in_body = line >= source.body_line
            hint = f"{_HINT} {(ALLOW_IN_TEXT if in_body else ALLOW_IN_FIELDS).format(rule=RULE)}"
            yield Problem(source.file, line, field_at(source, line), _MESSAGE, hint, rule=RULE)


CHECK = Check(frozenset({RULE}), Severity.REMARK, _look)


def lines(text: str) -> list[int]:
    """Return the 1-based lines of `text` with a small group."""
    rows = text.split("\n")
    in_tables = _rows_with_small_cells(rows)
    return [
        number
        for number, row in enumerate(rows, 1)
        if number in in_tables or _is_counted(row) or _R["stated"].search(row)
    ]  # fmt: skip


def _is_counted(row: str) -> bool:
    return any(not _R["notBefore"].search(row[: match.start()]) for match in _R["counted"].finditer(row))


def _rows_with_small_cells(rows: list[str]) -> set[int]:
    """Return the 1-based lines of the rows of tables with a small number under, or after, the name of a sex."""
    found: set[int] = set()
    columns: list[bool] = []
    for place, row in enumerate(rows):
        if "|" not in row:
            columns = []
        elif _R["delimiters"].search(row) and place:
            columns = [_names_sex(cell) for cell in _cells(rows[place - 1])]
        elif columns:
            cells = _cells(row)
            in_row = _names_sex(cells[0])
            if any(
                _R["small"].search(cell) and (in_row or (column < len(columns) and columns[column]))
                for column, cell in enumerate(cells)
            ):
                found.add(place + 1)
    return found


def _cells(row: str) -> list[str]:
    inner = _R["comment"].sub("", row).strip().removeprefix("|").removesuffix("|")
    return inner.split("|")


def _names_sex(cell: str) -> bool:
    cell = cell.lower()
    return bool(_R["sexHead"].search(cell)) and not _R["noCount"].search(cell)
