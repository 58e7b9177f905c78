"""The pages of docs/extending taken apart: the files and changes that they show, and the commands that they say.

A fence whose language is followed by a path is that whole file; `diff` and a path is a change of that file; `sh` is
typed in the root, and the `text` after it holds lines of what is printed.
"""

import re
import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

Run = Callable[[list[str]], str]


@dataclass(frozen=True)
class Block:
    """A fence of a page: its language, the path that it names ("" for none), its lines, and its line in the page."""

    language: str
    path: str
    text: str
    line: int


def blocks(page: Path) -> Iterator[Block]:
    """Yield the fences of a page in their order."""
    for token in MarkdownIt().parse(page.read_text("utf-8")):
        if token.type == "fence":
            language, _, path = token.info.partition(" ")
            yield Block(language, path.strip(), token.content, (token.map or [0])[0] + 1)


def files(page: Path) -> set[str]:
    """Return the paths of the files that a page writes or changes."""
    return {block.path for block in blocks(page) if block.path}


def follow(page: Path, root: Path, run: Run) -> None:
    """Do in `root` all that the page says; `run` runs a command and returns what it prints.

    Raises AssertionError where a place is not there, or is there twice, and where something else is printed.
    """
    printed = ""
    for block in blocks(page):
        where = f"{page.name}, line {block.line}"
        path = root / block.path
        if block.language == "sh":
            printed = "".join(run(shlex.split(line)) for line in block.text.splitlines())
        elif block.language == "diff":
            path.write_text(changed(path.read_text("utf-8"), block.text, where), "utf-8")
        elif block.path:
            assert not path.exists(), f"{where}: {block.path} is there already"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, "utf-8")
        else:
            missing = [line for line in block.text.splitlines() if line not in printed]
            assert not missing, f"{where}: {missing} is not in what the command printed:\n{printed}"


def changed(text: str, diff: str, where: str) -> str:
    """Return the text with the changes of a `diff` block, whose context must be found after the one before, once."""
    done = ""
    for hunk in re.split(r"^@@.*\n", diff, flags=re.MULTILINE):
        lines = hunk.splitlines(keepends=True)
        old = "".join(line[1:] for line in lines if line[0] in " -")
        new = "".join(line[1:] for line in lines if line[0] in " +")
        found = [match.start() for match in re.finditer(f"^{re.escape(old)}", text, re.MULTILINE)]
        assert found, f"{where}: the file has no such place:\n{old}"
        # What is at the beginning of a block of the same form elsewhere would be changed there.
        assert len(found) == 1, f"{where}: the file has the place {len(found)} times:\n{old}"
        done += text[: found[0]] + new
        text = text[found[0] + len(old) :]
    return done + text
