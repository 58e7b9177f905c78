#!/usr/bin/env python3
"""Measure what search costs on generated banks, ours beside Pagefind and Material's lunr; print a Markdown table.

Bytes are those of all bodies as a server that compresses sends them, headers left out; first and next are the two
questions of a visit with an empty cache, given whole, with all scripts of the search and all that ten hits (Pagefind's
interface: five) show. Times are those on this machine, from a server on it. Ratios say how many times ours it is.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from _venv import enter
from bank import Bank
from peers import write_pages
from scale import Scale
from scale_ours import measure_ours
from scale_peers import measure_lunr, measure_pagefind

# Only what was measured at all sizes can be told to grow.
_GROWING = (
    "files, MB",
    "first query, kB",
    "first query, requests",
    "next query, kB",
    "next query asked, ms",
    "last key to results, ms",
)


def main() -> int:
    enter()
    from _browser import chromium

    options = _options()
    browser, scales = chromium(), {}
    for documents in options.documents:
        bank = Bank(documents, options.seed)
        scales[documents] = list(_measured(bank, browser, options.without_lunr, options.without_builds))
    print(table(scales))
    return 0


def table(scales: dict[int, list[Scale]]) -> str:
    """Return a Markdown table: for each size and measure the engines, then how many times ours the peers are."""
    names = [scale.engine for scale in max(scales.values(), key=len)]
    ours, *peers = names
    heads = ["documents", "measure", *names, *(f"{name} ÷ ours" for name in peers)]
    rows: list[Sequence[str]] = [heads, ["---:", "---", *["---:"] * (len(heads) - 2)]]
    measured = {documents: {scale.engine: scale.measures for scale in found} for documents, found in scales.items()}
    for documents, engines in measured.items():
        for measure in engines[ours]:
            values = [engines.get(name, {}).get(measure) for name in names]
            if any(value is not None for value in values):
                ratios = (_ratio(value, values[0]) for value in values[1:])
                rows.append([str(documents), measure, *map(_number, values), *ratios])
    for small, large in pairwise(measured):
        for measure in _GROWING:
            grown = (
                _ratio(measured[large].get(name, {}).get(measure), measured[small].get(name, {}).get(measure))
                for name in names
            )
            rows.append([f"{large} ÷ {small}", measure, *grown, *[""] * len(peers)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _measured(bank: Bank, browser: str, without_lunr: bool, without_builds: bool) -> Iterator[Scale]:
    """Measure one engine after another, and say so when one is done: the large banks take their time."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        yield _told(measure_ours(bank, Path(folder), browser, without_builds), bank)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        write_pages(bank.articles(), Path(folder))
        yield _told(measure_pagefind(bank, Path(folder), browser), bank)
        if not without_lunr:
            yield _told(measure_lunr(bank, Path(folder), browser), bank)


def _told(scale: Scale, bank: Bank) -> Scale:
    print(f"{scale.engine}, {bank.size} documents: done", file=sys.stderr, flush=True)
    answers = [answer for visit in scale.visits for answer in visit]
    if unanswered := sum(answer.hits is None for answer in answers):
        print(f"{scale.engine}, {bank.size} documents: {unanswered} questions had no answer", file=sys.stderr)
    return scale


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def _ratio(value: float | None, other: float | None) -> str:
    return f"{value / other:.2g}×" if value is not None and other else "–"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0], allow_abbrev=False)
    parser.add_argument("--documents", type=int, nargs="+", default=[1_000, 10_000], metavar="N")
    parser.add_argument("--without-lunr", action="store_true", help="lunr takes minutes and gigabytes at 10 000")
    parser.add_argument("--without-builds", action="store_true", help="only what a reader fetches, of ours")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
