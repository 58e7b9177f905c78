"""Whatever happened since the last build, the next one leaves the site that a clean build would, byte for byte.

So many steps are tried as fit into the time of all tests; `KUNSKAPSBANK_EDITS=1000 scripts/test
tests/site/test_incremental.py` tries more, and `KUNSKAPSBANK_SEED` others.
"""

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import edits
import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from support import TOOLS, config_for, surroundings
from support import build as build_with

from kunskapsbank_mkdocs import spare

pytestmark = pytest.mark.site

STEPS = int(os.environ.get("KUNSKAPSBANK_EDITS", "12"))
SEED = int(os.environ.get("KUNSKAPSBANK_SEED", "14"))
# A build in so many is ended in the middle.
ENDED = 5


class _EndedError(Exception):
    """Stands for whatever ends a build in the middle."""


class _Ending(logging.Handler):
    """Ends a build when it has come to a page."""

    def __init__(self, page: int) -> None:
        super().__init__(logging.DEBUG)
        self.left = page

    def emit(self, record: logging.LogRecord) -> None:
        if record.getMessage().startswith("Building page"):
            self.left -= 1
            if self.left < 0:
                raise _EndedError


@pytest.fixture(autouse=True)
def _debug() -> Iterator[None]:
    log = logging.getLogger("mkdocs.commands.build")
    level = log.level
    yield
    log.setLevel(level)


def built(root: Path) -> bool:
    """Build the bank in this process; return whether it could be."""
    config = load_config(str(root / "mkdocs.yml"), strict=True)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    except (Abort, _EndedError):
        return False
    except SystemExit as end:
        # The site is already what it would become.
        return end.code == 0
    finally:
        config.plugins.on_shutdown()
    return True


