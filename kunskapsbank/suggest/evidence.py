"""What speaks for each answer that a text could give: a sum, and the passage that says it most clearly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kunskapsbank.suggest.statements import Statement
    from kunskapsbank.writing.drafts import Value


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value for the field `key`, one term at a time where it takes several, and the passage that speaks for it."""

    key: str
    value: Value
    passage: str = ""


class Tally:
    """Adds up what speaks for each of several answers, and keeps the passage that does so most."""

    def __init__(self) -> None:
        """Begin without any answer."""
        self.scores: dict[str, int] = {}
        self.passages: dict[str, str] = {}
        self._most: dict[str, int] = {}

    def add(self, answer: str, worth: int, statement: Statement) -> None:
        """Count a statement that speaks for an answer."""
        self.scores[answer] = self.scores.get(answer, 0) + worth
        if worth > self._most.get(answer, 0):
            self._most[answer], self.passages[answer] = worth, statement.passage

    def best_first(self) -> list[str]:
        """Return the answers, those that tie in the order of first mention."""
        return sorted(self.scores, key=lambda answer: -self.scores[answer])
