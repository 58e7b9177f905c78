"""The questions that the search is measured by: enough of them, each about records that there are."""

import json
from datetime import date
from pathlib import Path

from support import ROOT

from kunskapsbank.bank import open_bank

FOLDER = ROOT / "scripts" / "bench" / "questions"


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def assert_of_records(path: Path, key: str, least: int, ids: set[str]) -> None:
    asked = rows(path)
    assert len({row["query"] for row in asked}) == len(asked) >= least
    for row in asked:
        assert row.keys() == {"query", key}
        right = row[key]
        assert isinstance(right, list)
        assert right, row["query"]
        assert len(set(right)) == len(right), row["query"]
        assert set(right) <= ids, row["query"]


def test_every_question_has_right_answers_in_the_bank() -> None:
    ids = {record.id for record in open_bank(ROOT / "content", date(2026, 11, 22)).catalogue}
    assert_of_records(FOLDER / "questions.jsonl", "relevant", 80, ids)


def test_every_everyday_question_has_a_right_project_in_the_bank() -> None:
    catalogue = open_bank(ROOT / "content", date(2026, 11, 22)).catalogue
    projects = {record.project or record.id for record in catalogue}
    sets = {"everyday": 150, "everyday_second": 150, "everyday_aside": 50}
    for name, least in sets.items():
        assert_of_records(FOLDER / f"{name}.jsonl", "right", least, projects)
    queries = [row["query"] for name in sets for row in rows(FOLDER / f"{name}.jsonl")]
    assert len(set(queries)) == len(queries)
