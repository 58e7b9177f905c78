"""Pieces of text with their place on a page → lines, without what stands on every page and the table of contents."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


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
    # How far it reaches, in points; 0 where that is not known.
    width: float = 0.0

    @property
    def end(self) -> float:
        """Where it ends."""
        return self.x + (self.width or width(self.text.rstrip(), self.size))


@dataclass(frozen=True, slots=True)
class Line:
    """Pieces that stand on one line; `size` is that of most of it, `y` the line that most of its letters stand on."""

    pieces: tuple[Piece, ...]
    size: float = field(init=False, compare=False)
    y: float = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Work out once what is asked for again and again."""
        letters: Counter[float] = Counter()
        for piece in self.pieces:
            letters[piece.size] += len(piece.text)
        size = max(letters, key=letters.__getitem__)
        object.__setattr__(self, "size", size)
        object.__setattr__(self, "y", next(piece.y for piece in self.pieces if piece.size == size))

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
    def end(self) -> float:
        """Where the line ends."""
        return max(piece.end for piece in self.pieces)

    @property
    def bold(self) -> bool:
        """Whether all of the line is bold."""
        return all(piece.bold for piece in self.pieces if piece.text.strip())


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its lines, its height in points, its images, and the lines drawn on it."""

    lines: Sequence[Line]
    height: float
    # By what the lines call them.
    images: Mapping[str, Any] = field(default_factory=dict)
    rules: Sequence[Rule] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A line that is drawn, upright or level: its ends, in points."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def is_upright(self) -> bool:
        """Whether it parts what stands beside it, rather than what stands above and below."""
        return self.top - self.bottom > self.right - self.left


def width(text: str, size: float) -> float:
    """Return about how wide a text is, in points: a letter is half as wide as it is high."""
    return len(text) * size * 0.5


# As multiples of the letters' size: a gap that is a space, one that no space makes, and how far from a line may stand
# what belongs to it, and the mark before it.
_SPACE = 0.15
GAP = 1.3
_ADJACENT = 0.8
_FARTHEST_MARK = 4.0
_MARK = re.compile(r"\d{1,2}[.)]|[^\w\s]{1,2}|o|[a-z]\)")


def lines(pieces: Iterable[Piece]) -> list[Line]:
    """Put pieces together that stand on the same line, in the order of their places, with spaces where there are gaps.

    Some programs write word by word, boxes to tick after their text, or the letters of another font last. Lines come
    from the top down where none stand beside each other, else in the order written, which knows of columns.
    """
    runs = _joined(_merged(_runs(pieces)))
    made = [Line(tuple(_spaced(run))) for run in runs if any(piece.text.strip() or piece.picture for piece in run)]
    return made if _beside_each_other(made) else sorted(made, key=lambda line: -line.y)


def _runs(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Return the pieces that follow each other on a line with no gaps but spaces, raised and lowered ones too."""
    found: list[list[Piece]] = []
    for piece in pieces:
        if found and _is_level(found[-1], piece):
            last = found[-1][-1]
            is_near = piece.x - last.end < GAP * max(piece.size, last.size)
            if (piece.x >= last.x and is_near) or not piece.text.strip():
                found[-1].append(piece)
                continue
        found.append([piece])
    return found


def _is_level(run: Sequence[Piece], piece: Piece) -> bool:
    if piece.picture or run[-1].picture:
        return False
    base = max(run, key=lambda other: other.size)
    return abs(piece.y - base.y) < 0.6 * max(piece.size, base.size)


def _joined(runs: Iterable[list[Piece]]) -> list[list[Piece]]:
    """Put runs on one line together that follow each other with gaps between."""
    found: list[list[Piece]] = []
    for run in runs:
        if found and _is_level(found[-1], run[0]) and run[0].x >= found[-1][-1].x:
            found[-1] += run
        else:
            found.append(run)
    return found


def _merged(runs: Sequence[list[Piece]]) -> list[list[Piece]]:
    """Join to each run those that are written elsewhere and belong to its line."""
    kept: list[list[Piece]] = []
    levels: dict[int, list[int]] = {}
    for run in runs:
        if run[0].picture or not any(piece.text.strip() for piece in run):
            kept.append(run)
            continue
        level = round(run[0].y / 4)
        others = (number for near in (level, level - 1, level + 1) for number in levels.get(near, ()))
        home = next((number for number in others if _is_one_line(kept[number], run)), None)
        if home is None:
            levels.setdefault(level, []).append(len(kept))
            kept.append(run)
        else:
            kept[home] = sorted([*kept[home], *run], key=lambda piece: piece.x)
    return kept


