"""Numbers → charts of horizontal bars, each a line of the table that says the same in figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kunskapsbank.pages.models import Link

# In how many ways a part of a bar can be drawn, so that they are told apart without colour: see kb-charts.html.
WAYS = 4


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures; `way` is how its part of each bar is drawn, from 1, and 0 where it has none."""

    label: str
    way: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: how it is drawn, where it begins and how long it is, in per cent of the longest bar."""

    way: int
    start: str
    length: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of the table: what the figures are of, with the list behind them, the figures and the parts of the bar."""

    link: Link
    figures: tuple[int, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart and its table in one; `subject` is the heading of its first column."""

    heading: str
    anchor: str
    note: str
    subject: str
    columns: tuple[Column, ...]
    bars: tuple[Bar, ...]

    @property
    def key(self) -> tuple[Column, ...]:
        """The columns that bars are made of, where there are several to tell apart."""
        drawn = tuple(column for column in self.columns if column.way)
        return drawn if len(drawn) > 1 else ()


def chart(
    heading: str,
    anchor: str,
    subject: str,
    columns: Sequence[Column],
    lines: Iterable[tuple[Link, Sequence[int]]],
    note: str = "",
) -> Chart:
    """Return a chart of the lines, in their order; a column that has no figure but 0 is left out."""
    found = list(lines)
    kept = [place for place in range(len(columns)) if any(figures[place] for _, figures in found)]
    shown = tuple(columns[place] for place in kept)
    rows = [(link, tuple(figures[place] for place in kept)) for link, figures in found]
    drawn = [place for place, column in enumerate(shown) if column.way]
    longest = max((sum(figures[place] for place in drawn) for _, figures in rows), default=0)
    bars = tuple(Bar(link, figures, _parts(shown, figures, longest)) for link, figures in rows)
    return Chart(heading, anchor, note, subject, shown, bars)


def _parts(columns: Sequence[Column], figures: Sequence[int], longest: int) -> tuple[Part, ...]:
    parts, start = [], 0
    for column, figure in zip(columns, figures, strict=True):
        if column.way and figure:
            parts.append(Part(column.way, per_cent(start, longest), per_cent(figure, longest)))
            start += figure
    return tuple(parts)


def per_cent(number: int, of: int) -> str:
    """Return a share in per cent with two decimals, rounded down so that parts never reach past the end."""
    hundredths = 10000 * number // of
    return f"{hundredths // 100}.{hundredths % 100:02}%"
