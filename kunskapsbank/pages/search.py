"""Facets → the search page: what can be filtered by, and how much there is of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunskapsbank.model import addresses, facets
from kunskapsbank.pages.models import Filter, FilterTerm, SearchPage, SitePage
from kunskapsbank.pages.terms import facet_link

if TYPE_CHECKING:
    from kunskapsbank.model.facets import Entry, Facet
    from kunskapsbank.pages.records import Views


def page(views: Views) -> SitePage:
    """Return the search page."""
    return SitePage(
        file=addresses.SEARCH,
        title="Sök i banken",
        summary="Sök med egna ord, filtrera på till exempel stadsdel, tema och år, eller gör både och.",
        template="search.html",
        view=SearchPage(tuple(_filter(facet, views) for facet in facets.FILTERS)),
        updated=views.updated(),
    )


def _filter(facet: Facet, views: Views) -> Filter:
    return Filter(facet.id, facet.label, facet_link(facet), tuple(map(_term, views.index.of(facet))))


def _term(entry: Entry) -> FilterTerm:
    note = "tidigare namn" if entry.term.successors else ""
    return FilterTerm(entry.term.id, entry.term.label, len(entry.members), note)
