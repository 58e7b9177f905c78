"""The words of accounts, of a district's report and of letters: what is a city's own, kept in the content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Words:
    """Texts by name, each in one or more paragraphs, with places such as {year} for what the bank fills in."""

    texts: Mapping[str, tuple[str, ...]]

    def all(self, name: str, **values: object) -> tuple[str, ...]:
        """Return the paragraphs of a text with its places filled; raises KeyError for a name that is not there."""
        return tuple(_filled(text, values) for text in self.texts[name])

    def one(self, name: str, **values: object) -> str:
        """Return a text of one paragraph with its places filled; raises KeyError for a name that is not there."""
        return " ".join(self.all(name, **values))


@dataclass(frozen=True, slots=True)
class AccountWords:
    """The words of the administration's account, of a district's report of it, and of the letters that ask for more.

    `headings` are those of the account; a district's report has its own in `notice_headings` and else the same.
    `office` is what an owner is called as an authority.
    """

    account: Words
    headings: Words
    notice: Words
    notice_headings: Words
    follow_up: Words
    office: str


def _filled(text: str, values: Mapping[str, object]) -> str:
    for place, value in values.items():
        text = text.replace(f"{{{place}}}", str(value))
    return text
