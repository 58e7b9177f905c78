"""Checks that look at each document by itself → what they find, kept for as long as neither it nor what they know of
the bank, its vocabularies and the like, has changed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from kunskapsbank.files.digest import digest_of
from kunskapsbank.kept import Kept, version
from kunskapsbank.problems import Problem, Severity
from kunskapsbank.progress import silent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kunskapsbank.checks.check import Check
    from kunskapsbank.model.document import Document
    from kunskapsbank.model.snapshot import Snapshot
    from kunskapsbank.progress import Tell

_FILES = {Severity.ERROR: "errors.jsonl.gz", Severity.REMARK: "remarks.jsonl.gz"}


def run(
    checks: Sequence[Check],
    documents: Sequence[Document],
    bank: Snapshot,
    cache: Path | None = None,
    tell: Tell = silent,
) -> Iterator[Problem]:
    """Yield what checks of one severity find in the documents, document by document.

    `cache` is a folder for what was found, None for none.
    """
    around = _around(bank)
    if cache is None or not checks:
        for document in documents:
            yield from _looked_at(checks, document, around)
        return
    known = f"{version()} {digest_of(around.to_json().encode())}"
    kept = Kept(cache / _FILES[checks[0].severity], known, _written, _read)
    for done, document in enumerate(documents):
        tell("Kontrollerar texter", done, len(documents))
        # What became of the fields hangs on the day as well.
        key = f"{document.digest} {document.record is None:d}{document.page is None:d} {document.file}"
        found = (
            kept.get(key, partial(_looked_at, checks, document, around))
            if document.digest
            else _looked_at(checks, document, around)
        )
        yield from (replace(problem, file=document.file, severity=checks[0].severity) for problem in found)
    kept.save(is_part=len(documents) < len(bank.documents))


def _around(bank: Snapshot) -> Snapshot:
    """Return what such a check may know of the bank: all but the documents, and the day."""
    return replace(bank, documents=(), files=(), whole={}, exceptions={}, today=None, below=None)


def _looked_at(checks: Sequence[Check], document: Document, around: Snapshot) -> list[Problem]:
    return [problem for check in checks for problem in check.run([document], around)]


def _written(found: list[Problem]) -> list[list[Any]]:
    return [[one.line, one.field, one.message, one.hint, one.rule] for one in found]


def _read(written: list[list[Any]]) -> list[Problem]:
    return [
        Problem("", int(line), str(field), str(message), str(hint), Severity.ERROR, str(rule))
        for line, field, message, hint, rule in written
    ]
