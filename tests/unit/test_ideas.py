"""An idea is compared with what the bank's projects tried."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
import word_cases
from support import ROOT

from kunskapsbank.bank import Bank
from kunskapsbank.cli import asked_files, main
from kunskapsbank.cli.parsing import UsageError
from kunskapsbank.model import criteria
from kunskapsbank.search import engine, ideas, language, naming
from kunskapsbank.search.meanings import Meanings
from kunskapsbank.search.naming import Named

IDEAS = sorted((ROOT / "tests/cases/ideas").glob("*.txt"))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("idea") / "index"


@pytest.mark.parametrize("path", IDEAS, ids=lambda path: path.stem)
def test_the_project_that_tried_it_comes_first(path: Path, bank: Bank, index: Path) -> None:
    compared = engine.compare(bank, index, path.read_text("utf-8"))
    assert compared.projects[0].tried.id == path.stem
    assert len(compared.words) <= ideas.ASKED


def test_a_comparison_says_for_whom_and_what_came_of_it(bank: Bank, index: Path) -> None:
    text = (ROOT / "tests/cases/ideas/stella.txt").read_text("utf-8")
    first, second, *_ = engine.compare(bank, index, text).projects
    assert "föräldrar till placerade barn" in first.same
    stella = bank.catalogue.get("stella")
    assert stella
    assert first.tried.summary == stella.summary
    assert first.tried.result
    assert second.same == ()
    assert second.other


def test_nothing_is_near_what_nobody_tried(bank: Bank, index: Path) -> None:
    assert engine.compare(bank, index, "kattugglor på 17 tuvor").projects == ()
    assert engine.compare(bank, index, "").projects == ()


def test_listed_and_long_words_are_considered_first(bank: Bank) -> None:
    known = language.analyser(bank.catalogue.vocabularies, bank.catalogue.words).meanings
    text = " ".join(f"{a}{b}{c}" for a in "bcdf" for b in "aeiouy" for c in "lmn")
    words = ideas.considered(f"{text} hemlöshet vräkningsförebyggande 2018", known)
    assert len(words) == ideas.CONSIDERED
    assert words[-2:] == ["hemlöshet", "vräkningsförebyggande"]


@pytest.mark.parametrize(
    ("text", "is_spoken_of"),
    [
        ("Vi möter nyanlända föräldrar.", True),
        ("Föräldrar som är nyanlända", True),
        ("Nyanlända barn", False),
        (f"Föräldrar {'ligger långt borta ' * 20} nyanlända", False),
    ],
)
def test_a_target_group_is_spoken_of_where_its_words_stand_together(text: str, is_spoken_of: bool) -> None:
    [name] = naming._phrases(["nyanlända föräldrar"])
    group = Named("Målgrupp", "Nyanlända föräldrar", "", "", (name,), ideas.AUDIENCES, "a")
    assert bool(ideas.spoken_of(text, [group], Meanings())) is is_spoken_of


def test_what_the_newest_call_demands_is_told_in_its_own_words(bank: Bank) -> None:
    demanded = criteria.newest(bank.catalogue)
    assert demanded
    assert demanded.title == "Utlysning 2024"
    assert demanded.told.startswith(
        "Utlysning 2024 har som huvudkriterier att projektet prövar ett arbetssätt som är nytt"
    )
    without = replace(bank.catalogue, records=tuple(record for record in bank.catalogue if not record.call))
    assert criteria.newest(without) is None


def run(capsys: pytest.CaptureFixture[str], index: Path, *words: str) -> tuple[int, str, str]:
    status = main(["search", *words, "--innehåll", str(ROOT / "content"), "--index", str(index)])
    output, error = capsys.readouterr()
    return status, output, error


def test_an_idea_in_word_is_compared(capsys: pytest.CaptureFixture[str], index: Path, tmp_path: Path) -> None:
    text = (ROOT / "tests/cases/ideas/bo-kvar.txt").read_text("utf-8").strip()
    file = tmp_path / "idé.docx"
    file.write_bytes(word_cases.file(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"))
    status, output, _ = run(capsys, index, "--file", str(file))
    assert status == 0
    assert "\n 1. Bo kvar\n" in output
    assert "Samma målgrupp: vräkningshotade." in output
    assert "Ett av de närmaste projekten har en målgrupp som din text nämner." in output
    assert "att projektet prövar ett arbetssätt som är nytt för målgruppen" in output
    status, output, _ = run(capsys, index, "--idé", str(IDEAS[0]), "--json")
    assert json.loads(output)[0]["same"] == ["vräkningshotade"]


def test_a_list_of_questions_tells_what_finds_nothing(
    capsys: pytest.CaptureFixture[str], index: Path, tmp_path: Path
) -> None:
    file = tmp_path / "frågor.txt"
    file.write_text("hemlöshet\n\nkattuggla\nhemlöshett\n", "utf-8")
    status, output, error = run(capsys, index, "--file", str(file))
    assert (status, error) == (0, "")
    assert output.startswith("3 frågor, en utan träff.\n\nUtan träff:\n  kattuggla\n")
    assert "Med ord som söktes som andra:\n  hemlöshett\n" in output


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.docx", b"PK", "går inte att läsa: filen är skadad"),
        ("a.pdf", b"", "går inte att läsa: filen är skadad"),
        ("a.md", b"  ", "har ingen text"),
        ("a.exe", b"x", "har ett format som inte går att läsa här. Det går med .docx"),
        ("", b"", "finns inte eller går inte att läsa"),
    ],
)
def test_a_file_that_cannot_be_asked_is_told(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    file = tmp_path / (name or "finns-inte.docx")
    if name:
        file.write_bytes(data)
    with pytest.raises(UsageError, match=re.escape(told)):
        asked_files.text_of(file, asked_files.IDEAS)


def test_a_file_is_asked_for_itself(capsys: pytest.CaptureFixture[str], index: Path) -> None:
    status, output, error = run(capsys, index, "ord", "--file", str(IDEAS[0]))
    assert (status, output) == (2, "")
    assert "En fil frågas för sig" in error


def test_a_long_line_may_be_an_idea(capsys: pytest.CaptureFixture[str], index: Path) -> None:
    _, _, error = run(capsys, index, "--file", str(IDEAS[0]))
    assert "Är texten en idé? Använd --idé." in error
