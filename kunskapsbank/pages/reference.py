"""Schema → the page that explains every field to editors, so that none can be forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.model import addresses, vocabulary
from kunskapsbank.model.kinds import Kind
from kunskapsbank.pages.models import Link, SitePage
from kunskapsbank.reading import schema
from kunskapsbank.reading.fields import as_written, example_of
from kunskapsbank.swedish.text import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kunskapsbank.model.vocabulary import Vocabularies, Vocabulary
    from kunskapsbank.pages.records import Views
    from kunskapsbank.reading.fields import FieldRule


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field of the front matter; `example` is as it stands in a file, `required` and `optional` name kinds."""

    key: str
    help: str
    example: str
    required: tuple[str, ...]
    optional: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldSection:
    """Fields under a heading with an anchor."""

    heading: str
    anchor: str
    lines: tuple[FieldLine, ...]


@dataclass(frozen=True, slots=True)
class FieldPage:
    """Every field that an editor can write."""

    sections: tuple[FieldSection, ...]


FILE = addresses.FIELDS


def page(views: Views) -> SitePage:
    """Return the page of all fields, in the order of the schema; the fields of a group have a section of their own."""
    terms = views.catalogue.vocabularies
    sections = [_section("Fälten", schema.FIELDS, terms)]
    for rule in schema.FIELDS:
        shape = rule.reader.shape.item or rule.reader.shape
        if shape.rules:
            sections.append(_section(f"Fälten under {rule.key}", shape.rules, terms))
    sections.append(_section("Fälten på sidor om banken", schema.PAGE_FIELDS, terms))
    return SitePage(
        file=FILE,
        title="Alla fält",
        summary="Vad varje fält överst i ett dokument betyder, hur det skrivs och var det används.",
        template="fields.html",
        view=FieldPage(tuple(sections)),
        updated=views.updated(),
        trail=(Link("Om kunskapsbanken", "om/"), Link("Redaktionshandbok", "om/redaktionshandbok/")),
    )


def _section(heading: str, rules: Iterable[FieldRule], terms: Vocabularies) -> FieldSection:
    return FieldSection(heading, slugify(heading), tuple(_line(rule, terms) for rule in rules))


def _line(rule: FieldRule, terms: Vocabularies) -> FieldLine:
    kinds = terms[vocabulary.KINDS]
    return FieldLine(
        key=rule.key,
        help=rule.help,
        example=as_written(rule.key, example_of(rule, terms)),
        required=_labels(rule.required, kinds),
        optional=_labels(rule.optional, kinds),
    )


def _labels(found: frozenset[Kind], kinds: Vocabulary) -> tuple[str, ...]:
    """Return the kinds' names as they stand in a sentence; of all kinds just "alla typer"."""
    if found == frozenset(Kind):
        return ("alla typer",)
    return tuple(kinds.label(kind) for kind in Kind if kind in found)
