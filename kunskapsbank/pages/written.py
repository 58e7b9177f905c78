"""Catalogue → the pages that editors wrote: documents, projects, calls, the start page and those about the bank."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from kunskapsbank.model import addresses, vocabulary
from kunskapsbank.model.kinds import Kind
from kunskapsbank.pages import equality, rules, start
from kunskapsbank.pages.lists import letter_anchor, letter_of
from kunskapsbank.pages.models import Link, PageText, SitePage
from kunskapsbank.pages.records import Views
from kunskapsbank.swedish.phrases import capitalised, years_text
from kunskapsbank.swedish.text import sort_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kunskapsbank.markup.body import Body
    from kunskapsbank.model.record import Page, Record


@dataclass(frozen=True, slots=True)
class GlossaryLine:
    """A word, what it stands for or also is called, and what it means.

    `link` leads to the term's page; a word without one has an `anchor` here.
    """

    word: str
    other_names: tuple[str, ...]
    meaning: str
    link: Link | None
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class GlossarySection:
    """The words of one letter."""

    heading: str
    anchor: str
    lines: tuple[GlossaryLine, ...]


@dataclass(frozen=True, slots=True)
class Glossary:
    """Words and abbreviations in alphabetical order."""

    sections: tuple[GlossarySection, ...]


_START = "index.md"
# What is no document has a page of its own sort; so has a call.
_VIEWS: dict[Kind, tuple[str, Callable[[Views, Record], object]]] = {
    Kind.PROJECT: ("project.html", Views.project),
    Kind.CALL: ("call.html", Views.call),
}


def pages(views: Views) -> Iterator[SitePage]:
    """Return a page for every content file, and those to which editors may write one."""
    for record in views.catalogue:
        views.read(record)
    for record in views.catalogue:
        yield _record_page(views, record)
    for page in views.catalogue.pages:
        yield _plain_page(views, page)
    written = {page.file for page in views.catalogue.pages}
    for file in addresses.WITH_TEXT:
        if file not in written:
            template, view = _VIEWS_OF_PAGES[file]
            yield SitePage(file, *_UNWRITTEN[file], template, view(views), views.updated())


def page(views: Views, file: str) -> SitePage:
    """Return the page of one content file, as `pages` does; raises StopIteration for a file that has none."""
    records = (_record_page(views, record) for record in views.catalogue if record.file == file)
    return next(chain(records, (_plain_page(views, page) for page in views.catalogue.pages if page.file == file)))


def _record_page(views: Views, record: Record) -> SitePage:
    template, view = _view(views, record)
    return SitePage(
        file=record.file,
        title=record.title,
        summary=record.summary,
        template=template,
        view=view,
        updated=record.published,
        trail=_trail(views, record),
        text=PageText(record.body, tuple(_others(views, record))),
        written=True,
        words=views.explaining.of_bodies(_bodies(views, record)),
    )


def _bodies(views: Views, record: Record) -> Iterator[Body]:
    yield record.body
    if not record.is_document:
        yield from (document.body for document in views.shown_whole(record))


def _view(views: Views, record: Record) -> tuple[str, object]:
    template, make = _VIEWS.get(record.kind, ("document.html", Views.document))
    return template, make(views, record)


def _others(views: Views, record: Record) -> Iterator[tuple[str, str, Body]]:
    """Yield the texts that a project's page shows beside its own."""
    for document in views.shown_whole(record) if not record.is_document else ():
        years = years_text(document.filed_under)
        heading = " ".join(filter(None, (capitalised(views.kind_label(document.kind)), years)))
        yield f"{heading}, i sammandrag", document.file.rpartition("/")[2].removesuffix(".md"), document.body


def _trail(views: Views, record: Record) -> tuple[Link, ...]:
    """Return the way to a record: by the list of its kind or, where it has none, by its project."""
    listed = record.kind.rule if record.kind.rule.list_title else Kind.PROJECT.rule
    listing = Link(listed.list_title, f"{listed.folder}/")
    project = None if record.kind.rule.list_title else views.catalogue.project_of(record)
    return (listing, Link(project.title, project.url)) if project else (listing,)


def _plain_page(views: Views, page: Page) -> SitePage:
    about = Link("Om kunskapsbanken", "om/")
    template, view = _VIEWS_OF_PAGES.get(page.file, ("plain.html", lambda _: None))
    return SitePage(
        file=page.file,
        title=page.title,
        summary=page.summary,
        template=template,
        view=view(views),
        updated=views.updated(),
        trail=() if page.url in {"", about.url} or page.file in addresses.WITH_TEXT else (about,),
        text=PageText(page.body),
        written=True,
    )


def _glossary(views: Views) -> Glossary:
    """Return the words of all vocabularies but the sources, which are titles, and the statuses of projects."""
    folders = {facet.vocabulary: facet for facet in views.index.facets}
    lines = []
    for name, terms in views.catalogue.vocabularies.items():
        facet = folders.get(name)
        for term in terms:
            if name not in {vocabulary.SOURCES, vocabulary.STATUSES}:
                link = Link(facet.plural, f"{facet.id}/{term.id}/") if facet else None
                other_names = (*term.abbreviations, *term.synonyms)
                anchor = "" if link else addresses.word_anchor(term.label)
                lines.append(GlossaryLine(term.label, other_names, term.scope_note, link, anchor))
    letters: dict[str, list[GlossaryLine]] = {}
    for line in sorted(lines, key=lambda line: sort_key(line.word)):
        letters.setdefault(letter_of(line.word), []).append(line)
    return Glossary(
        tuple(GlossarySection(letter, letter_anchor(letter), tuple(found)) for letter, found in letters.items())
    )


_VIEWS_OF_PAGES: dict[str, tuple[str, Callable[[Views], object]]] = {
    _START: ("start.html", start.view),
    addresses.GLOSSARY: ("glossary.html", _glossary),
    addresses.ACCESSIBILITY: ("accessibility.html", lambda _: None),
    addresses.EQUALITY: ("equality.html", equality.view),
    addresses.RULES: ("rules.html", rules.view),
}
# Title and summary of the pages that editors have not written to.
_UNWRITTEN = {
    addresses.EQUALITY: ("Jämställdhet", "Hur många jämställdhetsanalyser det finns och vad de säger."),
    addresses.RULES: ("Regler", "Vad varje utlysning tillåter, bredvid det som fick pengar."),
}
