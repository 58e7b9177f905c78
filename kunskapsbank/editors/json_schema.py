"""Schema + vocabularies → JSON Schema, so that editors' programs complete and check what is typed.

Draft 7, which the language servers for YAML know, with their extensions `errorMessage`, `markdownDescription`,
`enumDescriptions` and `defaultSnippets`; other readers pass over them. A schema sees one value at a time: what it
complains of, the library complains of too, but not the other way round. Values are taken as YAML 1.2 types them: 2018
is a number, ja and 2026-11-22 are texts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kunskapsbank.model import vocabulary
from kunskapsbank.model.kinds import Kind
from kunskapsbank.reading import account_words, schema, settings_fields, vocabulary_files, word_list
from kunskapsbank.reading.fields import FEW_TERMS, MAP_SIZE, as_written, example_of, rule_of
from kunskapsbank.swedish.phrases import listed
from kunskapsbank.swedish.text import slugify

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kunskapsbank.model.vocabulary import Term, Vocabularies, Vocabulary
    from kunskapsbank.reading.fields import FieldRule, Shape

Json = dict[str, object]

_DRAFT = "http://json-schema.org/draft-07/schema#"


def _any(message: str, *ways: Json) -> Json:
    """Return a schema of several ways to write a value; language servers tell of the nearest way, so each has the
    message."""
    return {"anyOf": [{**way, "errorMessage": message} for way in ways]}


# A text that YAML takes for a number or a truth value is a text all the same.
_TEXT: Json = {"type": ["string", "number", "boolean"], "pattern": r"\S", "errorMessage": "Skriv en text."}
_TEXTS = _any("Skriv en text, eller flera: [ett, två].", _TEXT, {"type": "array", "minItems": 1, "items": _TEXT})
_IDENTIFIER: Json = {
    "type": ["string", "integer"],
    "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
    "errorMessage": "Skriv bara små bokstäver a–z, siffror och bindestreck.",
}
_YES_NO = _any(
    "Skriv ja eller nej.",
    {"enum": ["ja", "nej"]},
    {"type": "string", "pattern": r"^\s*([Jj][Aa]|[Nn][Ee][Jj])\s*$"},
)
_THOUSANDS = "[0-9]{1,3}([ \u00a0\u202f.][0-9]{3}){1,3}"
# 12.500 is twelve thousand five hundred to us but a decimal number to YAML, so decimals have to pass.
_NUMBER = _any(
    "Skriv ett helt tal, till exempel 500000.",
    {"type": "number", "minimum": 0},
    {"type": "string", "pattern": rf"^([0-9]{{1,12}}|{_THOUSANDS})(\s*(kr|kronor)\.?)?$"},
)
# Every year that may be within reason, whatever the day: from fields.FIRST_YEAR on.
_YEAR_PATTERN = "(199[0-9]|20[0-9]{2})"
_YEAR = _any(
    "Skriv ett årtal, till exempel 2018.",
    {"type": "integer", "minimum": 1990, "maximum": 2099},
    {"type": "string", "pattern": f"^{_YEAR_PATTERN}$"},
)
_YEARS = _any(
    "Skriv ett årtal, flera år: [2015, 2016], eller från och till: 2013–2016.",
    _YEAR,
    {"type": "array", "minItems": 1, "items": _YEAR},
    {"type": "string", "pattern": rf"^{_YEAR_PATTERN}\s*[-–—]\s*{_YEAR_PATTERN}$"},
)
_ONE_YEAR = _any(
    "Skriv ett årtal, till exempel 2018. Bara ett projekt kan ha flera år.",
    _YEAR,
    {"type": "array", "minItems": 1, "maxItems": 1, "items": _YEAR},
)
_DAY: Json = {
    "type": "string",
    "pattern": f"^{_YEAR_PATTERN}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
    "errorMessage": "Skriv ett datum som 2026-11-22.",
}
# Names are older than the bank.
_ANY_YEAR = _any(
    "Skriv ett årtal, till exempel 2018.",
    {"type": "integer", "minimum": 1000, "maximum": 9999},
    {"type": "string", "pattern": "^[0-9]{4}$"},
)
_ANY_DAY: Json = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "errorMessage": _DAY["errorMessage"]}
_SIMPLE: Mapping[str, Json] = {
    "text": _TEXT,
    "texts": _TEXTS,
    "identifier": _IDENTIFIER,
    "yes-no": _YES_NO,
    "number": _NUMBER,
    "year": _YEAR,
    "any-year": _ANY_YEAR,
    "years": _YEARS,
    "day": _DAY,
    "any-day": _ANY_DAY,
    "map-place": {
        "type": "array",
        "items": {"type": "integer", "minimum": 1, "maximum": MAP_SIZE},
        "minItems": 2,
        "maxItems": 2,
        "errorMessage": f"Skriv kolumn och rad, två tal mellan 1 och {MAP_SIZE}, till exempel [2, 3].",
    },
}


def record(vocabularies: Vocabularies) -> Json:
    """Return the schema of the fields of a project or a document; each kind has fields of its own."""
    kinds = vocabularies[vocabulary.KINDS]
    field_of = {rule.key: rule for rule in schema.FIELDS}
    kind_key, years_key = schema.key_of("kind"), schema.key_of("years")
    definitions: Json = {
        _name_of(name): _term(vocabularies[name])
        for name in sorted({name for rule in schema.FIELDS for name in rule.reader.shape.vocabularies})
    }
    definitions |= {f"field-{rule.attribute}": _field(rule, vocabularies) for rule in schema.FIELDS}
    definitions["one-year"] = _told(field_of[years_key], _ONE_YEAR, vocabularies)
    choices: list[Json] = [
        {
            "if": {"required": [kind_key], "properties": {kind_key: _named(term)}},
            "then": _of_kind(Kind(term.id), term),
        }
        for term in kinds
        if term.id in set(Kind)
    ]
    unknown: Json = {"properties": {key: _ref(f"field-{rule.attribute}") for key, rule in field_of.items()}}
    return {
        "$schema": _DRAFT,
        "title": "Fälten i ett projekt eller ett dokument",
        "type": "object",
        "errorMessage": "Skriv fälten, ett på varje rad: titel: …",
        "definitions": definitions,
        "properties": {kind_key: _ref("field-kind")},
        "allOf": [
            _required(kind_key),
            *choices,
            {"if": {"not": {"required": [kind_key]}}, "then": unknown},
        ],
    }


def _of_kind(kind: Kind, term: Term) -> Json:
    rules = [rule for rule in schema.FIELDS if rule.applies_to(kind)]
    years_key = schema.key_of("years")
    properties: Json = {rule.key: _ref(f"field-{rule.attribute}") for rule in rules}
    if not kind.rule.several_years and years_key in properties:
        properties[years_key] = _ref("one-year")
    for key, (today, _) in schema.FORMER.items():
        if today in properties:
            properties[key] = {"deprecated": True, "description": f"Skrivs numera {today}."}
    return {
        "properties": properties,
        "additionalProperties": False,
        "errorMessage": f"Fältet hör inte till typen {term.label}, eller så är det felstavat.",
        "allOf": [_required(rule.key) for rule in rules if kind in rule.required],
    }


def _required(key: str) -> Json:
    """Return the schema of a table that has a field; one by one, so that the message can name it."""
    return {"required": [key], "errorMessage": f"Fältet {key} saknas."}


def page() -> Json:
    """Return the schema of the fields of a page such as those under om/."""
    return {
        "$schema": _DRAFT,
        "title": "Fälten på en sida",
        **_table({rule.key: _field(rule, {}) for rule in schema.PAGE_FIELDS}, [schema.PAGE_FIELDS[0].key]),
    }


def _ref(name: str) -> Json:
    return {"$ref": f"#/definitions/{name}"}


def _field(rule: FieldRule, vocabularies: Vocabularies) -> Json:
    return _told(rule, _shaped(rule.reader.shape, vocabularies), vocabularies)


def _told(rule: FieldRule, found: Json, vocabularies: Vocabularies) -> Json:
    """Return a field's schema with what is shown of it: name, help and an example."""
    example = f"Till exempel:\n\n```yaml\n{as_written(rule.key, example_of(rule, vocabularies))}\n```"
    return {
        "title": rule.label,
        "description": rule.help,
        "markdownDescription": f"{rule.help}\n\n{example}",
        **found,
    }


