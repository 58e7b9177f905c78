"""Documents + what there is in the bank → the links that lead nowhere."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from kunskapsbank.checks.check import Check
from kunskapsbank.model.catalogue import ASSET_TYPES
from kunskapsbank.problems import Problem, Severity
from kunskapsbank.swedish.text import nearest, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kunskapsbank.markup.inline import Link
    from kunskapsbank.model.document import Document
    from kunskapsbank.model.snapshot import Snapshot


RULE = "extern länk"
"""The rule of links to other sites, which are asked for only on request: see `outside`."""


def _look(documents: Iterable[Document], bank: Snapshot) -> Iterator[Problem]:
    """Yield each link to a page, file or heading that does not exist.

    Files that exist but could not be read may be linked to: their own problems are told.
    """
    for document in documents:
        for link in document.body.links if document.body else ():
            yield from _problems(document.file, link, bank)


CHECK = Check(frozenset(), Severity.ERROR, _look)


def _problems(source: str, link: Link, bank: Snapshot) -> Iterator[Problem]:
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
    if not bank.has(file):
        is_asset = posixpath.splitext(file)[1].lower() in ASSET_TYPES
        message = f"filen {link.target} finns inte" if is_asset else f"länken {link.target} leder ingenstans"
        hint = "Lägg filen bredvid texten, eller rätta namnet." if is_asset else "Rätta namnet, eller ta bort länken."
        if close := _meant(file, bank):
            hint = f"Menade du {posixpath.relpath(close, folder or '.')}?"
        yield Problem(source, link.line, "", message, hint)
    elif anchor and (known := bank.get(file)) and known.headings is not None:
        if anchor not in {*known.headings, *known.anchors}:
            close = nearest(anchor, known.headings)
            hint = f"Menade du #{close}?" if close else "Skriv rubriken med små bokstäver, a–z och bindestreck."
            yield Problem(source, link.line, "", f"rubriken #{anchor} finns inte på sidan {file}", hint)


def _meant(file: str, bank: Snapshot) -> str | None:
    """Return the file that was meant: of another kind or name in the folder, in a folder beside it, or elsewhere."""
    for other in (f"{file}/index.md", f"{posixpath.splitext(file)[0]}.md"):
        if bank.has(other):
            return other
    folder, name = posixpath.split(file)
    beside = {posixpath.basename(other): other for other in bank.names if posixpath.dirname(other) == folder}
    if close := nearest(name, beside):
        return beside[close]
    same = [other for other in bank.names if posixpath.basename(other) == name]
    parent, last = posixpath.split(folder)
    near = {posixpath.basename(d): f for f in same if posixpath.dirname(d := posixpath.dirname(f)) == parent}
    if close := nearest(last, near):
        return near[close]
    return same[0] if len(same) == 1 else None
