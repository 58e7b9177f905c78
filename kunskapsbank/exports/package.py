"""Tables → files to take away: CSV, JSON Lines and a Frictionless data package that describes them.

CSV as Swedish Excel opens it with a double click: UTF-8 with a byte order mark, semicolons, Windows' line ends, and no
cell that a spreadsheet would take for a formula. Data Package and Table Schema by the Frictionless Standards 2.0
(datapackage.org). The same content gives the same bytes: the package is dated by its newest record.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from kunskapsbank.swedish.phrases import genitive

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kunskapsbank.exports.tables import Column, Table, Value
    from kunskapsbank.model.catalogue import Catalogue

DESCRIPTION = "datapackage.json"
_BETWEEN = "; "
# What a spreadsheet takes for the beginning of a formula (OWASP, CSV Injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class About:
    """What a package says of itself: title, description, licence (name and address), and the day of its newest row."""

    title: str
    description: str
    licence: str
    licence_address: str
    newest: date


def about(catalogue: Catalogue) -> About:
    """Return what a package of a bank says of itself."""
    return About(
        f"{genitive(catalogue.settings.name)} poster",
        "Projekt, dokument och utlysningar i kunskapsbanken, med medel, utfall, resultat och källor.",
        catalogue.settings.licence.name,
        catalogue.settings.licence.address,
        max((record.published for record in catalogue.real), default=date(1970, 1, 1)),
    )


def files(tables: Iterable[Table], about: About) -> dict[str, str]:
    """Return the texts of a data package by their names; CSV texts begin with a byte order mark."""
    found = tuple(tables)
    made = {f"{table.name}.csv": as_csv(table) for table in found}
    made |= {f"{table.name}.jsonl": as_json_lines(table) for table in found}
    made[DESCRIPTION] = json.dumps(_description(found, about), ensure_ascii=False, indent=2) + "\n"
    return made


def as_csv(table: Table) -> str:
    """Return a table as CSV for a Swedish spreadsheet."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    return f"\N{ZERO WIDTH NO-BREAK SPACE}{text.getvalue()}"


def as_json_lines(table: Table) -> str:
    """Return a table as JSON Lines: an object a row, without the keys that have no value, lists as lists."""
    return "".join(f"{json.dumps(_object(table, row), ensure_ascii=False)}\n" for row in table.rows)


def _object(table: Table, row: tuple[Value, ...]) -> dict[str, object]:
    pairs = zip(table.columns, row, strict=True)
    return {
        column.name: value.isoformat()
        if isinstance(value, date)
        else list(value)
        if isinstance(value, tuple)
        else value
        for column, value in pairs
        if value not in (None, ())
    }


def shown(value: Value) -> str:
    """Return a value as text: lists with semicolons, days as 2026-11-22, ja or nej, "" for nothing."""
    if isinstance(value, tuple):
        return _BETWEEN.join(value)
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def _cell(value: Value) -> str:
    text = shown(value)
    # A space before it, and the cell is text.
    return f" {text}" if text.startswith(_FORMULA) and not isinstance(value, int) else text


def _description(tables: tuple[Table, ...], about: About) -> dict[str, Any]:
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "kunskapsbank",
        "title": about.title,
        "description": about.description,
        "licenses": [{"name": about.licence, "path": about.licence_address}],
        "created": f"{about.newest.isoformat()}T00:00:00Z",
        "version": about.newest.isoformat(),
        "resources": [_resource(table) for table in tables],
    }


def _resource(table: Table) -> dict[str, Any]:
    own = table.columns[0].name == "id"
    schema: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
    }
    if table.name == "poster":
        schema["primaryKey"] = ["id"]
    elif own:
        schema["foreignKeys"] = [{"fields": ["id"], "reference": {"resource": "poster", "fields": ["id"]}}]
    return {
        "name": table.name,
        "title": table.title,
        "type": "table",
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"$schema": "https://datapackage.org/profiles/2.0/tabledialect.json", "delimiter": ";"},
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": column.name,
        "title": column.title,
        "description": column.description,
        "type": column.type,
    }
    if column.type == "boolean":
        found |= {"trueValues": ["ja"], "falseValues": ["nej"]}
    if column.type == "list":
        found |= {"delimiter": _BETWEEN, "itemType": "string"}
    return found
