"""Documents + the bank they belong to → what only the whole can show: what is inherited, and what does not agree."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kunskapsbank.model import vocabulary
from kunskapsbank.model.kinds import INHERITED, Kind
from kunskapsbank.model.record import GenderAnalysis
from kunskapsbank.model.vocabulary import MISSING, NOT_ASKED_FOR, NOT_TOLD
from kunskapsbank.problems import Problem, Severity
from kunskapsbank.reading import schema
from kunskapsbank.swedish.phrases import date_text, listed, years_text
from kunskapsbank.swedish.text import nearest

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from kunskapsbank.model.document import Document
    from kunskapsbank.model.known import Known
    from kunskapsbank.model.record import Record
    from kunskapsbank.model.snapshot import Snapshot
    from kunskapsbank.model.vocabulary import Term, Vocabularies

_PROJECTS = Kind.PROJECT.rule.folder


def settle(documents: Sequence[Document], bank: Snapshot) -> tuple[list[Document], list[Problem]]:
    """Return the documents with what their records have from the whole, and what is wrong with them there.

    `bank` holds these documents as they were read, and all others.
    """
    settler = _Settler(bank)
    settled = [settler.settled(document) for document in documents]
    others = {document.file for document in documents}
    by_project: dict[str, list[Record]] = {}
    for document in settled:
        if document.record and document.record.project:
            by_project.setdefault(document.record.project, []).append(document.record)
    for place, document in enumerate(settled):
        record = document.record
        if record and record.kind is Kind.PROJECT:
            stored = [other for other in bank.documents_of(record) if other.file not in others]
            # In one order, whichever of them are at hand.
            of_project = sorted([*by_project.get(record.id, ()), *stored], key=lambda other: other.file.split("/"))
            result, evidence = _result(record, of_project)
            told = replace(record, gender_analysis=_furthest(of_project), result=result, evidence=evidence)
            settled[place] = replace(document, record=told)
    return settled, settler.problems


class _Settler:
    """Looks at one document after the other, and collects what is wrong."""

    def __init__(self, bank: Snapshot) -> None:
        self.bank = bank
        self.problems: list[Problem] = []

    def settled(self, document: Document) -> Document:
        self.check_identity(document)
        record = document.record
        if record is None:
            return document
        if record.kind.rule.in_project:
            record = self.in_folder(document, record)
        elif record.project and not self.is_project(record.project):
            self.unknown_project(document, record)
        self.check_owners(document, record)
        self.check_years_of_money(document, record)
        if record.kind.rule.analysed and record.years:
            record = self.settle_analysis(document, record)
        return replace(document, record=record)

    def problem(
        self, document: Document, attribute: str, message: str, hint: str, severity: Severity = Severity.ERROR
    ) -> None:
        key = schema.key_of(attribute) if attribute else ""
        line = document.source.line_of(key) if document.source and key else 1
        self.problems.append(Problem(document.file, line, key, message, hint, severity))

    def check_identity(self, document: Document) -> None:
        """Note a record with the id of one before it, and a file that would be published at the address of another."""
        known = self.bank.get(document.file)
        if known is None or not known.address:
            return
        if (first := self.first_at(known.address)) is not known:
            message = f"sidan får samma adress som {first.file}: {_url(document)}"
            self.problem(document, "", message, "Byt namn på den ena filen, eller ta bort den.")
        elif document.record:
            named = [other for other in self.bank.having(_id, document.record.id) if self.has_address(other)]
            first = min(named, key=lambda other: other.place)
            if first is not known:
                message = f"samma id som {first.file}: {document.record.id}"
                self.problem(document, "id", message, "Skriv ett eget id i den ena filen, eller byt namn på filen.")

    def first_at(self, address: str) -> Known:
        return min(self.bank.having(_address, address), key=lambda other: other.place)

    def has_address(self, known: Known) -> bool:
        return self.first_at(known.address) is known

    def is_project(self, record_id: str) -> bool:
        return any(one.record and one.record.kind is Kind.PROJECT for one in self.bank.having(_id, record_id))

    def in_folder(self, document: Document, record: Record) -> Record:
        """Return a document of a project with what it inherits."""
        folder = str(PurePosixPath(record.file).parent)
        project = self.bank.project_in(folder)
        if project is None:
            if not self.bank.is_faulty(folder):
                self.no_such_folder(document, folder)
            return record
        if record.project not in {None, project.id}:
            message = f"är '{record.project}', men filen ligger hos {project.id}"
            self.problem(document, "project", message, "Ta bort fältet eller flytta filen.")
        if record.years and not set(record.years) & set(project.years):
            message = f"är {years_text(record.years)}, men projektets år är {years_text(project.years)}"
            hint = f"Lägg till året i {project.file} om projektet hade medel då."
            self.problem(document, "years", message, hint, Severity.REMARK)
        inherited = {name: getattr(project, name) for name in INHERITED if not getattr(record, name)}
        return replace(record, project=project.id, project_year=project.latest_year, **inherited)

    def no_such_folder(self, document: Document, folder: str) -> None:
        names = (PurePosixPath(project.file).parent.name for project in self.bank.of_kind(Kind.PROJECT))
        close = nearest(PurePosixPath(folder).name, names)
        hint = (
            f"Menade du {_PROJECTS}/{close}? Flytta filen dit, eller lägg till {folder}/index.md."
            if close
            else f"Lägg till {folder}/index.md, eller flytta filen till rätt projekts mapp."
        )
        self.problem(document, "project", f"projektet {folder} finns inte", hint)

    def unknown_project(self, document: Document, record: Record) -> None:
        close = nearest(record.project or "", (project.id for project in self.bank.of_kind(Kind.PROJECT)))
        hint = f"Menade du {close}?" if close else f"Skriv namnet på projektets mapp under {_PROJECTS}/."
        self.problem(document, "project", f"projektet '{record.project}' finns inte", hint)

    def check_owners(self, document: Document, record: Record) -> None:
        """Note owners whose name was not in use in the record's years."""
        owners_key = schema.key_of("owners")
        states_owners = document.source and document.source.fields.get(owners_key)
        inherited_from = None if states_owners else self.bank.project_of(record)
        for owner in record.owners:
            # What is wrong already in the project is told there, not once more in each of its documents.
            if _in_use(owner, record) or (inherited_from and not _in_use(owner, inherited_from)):
                continue
            message = f"{owner.label} fanns inte {years_text(record.filed_under)}"
            hint = _other_names(owner, self.bank.vocabularies)
            if inherited_from:
                hint += f" Ägaren kommer från projektet: skriv {owners_key} också i det här dokumentet."
            self.problem(document, "owners", message, hint)

    def check_years_of_money(self, document: Document, record: Record) -> None:
        """Note money outside a record's years."""
        for grant in record.grants:
            if record.years and grant.year not in record.years:
                key = schema.key_of("years")
                message = f"gäller {grant.year}, men fältet {key} säger {years_text(record.years)}"
                hint = f"Rätta fältet {key}, eller rätta medlens {key}."
                if record.kind.rule.several_years:
                    hint = f"Lägg till {grant.year} i fältet {key}, eller rätta medlens {key}."
                self.problem(document, "grants", message, hint)

    def settle_analysis(self, document: Document, record: Record) -> Record:
        """Work out the gender-equality analysis where none is stated, and note a status that the year rules out."""
        statuses = self.bank.vocabularies[vocabulary.ANALYSIS_STATUSES]
        asked_from = self.bank.settings.equality.asked_from
        asked_for = min(record.years) >= asked_from
        silent = NOT_TOLD if record.digest else MISSING
        right, wrong = (silent, NOT_ASKED_FOR) if asked_for else (NOT_ASKED_FOR, MISSING)
        if record.gender_analysis is None:
            settled = statuses.find(right)
            return replace(record, gender_analysis=GenderAnalysis(settled)) if settled else record
        if record.gender_analysis.status.id == wrong:
            message = f"är '{record.gender_analysis.status.label}', men pengarna gäller {years_text(record.years)}"
            hint = f"Analysen efterfrågas från {asked_from} års medel. Ta bort fältet: banken räknar ut statusen."
            self.problem(document, "gender_analysis", message, hint)
        return record


