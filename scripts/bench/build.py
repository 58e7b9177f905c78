#!/usr/bin/env python3
"""Measure what building costs on generated banks, ours beside what somebody would pick instead; print Markdown tables.

Each program builds the same documents four times: with nothing there, again with nothing changed, after a sentence
was added to a document, and after what stands on every page was changed. Ratios are of CPU seconds, against Material
for MkDocs with its search and none of our facets: stock, which somebody would have begun with. They hold between
machines; seconds do not, and the time on the clock suffers from whatever else the machine does.

A row is told as soon as its program is done, and with `--keep FILE` written there, so that a run that is cut loses no
more than the program that it was at, and runs of single programs make one table.
"""

import argparse
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from _venv import enter
from bank import Bank
from builders import STOCK, Builder, builders
from measure import CommandFailed, Cost, measure
from served import NotServed, waits_from_save_to_page

from content import Content

STEPS = ("cold", "nothing changed", "one sentence", "theme")


@dataclass(frozen=True, slots=True)
class Step:
    """What a build cost, and the files of the site that it made otherwise: how many, and their bytes."""

    cost: Cost
    files: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Built:
    """The builds of a program, one for each of STEPS; files and bytes of the site; seconds from a save to its page."""

    steps: tuple[Step, ...]
    files: int
    bytes: int
    served: float | None = None


Found = dict[int, dict[str, Built]]
"""What was measured, by the number of documents and the name of the program."""


def main() -> int:
    enter()
    options = _options()
    made = builders()
    found = _kept(options.keep, options.seed) if options.keep else {}
    for size in options.documents:
        programs = found.setdefault(size, {})
        _say(_markdown(_heads(size)))
        # Stock first, as the other rows are held against it.
        for name in sorted(made, key=lambda name: name != STOCK):
            builder = made[name]
            if options.only and not any(part in name for part in options.only):
                continue
            if isinstance(builder, str):
                _say(f"{name} is left out: {builder}")
                continue
            try:
                programs[name] = _built(builder, Bank(size, options.seed), options.serve)
            except CommandFailed as error:
                _say(f"{name} is left out: it failed.\n{error}")
                continue
            _say(_markdown([_row(name, programs)]))
            if options.keep:
                _keep(options.keep, options.seed, size, name, programs[name])
    order = [*made]
    print(
        tables(
            {
                size: {name: programs[name] for name in order if name in programs}
                for size, programs in sorted(found.items())
                if programs
            }
        )
    )
    return 0


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _keep(file: Path, seed: int, size: int, name: str, built: Built) -> None:
    line = {"seed": seed, "documents": size, "program": name, "built": asdict(built)}
    with file.open("a", encoding="utf-8") as target:
        target.write(json.dumps(line, ensure_ascii=False) + "\n")


def _kept(file: Path, seed: int) -> Found:
    """Return what earlier runs have written down of banks of this seed; the last of a program and a size holds."""
    found: Found = {}
    if file.exists():
        for line in file.read_text("utf-8").splitlines():
            one = json.loads(line)
            if one["seed"] == seed:
                found.setdefault(one["documents"], {})[one["program"]] = _as_built(one["built"])
    return found


def _as_built(given: Mapping[str, Any]) -> Built:
    steps = tuple(Step(Cost(**step["cost"]), step["files"], step["bytes"]) for step in given["steps"])
    return Built(steps, given["files"], given["bytes"], given["served"])


