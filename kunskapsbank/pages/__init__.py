"""A bank → every page of the site, each with its template and what it shows."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from kunskapsbank.checks import links
from kunskapsbank.checks.personal.patterns import discreet
from kunskapsbank.pages import (
    accounts,
    create,
    data,
    idea,
    lists,
    reference,
    search,
    statistics,
    take,
    terms,
    written,
    years,
)
from kunskapsbank.pages.records import Views
from kunskapsbank.progress import silent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kunskapsbank.bank import Bank
    from kunskapsbank.pages.models import SitePage
    from kunskapsbank.progress import Tell


def generate(bank: Bank, views: Views | None = None, tell: Tell = silent) -> tuple[SitePage, ...]:
    """Return every page of the site, sorted by file: those that editors wrote and those that the bank makes.

    `views` are the bank's, for whoever has more to ask of them; `tell` is told how far it has come. None while terms or
    settings are missing, as then nothing would be filed where it belongs.
    """
    if bank.catalogue.is_broken:
        return ()
    views = views or Views(bank.catalogue, bank.index)
    found: list[SitePage] = []
    total = len(bank.catalogue.bodies) + len(views.made)
    for made in chain(
        written.pages(views),
        terms.pages(views),
        years.pages(views),
        lists.pages(views),
        (one.page(views) for one in (search, create, idea, reference, data, statistics)),
        accounts.pages(views),
    ):
        tell("Räknar ut sidor", len(found), total)
        found.append(made)
    takes = take.takes(views)
    return tuple(sorted((replace(page, take=takes.get(page.file)) for page in found), key=lambda page: page.file))


def checked(bank: Bank) -> Bank:
    """Return the bank with one more kind of problem: links to places that the pages which it makes do not have.

    The pages are made for it only where a document has such a link at all.
    """
    catalogue = bank.catalogue
    made = catalogue.snapshot.generated
    if not any(True for _ in links.to_places(catalogue.documents, made)):
        return bank
    places = {page.file: frozenset(_anchors(page.view)) for page in generate(bank) if page.file in made}
    found = {discreet(problem) for problem in links.lost_places(catalogue.documents, places)}
    return replace(bank, catalogue=catalogue.with_problems({*catalogue.problems, *found}))


def _anchors(view: object) -> Iterator[str]:
    """Yield the anchors of what a page shows under headings."""
    parts = (getattr(view, field.name) for field in fields(view)) if is_dataclass(view) else ()
    for part in parts:
        for section in part if isinstance(part, tuple) else ():
            if anchor := getattr(section, "anchor", ""):
                yield str(anchor)
