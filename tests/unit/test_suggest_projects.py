"""The project of a report is guessed from its text, by any of its names."""

from datetime import date

import pytest
from support import ROOT

from kunskapsbank.bank import open_bank
from kunskapsbank.model.kinds import Kind
from kunskapsbank.suggest import projects

CATALOGUE = open_bank(ROOT / "tests/cases/sample", date(2026, 11, 22)).catalogue


@pytest.mark.parametrize(
    ("title", "text", "first"),
    [
        ("Slutrapport 2017: Trappan", "Text om något annat.", "trappan"),
        ("", "Slutrapport\n\nTrappans deltagare var nöjda.", "trappan"),
        ("Slutrapport", "Om trappanläggningar.", None),
    ],
)
def test_a_project_is_found_by_its_name(title: str, text: str, first: str | None) -> None:
    found = projects.named(title, text, CATALOGUE)

    assert (found[0].file.split("/")[1] if found else None) == first


def test_the_title_weighs_more_than_what_the_text_mentions() -> None:
    one, other = CATALOGUE.of_kind(Kind.PROJECT)[:2]

    found = projects.named(one.title, f"Vi lärde av {other.title}. {other.title} var bra.", CATALOGUE)

    assert [record.title for record in found][:2] == [one.title, other.title]
