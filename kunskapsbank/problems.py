"""What is wrong with the content, as values that can be collected, sorted and shown in Swedish."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from textwrap import indent
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(StrEnum):
    """How much a problem weighs: an error stops the build, a remark is only told."""

    ERROR = "fel"
    REMARK = "anmärkning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault in the content, placed and with its remedy.

    `file` is relative to the content folder with forward slashes, `line` is 1-based in that file (not in the YAML
    block), `field` is the Swedish key as written or "" where the fault concerns the whole file. `rule` is the check
    that found it, in the word that editors use where they allow an exception: "personnummer"; "" for the form of the
    file.
    """

    file: str
    line: int
    field: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    rule: str = ""

    def __str__(self) -> str:
        """Return two lines: place, field and message; then the remedy, indented."""
        field = f"{self.field}: " if self.field else ""
        remark = "anmärkning: " if self.severity is Severity.REMARK else ""
        # A remedy may show lines to copy.
        hint = f"\n{indent(self.hint, '    ')}" if self.hint else ""
        return f"{self.file}:{self.line}: {remark}{field}{self.message}{hint}"


class BankError(Exception):
    """What every error that the library itself raises is one of."""


class ContentError(BankError):
    """Raised where a result cannot exist because of the content; carries every problem found, never just the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Take the problems; they are kept sorted by file and line."""
        self.problems: tuple[Problem, ...] = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))
