"""What may be in the bank twice: a project under another name, a document beside its like. Copied texts: by_text.py.

Every remark stands at the newer of the two and names the older. Nothing here compares all with all, so that the time
grows with the bank and not with its square.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kunskapsbank.checks import telling
from kunskapsbank.checks.check import Check
from kunskapsbank.checks.duplicates.names import Name, Names, is_near
from kunskapsbank.model import vocabulary
from kunskapsbank.model.kinds import Kind
from kunskapsbank.model.known import arrival
from kunskapsbank.problems import Severity
from kunskapsbank.reading import schema
from kunskapsbank.swedish.phrases import date_text, years_text

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from kunskapsbank.model.document import Document
    from kunskapsbank.model.known import Known
    from kunskapsbank.model.record import Record
    from kunskapsbank.model.snapshot import Snapshot
    from kunskapsbank.model.vocabulary import Term, Vocabulary
    from kunskapsbank.problems import Problem

RULE = "dubblett"

# For no more documents than this the bank is gone through for each; tables of all names cost more.
_FEW = 5


def _look(documents: Sequence[Document], bank: Snapshot) -> Iterator[Problem]:
    """Yield each project and document that seems to be in the bank already."""
    at_hand = [document for document in documents if document.record]
    way = Names.met if len(at_hand) <= _FEW else Names.near
    for document in at_hand:
        assert document.record
        if document.record.kind is Kind.PROJECT:
            yield from _as_project(document, document.record, bank, way)
        else:
            yield from _beside_its_like(document, document.record, bank)
            yield from _as_document(document, document.record, bank, way)


CHECK = Check(frozenset({RULE}), Severity.REMARK, _look)


_Way = Callable[[Names, Kind, Name, "Snapshot"], "set[Known]"]


def _as_project(document: Document, record: Record, bank: Snapshot, way: _Way) -> Iterator[Problem]:
    """Yield the older projects that seem to be this one."""
    for other in _older(record, bank, way):
        if names := _alike(record, other, bank):
            yield _of_project(document, (record, other), names)


def _older(record: Record, bank: Snapshot, way: _Way) -> list[Record]:
    """Return the older records of the same kind whose names may be near, by id."""
    names = bank.once(Names)
    found = {known.file: known.record for name in names.of(record) for known in way(names, record.kind, name, bank)}
    older = [other for other in found.values() if other and arrival(other) < arrival(record)]
    return sorted(older, key=lambda other: other.id)


def _alike(record: Record, other: Record, bank: Snapshot) -> tuple[Name, Name] | None:
    """Return the names by which two projects seem to be one, of several the first: the titles; None for two."""
    names = bank.once(Names)
    same_owner = bool(owners_today(bank, record) & owners_today(bank, other))
    know_each_other = _links(record, other, bank) or _links(other, record, bank)
    for name in names.of(record):
        for other_name in names.of(other):
            if name.joined == other_name.joined:
                return name, other_name
            if not know_each_other and is_near(name, other_name, same_owner):
                return name, other_name
    return None


def as_called_today(owners: Vocabulary, owner: Term) -> set[str]:
    """Return the ids of what a district is called today, so that Rinkeby-Kista and Järva are known as one."""
    return {term.id for term in owners.successors(owner) or (owner,)}


def owners_today(bank: Snapshot, record: Record) -> set[str]:
    """Return the ids of what a record's owners are called today."""
    owners = bank.vocabularies[vocabulary.OWNERS]
    return {term for owner in record.owners for term in as_called_today(owners, owner)}


def _links(record: Record, other: Record, bank: Snapshot) -> bool:
    """Tell whether the text of a project links to another: then its author knows of it."""
    known = bank.get(record.file)
    return known is not None and other.file in known.leads_to


def age(newer: Record, older: Record) -> str:
    """Return a sentence that says which of the two came first, or that they came on the same day."""
    came = date_text(older.published)
    if newer.published == older.published:
        return f"Båda kom in i banken den {came}."
    return f"Den filen är äldre: den kom in i banken den {came}."


def _of_project(document: Document, pair: tuple[Record, Record], names: tuple[Name, Name]) -> Problem:
    newer, older = pair
    name, other = names
    how = "heter samma som" if name.joined == other.joined else "heter nästan samma som"
    known = f", som också kallas '{other.text}'" if other.text != older.title else ""
    own = f"det andra namnet '{name.text}'" if name.text != newer.title else "projektet"
    hint = (
        f"{age(newer, older)} Är det samma projekt: lägg dokumenten i den äldre mappen och skriv det andra namnet som "
        f"{schema.key_of('aliases')} där. Är det två projekt: skilj namnen åt, eller länka från det ena till det andra."
    )
    return telling.at_field(document, "title", f"{own} {how} {older.file}{known}", hint, RULE)


def _filed(known: Known) -> Iterable[Hashable]:
    """Where a document lies that is not named by anybody: it has its like in its project and year."""
    record = known.record
    if record and not record.kind.rule.name_of:
        yield record.kind, record.project, record.filed_under


def _beside_its_like(document: Document, record: Record, bank: Snapshot) -> Iterator[Problem]:
    """Yield a document where there is an older one of the kind in the same project and year."""
    if record.kind.rule.name_of:
        return
    like = bank.having(_filed, (record.kind, record.project, record.filed_under))
    oldest = min((known.record for known in like if known.record), key=arrival)
    if oldest.file != record.file:
        yield _same_place(document, bank, record, oldest)


def _as_document(document: Document, record: Record, bank: Snapshot, way: _Way) -> Iterator[Problem]:
    """Yield the older documents that have this one's title in another place.

    Documents of projects that seem to be one are let be: that is told already.
    """
    if not record.kind.rule.is_report:
        return
    names = bank.once(Names)
    name = names.read(record.title)
    for other in _older(record, bank, way):
        other_name = names.read(other.title)
        if not is_near(name, other_name, same_owner=False) or _is_apart(record, other, bank):
            continue
        how = "samma titel" if name.joined == other_name.joined else "nästan samma titel"
        hint = f"{age(record, other)} Är det samma dokument: ta bort det ena. Är det två: skriv titlar som skiljer."
        yield telling.at_field(document, "title", f"{how} som {other.file}", hint, RULE)


def _same_place(document: Document, bank: Snapshot, newer: Record, older: Record) -> Problem:
    label = bank.vocabularies[vocabulary.KINDS].label(newer.kind)
    message = f"det finns redan en {label} för {years_text(newer.filed_under)}: {older.file}"
    hint = f"{age(newer, older)} Är det samma dokument: ta bort det ena. Är året fel: rätta fältet {{}}."
    return telling.at_field(document, "title", message, hint.format(schema.key_of("years")), RULE)


def _is_apart(record: Record, other: Record, bank: Snapshot) -> bool:
    """Tell whether two documents cannot be one: of the same project, which has one title for all, or other years."""
    if record.project and record.project == other.project:
        return True
    project, other_project = bank.project_of(record), bank.project_of(other)
    if project and other_project and _alike(project, other_project, bank):
        return True
    years, other_years = set(record.filed_under), set(other.filed_under)
    return bool(years and other_years and not years & other_years)
