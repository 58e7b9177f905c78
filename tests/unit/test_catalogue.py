import os
import shutil
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kunskapsbank.bank import Bank
from kunskapsbank.model.kinds import Kind
from kunskapsbank.model.record import Record
from kunskapsbank.problems import Problem
from kunskapsbank.reading import loading
from kunskapsbank.reading.one_file import default_id

SAMPLE = Path(__file__).parents[2] / "tests/cases/sample"
REPORT = "projekt/bryggan/2018-slutrapport.md"
PROJECT = "projekt/bryggan/index.md"
TRIP = "resor/2021-malmo.md"


def get(bank: Bank, record_id: str) -> Record:
    record = bank.catalogue.get(record_id)
    assert record is not None
    return record


def owners(record: Record) -> list[str]:
    return [owner.label for owner in record.owners]


def status(record: Record) -> str | None:
    return record.gender_analysis.status.label if record.gender_analysis else None


@pytest.mark.parametrize(
    ("file", "record_id"),
    [
        ("projekt/stella/index.md", "stella"),
        ("projekt/stella/2016-slutrapport.md", "stella-2016-slutrapport"),
        ("resor/2018-köpenhamn.md", "resor-2018-kopenhamn"),
        ("forskning/globenmodellen.md", "forskning-globenmodellen"),
        ("utlysningar/2020.md", "utlysningar-2020"),
    ],
)
def test_id_comes_from_the_path(file: str, record_id: str) -> None:
    assert default_id(file) == record_id


def test_records_are_sorted_by_id(sample: Bank) -> None:
    assert [record.id for record in sample.catalogue] == [
        "bryggan",
        "bryggan-2018-slutrapport",
        "bryggan-2019-projektplan",
        "forskning-samtal",
        "resor-2021-malmo",
        "trappan",
        "trappan-2016-slutrapport",
        "utlysningar-2018",
    ]
    assert sample.catalogue.problems == ()


def test_pages_and_files_beside_the_documents(sample: Bank) -> None:
    assert {page.file for page in sample.catalogue.pages} >= {"index.md", "om/index.md", "om/ord.md"}
    assert set(sample.catalogue.assets) == {"projekt/bryggan/arbetsgang.png"}


def test_document_inherits_from_its_project(sample: Bank) -> None:
    report = get(sample, "bryggan-2018-slutrapport")
    assert report.project == "bryggan"
    assert owners(report) == ["Nordby", "Sydby"]
    assert [term.label for term in (*report.audiences, *report.themes, *report.methods)] == [
        "unga med psykisk ohälsa",
        "barn och unga",
        "socialpsykiatri",
        "motiverande samtal",
    ]


def test_document_keeps_what_it_states_itself(
    sample_with: Callable[[dict[str, str]], Bank], written: Callable[..., str]
) -> None:
    bank = sample_with({REPORT: written(REPORT, ("källa:", "ägare: Farsta\nteman: hemlöshet och boende\nkälla:"))})
    report = get(bank, "bryggan-2018-slutrapport")
    assert owners(report) == ["Farsta"]
    assert [term.label for term in report.themes] == ["hemlöshet och boende"]
    assert [term.label for term in report.audiences] == ["unga med psykisk ohälsa"]


def test_analysis_was_asked_for_from_2018(sample: Bank) -> None:
    assert status(get(sample, "trappan-2016-slutrapport")) == "ej efterfrågad"
    # A digest can say no more than its source.
    assert status(get(sample, "bryggan-2019-projektplan")) == "framgår inte av källan"
    assert status(get(sample, "resor-2021-malmo")) is None
    assert status(get(sample, "utlysningar-2018")) is None


@pytest.mark.parametrize(("year", "expected"), [(2017, "ej efterfrågad"), (2018, "saknas")])
def test_analysis_at_the_turn_of_the_year(
    year: int, expected: str, sample_with: Callable[[dict[str, str]], Bank], written: Callable[..., str]
) -> None:
    project, report = "projekt/trappan/index.md", "projekt/trappan/2016-slutrapport.md"
    bank = sample_with(
        {
            project: written(project, ("år: 2016", f"år: {year}"), ("- år: 2016", f"- år: {year}")),
            report: written(report, ("år: 2016", f"år: {year}")),
        }
    )
    assert bank.catalogue.problems == ()
    assert status(get(bank, "trappan-2016-slutrapport")) == expected


