"""A document and a place in it → a problem there: at a line, at a field, inside a group or at a point of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunskapsbank.markup.frontmatter import Items, Table
from kunskapsbank.problems import Problem
from kunskapsbank.reading import schema

if TYPE_CHECKING:
    from kunskapsbank.model.document import Document


def at_line(document: Document, line: int, message: str, hint: str, rule: str) -> Problem:
    """Return a problem of the text, at a line of the file."""
    return Problem(document.file, line, "", message, hint, rule=rule)


def at_body(document: Document, message: str, hint: str, rule: str) -> Problem:
    """Return a problem of the text as a whole, at its first line."""
    return at_line(document, document.body_line, message, hint, rule)


def at_field(document: Document, attribute: str, message: str, hint: str, rule: str, inner: str = "") -> Problem:
    """Return a problem of a field, at its line or, where it is not written, at the file's first.

    `attribute` is the record's; `inner` the key of a field of its group that the problem is about, though it may not be
    written.
    """
    key = schema.key_of(attribute)
    line = document.source.line_of(key) if document.source else 1
    return Problem(document.file, line, _within(key, inner), message, hint, rule=rule)


def in_group(document: Document, attribute: str, inner: str, message: str, hint: str, rule: str) -> Problem:
    """Return a problem of a field in a group, at its own line if it is written, else at the group's."""
    key = schema.key_of(attribute)
    entry = document.source.fields.get(key) if document.source else None
    within = entry.value.get(inner) if entry and isinstance(entry.value, Table) else None
    found = within or entry
    return Problem(document.file, found.line if found else 1, _within(key, inner), message, hint, rule=rule)


def at_item(document: Document, attribute: str, place: int, inner: str, message: str, hint: str, rule: str) -> Problem:
    """Return a problem of one point of a list of groups, counted from 0; `inner` is the key in it, "" for all of it."""
    key = schema.key_of(attribute)
    entry = document.source.fields.get(key) if document.source else None
    line = entry.line if entry else 1
    if entry and isinstance(entry.value, Items):
        line = entry.value.values[place].line
    return Problem(document.file, line, _within(key, inner), message, hint, rule=rule)


def _within(key: str, inner: str) -> str:
    return f"{key} → {inner}" if inner else key
