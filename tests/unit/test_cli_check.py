"""`kunskapsbank check`: what it shows of the content, of some paths only, in each format, and its exit status."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import unicodedata
from contextlib import closing
from pathlib import Path

import pytest
from support import SAMPLE

from kunskapsbank.cli import main

REPORT = "content/projekt/trappan/2016-slutrapport.md"
PAGE = "content/om/index.md"


@pytest.fixture
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that an editor stands in, with the sample as its content."""
    shutil.copytree(SAMPLE, tmp_path / "content")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def faulty(bank: Path) -> Path:
    """The same with an error in a report, and an error and a remark in a page."""
    report = bank / REPORT
    report.write_text(report.read_text("utf-8").replace("typ: slutrapport", "typ: slutraport"), "utf-8")
    page = bank / PAGE
    page.write_text(f"{page.read_text('utf-8')}\n[Bort](finns-inte.md)\n\n[här](../index.md)\n", "utf-8")
    return bank


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]):
    """A function that runs `kunskapsbank check` with the words given and returns status, output and error output."""

    def run(*words: str) -> tuple[int, str, str]:
        try:
            status = main(["check", *words])
        except SystemExit as stop:
            status = int(str(stop.code))
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


def test_check_is_well_with_the_sample(bank: Path, check) -> None:
    assert check() == (0, "Inga fel i 8 dokument och projekt.\n", "")


def test_check_prints_every_fault_and_fails(tmp_path: Path, check) -> None:
    (tmp_path / "index.md").write_text("Bara text.\n", "utf-8")
    status, output, _ = check("--innehåll", str(tmp_path))
    assert status == 1
    assert "index.md:1: " in output
    assert "vokabular/teman.yml" in output


def test_a_folder_that_does_not_exist_is_told(check) -> None:
    status, _, error = check("--innehåll", "finns-inte")
    assert status == 2
    assert "mappen finns-inte finns inte" in error


def test_only_what_is_wrong_with_the_paths_is_shown(faulty: Path, check) -> None:
    status, output, _ = check(REPORT)
    assert status == 1
    assert "projekt/trappan/2016-slutrapport.md:" in output
    assert "om/index.md" not in output
    assert output.endswith(f"1 fel i {REPORT}.\n")


def test_faults_elsewhere_do_not_count(faulty: Path, check) -> None:
    assert check("content/resor", "content/projekt/bryggan/index.md") == (
        0,
        "Inga fel i de 2 filer och mappar som angavs.\n",
        "",
    )


@pytest.mark.parametrize(
    "ways", ["absolute", "from within", "the folder", "by a link", "in a roundabout way", "as problems name it"]
)
def test_a_path_may_be_typed_in_all_ways(ways: str, faulty: Path, check, monkeypatch: pytest.MonkeyPatch) -> None:
    words = [str(faulty / PAGE)]
    if ways == "from within":
        monkeypatch.chdir(faulty / "content/om")
        words = ["index.md", "--innehåll", ".."]
    elif ways == "the folder":
        words = ["content/om/"]
    elif ways == "by a link":
        (faulty / "genväg").symlink_to(faulty / "content/om", target_is_directory=True)
        words = ["genväg/index.md"]
    elif ways == "in a roundabout way":
        words = ["content/resor/../om/index.md"]
    elif ways == "as problems name it":
        words = ["om/index.md"]
    status, output, _ = check(*words)
    assert status == 1
    assert output.count("om/index.md:") == 2
    assert "1 fel och 1 anmärkning i" in output


@pytest.mark.parametrize(("on_disk", "typed"), [("NFC", "NFD"), ("NFD", "NFC"), ("NFD", "NFD")])
def test_letters_may_be_decomposed_on_disk_or_as_typed(on_disk: str, typed: str, bank: Path, check) -> None:
    plan = (bank / "content/projekt/bryggan/2019-projektplan.md").read_text("utf-8")
    name = "content/projekt/bryggan/2019-förändring.md"
    (bank / unicodedata.normalize(on_disk, name)).write_text(plan.replace("typ: projektplan", "typ: plan"), "utf-8")
    status, output, _ = check(unicodedata.normalize(typed, name))
    assert status == 1
    assert output.endswith(f"1 fel i {name}.\n")


def test_an_attachment_belongs_to_its_path(bank: Path, check) -> None:
    (bank / "content/resor/bilaga.exe").write_bytes(b"MZ")
    assert check("content/resor/bilaga.exe")[0] == 1
    assert check("content/resor")[0] == 1
    assert check("content/projekt")[0] == 0