def test_project_has_come_as_far_as_the_furthest_of_its_documents(sample: Bank) -> None:
    project = get(sample, "bryggan")
    assert status(project) == "genomförd"
    assert project.gender_analysis is not None
    assert [method.label for method in project.gender_analysis.methods] == ["Sjuan"]
    assert status(get(sample, "trappan")) == "ej efterfrågad"


def test_project_without_documents_has_no_analysis(sample_with: Callable[[dict[str, None]], Bank]) -> None:
    assert status(get(sample_with({"projekt/trappan/2016-slutrapport.md": None}), "trappan")) is None


def test_documents_of_a_project_oldest_first(sample: Bank) -> None:
    project = get(sample, "bryggan")
    documents = sample.catalogue.documents_of(project)
    assert [record.id for record in documents] == ["bryggan-2018-slutrapport", "bryggan-2019-projektplan"]
    assert sample.catalogue.project_of(documents[0]) == project
    assert sample.catalogue.project_of(project) is None


def test_a_trip_may_belong_to_a_project(
    sample_with: Callable[[dict[str, str]], Bank], written: Callable[..., str]
) -> None:
    bank = sample_with({TRIP: written(TRIP, ("år: 2021", "projekt: bryggan\når: 2021"))})
    assert bank.catalogue.problems == ()
    assert get(bank, "resor-2021-malmo") in bank.catalogue.documents_of(get(bank, "bryggan"))
    assert owners(get(bank, "resor-2021-malmo")) == ["Storby"]


def test_stated_id_survives_a_move(
    sample_with: Callable[[dict[str, str | None]], Bank], written: Callable[..., str]
) -> None:
    plan = "projekt/bryggan/2019-projektplan.md"
    moved = written(plan, ("typ:", "id: bryggan-2019-projektplan\ntyp:"))
    bank = sample_with({plan: None, "projekt/bryggan/plan.md": moved})
    assert get(bank, "bryggan-2019-projektplan").url == "projekt/bryggan/plan/"


def test_documents_are_not_blamed_for_their_project(
    sample_with: Callable[[dict[str, str]], Bank], written: Callable[..., str]
) -> None:
    bank = sample_with({PROJECT: written(PROJECT, ("status: avslutat", "status: klart"))})
    assert {problem.file for problem in bank.catalogue.problems} == {PROJECT}


def test_hidden_files_are_passed_over(sample_with: Callable[[dict[str, str]], Bank]) -> None:
    assert sample_with({".git/x.md": "", "resor/.x.md": "", ".DS_Store": ""}).catalogue.problems == ()


def test_remark_stops_nothing(sample_with: Callable[[dict[str, str]], Bank], written: Callable[..., str]) -> None:
    plan = "projekt/bryggan/2019-projektplan.md"
    bank = sample_with({plan: written(plan, ("år: 2019", "år: 2020"))})
    assert [problem.file for problem in bank.catalogue.problems] == [plan]
    assert bank.catalogue.errors == ()
    assert bank.catalogue.get("bryggan-2019-projektplan")


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        loading.load(tmp_path / "no", date(2026, 11, 22))


def test_empty_folder_lacks_only_the_vocabularies_and_the_settings(tmp_path: Path) -> None:
    found = loading.load(tmp_path, date(2026, 11, 22))
    assert found.records == ()
    assert {problem.file.split("/")[0] for problem in found.problems} == {"vokabular", "banken.yml"}
    assert found.of_kind(Kind.PROJECT) == ()


@pytest.mark.skipif(sys.platform in {"darwin", "win32"}, reason="such names cannot be made there")
def test_name_that_is_not_utf_8(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path, dirs_exist_ok=True)
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/resor/malm\xf6.md")).write_bytes(b"")
    [problem] = loading.load(tmp_path, date(2026, 11, 22)).problems
    assert str(problem).encode().startswith(b"resor/malm?.md:1: filens namn g")


def test_what_was_worked_out_of_a_catalogue_holds_with_other_problems(sample: Bank) -> None:
    catalogue = sample.catalogue
    snapshot, problem = catalogue.snapshot, Problem("om/index.md", 1, "", "fel", "Rätta.")
    found = catalogue.with_problems([problem])
    assert found.snapshot is snapshot
    assert (found.problems, catalogue.problems) == ((problem,), ())
