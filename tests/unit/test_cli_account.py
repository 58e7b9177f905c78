"""`kunskapsbank account` at work: what it writes, and what it says of a command that cannot be carried out."""

import os
import shutil
from pathlib import Path

import docx
import pytest
from support import ROOT

from kunskapsbank.cli import main

CONTENT = str(ROOT / "content")


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Return the exit status, what was printed and what was said of faults."""
    try:
        status = main([str(argument) for argument in ("account", "--innehåll", CONTENT, *arguments)])
    except SystemExit as stop:
        status = int(str(stop.code))
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def test_account_is_printed_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    status, output, errors = run(capsys, 2018)
    assert (status, errors) == (0, "")
    assert output.startswith("INRIKTNING AV MEDEL")
    assert "KVAR ATT FYLLA I" in output
    assert all(len(text) <= 100 for text in output.split("\n"))


@pytest.mark.parametrize(
    ("ending", "beginning"), [("md", b"# Inriktning"), ("html", b"<!doctype html>"), ("docx", b"PK"), ("txt", b"INR")]
)
def test_ending_of_the_file_says_its_format(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, ending: str, beginning: bytes
) -> None:
    path = tmp_path / f"redovisning.{ending}"
    status, output, _ = run(capsys, 2018, "--output", path)
    assert (status, output) == (0, f"Skrev {path}.\n")
    assert path.read_bytes().startswith(beginning)


def test_report_of_a_district_by_any_case(capsys: pytest.CaptureFixture[str]) -> None:
    status, output, _ = run(capsys, 2020, "--stadsdel", "hässelby-vällingby", "--format", "md")
    assert status == 0
    assert output == (ROOT / "tests/cases/accounts/2020-hasselby-vallingby.md").read_text("utf-8")


def test_own_template(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    own = docx.Document()
    own.add_paragraph("Brevhuvud")
    own.save(str(tmp_path / "mall.docx"))
    path = tmp_path / "ut.docx"
    assert run(capsys, 2018, "--output", path, "--template", tmp_path / "mall.docx")[0] == 0
    assert docx.Document(str(path)).paragraphs[0].text == "Brevhuvud"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["tjugo"], "'tjugo' är inget årtal"),
        (["18"], "'18' är inget årtal"),
        (["1999"], "1999 är före kunskapsbankens första år med medel, 2013."),
        (
            ["2017"],
            "kunskapsbanken har inget om projekt eller resor som fick medel för 2017. Det går att redovisa 2013–",
        ),
        (["2099"], "kunskapsbanken har inget om projekt eller resor som fick medel för 2099"),
        ([], "det här saknas: ÅR"),
        (["2018", "--stadsdel", "Farstaa"], "--stadsdel: 'Farstaa' finns inte. Menade du 'Farsta'?"),
        (["2018", "--stadsdel", "Xyzzy"], "--stadsdel: 'Xyzzy' finns inte. Välj bland Bromma"),
        (
            ["2018", "--stadsdel", "Socialförvaltningen"],
            "Socialförvaltningen arbetar för alla och har ingen egen nämnd",
        ),
        (["2018", "--format", "pdf"], "--format: 'pdf' finns inte. Välj text, docx, html eller md."),
        (["2018", "--format", "docx"], "en Word-fil kan inte visas här"),
        (["2018", "--output", "ut.pdf"], "ut.pdf slutar inte på .txt, .docx, .html eller .md"),
        (["2018", "--output", "ut"], "ut slutar inte på"),
        (["2018", "--output", "ut.md", "--format", "docx"], "ut.md ska sluta på .docx när formatet är docx: ut.docx"),
        (["2018", "--output", "finns-inte/ut.md"], "mappen finns-inte finns inte"),
        (["2018", "--output", "taken.md"], "taken.md finns redan, och inget skrivs över"),
        (["2018", "--template", "mall.docx"], "--template gäller bara Word"),
        (
            ["2018", "--output", "ut.docx", "--template", "saknas.docx"],
            "saknas.docx går inte att läsa: den finns inte",
        ),
        (["2018", "--output", "ut.docx", "--template", "."], "går inte att läsa: det är en mapp"),
        (["2018", "--output", "ut.docx", "--template", "taken.md"], "taken.md är ingen Word-fil"),
        (["2018", "--output", "ut.docx", "--template", "naken.docx"], "saknar formatmallen Beskrivning (Caption)"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_is_written(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("taken.md").write_text("min text", "utf-8")
    naked = docx.Document()
    naked.styles["Caption"].delete()
    naked.save("naken.docx")
    before = sorted(os.listdir())
    status, output, errors = run(capsys, *arguments)
    assert (status, output) == (2, "")
    assert said in errors
    assert "Traceback" not in errors
    assert sorted(os.listdir()) == before
    assert Path("taken.md").read_text("utf-8") == "min text"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user who may not write everywhere")
def test_folder_that_may_not_be_written_in(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    status, _, errors = run(capsys, 2018, "--output", tmp_path / "ut.md")
    tmp_path.chmod(0o700)
    assert status == 2
    assert "går inte att skriva: du har inte rätt att skriva där" in errors


def test_device_without_room(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, errors = run(capsys, 2018, "--output", "/dev/full", "--format", "md")
    assert status == 2
    assert "/dev/full" in errors


def test_words_at_fault_are_told_by_check(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    content = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    words = content / "vokabular/redovisning.yml"
    text = words.read_text("utf-8")
    words.write_text(
        text.replace("{utlysningsår} års", "{utlysningår} års", 1).replace("  till:", "  tlil:", 1), "utf-8"
    )
    assert main(["account", "2018", "--innehåll", str(content)]) == 2
    assert "filen med redovisningens ord har fel eller saknas" in capsys.readouterr().err
    assert main(["check", "--innehåll", str(content), "--bara-fel"]) == 1
    said = capsys.readouterr().out
    assert "vokabular/redovisning.yml:" in said
    assert "okänd plats {utlysningår}" in said
    assert "Menade du {utlysningsår}?" in said
    assert "Menade du till?" in said
    words.unlink()
    assert main(["check", "--innehåll", str(content), "--bara-fel"]) == 1
    assert "filen med redovisningens ord saknas" in capsys.readouterr().out
