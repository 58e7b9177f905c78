"""Districts with places → maps of tiles, one for each way in which the city has been divided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from kunskapsbank.model import facets
from kunskapsbank.pages.models import Link
from kunskapsbank.swedish.phrases import capitalised, date_text, listed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from kunskapsbank.model.facets import Entry
    from kunskapsbank.model.record import Record
    from kunskapsbank.pages.records import Views

# How many shades there are above none: see .kb-tile in the styles.
SHADES = 4


@dataclass(frozen=True, slots=True)
class Tile:
    """A district on the map: its page, how many projects, where it stands, and its shade, 0 for none."""

    link: Link
    projects: int
    column: int
    row: int
    shade: int


@dataclass(frozen=True, slots=True)
class DistrictMap:
    """One division of the city; the tiles come row by row. `apart` are owners that have projects and no tile."""

    heading: str
    anchor: str
    note: str
    tiles: tuple[Tile, ...]
    apart: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class _Division:
    """A time in which no name came or went: its first and last day, None where it has no such end."""

    first: date | None
    last: date | None

    @property
    def heading(self) -> str:
        if self.first and self.last:
            return f"{date_text(self.first)} – {date_text(self.last)}"
        if self.last:
            return f"Till och med den {date_text(self.last)}"
        return f"Sedan den {date_text(self.first)}" if self.first else ""

    def has(self, entry: Entry) -> bool:
        day = self.first or self.last
        return entry.term.is_district and (day is None or entry.term.valid_on(day))


def maps(views: Views) -> tuple[DistrictMap, ...]:
    """Return a map for each division, the newest first; none where no district has a place on the map.

    The map of an older division has the projects that had begun by its end, under the names of that time.
    """
    entries = views.index.of(facets.OWNER)
    if not any(entry.term.map_place for entry in entries):
        return ()
    # One scale for all the maps, so that a shade means the same on each; nothing is more than what there is in all.
    most = max(len(entry.projects) for entry in entries if entry.term.map_place)
    return tuple(_map(entries, division, most) for division in reversed([*_divisions(entries)]))


def has_begun(record: Record, by: date | None) -> bool:
    """Tell whether a project's first year is not after that of a day; without a day, and without years, it has."""
    return by is None or min(record.filed_under, default=by.year) <= by.year


def _divisions(entries: tuple[Entry, ...]) -> Iterator[_Division]:
    """Yield the divisions, the oldest first: a new one begins on each day on which some name does."""
    first: date | None = None
    for day in sorted({entry.term.valid_from for entry in entries if entry.term.valid_from}):
        yield _Division(first, day - timedelta(days=1))
        first = day
    yield _Division(first, None)


def _map(entries: tuple[Entry, ...], division: _Division, most: int) -> DistrictMap:
    counts = [
        (entry, sum(has_begun(project, division.last) for project in entry.projects))
        for entry in entries
        if division.has(entry) or not entry.term.is_district
    ]
    tiles = [_tile(entry, number, most) for entry, number in counts if entry.term.map_place]
    apart = tuple(
        Link(entry.term.label, entry.url, note=f"{number} projekt")
        for entry, number in counts
        if number and not entry.term.map_place
    )
    begins = division.first.isoformat() if division.first else "forst"
    return DistrictMap(
        heading=capitalised(division.heading) or entries[0].facet.plural,
        anchor=f"karta-{begins}",
        note=_note(entries, division),
        tiles=tuple(sorted(tiles, key=lambda tile: (tile.row, tile.column))),
        apart=apart,
    )


def _tile(entry: Entry, number: int, most: int) -> Tile:
    assert entry.term.map_place
    column, row = entry.term.map_place
    shade = -(-number * SHADES // most) if number else 0
    return Tile(Link(entry.term.label, entry.url), number, column, row, shade)


def _note(entries: tuple[Entry, ...], division: _Division) -> str:
    """Say what came with the division, or what an older map counts."""
    if division.last:
        return f"Projekt som hade börjat senast {division.last.year}, under den tidens namn."
    new = [entry.term.label for entry in entries if entry.term.valid_from and division.has(entry)]
    return f"Alla projekt. {listed(new)} räknas med det som deras föregångare drev." if new else ""
