"""Content folder → Bank: the catalogue, its facets, and every problem of the whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kunskapsbank import checks
from kunskapsbank.checks import links
from kunskapsbank.checks.personal.patterns import discreet
from kunskapsbank.files.digest import digest_of
from kunskapsbank.kept import version
from kunskapsbank.model import facets
from kunskapsbank.problems import ContentError, Severity
from kunskapsbank.progress import silent
from kunskapsbank.reading import loading, taken_apart
from kunskapsbank.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from kunskapsbank.markup.body import Body
    from kunskapsbank.markup.frontmatter import ContentFile
    from kunskapsbank.model.catalogue import Catalogue
    from kunskapsbank.model.facets import FacetIndex
    from kunskapsbank.problems import Problem
    from kunskapsbank.progress import Tell


@dataclass(frozen=True)
class Bank:
    """All that pages, a search index or an account are made of. `catalogue.problems` holds all problems."""

    catalogue: Catalogue
    index: FacetIndex


def open_bank(content: Path, today: date, cache: Path | None = None, tell: Tell = silent) -> Bank:
    """Read and check a content folder and work out everything that is shown of it.

    `today` bounds the years within reason. `cache` is a folder for what need not be worked out again, such as what
    attachments hold; None keeps nothing. `tell` is told what is being done, how much of it is done and of how much. Bad
    content raises nothing: see `Bank.catalogue.problems`, none of which
    quotes personal data. Raises FileNotFoundError when there is no such folder.
    """
    return of(read(content, today, cache, tell))


def of(records: Catalogue) -> Bank:
    """Return the bank of a catalogue, with what is shown of it."""
    return Bank(records, facets.index(records))


def read(content: Path, today: date, cache: Path | None = None, tell: Tell = silent) -> Catalogue:
    """Return the catalogue of a bank as `open_bank` does, without what is only shown of it."""
    store = Store(cache / loading.TEXTS, version()) if cache else None
    records = loading.load(content, today, store, tell)
    if records.is_broken:
        # Terms or names are missing, so pages and the links to them cannot be told right from wrong.
        return _with_problems(records, records.problems)
    return _with_problems(records, (*records.problems, *checks.errors(records, cache, tell)))


def rewritten(bank: Bank, file: str, data: bytes) -> Bank | None:
    """Return the bank with another text of a file, where nothing but its text is another; None for all else.

    None too where anything is wrong with it, or was: only the whole can tell whether it is to be published. What lists
    tell of the file is not affected by its text, so the facets are the same.
    """
    catalogue = bank.catalogue
    source, before = catalogue.sources.get(file), catalogue.bodies.get(file)
    if source is None or before is None or any(problem.file == file for problem in catalogue.problems):
        return None
    try:
        content, text, problems = taken_apart.read(file, data)
    except ContentError:
        return None
    is_same = _around(content, text) == _around(source, before) and before.anchors <= text.anchors
    if problems or not is_same:
        return None
    new = catalogue.rewritten(content, text, digest_of(data))
    document = next(one for one in new.documents if one.file == file)
    around = catalogue.snapshot.with_documents([document])
    is_wrong = any(found.severity is Severity.ERROR for found in checks.errors_of([document], around))
    # Of the places on pages that the bank makes only those pages can tell.
    if is_wrong or any(True for _ in links.to_places([document], around.generated)):
        return None
    return replace(bank, catalogue=new)


def _around(content: ContentFile, text: Body) -> tuple[object, ...]:
    """Return what of a file the rest of the bank goes by, besides the places that a link can lead to."""
    return content.above, content.fields, content.body_line, tuple(comment.text for comment in text.comments)


def _with_problems(records: Catalogue, problems: Iterable[Problem]) -> Catalogue:
    """Return the catalogue with these problems, sorted, and without the personal data that some of them quote."""
    return records.with_problems({discreet(problem) for problem in problems})
