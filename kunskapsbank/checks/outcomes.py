"""What became of a project: whether the newest that is known of it is so old that somebody should ask again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunskapsbank.checks import telling
from kunskapsbank.checks.check import Check
from kunskapsbank.model.vocabulary import NEVER_STARTED
from kunskapsbank.problems import Severity
from kunskapsbank.reading import schema
from kunskapsbank.reading.fields import rule_of
from kunskapsbank.swedish.phrases import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kunskapsbank.model.document import Document
    from kunskapsbank.model.snapshot import Snapshot
    from kunskapsbank.problems import Problem

OLDEST = 2
"""For how many years what was said of a project goes for news of it."""

_RULE = "gammalt utfall"


def _look(documents: Iterable[Document], bank: Snapshot) -> Iterator[Problem]:
    """Yield projects of which the newest that is known is too old. Of a bank that was told no day, nothing is."""
    if bank.today is None:
        return
    for document in documents:
        record = document.record
        if not record or record.example or (record.status and record.status.id == NEVER_STARTED):
            continue
        newest = max((outcome.known for outcome in record.outcomes if outcome.known), default=None)
        if newest is not None and bank.today.year - newest > OLDEST:
            owners = listed([bank.settings.within(owner.label) for owner in record.owners])
            said = rule_of(schema.OUTCOME_FIELDS, "known").key
            message = f"det senaste som sägs är från {newest}"
            hint = f"Fråga {owners} vad som gäller nu, och lägg till det med {said}: {bank.today.year}."
            yield telling.at_field(document, "outcomes", message, hint, _RULE)


CHECK = Check(frozenset({_RULE}), Severity.REMARK, _look)
