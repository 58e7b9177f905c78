"""Catalogue → the page of tables to take away, and the files that it leads to."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.exports import package, tables
from kunskapsbank.model import addresses
from kunskapsbank.pages.models import SitePage

if TYPE_CHECKING:
    from kunskapsbank.exports.tables import Table
    from kunskapsbank.model.catalogue import Catalogue
    from kunskapsbank.pages.records import Views


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table to take away: what it holds, how many rows, its columns (name, meaning), and where its files lie."""

    title: str
    name: str
    rows: int
    columns: tuple[tuple[str, str], ...]
    csv: str
    json_lines: str


@dataclass(frozen=True, slots=True)
class DataPage:
    """The tables to take away, the licence that they have, and where the description of them all lies."""

    tables: tuple[DataTable, ...]
    licence: str
    licence_address: str
    description: str


FOLDER = posixpath.dirname(addresses.DATA)


def page(views: Views) -> SitePage:
    """Return the page that tells which tables there are."""
    about = package.about(views.catalogue)
    return SitePage(
        file=addresses.DATA,
        title="Ladda ner bankens uppgifter",
        summary="Allt som banken vet om projekt, dokument och medel som tabeller, för Excel och för program.",
        template="data.html",
        view=DataPage(
            tuple(map(_table, tables.tables(views.catalogue))),
            about.licence,
            about.licence_address,
            f"{FOLDER}/{package.DESCRIPTION}",
        ),
        updated=views.updated(),
    )


def files(catalogue: Catalogue) -> dict[str, str]:
    """Return the texts of the files that the page leads to, by their address in the site."""
    made = package.files(tables.tables(catalogue), package.about(catalogue))
    return {f"{FOLDER}/{name}": text for name, text in made.items()}


def _table(table: Table) -> DataTable:
    columns = tuple((column.name, column.description) for column in table.columns)
    address = f"{FOLDER}/{table.name}"
    return DataTable(table.title, table.name, len(table.rows), columns, f"{address}.csv", f"{address}.jsonl")
