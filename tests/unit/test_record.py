from datetime import date

import pytest

from kunskapsbank.model.kinds import Kind
from kunskapsbank.model.record import Record, url_of


def record(**fields: object) -> Record:
    given = {"id": "a", "file": "a.md", "kind": Kind.FINAL_REPORT, "title": "A", "published": date(2026, 1, 1)}
    return Record(**{**given, "summary": "", "sources": (), **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("file", "url"),
    [
        ("index.md", ""),
        ("om/index.md", "om/"),
        ("om/ord.md", "om/ord/"),
        ("projekt/stella/2016-slutrapport.md", "projekt/stella/2016-slutrapport/"),
        ("resor/2018-malmö.md", "resor/2018-malmö/"),
        ("resor/a.b.md", "resor/a.b/"),
    ],
)
def test_address(file: str, url: str) -> None:
    assert url_of(file) == url


def test_filed_under_the_year_of_the_money_else_of_the_report() -> None:
    assert record(years=(2018,), report_year=2019).filed_under == (2018,)
    assert record(report_year=2019).filed_under == (2019,)
    assert record().filed_under == ()


def test_latest_year_for_sorting() -> None:
    assert record(years=(2015, 2016)).latest_year == 2016
    assert record().latest_year == 2026


@pytest.mark.parametrize(
    ("fields", "term"),
    [
        ({"result": "Tolv personer fick hjälp."}, "har-resultat"),
        ({}, "inga-resultat"),
        ({"kind": Kind.PROJECT}, "inga-resultat"),
        ({"kind": Kind.TRAVEL_REPORT}, None),
        ({"kind": Kind.TRAVEL_REPORT, "result": "Vi prövar en matgrupp."}, "har-resultat"),
        ({"kind": Kind.CALL}, None),
    ],
)
def test_results_are_told_or_missed_where_somebody_asks_for_them(fields: dict[str, object], term: str | None) -> None:
    assert record(**fields).results == term