def _built(builder: Builder, bank: Bank, serve: bool) -> Built:
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        layout = builder(Content(bank), Path(name))
        steps, before = [], {}
        for step in STEPS:
            if step == "one sentence":
                layout.edit_body()
            elif step == "theme":
                layout.edit_theme()
            cost = Cost(0, 0)
            for command in layout.commands:
                cost += measure(command, folder=layout.folder, environment=layout.environment)
            _say(f"  {step}: {cost.cpu_seconds:.3g} CPU s, {cost.wall_seconds:.3g} s, {cost.peak_bytes / 1e6:.0f} MB")
            after = dict(_files(layout.site))
            changed = [path for path, (digest, _) in after.items() if before.get(path, ("",))[0] != digest]
            steps.append(Step(cost, len(changed), sum(after[path][1] for path in changed)))
            before = after
        served = None
        if serve and layout.serve:
            try:
                served = median(wait.seconds for wait in waits_from_save_to_page(layout))
            except NotServed as error:
                print(error, file=sys.stderr)
        return Built(tuple(steps), len(before), sum(size for _, size in before.values()), served)


def _files(folder: Path) -> Iterator[tuple[str, tuple[str, int]]]:
    """Yield the files of a site by their paths, with hash and size."""
    for parent, _, names in os.walk(folder):
        for name in names:
            path = Path(parent, name)
            data = path.read_bytes()
            yield path.relative_to(folder).as_posix(), (hashlib.blake2b(data, digest_size=16).hexdigest(), len(data))


def tables(found: Found) -> str:
    """Return the tables: for each size, what each program costs; then how the cost of a document grows."""
    parts = [
        _markdown([*_heads(size), *(_row(name, programs) for name in programs)]) for size, programs in found.items()
    ]
    if len(found) > 1:
        parts.append(_growth(found))
    return "\n\n".join(parts)


def _heads(size: int) -> Sequence[Sequence[str]]:
    heads = [f"{size} documents: CPU s (× stock)", *STEPS, "wall s, one sentence", "save to page, s", "peak MB"]
    heads += ["files changed by one sentence", "kB of them", "site, MB"]
    return heads, ["---", *["---:"] * (len(heads) - 1)]


def _row(name: str, programs: Mapping[str, Built]) -> Sequence[str]:
    """Return the row of a program, held against stock where that is measured too."""
    built, stock = programs[name], programs.get(STOCK)
    row = [name]
    for place, step in enumerate(built.steps):
        ratio = f" ({step.cost.cpu_seconds / stock.steps[place].cost.cpu_seconds:.2g})" if stock else ""
        row.append(f"{step.cost.cpu_seconds:.3g}{ratio}")
    edited = built.steps[STEPS.index("one sentence")]
    row.append(f"{edited.cost.wall_seconds:.3g}")
    row.append("–" if built.served is None else f"{built.served:.2g}")
    row.append(f"{max(step.cost.peak_bytes for step in built.steps) / 1e6:.0f}")
    return [*row, str(edited.files), f"{edited.bytes / 1e3:.0f}", f"{built.bytes / 1e6:.1f}"]


def _growth(found: Found) -> str:
    """Return the CPU seconds of a document against those at the first size, and the growth of memory."""
    first, *larger = found
    heads = ["a document's cost against that at the first size", "documents", "cold", "one sentence", "peak MB"]
    rows: list[Sequence[str]] = [heads, ["---", *["---:"] * 4]]
    for name, small in found[first].items():
        for size in larger:
            if large := found[size].get(name):
                cold, edited = (
                    large.steps[place].cost.cpu_seconds / small.steps[place].cost.cpu_seconds for place in (0, 2)
                )
                peak = (max(step.cost.peak_bytes for step in built.steps) / 1e6 for built in (small, large))
                # One edit costs less than a document where little is done again; so that one is told as it is.
                rows.append(
                    [
                        name,
                        f"{first} → {size}",
                        f"{cold * first / size:.2f}×",
                        f"{edited:.2f}× in all",
                        " → ".join(f"{value:.0f}" for value in peak),
                    ]
                )
    return _markdown(rows)


def _markdown(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0], allow_abbrev=False)
    parser.add_argument("--documents", type=int, nargs="+", default=[1_000, 5_000], metavar="N")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="only programs with this in their names")
    parser.add_argument("--serve", action="store_true", help="also measure from a saved file to its page")
    parser.add_argument(
        "--keep", type=Path, metavar="FILE", help="write rows there, and show those of earlier runs too"
    )
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