def test_a_broken_vocabulary_is_always_shown(bank: Path, check) -> None:
    (bank / "content/vokabular/teman.yml").write_text("termer: [\n", "utf-8")
    status, output, _ = check(REPORT)
    assert status == 1
    assert "vokabular/teman.yml:" in output


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("content/projekt/finns-inte",), "content/projekt/finns-inte finns inte."),
        (("content/../README.md",), "content/../README.md ligger inte i bankens innehåll (content)."),
        (("..",), ".. ligger inte i bankens innehåll (content)."),
        (("--format", "xml"), "--format: 'xml' finns inte. Välj text, gitlab eller json."),
        (("--alla",), "okända argument: --alla"),
    ],
)
def test_a_wrong_command_is_explained_in_swedish(bank: Path, check, words: tuple[str, ...], expected: str) -> None:
    (bank / "README.md").touch()
    status, output, error = check(*words)
    assert (status, output) == (2, "")
    assert expected in error


def test_remarks_alone_are_no_failure_and_can_be_left_out(bank: Path, check) -> None:
    page = bank / PAGE
    page.write_text(f"{page.read_text('utf-8')}\nLäs mer [här](../index.md).\n", "utf-8")
    status, output, _ = check()
    assert (status, output.splitlines()[-1]) == (0, "Inga fel och 1 anmärkning i 8 dokument och projekt.")
    assert "[länktext]" in output, "an editor sees what the exception is called"
    assert check("--bara-fel") == (0, "Inga fel i 8 dokument och projekt.\n", "")


def test_formats_tell_the_same_problems(faulty: Path, check) -> None:
    text, plain, report = check(), check("--format", "json"), check("--format", "gitlab")
    assert (text[0], plain[0], report[0]) == (1, 1, 1)
    problems, findings = json.loads(plain[1]), json.loads(report[1])
    assert len(problems) == len(findings) == 3
    assert [f"content/{problem['file']}" for problem in problems] == [
        finding["location"]["path"] for finding in findings
    ]
    assert all(f"{problem['file']}:{problem['line']}: " in text[1] for problem in problems)


def test_paths_in_the_report_begin_at_the_repositorys_root(faulty: Path, check) -> None:
    (faulty / ".git").mkdir()
    (faulty / "bank").mkdir()
    (faulty / "content").rename(faulty / "bank/innehåll")
    _, output, _ = check("--innehåll", "bank/innehåll", "--format", "gitlab")
    assert {finding["location"]["path"] for finding in json.loads(output)} == {
        "bank/innehåll/om/index.md",
        "bank/innehåll/projekt/trappan/2016-slutrapport.md",
    }


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_terminal_without_all_letters_gets_what_it_can_show(faulty: Path, encoding: str) -> None:
    run = _run(faulty, encoding)
    assert (run.returncode, run.stderr) == (1, b"")
    assert b"om/index.md:" in run.stdout
    report = _run(faulty, encoding, "--format", "json")
    assert [problem["severity"] for problem in json.loads(report.stdout)].count("anmärkning") == 1


def test_a_reader_that_has_had_enough_gets_no_traceback(faulty: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as output:
        run = subprocess.run(_command(), cwd=faulty, stdout=output, stderr=subprocess.PIPE, timeout=60)
    assert (run.returncode, run.stderr) == (0, b"")


def _run(folder: Path, encoding: str, *words: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    return subprocess.run([*_command(), *words], cwd=folder, env=environment, capture_output=True, timeout=60)


def _command() -> list[str]:
    return [sys.executable, "-c", "import sys; from kunskapsbank.cli import main; sys.exit(main())", "check"]


def test_outside_links_are_looked_at_only_on_request(bank: Path, check) -> None:
    page = bank / PAGE
    # Neither is asked, so that the answer is at hand without a network.
    links = "[Den egna datorn](http://127.0.0.1:9/)\n\n[Intranätet](http://10.0.0.9/)\n"
    page.write_text(f"{page.read_text('utf-8')}\n{links}", "utf-8")
    assert "127.0.0.1" not in check()[1]
    status, output, _ = check("--external")
    assert status == 0
    assert "länken http://127.0.0.1:9/ leder till läsarens egen dator" in output
    assert "länken http://10.0.0.9/ leder till ett internt nät och är inte prövad" in output


def test_the_own_network_is_asked_only_with_outside_links(check) -> None:
    status, _, error = check("--interna")
    assert status == 2
    assert "--external" in error


def test_of_a_path_no_other_text_is_read_once_all_were_checked(faulty: Path, check) -> None:
    told = check(REPORT)
    assert check()[0] == 1
    texts = faulty / ".cache/kunskapsbank/texts.sqlite"
    texts.unlink()
    assert check(REPORT) == told
    with closing(sqlite3.connect(texts)) as database:
        assert database.execute("SELECT count(DISTINCT text) FROM parts").fetchone() == (1,)


def test_of_a_path_is_told_the_same_with_and_without_what_was_kept(faulty: Path, check) -> None:
    for words in (
        [PAGE],
        [PAGE, "--bara-fel"],
        [PAGE, "--format", "json"],
        ["content/projekt/trappan", PAGE],
        [REPORT],
    ):
        shutil.rmtree(faulty / ".cache", ignore_errors=True)
        told = check(*words)
        check()
        assert check(*words) == told, words
