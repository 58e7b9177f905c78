#!/usr/bin/env python3
"""Measure what whoever writes waits for, on generated banks: a check of one changed file, and the page of a saved one.

All of it is checked once, so that what a check keeps is there; then one document is changed and checked, some times.
With `serve` running, the same document is saved, some times, and its page asked for until it shows it. Printed is a
Markdown table with the medians, and the longest wait on the clock. CPU seconds hold whatever else the machine does; the
clock does not, and is an upper bound.
"""

import argparse
import sys
import tempfile
from pathlib import Path
from statistics import median

from _venv import enter
from bank import Bank
from builders import Layout, ours
from check_scale import CHECK
from measure import Cost, measure
from served import waits_from_save_to_page

from content import Content

TIMES = 3
HEADS = (
    "documents",
    "check of all, CPU s",
    "again, nothing changed",
    "of one changed file",
    "its MB",
    "from save to page in `serve`, CPU s",
    "s of the clock",
)


def main() -> int:
    enter()
    options = _options()
    for row in (HEADS, ["---:"] * len(HEADS)):
        _tell(row)
    for size in options.documents:
        with tempfile.TemporaryDirectory(prefix="bench-") as name:
            layout = ours(Content(Bank(size, options.seed)), Path(name))
            _tell([f"{size}", *_checked(layout), *(_served(layout) if size in options.serve else ("–", "–"))])
    return 0


def _checked(layout: Layout) -> list[str]:
    """Check all documents twice, then one that is changed."""
    whole, again = _check(layout), _check(layout)
    ones = []
    for number in range(TIMES):
        layout.edit_body(f"Här är ändring nummer {number + 1}.")
        ones.append(_check(layout, str(layout.body.relative_to(layout.folder))))
    one = median(cost.cpu_seconds for cost in ones)
    memory = max(cost.peak_bytes for cost in ones) / 1e6
    return [f"{whole.cpu_seconds:.3g}", f"{again.cpu_seconds:.2g}", f"{one:.2g}", f"{memory:.0f}"]


def _check(layout: Layout, *paths: str) -> Cost:
    command = [sys.executable, "-c", CHECK, "check", *paths]
    return measure(command, folder=layout.folder, environment=layout.environment)


def _served(layout: Layout) -> list[str]:
    waits = waits_from_save_to_page(layout)
    used = [wait.cpu_seconds for wait in waits if wait.cpu_seconds is not None]
    seconds = [wait.seconds for wait in waits]
    return [f"{median(used):.2g}" if used else "–", f"{median(seconds):.2g}, at most {max(seconds):.2g}"]


def _tell(cells: list[str] | tuple[str, ...]) -> None:
    """Print a row at once: the next may take long."""
    print(f"| {' | '.join(cells)} |", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0], allow_abbrev=False)
    parser.add_argument("--documents", type=int, nargs="+", default=[1_000, 5_000, 10_000], metavar="N")
    parser.add_argument(
        "--serve",
        type=int,
        nargs="*",
        default=[1_000, 5_000],
        metavar="N",
        help="of which of them to serve the site too",
    )
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
