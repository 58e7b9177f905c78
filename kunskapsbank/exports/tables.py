"""Catalogue → tables of what the records say, by the table of fields: one of records, one of each group of fields.

A new field becomes a column, a new group a table, without a line here. Invented examples are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kunskapsbank.model import vocabulary
from kunskapsbank.model.vocabulary import Term
from kunskapsbank.reading import schema
from kunskapsbank.swedish.text import slugify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kunskapsbank.model.catalogue import Catalogue
    from kunskapsbank.model.record import Record
    from kunskapsbank.reading.fields import FieldRule, Shape

Value = str | int | bool | date | tuple[str, ...] | None
# What a value of a table can be, by the shape of the field it is read from; all else is text.
_TYPES = {
    "number": "integer",
    "year": "year",
    "any-year": "year",
    "day": "date",
    "any-day": "date",
    "yes-no": "boolean",
}
_SEVERAL = frozenset({"texts", "terms", "years"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column: name, heading, meaning, and type: string, integer, year, date, boolean or list."""

    name: str
    title: str
    description: str
    type: str = "string"


@dataclass(frozen=True, slots=True)
class Table:
    """A table by its name, with what it holds; the first column of each is the id of the record that a row is of."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


_ID = Column("id", "Id", "Sidans fasta namn i banken.")
_ADDRESS = Column("adress", "Adress", "Sidans adress i banken, räknad från startsidan.")


def tables(catalogue: Catalogue) -> tuple[Table, ...]:
    """Return the table of all records and one of each group of fields that records have, in the order of the fields."""
    simple = [rule for rule in schema.FIELDS if not _groups(rule) and rule.attribute != "id"]
    records = sorted(catalogue.real, key=lambda record: record.id)
    rows = tuple((record.id, record.url, *(_value(_of(record, rule), rule) for rule in simple)) for record in records)
    title = "Projekt, dokument och utlysningar"
    whole = Table("poster", title, (_ID, _ADDRESS, *(_column(rule) for rule in simple)), rows)
    groups = [rule for rule in schema.FIELDS if _groups(rule)]
    terms = tuple(_terms(catalogue))
    columns = (
        Column("vokabular", "Vokabulär", "Listan som termen hör till."),
        Column("id", "Id", "Termens fasta id."),
        Column("namn", "Namn", "Termens namn, så som det står i tabellerna."),
        Column("förklaring", "Förklaring", "Vad termen betyder."),
    )
    return (whole, *(_of_group(rule, records) for rule in groups), Table("termer", "Termer", columns, terms))


def _groups(rule: FieldRule) -> tuple[FieldRule, ...]:
    """Return the fields of a group, or of each group of a list; none for a simple field."""
    return _inner(rule).rules


def _inner(rule: FieldRule) -> Shape:
    return rule.reader.shape.item or rule.reader.shape


def _of(record: Record, rule: FieldRule) -> object:
    call = record.call
    return getattr(record if hasattr(record, rule.attribute) else call, rule.attribute, None)


def _of_group(rule: FieldRule, records: list[Record]) -> Table:
    found = []
    for record in records:
        value = _of(record, rule)
        items = value if isinstance(value, tuple) else () if value is None else (value,)
        for item in items:
            row = tuple(_value(getattr(item, inner.attribute), inner) for inner in _groups(rule))
            # A call without limits has none to tell.
            if any(cell not in (None, ()) for cell in row):
                found.append((record.id, *row))
    columns = (_ID, *(_column(inner) for inner in _groups(rule)))
    return Table(slugify(rule.key), rule.label, columns, tuple(found))


def _column(rule: FieldRule) -> Column:
    name = _inner(rule).name
    kind = "list" if rule.reader.shape.name in _SEVERAL else _TYPES.get(name, "string")
    return Column(rule.key, rule.label, rule.help, kind)


def _value(value: object, rule: FieldRule) -> Value:
    """Return what stands in a cell: terms by their names, and nothing where nothing is known."""
    if isinstance(value, tuple):
        return tuple(_text(item) for item in value)
    if value is None or value == "":
        return None
    return value if isinstance(value, bool | int | date) else _text(value)


def _text(value: object) -> str:
    return value.label if isinstance(value, Term) else str(value)


def _terms(catalogue: Catalogue) -> Iterator[tuple[Value, ...]]:
    for name, terms in sorted(catalogue.vocabularies.items()):
        if name != vocabulary.WORDS:
            yield from ((name, term.id, term.label, term.scope_note or None) for term in terms)