def _is_one_line(line: Sequence[Piece], run: Sequence[Piece]) -> bool:
    """Tell whether a run fills a gap in a line, adjoins it, or is the mark before it."""
    size = max(piece.size for piece in (*line, *run))
    seen = [piece for piece in line if piece.text.strip()]
    if abs(line[0].y - run[0].y) > 0.35 * size:
        return False
    left, right = run[0].x, max(piece.end for piece in run)
    if any(piece.x < right - 0.3 * size and left < piece.end - 0.3 * size for piece in seen):
        return False
    start, end = min(piece.x for piece in seen), max(piece.end for piece in seen)
    if start < left and right < end:
        return True
    gap = left - end if left >= end - 0.3 * size else start - right
    first = run if left < start else seen
    is_mark = _MARK.fullmatch("".join(piece.text for piece in first).strip()) is not None
    return gap < (_FARTHEST_MARK if is_mark else _ADJACENT) * size


def _spaced(run: Sequence[Piece]) -> Iterable[Piece]:
    last: Piece | None = None
    for piece in run:
        if last and last.text.strip() and piece.text.strip():
            is_apart = piece.x - last.end > _SPACE * max(min(piece.size, last.size), 1)
            if is_apart and not last.text[-1].isspace() and not piece.text[0].isspace():
                blank = 0.25 * piece.size
                piece = replace(piece, text=f" {piece.text}", x=piece.x - blank, width=piece.end - piece.x + blank)
        yield piece
        last = piece


def _beside_each_other(made: Sequence[Line]) -> bool:
    ordered = sorted((line for line in made if not line.picture), key=lambda line: -line.y)
    return any(above.y - below.y < 0.5 * min(above.size, below.size) for above, below in pairwise(ordered))


# How much of the page's height, above and below, is searched for what every page has.
_MARGIN = 0.13
# What stands apart from the text by more than so many times its size is no part of it.
_APART = 1.9
_PAGE_NUMBER = re.compile(r"(?:sid(?:a|an)?\.? *)?[-–]? *\d{1,4} *[-–]?(?: *(?:av|/|\() *\d{1,4}\)?)?", re.IGNORECASE)


def without_margins(sheets: Sequence[Sheet]) -> list[list[Line]]:
    """Leave out page numbers, and the lines that stand at the same place on several pages.

    These may differ by the number of the page, no more: headings that are alike but for their own numbers are text.
    """
    same: Counter[tuple[str, int]] = Counter()
    counted: Counter[tuple[str, int]] = Counter()
    outside = [_outside(sheet) for sheet in sheets]
    for number, sheet in enumerate(sheets):
        same.update({_place(line.text, line) for line in sheet.lines if _in_margin(line, sheet)})
        counted.update({place for line in outside[number] for place in _numbered(line, number)})
    enough = max(2, len(sheets) // 3)

    def is_kept(line: Line, number: int) -> bool:
        if not _in_margin(line, sheets[number]):
            return True
        if same[_place(line.text, line)] >= enough:
            return False
        if line not in outside[number]:
            return True
        is_repeated = any(counted[place] >= enough for place in _numbered(line, number))
        return not is_repeated and not _PAGE_NUMBER.fullmatch(line.text.strip())

    return [[line for line in sheet.lines if is_kept(line, number)] for number, sheet in enumerate(sheets)]


def _in_margin(line: Line, sheet: Sheet) -> bool:
    return not line.picture and not _MARGIN * sheet.height < line.y < (1 - _MARGIN) * sheet.height


def _place(text: str, line: Line) -> tuple[str, int]:
    return " ".join(text.split()), round(line.y / 4)


def _numbered(line: Line, number: int) -> set[tuple[str, int]]:
    """Return what a line says, each of its numbers in turn as counted from the page's own."""
    return {
        _place(f"{line.text[: found.start()]}\0{int(found[0]) - number}{line.text[found.end() :]}", line)
        for found in re.finditer(r"\d{1,4}", line.text)
    }


def _outside(sheet: Sheet) -> list[Line]:
    """Return the lines in the margins that stand apart from the text, and are no larger than it."""
    texts = sorted((line for line in sheet.lines if not line.picture), key=lambda line: -line.y)
    letters: Counter[float] = Counter()
    for line in texts:
        letters[line.size] += len(line.text)
    largest = 1.12 * letters.most_common(1)[0][0] if letters else 0.0
    found: list[Line] = []
    for inwards in (texts, texts[::-1]):
        # How many lines there are from the edge of the page to the last gap within the margin.
        gaps = (
            number
            for number, (outer, inner) in enumerate(pairwise(inwards), 1)
            if abs(outer.y - inner.y) > _APART * max(outer.size, inner.size)
        )
        end = max((number for number in gaps if _in_margin(inwards[number - 1], sheet)), default=0)
        found += inwards[: end if len(inwards) > 1 else 1]
    return [line for line in found if line.size <= largest and _in_margin(line, sheet)]


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
