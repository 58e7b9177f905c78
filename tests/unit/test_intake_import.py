"""`kunskapsbank import` from the file to a document that the bank takes, as an editor runs it."""

import io
import re
import shutil
import signal
import subprocess
import sys
import time
import unicodedata
import zipfile
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from support import ROOT
from terminal import in_terminal

from kunskapsbank.bank import open_bank
from kunskapsbank.checks import unconfirmed
from kunskapsbank.cli import main
from kunskapsbank.files.unreadable import UnreadableError
from kunskapsbank.intake import conversion
from kunskapsbank.problems import Severity

DOCUMENTS = ROOT / "tests/cases/documents"
SAMPLE = ROOT / "tests/cases/sample"
TODAY = date(2026, 11, 22)
RUN = "import sys; from kunskapsbank.cli import main; sys.exit(main())"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    shutil.copytree(SAMPLE, tmp_path / "content")
    return tmp_path / "content"


def command(content: Path, *arguments: str | Path) -> list[str]:
    return ["import", *map(str, arguments), "--innehåll", str(content)]


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def with_part(name: str, part: str, data: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(DOCUMENTS / name) as source, zipfile.ZipFile(target, "w") as package:
        for one in source.namelist():
            package.writestr(one, source.read(one))
        package.writestr(part, data)
    return target.getvalue()


@pytest.mark.parametrize("name", ["slutrapport.odt", "slutrapport.pdf", "rorigt.odt"])
def test_a_document_becomes_the_markdown_that_is_kept_beside_it(name: str) -> None:
    converted = conversion.convert(DOCUMENTS / name)

    remarks = "".join(f"- {remark}\n" for remark in converted.remarks)
    golden = (DOCUMENTS / f"{name}.md").read_text("utf-8")
    assert f"titel: {converted.title}\n{remarks}\n{converted.markdown}" == golden


@pytest.mark.parametrize("name", ["slutrapport.docx", "slutrapport.odt", "slutrapport.pdf"])
def test_the_bank_takes_the_document_and_expects_only_what_the_editor_must_add(
    name: str, content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = command(content, DOCUMENTS / name, "--typ", "slutrapport", "--projekt", "trappan", "--år", "2017")
    assert main(arguments) == 0

    file = "projekt/trappan/2017-slutrapport.md"
    said = capsys.readouterr().out
    assert f"{name} → {content / file}" in said
    assert f"Kör sedan kunskapsbank check {content / file}" in said
    catalogue = open_bank(content, TODAY).catalogue
    problems = [problem for problem in catalogue.problems if problem.file == file]
    assert {problem.message for problem in problems if problem.severity is Severity.ERROR} <= {
        "förslaget är inte kontrollerat",
        "fältet saknar värde",
        "en bild saknar text som beskriver den",
    }
    assert any(problem.rule == unconfirmed.RULE for problem in problems)
    pictures = sorted(path.name for path in (content / "projekt/trappan").glob("2017-*.[pj]*"))
    assert len(pictures) == 2
    assert all(f"]({picture})" in (content / file).read_text("utf-8") for picture in pictures)


def test_the_editor_has_a_finished_document_when_the_suggestions_are_confirmed(content: Path) -> None:
    arguments = command(content, DOCUMENTS / "slutrapport.docx", "--typ", "slutrapport", "--projekt", "trappan")
    assert main([*arguments, "--år", "2017", "--original"]) == 0

    path = content / "projekt/trappan/2017-slutrapport.md"
    text = re.sub(r"^# Förslag.*\n", "", path.read_text("utf-8"), flags=re.MULTILINE)
    path.write_text(text.replace("![](", "![Antal hushåll per termin]("), "utf-8")

    catalogue = open_bank(content, TODAY).catalogue
    told = [problem for problem in catalogue.problems if problem.file.startswith("projekt/trappan/2017")]
    assert [problem for problem in told if problem.severity is Severity.ERROR and problem.message != OLD_ANALYSIS] == []
    assert "[Rapporten i original (Word-dokument)](2017-slutrapport-original.docx)" in text
    assert "projekt/trappan/2017-slutrapport-original.docx" in catalogue.assets


# Asked for from 2018, and the sample's project is older.
OLD_ANALYSIS = "är 'genomförd', men pengarna gäller 2017"


def test_nothing_is_written_over(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = command(content, DOCUMENTS / "slutrapport.docx", "--typ", "slutrapport", "--projekt", "trappan")
    before = files(content)

    assert main([*arguments, "--år", "2016"]) == 1

    assert "2016-slutrapport.md finns redan" in capsys.readouterr().err
    assert files(content) == before


def test_a_file_that_cannot_be_read_does_not_stop_the_others(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"))
    report = tmp_path / unicodedata.normalize("NFD", "Reserapport från Växjö på våren.docx")
    shutil.copy(DOCUMENTS / "reserapport.docx", report)
    arguments = command(content, tmp_path / "old.doc", unicodedata.normalize("NFC", str(report)), tmp_path / "a.docx")

    assert main([*arguments, "--typ", "resa", "--plats", "Växjö", "--år", "2022"]) == 1

    said = capsys.readouterr()
    assert (content / "resor/2022-vaxjo.md").is_file()
    assert "2 filer togs inte in:" in said.err
    assert f"{tmp_path / 'old.doc'}: filen är ett äldre Word-dokument (.doc). Öppna filen i Word" in said.err
    assert f"{tmp_path / 'a.docx'}: filen finns inte." in said.err
    assert unicodedata.is_normalized("NFC", (content / "resor/2022-vaxjo.md").read_text("utf-8"))


def test_an_original_with_macros_is_not_kept(content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "report.docm").write_bytes(with_part("slutrapport.docx", "word/vbaProject.bin", b"Sub AutoOpen"))
    arguments = command(content, tmp_path / "report.docm", "--typ", "slutrapport", "--projekt", "trappan")

    assert main([*arguments, "--år", "2017", "--original"]) == 0

    assert "Originalet är inte sparat bredvid, eftersom det innehåller makron" in capsys.readouterr().out
    assert not list((content / "projekt/trappan").glob("*original*"))


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ([], "det här saknas: --typ, som är projektplan, förstudie"),
        (["--typ", "slutrapport"], "det här saknas: --projekt och --år."),
        (["--typ", "resa"], "det här saknas: --plats och --år."),
        (["--typ", "projekt"], "--typ: 'projekt' finns inte. Menade du"),
        (["--typ", "slutrapport", "--projekt", "trapan", "--år", "2017"], "'trapan' finns inte. Menade du 'Trappan'?"),
        (["--typ", "slutrapport", "--projekt", "Nytt", "--år", "2017"], '"Namnet" i stället för --projekt'),
        (["--typ", "slutrapport", "--projekt", "trappan", "--år", "17"], "--år: Är '17', men ska vara"),
        (["--typ", "slutrapport", "--år", "2017", "--nytt-projekt", "Trappan"], "Projektet finns redan: Trappan"),
        (["--typ", "slutrapport", "--nytt-projekt", "Ljuset"], "det här saknas: --år och --ägare."),
        (["--typ", "slutrapport", "--projekt", "trappan", "--ägare", "Farsta"], "--ägare hör till ett nytt projekt"),
        (["--typ", "slutrapport", "--plats", "Växjö"], "--plats hör inte till slutrapport."),
    ],
)
def test_what_is_missing_or_wrong_is_told_before_any_file_is_read(
    options: list[str], told: str, content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command(content, "no-such-file.docx"), *options]) == 2
    assert told in capsys.readouterr().err


def test_a_trip_is_told_who_made_it(content: Path) -> None:
    arguments = command(content, DOCUMENTS / "reserapport.docx", "--typ", "reserapport", "--plats", "Växjö")
    assert main([*arguments, "--år", "2025", "--ägare", "Farsta"]) == 0
    text = (content / "resor/2025-vaxjo.md").read_text("utf-8")
    assert re.search(r"(?m)^(?!#).*\nägare:\n  - Farsta$", text)


def test_an_owner_that_is_not_there_is_told_where_owners_are(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = command(
        content, "no-such-file.docx", "--typ", "slutrapport", "--nytt-projekt", "Ljuset", "--år", "2025"
    )
    assert main([*arguments, "--ägare", "Xyzzy"]) == 2
    said = capsys.readouterr().err
    assert "--ägare: 'Xyzzy' finns inte. Ägarna " in said
    assert "En ny läggs till i vokabular/ägare.yml." in said


def test_a_new_project_and_its_first_report_come_in_one_go(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(content)
    arguments = command(content, DOCUMENTS / "slutrapport.docx", "--typ", "slutrapport", "--år", "2025")
    assert main([*arguments, "--nytt-projekt", "Trygg nyckel", "--ägare", "Farsta"]) == 0

    folder = "projekt/trygg-nyckel"
    added = set(files(content)) - set(before)
    assert {f"{folder}/index.md", f"{folder}/2025-slutrapport.md"} <= added
    assert all(name.startswith(folder) for name in added)
    said = capsys.readouterr().out
    assert f"Projektets sida → {content / folder / 'index.md'}" in said
    assert f"check {content / folder / '2025-slutrapport.md'} {content / folder / 'index.md'}" in said
    assert f"git add content/{folder}/2025-slutrapport.md " in said
    page, report = ((content / folder / name).read_text("utf-8") for name in ("index.md", "2025-slutrapport.md"))
    # What documents inherit stands with the project only.
    assert "ägare:\n  - Farsta\n" in page
    assert "# Förslag" in page
    assert "ägare:" not in report
    assert "teman:" not in report
    errors = [one for one in open_bank(content, TODAY).catalogue.errors if one.rule != unconfirmed.RULE]
    assert {one.message for one in errors} <= {"fältet saknar värde", "en bild saknar text som beskriver den"}

    assert main([*arguments, "--nytt-projekt", "Trygg nyckel", "--ägare", "Farsta"]) == 2
    assert f"Projektets sida finns redan: {folder}/index.md." in capsys.readouterr().err


def test_two_reports_of_a_new_project_share_its_page(content: Path, tmp_path: Path) -> None:
    for name in ("ett", "två"):
        (tmp_path / f"{name}.html").write_text(f"<h1>Rapport {name}</h1><p>Det gick bra.</p>", "utf-8")
    start = command(content, tmp_path / "ett.html", tmp_path / "två.html", "--nytt-projekt", "Ljuset", "--år", "2025")
    assert main([*start, "--typ", "slutrapport", "--ägare", "Farsta"]) == 1
    assert {path.name for path in (content / "projekt/ljuset").iterdir()} == {"index.md", "2025-slutrapport.md"}


def test_in_a_terminal_a_project_that_is_not_there_is_begun(content: Path) -> None:
    questions = [
        ("Skriv nummer eller namn [slutrapport]: ", "\n"),
        ("Skriv nummer eller namn: ", "nytt projekt\n"),
        ("Vad heter projektet?", "Trappan\n"),
        ("Projektet finns redan", "Trygg nyckel\n"),
        ("Vilket år gäller pengarna? [2025]: ", "\n"),
        ("flera med komma: ", "Farsta\n"),
    ]
    with in_terminal(*command(content, DOCUMENTS / "slutrapport.docx")) as person:
        person.answer(questions)
        status, said = person.status(), person.shown
    assert status == 0, said
    assert {"index.md", "2025-slutrapport.md"} <= {path.name for path in (content / "projekt/trygg-nyckel").iterdir()}


def test_a_research_report_is_named_by_its_title(content: Path) -> None:
    assert main([*command(content, DOCUMENTS / "slutrapport.docx"), "--typ", "forskningsrapport"]) == 0
    assert (content / "forskning/slutrapport-2025-trygg-nyckel.md").is_file()


def test_text_nested_deeper_than_any_document_has_it_and_no_text_at_all_are_told_of(tmp_path: Path) -> None:
    nested = b"<div>" * 3_000 + b"text" + b"</div>" * 3_000
    (tmp_path / "deep.html").write_bytes(b"<html><body>" + nested)
    with pytest.raises(UnreadableError, match=r"filen är skadad"):
        conversion.convert(tmp_path / "deep.html")
    (tmp_path / "empty.html").write_bytes(b"<html><body><p> </p></body></html>")
    with pytest.raises(UnreadableError, match="filen har ingen text"):
        conversion.convert(tmp_path / "empty.html")


def test_an_editor_is_asked_for_what_is_missing(content: Path) -> None:
    questions = [
        ("Skriv nummer eller namn [slutrapport]: ", "\n"),
        ("Skriv nummer eller namn: ", "trapan\n"),
        ("Menade du 'Trappan'?\nSkriv nummer eller namn: ", "Trappan\n"),
        ("Vilket år gäller pengarna? [2025]: ", "2017\n"),
        ("Skriv nummer eller namn [reserapport]: ", "\n"),
        ("Vart gick resan?", "Växjö\n"),
        ("Vilket år gäller pengarna?", "2022\n"),
    ]
    with in_terminal(*command(content, DOCUMENTS / "slutrapport.docx", DOCUMENTS / "reserapport.docx")) as person:
        person.answer(questions)
        status, said = person.status(), person.shown

    assert status == 0, said
    assert "Läser filer:" in said
    assert (content / "projekt/trappan/2017-slutrapport.md").is_file()
    assert (content / "resor/2022-vaxjo.md").is_file()


def test_an_editor_who_stops_leaves_nothing(content: Path) -> None:
    before = files(content)
    with in_terminal(*command(content, DOCUMENTS / "slutrapport.docx")) as person:
        person.until("Skriv nummer eller namn")
        person.interrupt_until("Avbrutet. Inget har skrivits.")
        status = person.status()

    assert status == 130
    assert files(content) == before


def test_a_command_that_is_told_to_end_leaves_nothing(content: Path, tmp_path: Path) -> None:
    """As when the machine is shut down: SIGTERM, while many pictures are read or written."""
    page = "".join(f'<p>Stycke {n}</p><img src="{n}.png">' for n in range(400))
    picture = (content / "projekt/trappan/index.md").parent
    for number in range(400):
        Image.new("RGB", (300, 200), (number % 256, number // 256, 0)).save(tmp_path / f"{number}.png")
    (tmp_path / "many.html").write_text(f"<html><body><h1>Många bilder</h1>{page}</body></html>", "utf-8")
    before = files(content)
    arguments = command(content, tmp_path / "many.html", "--typ", "slutrapport", "--projekt", "trappan", "--år", "2017")
    run = subprocess.Popen(
        [sys.executable, "-c", RUN, *arguments],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while run.poll() is None and not list(picture.glob(".import-*")):
        time.sleep(0.001)
    run.send_signal(signal.SIGTERM)
    run.wait()

    document = "projekt/trappan/2017-slutrapport.md"
    # Either it was in time, or it is as if nothing had been begun.
    if document in files(content):
        assert len(list(picture.glob("2017-slutrapport-bild-*.png"))) == 400
    else:
        assert files(content) == before
    assert not list(picture.glob(".import-*"))


def test_the_project_that_the_text_names_is_offered_first(content: Path, tmp_path: Path) -> None:
    page = "<html><body><h1>Slutrapport 2017: Trappan</h1><h2>Resultat</h2><p>Det gick bra.</p></body></html>"
    (tmp_path / "rapport.html").write_text(page, "utf-8")

    questions = [
        ("Skriv nummer eller namn [slutrapport]: ", "\n"),
        ("1. Trappan", ""),
        ("Skriv nummer eller namn [Trappan]: ", "\n"),
        ("Vilket år gäller pengarna? [2017]: ", "\n"),
    ]
    with in_terminal(*command(content, tmp_path / "rapport.html")) as person:
        person.answer(questions)
        status, said = person.status(), person.shown

    assert status == 0, said
    assert (content / "projekt/trappan/2017-slutrapport.md").is_file()


def test_what_is_left_is_told_once_a_kind_errors_first(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in (1, 2, 10):
        Image.new("RGB", (90, 60), (number, 0, 0)).save(tmp_path / f"{number}.png")
    pictures = "".join(f'<p>Stycke {n}.</p><p><img src="{n}.png"></p>' for n in (1, 2, 10))
    page = f"<html><body><h1>Många bilder</h1><h2>Resultat</h2>{pictures}</body></html>"
    (tmp_path / "rapport.html").write_text(page, "utf-8")

    arguments = command(content, tmp_path / "rapport.html", "--typ", "slutrapport", "--projekt", "trappan")
    assert main([*arguments, "--år", "2017"]) == 0

    said = capsys.readouterr().out
    assert "  3 bilder saknar beskrivning: 2017-slutrapport-bild-1.png, 2017-slutrapport-bild-2.png och " in said
    left = said.partition("Kvar att göra enligt kunskapsbank check:")[2]
    assert left.count("en bild saknar text som beskriver den") == 1
    assert re.search(r"Samma sak på raderna \d+ och \d+\.", left)
    weights = ["anmärkning: " in line for line in left.split("\n") if re.match(r"  projekt/\S+:\d+: ", line)]
    assert weights == sorted(weights)
