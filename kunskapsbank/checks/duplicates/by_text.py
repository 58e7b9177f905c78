"""Texts that are mostly another text of the bank, found by the runs of words that they share.

Only texts that share a run are compared, so that the time grows with the bank and not with its square.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from kunskapsbank.checks import telling
from kunskapsbank.checks.check import Check
from kunskapsbank.checks.duplicates import by_name
from kunskapsbank.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kunskapsbank.model.catalogue import Catalogue
    from kunskapsbank.model.document import Document
    from kunskapsbank.model.record import Record
    from kunskapsbank.problems import Problem

# So many words in a row are seldom the same by chance: set phrases of authorities are mostly shorter.
_RUN = 4
# A shorter text has too few runs to tell a copy from two that begin alike.
_FEWEST_RUNS = 30
# The share of the shorter text's runs that stand in the other too. Unrelated pages of the bank share at most a third.
_COPIED = 0.5
# A run in more documents than this is a set phrase; all pairs of them need not be looked at.
_SET_PHRASE = 12


def _look(documents: Iterable[Document], bank: Catalogue) -> Iterator[Problem]:
    """Yield for each text that is mostly another's the one that it is most like."""
    told = {document.file: document for document in documents}
    records = list(bank)
    runs = [_runs(record.body.text) for record in records]
    closest: dict[Record, tuple[float, Record]] = {}
    for one, other in _sharing(runs):
        fewest = min(len(runs[one]), len(runs[other]))
        share = len(runs[one] & runs[other]) / fewest
        if share < _COPIED:
            continue
        newer, older = by_name.by_age(records[one], records[other])
        if newer not in closest or share > closest[newer][0]:
            closest[newer] = share, older
    for newer, (share, older) in closest.items():
        if newer.file not in told:
            continue
        message = f"texten är till {100 * share:.0f} procent densamma som i {older.file}"
        hint = (
            f"{by_name.age(newer, older)} Är det samma dokument: ta bort det ena. Annars: länka till den äldre texten."
        )
        yield telling.at_body(told[newer.file], message, hint, by_name.RULE)


CHECK = Check(frozenset({by_name.RULE}), Severity.REMARK, _look)


def _runs(text: str) -> frozenset[int]:
    """Return every run of words of a text, as numbers; empty for a text too short to be told from another."""
    found = re.findall(r"\w+", text.casefold())
    runs = frozenset(map(hash, zip(*(found[start:] for start in range(_RUN)), strict=False)))
    return runs if len(runs) >= _FEWEST_RUNS else frozenset()


def _sharing(runs: list[frozenset[int]]) -> Iterator[tuple[int, int]]:
    """Yield the places of texts that share enough runs to be looked at, each pair once, in order.

    Of a run that many texts have, only neighbours are paired: the copies of one text still meet each other.
    """
    first: dict[int, int] = {}
    places: dict[int, list[int]] = {}
    for place, found in enumerate(runs):
        for run in found:
            if (before := first.setdefault(run, place)) != place:
                places.setdefault(run, [before]).append(place)
    shared: Counter[tuple[int, int]] = Counter()
    for having in places.values():
        shared.update(combinations(having, 2) if len(having) <= _SET_PHRASE else pairwise(having))
    for (one, other), count in sorted(shared.items()):
        # A run that all share may not be counted for a pair that is far apart: half of what is asked for is enough.
        if 2 * count >= _COPIED * min(len(runs[one]), len(runs[other])):
            yield one, other
