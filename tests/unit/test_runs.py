"""Runs of words in a row as numbers, the same in every place where they are reckoned."""

import random
import re
import zlib

import pytest

from kunskapsbank.swedish import runs


def _reckoned(text: str) -> set[int]:
    """Return the runs one by one, as whoever compares two texts may."""
    row = [zlib.crc32(word.encode()) for word in re.findall(r"\w+", text.casefold())]
    found = set()
    for four in zip(row, row[1:], row[2:], row[3:], strict=False):
        number = 0
        for word in four:
            number = (number * 31 + word) % 2**32
        number = (number ^ number >> 16) * 2654435769 % 2**32
        found.add(number ^ number >> 15)
    return found


@pytest.mark.parametrize("words", [0, 3, 4, 33, 34, 514, 515, 516, 2_000])
def test_every_run_of_a_text_has_its_number_whatever_stands_beside_it(words: int) -> None:
    random_ = random.Random(words)
    text = " ".join(random_.choice(["och", "År", "vräkning", "5", "æ", f"ord{random_.random()}"]) for _ in range(words))
    every = _reckoned(text)
    kept = every if len(every) <= runs.LONGEST_WHOLE else {run for run in every if run % 16 == 0}
    assert runs.runs(text) == (kept if len(every) >= runs.FEWEST else set())
