"""One document checked against a snapshot of the bank: what is told is what the check of the whole bank tells of it."""

import json
import shutil
import subprocess
import sys
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from support import ROOT, SAMPLE, lay_over

from kunskapsbank import checks
from kunskapsbank.bank import Bank, open_bank
from kunskapsbank.checks.one import Told, check_document, check_documents
from kunskapsbank.model.catalogue import ASSET_TYPES
from kunskapsbank.model.snapshot import Snapshot, SnapshotError
from kunskapsbank.problems import Problem
from kunskapsbank.swedish.text import normalise

TODAY = date(2026, 11, 22)
CASES = sorted(path for kind in ("content-errors", "checks") for path in (ROOT / "tests/cases" / kind).iterdir())
REPORT = "projekt/trappan/2016-slutrapport.md"


def stored(bank: Bank) -> Snapshot:
    """Return the snapshot of a bank as a browser reads it."""
    made = checks.snapshot(bank.catalogue)
    return Snapshot.from_json(made.to_json()).with_runs(made.runs_to_json())


def told_of_all(bank: Bank) -> set[Problem]:
    return {*bank.catalogue.problems, *checks.remarks(bank.catalogue)}


def without(snapshot: Snapshot, *files: str) -> Snapshot:
    """Return the snapshot of a bank where these files do not lie."""
    return replace(snapshot, documents=tuple(known for known in snapshot.documents if known.file not in files))


def texts(content: Path) -> dict[str, bytes]:
    """Return all files but vocabularies and what is published as it is, under their names as the disk has them."""
    found = {path.relative_to(content).as_posix(): path for path in content.rglob("*") if path.is_file()}
    return {
        file: path.read_bytes()
        for file, path in found.items()
        if path.suffix.lower() not in ASSET_TYPES
        and not file.startswith(("vokabular/", "banken.yml"))
        and "/." not in f"/{file}"
    }


