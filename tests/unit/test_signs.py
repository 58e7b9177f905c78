import os
import time
from pathlib import Path

import pytest

from kunskapsbank_mkdocs import signs


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    put(tmp_path / "a.md", "ett")
    put(tmp_path / "b/c.md", "två")
    put(tmp_path / "b/.gömd", "tre")
    return tmp_path


def test_nothing_has_changed_in_a_folder_that_nobody_touched(folder: Path) -> None:
    found = signs.signs(folder, time.time_ns())
    assert [*found] == ["a.md", "b", "b/.gömd", "b/c.md"]
    assert signs.changed(folder, found) == set()


@pytest.mark.parametrize("is_sure", [False, True])
def test_what_was_changed_came_or_went_is_found(folder: Path, is_sure: bool) -> None:
    # So much later that the clock has gone on, or while it stands still.
    found = signs.signs(folder, time.time_ns() + (10**12 if is_sure else 0))
    put(folder / "a.md", "ettan")
    put(folder / "ny/d.md", "fyra")
    (folder / "b/.gömd").unlink()
    assert signs.changed(folder, found) == {"a.md", "ny", "ny/d.md", "b/.gömd"}


def test_bytes_are_looked_at_where_times_cannot_tell(folder: Path) -> None:
    path = folder / "a.md"
    found = signs.signs(folder, time.time_ns())
    before = path.stat()
    # As large and, by all that the system tells, as old as it was: as if it were changed within a tick of the clock.
    path.write_text("tva", "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = path.stat()
    told = found["a.md"].replace(str(before.st_ctime_ns), str(after.st_ctime_ns))
    assert " " in told
    assert signs.changed(folder, found | {"a.md": told}) == {"a.md"}


def test_a_link_is_not_followed(folder: Path) -> None:
    (folder / "b/upp").symlink_to(folder)
    assert [*signs.signs(folder, time.time_ns())] == ["a.md", "b", "b/.gömd", "b/c.md", "b/upp"]


def test_of_what_was_touched_alone_the_signs_are_looked_at_again(folder: Path) -> None:
    now = time.time_ns() + 10**12
    before = signs.signs(folder, now)
    put(folder / "a.md", "ettan")
    put(folder / "ny/djup/d.md", "fyra")
    (folder / "b/.gömd").unlink()
    (folder / "b/c.md").unlink()
    (folder / "b").rmdir()
    touched = ["a.md", "ny/djup/d.md", "b/.gömd", "b/c.md"]
    assert signs.again(folder, before, touched, now) == signs.signs(folder, now)
