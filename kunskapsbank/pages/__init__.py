"""A bank → every page of the site, each with its template and what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunskapsbank.pages import create, data, lists, reference, search, terms, written, years
from kunskapsbank.pages.records import Views

if TYPE_CHECKING:
    from kunskapsbank.bank import Bank
    from kunskapsbank.pages.models import SitePage


def generate(bank: Bank) -> tuple[SitePage, ...]:
    """Return every page of the site, sorted by file: those that editors wrote and those that the bank makes.

    None while terms are missing, as then nothing would be filed where it belongs.
    """
    if any(terms.broken for terms in bank.catalogue.vocabularies.values()):
        return ()
    views = Views(bank.catalogue, bank.index)
    found = [
        *written.pages(views),
        *terms.pages(views),
        *years.pages(views),
        *lists.pages(views),
        search.page(views),
        create.page(views),
        reference.page(views),
        data.page(views),
    ]
    return tuple(sorted(found, key=lambda page: page.file))
