"""Records and vocabularies → where the pages that the bank makes lie: what a link may lead to before they are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunskapsbank.model import facets
from kunskapsbank.model.kinds import Kind
from kunskapsbank.model.record import url_of
from kunskapsbank.swedish.text import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kunskapsbank.model.facets import Facet
    from kunskapsbank.model.record import Record
    from kunskapsbank.model.vocabulary import Term, Vocabularies

ALL_DOCUMENTS, NEWS, EXAMPLES, A_TO_Z = (f"{folder}/index.md" for folder in ("dokument", "nytt", "exempel", "a-o"))
ACCOUNTS, FOLLOW_UP = "redovisning/index.md", "uppfoljning/index.md"
SEARCH, CREATE, FIELDS, DATA = "sok/index.md", "skapa/index.md", "om/falt.md", "data/index.md"
GLOSSARY = "om/ord.md"
STATISTICS, EQUALITY, RULES = "statistik/index.md", "jamstalldhet/index.md", "regler/index.md"
# Pages that the bank makes and that editors may write a text for, in a file of that name.
WITH_TEXT = (EQUALITY, RULES)


def generated(records: Iterable[Record], vocabularies: Vocabularies) -> frozenset[str]:
    """Return the file of every page that the bank makes, where its Markdown would lie."""
    known = tuple(records)
    accounts = map(of_account, accounted_years(known))
    return frozenset({*_always(vocabularies), *accounts, *_of_records(known, vocabularies)})


def accounted_years(records: Iterable[Record]) -> frozenset[int]:
    """Return the years of which there is something to account for: money was granted, or a call accounts for them."""
    found: set[int] = set()
    for record in records:
        if record.example:
            continue
        if record.call is not None and record.call.account is not None:
            found.add(record.call.account.year)
        elif record.kind is Kind.TRAVEL_REPORT:
            found.update(record.years)
        elif record.kind is Kind.PROJECT:
            found.update(grant.year for grant in record.grants)
    return frozenset(found)


def of_account(year: int) -> str:
    """Return the page of the account of a year."""
    return f"redovisning/{year}/index.md"


def of_list(kind: Kind) -> str:
    """Return the page that lists a kind of record."""
    return f"{kind.rule.folder}/index.md"


def of_facet(facet: Facet) -> str:
    """Return the page of all terms of a facet."""
    return f"{facet.id}/index.md"


def of_term(facet: Facet, term_id: str) -> str:
    """Return the page of one term."""
    return f"{facet.id}/{term_id}/index.md"


def of_word(word: str) -> str:
    """Return the address of a word in the glossary, relative to the site's root."""
    return f"{url_of(GLOSSARY)}#{word_anchor(word)}"


def word_anchor(word: str) -> str:
    """Return the anchor of a word in the glossary."""
    return f"ord-{slugify(word)}"


def of_crossing(facet: Facet, term_id: str, other_id: str) -> str:
    """Return the page of what two terms have in common, which lies with the first."""
    return f"{facet.id}/{term_id}/{other_id}/index.md"


def _always(vocabularies: Vocabularies) -> Iterator[str]:
    yield from (ALL_DOCUMENTS, NEWS, EXAMPLES, A_TO_Z, SEARCH, CREATE, FIELDS, DATA, STATISTICS, ACCOUNTS, FOLLOW_UP)
    yield from WITH_TEXT
    yield from (of_list(kind) for kind in Kind if kind.rule.list_title)
    for facet in facets.FACETS:
        yield of_facet(facet)
        if facet.vocabulary:
            yield from (of_term(facet, term.id) for term in vocabularies[facet.vocabulary])


def _of_records(records: Iterable[Record], vocabularies: Vocabularies) -> Iterator[str]:
    """Yield the pages that are there because some record has a year, or two terms at once."""
    counted_in = {facet: _counted_in(facet, vocabularies) for facet in (facets.OWNER, facets.THEME)}
    for record in records:
        if record.example:
            continue
        for year in record.filed_under:
            yield of_term(facets.YEAR, str(year))
            yield of_crossing(facets.YEAR, str(year), record.kind)
        for owner in _each(record.owners, counted_in[facets.OWNER]):
            for theme in _each(record.themes, counted_in[facets.THEME]):
                yield of_crossing(facets.OWNER, owner, theme)


def _counted_in(facet: Facet, vocabularies: Vocabularies) -> dict[str, list[str]]:
    """Return for each term those whose pages count what it has: itself, and what it became in one step or several."""
    terms = vocabularies[facet.vocabulary or ""]
    found = {term.id: [term.id] for term in terms}
    for term in terms:
        for before in terms.predecessors(term):
            found[before.id].append(term.id)
    return found


def _each(terms: Iterable[Term], counted_in: dict[str, list[str]]) -> Iterator[str]:
    return (other for term in terms for other in counted_in[term.id])
