"""Whose the bank is, by its settings: whether they still say what an example says, name a project that is not there, or
say nothing of how readers reach the editors.

The settings are right by themselves, so nothing stops; but every page, hint and help text says what they say.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kunskapsbank.checks import telling
from kunskapsbank.checks.check import Check
from kunskapsbank.model.kinds import Kind
from kunskapsbank.problems import Severity
from kunskapsbank.reading import settings_fields, settings_file
from kunskapsbank.reading.fields import rule_of
from kunskapsbank.settings import Examples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kunskapsbank.model.document import Document
    from kunskapsbank.model.snapshot import Snapshot
    from kunskapsbank.problems import Problem

_RULE = "inställningar"
# The city of which examples tell; a new bank says it where nothing else was answered.
_NOBODY = re.compile(r"exempelstad", re.IGNORECASE)


def _look(documents: Iterable[Document], bank: Snapshot) -> Iterator[Problem]:
    for document in documents:
        if document.file == settings_file.FILE and not bank.settings.broken:
            yield from _look_at(document, bank)


def _look_at(document: Document, bank: Snapshot) -> Iterator[Problem]:
    if not bank.settings.contact:
        contact = rule_of(settings_fields.FILE_FIELDS, "contact")
        message = f"{contact.key} saknas, så ingen sida säger hur läsaren når er"
        hint = (
            f"Tillgänglighetsredogörelsen måste ha den. Skriv efter {contact.key}: en brevlåda som ingen enskild äger, "
            "eller en webbadress."
        )
        yield telling.at_line(document, 1, message, hint, _RULE)
    project = bank.settings.examples.project
    # What stands for a project where the file names none is there in no bank.
    is_missing = project != Examples().project and not bank.get(Kind.PROJECT.rule.path.format(project=project))
    for number, line in enumerate(document.text.split("\n"), 1):
        if _NOBODY.search(line.partition("#")[0]):
            message = "Exempelstad är ett exempel, och står på sidorna"
            yield telling.at_line(document, number, message, "Skriv det som gäller hos er.", _RULE)
        if is_missing and re.fullmatch(rf"\s+projekt:\s*[\"']?{re.escape(project)}[\"']?\s*(?:#.*)?", line):
            message = f"exempel → projekt: {project} finns inte i banken"
            yield telling.at_line(
                document, number, message, "Skriv mappen för ett projekt som finns, eller ta bort raden.", _RULE
            )


CHECK = Check(frozenset({_RULE}), Severity.REMARK, _look)
