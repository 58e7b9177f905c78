"""The names of files and folders, which become addresses: whether they can be read out, typed and moved.

A file with another name is published as it is. But an address with a space can never be an older address of another
page, so that what lies there could not be moved again.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kunskapsbank.checks import telling
from kunskapsbank.checks.check import Check
from kunskapsbank.model.addresses import as_address
from kunskapsbank.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kunskapsbank.model.document import Document
    from kunskapsbank.model.snapshot import Snapshot
    from kunskapsbank.problems import Problem

_RULE = "filnamn"


def _look(documents: Iterable[Document], _: Snapshot) -> Iterator[Problem]:
    for document in documents:
        better = as_address(document.file)
        if (document.record or document.page) and better != document.file:
            written, wanted = _first_difference(document.file, better)
            message = f"'{written}' blir en del av sidans adress"
            hint = f"Skriv små bokstäver utan å, ä och ö, och bindestreck i stället för mellanslag: {wanted}"
            yield telling.at_line(document, 1, message, hint, _RULE)


def _first_difference(file: str, better: str) -> tuple[str, str]:
    pairs = zip(PurePosixPath(file).parts, PurePosixPath(better).parts, strict=True)
    return next((written, wanted) for written, wanted in pairs if written != wanted)


CHECK = Check(frozenset({_RULE}), Severity.REMARK, _look)
