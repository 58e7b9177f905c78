from kunskapsbank.problems import ContentError, Problem, Severity

FIRST = Problem("om/a.md", 2, "år", "är 'tjugo'", "Skriv till exempel år: 2018")
SECOND = Problem("om/a.md", 10, "", "filen är tom")


def test_problem_is_shown_with_place_field_message_and_remedy() -> None:
    assert str(FIRST) == "om/a.md:2: år: är 'tjugo'\n    Skriv till exempel år: 2018"
    assert str(SECOND) == "om/a.md:10: filen är tom"


def test_remark_says_that_it_is_one() -> None:
    remark = Problem("a.md", 1, "år", "är 2019", severity=Severity.REMARK)
    assert str(remark) == "a.md:1: anmärkning: år: är 2019"


def test_problems_are_sorted_by_file_and_line() -> None:
    other = Problem("index.md", 1, "", "filen är tom")
    assert ContentError([other, SECOND, FIRST]).problems == (other, FIRST, SECOND)


def test_error_carries_every_problem() -> None:
    assert str(ContentError([SECOND, FIRST])) == f"{FIRST}\n{SECOND}"
