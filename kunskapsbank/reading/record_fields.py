"""The fields and the text of a content file → a record or a page, and every problem of what is written in them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from kunskapsbank.markup.frontmatter import Entry, Scalar, Table
from kunskapsbank.model import vocabulary
from kunskapsbank.model.kinds import Kind
from kunskapsbank.model.record import (
    Call,
    Page,
    Record,
)
from kunskapsbank.problems import ContentError, Problem, Severity
from kunskapsbank.reading.fields import (
    MISSING,
    FieldRule,
    Reading,
    hint_of,
    missing_fields,
    read_fields,
)
from kunskapsbank.reading.schema import FIELDS, FORMER, KIND_KEY, PAGE_FIELDS, key_of
from kunskapsbank.swedish.phrases import listed, years_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kunskapsbank.markup.body import Body
    from kunskapsbank.markup.frontmatter import ContentFile
    from kunskapsbank.model.vocabulary import Vocabularies

_BY_KEY: Mapping[str, FieldRule] = {rule.key: rule for rule in FIELDS}
_CALL_ATTRIBUTES = ("direction", "limits", "opens", "closes", "unused_told_by", "account")


def read_record(
    content_file: ContentFile, text_body: Body, default_id: str, vocabularies: Vocabularies, today: date
) -> tuple[Record, list[Problem]]:
    """Make a record of a content file's fields and its text, which `body.parse` has read.

    `default_id` is used where the file states none. Returns the record and its remarks. Raises ContentError with every
    problem of the fields when there is an error among them.
    """
    reading = Reading(content_file.file, vocabularies, today, [])
    fields = _as_today(content_file.fields)
    kind = _kind(fields, reading)
    table = _without_misplaced(fields, kind, reading)
    rules = tuple(rule for rule in FIELDS if kind is None or rule.applies_to(kind))
    values: dict[str, Any] = read_fields(table, rules, reading)
    _check_required(fields, kind, reading)
    _check_one_year(fields, kind, values, reading)
    if kind is None or any(problem.severity is Severity.ERROR for problem in reading.problems):
        raise ContentError(reading.problems)
    values["kind"] = kind
    values.setdefault("id", default_id)
    call = {name: values.pop(name) for name in _CALL_ATTRIBUTES if name in values}
    return Record(
        file=content_file.file, body=text_body, call=Call(**call) if kind is Kind.CALL else None, **values
    ), reading.problems


def read_page(content_file: ContentFile, text_body: Body) -> Page:
    """Make a page of a file outside the folders of records; raises ContentError with every problem of its fields."""
    problems: list[Problem] = []
    reading = Reading(content_file.file, {}, date.min, problems)
    values: dict[str, Any] = read_fields(content_file.fields, PAGE_FIELDS, reading)
    for rule in missing_fields(content_file.fields, PAGE_FIELDS[:1], PAGE_FIELDS):
        problems.append(_missing(reading, content_file.fields, rule))
    if problems:
        raise ContentError(problems)
    return Page(file=content_file.file, body=text_body, **values)


def _kind(table: Table, reading: Reading) -> Kind | None:
    """Return the kind that the file says it is; None where it says none or an unknown one, which is told elsewhere."""
    rule = _BY_KEY[KIND_KEY]
    entry = table.get(rule.key)
    if entry is None or not isinstance(entry.value, Scalar):
        return None
    term = reading.vocabularies[vocabulary.KINDS].find(entry.value.text)
    if term and term.id not in set(Kind):
        labels = [reading.vocabularies[vocabulary.KINDS].label(kind) for kind in Kind]
        message = f"typen {term.label} finns i vokabulären, men banken har inga sidor för den"
        reading.problems.append(Problem(reading.file, entry.line, rule.key, message, f"Välj mellan {listed(labels)}."))
        return None
    return Kind(term.id) if term else None


def _as_today(table: Table) -> Table:
    """Return the table with what was written in an earlier way as it is written now."""
    return Table(tuple(map(_entry_as_today, table.entries)), table.line)


def _entry_as_today(entry: Entry) -> Entry:
    if entry.key not in FORMER:
        return entry
    key, values = FORMER[entry.key]
    value = entry.value
    if isinstance(value, Scalar):
        value = Scalar(values.get(value.text.casefold(), value.text), value.line)
    return Entry(key, value, entry.line)


def _without_misplaced(table: Table, kind: Kind | None, reading: Reading) -> Table:
    """Note the fields that only other kinds have, and return the table without them."""
    kept = []
    for entry in table:
        rule = _BY_KEY.get(entry.key)
        if rule and kind and not rule.applies_to(kind):
            kinds = [reading.vocabularies[vocabulary.KINDS].label(other) for other in Kind if rule.applies_to(other)]
            hint = f"Ta bort fältet, eller ändra {KIND_KEY}. Fältet används för {listed(kinds)}."
            label = reading.vocabularies[vocabulary.KINDS].label(kind)
            reading.problems.append(
                Problem(reading.file, entry.line, entry.key, f"fältet hör inte till typen {label}", hint)
            )
        else:
            kept.append(entry)
    return Table(tuple(kept), table.line)


def _check_required(table: Table, kind: Kind | None, reading: Reading) -> None:
    required = [rule for rule in FIELDS if (kind in rule.required if kind else rule.key == KIND_KEY)]
    for rule in missing_fields(table, required, FIELDS):
        reading.problems.append(_missing(reading, table, rule))


def _check_one_year(table: Table, kind: Kind | None, values: Mapping[str, Any], reading: Reading) -> None:
    """Note several years of money where there is only one."""
    years_found = values.get("years", ())
    if kind and not kind.rule.several_years and len(years_found) > 1:
        key = key_of("years")
        entry = table.get(key)
        message = f"är {years_text(years_found)}, men bara ett projekt kan ha flera år"
        hint = f"Skriv ett år, till exempel {key}: {years_found[-1]}"
        reading.problems.append(Problem(reading.file, entry.value.line if entry else 1, key, message, hint))


def _missing(reading: Reading, table: Table, rule: FieldRule) -> Problem:
    hint = hint_of(rule, reading.vocabularies)
    return Problem(reading.file, max(1, table.line - 1), rule.key, MISSING[0], hint)