def _shaped(shape: Shape, vocabularies: Vocabularies) -> Json:
    if shape.name == "term":
        return {"allOf": [_ref(_name_of(shape.vocabulary))]}
    if shape.name == "terms":
        term = _ref(_name_of(shape.vocabulary))
        message = "Okänd term. Flera skrivs i en lista där varje punkt börjar med -."
        return {"anyOf": [term, {"type": "array", "minItems": 1, "items": term, "errorMessage": message}]}
    if shape.name == "group":
        required = [field.key for field in shape.rules if field.attribute in shape.required]
        found: Json = {
            **_table({field.key: _field(field, vocabularies) for field in shape.rules}, required),
            "minProperties": 1,
        }
        single = _single(shape, vocabularies)
        return {"anyOf": [single, found]} if single else found
    if shape.name == "list":
        assert shape.item
        message = "Skriv en lista där varje punkt börjar med -."
        several: Json = {
            "type": "array",
            "minItems": 1,
            "items": _shaped(shape.item, vocabularies),
            "errorMessage": message,
        }
        single = _single(shape.item, vocabularies)
        return {"anyOf": [single, several]} if single else several
    simple = _SIMPLE[shape.name]
    if not shape.longest:
        return simple
    return {**simple, "maxLength": shape.longest, "errorMessage": f"Skriv en text på högst {shape.longest} tecken."}


