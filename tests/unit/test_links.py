from collections.abc import Callable

import pytest

from kunskapsbank import pages
from kunskapsbank.bank import Bank

REPORT = "projekt/trappan/2016-slutrapport.md"


def line_of(text: str, part: str) -> int:
    return text.count("\n", 0, text.index(part)) + 1


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("index.md", None),
        ("./index.md", None),
        ("../bryggan/../trappan/index.md#bakgrund", None),
        ("#resultat", None),
        ("../bryggan/arbetsgang.png", None),
        ("../../stadsdelar/storby/barn-och-unga/index.md", None),
        ("https://example.org/finns-inte", None),
        ("//example.org/finns-inte", None),
        ("indexx.md", "Menade du index.md?"),
        ("index.html", "Menade du index.md?"),
        ("../bryggan", "Menade du ../bryggan/index.md?"),
        ("../brygga/2018-slutrapport.md", "Menade du ../bryggan/2018-slutrapport.md?"),
        ("../../2021-malmo.md", "Menade du ../../resor/2021-malmo.md?"),
        ("../../stadsdelar/storby/hemloshet-och-boende/index.md", "Rätta namnet, eller ta bort länken."),
        ("../../vokabular/teman.yml", "Rätta namnet, eller ta bort länken."),
        ("#slutsatser", "Skriv rubriken med små bokstäver, a–z och bindestreck."),
        ("#Resultat", "Menade du #resultat?"),
    ],
)
def test_link(
    target: str, told: str | None, sample_with: Callable[[dict[str, str]], Bank], written: Callable[..., str]
) -> None:
    bank = sample_with({REPORT: written(REPORT, ("Texten", f"[Texten]({target})"))})
    assert [problem.hint for problem in bank.catalogue.problems] == ([told] if told else [])


def test_links_of_faulty_files_are_checked_and_links_to_them_let_pass(
    sample_with: Callable[[dict[str, str]], Bank], written: Callable[..., str]
) -> None:
    report = written(REPORT, ("år: 2016", "år: i fjol"), ("Texten", "[Texten](plan.md)"))
    bank = sample_with(
        {
            REPORT: report,
            "om/index.md": f"---\ntitel: Om\n---\n\n[a](../{REPORT}#resultat)\n",
        }
    )
    assert [(problem.file, problem.line) for problem in bank.catalogue.problems] == [
        (REPORT, line_of(report, "i fjol")),
        (REPORT, line_of(report, "plan.md")),
    ]


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("../../a-o/index.md#bokstav-t", None),
        ("../../teman/index.md", None),
        ("../../a-o/index.md#bokstav-q", "Menade du #bokstav-"),
        ("../../teman/index.md#finns-inte", "Länka till hela sidan: ../../teman/index.md"),
        ("../../om/falt.md#finns%20inte", "Länka till hela sidan: ../../om/falt.md"),
    ],
)
def test_place_on_a_page_that_the_bank_makes(
    target: str, told: str | None, sample_with: Callable[[dict[str, str]], Bank], written: Callable[..., str]
) -> None:
    text = written(REPORT, ("Texten", f"[Texten]({target})"))
    bank = pages.checked(sample_with({REPORT: text}))
    found = [(problem.file, problem.line) for problem in bank.catalogue.errors]
    assert found == ([(REPORT, line_of(text, target))] if told else [])
    assert all(problem.hint.startswith(told or "") for problem in bank.catalogue.errors)
