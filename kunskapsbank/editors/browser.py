"""Catalogue → what the page *Skapa rapport* needs to know, as JSON: fields, terms, projects and limits.

The page applies the rules of the library in the browser (create/*.js). Whatever can be data is handed over here, so
that nothing is typed twice; tests/cases/create holds the two together.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kunskapsbank.model import vocabulary
from kunskapsbank.model.catalogue import ASSET_TYPES
from kunskapsbank.model.kinds import Kind
from kunskapsbank.reading import fields, schema

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kunskapsbank.model.catalogue import Catalogue
    from kunskapsbank.model.record import Record
    from kunskapsbank.model.vocabulary import Term, Vocabulary
    from kunskapsbank.reading.fields import FieldRule, Shape

FORMAT = 1
# The vocabularies that fields choose from.
_USED = tuple(dict.fromkeys(name for rule in schema.FIELDS for name in rule.reader.shape.vocabularies))


def rules(bank: Catalogue, pages: Iterable[str]) -> dict[str, object]:
    """Return the rules as a mapping that can be written as JSON, the same for the same content.

    `pages` are the files of all pages, also those that the bank makes: what a link may lead to. The day is left to the
    browser: years within reason are reckoned from the day that the page is used.
    """
    return {
        "format": FORMAT,
        "limits": {
            "firstYear": fields.FIRST_YEAR,
            "yearsAhead": fields.YEARS_AHEAD,
            "fewTerms": fields.FEW_TERMS,
            "analysisAskedFrom": vocabulary.ANALYSIS_ASKED_FROM,
        },
        "analysis": {"missing": vocabulary.MISSING, "notAskedFor": vocabulary.NOT_ASKED_FOR},
        "kinds": [kind.value for kind in Kind],
        "vocabularyOf": {
            "kinds": vocabulary.KINDS,
            "owners": vocabulary.OWNERS,
            "analyses": vocabulary.ANALYSIS_STATUSES,
        },
        "fields": [_field(rule) for rule in schema.FIELDS],
        "vocabularies": {name: _terms(bank.vocabularies[name]) for name in _USED},
        "projects": [_project(project) for project in bank.of_kind(Kind.PROJECT)],
        "records": [{"id": found.id, "file": found.file} for found in bank],
        "files": sorted({*pages, *bank.assets, *bank.bodies}),
        "assetTypes": sorted(ASSET_TYPES),
    }


def _field(rule: FieldRule) -> dict[str, object]:
    return {
        "key": rule.key,
        "attribute": rule.attribute,
        "label": rule.label,
        "help": rule.help,
        "example": rule.example,
        "shape": _shape(rule.reader.shape),
        "required": [kind for kind in Kind if kind in rule.required],
        "optional": [kind for kind in Kind if kind in rule.optional],
    }


def _shape(shape: Shape) -> dict[str, object]:
    found: dict[str, object] = {
        "name": shape.name,
        "longest": shape.longest,
        "vocabulary": shape.vocabulary,
        "fields": [_field(rule) for rule in shape.rules],
        "required": [rule.key for rule in shape.rules if rule.attribute in shape.required],
        "item": _shape(shape.item) if shape.item else None,
    }
    return {key: value for key, value in found.items() if value}


def _terms(terms: Vocabulary) -> dict[str, object]:
    return {"file": terms.file, "terms": [_term(term) for term in terms]}


def _term(term: Term) -> dict[str, object]:
    found: dict[str, object] = {
        "id": term.id,
        "label": term.label,
        "synonyms": term.synonyms,
        "abbreviations": term.abbreviations,
        "note": term.scope_note,
        "from": term.valid_from and term.valid_from.isoformat(),
        "to": term.valid_to and term.valid_to.isoformat(),
        "successors": term.successors,
    }
    return {key: value for key, value in found.items() if value}


def _project(project: Record) -> dict[str, object]:
    return {
        "id": project.id,
        "folder": PurePosixPath(project.file).parent.name,
        "file": project.file,
        "title": project.title,
        "aliases": project.aliases,
        "years": project.years,
        "owners": [term.id for term in project.owners],
        "audiences": [term.id for term in project.audiences],
        "themes": [term.id for term in project.themes],
        "methods": [term.id for term in project.methods],
    }
