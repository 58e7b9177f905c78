#!/usr/bin/env python3
"""Measure the snapshot that one document is checked against: its bytes a document, and the time to read and to use it.

The bank is generated from a seed, as for check_scale.py. Times are medians, in this process, of one document that is
new and one that takes another's place.
"""

import argparse
import gzip
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

from _venv import enter
from bank import Bank
from check_scale import write_content

TODAY = date(2026, 11, 22)
TIMES = 5


def main() -> int:
    enter()
    options = _options()
    for size in options.documents:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            write_content(Bank(size, options.seed), Path(folder))
            print(table(size, *measured(Path(folder, "content"))), end="\n\n")
    return 0


def measured(content: Path) -> tuple[dict[str, str], dict[str, float]]:
    """Return the two files of the snapshot of a content folder, and seconds by what they went to."""
    from kunskapsbank import checks
    from kunskapsbank.checks.one import check_document
    from kunskapsbank.model.snapshot import Snapshot
    from kunskapsbank.reading import loading

    catalogue = loading.load(content, TODAY)
    found = checks.snapshot(catalogue)
    files = {"bank.json": found.to_json(), "textlikhet.json": found.runs_to_json()}
    seconds = {"read the bank": _median(lambda: Snapshot.from_json(files["bank.json"]))}
    read = Snapshot.from_json(files["bank.json"])
    seconds["read the runs"] = _median(lambda: read.with_runs(files["textlikhet.json"]))
    snapshot = read.with_runs(files["textlikhet.json"])
    file = next(record.file for record in catalogue if record.is_document)
    data = (content / file).read_bytes()
    new = file.replace(".md", "-igen.md")
    seconds["check the first, which makes the tables"] = _once(lambda: check_document(new, data, snapshot, TODAY))
    seconds["check a new one"] = _median(lambda: check_document(new, data, snapshot, TODAY))
    seconds["check one again"] = _median(lambda: check_document(file, data, snapshot, TODAY))
    real = Path(__file__).resolve().parents[2] / "content/projekt/samlarteam/2018-slutrapport.md"
    usual = real.read_bytes()
    seconds["check a usual report"] = _median(lambda: check_document(new, usual, snapshot, TODAY))
    return files, seconds


def table(documents: int, files: dict[str, str], seconds: dict[str, float]) -> str:
    """Return two Markdown tables: bytes, and milliseconds."""
    rows = [f"| {documents} documents | bytes a document | gzipped |", "| --- | ---: | ---: |"]
    for name, text in files.items():
        data = text.encode()
        packed = gzip.compress(data, 9, mtime=0)
        rows.append(f"| {name} | {len(data) / documents:.0f} | {len(packed) / documents:.0f} |")
    rows += ["", f"| {documents} documents | ms |", "| --- | ---: |"]
    rows += [f"| {what} | {1000 * spent:.0f} |" for what, spent in seconds.items()]
    return "\n".join(rows)


def _median(work: Callable[[], object]) -> float:
    return median(_once(work) for _ in range(TIMES))


def _once(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", type=int, nargs="*", default=[1000], help="how many documents a bank has")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
