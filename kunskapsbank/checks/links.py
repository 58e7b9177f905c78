"""Catalogue + the pages there will be → the links in documents that lead nowhere."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from kunskapsbank.model.catalogue import ASSET_TYPES
from kunskapsbank.problems import Problem
from kunskapsbank.swedish.text import nearest, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kunskapsbank.markup.body import Body, Link
    from kunskapsbank.model.catalogue import Catalogue


def check(catalogue: Catalogue, generated_files: Iterable[str], faulty_files: Iterable[str]) -> list[Problem]:
    """Return a problem for each link to a page, file or heading that does not exist.

    `generated_files` are where the generated pages' Markdown would lie. Links to `faulty_files`, which exist but could
    not be read, are let pass: their own problems are told.
    """
    known = {*catalogue.bodies, *generated_files, *catalogue.assets, *faulty_files}
    return [
        problem
        for file, body in catalogue.bodies.items()
        for link in body.links
        for problem in _problems(file, link, known, catalogue.bodies)
    ]


def _problems(source: str, link: Link, known: set[str], bodies: Mapping[str, Body]) -> Iterator[Problem]:
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", link.target):
        return
    if not link.target.strip():
        yield Problem(source, link.line, "", "en länk saknar adress", "Skriv adressen inom parentesen: [text](adress)")
        return
    target, _, anchor = normalise(unquote(link.target)).partition("#")
    if target.startswith("/"):
        hint = "Skriv vägen från den här filen, till exempel ../stella/index.md"
        yield Problem(source, link.line, "", f"länken {link.target} börjar med /", hint)
        return
    folder = posixpath.dirname(source)
    file = posixpath.normpath(posixpath.join(folder, target)) if target else source
    if file not in known:
        is_asset = posixpath.splitext(file)[1].lower() in ASSET_TYPES
        message = f"filen {link.target} finns inte" if is_asset else f"länken {link.target} leder ingenstans"
        hint = "Lägg filen bredvid texten, eller rätta namnet." if is_asset else "Rätta namnet, eller ta bort länken."
        if close := _meant(file, known):
            hint = f"Menade du {posixpath.relpath(close, folder or '.')}?"
        yield Problem(source, link.line, "", message, hint)
    elif anchor and file in bodies and anchor not in bodies[file].anchors:
        close = nearest(anchor, [heading.id for heading in bodies[file].headings])
        hint = f"Menade du #{close}?" if close else "Skriv rubriken med små bokstäver, a–z och bindestreck."
        yield Problem(source, link.line, "", f"rubriken #{anchor} finns inte på sidan {file}", hint)


def _meant(file: str, known: Iterable[str]) -> str | None:
    """Return the file that was meant: of another kind or name in the folder, in a folder beside it, or elsewhere."""
    for other in (f"{file}/index.md", f"{posixpath.splitext(file)[0]}.md"):
        if other in known:
            return other
    folder, name = posixpath.split(file)
    beside = {posixpath.basename(other): other for other in known if posixpath.dirname(other) == folder}
    if close := nearest(name, beside):
        return beside[close]
    same = sorted(other for other in known if posixpath.basename(other) == name)
    parent, last = posixpath.split(folder)
    near = {posixpath.basename(d): f for f in same if posixpath.dirname(d := posixpath.dirname(f)) == parent}
    if close := nearest(last, near):
        return near[close]
    return same[0] if len(same) == 1 else None
