"""The shared cases of the analysis are those that Python's analysis gives."""

from analysis_cases import FILE, made


def test_the_cases_are_up_to_date() -> None:
    assert FILE.read_text("utf-8") == made(), "Run scripts/make_cases, and see in the difference that it was meant."
