"""The bytes of one document, or of a few at once, against a snapshot of the bank → what `kunskapsbank check` would say.

For whoever has a document in hand and not the bank: the page *Skapa rapport*, which has this module run in the browser.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kunskapsbank import checks
from kunskapsbank.checks import attachments
from kunskapsbank.checks.personal.local import Local
from kunskapsbank.checks.personal.patterns import discreet
from kunskapsbank.model import vocabulary
from kunskapsbank.problems import Problem, Severity
from kunskapsbank.reading import folder, one_file, settings_file, together
from kunskapsbank.swedish.text import normalise

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from kunskapsbank.model.document import Document
    from kunskapsbank.model.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a document, sorted, and the document itself, to show; None where the bank takes no such file.

    `document.record` is what the fields say and what they inherit, `document.body` the text; either is None where it
    is at fault.
    """

    problems: tuple[Problem, ...]
    document: Document | None = None


def check_document(file: str, data: bytes, snapshot: Snapshot, today: date, *, beside: Collection[str] = ()) -> Told:
    """Return what `kunskapsbank check` would say of one file if it lay in the bank, errors and remarks.

    `file` is its path in the content folder ("projekt/stella/2016-slutrapport.md"); a document of the bank by that name
    is taken to be replaced. `snapshot` is that of the bank (`Snapshot.from_json`, and `with_runs` for the copies of
    other texts to be found). `today` bounds the years within reason. `beside` are the names of files that are to lie
    beside it; what is in them is not looked at. Raises ValueError for a vocabulary or the settings, by which all
    else is read.
    """
    return check_documents({file: data}, snapshot, today, beside=beside)[normalise(file)]


def check_documents(
    files: Mapping[str, bytes], snapshot: Snapshot, today: date, *, beside: Collection[str] = ()
) -> dict[str, Told]:
    """Return what would be said of each of several files if all of them lay in the bank: a project and its reports.

    As `check_document`; names in `beside` without a folder lie beside each of them. Files that are no documents, such
    as a report's original, are looked into as what lies beside documents is.
    """
    local = Local.of(snapshot.settings, snapshot.vocabularies)
    names = [*(known.file for known in snapshot), *snapshot.other_files]
    told: dict[str, list[Problem]] = {}
    read: list[Document] = []
    attached: list[str] = []
    of_attachments: list[Problem] = []
    for file, data in sorted((normalise(file), data) for file, data in files.items()):
        if file.startswith(f"{vocabulary.FOLDER}/") or file == settings_file.FILE:
            raise ValueError(f"{file} is no document")
        problem = folder.badly_named(file, {*names, *files} - {file}) or one_file.refused(file)
        told[file] = [problem] if problem else []
        if problem is None and one_file.is_text(file):
            document, told[file] = one_file.read(file, data, snapshot.vocabularies, today)
            read.append(document)
        elif problem is None:
            of_attachments += attachments.of_file(file, data, local)
            attached.append(file)
    places = {posixpath.dirname(file) for file in told}
    laid = {normalise(name if "/" in name else posixpath.join(place, name)) for name in beside for place in places}
    laid |= {*attached}
    documents, problems = together.settle(read, snapshot.with_documents(read, laid))
    bank = replace(snapshot.with_documents(documents, laid), today=today)
    if not bank.is_broken:
        errors = [problem for problem in of_attachments if problem.severity is Severity.ERROR]
        problems += checks.errors_of(documents, bank, errors)
    remarks = [problem for problem in of_attachments if problem.severity is Severity.REMARK]
    problems += checks.remarks_of(documents, bank, remarks)
    for problem in problems:
        if problem.file in told:
            told[problem.file].append(problem)
    by_file = {document.file: document for document in documents}
    return {
        file: Told(tuple(sorted({discreet(problem) for problem in found})), by_file.get(file))
        for file, found in told.items()
    }
