"""Whoever waits at a terminal is told how far a build has come, and nobody else is."""

import io
import re

import pytest

from kunskapsbank_mkdocs.progress import Progress, Stages


class Terminal(io.StringIO):
    """What is written to a terminal."""

    def isatty(self) -> bool:
        """Tell that it is one."""
        return True


@pytest.fixture(autouse=True)
def _no_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)


def told(stream: io.StringIO, seconds: float, count: int = 10) -> str:
    """Return what is told of so many steps that take so long each."""
    times = iter(place * seconds for place in range(count + 1))
    progress = Progress(stream, lambda: next(times))
    for done in range(count + 1):
        progress.step("Läser texter", done, count)
    progress.end()
    return stream.getvalue()


def test_what_how_much_and_how_long_is_told_on_one_line_that_goes() -> None:
    lines = re.split(r"\r\x1b\[K", told(Terminal(), 1))
    assert lines[1] == "Läser texter: 2 av 10, 8 s kvar"
    assert lines[-2] == "Läser texter: 9 av 10, 1 s kvar"
    assert lines[-1] == ""
    assert "min kvar" in told(Terminal(), 60)


def test_nothing_is_told_of_what_takes_a_moment_nor_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(Terminal(), 0.1) == ""
    assert told(io.StringIO(), 10) == ""
    monkeypatch.setenv("CI", "true")
    assert told(Terminal(), 10) == ""


def test_where_the_time_went_is_told_stage_by_stage() -> None:
    stages = Stages()
    stages.mark("läsa")
    stages.mark("skriva")
    heading, *lines = stages.told().split("\n")
    assert heading == "Var tiden gick, i sekunder (processorn, klockan):"
    assert [line.split()[-1] for line in lines] == ["läsa", "skriva", "tillsammans"]
    assert all(re.fullmatch(r" +\d+,\d\d +\d+,\d\d  \w+", line) for line in lines)
