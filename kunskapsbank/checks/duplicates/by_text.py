"""Texts that are mostly another text of the bank, found by the runs of words that they share.

Only texts that share a run are compared, so that the time grows with the bank and not with its square.
"""

from __future__ import annotations

from collections import Counter
from math import sqrt
from typing import TYPE_CHECKING

from kunskapsbank.checks import telling
from kunskapsbank.checks.check import Check
from kunskapsbank.checks.duplicates import by_name
from kunskapsbank.problems import Severity
from kunskapsbank.swedish.runs import sampled

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from kunskapsbank.model.document import Document
    from kunskapsbank.model.known import Known
    from kunskapsbank.model.snapshot import Snapshot, Table
    from kunskapsbank.problems import Problem

# The share of the shorter text's runs that stand in the other too. Unrelated pages of the bank share at most a third.
_COPIED, _UNRELATED = 1 / 2, 1 / 3
# A run in more documents than this is a set phrase; all pairs of them need not be looked at.
_SET_PHRASE = 12
# Of no more documents than this the runs are looked for in the bank, without a table of all that it has.
_FEW = 5


def _look(documents: Sequence[Document], bank: Snapshot) -> Iterator[Problem]:
    """Yield for each text that is mostly an older one's the one that it is most like."""
    table = _of_few(documents, bank) if len(documents) <= _FEW else _runs
    for document in documents:
        known = bank.get(document.file)
        if known is None or known.record is None:
            continue
        found = [(share, other) for other in _sharing(known, bank, table) if (share := _copied(known, other))]
        if not found:
            continue
        share, other = min(found, key=lambda one: (-one[0], one[1].arrival))
        assert other.record
        is_exact = not (known.is_sampled or other.is_sampled)
        part = f"{100 * share:.0f}" if is_exact else f"omkring {10 * round(10 * share)}"
        message = f"texten är till {part} procent densamma som i {other.file}"
        age = by_name.age(known.record, other.record)
        hint = f"{age} Är det samma dokument: ta bort det ena. Annars: länka till den äldre texten."
        yield telling.at_body(document, message, hint, by_name.RULE)


CHECK = Check(frozenset({by_name.RULE}), Severity.REMARK, _look)


def _runs(known: Known) -> Iterable[Hashable]:
    return known.runs if known.record else ()


def _of_few(documents: Iterable[Document], bank: Snapshot) -> Table:
    """Return a way to look up the runs of these documents and no others, so that the table of the bank is small."""
    at_hand = filter(None, (bank.get(document.file) for document in documents))
    asked = frozenset[int]().union(*(known.runs for known in at_hand))
    return lambda known: asked & known.runs_once() if known.record else ()


def _sharing(known: Known, bank: Snapshot, table: Table) -> Iterator[Known]:
    """Yield the older files that share enough runs to be looked at.

    Of those that have a set phrase, only the last before this one: the copies of one text still meet each other.
    """
    shared: Counter[Known] = Counter()
    for run in known.runs:
        if bank.count(table, run) <= _SET_PHRASE:
            shared.update(other for other in bank.having(table, run) if other.arrival < known.arrival)
        elif nearest := bank.before(table, run, known.arrival):
            shared[nearest] += 1
    for other, count in shared.items():
        # A run that all share may not be counted: half of what is asked for is enough. Of a sample, anything is.
        if known.is_sampled or other.is_sampled or 2 * count >= _COPIED * min(len(known.runs), len(other.runs)):
            yield other


def _copied(known: Known, other: Known) -> float:
    """Return the share of the shorter text's runs that stand in the other too; 0 where that is no sign of a copy."""
    one, two = known.runs, other.runs
    if known.is_sampled != other.is_sampled:
        one, two = sampled(one), sampled(two)
    count, shared = min(len(one), len(two)), len(one & two)
    asked = _COPIED * count
    if known.is_sampled or other.is_sampled:
        # Of few runs half may be there by chance. One deviation or two above what unrelated texts share at most: the
        # deviation of a count of which a third is expected is about half its root.
        asked = max(asked, _UNRELATED * count + sqrt(count))
    return shared / count if count and shared >= asked else 0
