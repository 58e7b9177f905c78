import pytest

from kunskapsbank.pages.captions import apart


@pytest.mark.parametrize(
    ("title", "kind", "years", "expected"),
    [
        ("Slutrapport 2018: Bostad direkt", "slutrapport", "2018", ("Slutrapport 2018", "Bostad direkt")),
        ("Förstudie: Stella – det tredelade", "förstudie", "2014", ("Förstudie 2014", "Stella – det tredelade")),
        ("Samlarteam", "projekt", "2018–2019", ("Projekt 2018–2019", "Samlarteam")),
        ("Utlysning 2024", "utlysning", "2024", ("", "Utlysning 2024")),
        ("Globenmodellen", "forskningsrapport", "", ("Forskningsrapport", "Globenmodellen")),
        ("Slutrapport 2018:", "slutrapport", "2018", ("Slutrapport 2018", "Slutrapport 2018:")),
        ("Slutrapport: 2018: ett år", "slutrapport", "2018", ("Slutrapport 2018", "2018: ett år")),
        ("Slutrapporten: en handbok", "slutrapport", "2018", ("Slutrapport 2018", "Slutrapporten: en handbok")),
        ("Studieresa (a+b): mål", "studieresa (a+b)", "2022", ("Studieresa (a+b) 2022", "mål")),
    ],
)
def test_what_the_caption_says_is_not_said_again(title: str, kind: str, years: str, expected: tuple[str, str]) -> None:
    assert apart(title, kind, years) == expected
