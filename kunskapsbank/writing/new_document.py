"""What an editor says of a new document → its file as it begins: the known fields, help for the rest, the headings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kunskapsbank.model import vocabulary
from kunskapsbank.model.kinds import INHERITED, Kind, Need
from kunskapsbank.model.record import Record
from kunskapsbank.reading import schema
from kunskapsbank.reading.fields import FEW_TERMS, as_written, example_of
from kunskapsbank.swedish.phrases import capitalised, listed
from kunskapsbank.writing import drafts

if TYPE_CHECKING:
    from datetime import date

    from kunskapsbank.model.vocabulary import Term, Vocabularies
    from kunskapsbank.reading.fields import FieldRule
    from kunskapsbank.writing.drafts import Value

# The term in källor.yml for what the project, the travellers or the researchers wrote themselves.
_ORIGINAL = "originalrapport"
# What a report that looks back must tell: each year's account is made of it.
_EVIDENCE = frozenset({"result", "evidence"})
# Known from the file itself, or for special cases that the guide tells about.
_NOT_OFFERED = frozenset({"id", "project", "example"})


@dataclass(frozen=True, slots=True)
class Order:
    """What an editor says of a new document.

    `years` are those of the money. `name` is a project's or a research report's title and the place of a trip.
    """

    kind: Kind
    years: tuple[int, ...] = ()
    project: Record | None = None
    name: str = ""
    owners: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A file as it begins: its path relative to the content folder, its text and title, and the fields left to fill."""

    file: str
    text: str
    title: str
    left: tuple[FieldRule, ...]


def begin(order: Order, vocabularies: Vocabularies, asked_from: int, today: date) -> Skeleton:
    """Return the file that an editor goes on with; `today` becomes the day of publishing.

    A gender-equality analysis is asked for from the money of the year `asked_from` on.

    Required fields that are not known stand empty under their help, optional ones as comments with an example. Nothing
    that a document inherits from its project is written.
    """
    term = vocabularies[vocabulary.KINDS].get(order.kind)
    filled = known(order, term, vocabularies, today)
    fields: dict[str, Value] = {}
    notes: dict[str, list[str]] = {}
    left = []
    for rule in schema.FIELDS:
        if rule.attribute in filled:
            fields[rule.key] = filled[rule.attribute]
        elif order.kind in rule.required:
            fields[rule.key] = ""
            notes[rule.key] = _help(rule, vocabularies)
            left.append(rule)
        elif rule.attribute == "gender_analysis" and _analysis_asked(order, asked_from):
            fields[rule.key], notes[rule.key] = _analysis(rule, vocabularies)
            left.append(rule)
        elif rule.attribute in _EVIDENCE and order.kind.rule.evidenced:
            fields[rule.key], notes[rule.key] = "", _help(rule, vocabularies)
            left.append(rule)
        elif note := _offer(rule, order.kind, vocabularies):
            notes[rule.key] = note
    outline = drafts.outline(term.sections, max(order.years, default=None))
    return Skeleton(file_of(order), drafts.written(fields, outline, notes), title(order, term), tuple(left))


def file_of(order: Order) -> str:
    """Return the path, relative to the content folder, that what is ordered has."""
    folder = PurePosixPath(order.project.file).parent.name if order.project else ""
    return drafts.place(order.kind, folder, max(order.years, default=None), order.name)


def to_be(order: Order, today: date) -> Record:
    """Return what a project that is ordered will be, for the documents that are ordered together with it."""
    file = file_of(order)
    folder = PurePosixPath(file).parent.name
    return Record(folder, file, Kind.PROJECT, order.name, today, "", (), owners=order.owners, years=order.years)


def known(order: Order, term: Term, vocabularies: Vocabularies, today: date) -> dict[str, Value]:
    """Return attribute → value of what the bank knows already."""
    rule = order.kind.rule
    found: dict[str, Value] = {"title": title(order, term), "kind": term.label, "published": today.isoformat()}
    if order.years:
        years = [str(year) for year in order.years]
        found["years"] = years if len(years) > 1 else years[0]
    if order.years and rule.reported_year_after:
        found["report_year"] = str(max(order.years) + 1)
    if order.owners:
        found["owners"] = [owner.label for owner in order.owners]
    if order.project and not rule.in_project:
        found["project"] = order.project.id
    if rule.name_of:
        found[rule.name_of] = order.name
    if rule.owners is not Need.NONE and vocabularies[vocabulary.SOURCES].find(_ORIGINAL):
        found["sources"] = [_ORIGINAL]
    return found


def title(order: Order, term: Term) -> str:
    """Return what the document is called until an editor calls it something else."""
    project = order.project.title if order.project else ""
    year = max(order.years, default="")
    form = order.kind.rule.title if year else order.kind.rule.title.replace(" {year}", "")
    return form.format(kind=capitalised(term.label), year=year, project=project, name=order.name)


def _analysis_asked(order: Order, asked_from: int) -> bool:
    asked = bool(order.years) and min(order.years) >= asked_from
    return asked and order.kind.rule.analysed


def _analysis(rule: FieldRule, vocabularies: Vocabularies) -> tuple[Value, list[str]]:
    """Return the group of a gender-equality analysis with what must be filled in, and its help."""
    fields: dict[str, Value] = {}
    notes = [rule.help]
    for part in schema.ANALYSIS_FIELDS:
        notes += [f"{part.key}: {line}" for line in _help(part, vocabularies)[:2]]
        if part.attribute != "methods":
            fields[part.key] = ""
    return fields, [*notes, "Ta bort hela gruppen om dokumentet inte säger något om jämställdhet."]


def _help(rule: FieldRule, vocabularies: Vocabularies) -> list[str]:
    """Return the help of a field: what it is, which terms there are to choose from, and an example."""
    lines = [rule.help]
    if name := rule.reader.shape.vocabulary:
        terms = vocabularies[name]
        labels = [term.label for term in terms]
        few = len(labels) <= FEW_TERMS and not any("," in label for label in labels)
        lines.append(f"Välj mellan {listed(labels)}." if few else f"Termerna står i {terms.file}.")
    return [*lines, f"Exempel: {example_of(rule, vocabularies)}"] if "\n" not in rule.example else lines


def _offer(rule: FieldRule, kind: Kind, vocabularies: Vocabularies) -> list[str]:
    """Return an optional field as comments: its help, and an example that becomes the field without its #."""
    if not rule.applies_to(kind) or rule.attribute in _NOT_OFFERED:
        return []
    if kind.rule.in_project and rule.attribute in INHERITED:
        if rule.attribute != INHERITED[0]:
            return []
        keys = listed([schema.key_of(attribute) for attribute in INHERITED])
        return [f"{capitalised(keys)} hämtas från projektet. Skriv dem här bara om de skiljer sig."]
    example = as_written(rule.key, example_of(rule, vocabularies)).split("\n")
    return [*_help(rule, vocabularies)[: 2 if rule.reader.shape.vocabulary else 1], *example]
