from datetime import date
from pathlib import Path

import pytest

from kunskapsbank.markup.frontmatter import parse_yaml
from kunskapsbank.model import vocabulary
from kunskapsbank.model.vocabulary import Term
from kunskapsbank.reading import fields, vocabulary_files
from kunskapsbank.reading.fields import Reading

VOCABULARIES, _ = vocabulary_files.load(Path(__file__).parents[2] / "tests/cases/sample")


def read(reader: fields.Reader, value: str) -> tuple[object, list[str]]:
    """Return what a reader makes of a YAML value, and the messages of its problems."""
    reading = Reading("a.md", VOCABULARIES, date(2026, 11, 22), [], "fält", "exempel")
    [entry] = parse_yaml("a.md", f"fält: {value}\n")
    return reader(entry.value, reading), [problem.message for problem in reading.problems]


@pytest.mark.parametrize(
    ("value", "years"),
    [
        ("2018", (2018,)),
        ("'2018'", (2018,)),
        ("[2016, 2015, 2015]", (2015, 2016)),
        ("2013–2016", (2013, 2014, 2015, 2016)),
        ("2013-2014", (2013, 2014)),
        ("2013 — 2014", (2013, 2014)),
        ("2018–2018", (2018,)),
    ],
)
def test_years(value: str, years: tuple[int, ...]) -> None:
    assert read(fields.years, value) == (years, [])


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("tjugo", "är 'tjugo', men ska vara ett årtal"),
        ("18", "är '18', men ska vara ett årtal"),
        ("1989", "är 1989, ett orimligt årtal"),
        ("2030", "är 2030, ett orimligt årtal"),
        ("2016–2013", "slutar 2013 men börjar 2016"),
        ("{från: 2013}", "är en grupp av fält, men ska vara ett årtal"),
    ],
)
def test_no_years(value: str, message: str) -> None:
    assert read(fields.years, value) == (None, [message])


@pytest.mark.parametrize("year", [1990, 2029])
def test_first_and_last_year_within_reason(year: int) -> None:
    assert read(fields.year, str(year)) == (year, [])


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("500000", 500000),
        ("500 000", 500000),
        ("1.250.000", 1250000),
        ("500 000 kr", 500000),
        ("25000 kronor", 25000),
        ("0", 0),
    ],
)
def test_amounts(value: str, number: int) -> None:
    assert read(fields.number, value) == (number, [])


@pytest.mark.parametrize("value", ["-1", "1.5", "1,5", "ca 500", "5 00", "1e6", "½", "٣"])
def test_no_amounts(value: str) -> None:
    assert read(fields.number, value) == (None, [f"är '{value}', men ska vara ett helt tal"])


def test_days() -> None:
    assert read(fields.day, "2024-02-29") == (date(2024, 2, 29), [])
    assert read(fields.day, "2023-02-29") == (None, ["är '2023-02-29', en dag som inte finns"])
    assert read(fields.day, "1 maj") == (None, ["är '1 maj', men ska vara ett datum"])


@pytest.mark.parametrize(("value", "answer"), [("ja", True), ("Nej", False), ("'JA'", True)])
def test_yes_or_no(value: str, answer: bool) -> None:
    assert read(fields.yes_or_no, value) == (answer, [])


@pytest.mark.parametrize("value", ["true", "1", "j", "[ja]"])
def test_neither_yes_nor_no(value: str) -> None:
    assert read(fields.yes_or_no, value)[0] is None


def test_single_value_is_a_list_of_one() -> None:
    assert read(fields.texts, "LIHF") == (("LIHF",), [])
    assert read(fields.texts, "[LIHF, LIFH]") == (("LIHF", "LIFH"), [])


def test_terms_keep_their_order_and_lose_doubles() -> None:
    found, problems = read(fields.terms_of(vocabulary.THEMES), "[socialpsykiatri, BoU, barn och unga]")
    assert isinstance(found, tuple)
    assert [term.label for term in found if isinstance(term, Term)] == ["socialpsykiatri", "barn och unga"]
    assert problems == []


def test_unknown_terms_are_not_told_of_a_broken_vocabulary() -> None:
    broken = {**VOCABULARIES, vocabulary.THEMES: vocabulary.Vocabulary(vocabulary.THEMES, broken=True)}
    reading = Reading("a.md", broken, date(2026, 11, 22), [])
    [entry] = parse_yaml("a.md", "teman: barn och unga\n")
    assert fields.terms_of(vocabulary.THEMES)(entry.value, reading) == ()
    assert reading.problems == []


def test_longest_text() -> None:
    assert read(fields.short_text(4), "fyra") == ("fyra", [])
    assert read(fields.short_text(4), "femma")[1] == ["är 5 tecken lång"]
