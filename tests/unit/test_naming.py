"""What a question names: boxes above the hits, and names taken as filters."""

import pytest

from kunskapsbank.bank import Bank
from kunskapsbank.search import asked, naming
from kunskapsbank.search.naming import Found, Named, Names


@pytest.fixture(scope="module")
def names(bank: Bank) -> Names:
    return naming.names(bank)


def found(names: Names, question: str) -> Found:
    read = asked.parse(question, ["stadsdel", "år", "tema", "typ"])
    return names.found(question, read.text, read.quoted)


@pytest.mark.parametrize(
    ("question", "box", "url"),
    [
        ("Farsta", "Stadsdel: Farsta", "stadsdelar/farsta/"),
        ("i farsta", "Stadsdel: Farsta", "stadsdelar/farsta/"),
        ("Farstas", "Stadsdel: Farsta", "stadsdelar/farsta/"),
        ("MI", "Metod: Motiverande samtal", "metoder/motiverande-samtal/"),
        ("våld i nära relationer", "Tema: Våld i nära relationer", "teman/vald-i-nara-relationer/"),
        ("vad är LUM", "Ord: LUM: lokala utvecklingsmedel", "om/ord/#ord-lum"),
        ("Lokala utvecklingsmedel", "Ord: LUM: lokala utvecklingsmedel", "om/ord/#ord-lum"),
        ("utlysning 2024", "Utlysning: Utlysning 2024", "utlysningar/2024/"),
        (
            "hur skriver jag en slutrapport?",
            "Redaktionshandbok: Så skriver du en slutrapport",
            "om/redaktionshandbok/#sa-skriver-du-en-slutrapport",
        ),
    ],
)
def test_what_a_question_names_is_shown(names: Names, question: str, box: str, url: str) -> None:
    first = found(names, question).boxes[0]
    assert (f"{first.heading}: {first.label}", first.url) == (box, url)


def test_a_box_says_how_much_there_is(names: Names, bank: Bank) -> None:
    [farsta] = found(names, "Farsta").boxes
    [entry] = [entry for entry in bank.index if entry.term.id == "farsta"]
    assert farsta.note == f"{len(entry.projects)} projekt och {len(entry.documents)} dokument"


@pytest.mark.parametrize("question", ["", "och", "kattuggla", "barn", "Farsta barn", '"Farsta"', "-Farsta"])
def test_nothing_is_shown_that_is_only_a_part_of_the_question(names: Names, question: str) -> None:
    assert found(names, question).boxes == ()


@pytest.mark.parametrize(
    ("question", "words", "chosen"),
    [
        ("hemlöshet Farsta 2018", "hemlöshet", {"stadsdelar": ("farsta",), "ar": ("2018",)}),
        ("hemlöshet i Farsta från 2018", "hemlöshet", {"stadsdelar": ("farsta",), "ar": ("2018",)}),
        ("2016 och 2018 stöd", "stöd", {"ar": ("2016", "2018")}),
        ("slutrapport Farsta 2018", "", {"typer": ("slutrapport",), "stadsdelar": ("farsta",), "ar": ("2018",)}),
        ("unga Farsta -skola", "unga -skola", {"stadsdelar": ("farsta",)}),
        ("i Järva om barn", "barn", {"stadsdelar": ("jarva",)}),
        # A theme is what is looked for, until something else is.
        ("våld i nära relationer 2016", "våld i nära relationer", {"ar": ("2016",)}),
        ("motverka våld i nära relationer", "motverka", {"teman": ("vald-i-nara-relationer",)}),
        ("Farsta", "", {}),
        ("kattuggla", "kattuggla", {}),
        ('"i Farsta" barn', "", {}),
    ],
)
def test_names_are_offered_as_filters(
    names: Names, question: str, words: str, chosen: dict[str, tuple[str, ...]]
) -> None:
    given = found(names, question)
    assert (given.words, dict(given.chosen)) == (words, chosen)
    assert bool(given.labels) == bool(chosen)


def test_the_longest_name_is_meant() -> None:
    names = Names(
        [
            Named("Tema", "Stöd", "", "a/", (("stöd",),), "teman", "stod"),
            Named("Metod", "Stöd i hemmet", "", "b/", (("stöd", "hem"),), "metoder", "stod-i-hemmet"),
            Named("Handbok", "Så skriver du om stöd", "", "c/", (("skriv", "stöd"),), is_page=True),
        ]
    )
    assert [box.url for box in found(names, "stöd i hemmet").boxes] == ["b/"]
    assert [box.url for box in found(names, "stöd").boxes] == ["a/"]
    assert [box.url for box in found(names, "hur skriver man om stöd").boxes] == ["c/"]
