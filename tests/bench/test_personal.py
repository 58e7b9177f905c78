"""Every way of writing in the table is found, what only looks like it is let pass, and steps grow with the length."""

import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import personal
import pytest
from personal import Way

from kunskapsbank.checks.personal import patterns
from kunskapsbank.checks.personal.as_read import AsRead


@pytest.mark.parametrize("way", personal.ways(), ids=lambda way: f"{way.rule}: {way.template!r}"[:70])
def test_a_way_of_writing_is_found_told_where_it_stands_and_masked(way: Way) -> None:
    chance = random.Random(7)
    for _ in range(5):
        text, rule = personal.made(way, chance)
        whole = f"Rad ett.\n\n{text}\n\nSist."
        found = [finding for finding in patterns.find(whole) if finding.rule == rule or rule == patterns.PHONE]
        assert found, text
        for finding in found:
            assert len("Rad ett.\n\n") <= finding.start < finding.end <= len(whole) - len("\n\nSist.")
        assert not patterns.find(patterns.masked(whole))


def test_no_way_of_writing_is_missed_and_next_to_no_look_alike_is_stopped() -> None:
    assert list(personal.missed(10, seed=3)) == []
    stopped = list(personal.stopped(10_000, seed=3))
    assert len(stopped) <= 10, stopped[:20]


def test_a_way_that_nobody_knows_of_is_told() -> None:
    way = Way(patterns.NUMBER, "{D} alltså inte {N}")
    text, _ = personal.made(way, random.Random(1))
    assert patterns.find(text) == []


HOSTILE = (
    "1", "1 ", "850101 ", "| 850101 ", "| 850101 | 1234 |\n", "<", "<a ", "<!--", "<!-- a -->", "[", "[a](b) ", "&",
    "%31", "\n", " ", " \n", "_", "a_", "*", "@", "a@", "a.b@c.se ", "sista fyra ", "födelsenummer 1985-01-01 ", "0",
    "070-174 06 ", "07 ", "+4 ", "Storgatan ", "gatan 1 ", "¹", "a\u0301", "1\u0301", "\u200b", "1O", "> ", "\\", "](",
    '](a "', "1\n", "-", "640823-3234 ", "640823\n3234\n", "| 640823 | 3234 |\n", "Aa ", "</a", "&#49;", "(", "/850101",
)  # fmt: skip


@contextmanager
def counted_calls() -> Iterator[Callable[[], int]]:
    """Count the functions that are called, Python's own too."""
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield lambda: calls
    finally:
        sys.setprofile(before)


@pytest.mark.parametrize("piece", HOSTILE)
def test_twice_the_text_takes_no_more_than_twice_the_steps(piece: str) -> None:
    steps = []
    for length in (3_000, 6_000):
        text = piece * (length // len(piece))
        with counted_calls() as count:
            patterns.find(text)
            steps.append(count())
    assert steps[1] <= 2.2 * steps[0] + 100


@pytest.mark.parametrize("piece", HOSTILE)
def test_what_is_read_leads_back_to_where_it_was_written(piece: str) -> None:
    source = f"Början {piece * 20} slutet, å och ö."
    read = AsRead(source)
    assert "".join(source[slice(*read.written(at, at + 1))] for at in range(6)) == "Början"
    for at in range(len(read.text)):
        start, end = read.written(at, at + 1)
        assert 0 <= start <= end <= len(source)
