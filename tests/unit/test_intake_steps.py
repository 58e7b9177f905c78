"""A report is read first and finished when somebody has made its pictures, whoever that is."""

import subprocess
import sys

import pytest
from support import ROOT

from kunskapsbank.files.unreadable import Reason, UnreadableError
from kunskapsbank.intake import conversion, pictures
from kunskapsbank.intake.used_pictures import Unmade

DOCUMENTS = ROOT / "tests/cases/documents"
NAMES = ("slutrapport.docx", "slutrapport.odt", "slutrapport.pdf", "word.docx", "mall.docx")


@pytest.mark.parametrize("name", NAMES)
def test_the_two_steps_give_what_the_command_line_gives(name: str) -> None:
    report = conversion.read((DOCUMENTS / name).read_bytes(), name)

    assert conversion.finish(report, pictures.made(report.pictures)) == conversion.convert(DOCUMENTS / name)


@pytest.mark.parametrize("name", NAMES)
def test_the_text_does_not_depend_on_who_makes_the_pictures(name: str) -> None:
    report = conversion.read((DOCUMENTS / name).read_bytes(), name)
    here = conversion.finish(report, pictures.made(report.pictures))
    elsewhere = conversion.finish(report, {picture.name: b"made by a browser" for picture in report.pictures})

    assert report.pictures
    assert list(here.pictures) == list(elsewhere.pictures) == [picture.name for picture in report.pictures]
    assert (here.markdown, here.title, here.remarks) == (elsewhere.markdown, elsewhere.title, elsewhere.remarks)


@pytest.mark.parametrize(
    ("why", "told"),
    [
        (Unmade.UNREADABLE, "kan inte visas på webben"),
        (Unmade.TOO_LARGE, "har för många bildpunkter"),
        (None, "kan in"),
    ],
)
def test_a_picture_that_nobody_can_make_is_left_out_with_one_remark(why: Unmade | None, told: str) -> None:
    report = conversion.read((DOCUMENTS / "slutrapport.docx").read_bytes(), "slutrapport.docx")
    first, second = report.pictures

    converted = conversion.finish(report, {second.name: b"made"} | ({first.name: why} if why else {}))

    assert list(converted.pictures) == [second.name]
    assert first.name not in converted.markdown
    assert f"]({second.name})" in converted.markdown
    (remark,) = [remark for remark in converted.remarks if remark.startswith("Bild 1") or "En bild" in remark]
    assert told in remark


def test_a_file_without_text_is_told_of() -> None:
    with pytest.raises(UnreadableError) as told:
        conversion.read(b"<html><body><p> </p></body></html>", "tom.html")
    assert told.value.reason is Reason.NO_TEXT


HEAVY = {"PIL", "pypdf", "bs4", "ssl", "http"}
LOADED = "import sys; {}; print(*sorted({{name.partition('.')[0] for name in sys.modules}} & {}))"


def loaded(statement: str) -> set[str]:
    """Return which of the large libraries a fresh interpreter has loaded after a statement."""
    run = [sys.executable, "-c", LOADED.format(statement, HEAVY)]
    return set(subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split())


def test_the_readers_are_loaded_when_a_file_needs_them() -> None:
    start = "from pathlib import Path; from kunskapsbank.intake import conversion as c"
    read = f"{start}; c.read(Path('tests/cases/documents/slutrapport.{{0}}').read_bytes(), 'a.{{0}}')"

    assert loaded(start) == set()
    assert loaded(read.format("odt")) == {"bs4"}
    assert "pypdf" not in loaded(read.format("docx"))
    assert loaded(read.format("pdf")) >= {"pypdf"}


@pytest.mark.parametrize("name", ["word.docx", "slutrapport.pdf"])
def test_a_report_is_read_where_there_is_no_pillow(name: str) -> None:
    read = f"c.read(pathlib.Path('tests/cases/documents/{name}').read_bytes(), {name!r}).pictures"
    program = "import sys; sys.modules['PIL'] = None; import pathlib; from kunskapsbank.intake import conversion as c"
    found = subprocess.run(
        [sys.executable, "-c", f"{program}; print(*[picture.name for picture in {read}])"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.stdout.split() == [*conversion.convert(DOCUMENTS / name).pictures], found.stderr
