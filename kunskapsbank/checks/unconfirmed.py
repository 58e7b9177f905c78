"""Suggestions that `kunskapsbank import` filled in and no editor has confirmed yet: they must not be published."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kunskapsbank.checks.check import Check
from kunskapsbank.markup.frontmatter import SUGGESTED
from kunskapsbank.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kunskapsbank.markup.frontmatter import ContentFile
    from kunskapsbank.model.document import Document
    from kunskapsbank.model.snapshot import Snapshot

RULE = "förslag"

# The passage is not quoted: it is what another check may have to keep out of the logs.
_HINT = "Jämför värdet med rapporten och rätta det om det behövs. Ta sedan bort raden som börjar med # Förslag."
_NOTE = re.compile(rf"\s*#+\s*{SUGGESTED[: SUGGESTED.index(' och ')]}\b", re.IGNORECASE)


def _look(documents: Iterable[Document], _: Snapshot) -> Iterator[Problem]:
    """Yield each comment among the fields that still asks for a suggestion to be confirmed."""
    for source in (document.source for document in documents if document.source):
        for number, line in enumerate(source.above.split("\n"), 1):
            if _NOTE.match(line):
                field = _field_after(source, number)
                yield Problem(source.file, number, field, "förslaget är inte kontrollerat", _HINT, rule=RULE)


CHECK = Check(frozenset({RULE}), Severity.ERROR, _look, alone=True)


def _field_after(source: ContentFile, line: int) -> str:
    return next((entry.key for entry in source.fields if entry.line > line), "")
