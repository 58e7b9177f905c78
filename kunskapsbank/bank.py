"""Content folder → Bank: the catalogue, its facets, and every problem of the whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kunskapsbank import checks
from kunskapsbank.checks.personal.patterns import discreet
from kunskapsbank.kept import version
from kunskapsbank.model import facets
from kunskapsbank.progress import silent
from kunskapsbank.reading import loading
from kunskapsbank.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

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
    store = Store(cache / "texts.sqlite", version()) if cache else None
    records = loading.load(content, today, store, tell)
    index = facets.index(records)
    if records.is_broken:
        # Terms or names are missing, so pages and the links to them cannot be told right from wrong.
        return Bank(_with_problems(records, records.problems), index)
    return Bank(_with_problems(records, (*records.problems, *checks.errors(records, cache, tell))), index)


def _with_problems(records: Catalogue, problems: Iterable[Problem]) -> Catalogue:
    """Return the catalogue with these problems, sorted, and without the personal data that some of them quote."""
    return replace(records, problems=tuple(sorted({discreet(problem) for problem in problems})))
