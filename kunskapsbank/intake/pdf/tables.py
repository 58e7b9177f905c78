"""Lines of a page → lines and tables: which words stand beside each other in rows, also where cells have several lines.

Tables are written row by row and cell by cell; columns of a page are written one after the other. So the order written
tells which of the two it is, where places alone do not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kunskapsbank.intake.pdf.lines import GAP, Line, Piece

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kunskapsbank.intake.pdf.lines import Rule

_MARK = re.compile(r"\d{1,2}[.)]|[^\w\s]|o")
# Lines of one cell stand no further apart than this, as a multiple of their size.
_LEADING = 1.7
_LONGEST_CELL = 60


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, all equally long; a cell is the lines in it."""

    rows: Sequence[Sequence[Sequence[Line]]]


Cell = list[Line]


def parted(lines: Sequence[Line], rules: Sequence[Rule] = ()) -> tuple[list[Line | Table], bool]:
    """Return the lines with tables among them, and whether anything looks like a table that could not be told."""
    upright = [rule for rule in rules if rule.is_upright]
    level = [rule for rule in rules if not rule.is_upright]
    segments = [segment for line in lines for segment in _segments(line, upright)]
    found: list[Line | Table] = []
    is_unsure = False
    # Lines that are taken apart are put together again where they are no table.
    place = 0
    while place < len(segments):
        rows, after = _rows(segments, place, level)
        if len(rows) > 1:
            table = _squared(rows)
            if table:
                found.append(table)
                place = after
                continue
            is_unsure = True
        first = segments[place]
        place += 1
        while place < len(segments) and _same_line(segments[place - 1], segments[place]):
            first = _together(first, segments[place])
            place += 1
        found.append(first)
    return found, is_unsure


def _segments(line: Line, upright: Sequence[Rule]) -> Iterator[Line]:
    """Yield the parts of a line that wide gaps or drawn lines divide; a mark belongs to what follows."""
    part: list[Piece] = []
    for piece in line.pieces:
        if part and (piece.text.strip() or piece.picture):
            blank = len(piece.text) - len(piece.text.lstrip())
            start = piece.x + 0.25 * piece.size * blank
            is_far = start - max(one.end for one in part if one.text.strip()) >= GAP * max(piece.size, part[-1].size)
            is_mark = _MARK.fullmatch("".join(one.text for one in part).strip())
            if (is_far and not is_mark) or any(_parts(rule, part[-1], start) for rule in upright):
                yield Line(tuple(part))
                part = []
                piece = replace(piece, text=piece.text.lstrip(), x=start, width=max(piece.end - start, 0))
        if part or piece.text.strip() or piece.picture:
            part.append(piece)
    if part:
        yield Line(tuple(part))


def _together(one: Line, other: Line) -> Line:
    first, *more = other.pieces
    return Line((*one.pieces, replace(first, text=f" {first.text}"), *more))


def _parts(rule: Rule, last: Piece, start: float) -> bool:
    """Tell whether an upright line stands between a piece and where the next begins."""
    slack = 0.2 * last.size
    return last.end - slack <= rule.left <= start + slack and rule.bottom <= last.y + slack <= rule.top


def _same_line(one: Line, other: Line) -> bool:
    return not one.picture and not other.picture and abs(one.y - other.y) < 0.3 * one.size and other.x > one.x


def _rows(segments: Sequence[Line], start: int, level: Sequence[Rule]) -> tuple[list[list[Cell]], int]:
    """Return the rows that begin here, and where they end: none where the first is no row."""
    rows: list[list[Cell]] = []
    place = start
    while True:
        row, after = _row(segments, place, level)
        if rows and not row and place < len(segments) and _belongs(segments, place, rows, level):
            # One cell alone, between rows.
            row, after = [[segments[place]]], place + 1
        if not row or (rows and not _follows(rows[-1], row)):
            return rows, place
        rows.append(row)
        place = after


def _belongs(segments: Sequence[Line], place: int, rows: Sequence[Sequence[Cell]], level: Sequence[Rule]) -> bool:
    """Tell whether a line by itself is a row of the table: in one of its columns, and no sentence between two."""
    columns = [cell[0].x for row in rows for cell in row]
    alone = segments[place]
    below, _ = _row(segments, place + 1, level)
    in_column = not alone.picture and any(abs(alone.x - column) < 3 for column in columns)
    if not in_column or len(rows) < 2 or not below or alone.text.rstrip().endswith((".", ":", "!", "?")):
        return False
    usual = 1.15 * (rows[-2][0][0].y - rows[-1][0][0].y)
    return 0 < rows[-1][0][-1].y - alone.y < usual and 0 < alone.y - below[0][0].y < usual


def _follows(above: Sequence[Cell], row: Sequence[Cell]) -> bool:
    """Tell whether a row stands under the one above, and not far from it."""
    bottom = min(cell[-1].y for cell in above)
    size = max(cell[0].size for cell in row)
    return 0 < bottom - row[0][0].y < 4.5 * size


def _row(segments: Sequence[Line], start: int, level: Sequence[Rule]) -> tuple[list[Cell], int]:
    """Return the cells of a row that begins here, and where it ends; none where there are not two beside each other."""
    row: list[Cell] = []
    place = start
    while place < len(segments) and not segments[place].picture:
        first = segments[place]
        if row and not (_is_level(first, row[0][0]) and first.x > max(line.end for line in row[-1])):
            break
        cell, after = _cell(segments, place, level)
        if not row and len(cell) > 1 and after < len(segments) and not _is_level(segments[after], first):
            # What stands beside it is level with a later line: the row begins there.
            cell, after = cell[:1], place + 1
        row.append(cell)
        place = after
    return (row, place) if len(row) > 1 else ([], start)


def _divides(rule: Rule, above: Line, below: Line) -> bool:
    return below.y < rule.bottom < above.y and rule.left <= above.end and above.x <= rule.right


def _cell(segments: Sequence[Line], start: int, level: Sequence[Rule]) -> tuple[Cell, int]:
    cell = [segments[start]]
    place = start + 1
    while place < len(segments) and len(cell) < _LONGEST_CELL:
        line, last = segments[place], cell[-1]
        is_under = 0 < last.y - line.y < _LEADING * last.size and abs(line.x - cell[0].x) < 0.6 * last.size
        begins_row = place + 1 < len(segments) and _same_line(line, segments[place + 1])
        is_divided = any(_divides(rule, last, line) for rule in level)
        if line.picture or not is_under or line.bold != last.bold or begins_row or is_divided:
            break
        cell.append(line)
        place += 1
    return cell, place


def _is_level(one: Line, other: Line) -> bool:
    return not one.picture and abs(one.y - other.y) < 0.5 * max(one.size, other.size)


def _squared(rows: Sequence[Sequence[Cell]]) -> Table | None:
    """Return the rows as a table; None where two cells of a row would stand in one column."""
    widest = max(rows, key=len)
    columns = [(cell[0].x, max(line.end for line in cell)) for cell in widest]
    made: list[list[Cell]] = []
    for row in rows:
        cells: list[Cell] = [[] for _ in columns]
        for number, cell in enumerate(row):
            place = number if len(row) == len(columns) else _nearest(cell, columns)
            if cells[place]:
                return None
            cells[place] = cell
        made.append(cells)
    return Table(made)


def _nearest(cell: Cell, columns: Sequence[tuple[float, float]]) -> int:
    left, right = cell[0].x, max(line.end for line in cell)
    return min(
        range(len(columns)), key=lambda number: min(abs(columns[number][0] - left), abs(columns[number][1] - right))
    )
