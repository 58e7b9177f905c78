"""A table with joined cells and any number of heads → a table of Markdown, with one head and rows of equal length."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.intake.remarks import Told, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kunskapsbank.intake.spans import Page


_JOINED = Told(
    "En tabell har sammanslagna celler, som inte finns i banken. Kontrollera tabellen.",
    "{count} tabeller har sammanslagna celler, som inte finns i banken. Kontrollera tabellerna.",
)
_NO_COLUMNS = Told(
    "Tabellen som börjar med {which} saknar rubrikrad. Skriv vad kolumnerna innehåller i den tomma raden överst.",
    "{count} tabeller saknar rubrikrad: de som börjar med {which}. Skriv vad kolumnerna innehåller i de tomma raderna "
    "överst.",
)
_NO_HEAD = Told(
    "Tabellen som börjar med {which} saknar rubrikrad i originalet. Den första raden har blivit rubriker.",
    "{count} tabeller saknar rubrikrad i originalet, och första raden har blivit rubriker: de som börjar med {which}.",
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as the original has it: its Markdown, whether it is marked as a head, or stands out as one, its reach."""

    text: str
    is_marked: bool
    is_head: bool
    across: int
    down: int


@dataclass(frozen=True, slots=True)
class _Place:
    """A place in the table: its text, whether it names a row or column, and whether a joined cell reaches it."""

    text: str
    is_head: bool = False
    from_left: bool = False
    from_above: bool = False


def written(rows: Sequence[Sequence[Cell]], in_head: Sequence[bool], page: Page) -> list[str]:
    """Return the table, nothing where it has no text; `in_head` says which rows the original has in its head.

    What is joined downwards is repeated, as each row must be understood by itself. Several rows of heads become one.
    What an editor should look at is noted on the page.
    """
    every = zip(_grid(rows), rows, in_head, strict=True)
    filled = [
        (places, is_head or all(cell.is_marked for cell in row))
        for places, row, is_head in every
        if any(place.text for place in places)
    ]
    if not filled:
        return []
    grid, marked = [places for places, _ in filled], [is_head for _, is_head in filled]
    if any(place.from_left or place.from_above for row in grid for place in row):
        page.remark(_JOINED)
    heads = next((number for number, is_head in enumerate(marked) if not is_head), len(marked))
    if heads == len(grid):
        heads = 1
    heads = heads or _guessed_heads(grid, page)
    if heads == 1 and len(grid) > 2 and _goes_on(grid[0], grid[1]):
        heads = 2
    head = _one_head(grid[:heads]) if heads else [""] * len(grid[0])
    body = [["" if place.from_left else place.text for place in row] for row in grid[heads:]]
    lines = [f"| {' | '.join(row)} |" for row in [head, *body]]
    lines.insert(1, f"|{' --- |' * len(head)}")
    return ["\n".join(re.sub(" +", " ", line) for line in lines)]


def _grid(rows: Sequence[Sequence[Cell]]) -> list[list[_Place]]:
    """Return the places in rows, all equally long; a joined cell is at each place that it reaches."""
    grid: list[dict[int, _Place]] = [{} for _ in rows]
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while column in grid[number]:
                column += 1
            for under in range(min(cell.down, len(rows) - number)):
                for beside in range(cell.across):
                    place = _Place(cell.text, cell.is_head, beside > 0, under > 0)
                    grid[number + under].setdefault(column + beside, place)
            column += cell.across
    width = max((column + 1 for found in grid for column in found), default=0)
    return [[found.get(column, _Place("")) for column in range(width)] for found in grid]


def _guessed_heads(grid: list[list[_Place]], page: Page) -> int:
    """Return how many rows of a table without heads are taken for heads, one or none, and say so."""
    table = quoted(_unmarked(next(place.text for place in grid[0] if place.text)))
    if all(row[0].is_head and not any(place.is_head for place in row[1:]) for row in grid):
        # What stands to the left names the rows, and nothing names the columns.
        page.remark(_NO_COLUMNS, table)
        return 0
    if not all(place.is_head or not place.text for place in grid[0]):
        page.remark(_NO_HEAD, table)
    return 1


def _goes_on(head: list[_Place], row: list[_Place]) -> bool:
    """Tell whether a row parts the joined heads above it: words under each of them, and nothing else."""
    joined = {column for column, place in enumerate(head) if place.from_left}
    joined |= {column - 1 for column in joined}
    return bool(joined) and all(
        (place.text and not place.text[0].isdecimal()) if column in joined else not place.text or place.from_above
        for column, place in enumerate(row)
    )


def _one_head(rows: list[list[_Place]]) -> list[str]:
    """Return rows of heads as one: "Antal hushåll: Våren"."""
    if len(rows) == 1:
        return ["" if place.from_left else _unmarked(place.text) for place in rows[0]]
    columns = ([_unmarked(row[column].text) for row in rows] for column in range(len(rows[0])))
    return [": ".join(dict.fromkeys(filter(None, column))) for column in columns]


def _unmarked(text: str) -> str:
    return re.sub(r"(?<!\\)\*\*", "", text)
