"""Documents + what there is in the bank → the links that lead nowhere."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from kunskapsbank.checks import former
from kunskapsbank.checks.check import Check
from kunskapsbank.model.catalogue import ASSET_TYPES
from kunskapsbank.model.known import linked
from kunskapsbank.problems import Problem, Severity
from kunskapsbank.reading.fields import MOST_SUGGESTED
from kunskapsbank.swedish.text import nearest, normalise

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

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
        told = 0
        for link in document.body.links if document.body else ():
            for problem in _problems(document.file, link, bank, told < MOST_SUGGESTED):
                told += 1
                yield problem


CHECK = Check(frozenset(), Severity.ERROR, _look)


def _problems(source: str, link: Link, bank: Snapshot, suggests: bool) -> Iterator[Problem]:
    """Yield what is wrong with a link; `suggests` tells whether there is time to look for the one that was meant."""
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", link.target):
        yield from _elsewhere(source, link)
        return
    shown = short(link.target)
    if link.target.strip() in {"", "#"}:
        yield Problem(source, link.line, "", "en länk saknar adress", "Skriv adressen inom parentesen: [text](adress)")
        return
    target, _, anchor = normalise(unquote(link.target)).partition("#")
    if target.startswith("/"):
        hint = "Skriv vägen från den här filen, till exempel ../ljusare-kvallar/index.md"
        yield Problem(source, link.line, "", f"länken {shown} börjar med /", hint)
        return
    folder = posixpath.dirname(source)
    file = posixpath.normpath(posixpath.join(folder, target)) if target else source
    if not bank.has(file):
        is_asset = posixpath.splitext(file)[1].lower() in ASSET_TYPES
        message = f"filen {shown} finns inte" if is_asset else f"länken {shown} leder ingenstans"
        hint = "Lägg filen bredvid texten, eller rätta namnet." if is_asset else "Rätta namnet, eller ta bort länken."
        if suggests and (close := _meant(file, bank)):
            hint = f"Menade du {posixpath.relpath(close, folder or '.')}?"
        yield Problem(source, link.line, "", message, hint)
    elif anchor and (known := bank.get(file)) and known.headings is not None:
        if anchor not in known.all_anchors:
            close = nearest(anchor, known.headings) if suggests else None
            hint = f"Menade du #{close}?" if close else "Skriv rubriken med små bokstäver, a–z och bindestreck."
            yield Problem(source, link.line, "", f"rubriken #{anchor} finns inte på sidan {file}", hint)


def to_places(documents: Iterable[Document], files: Container[str]) -> Iterator[tuple[Document, Link, str, str]]:
    """Yield the links to a place on one of `files`, each with its document, the file and the place."""
    for document in documents:
        for link in document.body.links if document.body else ():
            anchor = unquote(link.target).partition("#")[2]
            if anchor and (file := linked(document.file, link.target)) in files:
                yield document, link, file, anchor


def lost_places(documents: Iterable[Document], places: Mapping[str, frozenset[str]]) -> Iterator[Problem]:
    """Yield each link to a place on a page that the bank makes where there is no such place.

    `places` are the anchors of these pages, by file. They have no Markdown, so that no snapshot knows of them.
    """
    for document, link, file, anchor in to_places(documents, places):
        if anchor not in places[file]:
            close = nearest(anchor, places[file])
            here = posixpath.relpath(file, posixpath.dirname(document.file) or ".")
            hint = f"Menade du #{close}?" if close else f"Länka till hela sidan: {here}"
            message = f"sidan {file} har inget ställe som heter #{short(anchor)}"
            yield Problem(document.file, link.line, "", message, hint)


_ADDRESSES: Mapping[str, tuple[str, str]] = {
    "mailto": (r"mailto:[^@\s?]+@[^@\s?]+(?:\?.*)?", "Skriv adressen efter mailto:, eller ta bort länken."),
    "tel": (r"tel:[^0-9]*[0-9].*", "Skriv numret efter tel:, eller ta bort länken."),
    "https": (r"(?:https?:)?//[^\s/?#]+[^\s]*", "Skriv hela adressen, utan mellanslag: https://example.se/sida"),
}


def _elsewhere(source: str, link: Link) -> Iterator[Problem]:
    """Yield a link to another site, a mailbox or a telephone that is no whole address."""
    target = link.target.strip()
    scheme = target.partition(":")[0].lower() if ":" in target else "https"
    pattern, hint = _ADDRESSES.get("https" if scheme == "http" or target.startswith("//") else scheme, (".*", ""))
    if not re.fullmatch(pattern, target, re.IGNORECASE | re.DOTALL):
        yield Problem(source, link.line, "", f"länken {short(target)} är ingen hel adress", hint)


def short(target: str) -> str:
    """Return an address, or the Markdown of a link, as it can be read in a message: no longer than a line."""
    return target if len(target) <= 70 else f"{target[:45]}…{target[-20:]}"


def _meant(file: str, bank: Snapshot) -> str | None:
    """Return the file that was meant: where the page is now, one of another kind or name, in a folder beside it, or
    elsewhere."""
    if moved := former.now_at(file, bank):
        return moved
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
