"""A few files checked by what was kept of the rest: what is told of them is what a check of the whole tells."""

import shutil
import time
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest
from support import ROOT, SAMPLE, lay_over

from kunskapsbank import bank, checks, pages
from kunskapsbank.checks import kept_bank
from kunskapsbank.problems import Problem

TODAY = date(2026, 11, 22)
CASES = sorted(path for kind in ("content-errors", "checks") for path in (ROOT / "tests/cases" / kind).iterdir())
PROJECT, REPORT, OTHER = "projekt/trappan/index.md", "projekt/trappan/2016-slutrapport.md", "projekt/bryggan/index.md"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The sample as an editor has it, when all of it was checked."""
    shutil.copytree(SAMPLE, tmp_path / "content")
    check(tmp_path / "content")
    return tmp_path / "content"


def check(content: Path, today: date = TODAY) -> None:
    began = time.time_ns()
    kept_bank.keep(bank.read(content, today, cache_of(content)), content, cache_of(content), began)


def cache_of(content: Path) -> Path:
    return content.parent / ".cache/kunskapsbank"


def by_all(content: Path, today: date = TODAY) -> set[Problem]:
    found = pages.checked(bank.open_bank(content, today)).catalogue
    return {*found.problems, *checks.remarks(found)}


def by_what_was_kept(content: Path, asked: Iterable[str], today: date = TODAY) -> list[Problem] | None:
    kept = kept_bank.opened(content, today, cache_of(content))
    return kept and kept.told({*asked}.__contains__)


def assert_same(content: Path, *groups: Iterable[str], today: date = TODAY) -> None:
    """Assert that of each group of files is told what a check of all tells of it, without one."""
    told = by_all(content, today)
    for asked in groups:
        expected = sorted(problem for problem in told if problem.file in asked)
        assert by_what_was_kept(content, asked, today) == expected, asked


def texts(content: Path) -> list[str]:
    found = (path.relative_to(content).as_posix() for path in sorted(content.rglob("*.md")))
    return [file for file in found if not file.startswith("vokabular/")]


def change(content: Path, file: str, old: str, new: str) -> None:
    text = (content / file).read_text("utf-8")
    assert old in text
    (content / file).write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_nothing_else_is_told_than_by_a_check_of_all(case: Path, content: Path) -> None:
    lay_over(case, content)
    told = by_all(content)
    own = (path.relative_to(case).as_posix() for path in case.rglob("*") if path.is_file())
    for asked in ([file] for file in {*own, *texts(content)}):
        found = by_what_was_kept(content, asked)
        assert found in (None, sorted(problem for problem in told if problem.file in asked)), asked


def test_of_a_bank_that_nobody_touched_each_text_is_told_of(content: Path) -> None:
    assert_same(content, *([file] for file in texts(content)), texts(content))


def _written_to(content: Path) -> None:
    change(content, REPORT, "\n## ", "\n[Bort](finns-inte.md), [här](../bryggan/index.md)\n\n## ")


def _fields(content: Path) -> None:
    change(content, REPORT, "typ: slutrapport", "typ: slutraport")


def _owners_of_a_project(content: Path) -> None:
    change(content, PROJECT, "ägare: Farsta", "ägare: Rinkeby-Kista")


def _a_file_that_goes(content: Path) -> None:
    (content / PROJECT).unlink()


def _another_name(content: Path) -> None:
    (content / "projekt/trappan").rename(content / "projekt/trappa")


def _a_copy(content: Path) -> None:
    shutil.copytree(content / "projekt/trappan", content / "projekt/trappan-igen")


def _an_attachment(content: Path) -> None:
    (content / "projekt/trappan/lista.txt").write_text("Ring 08-123 45 67.\n", "utf-8")
    (content / "projekt/trappan/fel.exe").write_bytes(b"MZ")


def _an_exception_that_is_looked_at_with_what_it_is_for(content: Path) -> None:
    _an_attachment(content)
    mark = "\n[Listan](lista.txt) <!-- tillåt telefonnummer: påhittat -->\n"
    (content / REPORT).write_text((content / REPORT).read_text("utf-8") + mark, "utf-8")


EDITS: list[Callable[[Path], None]] = [
    _written_to,
    _fields,
    _owners_of_a_project,
    _a_file_that_goes,
    _another_name,
    _a_copy,
    _an_attachment,
    _an_exception_that_is_looked_at_with_what_it_is_for,
]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__.strip("_"))
def test_an_edit_is_seen_in_all_that_it_changes(edit: Callable[[Path], None], content: Path) -> None:
    edit(content)
    project = [path.relative_to(content).as_posix() for path in content.glob("projekt/trappa*/*")]
    is_alone = edit is not _an_exception_that_is_looked_at_with_what_it_is_for
    assert_same(content, project, *([file] for file in texts(content) if is_alone))


def test_one_edit_after_the_other_is_seen(content: Path) -> None:
    for edit in (_written_to, _owners_of_a_project, _a_copy, _fields, _a_file_that_goes):
        edit(content)
        assert_same(content, *([file] for file in texts(content)))


def test_a_fault_of_the_day_is_one_no_more_when_that_has_come(content: Path) -> None:
    change(content, PROJECT, "publicerad: ", f"publicerad: {TODAY + timedelta(days=5)} # ")
    check(content)
    groups = [[file] for file in texts(content)]
    assert_same(content, *groups)
    assert_same(content, *groups, today=TODAY + timedelta(days=10))
    assert by_what_was_kept(content, [REPORT], TODAY - timedelta(days=1)) is None


def test_bytes_tell_where_times_do_not(content: Path, tmp_path: Path) -> None:
    # Everything is newer than it was, as where a bank was fetched anew.
    fetched = tmp_path / "hämtad/content"
    shutil.copytree(content, fetched, copy_function=shutil.copyfile)
    shutil.copytree(content.parent / ".cache", fetched.parent / ".cache")
    _fields(fetched)
    assert_same(fetched, *([file] for file in texts(fetched)))


@pytest.mark.parametrize(
    "edit",
    [
        lambda content: change(content, "vokabular/teman.yml", "termer:\n", "# Ändrad.\ntermer:\n"),
        lambda content: (content / "vokabular/ordlista.yml").write_text("ord: []\n", "utf-8"),
        lambda content: change(content, "banken.yml", "\n", "\n# Ändrad.\n"),
        _an_exception_that_is_looked_at_with_what_it_is_for,
        lambda content: change(content, REPORT, "\n## ", "\n[Året](../../ar/index.md#ar-2016)\n\n## "),
        lambda content: (cache_of(content) / "bank.sqlite").write_bytes(b"skadad"),
        lambda content: (cache_of(content) / "bank.sqlite").unlink(),
    ],
    ids=["vocabulary", "word list", "settings", "exception", "place on a generated page", "damaged", "nothing kept"],
)
def test_only_the_whole_can_tell(edit: Callable[[Path], None], content: Path) -> None:
    assert by_what_was_kept(content, [REPORT]) is not None
    edit(content)
    assert by_what_was_kept(content, [REPORT]) is None


def test_a_vocabulary_is_told_of_by_the_whole(content: Path) -> None:
    assert by_what_was_kept(content, ["vokabular/teman.yml"]) is None


def test_of_much_that_changed_only_the_whole_can_tell(content: Path) -> None:
    for number in range(60):
        (content / f"om/sida-{number}.md").write_text((content / "om/index.md").read_text("utf-8"), "utf-8")
    assert by_what_was_kept(content, [REPORT]) is None


def test_a_broken_bank_is_not_kept(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path / "content")
    (tmp_path / "content/vokabular/teman.yml").write_text("termer: [\n", "utf-8")
    check(tmp_path / "content")
    assert by_what_was_kept(tmp_path / "content", [REPORT]) is None


def test_only_errors_are_told_where_nothing_else_is_asked_for(content: Path) -> None:
    _written_to(content)
    kept = kept_bank.opened(content, TODAY, cache_of(content))
    assert kept
    told = kept.told({REPORT}.__contains__, only_errors=True)
    assert told
    assert {*told} < {*(by_what_was_kept(content, [REPORT]) or ())}
