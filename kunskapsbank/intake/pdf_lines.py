"""Pieces of text with their place on a page → lines, without what stands on every page and the table of contents."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text in one font: where it begins, in points from the lower left corner, and its size in points.

    One with `picture`, what the page calls it, has no text.
    """

    text: str
    x: float
    y: float
    size: float
    bold: bool = False
    italic: bool = False
    link: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Pieces that stand on one line, in the order written."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The line's words."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def picture(self) -> str:
        """What the page calls the picture that stands here; "" for a line of text."""
        return self.pieces[0].picture

    @property
    def x(self) -> float:
        """Where the line begins."""
        return self.pieces[0].x

    @property
    def main(self) -> Piece:
        """The piece that most of the line is written as."""
        return max(self.pieces, key=lambda piece: len(piece.text.strip()))

    @property
    def y(self) -> float:
        """The line that the letters stand on."""
        return self.main.y

    @property
    def size(self) -> float:
        """The size of most of the line."""
        return self.main.size

    @property
    def bold(self) -> bool:
        """Whether all of the line is bold."""
        return all(piece.bold for piece in self.pieces if piece.text.strip())


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its lines in the order written, and its height in points."""

    lines: Sequence[Line]
    height: float


def width(text: str, size: float) -> float:
    """Return about how wide a text is, in points: a letter is half as wide as it is high."""
    return len(text) * size * 0.5


def lines(pieces: Iterable[Piece]) -> list[Line]:
    """Put pieces together that stand on the same line and follow each other; raised and lowered ones too."""
    found: list[list[Piece]] = []
    for piece in pieces:
        if found and not piece.picture and not found[-1][-1].picture:
            last = found[-1][-1]
            base = max(found[-1], key=lambda other: other.size)
            near = abs(piece.y - base.y) < 0.6 * max(piece.size, base.size)
            if near and (piece.x >= last.x or not piece.text.strip()):
                found[-1].append(piece)
                continue
        found.append([piece])
    return [Line(tuple(run)) for run in found if any(piece.text.strip() or piece.picture for piece in run)]


# How much of the page's height, above and below, is searched for what every page has.
_MARGIN = 0.13
_PAGE_NUMBER = re.compile(r"(?:sid(?:a|an)?\.? *)?[-–]? *\d{1,4} *[-–]?(?: *(?:av|/|\() *\d{1,4}\)?)?", re.IGNORECASE)


def without_margins(sheets: Sequence[Sheet]) -> list[list[Line]]:
    """Leave out page numbers and the lines that stand at the same place on several pages, whatever their figures."""
    repeated: Counter[tuple[str, int]] = Counter()
    for sheet in sheets:
        repeated.update({_place(line) for line in sheet.lines if _in_margin(line, sheet)})
    enough = max(2, len(sheets) // 3)
    return [
        [
            line
            for line in sheet.lines
            if not _in_margin(line, sheet)
            or not (repeated[_place(line)] >= enough or _PAGE_NUMBER.fullmatch(line.text.strip()))
        ]
        for sheet in sheets
    ]


def _in_margin(line: Line, sheet: Sheet) -> bool:
    return not line.picture and not _MARGIN * sheet.height < line.y < (1 - _MARGIN) * sheet.height


def _place(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "0", " ".join(line.text.split())), round(line.y / 4)


def leading(sheets: Iterable[Sequence[Line]]) -> float:
    """Return the usual distance between two lines as a multiple of the letters' size."""
    found: Counter[float] = Counter()
    for sheet in sheets:
        for above, line in pairwise(sheet):
            if above.size == line.size and 0 < above.y - line.y < 2.5 * line.size:
                found[round((above.y - line.y) / line.size, 1)] += 1
    # Short paragraphs may be more than long ones, so the most common is not always that within a paragraph.
    common = [distance for distance, count in found.items() if count >= 2 and distance >= 0.9]
    return min(common, default=1.2)


_CONTENTS = re.compile(r".*(?:\.{4,}|(?:\. ){4,}|…{2,})\s*\d{1,3}\s*")


def without_contents(sheet: Sequence[Line]) -> list[Line]:
    """Leave out a table of contents: lines with leaders, and those under its heading that end in a page number."""
    kept: list[Line] = []
    in_contents = False
    for line in sheet:
        words = line.text.split()
        if [word.lower() for word in words] in (["innehåll"], ["innehållsförteckning"]):
            in_contents = True
        elif _CONTENTS.fullmatch(line.text) or (in_contents and words and words[-1].isdecimal()):
            continue
        else:
            in_contents = False
            kept.append(line)
    return kept
