"""What a check is: the rules that it knows, how much they weigh, and how it looks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kunskapsbank.model.document import Document
    from kunskapsbank.model.snapshot import Snapshot
    from kunskapsbank.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class Check:
    """One check of the content.

    `rules` are the names that an editor may allow an exception from. `severity` is what all its problems weigh, so
    that `look` need not say. `look` takes the documents to tell of and the bank they belong to, and yields what is
    wrong with these documents and no others; of the rest of the bank it may know only what `bank` says.
    """

    rules: frozenset[str]
    severity: Severity
    look: Callable[[Sequence[Document], Snapshot], Iterable[Problem]]
    alone: bool = False
    """Whether it looks at each document by itself, at its text and fields as they are written; of the bank it then
    knows no other documents. What it finds is kept for as long as the document is the same."""

    def run(self, documents: Sequence[Document], bank: Snapshot) -> Iterator[Problem]:
        """Yield what is wrong with `documents`."""
        for problem in self.look(documents, bank):
            yield problem if problem.severity is self.severity else replace(problem, severity=self.severity)
