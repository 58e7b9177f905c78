"""What is kept between two runs: asked for again it is not made again, and whatever is damaged is made anew."""

from pathlib import Path

import pytest

from kunskapsbank.kept import Kept, _digest


def opened(file: Path | None, version: str = "1") -> Kept[list[int]]:
    return Kept(file, version, list, lambda found: [int(one) for one in found])


def unmade() -> list[int]:
    raise AssertionError("made again")


@pytest.fixture(params=["a.jsonl", "mapp/a.jsonl.gz"])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A file with two parts."""
    path = tmp_path / str(request.param)
    kept = opened(path)
    kept.get("ett", lambda: [1])
    kept.get("två", lambda: [2, 2])
    kept.save()
    return path


def test_what_is_kept_is_not_made_again(file: Path) -> None:
    kept = opened(file)
    assert kept.get("två", unmade) == kept.get("två", unmade) == [2, 2]
    assert kept.find("ett") == [1]
    assert kept.find("tre") is None


def test_what_is_not_asked_for_is_dropped(file: Path) -> None:
    kept = opened(file)
    kept.get("ett", unmade)
    kept.keep("tre", [3])
    kept.save()
    assert dict(opened(file).items()) == {"ett": [1], "tre": [3]}


def test_nothing_new_is_not_written(file: Path) -> None:
    before = file.stat().st_mtime_ns, file.read_bytes()
    kept = opened(file)
    kept.get("ett", unmade)
    kept.get("två", unmade)
    kept.save()
    assert (file.stat().st_mtime_ns, file.read_bytes()) == before


def test_another_version_is_made_anew(file: Path) -> None:
    assert opened(file, "2").find("ett") is None


def lines(*parts: tuple[str, str]) -> str:
    """The text of a file with these parts, whatever they hold, each with its right digest."""
    return "".join(f"{line}\n" for line in ('"1"', *(f"{key}\t{_digest(key, value)}\t{value}" for key, value in parts)))


@pytest.mark.parametrize("damage", ["[1", '["x"]', "3", "null", "[[]]", ""])
def test_one_part_that_means_nothing_is_made_anew_and_the_others_stand(damage: str, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(lines(("ett", damage), ("två", "[2]")), "utf-8")
    kept = opened(file)
    assert kept.get("ett", lambda: [7]) == [7]
    assert kept.get("två", unmade) == [2]
    kept.save()
    assert dict(opened(file).items()) == {"ett": [7], "två": [2]}


@pytest.mark.parametrize("change", [("[1]", "[9]"), ("ett\t", "åtta\t"), ("\nett", "\nutan\nett"), ("[1]\n", "[1]")])
def test_what_is_not_as_it_was_written_is_made_anew_with_one_line_in_the_log(
    change: tuple[str, str], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(lines(("två", "[2]"), ("ett", "[1]")).replace(*change), "utf-8")
    kept = opened(file)
    assert kept.find("två") == [2]
    assert kept.get("ett", lambda: [1]) == [1]
    assert kept.find("åtta") is None
    assert [message.partition(" ")[2] for message in caplog.messages] == [
        "var delvis skadad. Det som var skadat görs på nytt."
    ]


@pytest.mark.parametrize("length", range(0, 60, 7))
def test_a_file_cut_short_is_never_misread(file: Path, length: int) -> None:
    file.write_bytes(file.read_bytes()[:length])
    kept = opened(file)
    assert kept.get("ett", lambda: [1]) == [1]
    assert kept.get("två", lambda: [2, 2]) == [2, 2]


def test_what_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("en fil, ingen mapp", "utf-8")
    for place in (tmp_path / "a/b.jsonl", None):
        kept = opened(place)
        assert kept.get("ett", lambda: [1]) == [1]
        kept.save()
        assert opened(place).find("ett") is None


def test_where_only_a_part_is_asked_for_the_rest_stays(file: Path) -> None:
    kept = opened(file)
    kept.get("ett", unmade)
    kept.keep("tre", [3])
    kept.save(is_part=True)
    assert dict(opened(file).items()) == {"ett": [1], "två": [2, 2], "tre": [3]}