def _single(group: Shape, vocabularies: Vocabularies) -> Json | None:
    """Return the schema of the single value that stands for a group, or None where nothing does."""
    return next((_field(rule, vocabularies) for rule in group.rules if rule.attribute == group.short), None)


def _table(fields: Mapping[str, Json], required: list[str]) -> Json:
    return {
        "type": "object",
        "properties": dict(fields),
        "additionalProperties": False,
        "errorMessage": f"Fälten här är {listed(list(fields))}.",
        **({"allOf": [_required(key) for key in required]} if required else {}),
    }


def _name_of(vocabulary_name: str) -> str:
    return f"terms-{slugify(vocabulary_name)}"


def _term(terms: Vocabulary) -> Json:
    """Return the schema of one term: its label is proposed, its other names and its id are taken too."""
    labels = [term.label for term in terms]
    choice = f"Välj mellan {listed(labels)}." if len(labels) <= FEW_TERMS else f"Termerna står i {terms.file}."
    proposed: Json = {"enum": labels, "enumDescriptions": [term.scope_note for term in terms]}
    return _any(f"Okänd term. {choice}", proposed, _named(*terms))


def _named(*terms: Term) -> Json:
    """Return the schema of every way to write a term: the library cares neither for case nor for double spaces."""
    names = dict.fromkeys(name for term in terms for name in (term.label, *term.synonyms, *term.abbreviations, term.id))
    return {"type": ["string", "number"], "pattern": f"^\\s*({'|'.join(map(_any_case, names))})\\s*$"}


def _any_case(name: str) -> str:
    written = []
    for letter in name:
        both = sorted({letter.lower(), letter.upper()})
        written.append(f"[{both[0]}{both[1]}]" if len(both) == 2 and len(both[1]) == 1 else re.escape(letter))
    return re.sub(r"(\\ )+", r"\\s+", "".join(written)).replace(r"\-", "-")


def vocabulary_folder() -> Json:
    """Return the schema of any file in vokabular/: two are known by a key of theirs, the rest are lists of terms."""
    words, accounts = rule_of(word_list.FILE_FIELDS, "entries").key, account_words.FILE_FIELDS[0].key
    return {
        "$schema": _DRAFT,
        "title": "En av bankens vokabulärer, ordlistan eller redovisningens ord",
        "type": "object",
        "if": {"required": [words]},
        "then": word_list_file(),
        "else": {"if": {"required": [accounts]}, "then": account_words_file(), "else": vocabulary_file()},
    }


def account_words_file() -> Json:
    """Return the schema of the words of accounts."""
    rules = account_words.FILE_FIELDS
    fields = {rule.key: _field(rule, {}) for rule in rules}
    return {"$schema": _DRAFT, "title": "Redovisningens ord", **_table(fields, [rule.key for rule in rules])}


def settings(vocabularies: Vocabularies) -> Json:
    """Return the schema of the bank's settings."""
    rules = settings_fields.FILE_FIELDS
    names = sorted({name for rule in rules for name in rule.reader.shape.vocabularies})
    required = [rule.key for rule in rules if rule.attribute in settings_fields.REQUIRED]
    return {
        "$schema": _DRAFT,
        "title": "Bankens inställningar",
        "definitions": {_name_of(name): _term(vocabularies[name]) for name in names},
        **_table({rule.key: _field(rule, vocabularies) for rule in rules}, required),
    }


def word_list_file() -> Json:
    """Return the schema of the word list."""
    return _list_file("Ordlistan", word_list.FILE_FIELDS, "entries", "Nytt ord")


def vocabulary_file() -> Json:
    """Return the schema of a vocabulary."""
    return _list_file("En av bankens vokabulärer", vocabulary_files.FILE_FIELDS, "terms", "Ny term")


def _list_file(title: str, rules: Sequence[FieldRule], attribute: str, snippet: str) -> Json:
    """Return the schema of a file that is a list of groups of fields, with a snippet for a new one."""
    listed_rule = rule_of(rules, attribute)
    fields = {rule.key: _field(rule, {}) for rule in rules}
    shape = listed_rule.reader.shape.item
    assert shape
    needed = [rule for rule in shape.rules if rule.attribute in shape.required]
    body = {rule.key: f"${{{stop}:{rule.example}}}" for stop, rule in enumerate(needed, 1)}
    fields[listed_rule.key]["items"] = {**_shaped(shape, {}), "defaultSnippets": [{"label": snippet, "body": body}]}
    return {"$schema": _DRAFT, "title": title, **_table(fields, [listed_rule.key])}
