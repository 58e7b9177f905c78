"""Schema + vocabularies → the form of the page *Skapa rapport*: every field that a document can have, once.

Which of them a kind has, and must have, stands beside each field; the page shows them by that.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kunskapsbank.model import vocabulary
from kunskapsbank.model.kinds import INHERITED, Kind
from kunskapsbank.reading import schema
from kunskapsbank.reading.fields import FEW_TERMS, example_of
from kunskapsbank.swedish.phrases import capitalised, date_text
from kunskapsbank.swedish.text import fold, slugify, sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kunskapsbank.model.catalogue import Catalogue
    from kunskapsbank.model.vocabulary import Term, Vocabularies
    from kunskapsbank.reading.fields import FieldRule, Shape

PLACE = "NN"
"""Stands for the number of a group in a list, in the ids and paths of its fields."""

# Written in several lines.
_LONG = frozenset({"summary", "sequel", "note"})
_SHORT = frozenset({"year", "day", "number"})
# What a reader sees first is filled in first; the rest comes in the order of the schema.
_FIRST = ("title", "summary")
# Filled in at the start of the page.
_AT_THE_START = frozenset({"kind", "years"})
# Shown at once though they are not required; other such fields are folded away.
_ALWAYS_SHOWN = frozenset({"gender_analysis", "grants", "report_year"})
# What a report that looks back must tell.
_EVIDENCE = frozenset({"result", "evidence"})
# What the page of a new project has from the document that it is begun with.
_OF_THE_DOCUMENT = frozenset({"published", "sources"})
# A document gets these by its content, never by choice.
_BY_THEMSELVES = vocabulary.WITHOUT_ANALYSIS


@dataclass(frozen=True, slots=True)
class Choice:
    """A term to choose: what is handed on, its name, what it means, and all its names as the search compares them."""

    id: str
    label: str
    note: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form.

    `path` is the way to its value: a key, or several with / between. `id` is its element's. `look` is how it is filled
    in: text, long, texts, yes-no, terms, term, project, group or list. `required` and `optional` name kinds, with
    spaces between, and `asked` those that must tell it where they can, so that it is not folded away. Inside a group,
    `needed` tells whether it must be there where the group is, and `must` that it always must.
    """

    path: str
    id: str
    label: str
    help: str
    look: str
    longest: int = 0
    is_short: bool = False
    is_number: bool = False
    choices: tuple[Choice, ...] = ()
    may_be_none: bool = False
    fields: tuple[Field, ...] = ()
    is_inner: bool = False
    needed: bool = False
    required: str = ""
    optional: str = ""
    is_shown: bool = False
    asked: str = ""
    must: bool = False
    takes_suggestions: bool = True

    @property
    def is_folded(self) -> bool:
        """Whether there are too many terms to be seen at once."""
        return len(self.choices) > FEW_TERMS


@dataclass(frozen=True, slots=True)
class KindChoice:
    """A kind of document: its id and name, and whether it lies with a project and can have several years."""

    id: str
    label: str
    in_project: bool
    several_years: bool


@dataclass(frozen=True, slots=True)
class Form:
    """All that the page's form is made of; `projects` are chosen by their folders, `new_project` begins one."""

    kinds: tuple[KindChoice, ...]
    projects: tuple[Choice, ...]
    new_project: Field
    years: Field
    fields: tuple[Field, ...]


def form(bank: Catalogue) -> Form:
    """Return the form for a bank's vocabularies and projects."""
    terms = bank.vocabularies
    by_attribute = {rule.attribute: rule for rule in schema.FIELDS}
    others = [rule for rule in schema.FIELDS if rule.attribute not in {*_FIRST, *_AT_THE_START}]
    in_order = [*(by_attribute[attribute] for attribute in _FIRST), *others]
    kinds = (
        KindChoice(
            kind, capitalised(terms[vocabulary.KINDS].label(kind)), kind.rule.in_project, kind.rule.several_years
        )
        for kind in Kind
    )
    return Form(
        tuple(kinds),
        tuple(_projects(bank)),
        _new_project(terms),
        _field(by_attribute["years"], terms, ()),
        tuple(_field(rule, terms, ()) for rule in in_order),
    )


def _projects(bank: Catalogue) -> Iterable[Choice]:
    for project in sorted(bank.of_kind(Kind.PROJECT), key=lambda one: sort_key(one.title)):
        also = f" ({', '.join(project.aliases)})" if project.aliases else ""
        yield Choice(PurePosixPath(project.file).parent.name, f"{project.title}{also}")


