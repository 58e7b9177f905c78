"""Statements + the kinds of document → what a report calls itself, or has the headings of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kunskapsbank.model.kinds import Kind
from kunskapsbank.suggest.evidence import Tally
from kunskapsbank.swedish.letters import BEGINS
from kunskapsbank.swedish.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kunskapsbank.model.vocabulary import Vocabulary
    from kunskapsbank.suggest.statements import Statement

# What a kind must count: its name in the title or a heading, or two headings of its own.
_LEAST = 16
_DOCUMENTS = Kind.where(lambda rule: rule.is_document)


def kind(said: Sequence[Statement], terms: Vocabulary) -> tuple[Kind, str] | None:
    """Return the kind that the text calls itself in its title or headings, or whose headings it has, and the passage.

    In running text the kinds of other documents are named as often.
    """
    tally = Tally()
    for term in terms:
        if term.id not in _DOCUMENTS:
            continue
        # "slutrapport" in "slutrapporten", but not "rapport" in "slutrapport".
        named = re.compile(f"{BEGINS}(?:{'|'.join(re.escape(fold(name)) for name in term.names)})")
        headings = {fold(section.heading) for section in term.sections}
        for statement in said:
            if named.search(statement.lower):
                tally.add(term.id, statement.weight * 2 if statement.heading else 1, statement)
            elif statement.heading and statement.lower in headings:
                tally.add(term.id, statement.weight, statement)
    best = next((term_id for term_id in tally.best_first() if tally.scores[term_id] >= _LEAST), None)
    return (Kind(best), tally.passages[best]) if best else None
