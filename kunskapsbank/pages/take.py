"""Catalogue → what can be taken along of each page, and the files that it leads to.

A record has its reference in three forms, and so have all that a list holds; a list has feeds too, and so has the
bank. The bank's own feed is that of what is new, and the start page offers it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from hashlib import blake2b
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin

from kunskapsbank.exports import citations, feeds, reference
from kunskapsbank.model import addresses
from kunskapsbank.model.facets import newest_first
from kunskapsbank.model.kinds import Kind
from kunskapsbank.model.record import url_of
from kunskapsbank.pages.models import FeedLink, Link, Take
from kunskapsbank.swedish.phrases import size_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kunskapsbank.exports.feeds import Entry
    from kunskapsbank.exports.reference import Reference
    from kunskapsbank.model.catalogue import Catalogue
    from kunskapsbank.model.record import Record
    from kunskapsbank.pages.records import Views

_START = "index.md"
_OF_ONE, _OF_MANY = "referens", "referenser"
_ORIGINAL = "-original"
# What a report can be written in; pictures and tables lie beside documents too.
_DOCUMENTS = frozenset({".docx", ".odt", ".pdf", ".pptx"})
_NEVER = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class _List:
    """A page that lists records: its file, what its feed is called, and the records, newest first."""

    file: str
    title: str
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class TakeFile:
    """A file that a page leads to: its address relative to the site's root, what its text says, as values, and what
    makes the text of these and of the site's address."""

    address: str
    shown: object
    make: Callable[[], str]


def takes(views: Views) -> dict[str, Take]:
    """Return what can be taken along, by the file of the page."""
    catalogue = views.catalogue
    originals = _originals_by_document(catalogue)
    found = {
        record.file: Take(
            reference=reference.of(record, catalogue),
            citations=_citation_links(record.url, _OF_ONE),
            originals=tuple(originals.get(record.file.removesuffix(".md"), ())),
        )
        for record in catalogue.real
    }
    for one in _lists(views):
        url = url_of(one.file)
        count = len(one.records)
        found[one.file] = Take(
            citations=_citation_links(url, _OF_MANY) if count else (),
            note=f"Källhänvisningar till {'den enda posten' if count == 1 else f'alla {count}'} på sidan",
            feeds=_feed_links(url),
        )
    found[_START] = Take(feeds=_feed_links(url_of(addresses.NEWS)))
    return found


def files(views: Views, site: str) -> Iterator[TakeFile]:
    """Yield the files that pages lead to.

    `site` is the site's own address, with end slash. Without one, "", references have no addresses and there are no
    feeds, as a feed is read far from its site.
    """
    catalogue = views.catalogue
    cited = {record.id: reference.of(record, catalogue) for record in catalogue.real}
    # A list tells what is needed to find and to cite: with all summaries it would be as large as the texts.
    brief = {key: replace(one, summary="", keywords=()) for key, one in cited.items()}
    marks = {key: _mark(one) for key, one in brief.items()}
    lists = tuple(_lists(views))
    for form in citations.FORMATS:
        write = partial(_written, form, site)
        for one in cited.values():
            yield TakeFile(f"{one.path}{_OF_ONE}.{form.ending}", one, partial(_together, form, (one,), write))
        yield from _citations(form, brief, marks, lists, site)
    if site:
        yield from _feeds(views, lists, site)


def _citations(
    form: citations.Format,
    brief: Mapping[str, Reference],
    marks: Mapping[str, bytes],
    lists: Iterable[_List],
    site: str,
) -> Iterator[TakeFile]:
    texts: dict[str, str] = {}

    def written(one: Reference) -> str:
        # A reference stands in the list of each of the record's terms.
        if one.key not in texts:
            texts[one.key] = _written(form, site, one)
        return texts[one.key]

    for found in lists:
        if found.records:
            listed = tuple(brief[record.id] for record in found.records)
            address = f"{url_of(found.file)}{_OF_MANY}.{form.ending}"
            shown = b"".join(marks[record.id] for record in found.records)
            yield TakeFile(address, shown, partial(_together, form, listed, written))


def _together(form: citations.Format, found: Iterable[Reference], written: Callable[[Reference], str]) -> str:
    return form.together(map(written, found))


def _written(form: citations.Format, site: str, one: Reference) -> str:
    return form.write(one, _absolute(site, one.path))


def _feeds(views: Views, lists: Iterable[_List], site: str) -> Iterator[TakeFile]:
    first = _first_day(views.catalogue)
    known: dict[str, Entry] = {}
    marks: dict[str, bytes] = {}

    def entry(record: Record, site: str) -> Entry:
        if record.id not in known:
            one = known[record.id] = feeds.entry_of(record, site)
            marks[one.id] = _mark(one)
        return known[record.id]

    for one in lists:
        url = url_of(one.file)
        feed = feeds.of(one.title, url, one.records, site, views.catalogue.settings.sender, first, entry)
        shown = (replace(feed, entries=()), b"".join(marks[told.id] for told in feed.entries))
        for form in feeds.FORMATS:
            yield TakeFile(f"{url}{form.file}", shown, partial(form.write, feed, form.file))


def _mark(value: Entry | Reference) -> bytes:
    """Return what tells a value from all others, and can stand for it."""
    return blake2b(repr(value).encode("utf-8"), digest_size=16).digest()


def _first_day(catalogue: Catalogue) -> date:
    """Return the day of the oldest record: what a feed that is empty still changes to never changes."""
    return min((record.published for record in catalogue.real), default=_NEVER)


def _lists(views: Views) -> Iterator[_List]:
    catalogue = views.catalogue
    real = newest_first(catalogue.real)
    yield _List(addresses.NEWS, views.catalogue.settings.name, real)
    documents = tuple(record for record in real if record.is_document)
    yield _List(addresses.ALL_DOCUMENTS, f"{views.catalogue.settings.name}: alla dokument", documents)
    for kind in Kind:
        if title := kind.rule.list_title:
            of_kind = tuple(record for record in real if record.kind is kind)
            yield _List(addresses.of_list(kind), f"{views.catalogue.settings.name}: {title.lower()}", of_kind)
    for entry in views.index:
        file = addresses.of_term(entry.facet, entry.term.id)
        label = f"{entry.facet.label.lower()} {entry.term.label}"
        yield _List(file, f"{views.catalogue.settings.name}: {label}", entry.members)


def _absolute(site: str, path: str) -> str:
    return urljoin(site, quote(path)) if site else ""


def _citation_links(url: str, name: str) -> tuple[Link, ...]:
    return tuple(Link(form.name, f"{url}{name}.{form.ending}") for form in citations.FORMATS)


def _feed_links(url: str) -> tuple[FeedLink, ...]:
    return tuple(FeedLink(form.name, form.type, f"{url}{form.file}") for form in feeds.FORMATS)


def _originals_by_document(catalogue: Catalogue) -> dict[str, list[Link]]:
    """Return the originals in the bank by the files of their documents, without their endings.

    They lie beside the document and are named as it is, or so with "-original": *Skapa rapport* and `import` do so.
    """
    found: dict[str, list[Link]] = {}
    for name, place in sorted(catalogue.assets.items()):
        path = PurePosixPath(name)
        if path.suffix.lower() in _DOCUMENTS:
            shown = f"{path.suffix[1:].upper()}, {size_text(place.stat().st_size)}"
            found.setdefault(str(path.with_suffix("")).removesuffix(_ORIGINAL), []).append(Link(shown, name))
    return found
