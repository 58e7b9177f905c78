"""Facets → the search page: what can be filtered by, and how much there is of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunskapsbank.model import addresses, facets
from kunskapsbank.pages.models import Filter, FilterTerm, SearchPage, SitePage
from kunskapsbank.pages.terms import facet_link
from kunskapsbank.swedish.phrases import listed

if TYPE_CHECKING:
    from kunskapsbank.model.facets import Entry, Facet
    from kunskapsbank.pages.records import Views


def page(views: Views) -> SitePage:
    """Return the search page."""
    asked = [views.index.named(facet).label.lower() for facet in (facets.OWNER, facets.THEME, facets.YEAR)]
    return SitePage(
        file=addresses.SEARCH,
        title="Sök i banken",
        summary=f"Sök med egna ord, filtrera på till exempel {listed(asked)}, eller gör både och.",
        template="search.html",
        view=SearchPage(tuple(_filter(facet, views) for facet in views.index.filters)),
        updated=views.updated(),
    )


def _filter(facet: Facet, views: Views) -> Filter:
    terms = map(_term, views.index.of(facet))
    ordered = facet is facets.YEAR
    most_first = terms if ordered else sorted(terms, key=lambda term: -term.count)
    return Filter(facet.id, facet.label, facet_link(facet), tuple(most_first), ordered)


def _term(entry: Entry) -> FilterTerm:
    note = "tidigare namn" if entry.term.successors else ""
    return FilterTerm(entry.term.id, entry.term.label, len(entry.members), note)
