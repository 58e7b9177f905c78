"""A project → its line of time: calls, grants, documents and what came after, as a picture and as a list of the same.

The picture has a column for each year and a lane for each sort of event; where a mark stands is worked out here.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from kunskapsbank.model.kinds import Kind
from kunskapsbank.pages import glance, money
from kunskapsbank.pages.charts import per_cent
from kunskapsbank.pages.models import Link
from kunskapsbank.swedish.phrases import capitalised, listed, years_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kunskapsbank.model.record import Record
    from kunskapsbank.pages.records import Views

# The lanes of the picture, from the top.
CALL, MONEY, DOCUMENT, AFTER = "Utlysning", "Pengar", "Dokument", "Sedan"
_LANES = (CALL, MONEY, DOCUMENT, AFTER)
_NO_YEAR = "Okänt år"


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, in which lane, and in which years (none: no source tells)."""

    lane: str
    years: tuple[int, ...]
    what: Link
    note: str = ""

    @property
    def when(self) -> str:
        """The years as they are shown."""
        return years_text(self.years) or _NO_YEAR


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of the picture, from where and how far it reaches, in per cent of its width."""

    start: str
    length: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane of the picture and its marks."""

    label: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The events, oldest first; `years` are written below the picture, each with the middle of its column."""

    events: tuple[Event, ...]
    lanes: tuple[Lane, ...]
    years: tuple[tuple[int, str], ...]


def of_project(views: Views, project: Record) -> Timeline:
    """Return the line of time of a project."""
    found = [*_calls(views, project), *_grants(project), *_documents(views, project), *_after(views, project)]
    events = sorted(found, key=lambda event: (event.years[:1], _LANES.index(event.lane), event.years))
    covered = [year for event in events for year in event.years]
    if not covered:
        return Timeline(tuple(events), (), ())
    span = range(min(covered), max(covered) + 1)
    lanes = (Lane(label, tuple(_marks([e for e in events if e.lane == label], span))) for label in _LANES)
    years = tuple((year, per_cent(2 * (year - span.start) + 1, 2 * len(span))) for year in span)
    return Timeline(tuple(events), tuple(lane for lane in lanes if lane.marks), years)


def _calls(views: Views, project: Record) -> Iterator[Event]:
    for call in views.catalogue.of_kind(Kind.CALL):
        if not set(call.years) & {grant.year for grant in project.grants}:
            continue
        day = call.decided or (call.call.opens if call.call else None)
        when = (day.year,) if day else call.years
        note = "" if day else f"gällde pengarna för {years_text(call.years)}"
        yield Event(CALL, when, Link(call.title, call.url), note)


def _grants(project: Record) -> Iterator[Event]:
    for grant, years in money.runs(project.grants):
        amount = [money.kronor(grant.amount)] if grant.amount is not None else []
        yield Event(MONEY, years, Link(grant.form.label), listed([*amount, *money.notes(grant)]))


def _documents(views: Views, project: Record) -> Iterator[Event]:
    for document in views.catalogue.documents_of(project):
        if document.example and not project.example:
            continue
        kind = capitalised(views.kind_label(document.kind))
        told = document.report_year or max(document.years, default=None)
        years = years_text(document.years)
        late = document.report_year and document.years and document.report_year not in document.years
        yield Event(DOCUMENT, (told,) if told else (), Link(kind, document.url), f"om {years}" if late else "")


def _after(views: Views, project: Record) -> Iterator[Event]:
    for outcome in project.outcomes:
        when = outcome.year or outcome.known
        known = f"uppgift från {outcome.known}" if outcome.known and outcome.known != when else ""
        yield Event(AFTER, (when,) if when else (), glance.outcome_link(views, outcome), known)


def _marks(events: Sequence[Event], span: range) -> Iterator[Mark]:
    """Yield a mark for each run of years, once where several events share it."""
    runs: dict[tuple[int, int], None] = {}
    for event in events:
        for _, numbered in groupby(enumerate(sorted(event.years)), lambda item: item[1] - item[0]):
            run = [year for _, year in numbered]
            runs[run[0], len(run)] = None
    for first, length in runs:
        yield Mark(per_cent(first - span.start, len(span)), per_cent(length, len(span)))
