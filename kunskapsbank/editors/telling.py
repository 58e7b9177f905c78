"""A problem of a file that is being filled in → the same in the words of the form: its fields by their labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.reading import schema
from kunskapsbank.reading.fields import MISSING
from kunskapsbank.swedish.phrases import capitalised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kunskapsbank.problems import Problem
    from kunskapsbank.reading.fields import FieldRule

# What a file calls a field that is not there, or there without a value; a form always has the field.
_EMPTY = frozenset(MISSING)


@dataclass(frozen=True, slots=True)
class Told:
    """What the form says: at which field ("Medel 1, Form"), what is wrong, what to do, and whether it is just empty."""

    label: str
    said: str
    help: str
    is_left: bool


def of(problem: Problem, path: str) -> Told:
    """Return a problem in the words of the form; `path` is that of the field, as `places.path_of` gives it."""
    labels, rule = _way(path)
    if rule and problem.message in _EMPTY:
        return Told(", ".join(labels), "är inte ifyllt", rule.help, is_left=True)
    said = problem.message if labels else capitalised(problem.message)
    return Told(", ".join(labels), said, problem.hint, is_left=path == schema.key_of("project"))


def _way(path: str) -> tuple[list[str], FieldRule | None]:
    """Return the labels on the way to a field, numbered from 1 in lists, and the field's rule."""
    rules: Sequence[FieldRule] = schema.FIELDS
    labels: list[str] = []
    rule = None
    for name in path.split("/"):
        if name == schema.NEW_PROJECT:
            labels.append("Det nya projektet")
        elif name.isdecimal() and labels:
            labels[-1] += f" {int(name) + 1}"
        elif rule := next((one for one in rules if one.key == name), None):
            labels.append(rule.label)
            rules = (rule.reader.shape.item or rule.reader.shape).rules
    return labels, rule
