"""What readers take away: tables that open anywhere and say what the bank says; an archive that tells a flipped bit."""

import csv
import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from frictionless import Package
from support import ROOT

from kunskapsbank import cli
from kunskapsbank.bank import Bank
from kunskapsbank.exports import archive, package, tables
from kunskapsbank.exports.tables import Column, Table
from kunskapsbank.pages import data

TODAY = date(2026, 11, 27)
SOFFICE = shutil.which("soffice")
CALC = SOFFICE is not None and any(Path(SOFFICE).resolve().parent.glob("libsclo*"))


@pytest.fixture(scope="module")
def taken(bank: Bank, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a data package of the real content."""
    folder = tmp_path_factory.mktemp("data")
    for name, text in package.files(tables.tables(bank.catalogue), package.about(bank.catalogue)).items():
        (folder / name).write_text(text, "utf-8", newline="")
    return folder


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    text = (folder / f"{name}.csv").read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_the_package_is_valid_and_so_is_every_row(taken: Path) -> None:
    descriptor = json.loads((taken / package.DESCRIPTION).read_text("utf-8"))
    report = Package.from_descriptor(descriptor, basepath=str(taken)).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "note"])
    assert len(report.tasks) == 9


def test_the_rows_are_the_records_but_for_the_examples(bank: Bank, taken: Path) -> None:
    found = rows(taken, "poster")
    assert [row["id"] for row in found] == sorted(record.id for record in bank.catalogue.real)
    stella = next(row for row in found if row["id"] == "stella")
    assert stella["ägare"] == "Rinkeby-Kista; Södermalm; Skärholmen"
    assert stella["år"] == "2013; 2014; 2015; 2016"
    grants = [grant for record in bank.catalogue.real for grant in record.grants]
    assert len(rows(taken, "medel")) == len(grants)
    assert sum(row["slutledd"] == "ja" for row in rows(taken, "medel")) == 6
    [back] = [row for row in rows(taken, "medel") if row["återbetalt"] == "ja"]
    assert back["id"] == "alternativ-family-care"


def test_a_spreadsheet_in_swedish_opens_them(taken: Path) -> None:
    data = (taken / "poster.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfid;adress;titel;")
    assert data.count(b"\r\n") == data.count(b"\n")


@pytest.mark.skipif(not CALC, reason="LibreOffice Calc is not installed")
def test_libreoffice_opens_them(taken: Path, tmp_path: Path) -> None:
    shutil.copy(taken / "poster.csv", tmp_path)
    command = ["soffice", "--headless", "--convert-to", "html", "--outdir", "opened", "poster.csv"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    assert "<td>Rinkeby-Kista; Södermalm; Skärholmen</td>" in re.sub(
        r"<td[^>]*>|<br/?>", "<td>", (tmp_path / "opened/poster.html").read_text("utf-8")
    )


def test_lines_of_json_say_the_same(bank: Bank, taken: Path) -> None:
    for table in tables.tables(bank.catalogue):
        lines = [json.loads(line) for line in (taken / f"{table.name}.jsonl").read_text("utf-8").splitlines()]
        assert len(lines) == len(table.rows)
        for line, row in zip(lines, rows(taken, table.name), strict=True):
            assert {name for name, value in row.items() if value} == {name for name, value in line.items()}


def test_no_cell_is_a_formula() -> None:
    table = Table("a", "A", (Column("x", "X", ""),), (("=1+1",), ("+46",), ("-1",), ("@a",), ("vanlig",), (-3,)))
    assert package.as_csv(table).splitlines()[1:] == [" =1+1", " +46", " -1", " @a", "vanlig", "-3"]


def test_the_same_content_gives_the_same_bytes(bank: Bank) -> None:
    assert data.files(bank.catalogue) == data.files(bank.catalogue)


def test_the_command_writes_what_the_site_publishes(bank: Bank, tmp_path: Path, taken: Path) -> None:
    assert cli.main(["export", str(tmp_path / "ut"), "--innehåll", str(ROOT / "content")]) == 0
    written = {path.name: path.read_bytes() for path in (tmp_path / "ut").iterdir()}
    assert written == {path.name: path.read_bytes() for path in taken.iterdir() if path.is_file()}
    published = {Path(name).name: text.encode() for name, text in data.files(bank.catalogue).items()}
    assert written == published


@pytest.fixture(scope="module")
def kept(bank: Bank, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the real content."""
    place = tmp_path_factory.mktemp("arkiv") / "banken"
    archive.write(bank.catalogue, ROOT / "content", place, package.about(bank.catalogue), TODAY)
    return place


def test_an_archive_holds_content_tables_and_readable_pages(kept: Path, bank: Bank) -> None:
    assert archive.verify(kept) == []
    assert (kept / "data/innehall/projekt/stella/index.md").read_bytes() == (
        ROOT / "content/projekt/stella/index.md"
    ).read_bytes()
    assert (kept / "data/tabeller/datapackage.json").is_file()
    shown = (kept / "data/lasbart/projekt/stella/index.html").read_text("utf-8")
    assert '<a href="2016-slutrapport.html">' in shown
    assert "<dd>Rinkeby-Kista; Södermalm; Skärholmen</dd>" in shown
    guide = (kept / "data/lasbart/om/redaktionshandbok.html").read_text("utf-8")
    assert 'src="../../innehall/om/bilder/skapa-1.png"' in guide
    example = (kept / "data/lasbart/resor/2022-goteborg.html").read_text("utf-8")
    assert "innehållet är påhittat" in example
    assert f"Bagging-Date: {TODAY.isoformat()}" in (kept / "bag-info.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda path: path.write_bytes(bytes([path.read_bytes()[0] ^ 1]) + path.read_bytes()[1:]), "har ändrats"),
        (lambda path: path.unlink(), "saknas"),
        (lambda path: (path.parent / "ny.md").write_text("x"), "har lagts till"),
    ],
)
def test_an_archive_tells_what_has_changed(
    harm: Callable[[Path], object], told: str, kept: Path, tmp_path: Path
) -> None:
    place = Path(shutil.copytree(kept, tmp_path / "banken"))
    harm(place / "data/innehall/projekt/stella/index.md")
    found = archive.verify(place)
    assert found
    assert all(told in fault or "manifest" in fault or "Arkivet" in fault for fault in found), found
    assert any(told in fault and "data/innehall/projekt/stella/" in fault for fault in found), found
    assert cli.main(["archive", "--verify", str(place)]) == 1


