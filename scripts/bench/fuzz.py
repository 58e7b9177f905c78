"""Damage content files by seed, and see that each bank opens, with problems on lines that there are, told in Swedish.

Bytes, front matter, Markdown and vocabularies are damaged, several files of a bank at once. What goes wrong is printed
with the seed of its round: `--frö SEED --rundor 1` makes the same files again.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import sys
import time
import traceback
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kunskapsbank import checks, pages
from kunskapsbank.bank import open_bank
from kunskapsbank.checks.personal.patterns import find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kunskapsbank.problems import Problem

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests/cases/sample"
TODAY = date(2026, 11, 22)
FILES_A_ROUND = 8

# What may be put into a text. What is told of a number is tried too: Skatteverket's example, and one kept for fiction.
_YAML = (
    ": ", ":", "- ", "[", "]", "{", "}", "&a ", "*a", "|", ">", '"', "'", "\t", "#", "? ",
    "!!python/object:os.system ", "%", "@", "`", "---\n", "...\n", "titel: ", "år: ", "typ: ", "~", "null",
    "2016-13-45", "år: 99999", "<<: *a\n", "\u00a0", ":\u00a0", "publicerad: 3026-01-01\n", "ägare: [Farsta, ",
    "alias:\n  - ", "medel:\n  - år: x\n",
)  # fmt: skip
_MARKDOWN = (
    "```\n", "~~~~\n", "```", "# ", "####### ", "\n\n", "> ", "- ", "1. ", "    ", "|",
    "| a | b |\n| - | - |\n| c |\n", "**", "_", "[", "](", ")", "![](x.png)", "[a](b.md#c)", "[^1]", "\n[^1]: ",
    "[a][b]", "\n[b]: ", "<div>", "</div>", "<b", "<!--", "-->", "<script>", "<img src=x onerror=y>",
    "<a href='javascript:x'>", "&#0;", "&amp;", "\\", "!!! note\n", "{: #a }", "\n:   ", "===\n", "---\n",
    "](mailto:)", "](https://)", "(" * 40, "[" * 40, "> " * 40, "- " * 40, "*" * 40, "![" * 20,
)  # fmt: skip
_SIGNS = (
    "\0", "\x07", "\x0b", "\x0c", "\x85", "\u00ad", "\u200b", "\u2028", "\u202e", "\u2067", "\ufeff", "\ufffd",
    "\uf0b7", "ﬁ", "Ã¶", "√∂", "\u0301" * 8, "１９", "\U0001f600", "\ue000", "\ufffe", "640823-3234", "070-174 06 05",
    "a@example.se", "x" * 300, "\r", "\r\n", "\t", "\u00a0",
)  # fmt: skip
_ENGLISH = re.compile(
    r"\b(?:the|expected|found|invalid|error|while|mapping|could|cannot|unable|failed|traceback|unexpected|character|"
    r"must|should|not|is|of|and|with|none|null|object|module)\b",
    re.IGNORECASE,
)
# What a message quotes, and names of fields, tags and files.
_QUOTED = re.compile(r"'[^']*'|”[^”]*”|<[^>]*>?|`[^`]*`|\[[^\]]*\]|\([^)]*\)|\S*[./_]\S*|\S+-\S+")


@dataclass(frozen=True, slots=True)
class Fault:
    """What went wrong: the seed of the round, and what it was."""

    seed: int
    what: str


def _at(chance: random.Random, text: str, piece: str) -> str:
    place = chance.randrange(len(text) + 1)
    return text[:place] + piece + text[place:]


def _damaged_text(chance: random.Random, text: str) -> str:
    end = text.find("\n---", 3)
    lines = text.split("\n")
    number = chance.randrange(len(lines))
    kind = chance.randrange(8)
    if kind == 0 and end > 0:
        return _at(chance, text[:end], chance.choice(_YAML)) + text[end:]
    if kind == 1 and end > 0:
        return text[: end + 4] + _at(chance, text[end + 4 :], chance.choice(_MARKDOWN))
    if kind == 2:
        return _at(chance, text, chance.choice(_SIGNS))
    if kind == 3:
        del lines[number]
    elif kind == 4:
        lines.insert(number, chance.choice(lines))
    elif kind == 5:
        lines[number] = " " * chance.randrange(1, 9) + lines[number]
    elif kind == 6:
        lines[number] = lines[number][: chance.randrange(len(lines[number]) + 1)]
    else:
        return _at(chance, text, chance.choice((*_YAML, *_MARKDOWN, *_SIGNS)))
    return "\n".join(lines)


def _damaged_bytes(chance: random.Random, data: bytes) -> bytes:
    place = chance.randrange(len(data) + 1)
    some = bytes(chance.randrange(256) for _ in range(chance.randrange(1, 5)))
    kinds: tuple[Callable[[], bytes], ...] = (
        lambda: data[:place],
        lambda: data[:place] + some + data[place:],
        lambda: data[:place] + some + data[place + len(some) :],
        lambda: data[place:] + data[:place],
        lambda: data[:place] + data[max(0, place - 40) : place] * 30 + data[place:],
        lambda: data.decode("utf-8", "replace").encode(chance.choice(["utf-16", "latin-1", "cp850"]), "replace"),
        lambda: data.replace(b"\n", chance.choice([b"\r", b"\r\n", b"\n\n", b" \n"])),
    )
    return chance.choice(kinds)()


def damaged(chance: random.Random, data: bytes) -> bytes:
    """Return a file with one to six things wrong with it."""
    for _ in range(chance.randrange(1, 7)):
        if chance.random() < 0.2:
            data = _damaged_bytes(chance, data)
        else:
            text = _damaged_text(chance, data.decode("utf-8", "surrogateescape"))
            data = text.encode("utf-8", "surrogateescape")
    return data


def _lines(data: bytes) -> int:
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1


def faults_in(problems: Iterable[Problem], content: Path) -> Iterator[str]:
    """Yield what is wrong with the problems themselves."""
    for problem in problems:
        file = content / problem.file
        if not file.is_file() and not problem.message.startswith("filen med termer"):
            yield f"en fil som inte finns: {problem}"
        elif file.is_file() and not 1 <= problem.line <= _lines(file.read_bytes()):
            yield f"en rad som inte finns: {problem}"
        if not problem.message or not problem.hint:
            yield f"ingen åtgärd: {problem}"
        if english := _ENGLISH.search(_QUOTED.sub("", problem.message)):
            yield f"'{english[0]}' är ingen svenska: {problem}"
        if "\n" in problem.message or find(str(problem)):
            yield f"något som inte får upprepas: {problem}"


def tried(seed: int, source: Path = SAMPLE) -> tuple[int, list[Fault]]:
    """Open a bank with damaged files; returns how many problems it has, and what went wrong."""
    chance = random.Random(seed)
    with TemporaryDirectory() as folder:
        content = Path(folder, "content")
        shutil.copytree(source, content)
        files = sorted(path for path in content.rglob("*") if path.suffix in {".md", ".yml"})
        # A broken vocabulary leaves most of the bank unread, so that they are damaged more seldom.
        files = [path for path in files if path.suffix == ".md" or chance.random() < 0.1]
        for path in chance.sample(files, min(FILES_A_ROUND, len(files))):
            path.write_bytes(damaged(chance, path.read_bytes()))
        try:
            catalogue = pages.checked(open_bank(content, TODAY)).catalogue
            problems = {*catalogue.problems, *checks.remarks(catalogue)}
        except Exception:
            return 0, [Fault(seed, traceback.format_exc(limit=-6))]
        return len(problems), [Fault(seed, what) for what in faults_in(sorted(problems), content)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rundor", type=int, default=200)
    parser.add_argument("--frö", type=int, default=1)
    parser.add_argument("--innehåll", type=Path, default=SAMPLE)
    options = parser.parse_args()
    started, problems, faults = time.perf_counter(), 0, 0
    for seed in range(options.frö, options.frö + options.rundor):
        count, found = tried(seed, options.innehåll)
        problems += count
        faults += len(found)
        for fault in found:
            print(f"--frö {fault.seed} --rundor 1: {fault.what}", flush=True)
    files = options.rundor * FILES_A_ROUND
    spent = time.perf_counter() - started
    told = f"{problems} fel och anmärkningar, {faults} brister, {spent:.0f} s"
    print(f"{files} skadade filer i {options.rundor} banker: {told}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
