"""A published folder gets other files in one step, whatever became of the spare that it is exchanged for."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from support import read_files as read
from support import write_files as write

from kunskapsbank.files import exchange
from kunskapsbank_mkdocs import spare

OLD = {"index.html": "start", "a/index.html": "lika", "a/b/c.txt": "borta", "d/e.txt": "gammal", ".htaccess": "dold"}
CHANGES = {"d/e.txt": b"ny", "f/g/h.txt": b"till", "a/b/c.txt": None}
NEW = {"index.html": "start", "a/index.html": "lika", "d/e.txt": "ny", "f/g/h.txt": "till", ".htaccess": "dold"}


def identities(folder: Path) -> dict[str, int]:
    return {path.relative_to(folder).as_posix(): path.stat().st_ino for path in folder.rglob("*") if path.is_file()}


def nobody_else() -> None:
    raise AssertionError("nobody else publishes to the folder")


def change(site: Path, files: dict[str, bytes | None]) -> set[str] | None:
    return spare.change(site, files, spare.seen(site), nobody_else)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    write(folder, OLD)
    return folder


@pytest.mark.parametrize("is_kept", [False, True])
def test_a_folder_has_other_files_and_all_else_is_the_very_same(site: Path, is_kept: bool) -> None:
    if is_kept:
        assert spare.keep(site)
    before = identities(site)
    touched = change(site, CHANGES)
    # Without a spare every file gets one more name, and the system tells so.
    assert touched == ({*CHANGES} if is_kept else {*CHANGES, *OLD})
    assert read(site) == NEW
    after = identities(site)
    assert {name for name in NEW if before.get(name) != after[name]} == {"d/e.txt", "f/g/h.txt"}
    assert not (site / "a/b").exists()
    # Nothing of the old is left, for somebody to find.
    assert identities(site.with_name(".site.reserv")) == after


def test_one_change_comes_after_another(site: Path) -> None:
    for number in range(4):
        change(site, {"index.html": str(number).encode(), f"{number}.txt": b"x"})
        assert read(site) == OLD | {"index.html": str(number)} | {f"{one}.txt": "x" for one in range(number + 1)}


def _half_changed(site: Path, left: Path) -> None:
    (left / "index.html").unlink()
    (left / "index.html").write_text("halv", "utf-8")
    (left / "d/e.txt").unlink()


def _other_things(site: Path, left: Path) -> None:
    shutil.rmtree(left / "a")
    (left / "a").write_text("en fil", "utf-8")
    (left / "index.html").unlink()
    write(left, {"index.html/x.txt": "en mapp", "mer/y.txt": "mer"})
    (left / "länk").symlink_to(site)


def _gone(site: Path, left: Path) -> None:
    shutil.rmtree(left)


@pytest.mark.parametrize("damage", [_half_changed, _other_things, _gone])
def test_a_spare_is_made_like_the_site_whatever_became_of_it(site: Path, damage: Callable[[Path, Path], None]) -> None:
    spare.keep(site)
    damage(site, site.with_name(".site.reserv"))
    assert read(site) == OLD
    assert change(site, CHANGES) is not None
    assert read(site) == NEW


def test_what_a_link_in_place_of_the_spare_leads_to_stays(site: Path, tmp_path: Path) -> None:
    write(tmp_path / "annat", {"kvar.txt": "kvar"})
    site.with_name(".site.reserv").symlink_to(tmp_path / "annat")
    assert change(site, CHANGES) is not None
    assert (read(site), site.is_symlink()) == (NEW, False)
    assert read(tmp_path / "annat") == {"kvar.txt": "kvar"}


def test_links_at_the_top_of_a_site_stay_links(site: Path) -> None:
    (site / ".länk").symlink_to("index.html")
    change(site, CHANGES)
    assert (site / ".länk").is_symlink()


def test_the_old_site_is_whole_until_the_new_one_is(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    exchanged = exchange.exchanged

    def seeing(one: Path, other: Path) -> bool:
        seen.extend([read(one), read(other)])
        return exchanged(one, other)

    monkeypatch.setattr(exchange, "exchanged", seeing)
    change(site, CHANGES)
    assert seen == [NEW, OLD]


def test_where_two_names_cannot_be_exchanged_at_once_the_site_is_as_it_was(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "_renameat2", lambda: None)
    assert change(site, CHANGES) is None
    assert read(site) == OLD


def test_without_a_site_nothing_is_changed(tmp_path: Path) -> None:
    assert spare.change(tmp_path / "site", CHANGES, (1, 1), nobody_else) is None
    assert not (tmp_path / "site").exists()


def test_what_another_process_published_meanwhile_stays(site: Path) -> None:
    was = spare.seen(site)
    # Twice, so that the folder is the same one again.
    for text in (b"1", b"2"):
        change(site, {"index.html": text})
    assert spare.change(site, CHANGES, was, nobody_else) is None
    assert read(site) == OLD | {"index.html": "2"}


def test_who_may_read_folders_stays_as_it_was(site: Path) -> None:
    site.chmod(0o2750)
    (site / "a").chmod(0o750)
    change(site, CHANGES)
    assert (site.stat().st_mode & 0o7777, (site / "a").stat().st_mode & 0o7777) == (0o2750, 0o750)


def test_a_spare_can_be_taken_away(site: Path) -> None:
    spare.keep(site)
    spare.drop(site)
    spare.drop(site)
    assert sorted(path.name for path in site.parent.iterdir()) == ["site"]
    assert read(site) == OLD
