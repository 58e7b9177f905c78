#!/usr/bin/env python3
"""Measure what `kunskapsbank check` costs on a generated bank, beside a bare MkDocs build of the same files.

MkDocs is given its own theme and none of our plugins: without any at all, and with its own search, which is what it
does unless told otherwise. The table has CPU seconds, memory, and how many times the bare build a command costs.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from _venv import enter
from bank import Bank
from measure import Cost, measure

CONTENT = Path(__file__).resolve().parents[2] / "content"
# A project has its page, a plan, and a final report for each of the years.
YEARS = range(2013, 2021)
CHECK = "import sys; from kunskapsbank.cli import main; sys.exit(main())"


def main() -> int:
    enter()
    options = _options()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        written = write_content(Bank(options.documents, options.seed), Path(folder))
        print(table(written, measured(Path(folder))))
    return 0


def write_content(bank: Bank, folder: Path) -> int:
    """Write the bank as a content folder with the real vocabularies; return how many documents and projects it has."""
    content = folder / "content"
    shutil.copytree(CONTENT / "vokabular", content / "vokabular")
    shutil.copy(CONTENT / "banken.yml", content)
    (content / "index.md").write_text(
        "---\ntitel: Kunskapsbanken\nsammanfattning: Påhittad.\n---\n\nTexten.\n", "utf-8"
    )
    a_project = len(YEARS) + 2
    for number in range(bank.size):
        project, place = divmod(number, a_project)
        target = content / "projekt" / f"projekt-{project}" / _name(place)
        target.parent.mkdir(parents=True, exist_ok=True)
        sections = (
            f"## Del {part}\n\n{_divided(text)}\n" for part, text in enumerate(bank.paragraphs(number), start=1)
        )
        target.write_text(_fields(" ".join(bank.title(number)), place) + "\n".join(sections), "utf-8")
    return bank.size


def measured(folder: Path) -> dict[str, Cost]:
    """Measure MkDocs, twice, and the check, twice, each in a process of its own, on the folder's `content`."""
    content = str(folder / "content")
    check = [sys.executable, "-c", CHECK, "check", "--innehåll", content]
    found = {"MkDocs without plugins": measure(_mkdocs(folder, "plugins: []\n"))}
    found["MkDocs as it comes"] = measure(_mkdocs(folder, ""))
    found["kunskapsbank check, only errors"] = measure([*check, "--bara-fel"])
    found["kunskapsbank check"] = measure(check)
    return found


def table(documents: int, costs: dict[str, Cost]) -> str:
    """Return a Markdown table; the first of the costs is what the others are held against."""
    bare = next(iter(costs.values()))
    rows = [f"| {documents} documents and projects | CPU s | memory, MB | CPU ÷ bare |", "| --- | ---: | ---: | ---: |"]
    for name, cost in costs.items():
        ratio = cost.cpu_seconds / bare.cpu_seconds
        rows.append(f"| {name} | {cost.cpu_seconds:.1f} | {cost.peak_bytes / 1e6:.0f} | {ratio:.2g}× |")
    return "\n".join(rows)


def _mkdocs(folder: Path, plugins: str) -> list[str]:
    config = folder / f"mkdocs-{'bare' if plugins else 'search'}.yml"
    config.write_text(
        f"site_name: Banken\ndocs_dir: content\nexclude_docs: /vokabular/\ntheme: mkdocs\n{plugins}", "utf-8"
    )
    return [sys.executable, "-m", "mkdocs", "--quiet", "build", "-f", str(config), "-d", str(folder / config.stem)]


def _divided(text: str) -> str:
    """Return a section's text as paragraphs of four sentences, about sixty words."""
    sentences = text.split(". ")
    return ".\n\n".join(". ".join(sentences[start : start + 4]) for start in range(0, len(sentences), 4))


def _name(place: int) -> str:
    if place == 0:
        return "index.md"
    return f"{YEARS[0]}-projektplan.md" if place == 1 else f"{YEARS[place - 2]}-slutrapport.md"


def _fields(title: str, place: int) -> str:
    return "\n".join(["---", f"titel: {title}", *_own_fields(place), "publicerad: 2026-11-22", *_SHARED, "---", ""])


_SHARED = ("sammanfattning: Ett påhittat projekt prövade ett arbetssätt.", "källa:", "  - originalrapport")


def _own_fields(place: int) -> Iterator[str]:
    if place == 0:
        yield from ("typ: projekt", f"år: {YEARS[0]}–{YEARS[-1]}", "ägare:", "  - Södermalm")
        yield from ("målgrupper:", "  - föräldrar till placerade barn", "teman:", "  - familjehemsvård")
        yield from ("status: avslutat", "utfall:", "  - permanent verksamhet")
    elif place == 1:
        yield from ("typ: projektplan", f"år: {YEARS[0]}")
    else:
        yield from ("typ: slutrapport", f"år: {YEARS[place - 2]}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0], allow_abbrev=False)
    parser.add_argument("--documents", type=int, default=1_000, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
