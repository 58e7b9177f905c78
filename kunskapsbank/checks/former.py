"""Documents → addresses that their pages had before and that cannot lead on to them: in use, or another's too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunskapsbank.checks.check import Check
from kunskapsbank.markup.frontmatter import Items, Scalar
from kunskapsbank.model import addresses
from kunskapsbank.model.record import url_of
from kunskapsbank.problems import Problem, Severity
from kunskapsbank.reading import schema

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

    from kunskapsbank.model.document import Document
    from kunskapsbank.model.known import Known
    from kunskapsbank.model.snapshot import Snapshot


def _look(documents: Iterable[Document], bank: Snapshot) -> Iterator[Problem]:
    """Yield each old address that is the page's own, that another page has, or that another page has had."""
    key = schema.key_of("former")
    for document in documents:
        found = document.record or document.page
        for line, address in _written(document, key) if found and found.former else ():
            for message, hint in _faults(document.file, found.url if found else "", address, bank):
                yield Problem(document.file, line, key, f"{address} {message}", hint)


CHECK = Check(frozenset(), Severity.ERROR, _look)


def _written(document: Document, key: str) -> Iterator[tuple[int, str]]:
    """Yield the addresses with their lines."""
    entry = document.source.fields.get(key) if document.source else None
    value = entry.value if entry else None
    for node in value.values if isinstance(value, Items) else (value,):
        if isinstance(node, Scalar):
            yield node.line, addresses.written(node.text)


def _faults(file: str, own: str, address: str, bank: Snapshot) -> Iterator[tuple[str, str]]:
    if address.casefold() == own.casefold():
        yield "är sidans egen adress och skulle leda runt till sig själv", "Ta bort raden."
    elif used := _used_by(address, bank):
        yield f"används: där finns {used}", "Ta bort raden: en adress kan bara leda till en sida."
    else:
        first = min(bank.having(table, address.casefold()), key=lambda known: known.place)
        if first.file != file:
            hint = "Ta bort raden i den ena filen: en adress kan bara leda till en sida."
            yield f"är en äldre adress också för {first.file}", hint


def _used_by(address: str, bank: Snapshot) -> str:
    """Return the file that answers at an address, "" where none does."""
    stem = address.rstrip("/")
    here = [known.file for known in bank.having(_address, address.casefold())]
    made = [file for file in (f"{stem}/index.md", f"{stem}.md") if file in bank.generated]
    beside = [file for file in (stem, addresses.NOT_FOUND) if file == stem and bank.has(file)]
    own = [addresses.NOT_FOUND] if stem == addresses.NOT_FOUND else []
    return next(iter((*here, *made, *beside, *own)), "")


def table(known: Known) -> Iterable[Hashable]:
    """Return under which addresses a page is looked up that it no longer has."""
    return tuple(address.casefold() for address in known.former)


def _address(known: Known) -> Iterable[Hashable]:
    return (known.address,) if known.record or known.is_page else ()


def now_at(file: str, bank: Snapshot) -> str:
    """Return the file of the page that lay at `file` before; "" where none did."""
    found = bank.having(table, url_of(file).casefold())
    return found[0].file if found else ""
