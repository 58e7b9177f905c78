"""A document and its pictures come into the bank whole or not at all, and never over anything."""

import errno
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from kunskapsbank.intake import naming, placing
from kunskapsbank.intake.naming import linked
from kunskapsbank.intake.placing import TakenError, place

FILE = "projekt/trappan/2016-slutrapport.md"
TEXT = "![Ett](bild-1.png)\n\n![Två](<b>)\n\n[Original](original.pdf) bild-1.png\n"
BESIDE = {"bild-1.png": b"one", "original.pdf": b"two"}


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_document_is_placed_with_what_it_links_to(tmp_path: Path) -> None:
    paths = place(tmp_path, FILE, TEXT, BESIDE)

    folder = tmp_path / "projekt/trappan"
    names = ["2016-slutrapport.md", "2016-slutrapport-bild-1.png", "2016-slutrapport-original.pdf"]
    assert paths == tuple(folder / name for name in names)
    assert files(folder) == {
        names[0]: TEXT.replace("](bild-1.png)", f"]({names[1]})").replace("](original.pdf)", f"]({names[2]})").encode(),
        names[1]: b"one",
        names[2]: b"two",
    }
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)


def test_a_document_that_exists_is_never_written_over(tmp_path: Path) -> None:
    place(tmp_path, FILE, "Den första", {})
    before = files(tmp_path)

    with pytest.raises(TakenError, match=re.escape("2016-slutrapport.md")):
        place(tmp_path, FILE, TEXT, BESIDE)

    assert files(tmp_path) == before


def test_a_picture_that_exists_is_never_written_over(tmp_path: Path) -> None:
    folder = tmp_path / "projekt/trappan"
    folder.mkdir(parents=True)
    (folder / "2016-slutrapport-bild-1.png").write_bytes(b"another")

    paths = place(tmp_path, FILE, TEXT, BESIDE)

    assert paths[1].name == "2016-slutrapport-bild-1-2.png"
    assert (folder / "2016-slutrapport-bild-1.png").read_bytes() == b"another"
    assert "](2016-slutrapport-bild-1-2.png)" in paths[0].read_text("utf-8")


def test_a_kind_of_file_that_the_bank_does_not_publish_is_not_placed(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"original\.docm"):
        place(tmp_path, FILE, TEXT, {"original.docm": b"macro"})

    assert not list(tmp_path.iterdir())


FULL = OSError(errno.ENOSPC, "full")


