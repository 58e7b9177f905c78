"""Damaged files, made by seed, stop nothing: the bank opens, and each problem has its line and a Swedish message."""

from pathlib import Path

import fuzz
import pytest

from kunskapsbank.problems import Problem


@pytest.mark.parametrize("seed", range(1, 13))
def test_a_damaged_bank_is_told_of(seed: int) -> None:
    count, faults = fuzz.tried(seed)
    assert faults == []
    assert count


def test_what_a_problem_lacks_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("en\ntvå", "utf-8")
    fine = Problem("a.md", 2, "titel", "är 'the', men ska vara en text", "Skriv en text.")
    assert list(fuzz.faults_in([fine], tmp_path)) == []
    wrong = [
        Problem("b.md", 1, "", "saknas", "Skriv en text."),
        Problem("a.md", 3, "", "saknas", "Skriv en text."),
        Problem("a.md", 1, "", "saknas"),
        Problem("a.md", 1, "", "could not be read", "Skriv en text."),
        Problem("a.md", 1, "", "här står 640823-3234", "Skriv en text."),
    ]
    assert [len(list(fuzz.faults_in([problem], tmp_path))) for problem in wrong] == [1] * len(wrong)
