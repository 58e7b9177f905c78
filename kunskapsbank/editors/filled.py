"""What an editor has filled in on the page *Skapa rapport* → the content file that it becomes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from kunskapsbank.model import vocabulary
from kunskapsbank.model.kinds import INHERITED, Kind
from kunskapsbank.reading import schema
from kunskapsbank.writing import drafts, new_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from kunskapsbank.model.record import Record
    from kunskapsbank.model.vocabulary import Term, Vocabularies
    from kunskapsbank.reading.fields import Shape
    from kunskapsbank.writing.drafts import Value
    from kunskapsbank.writing.new_document import Order

NEW_PROJECT = "+"
"""Stands for a project that is begun together with the document; no folder has such a name."""
# What the project's page has of the document that it is begun with.
SHARED = ("years", "published", "sources")
# Filled in before the editor says anything.
_KNOWN = ("title", "published", "report_year", "sources")


@dataclass(frozen=True, slots=True)
class Filled:
    """The form. `project` is a folder, or NEW_PROJECT.

    `values` are by key: a text, ids of terms, a group, or a list of groups; those of the page of a new project are in
    the group schema.NEW_PROJECT.
    `pictures` and `original` are the names of the files that lie beside.
    """

    kind: Kind
    project: str = ""
    body: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    pictures: tuple[str, ...] = ()
    original: str = ""

    def text(self, attribute: str) -> str:
        """Return what is filled in for an attribute of a record that is a text."""
        return drafts.cleaned(str(self.values.get(schema.key_of(attribute)) or ""))

    @property
    def years(self) -> tuple[int, ...]:
        """The years that can be made out, also while they are being written."""
        found = self.values.get(schema.key_of("years")) or ""
        return tuple(sorted({int(year) for year in re.findall(r"\d{4}", str(found), re.ASCII)}))

    @property
    def new_project(self) -> Filled | None:
        """The page of the project that is begun with the document, as a form of its own; None where none is."""
        if self.project != NEW_PROJECT or not self.kind.rule.in_project:
            return None
        shared = {schema.key_of(attribute): self.values.get(schema.key_of(attribute)) for attribute in SHARED}
        return Filled(Kind.PROJECT, values={**(self.values.get(schema.NEW_PROJECT) or {}), **shared})


def order(filled: Filled, projects: Iterable[Record], vocabularies: Vocabularies, today: date) -> Order:
    """Return what is ordered; the project is None where none is chosen or needed."""
    rule = filled.kind.rule
    if begun := filled.new_project:
        return new_document.Order(filled.kind, filled.years, _to_be(begun, vocabularies, today))
    chosen = (one for one in projects if PurePosixPath(one.file).parent.name == filled.project)
    project = next(chosen, None) if rule.in_project else None
    return new_document.Order(filled.kind, filled.years, project, filled.text(rule.name_of) if rule.name_of else "")


def _to_be(begun: Filled, vocabularies: Vocabularies, today: date) -> Record:
    """Return the project that is begun, with what its documents inherit, as far as it is filled in."""
    terms: dict[str, Any] = {}
    for rule in schema.FIELDS:
        if rule.attribute in INHERITED:
            found = (vocabularies[rule.reader.shape.vocabulary].find(one) for one in begun.values.get(rule.key) or ())
            terms[rule.attribute] = tuple(term for term in found if term)
    return replace(new_document.to_be(order(begun, (), vocabularies, today), today), **terms)


def is_named(ordered: Order) -> bool:
    """Tell whether enough is known to say where the file belongs."""
    rule = ordered.kind.rule
    project = ordered.project.title if ordered.project else ordered.name
    has = {"year": ordered.years, "project": project, "name": ordered.name}
    return all(known for part, known in has.items() if f"{{{part}}}" in rule.path)


def known(ordered: Order, vocabularies: Vocabularies, today: date) -> dict[str, Value]:
    """Return what can be filled in by itself, by key and as the form has it; empty where it cannot be told yet."""
    rule = ordered.kind.rule
    found = new_document.known(ordered, vocabularies[vocabulary.KINDS].get(ordered.kind), vocabularies, today)
    project = ordered.project.title if ordered.project else ""
    has = {"year": ordered.years, "project": project, "name": ordered.name}
    if not all(one for part, one in has.items() if f"{{{part}}}" in rule.title):
        found["title"] = ""
    found.setdefault("sources", [])
    # A document that is called what its editor calls it has nothing to fill in.
    wanted = [attribute for attribute in _KNOWN if attribute != rule.name_of]
    return {
        schema.key_of(attribute): found.get(attribute, "") for attribute in wanted if _applies(attribute, ordered.kind)
    }


def content(filled: Filled, ordered: Order, vocabularies: Vocabularies) -> tuple[str, str]:
    """Return the path of the file, relative to the content folder, and its text."""
    fields: dict[str, Value] = {}
    for rule in schema.FIELDS:
        is_settled = rule.attribute == "project" and filled.kind.rule.in_project
        if not rule.applies_to(filled.kind) or is_settled:
            continue
        value = _written(filled.values.get(rule.key), rule.reader.shape, vocabularies)
        if value:
            fields[rule.key] = value
    fields[schema.key_of("kind")] = vocabularies[vocabulary.KINDS].label(filled.kind)
    body = drafts.without_invisible(filled.body)
    if filled.original:
        body = drafts.with_original(body, filled.original)
    return new_document.file_of(ordered), drafts.written(fields, body)


def _written(value: Any, shape: Shape, vocabularies: Vocabularies) -> Value | None:
    """Return a value as it stands in the file, something empty where nothing is filled in."""
    if shape.name == "group":
        inner = {
            rule.key: _written((value or {}).get(rule.key), rule.reader.shape, vocabularies) for rule in shape.rules
        }
        return {key: one for key, one in inner.items() if one}
    if shape.name == "list" and shape.item:
        return [one for group in value or () if (one := _written(group, shape.item, vocabularies))]
    if shape.name == "terms":
        return [_name(term_id, vocabularies, shape.vocabulary) for term_id in value or ()]
    text = str(value or "").strip()
    if shape.name == "term":
        return _name(text, vocabularies, shape.vocabulary) if text else None
    apart = {"texts": r"\n", "years": r"[,;]"}.get(shape.name)
    if (apart and re.search(apart, text)) or shape.name == "texts":
        return [one for part in re.split(apart or "", text) if (one := part.strip())]
    return text


def _name(term_id: str, vocabularies: Vocabularies, name: str) -> str:
    """Return a term as editors write it: its name, or its id where a comma would make the name look like two."""
    term: Term | None = vocabularies[name].find(term_id)
    return term_id if term is None or "," in term.label else term.label


def _applies(attribute: str, kind: Kind) -> bool:
    return any(rule.attribute == attribute and rule.applies_to(kind) for rule in schema.FIELDS)
