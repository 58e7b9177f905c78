from datetime import date
from pathlib import Path

from bank import Bank
from check_scale import measured, table, write_content
from measure import Cost

from kunskapsbank.bank import open_bank


def test_the_bank_that_is_checked_is_whole_and_has_no_errors(tmp_path: Path) -> None:
    assert write_content(Bank(25), tmp_path) == 25
    catalogue = open_bank(tmp_path / "content", date(2026, 11, 24)).catalogue
    assert len(catalogue.records) == 25
    assert catalogue.errors == ()


def test_each_command_is_measured_on_the_same_files(tmp_path: Path) -> None:
    write_content(Bank(12), tmp_path)
    costs = measured(tmp_path)
    assert all(cost.cpu_seconds > 0 for cost in costs.values())
    built = {path.name: len(list(path.rglob("index.html"))) for path in tmp_path.iterdir() if path.name[:6] == "mkdocs"}
    assert built == {"mkdocs-bare": 13, "mkdocs-bare.yml": 0, "mkdocs-search": 13, "mkdocs-search.yml": 0}


def test_the_table_holds_the_others_against_the_first() -> None:
    costs = {"MkDocs": Cost(10, 2_000_000), "check": Cost(25, 3_000_000)}
    assert table(1000, costs).splitlines()[2:] == ["| MkDocs | 10.0 | 2 | 1× |", "| check | 25.0 | 3 | 2.5× |"]
