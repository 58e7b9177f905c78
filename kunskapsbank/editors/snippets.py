"""Schema + vocabularies → VS Code's snippets, which complete the fields of a Markdown file without any extension.

VS Code takes front matter for YAML, but its YAML servers do not look into Markdown: a field is completed by its key,
with a list of terms to pick from or an example to write over.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kunskapsbank.reading import schema
from kunskapsbank.reading.fields import example_of

if TYPE_CHECKING:
    from kunskapsbank.model.vocabulary import Vocabularies
    from kunskapsbank.reading.fields import FieldRule


def snippets(vocabularies: Vocabularies) -> dict[str, object]:
    """Return the snippets of all fields by key, in the form of a .code-snippets file."""
    return {rule.key: _snippet(rule, vocabularies) for rule in schema.FIELDS}


def _snippet(rule: FieldRule, vocabularies: Vocabularies) -> dict[str, object]:
    body = f"{rule.key}:{_value(rule, vocabularies)}"
    return {"scope": "yaml", "prefix": rule.key, "body": body.split("\n"), "description": rule.help}


def _value(rule: FieldRule, vocabularies: Vocabularies, stop: int = 1) -> str:
    """Return what stands after a field's colon; `stop` is the number of its tab stop. Groups stand at the top only."""
    shape = rule.reader.shape
    inner = shape.item or shape
    if inner.name == "group":
        wanted = [field for field in inner.rules if field.attribute in inner.required] or inner.rules[:1]
        lines = [f"{field.key}:{_value(field, vocabularies, number)}" for number, field in enumerate(wanted, stop)]
        return ("\n  - " + "\n    ".join(lines)) if shape.item else ("\n  " + "\n  ".join(lines))
    if shape.name in {"term", "terms"}:
        choice = _choice(stop, [term.label for term in vocabularies[shape.vocabulary]])
        return f" {choice}" if shape.name == "term" else f"\n  - {choice}"
    if shape.name == "yes-no":
        return f" {_choice(stop, ['ja', 'nej'])}"
    example = re.sub(r"([\\$}])", r"\\\1", example_of(rule, vocabularies))
    return f" ${{{stop}:{example}}}"


def _choice(stop: int, labels: list[str]) -> str:
    escaped = [re.sub(r"([\\,|])", r"\\\1", label) for label in labels]
    return f"${{{stop}|{','.join(escaped)}|}}"
