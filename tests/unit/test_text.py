from datetime import date

import pytest

from kunskapsbank.swedish.phrases import capitalised, date_text, listed, number_text, years_text
from kunskapsbank.swedish.text import fold, nearest, normalise, slugify, sort_key


def test_decomposed_letters_equal_composed_ones() -> None:
    assert normalise("a\u030aa\u0308o\u0308") == "åäö"
    assert fold("  A\u030aR\n i  rad ") == "år i rad"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Enskede-Årsta-Vantör", "enskede-arsta-vantor"),
        ("Våga anmäla, våga vittna!", "vaga-anmala-vaga-vittna"),
        ("A\u030asa", "asa"),
        ("  2018 – slutrapport ", "2018-slutrapport"),
        ("…", ""),
    ],
)
def test_slug_is_ascii(name: str, slug: str) -> None:
    assert slugify(name) == slug


def test_swedish_alphabet_ends_in_å_ä_ö() -> None:
    names = ["Öppenvård", "Ängen", "Åsen", "Zorn", "”Ingen” utanför", "ingenjör", "Edsberg", "Édith"]
    expected = ["Édith", "Edsberg", "ingenjör", "”Ingen” utanför", "Zorn", "Åsen", "Ängen", "Öppenvård"]
    assert sorted(names, key=sort_key) == sorted(expected, key=sort_key)
    assert sorted(["ö", "z", "å", "ä", "a"], key=sort_key) == ["a", "z", "å", "ä", "ö"]


def test_case_and_punctuation_do_not_move_a_name() -> None:
    assert sorted(["”Bo kvar”", "Alfa", "bo hemma", "Ceder"], key=sort_key) == [
        "Alfa",
        "bo hemma",
        "”Bo kvar”",
        "Ceder",
    ]


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("tittel", "titel"),
        ("ar", "år"),
        ("Källor", "källa"),
        ("malgrupper", "målgrupper"),
        ("rymden", None),
        ("", None),
    ],
)
def test_nearest_right_word(word: str, found: str | None) -> None:
    assert nearest(word, ["titel", "år", "källa", "målgrupper"]) == found


def test_nearest_of_nothing() -> None:
    assert nearest("titel", []) is None


def test_words_in_a_sentence() -> None:
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b"]) == "a och b"
    assert listed(["a", "b", "c"], "eller") == "a, b eller c"


@pytest.mark.parametrize(
    ("years", "shown"),
    [
        ((), ""),
        ((2018,), "2018"),
        ((2018, 2019), "2018–2019"),
        ((2018, 2013, 2015, 2014, 2014), "2013–2015, 2018"),
    ],
)
def test_runs_of_years_are_drawn_together(years: tuple[int, ...], shown: str) -> None:
    assert years_text(years) == shown


def test_dates_and_numbers_in_swedish() -> None:
    assert date_text(date(2026, 5, 2)) == "2 maj 2026"
    assert number_text(750000) == "750\u00a0000"
    assert number_text(25) == "25"


def test_capital_only_first() -> None:
    assert capitalised("äldreomsorg i SDF") == "Äldreomsorg i SDF"
    assert capitalised("") == ""
