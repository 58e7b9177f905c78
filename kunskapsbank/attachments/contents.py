"""What the readers of attachments give: text with its place, names in properties, and flaws of the file itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kunskapsbank.problems import BankError


class Flaw(StrEnum):
    """What is wrong with a file itself. The values are kept on disk."""

    DAMAGED = "skadad"
    TOO_LARGE = "för stor"
    LOCKED = "låst"
    NO_TEXT = "utan text"
    NO_PICTURES = "bilder"
    CHANGES = "ändringar"
    NAME = "namn"
    PLACE = "plats"


class UncheckedError(BankError):
    """A file that cannot be looked into, and why."""

    def __init__(self, flaw: Flaw) -> None:
        """Take the reason."""
        self.flaw = flaw
        super().__init__(flaw)


@dataclass(frozen=True, slots=True)
class Part:
    """Some text of a file, and where it stands as editors say: "på sidan 3", "på bladet Deltagare", "i fotnoterna"."""

    place: str
    text: str


@dataclass(slots=True)
class Contents:
    """All that is written in a file: its text, the names in its properties, and its flaws.

    `has_lines` says that the text is the file itself, so that a line of it is a line of the file. `short_numbers` are
    the numbers of nine digits in cells, each with a 0 before it: a number cannot keep the 0 that it may begin with.
    """

    parts: list[Part] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    flaws: set[Flaw] = field(default_factory=set)
    has_lines: bool = False
    short_numbers: list[Part] = field(default_factory=list)
