"""Facets → the search page: what can be filtered by, and how much there is of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.model import addresses, facets
from kunskapsbank.pages.models import SitePage
from kunskapsbank.pages.terms import facet_link
from kunskapsbank.swedish.phrases import listed

if TYPE_CHECKING:
    from kunskapsbank.model.facets import Entry, Facet
    from kunskapsbank.pages.models import Link
    from kunskapsbank.pages.records import Views


@dataclass(frozen=True, slots=True)
class FilterTerm:
    """A term to filter by; `count` is how many records carry it, `note` what must be known of its name."""

    id: str
    label: str
    count: int
    note: str


@dataclass(frozen=True, slots=True)
class Filter:
    """A facet to filter by; `id` is its name in the address, `facet` leads to the page of all its terms.

    `ordered` tells that its terms keep their order, where others stand by how many hits they give.
    """

    id: str
    label: str
    facet: Link
    terms: tuple[FilterTerm, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The search page: what can be filtered by. Words are searched and hits shown in the browser."""

    filters: tuple[Filter, ...]


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
