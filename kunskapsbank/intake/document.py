"""A converted report, what the editor says of it and what its text suggests → the file of the bank that it becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunskapsbank.model import vocabulary
from kunskapsbank.model.catalogue import ASSET_TYPES
from kunskapsbank.model.kinds import INHERITED
from kunskapsbank.reading import schema
from kunskapsbank.reading.fields import example_of
from kunskapsbank.suggest.suggestions import filled
from kunskapsbank.writing import drafts, new_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from kunskapsbank.intake.conversion import Converted
    from kunskapsbank.model.record import Record
    from kunskapsbank.model.vocabulary import Vocabularies
    from kunskapsbank.suggest.evidence import Suggestion
    from kunskapsbank.writing.drafts import Value
    from kunskapsbank.writing.new_document import Order

# What a report's text may say of its project too, beside what documents inherit.
_OF_PROJECT = frozenset({*INHERITED, "summary", "status", "outcomes", "grants", "sequel"})
# Said or asked for, never taken from the text.
_SETTLED = frozenset({"kind", "years", "project", "published", "sources"})


def written(
    converted: Converted,
    order: Order,
    suggestions: Iterable[Suggestion],
    vocabularies: Vocabularies,
    today: date,
    original: str = "",
    with_project: bool = False,
) -> str:
    """Return the text of the content file.

    What comes from the report's own text stands under a comment that asks the editor to confirm it; what is required
    and not known stands empty. `original` is the name of the file to link to at the end, if any. `with_project` tells
    that the project's page is made at the same time, by `of_project`: what is inherited stands there.
    """
    values = new_document.known(order, vocabularies[vocabulary.KINDS].get(order.kind), vocabularies, today)
    notes: dict[str, list[str]] = {}
    if converted.title:
        values["title"] = converted.title[: schema.TITLE_LENGTH]
        notes[schema.key_of("title")] = [drafts.suggested("")]
    if "report_year" in values:
        notes[schema.key_of("report_year")] = [drafts.suggested("")]
    found, passages = filled(suggestions)
    settled = _SETTLED | {"owners"} if order.owners else _SETTLED
    for rule in schema.FIELDS:
        wanted = rule.key in found and rule.applies_to(order.kind) and rule.attribute not in settled
        is_elsewhere = with_project and rule.attribute in INHERITED
        if wanted and not is_elsewhere and not _inherited(rule.attribute, found[rule.key], order.project):
            values[rule.attribute] = found[rule.key]
            notes[rule.key] = passages[rule.key]
    body = drafts.with_original(converted.markdown, original) if original else converted.markdown
    return drafts.written(_fields(values, notes, order, vocabularies), body, notes)


def of_project(order: Order, suggestions: Iterable[Suggestion], vocabularies: Vocabularies, today: date) -> str:
    """Return the text of the page of a new project, as far as its first report tells of it; as `written` does."""
    term = vocabularies[vocabulary.KINDS].get(order.kind)
    values = new_document.known(order, term, vocabularies, today)
    notes: dict[str, list[str]] = {}
    found, passages = filled(suggestions)
    for rule in schema.FIELDS:
        if rule.key in found and rule.attribute in _OF_PROJECT - values.keys():
            values[rule.attribute] = found[rule.key]
            notes[rule.key] = passages[rule.key]
    body = drafts.outline(term.sections, max(order.years, default=None))
    return drafts.written(_fields(values, notes, order, vocabularies), body, notes)


def _fields(
    values: dict[str, Value], notes: dict[str, list[str]], order: Order, vocabularies: Vocabularies
) -> dict[str, Value]:
    """Return the fields by their keys, and put help above those that are required and empty."""
    fields: dict[str, Value] = {}
    for rule in schema.FIELDS:
        if rule.attribute in values:
            fields[rule.key] = values[rule.attribute]
        elif order.kind in rule.required:
            fields[rule.key] = ""
            notes[rule.key] = [rule.help, f"Exempel: {example_of(rule, vocabularies)}"]
    return fields


def _inherited(attribute: str, value: Value, project: Record | None) -> bool:
    """Tell whether a document has all of a suggestion from its project already."""
    held = getattr(project, attribute, None) if project else None
    if not isinstance(held, tuple) or attribute not in INHERITED:
        return False
    names: Sequence[Value] = [value] if isinstance(value, str) or not isinstance(value, list | tuple) else value
    return {str(name) for name in names} <= {name for term in held for name in (term.id, term.label)}


def original_name(converted: Converted) -> str:
    """Return the name under which the original is kept beside the document; "" where it must not be published."""
    kept = converted.original is not None and f".{converted.ending}" in ASSET_TYPES
    return f"original.{converted.ending}" if kept else ""
