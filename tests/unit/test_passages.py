"""Quotations of the records are looked for in the sources' texts, whole or damaged by scanning."""

import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from support import ROOT

from kunskapsbank.bank import open_bank
from kunskapsbank.checks import passages
from kunskapsbank.model.catalogue import Catalogue


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return open_bank(ROOT / "content", date(2026, 11, 27)).catalogue


def damaged(words: str, place: int) -> str:
    """Return words as a scanner might have read them: å, ä and ö gone wrong, other signs for i, lines divided."""
    for letter, instead in zip("åäö", (("d", "é", "a"), ("&", "i", ""), ("6", "{o", "d")), strict=True):
        words = words.replace(letter, instead[place % 3])
    words = re.sub(r"\bi\b", "1", words)
    return re.sub(r"(\w{5})(\w{4})", "\\1-\n\\2", words, count=1).replace("–", "—")


def texts(catalogue: Catalogue, spoil: bool) -> dict[str, str]:
    """Return a text for each source, in which all that is quoted of it stands."""
    found: dict[str, list[str]] = {}
    for place, (_, source, words) in enumerate(passages.quotations(catalogue)):
        found.setdefault(f"{source.id}.txt", []).append(damaged(words, place) if spoil else words)
    return {name: "\nMellan stycken.\n".join(parts) for name, parts in found.items()}


@pytest.mark.parametrize("spoil", [False, True])
def test_every_quotation_is_found_in_its_source(catalogue: Catalogue, spoil: bool) -> None:
    assert len(list(passages.quotations(catalogue))) > 50
    assert passages.lost(catalogue, texts(catalogue, spoil)) == ()


def test_what_a_source_does_not_say_is_lost(catalogue: Catalogue) -> None:
    sources = texts(catalogue, spoil=True)
    name = "tjansteutlatande-2017.txt"
    sources[name] = sources[name].replace("273", "237")
    # That another source has the words is no help.
    sources["tjansteutlatande-2023.txt"] += " hade 273 besök under 2016"
    [one] = passages.lost(catalogue, sources)
    assert one.file == "projekt/stella/2016-slutrapport.md"
    assert str(one).endswith(f"står inte i {name}")


def test_without_texts_everything_is_lost(catalogue: Catalogue) -> None:
    found = passages.lost(catalogue, {})
    assert len(found) == len(list(passages.quotations(catalogue)))
    assert "står inte i någon av texterna" in str(found[0])


@pytest.mark.parametrize(
    ("words", "text", "stands"),
    [
        ("hade 273 besök under 2016", "och hade 273 besdk\nunder 2016 .", True),
        ("hade 273 besök under 2016", "och hade 237 besök under 2016", False),
        ("hade 273 besök", "hade 1273 besök", False),
        ("Från 2017 blev det", "Fran 2017 blev det", True),
        ("utveckling av stödet", "utveck-\nling av stddet", True),
        ("utveckling", "utveck- ling", False),
        ("Slutrapporterna … Kunskapsbanken", "Slutrapporterna går att läsa på Kunskapsbanken", True),
        ("Kunskapsbanken … Slutrapporterna", "Slutrapporterna går att läsa på Kunskapsbanken", False),
        ("I bilaga 1-8 redovisas", "I bilaga 1–8 redovisas", True),
        ("ökat", "", False),
        ("(vid två", "(vid tva", True),
    ],
)
def test_quotation_in_a_text(words: str, text: str, stands: bool) -> None:
    assert passages.stands_in(words, text) is stands


def test_figures_of_results_are_quoted(catalogue: Catalogue) -> None:
    for record in catalogue.real:
        quoted = " ".join(f"{one.statement} {one.words}" for one in record.passages)
        if record.passages:
            figures = re.findall(r"\d+", record.result)
            assert [figure for figure in figures if figure not in quoted] == [], record.file


def test_script_tells_what_is_lost(catalogue: Catalogue, tmp_path: Path) -> None:
    for name, text in texts(catalogue, spoil=True).items():
        (tmp_path / name).write_text(text, "utf-8")
    command = [sys.executable, str(ROOT / "scripts/passages/check.py"), str(tmp_path)]
    run = subprocess.run(command, capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, "")
    number = len(list(passages.quotations(catalogue)))
    assert run.stdout == f"{number} of {number} quotations stand in their source.\n"
    shutil.copy(tmp_path / "tjansteutlatande-2023.txt", tmp_path / "tjansteutlatande-2019.txt")
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 1
    assert "projekt/lihf/index.md: 'Slutrapporterna går att ta del av i sin helhet på Kunskapsbanken'" in run.stdout
