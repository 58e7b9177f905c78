"""A bank → every page of the site, each with its template and what it shows."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
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

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kunskapsbank.bank import Bank
    from kunskapsbank.pages.models import SitePage


def generate(bank: Bank) -> tuple[SitePage, ...]:
    """Return every page of the site, sorted by file: those that editors wrote and those that the bank makes.

    None while terms or settings are missing, as then nothing would be filed where it belongs.
    """
    if bank.catalogue.is_broken:
        return ()
    views = Views(bank.catalogue, bank.index)
    found = [
        *written.pages(views),
        *terms.pages(views),
        *years.pages(views),
        *lists.pages(views),
        search.page(views),
        create.page(views),
        idea.page(views),
        reference.page(views),
        data.page(views),
        statistics.page(views),
        *accounts.pages(views),
    ]
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
    return replace(bank, catalogue=replace(catalogue, problems=tuple(sorted({*catalogue.problems, *found}))))


def _anchors(view: object) -> Iterator[str]:
    """Yield the anchors of what a page shows under headings."""
    parts = (getattr(view, field.name) for field in fields(view)) if is_dataclass(view) else ()
    for part in parts:
        for section in part if isinstance(part, tuple) else ():
            if anchor := getattr(section, "anchor", ""):
                yield str(anchor)
