"""Catalogue + the pages there will be → the links in documents that lead nowhere."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from kunskapsbank.problems import Problem
from kunskapsbank.text import nearest, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kunskapsbank.body import Link
    from kunskapsbank.catalogue import Catalogue
    from kunskapsbank.record import Page, Record


def check(catalogue: Catalogue, generated_files: Iterable[str], faulty_files: Iterable[str]) -> list[Problem]:
    """Return a problem for each link to a page, file or heading that does not exist.

    `generated_files` are where the generated pages' Markdown would lie. Links to `faulty_files`, which exist but could
    not be read, are let pass: their own problems are told.
    """
    written: dict[str, Record | Page] = {}
    written.update((record.file, record) for record in catalogue.records)
    written.update((page.file, page) for page in catalogue.pages)
    known = {*written, *generated_files, *catalogue.assets, *faulty_files}
    return [
        problem
        for item in written.values()
        for link in item.body.links
        for problem in _problems(item, link, known, written)
    ]


def _problems(
    item: Record | Page, link: Link, known: set[str], written: Mapping[str, Record | Page]
) -> Iterator[Problem]:
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", link.target):
        return
    target, _, anchor = normalise(unquote(link.target)).partition("#")
    if target.startswith("/"):
        hint = "Skriv vägen från den här filen, till exempel ../stella/index.md."
        yield Problem(item.file, link.line, "", f"länken {link.target} börjar med /", hint)
        return
    file = posixpath.normpath(posixpath.join(posixpath.dirname(item.file), target)) if target else item.file
    if file not in known:
        close = nearest(file, known)
        hint = (
            f"Menade du {posixpath.relpath(close, posixpath.dirname(item.file) or '.')}?"
            if close
            else "Länka till en .md-fil eller en bild som finns."
        )
        yield Problem(item.file, link.line, "", f"länken {link.target} leder ingenstans", hint)
    elif anchor and file in written and anchor not in written[file].body.anchors:
        headings = [heading.id for heading in written[file].body.headings]
        close = nearest(anchor, headings)
        hint = f"Menade du #{close}?" if close else "Ankaret skrivs som rubriken, med små bokstäver och bindestreck."
        yield Problem(item.file, link.line, "", f"rubriken #{anchor} finns inte på sidan {file}", hint)
