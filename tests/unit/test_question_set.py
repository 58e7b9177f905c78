"""The questions that the search is measured by: enough of them, each about records that there are."""

import json
from datetime import date

from support import ROOT

from kunskapsbank.bank import open_bank

QUESTIONS = ROOT / "scripts" / "bench" / "questions" / "questions.jsonl"


def test_every_question_has_right_answers_in_the_bank() -> None:
    ids = {record.id for record in open_bank(ROOT / "content", date(2026, 11, 22)).catalogue}
    rows = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    assert len({row["query"] for row in rows}) == len(rows) >= 80
    for row in rows:
        assert row.keys() == {"query", "relevant"}
        assert row["relevant"], row["query"]
        assert len(set(row["relevant"])) == len(row["relevant"]), row["query"]
        assert set(row["relevant"]) <= ids, row["query"]
