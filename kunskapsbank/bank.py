"""Content folder → Bank: the catalogue, its facets, its pages, and every problem of the whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kunskapsbank import catalogue, checks, facets, links, pages

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from kunskapsbank.catalogue import Catalogue
    from kunskapsbank.facets import FacetIndex
    from kunskapsbank.pages.models import SitePage


@dataclass(frozen=True)
class Bank:
    """Everything a site, a search index or an account is made of. `catalogue.problems` holds all problems."""

    catalogue: Catalogue
    index: FacetIndex
    pages: tuple[SitePage, ...]


def open_bank(content: Path, today: date) -> Bank:
    """Read and check a content folder and work out everything that is shown of it.

    `today` bounds the years within reason. Bad content raises nothing: see `Bank.catalogue.problems`. Raises
    FileNotFoundError when there is no such folder.
    """
    records = catalogue.load(content, today)
    index = facets.index(records)
    if any(terms.broken for terms in records.vocabularies.values()):
        # Terms are missing, so pages and the links to them cannot be told right from wrong.
        return Bank(records, index, ())
    generated = pages.generate(records, index)
    faulty = {problem.file for problem in records.errors}
    broken = links.check(records, (page.file for page in generated), faulty)
    checked = replace(records, problems=tuple(sorted({*records.problems, *broken, *checks.errors(records)})))
    return Bank(checked, index, generated)
