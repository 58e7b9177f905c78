"""A published folder is exchanged as a whole, whatever it is and whenever the process is killed."""

import errno
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from support import read_files as read
from support import write_files as write

from kunskapsbank.files import exchange
from kunskapsbank.files.digest import digest_of
from kunskapsbank.files.exchange import Way, prepare

OLD = {"index.html": "gammal", "a/index.html": "lika", "b/borta.txt": "borta"}
NEW = {"index.html": "ny", "a/index.html": "lika", "c/d/ny.txt": "ny"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "web" / "site"
    write(folder, OLD)
    return folder


def nobody_else() -> None:
    raise AssertionError("nobody else fills a folder")


def publish(site: Path, files: dict[str, str]) -> Way:
    filling = prepare(site, nobody_else)
    assert list(filling.folder.iterdir()) == []
    write(filling.folder, files)
    return filling.publish()


def left(site: Path) -> list[str]:
    """What lies around the site, but for the lock."""
    return sorted(path.name for path in site.parent.iterdir() if path != site and path.suffix != ".lock")


def test_a_file_of_the_site_is_taken_over_if_it_is_as_it_was_written(site: Path) -> None:
    (site / "a" / "annan.html").write_text("ändrad för hand", "utf-8")
    (site / "länk.html").symlink_to(site / "index.html")
    filling = prepare(site, nobody_else)
    old = digest_of(b"gammal")
    assert filling.take_over("index.html", old)
    # Once more, as when the search begins anew in the middle.
    assert filling.take_over("index.html", old)
    assert filling.take_over("a/index.html", digest_of(b"lika"))
    assert not filling.take_over("a/annan.html", digest_of(b"som den skrevs"))
    assert not filling.take_over("borta.html", old)
    assert not filling.take_over("länk.html", old)
    write(filling.folder, {"a/ny.html": "ny"})
    first = (site / "index.html").stat().st_ino
    filling.publish()
    assert read(site) == {"index.html": "gammal", "a/index.html": "lika", "a/ny.html": "ny"}
    assert (site / "index.html").stat().st_ino == first


def test_the_new_site_takes_the_place_of_the_old_one_and_leaves_nothing(site: Path) -> None:
    publish(site, NEW)
    assert read(site) == NEW
    assert left(site) == []


def test_a_site_that_was_not_there_comes_to_be_with_the_folders_around_it(tmp_path: Path) -> None:
    assert publish(tmp_path / "a" / "b" / "site", NEW) is Way.AT_ONCE
    assert read(tmp_path / "a" / "b" / "site") == NEW


def test_what_was_not_published_leaves_the_old_site(site: Path) -> None:
    filling = prepare(site, nobody_else)
    write(filling.folder, NEW)
    filling.end()
    filling.end()
    assert read(site) == OLD
    assert left(site) == []


def test_what_a_link_in_place_of_the_folder_leads_to_stays(site: Path, tmp_path: Path) -> None:
    write(tmp_path / "annat", {"kvar.txt": "kvar"})
    site.with_name(".site.bygge").symlink_to(tmp_path / "annat")
    publish(site, NEW)
    assert (read(site), site.is_symlink()) == (NEW, False)
    assert read(tmp_path / "annat") == {"kvar.txt": "kvar"}


def test_files_that_have_not_changed_are_the_very_same(site: Path) -> None:
    before = (site / "a/index.html").stat()
    publish(site, NEW)
    after = (site / "a/index.html").stat()
    assert (after.st_ino, after.st_mtime_ns, after.st_nlink) == (before.st_ino, before.st_mtime_ns, 1)


def test_hidden_files_at_the_top_are_kept_with_links_and_folders(site: Path) -> None:
    hidden = {".htaccess": "Options -Indexes", ".well-known/security.txt": "Contact:"}
    write(site, hidden)
    (site / ".länk").symlink_to(".htaccess")
    publish(site, NEW)
    assert read(site) == NEW | hidden | {".länk": "Options -Indexes"}
    assert (site / ".länk").is_symlink()


def test_who_may_read_the_folder_stays_as_it_was(site: Path) -> None:
    site.chmod(0o2750)
    publish(site, NEW)
    assert site.stat().st_mode & 0o7777 == 0o2750


def test_a_site_behind_a_link_is_exchanged_where_it_lies(site: Path, tmp_path: Path) -> None:
    (tmp_path / "visad").symlink_to(site)
    publish(tmp_path / "visad", NEW)
    assert (tmp_path / "visad").is_symlink()
    assert read(site) == NEW


def test_where_two_names_cannot_be_exchanged_there_are_two_steps(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "_renameat2", lambda: None)
    assert publish(site, NEW) is Way.IN_TWO
    assert read(site) == NEW
    assert left(site) == []


def test_a_site_lost_between_the_two_steps_is_back_with_whatever_runs_next(site: Path) -> None:
    # As a process leaves it that is killed there.
    site.rename(site.with_name(".site.gammal"))
    write(site.with_name(".site.bygge"), NEW)
    filling = prepare(site, nobody_else)
    assert read(site) == OLD
    filling.end()
    assert read(site) == OLD
    assert left(site) == []


@pytest.mark.parametrize("code", [errno.EBUSY, errno.EXDEV, errno.EACCES])
def test_a_folder_that_cannot_be_renamed_is_replaced_file_by_file(
    code: int, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(one: Path, other: Path) -> bool:
        raise OSError(code, "nej", str(other))

    monkeypatch.setattr(exchange, "exchanged", refuse)
    folder = site.stat().st_ino
    write(site, {".htaccess": "kvar", "d": "en fil där en mapp ska vara"})
    assert publish(site, NEW | {"d/e.txt": "e", "b": "en mapp var här"}) is Way.FILE_BY_FILE
    assert read(site) == NEW | {".htaccess": "kvar", "d/e.txt": "e", "b": "en mapp var här"}
    assert site.stat().st_ino == folder
    assert sorted(path.name for path in site.iterdir() if path.is_dir()) == ["a", "c", "d"]
    assert left(site) == []


def test_a_mount_point_is_filled_from_within(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "is_mount", lambda path: path == site)
    assert publish(site, NEW) is Way.FILE_BY_FILE
    assert {name: text for name, text in read(site).items() if not name.endswith(".lock")} == NEW
    # The next time too, with what the first left.
    assert publish(site, OLD) is Way.FILE_BY_FILE
    assert {name: text for name, text in read(site).items() if not name.endswith(".lock")} == OLD


def test_who_comes_second_is_told_and_waits(site: Path) -> None:
    first = prepare(site, nobody_else)
    told = threading.Event()
    found: list[dict[str, str]] = []

    def second() -> None:
        filling = prepare(site, told.set)
        found.append(read(site))
        filling.end()

    thread = threading.Thread(target=second)
    thread.start()
    assert told.wait(60)
    write(first.folder, NEW)
    first.publish()
    thread.join(60)
    assert found == [NEW]


def test_a_full_disk_while_publishing_leaves_the_old_site(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(one: Path, other: Path) -> bool:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(exchange, "exchanged", full)
    with pytest.raises(OSError, match="No space left"):
        publish(site, NEW)
    assert read(site) == OLD
    assert left(site) == []


PUBLISHING = """
import sys
from pathlib import Path
from kunskapsbank.files import exchange
if sys.argv[2] == "two":
    exchange._renameat2 = lambda: None
site, number = Path(sys.argv[1]), 0
print("begins", flush=True)
while True:
    number += 1
    filling = exchange.prepare(site, lambda: None)
    for name in range(20):
        (filling.folder / f"{name}.txt").write_text(f"{number if name % 2 else 'lika'}\\n")
    filling.publish()
"""


@pytest.mark.parametrize("steps", ["one", "two"])
def test_killed_at_any_moment_a_whole_site_is_left(steps: str, tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, {f"{name}.txt": f"{name % 2}\n" for name in range(20)})
    halves, gone = [], 0
    for turn in range(12):
        run = subprocess.Popen([sys.executable, "-c", PUBLISHING, str(site), steps], stdout=subprocess.PIPE)
        assert run.stdout
        run.stdout.readline()
        time.sleep(0.05 + turn * 0.011)
        run.send_signal(signal.SIGKILL)
        run.wait()
        run.stdout.close()
        gone += not site.exists()
        prepare(site, nobody_else).end()
        if len(read(site)) != 20 or len(set(read(site).values())) != 2:
            halves.append(read(site))
    assert halves == []
    assert steps == "two" or gone == 0
    assert left(site) == []