def tree(site: Path) -> dict[str, bytes]:
    """Return all files of a site by their paths in it."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def ended(root: Path, page: int) -> None:
    """Begin a build that is ended at a page."""
    log, ending = logging.getLogger("mkdocs.commands.build"), _Ending(page)
    log.setLevel(logging.DEBUG)
    log.addHandler(ending)
    try:
        built(root)
    finally:
        log.removeHandler(ending)
        log.setLevel(logging.NOTSET)


def copied(root: Path, target: Path, keep: bool = False) -> None:
    """Copy all that a bank is made of, and nothing that a build has left."""
    if not keep:
        shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(root, target, ignore=shutil.ignore_patterns("site", ".cache", ".site*"), dirs_exist_ok=True)


def different(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Return the paths of files that are in one of the trees only, or not alike."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def test_a_site_is_what_a_clean_build_makes_of_it_whatever_was_done_before(sample: Path, tmp_path: Path) -> None:
    bank, clean, good = edits.Bank(sample.parent), tmp_path / "clean", tmp_path / "good"
    config_for(sample)
    copied(bank.root, good)
    random = Random(SEED)
    done: list[str] = []
    succeeded = 0
    for _ in range(STEPS):
        done += [edits.change(bank, random) for _ in range(random.choice((1, 1, 2, 3)))]
        if random.randrange(ENDED) == 0:
            page = random.randrange(40)
            done.append(f"ended: {page}")
            ended(bank.root, page)
        before = tree(bank.root / "site")
        could = built(bank.root)
        copied(bank.root, clean)
        assert built(clean) == could, done
        succeeded += could
        expected = tree(clean / "site") if could else before
        assert different(tree(bank.root / "site"), expected) == [], done
        if could:
            copied(bank.root, good)
        else:
            done.append("undone")
            for name in edits.WRITTEN:
                shutil.rmtree(bank.root / name, ignore_errors=True)
            copied(good, bank.root, keep=True)
    assert succeeded > STEPS / 3


@pytest.mark.parametrize("tool", TOOLS)
def test_only_what_changed_is_written(tool: str, sample: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert build_with(tool, site, sample).status == 0
    first = {path: path.stat().st_ino for path in site.rglob("*.html")}
    text = sample / "om" / "index.md"
    text.write_text(text.read_text("utf-8") + "\nMer finns att säga.\n", "utf-8")
    again = build_with(tool, site, sample)
    assert (again.status, "Bara texten är en annan i om/index.md" in again.output) == (0, True)
    assert [path.name for path in site.parent.glob(f".{site.name}.*") if path.suffix != ".lock"] == []
    changed = [path for path in site.rglob("*.html") if first.get(path) != path.stat().st_ino]
    assert [path.relative_to(site).as_posix() for path in changed] == ["om/index.html"]


def clean(root: Path, folder: Path) -> dict[str, bytes]:
    """Return the site that a clean build makes of a bank."""
    copied(root, folder)
    assert built(folder)
    return tree(folder / "site")


def test_where_only_texts_changed_nothing_else_is_made(
    sample: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    root, told = sample.parent, "Bara texten är en annan i"
    caplog.set_level(logging.INFO)
    config_for(sample)
    assert built(root)
    files = ("om/index.md", "projekt/bryggan/2019-projektplan.md", "projekt/bryggan/index.md", "resor/2021-malmo.md")
    for place, file in enumerate((*files, files[1])):
        before = {path: path.stat().st_ino for path in (root / "site").rglob("*.html")}
        path = sample / file
        path.write_text(f"{path.read_text('utf-8')}\nSå gick det till, gång {place}: mycket långsamt.\n", "utf-8")
        caplog.clear()
        assert built(root)
        assert any(told in message for message in caplog.messages), file
        after = {path: path.stat().st_ino for path in (root / "site").rglob("*.html")}
        changed = {path.relative_to(root / "site").as_posix() for path in after if after[path] != before.get(path)}
        # A digest is shown on its project's page too.
        also = {"projekt/bryggan/index.html"} if file.endswith("projektplan.md") else set()
        assert changed == {path_of(file), *also}
        assert different(tree(root / "site"), clean(root, tmp_path / "clean")) == [], file
        caplog.clear()
        assert built(root)
        assert any("Inget har ändrats" in message for message in caplog.messages)
    # Two at a time, then what is more than a text, and then a text again.
    for change in ("Och mer.", "## Mer\n\nOch mer.", "Och mest."):
        for file in files[:2]:
            path = sample / file
            path.write_text(f"{path.read_text('utf-8')}\n{change}\n", "utf-8")
        caplog.clear()
        assert built(root)
        assert any(told in message for message in caplog.messages) == (change[0] != "#")
        assert different(tree(root / "site"), clean(root, tmp_path / "clean")) == [], change


def test_a_build_that_ended_between_the_search_and_its_site_leaves_no_old_search(
    sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, report = sample.parent, sample / "projekt/bryggan/2019-projektplan.md"
    config_for(sample)
    assert built(root)

    def end(*_: object) -> None:
        raise _EndedError

    report.write_text(f"{report.read_text('utf-8')}\nDet här ska tas bort igen.\n", "utf-8")
    for text in (report.read_text("utf-8"), report.read_text("utf-8").replace("tas bort igen", "stå kvar")):
        report.write_text(text, "utf-8")
        with monkeypatch.context() as patch:
            patch.setattr(spare, "change", end)
            assert not built(root)
        assert built(root)
        assert different(tree(root / "site"), clean(root, tmp_path / "clean")) == []


def path_of(file: str) -> str:
    """Return the file of the site that the page of a content file is."""
    return file.replace("/index.md", "/index.html").replace(".md", "/index.html")


@pytest.mark.parametrize("tool", TOOLS)
def test_where_nothing_changed_nothing_is_built(tool: str, sample: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert build_with(tool, site, sample).status == 0
    first, folder = tree(site), site.stat().st_ino
    again = build_with(tool, site, sample)
    assert (again.status, "Inget har ändrats" in again.output) == (0, True)
    # Not even exchanged for another one.
    assert (tree(site), site.stat().st_ino) == (first, folder)
    page = site / "om/index.html"
    page.write_bytes(page.read_bytes().replace(b"e", b"o"))
    (site / "lagd-dit.html").write_text("hej", "utf-8")
    mended = build_with(tool, site, sample)
    assert (mended.status, "Inget har ändrats" in mended.output) == (0, False)
    assert different(tree(site), first) == []


def test_what_is_warned_of_is_warned_of_again(sample: Path, tmp_path: Path) -> None:
    settings = config_for(sample)
    text = settings.read_text("utf-8").replace("nav:\n", "nav:\n  - Bort: /bort/\n")
    settings.write_text(text, "utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "-f", str(settings), "-d", str(tmp_path / "site")]
    for _ in range(2):
        run = subprocess.run(command, env=surroundings(), capture_output=True, text=True)
        assert (run.returncode, "/bort/" in run.stderr) == (0, True)
