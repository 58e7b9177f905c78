"""Figures split by sex where a group is so small that its members may be known: a remark.

A group is small when it has one to four members, the limit that is usual in public statistics. "En kvinna" is not
counted: that is a person in a story, and told in words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kunskapsbank.checks.check import Check
from kunskapsbank.checks.personal.published import ALLOW_IN_FIELDS, ALLOW_IN_TEXT, field_at
from kunskapsbank.markup.blocks import Form
from kunskapsbank.problems import Problem, Severity
from kunskapsbank.swedish.letters import BEGINS, ENDS, LETTER_OR_DIGIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kunskapsbank.markup.blocks import Block
    from kunskapsbank.model.document import Document
    from kunskapsbank.model.snapshot import Snapshot

RULE = "små grupper"

_MESSAGE = "en grupp är mindre än fem personer"
_HINT = "Skriv ”färre än fem”, eller slå ihop grupper, så att ingen kan kännas igen."

_SEX = (
    r"(?:kvinnor|kvinna|kvinnliga?|män|man|manliga?|flickor|flicka|pojkar|pojke|tjejer|tjej|killar|kille|mammor|mamma|"
    r"pappor|pappa|mödrar|fäder|döttrar|söner|ickebinära?|icke-binära?|transpersoner)"
)
# 3 kvinnor, två unga män; not 13 män, 2,4 kvinnor, 1 003 män or Avsnitt 3 Kvinnor.
_COUNTED = re.compile(
    rf"(?:[1-4]|[Tt]vå|[Tt]re|[Ff]yra)\s(?:(?:unga|yngre|vuxna|äldre|nyanlända|ensamstående|utsatta)\s)?"
    rf"{_SEX}(?!{LETTER_OR_DIGIT}|-)"
)
_NOT_BEFORE = re.compile(rf"(?:{LETTER_OR_DIGIT}|[0-9][.,:/\s])$")
# Kvinnor: 3; kvinnor (3).
_STATED = re.compile(
    rf"(?:[Kk]vinnor|[Mm]än|[Ff]lickor|[Pp]ojkar|[Tt]jejer|[Kk]illar)(?::\s?|\s\()[1-4]"
    rf"(?!{LETTER_OR_DIGIT}|[.,:–-][0-9]|\s?(?:%|procent|[0-9]|av\s))"
)
_SEX_HEAD = re.compile(rf"{BEGINS}{_SEX}{ENDS}")
_NO_COUNT = re.compile(rf"%|procent|andel|ålder|poäng|betyg|medel|kronor|{BEGINS}år{ENDS}")
_SMALL = re.compile(r"[1-4]\s*(?:st|personer)?")


def _look(documents: Iterable[Document], _: Snapshot) -> Iterator[Problem]:
    """Yield each line that counts a group of one sex smaller than five, in words or in a table."""
    for document in documents:
        if not (document.source and document.body):
            continue
        source = document.source
        in_fields = {number for number, line in enumerate(source.above.split("\n"), 1) if _is_counted(line)}
        for line in sorted(in_fields | lines(document.body.blocks)):
            in_body = line >= source.body_line
            hint = f"{_HINT} {(ALLOW_IN_TEXT if in_body else ALLOW_IN_FIELDS).format(rule=RULE)}"
            yield Problem(source.file, line, field_at(source, line), _MESSAGE, hint, rule=RULE)


CHECK = Check(frozenset({RULE}), Severity.REMARK, _look, alone=True)


def lines(blocks: Iterable[Block]) -> set[int]:
    """Return the lines of a text with a small group."""
    found: set[int] = set()
    for block in blocks:
        if block.form is Form.TABLE:
            found |= _rows_with_small_groups(block)
        elif block.form is not Form.CODE:
            found |= {block.line + block.words.count("\n", 0, place) for place in _places(block.words)}
    return found


def _places(text: str) -> Iterator[int]:
    """Yield where in running text a small group is counted."""
    for match in _COUNTED.finditer(text):
        if not _NOT_BEFORE.search(text[max(0, match.start() - 2) : match.start()]):
            yield match.start()
    yield from (match.start() for match in _STATED.finditer(text))


def _is_counted(text: str) -> bool:
    return next(_places(text), None) is not None


def _rows_with_small_groups(table: Block) -> set[int]:
    """Return the lines of the rows with a small number under, or after, the name of a sex, or with one in words."""
    columns = [_names_sex(cell) for cell in table.rows[0]]
    found = {table.line} if any(map(_is_counted, table.rows[0])) else set()
    # The line of dashes stands between the head and the first row.
    for line, row in enumerate(table.rows[1:], table.line + 2):
        in_row = _names_sex(row[0])
        is_counted = any(
            _SMALL.fullmatch(cell) and (in_row or is_sex) for cell, is_sex in zip(row, columns, strict=True)
        )
        if is_counted or any(map(_is_counted, row)):
            found.add(line)
    return found


def _names_sex(cell: str) -> bool:
    cell = cell.lower()
    return bool(_SEX_HEAD.search(cell)) and not _NO_COUNT.search(cell)