@pytest.mark.parametrize(
    ("at", "error"),
    [
        ("write_bytes", FULL),
        ("write_text", FULL),
        ("write_bytes", KeyboardInterrupt()),
        ("write_text", KeyboardInterrupt()),
        ("hardlink_to", KeyboardInterrupt()),
    ],
    ids=["disk-full-pictures", "disk-full-text", "ctrl-c-pictures", "ctrl-c-text", "ctrl-c-names"],
)
def test_what_is_interrupted_leaves_nothing(
    at: str, error: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = getattr(Path, at)
    count = 0

    def fails(path: Path, *arguments: object, **options: object) -> object:
        nonlocal count
        count += 1
        done = real(path, *arguments, **options)
        # After the deed, which is worse: the last of those there are.
        if count == {"write_bytes": 2, "write_text": 1, "hardlink_to": 3}[at]:
            raise error
        return done

    (tmp_path / "projekt").mkdir()
    monkeypatch.setattr(Path, at, fails)
    with pytest.raises(type(error)):
        place(tmp_path, FILE, TEXT, BESIDE)

    assert [path.name for path in tmp_path.rglob("*")] == ["projekt"]


def test_a_file_system_without_hard_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(path: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuses)
    place(tmp_path, FILE, TEXT, BESIDE)
    before = files(tmp_path)
    with pytest.raises(TakenError):
        place(tmp_path, FILE, "annat", BESIDE)

    assert files(tmp_path) == before
    assert len(before) == 3


def _race(content: Path, text: str, start: "multiprocessing.synchronize.Barrier") -> None:
    start.wait()
    try:
        place(content, FILE, f"{text} ![](bild.png)", {"bild.png": text.encode()})
    except TakenError:
        sys.exit(3)


def test_of_two_imports_at_once_one_wins_whole(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(4)
    racers = [context.Process(target=_race, args=(tmp_path, f"text {n}", start)) for n in range(4)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()

    assert sorted(racer.exitcode or 0 for racer in racers) == [0, 3, 3, 3]
    document, picture = sorted(files(tmp_path / "projekt/trappan").items(), key=lambda item: item[0].endswith(".png"))
    text = document[1].decode()
    assert f"]({picture[0]})" in text
    assert text.startswith(picture[1].decode())
    assert not list(tmp_path.rglob(f"{placing.STAGING}*"))


def test_folders_that_another_import_takes_away_meanwhile_are_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = tmp_path / "projekt/trappan" / f"{placing.STAGING}0"
    for folder in (left, tmp_path / "projekt/borta"):
        folder.mkdir(parents=True)
    for way in ("listdir", "scandir"):
        real = getattr(os, way)

        def gone(path: Any, real: Any = real) -> Any:
            if str(path).endswith("borta"):
                raise FileNotFoundError(path)
            return real(path)

        monkeypatch.setattr(os, way, gone)
    placing.clear(tmp_path)
    monkeypatch.undo()
    assert not left.exists()


SLOW = """
import sys
from pathlib import Path
from kunskapsbank.intake import placing
beside = {f"bild-{n}.png": bytes(200_000) for n in range(3_000)}
print("begins", flush=True)
placing.place(Path(sys.argv[1]), "projekt/trappan/2016-slutrapport.md", "text", beside)
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL], ids=["ctrl-c", "killed"])
def test_a_killed_import_leaves_no_half_file(how: signal.Signals, tmp_path: Path) -> None:
    run = subprocess.Popen(
        [sys.executable, "-c", SLOW, str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert run.stdout
    run.stdout.readline()
    while run.poll() is None and len(list(tmp_path.rglob("*.png"))) < 20:
        time.sleep(0.005)
    assert run.poll() is None, "it was interrupted in the middle"
    run.send_signal(how)
    run.wait()
    run.stdout.close()

    shown = [path for path in tmp_path.rglob("*") if path.is_file() and placing.STAGING not in str(path)]
    assert not [path for path in shown if path.suffix == ".md"]
    assert {path.stat().st_size for path in shown} <= {200_000}
    if how is signal.SIGINT:
        assert not shown
        assert not list(tmp_path.iterdir())
    placing.clear(tmp_path)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize("has_links", [True, False], ids=["hard links", "no hard links"])
@pytest.mark.parametrize("at", range(1, 4))
def test_what_a_killed_import_leaves_is_taken_back_by_the_next(
    at: int, has_links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.hardlink_to if has_links else Path.replace
    count = 0

    def dies(path: Path, target: Path) -> None:
        nonlocal count
        count += 1
        if count == at:
            os._exit(9)
        real(path, target)

    def refuses(path: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    (tmp_path / "projekt/trappan").mkdir(parents=True)
    (tmp_path / "projekt/trappan/2016-slutrapport-bild-1.png").write_bytes(b"another")
    if not os.fork():
        monkeypatch.setattr(Path, "hardlink_to", dies if has_links else refuses)
        if not has_links:
            monkeypatch.setattr(Path, "replace", dies)
        place(tmp_path, FILE, TEXT, BESIDE)
        os._exit(0)
    os.wait()
    assert [path for path in tmp_path.rglob(f"{placing.STAGING}*")]

    place(tmp_path, "projekt/annat/2016-slutrapport.md", "annat", {})

    assert files(tmp_path) == {
        "projekt/trappan/2016-slutrapport-bild-1.png": b"another",
        "projekt/annat/2016-slutrapport.md": b"annat",
    }


def test_an_import_that_is_at_work_is_let_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.hardlink_to

    def looked_at(path: Path, target: Path) -> None:
        program = (
            "import pathlib, sys; from kunskapsbank.intake import placing; placing.clear(pathlib.Path(sys.argv[1]))"
        )
        subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True)
        real(path, target)

    monkeypatch.setattr(Path, "hardlink_to", looked_at)
    assert len(place(tmp_path, FILE, TEXT, BESIDE)) == 3


def test_files_of_two_documents_in_a_folder_never_share_a_name() -> None:
    first = naming.beside("2016-slutrapport.md", ["bild-1.png", "2-bild.png"], set())
    second = naming.beside("2016-slutrapport-2.md", ["bild.png", "bild-1.png"], set(first.values()))

    assert set(first.values()) & set(second.values()) == set()
    assert first["bild-1.png"] == "2016-slutrapport-bild-1.png"


def test_a_remark_calls_files_what_they_became() -> None:
    names = {"bild-1.png": "2016-plan-bild-1.png", "bild-10.png": "2016-plan-bild-10.png"}
    assert naming.told("2 bilder saknar beskrivning: bild-1.png och bild-10.png.", names) == (
        "2 bilder saknar beskrivning: 2016-plan-bild-1.png och 2016-plan-bild-10.png."
    )


def test_links_to_the_files_are_changed_and_nothing_else() -> None:
    text = '![](a.png) ![](a.png "t") <img src="a.png"> [a.png](b-a.png) a.png [1]: a.png\n'

    assert linked(text, {"a.png": "x-a.png"}) == (
        '![](x-a.png) ![](x-a.png "t") <img src="x-a.png"> [a.png](b-a.png) a.png [1]: x-a.png\n'
    )