def _id(known: Known) -> Iterable[Hashable]:
    return (known.record.id,) if known.record else ()


def _address(known: Known) -> Iterable[Hashable]:
    return (known.address,) if known.record or known.is_page else ()


def _url(document: Document) -> str:
    found = document.record or document.page
    return found.url if found else ""


def _other_names(owner: Term, vocabularies: Vocabularies) -> str:
    owners = vocabularies[vocabulary.OWNERS]
    if owner.valid_from and (before := owners.predecessors(owner)):
        names = listed([term.label for term in before], "eller")
        return f"Namnet gäller från {date_text(owner.valid_from)}. Dessförinnan: {names}."
    if owner.valid_to and (after := owners.successors(owner)):
        names = listed([term.label for term in after], "eller")
        return f"Namnet gällde till {date_text(owner.valid_to)}. Därefter: {names}."
    return f"Namnen och när de gäller står i {owners.file}."


def _in_use(owner: Term, record: Record) -> bool:
    """Tell whether the owner's name was in use in any of the record's years."""
    return not record.filed_under or any(owner.valid_in(year) for year in record.filed_under)


def _result(project: Record, documents: Sequence[Record]) -> tuple[str, tuple[Term, ...]]:
    """Return what came of a project and how that is known: its own words, or those of its newest document with any."""
    if project.result or project.evidence:
        return project.result, project.evidence
    # Of two of one year the one handed in last, then by id: the same whatever order they were read in.
    newest_last = sorted(documents, key=lambda record: (record.latest_year, record.report_year or 0, record.id))
    telling = [record for record in newest_last if record.result and not record.example]
    newest = next(reversed(telling or [record for record in newest_last if record.evidence]), None)
    return (newest.result, newest.evidence) if newest else ("", ())


def _furthest(documents: Sequence[Record]) -> GenderAnalysis | None:
    """Return the analysis that has come furthest among a project's documents, as the project's own."""
    analyses = [document.gender_analysis for document in documents if document.gender_analysis]
    if not analyses:
        return None
    methods = dict.fromkeys(method for analysis in analyses for method in analysis.methods)
    return GenderAnalysis(
        max((analysis.status for analysis in analyses), key=lambda term: term.position), tuple(methods)
    )
