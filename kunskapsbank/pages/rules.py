"""Calls → the page of rules: what each call allows beside what was granted for its year, and where that is more."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.checks import grants
from kunskapsbank.model.kinds import Kind
from kunskapsbank.model.record import Limits
from kunskapsbank.pages import years
from kunskapsbank.pages.money import NOT_STATED, amounts_note
from kunskapsbank.reading import schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kunskapsbank.checks.grants import Breach
    from kunskapsbank.model.record import Grant, Record
    from kunskapsbank.pages.models import CallPage, Link, PanelField, Row
    from kunskapsbank.pages.records import Views
    from kunskapsbank.pages.years import GrantLine


@dataclass(frozen=True, slots=True)
class Excess:
    """A project or a trip whose money is more than the call allows, and in what way."""

    row: Row
    told: str


@dataclass(frozen=True, slots=True)
class CallRules:
    """A call beside the grants of its year.

    `facts` are the days and limits that it states, `untold` those that it does not, `stated` what the source counts and
    `compared` what can be said of the limits. `grants_note` says so when no source states any amount, else it is empty.
    """

    year: int
    anchor: str
    call: CallPage
    facts: tuple[PanelField, ...]
    untold: tuple[str, ...]
    grants: tuple[GrantLine, ...]
    grants_note: str
    stated: tuple[Link, ...]
    compared: tuple[str, ...]
    above: tuple[Excess, ...]


@dataclass(frozen=True, slots=True)
class RulesPage:
    """All calls, the newest first."""

    calls: tuple[CallRules, ...]


def view(views: Views) -> RulesPage:
    """Return what the page shows beside its written text. Invented examples count nowhere in it."""
    above: dict[int, list[Breach]] = defaultdict(list)
    for breach in grants.breaches(views.catalogue.real, views.catalogue.snapshot):
        above[breach.year].append(breach)
    calls = sorted(views.catalogue.of_kind(Kind.CALL), key=lambda call: call.years, reverse=True)
    granted = _granted(views.catalogue.real)
    return RulesPage(tuple(_rules(views, call, granted[call.years[0]], above[call.years[0]]) for call in calls))


def _granted(records: Iterable[Record]) -> dict[int, list[Grant]]:
    """Return the grants of each year, to projects and to trips."""
    found: dict[int, list[Grant]] = defaultdict(list)
    for record in records:
        for grant in record.grants:
            found[grant.year].append(grant)
    return found


def _rules(views: Views, record: Record, granted: list[Grant], above: list[Breach]) -> CallRules:
    assert record.call
    year, call, money = record.years[0], views.call(record), views.catalogue.settings.money
    _, decision = years.calls_of(views, year)
    account = decision.call.account if decision and decision.call else None
    published = schema.label_of("published")
    facts = [field for field in (*call.panel[1:], *call.rules) if field.label != published]
    untold = [field for field in facts if [value.label for value in field.values] == [NOT_STATED]]
    return CallRules(
        year=year,
        anchor=f"utlysning-{year}",
        call=call,
        facts=tuple(field for field in facts if field not in untold),
        untold=tuple(field.label.lower() for field in untold),
        grants=tuple(years.grants(views, year)),
        grants_note=amounts_note(granted) if granted else "",
        stated=tuple(years.stated(account)) if account else (),
        compared=tuple(_compared(record.call.limits, granted, year, money.projects, is_above=bool(above))),
        above=tuple(Excess(views.row(breach.record), breach.told) for breach in above),
    )


def _compared(
    limits: Limits, granted: list[Grant], year: int, project_money: frozenset[str], *, is_above: bool
) -> Iterator[str]:
    """Yield what the limits say of the grants, and what cannot be known."""
    if limits == Limits():
        yield "Källan anger inga gränser, så det finns inget att jämföra med."
        return
    if not granted:
        yield f"Banken känner inte till några medel för {year}, så det finns inget att jämföra med."
        return
    if not is_above:
        yield "Inget av det som banken känner till går över gränserna."
    projects = [grant for grant in granted if grant.form.id in project_money]
    if limits.project_amount is not None and projects and all(grant.amount is None for grant in projects):
        yield f"Hur mycket varje projekt fick {NOT_STATED}, så beloppen går inte att jämföra."
