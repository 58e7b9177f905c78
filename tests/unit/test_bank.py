import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from kunskapsbank.bank import Bank, open_bank
from kunskapsbank.pages import generate

SAMPLE = Path(__file__).parents[2] / "tests/cases/sample"
PRINT_BANK = """
import sys
from datetime import date
from pathlib import Path
from kunskapsbank.bank import open_bank
from kunskapsbank.pages import generate
bank = open_bank(Path(sys.argv[1]), date(2026, 11, 22))
print([(record.id, record.owners, record.gender_analysis) for record in bank.catalogue])
print([(entry.url, sorted(entry.ids)) for entry in bank.index])
print(generate(bank))
print(*bank.catalogue.problems, sep="\\n")
"""


def test_opened_twice_is_the_same(sample: Bank) -> None:
    again = open_bank(SAMPLE, date(2026, 11, 22))
    assert again.catalogue == sample.catalogue
    assert generate(again) == generate(sample)


def test_order_of_sets_and_files_does_not_show(tmp_path: Path) -> None:
    copy = tmp_path / "other"
    for path in sorted(SAMPLE.rglob("*"), reverse=True):
        if path.is_file():
            (copy / path.relative_to(SAMPLE)).parent.mkdir(parents=True, exist_ok=True)
            (copy / path.relative_to(SAMPLE)).write_bytes(path.read_bytes())
    (copy / "om/fel.md").write_text("---\ntittel: a\nb: c\n---\n\n[a](x.md)\n", "utf-8")
    printed = {
        subprocess.run(
            [sys.executable, "-c", PRINT_BANK, str(copy)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1


def test_pages_are_sorted_and_each_has_an_address_of_its_own(sample: Bank) -> None:
    pages = generate(sample)
    files = [page.file for page in pages]
    assert files == sorted(files)
    assert len({page.url for page in pages}) == len(files)


def test_no_pages_while_terms_are_missing(sample_with: Callable[[dict[str, str | None]], Bank]) -> None:
    bank = sample_with({"vokabular/teman.yml": None})
    assert generate(bank) == ()
    # Nor is every document told off for the terms that are gone.
    assert {problem.file for problem in bank.catalogue.problems} == {"vokabular/teman.yml"}


def test_today_bounds_the_years(tmp_path: Path) -> None:
    problems = open_bank(SAMPLE, date(2015, 1, 1)).catalogue.problems
    assert {problem.message for problem in problems} >= {"är 2021, ett orimligt årtal"}