def _new_project(terms: Vocabularies) -> Field:
    """Return the group of what the page of a new project must say, and what its documents inherit."""
    rules = [
        rule
        for rule in schema.FIELDS
        if (Kind.PROJECT in rule.required and rule.attribute not in _AT_THE_START | _OF_THE_DOCUMENT)
        or rule.attribute in INHERITED
    ]
    fields = (
        replace(
            _field(rule, terms, (schema.NEW_PROJECT,)),
            must=Kind.PROJECT in rule.required,
            may_be_none=False,
            takes_suggestions=rule.attribute in INHERITED,
        )
        for rule in sorted(rules, key=lambda rule: rule.attribute not in _FIRST)
    )
    return Field(
        path=schema.NEW_PROJECT,
        id=id_of((schema.NEW_PROJECT,)),
        label="Det nya projektet",
        help="Projektets egen sida görs samtidigt. Ägare, målgrupper, teman och metoder gäller också för dokumentet.",
        look="group",
        fields=tuple(fields),
    )


def _field(rule: FieldRule, terms: Vocabularies, within: tuple[str, ...], needed: bool = False) -> Field:
    path = (*within, rule.key)
    shape = rule.reader.shape
    is_inner = bool(within)
    look = _look(rule, shape)
    group = shape.item if shape.item else shape
    inner = (*path, PLACE) if shape.item else path
    must = rule.required if not is_inner else frozenset()
    return Field(
        path="/".join(path),
        id=id_of(path),
        label=rule.label,
        help=_help(rule, look, example_of(rule, terms)),
        look=look,
        longest=shape.longest,
        is_short=shape.name in _SHORT,
        is_number=shape.name in {"year", "number"},
        choices=_choices(rule, shape, terms),
        may_be_none=look == "term" and (is_inner or not must),
        fields=tuple(_field(one, terms, inner, one.attribute in group.required) for one in group.rules),
        is_inner=is_inner,
        needed=needed,
        required=" ".join(kind for kind in Kind if kind in must),
        optional=" ".join(kind for kind in Kind if kind in rule.optional and not _is_known(rule, kind)),
        is_shown=rule.attribute in _ALWAYS_SHOWN,
        asked=" ".join(kind for kind in Kind if rule.attribute in _EVIDENCE and kind.rule.evidenced),
        takes_suggestions=not is_inner,
    )


def id_of(path: Iterable[str]) -> str:
    """Return the id of the element that a value is filled in with."""
    return "-".join(["falt", *(part if part == PLACE else slugify(part) for part in path)])


def _is_known(rule: FieldRule, kind: Kind) -> bool:
    """Tell whether a field follows from where the file lies: which project a project's document belongs to."""
    return rule.attribute == "project" and kind.rule.in_project


def _look(rule: FieldRule, shape: Shape) -> str:
    if rule.attribute == "project":
        return "project"
    if rule.attribute in _LONG:
        return "long"
    return shape.name if shape.name in {"texts", "yes-no", "terms", "term", "group", "list"} else "text"


def _help(rule: FieldRule, look: str, example: str) -> str:
    if look == "project":
        return "Om dokumentet hör till ett av bankens projekt."
    if look == "yes-no":
        return rule.help.replace("Skriv ja om", "Kryssa i om")
    if look == "texts":
        return f"{rule.help} Skriv ett på varje rad."
    if rule.reader.shape.name == "day":
        return f"{rule.help} Skriv som {example}."
    return f"{rule.help} Till exempel: {example}" if look == "text" else rule.help


def _choices(rule: FieldRule, shape: Shape, terms: Vocabularies) -> tuple[Choice, ...]:
    if not shape.vocabulary or rule.attribute == "project":
        return ()
    found = (term for term in terms[shape.vocabulary] if term.id not in _BY_THEMSELVES)
    return tuple(
        Choice(term.id, capitalised(term.label), _note(term), " ".join(map(fold, term.names))) for term in found
    )


def _note(term: Term) -> str:
    start, end = (day and date_text(day) for day in (term.valid_from, term.valid_to))
    valid = f"{start}–{end}" if start and end else f"från {start}" if start else f"till {end}" if end else ""
    return capitalised(". ".join(part for part in (valid, term.scope_note) if part))
