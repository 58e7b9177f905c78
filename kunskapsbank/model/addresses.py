"""Records and vocabularies → where the pages that the bank makes lie: what a link may lead to before they are made."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from kunskapsbank.model import facets
from kunskapsbank.model.kinds import Kind
from kunskapsbank.model.record import url_of
from kunskapsbank.problems import BankError
from kunskapsbank.swedish.text import normalise, slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kunskapsbank.model.facets import Facet
    from kunskapsbank.model.record import Record
    from kunskapsbank.model.vocabulary import Term, Vocabularies
    from kunskapsbank.settings import Settings

ALL_DOCUMENTS, NEWS, EXAMPLES, A_TO_Z = (f"{folder}/index.md" for folder in ("dokument", "nytt", "exempel", "a-o"))
ACCOUNTS, FOLLOW_UP = "redovisning/index.md", "uppfoljning/index.md"
SEARCH, CREATE, FIELDS, DATA = "sok/index.md", "skapa/index.md", "om/falt.md", "data/index.md"
ACCESSIBILITY = "om/tillganglighet.md"
GLOSSARY, IDEA = "om/ord.md", "provat/index.md"
STATISTICS, EQUALITY, RULES = "statistik/index.md", "jamstalldhet/index.md", "regler/index.md"
# Pages that the bank makes and that editors may write a text for, in a file of that name.
WITH_TEXT = (EQUALITY, RULES)
ALWAYS = (
    ALL_DOCUMENTS, NEWS, EXAMPLES, A_TO_Z, SEARCH, IDEA, CREATE, FIELDS, DATA, STATISTICS, ACCOUNTS, FOLLOW_UP,
    *WITH_TEXT,
)  # fmt: skip
"""The pages that every bank has, whatever its facets."""
# Where the site itself answers, beside its pages.
NOT_FOUND = "404.html"
_PAGES_AS_FILES = {".html", ".htm"}


class AddressError(BankError):
    """An address that no page of the site can have had; the text says why, to stand after the address, in Swedish."""


def written(text: str) -> str:
    """Return an address of a page as it was on the site: "projekt/stella/" for that, "/projekt/stella/index.html" and
    "projekt/stella/index.md"; "gammal/sida.html" for a page that was a file.

    Raises AddressError for what lies outside the site or cannot be a page that a static site answers with.
    """
    path = normalise(unquote(text.strip()))
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", path):
        raise AddressError("är en hel adress, men ska vara vägen på bankens sajt")
    if re.search(r"[?#]", path):
        raise AddressError("har ? eller #, och det kan en gammal adress inte ha")
    parts = path.strip("/").split("/")
    if any(part.startswith(".") for part in parts):
        raise AddressError("leder utanför bankens sajt")
    if "//" in path:
        raise AddressError("har två / i rad")
    if bad := next((sign for sign in path if not re.fullmatch(r"[\w./-]", sign)), ""):
        raise AddressError(f"har tecknet {'mellanslag' if bad == ' ' else bad}, och det kan en gammal adress inte ha")
    if parts[-1] in {"index.html", "index.htm", "index.md"}:
        parts.pop()
    if parts and parts[-1].endswith(".md"):
        parts[-1] = parts[-1].removesuffix(".md")
    if not "".join(parts):
        raise AddressError("är startsidans adress")
    ending = "" if path.endswith("/") else posixpath.splitext(parts[-1])[1].lower()
    if ending and ending not in _PAGES_AS_FILES and re.search(r"[a-z]", ending):
        raise AddressError(f"slutar på {ending}, men bara sidor kan leda vidare")
    return "/".join(parts) if ending in _PAGES_AS_FILES else f"{'/'.join(parts)}/"


def generated(records: Iterable[Record], vocabularies: Vocabularies, settings: Settings) -> frozenset[str]:
    """Return the file of every page that the bank makes, where its Markdown would lie."""
    known = tuple(records)
    accounts = map(of_account, accounted_years(known))
    ways = facets.of(settings)
    return frozenset({*_always(vocabularies, ways), *accounts, *_of_records(known, vocabularies, ways)})


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


def as_address(file: str) -> str:
    """Return a content file's name as it should be for its address: each part small, in ASCII, with hyphens."""
    parts = normalise(file).removesuffix(".md").split("/")
    return "/".join(slugify(part) or part for part in parts) + (".md" if file.endswith(".md") else "")


def of_crossing(facet: Facet, term_id: str, other_id: str) -> str:
    """Return the page of what two terms have in common, which lies with the first."""
    return f"{facet.id}/{term_id}/{other_id}/index.md"


def _always(vocabularies: Vocabularies, ways: Iterable[Facet]) -> Iterator[str]:
    yield from ALWAYS
    yield from (of_list(kind) for kind in Kind if kind.rule.list_title)
    for facet in ways:
        yield of_facet(facet)
        if facet.vocabulary:
            yield from (of_term(facet, term.id) for term in vocabularies[facet.vocabulary])


def _of_records(records: Iterable[Record], vocabularies: Vocabularies, ways: Sequence[Facet]) -> Iterator[str]:
    """Yield the pages that are there because some record has a year, or two terms at once."""
    counted_in = {facet: _counted_in(facet, vocabularies) for facet in (facets.OWNER, facets.THEME)}
    owners = ways[ways.index(facets.OWNER)]
    for record in records:
        if record.example:
            continue
        for year in record.filed_under:
            yield of_term(facets.YEAR, str(year))
            yield of_crossing(facets.YEAR, str(year), record.kind)
        for owner in _each(record.owners, counted_in[facets.OWNER]):
            for theme in _each(record.themes, counted_in[facets.THEME]):
                yield of_crossing(owners, owner, theme)


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
