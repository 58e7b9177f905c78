"""Each folder of tests/cases/checks, laid over the sample, gives the errors and remarks of its expected.txt."""

import shutil
from datetime import date
from pathlib import Path
from textwrap import indent

import pytest
from support import EXPECTED, ROOT, SAMPLE, lay_over

from kunskapsbank import checks
from kunskapsbank.bank import open_bank
from kunskapsbank.problems import Problem

TODAY = date(2026, 11, 22)
CASES = sorted((ROOT / "tests/cases/checks").iterdir())


def told(problem: Problem) -> str:
    """Return two lines: place, severity, rule, field and message; then the remedy, indented."""
    rule = f" [{problem.rule}]" if problem.rule else ""
    field = f"{problem.field}: " if problem.field else ""
    hint = indent(problem.hint, "    ")
    return f"{problem.file}:{problem.line}: {problem.severity}{rule}: {field}{problem.message}\n{hint}"


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_editor_is_told(case: Path, tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(SAMPLE, content)
    lay_over(case, content)
    catalogue = open_bank(content, TODAY).catalogue
    problems = sorted({*catalogue.problems, *checks.remarks(catalogue)})
    assert "\n".join(map(told, problems)) == (case / EXPECTED).read_text("utf-8").removesuffix("\n")
