"""*Skapa rapport* says of a draft, under Node.js, what the library says of the file that it becomes."""

import json
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support import ROOT, node

from kunskapsbank import checks
from kunskapsbank.bank import open_bank
from kunskapsbank.editors import browser
from kunskapsbank.problems import Problem

pytestmark = pytest.mark.site

SAMPLE = ROOT / "tests" / "cases" / "sample"
CASES = json.loads((ROOT / "tests/cases/create/check.json").read_text("utf-8"))
TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def answers() -> dict[str, dict[str, Any]]:
    """What the browser's modules say of every case, by its name."""
    bank = open_bank(SAMPLE, TODAY)
    rules = browser.rules(bank.catalogue, [page.file for page in bank.pages]) | {"today": TODAY.isoformat()}
    run = subprocess.run(
        [node(), ROOT / "tests/js/check.js"],
        input=json.dumps({"rules": rules, "cases": CASES}),
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    assert run.returncode == 0, run.stderr
    return {case["name"]: answer for case, answer in zip(CASES, json.loads(run.stdout), strict=True)}


def told(problem: Problem) -> dict[str, Any]:
    return {name: getattr(problem, name) for name in ("line", "field", "message", "hint", "severity", "rule")}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_same_problems(case: dict[str, Any], answers: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    content = Path(shutil.copytree(SAMPLE, tmp_path / "content"))
    for file in [case["file"], *case.get("beside", [])]:
        (content / file).parent.mkdir(parents=True, exist_ok=True)
    for file in case.get("beside", []):
        shutil.copy(SAMPLE / "projekt/bryggan/arbetsgang.png", content / file)
    answer = answers[case["name"]]
    (content / case["file"]).write_text(answer["text"], "utf-8")
    bank = open_bank(content, TODAY)
    problems = sorted({*bank.catalogue.problems, *checks.remarks(bank.catalogue)})
    expected = [told(problem) for problem in problems if problem.file == case["file"]]
    given = [{name: value for name, value in problem.items() if name != "file"} for problem in answer["problems"]]
    assert given == expected
    assert [f"{problem['line']}: {problem['field']}: {problem['message']}" for problem in given] == case["told"]
