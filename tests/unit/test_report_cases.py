"""The shared cases of what a document should say are those that the library's checks give."""

import json

from report_cases import FILE, made


def test_the_cases_are_up_to_date() -> None:
    assert FILE.read_text("utf-8") == made(), "Run scripts/make_cases, and see in the difference that it was meant."


def test_each_rule_has_a_case_and_each_sort_of_document_one_without_remarks() -> None:
    cases = json.loads(FILE.read_text("utf-8"))["cases"]
    told = {problem["rule"] for case in cases for problem in case["problems"]}
    fine = {case["source"]["fields"]["typ"] for case in cases if not case["problems"]}

    assert told == {
        "beloppsgräns", "dubblett", "jämställdhetsanalys", "lärdomar", "plats", "rapportår", "resultat",
        "sammanfattning", "år i rad",
    }  # fmt: skip
    assert fine >= {"projekt", "projektplan", "förstudie", "slutrapport", "reserapport", "forskningsrapport"}
