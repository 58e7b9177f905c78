"""What is written of problems: for people, for GitLab's Code Quality and as JSON."""

import json
import re
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from support import ROOT, SAMPLE, lay_over

from kunskapsbank.bank import open_bank
from kunskapsbank.checks import shown
from kunskapsbank.problems import Problem, Severity

CASES = sorted((ROOT / "tests/cases/content-errors").iterdir())
# What docs.gitlab.com/ci/testing/code_quality says of a report ("Code Quality report format"): one array, with every
# field there; the path from the repository's root without "./" before it; the severity one of five.
SHAPE = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "additionalProperties": False,
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\.?/)."},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "additionalProperties": False,
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def problems_of(content: Path) -> tuple[Problem, ...]:
    return open_bank(content, date(2026, 11, 22)).catalogue.problems


def fingerprints(problems: Sequence[Problem]) -> list[str]:
    return [finding["fingerprint"] for finding in json.loads(shown.gitlab(problems, "content"))]


@pytest.fixture
def faulty(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The sample with a case of faults laid over it."""
    content = tmp_path / "content"
    shutil.copytree(SAMPLE, content)
    lay_over(request.param, content)
    return content


@pytest.mark.parametrize("faulty", CASES, ids=lambda path: path.name, indirect=True)
def test_the_report_has_gitlabs_shape_and_a_fingerprint_for_each_problem(faulty: Path) -> None:
    problems = problems_of(faulty)
    report = json.loads(shown.gitlab(problems, "content"))
    jsonschema.validate(report, SHAPE)
    assert len({finding["fingerprint"] for finding in report}) == len(report) == len(problems)
    assert all(finding["location"]["path"].startswith("content/") for finding in report)


@pytest.mark.parametrize("faulty", CASES, ids=lambda path: path.name, indirect=True)
def test_fingerprints_stay_when_lines_are_added_above(faulty: Path) -> None:
    before = problems_of(faulty)
    for path in faulty.rglob("*.*"):
        if path.suffix in {".md", ".yml"}:
            path.write_bytes(with_lines_above(path.read_bytes(), path.suffix))
    after = problems_of(faulty)
    assert fingerprints(after) == fingerprints(before)
    moved = [later.line - problem.line for problem, later in zip(before, after, strict=True)]
    assert set(moved) <= {0, 2}
    # What is told of a file as a whole stays on its first line, and a file that has no fields is given no lines.
    assert 2 in moved or all(problem.line == 1 for problem in before)


def with_lines_above(text: bytes, suffix: str) -> bytes:
    """Return a file with two comments above all that can be wrong in it."""
    start = b"---\n" if suffix == ".md" else b""
    return start + b"# en rad\n# en till\n" + text.removeprefix(start) if text.startswith(start) else text


def test_a_line_number_in_a_message_is_no_part_of_the_fingerprint() -> None:
    def twice(line: int, first: int) -> Problem:
        return Problem("om/a.md", line, "år", f"fältet står två gånger, första gången på rad {first}")

    assert fingerprints([twice(5, 4)]) == fingerprints([twice(50, 49)])
    assert fingerprints([twice(5, 4)]) != fingerprints([Problem("om/a.md", 5, "år", "är 'tjugo'")])
    assert fingerprints([Problem("a.md", 1, "", "är 2018")]) != fingerprints([Problem("a.md", 1, "", "är 2019")])


def test_the_same_fault_twice_in_a_file_has_two_fingerprints_in_the_order_of_the_lines() -> None:
    fault = Problem("om/a.md", 3, "", "bilden saknar beskrivning", rule="bildbeskrivning")
    lower = Problem("om/a.md", 9, "", "bilden saknar beskrivning", rule="bildbeskrivning")
    first, second = fingerprints([fault, lower])
    assert first != second
    assert fingerprints([lower, fault]) == [first, second]
    assert fingerprints([lower]) == [first], "the one that is left is taken for the first"


def test_an_error_blocks_and_a_remark_is_minor() -> None:
    found = [Problem("a.md", 1, "", "fel"), Problem("b.md", 2, "år", "är 2019", "Rätta.", Severity.REMARK, "rapportår")]
    error, remark = json.loads(shown.gitlab(found, ""))
    assert (error["severity"], error["check_name"], error["location"]["path"]) == ("blocker", "format", "a.md")
    assert (remark["severity"], remark["check_name"]) == ("minor", "rapportår")
    assert remark["description"] == "år: är 2019. Rätta."


def test_json_tells_all_of_a_problem() -> None:
    problem = Problem("om/å.md", 2, "år", "är 'tjugo'", "Skriv till exempel år: 2018", Severity.REMARK, "rapportår")
    written = shown.as_json([problem])
    assert json.loads(written) == [
        {
            "file": "om/å.md",
            "line": 2,
            "field": "år",
            "message": "är 'tjugo'",
            "hint": "Skriv till exempel år: 2018",
            "severity": "anmärkning",
            "rule": "rapportår",
        }
    ]
    assert written.isascii(), "the report is whole whatever encoding the system writes it in"


def test_text_names_the_rule_where_the_remedy_does_not() -> None:
    remark = Problem("a.md", 1, "år", "är 2019", "Rätta.", Severity.REMARK, "rapportår")
    allowed = Problem(
        "a.md", 1, "", "telefonnummer", "Skriv <!-- tillåt telefonnummer: skälet -->", rule="telefonnummer"
    )
    form = Problem("a.md", 1, "", "filen är tom")
    assert shown.text([remark]) == "a.md:1: anmärkning: år: är 2019 [rapportår]\n    Rätta.\n"
    assert shown.text([allowed, form]) == f"{allowed}\n{form}\n"
    assert not re.search(r"\[undantag\]", shown.text([Problem("a.md", 1, "", "saknar skäl", rule="undantag")]))