def assert_same(content: Path, new: Collection[str]) -> None:
    """Assert that what is told of each file is the same where it is checked alone: in its own place, and `new` ones."""
    bank = open_bank(content, TODAY)
    told, snapshot = told_of_all(bank), stored(bank)
    for file, data in texts(content).items():
        expected = sorted(problem for problem in told if problem.file == normalise(file))
        assert list(check_document(file, data, snapshot, TODAY).problems) == expected, file
        if file in new:
            rest = without(snapshot, normalise(file))
            assert list(check_document(file, data, rest, TODAY).problems) == expected, f"{file}, new"


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_the_same_is_told_of_one_as_of_all(case: Path, tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(SAMPLE, content)
    lay_over(case, content)
    assert_same(content, texts(case))


@pytest.mark.parametrize("content", [SAMPLE, ROOT / "content"], ids=["sample", "content"])
def test_the_same_is_told_of_what_is_sound(content: Path) -> None:
    assert_same(content, texts(content))


def test_a_new_project_and_its_first_report_are_checked_together(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(SAMPLE, content)
    project = (content / "projekt/trappan/index.md").read_text("utf-8").replace("Trappan", "Nya gläntan")
    report = (content / REPORT).read_text("utf-8")
    snapshot = stored(open_bank(content, TODAY))
    index, first = "projekt/nya-glantan/index.md", "projekt/nya-glantan/2016-slutrapport.md"
    files = {index: project.encode(), first: report.encode()}
    told = check_documents(files, snapshot, TODAY)
    for file, data in files.items():
        path = content / file
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    expected = told_of_all(open_bank(content, TODAY))

    assert {problem for one in told.values() for problem in one.problems} == {
        problem for problem in expected if problem.file in files
    }
    # It inherits from the project that came with it.
    inherited = told[first].document
    assert inherited
    assert inherited.record
    assert inherited.record.project == "nya-glantan"
    alone = check_document(first, report.encode(), snapshot, TODAY)
    assert "projektet projekt/nya-glantan finns inte" in {problem.message for problem in alone.problems}


def test_what_lies_beside_may_be_linked_to(sample: Bank) -> None:
    text = (SAMPLE / REPORT).read_text("utf-8") + "\n![En kurva som stiger](kurva.png)\n"
    snapshot = stored(sample)

    def links(beside: Collection[str]) -> list[str]:
        told = check_document(REPORT, text.encode(), snapshot, TODAY, beside=beside)
        return [problem.message for problem in told.problems if "kurva.png" in problem.message]

    assert links(()) == ["filen kurva.png finns inte"]
    assert links(["kurva.png"]) == links(["projekt/trappan/kurva.png"]) == []


def test_exceptions_in_other_files_count(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(SAMPLE, content)
    report = content / REPORT
    (report.parent / "lista.txt").write_text("Ring 08-123 45 67.\n", "utf-8")
    mark = "\n[Listan](lista.txt) <!-- tillåt telefonnummer: påhittat -->\n"
    report.write_text(report.read_text("utf-8") + mark, "utf-8")
    assert not open_bank(content, TODAY).catalogue.errors
    assert_same(content, [REPORT])


def test_a_document_is_read_to_be_shown(sample: Bank) -> None:
    told = check_document(REPORT, (SAMPLE / REPORT).read_bytes(), stored(sample), TODAY)

    assert isinstance(told, Told)
    assert told.document
    assert told.document.record == sample.catalogue.get("trappan-2016-slutrapport")
    assert told.document.body == sample.catalogue.bodies[REPORT]


def test_a_vocabulary_is_no_document(sample: Bank) -> None:
    with pytest.raises(ValueError, match="no document"):
        check_document("vokabular/teman.yml", b"", stored(sample), TODAY)
    with pytest.raises(ValueError, match="no document"):
        check_document("banken.yml", b"", stored(sample), TODAY)


def test_a_snapshot_is_the_same_however_often_it_is_written(sample: Bank) -> None:
    snapshot = stored(sample)

    assert snapshot.to_json() == checks.snapshot(sample.catalogue).to_json()
    assert snapshot.runs_to_json() == checks.snapshot(sample.catalogue).runs_to_json()


def test_a_snapshot_holds_no_texts(sample: Bank) -> None:
    snapshot = checks.snapshot(sample.catalogue).to_json()

    for record in sample.catalogue:
        assert record.title in snapshot
        assert all(line not in snapshot for line in record.body.text.split("\n") if len(line) > 30)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": 2}', '{"format": 2, "vocabularies": {}, "bank": 3}'])
def test_a_damaged_snapshot_is_told(text: str) -> None:
    with pytest.raises(SnapshotError, match="skadade"):
        Snapshot.from_json(text)


def test_a_snapshot_of_another_format_is_told(sample: Bank) -> None:
    written = json.loads(checks.snapshot(sample.catalogue).to_json())

    with pytest.raises(SnapshotError, match="har format 99, men det ska vara"):
        Snapshot.from_json(json.dumps(written | {"format": 99}))
    with pytest.raises(SnapshotError, match="har format 99, men det ska vara"):
        stored(sample).with_runs('{"format": 99}')


def test_without_runs_only_copies_are_not_found(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(SAMPLE, content)
    lay_over(ROOT / "tests/cases/checks/duplicates-texts", content)
    bank = open_bank(content, TODAY)
    snapshot = Snapshot.from_json(checks.snapshot(bank.catalogue).to_json())
    file = "projekt/garden/index.md"
    told = check_document(file, (content / file).read_bytes(), snapshot, TODAY)

    missing = {one for one in told_of_all(bank) if one.file == file} - set(told.problems)
    assert ["texten är till" in problem.message for problem in missing] == [True]


def test_nothing_heavy_is_loaded_to_check_one() -> None:
    heavy = "ssl socket urllib.request http.client sqlite3 pypdf mammoth PIL whoosh bs4 importlib.metadata".split()
    fresh = subprocess.run(
        [sys.executable, "-c", f"import sys, kunskapsbank.checks.one; print(*sorted({{*{heavy}}} & {{*sys.modules}}))"],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip

    assert fresh.returncode == 0, fresh.stderr
    assert fresh.stdout.split() == []
