"""What words of everyday life, of the profession and of the law mean to each other, as editors list it."""

from __future__ import annotations

from dataclasses import dataclass

WORD_LIST = "ordlista"


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or phrase: what means the same, what is narrower and broader, and a note on where it is from.

    `is_local` says that it belongs to this bank alone.
    """

    word: str
    same: tuple[str, ...] = ()
    narrower: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    note: str = ""
    is_local: bool = False


@dataclass(frozen=True, slots=True)
class WordList:
    """The list in the order of its file."""

    note: str = ""
    entries: tuple[Entry, ...] = ()