@pytest.mark.parametrize("command", ["export", "archive"])
def test_nothing_is_written_where_something_lies(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "brev.txt").write_text("mitt", "utf-8")
    content = str(ROOT / "content")
    assert cli.main([command, str(tmp_path), "--innehåll", content]) == 2
    assert cli.main([command, str(tmp_path / "brev.txt"), "--innehåll", content]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["brev.txt"]
    assert capsys.readouterr().err.count("finns redan och är inte tom. Ange en ny mapp.") == 2


def test_an_archive_lies_outside_the_content(sample: Bank, tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    with pytest.raises(archive.ArchiveError, match="ligger i bankens innehåll"):
        archive.write(sample.catalogue, content, content / "arkiv", package.about(sample.catalogue), TODAY)
    assert list(content.iterdir()) == []


def test_a_folder_that_is_no_archive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["archive", "--verify", str(tmp_path)]) == 2
    assert "är inget arkiv i formen BagIt" in capsys.readouterr().err


def test_content_with_errors_is_neither_exported_nor_archived(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = Path(shutil.copytree(ROOT / "tests/cases/sample", tmp_path / "content"))
    (content / "resor/2021-malmo.md").write_text("---\ntitel: x\n---\n", "utf-8")
    for command in ("export", "archive"):
        assert cli.main([command, str(tmp_path / command), "--innehåll", str(content)]) == 1
        assert not (tmp_path / command).exists()
    assert "Inget har skrivits: rätta felen först." in capsys.readouterr().err
