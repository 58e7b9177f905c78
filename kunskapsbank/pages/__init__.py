"""Catalogue + facets → every page of the site, each with its template and what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunskapsbank.pages import create, lists, reference, search, terms, written, years
from kunskapsbank.pages.records import Views

if TYPE_CHECKING:
    from kunskapsbank.model.catalogue import Catalogue
    from kunskapsbank.model.facets import FacetIndex
    from kunskapsbank.pages.models import SitePage


def generate(catalogue: Catalogue, index: FacetIndex) -> tuple[SitePage, ...]:
    """Return every page of the site, sorted by file: those that editors wrote and those that the bank makes."""
    views = Views(catalogue, index)
    found = [
        *written.pages(views),
        *terms.pages(views),
        *years.pages(views),
        *lists.pages(views),
        search.page(views),
        create.page(views),
        reference.page(views),
    ]
    return tuple(sorted(found, key=lambda page: page.file))
