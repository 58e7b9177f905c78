"""Facets → the pages of years: the call, the grants, the accounts and the documents of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.model import addresses, facets
from kunskapsbank.model.kinds import Kind
from kunskapsbank.pages.models import Link, Row, SitePage
from kunskapsbank.pages.money import amounts_note
from kunskapsbank.pages.terms import counted, cross_page, facet_link
from kunskapsbank.swedish.text import sort_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kunskapsbank.model.facets import Entry
    from kunskapsbank.model.record import Account, Record
    from kunskapsbank.pages.models import CallPage
    from kunskapsbank.pages.records import Views


@dataclass(frozen=True, slots=True)
class GrantLine:
    """A project that was granted money a certain year."""

    project: Row
    form: str
    amount: str
    note: str
    goes_on: bool


@dataclass(frozen=True, slots=True)
class YearPage:
    """A year: its call, the projects that got money, what was accounted for, and the documents by kind.

    `grants_note` says so when no source states any amount, else it is empty.
    """

    year: int
    call: CallPage | None
    accounted_in: CallPage | None
    stated: tuple[Link, ...]
    note: str
    grants: tuple[GrantLine, ...]
    grants_note: str
    kinds: tuple[tuple[Link, tuple[Row, ...]], ...]
    previous: Link | None
    following: Link | None


def pages(views: Views) -> Iterator[SitePage]:
    """Return a page for every year, and one for every kind of document that a year has."""
    entries = views.index.of(facets.YEAR)
    for position, entry in enumerate(entries):
        following = entries[position - 1] if position else None
        previous = entries[position + 1] if position + 1 < len(entries) else None
        yield _year_page(views, entry, previous, following)
        for kind in views.index.of(facets.KIND):
            if addresses.of_crossing(facets.YEAR, entry.term.id, kind.term.id) in views.made:
                yield cross_page(views, entry, kind)


def _year_page(views: Views, entry: Entry, previous: Entry | None, following: Entry | None) -> SitePage:
    year = int(entry.term.id)
    call, decision = calls_of(views, year)
    account = decision.call.account if decision and decision.call else None
    view = YearPage(
        year=year,
        call=views.call(call) if call else None,
        accounted_in=views.call(decision) if decision else None,
        stated=tuple(stated(account)) if account else (),
        note=account.note if account else "",
        grants=tuple(grants(views, year)),
        grants_note=amounts_note(
            grant for project in views.catalogue.real_projects for grant in project.grants if grant.year == year
        ),
        kinds=tuple(_by_kind(views, entry)),
        previous=Link(previous.term.label, previous.url) if previous else None,
        following=Link(following.term.label, following.url) if following else None,
    )
    return SitePage(
        file=addresses.of_term(facets.YEAR, entry.term.id),
        title=str(year),
        summary=f"{year}: {counted(entry.documents, entry.projects)}",
        template="year.html",
        view=view,
        updated=views.updated(entry.members),
        trail=(facet_link(facets.YEAR),),
    )


def calls_of(views: Views, year: int) -> tuple[Record | None, Record | None]:
    """Return the call for the year's money, and the call whose decision accounts for the year."""
    calls = views.catalogue.of_kind(Kind.CALL)
    call = next((record for record in calls if year in record.years), None)
    decision = next(
        (record for record in calls if record.call and record.call.account and record.call.account.year == year),
        None,
    )
    return call, decision


def stated(account: Account) -> Iterator[Link]:
    """Yield the numbers of grants that the account of a year states."""
    if account.projects is not None:
        yield Link("beviljade projekt enligt källan", count=account.projects)
    if account.trips is not None:
        yield Link("beviljade studieresor enligt källan", count=account.trips)


def grants(views: Views, year: int) -> Iterator[GrantLine]:
    """Yield the projects that got money for a year, by title."""
    for project in sorted(views.catalogue.real_projects, key=lambda record: sort_key(record.title)):
        goes_on = any(grant.year == year + 1 for grant in project.grants)
        for grant in project.grants:
            if grant.year == year:
                money = views.money(grant)
                yield GrantLine(views.row(project), money.form, money.amount, money.note, goes_on)


def _by_kind(views: Views, entry: Entry) -> Iterator[tuple[Link, tuple[Row, ...]]]:
    for kind in views.index.of(facets.KIND):
        records = [record for record in entry.documents if record.id in kind.ids]
        if records:
            yield Link(kind.term.label, f"{entry.url}{kind.term.id}/", len(records)), views.rows(records)
