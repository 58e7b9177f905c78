"""What a report's text suggests, by the sample's vocabularies; and that it never suggests by accident."""

from collections.abc import Callable

import pytest
import suggest_cases
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT

from kunskapsbank.bank import Bank
from kunskapsbank.checks import unconfirmed
from kunskapsbank.markup import frontmatter
from kunskapsbank.model import vocabulary
from kunskapsbank.reading import schema, vocabulary_files
from kunskapsbank.suggest import suggestions
from kunskapsbank.suggest.evidence import Suggestion
from kunskapsbank.writing import drafts

VOCABULARIES = vocabulary_files.load(ROOT / "tests/cases/sample")[0]
Found = dict[str, list[tuple[object, str]]]


@pytest.fixture(scope="module")
def of() -> Callable[[str], Found]:
    """A function that returns key → values with passages of what a text suggests."""

    def found(text: str) -> Found:
        result: Found = {}
        for one in suggestions.suggest(text, VOCABULARIES, 2018):
            result.setdefault(one.key, []).append((one.value, one.passage))
        return result

    return found


@pytest.fixture(scope="module")
def report(of: Callable[[str], Found]) -> Found:
    return of((ROOT / "tests/cases/suggest/final-report.md").read_text("utf-8"))


def test_the_shared_cases_are_what_python_makes() -> None:
    assert suggest_cases.FILE.read_text("utf-8") == suggest_cases.made()


def test_a_report_tells_its_kind_years_owner_and_number(report: Found) -> None:
    assert report["typ"] == [("slutrapport", "Slutrapport 2021: Trygg hemma i Storby")]
    assert report["år"][0][0] == "2021"
    assert report["rapportår"] == [("2022", "Storby stadsdelsförvaltning, 12 mars 2022")]
    assert [owner for owner, _ in report["ägare"]] == ["Storby"]
    assert report["diarienummer"] == [("3.1.1-123/2022", "Dnr 3.1.1-123/2022")]


def test_terms_are_found_inflected_abbreviated_and_in_compounds_with_their_passage(report: Found) -> None:
    assert ("studiecirkel", "Studiecirklarna samlade 40 hushåll under 2021.") in report["metoder"]
    assert ("motiverande samtal", "MI 12 samtal") in report["metoder"]
    assert report["målgrupper"] == [("vräkningshotade", "Projektet hjälpte vräkningshotade familjer att bo kvar.")]
    assert report["teman"] == [("barn och unga", "Målet var att färre barn och ungdomar skulle bli hemlösa.")]


def test_what_stands_in_a_comment_suggests_nothing(report: Found) -> None:
    assert "socialpsykiatri" not in str(report)


def test_an_analysis_gets_status_method_and_passage(report: Found) -> None:
    passage = "Analysen gjordes enligt Sjuan och visar att 9 flickor och 5 pojkar deltog."
    assert report["jämställdhetsanalys"] == [({"status": "genomförd", "metod": ["Sjuan"]}, passage)]


def test_a_summary_is_whole_sentences_within_the_limit(report: Found) -> None:
    ((summary, _),) = report["sammanfattning"]
    assert str(summary).endswith("det fungerade.")
    assert len(str(summary)) <= 400


def test_a_plan_of_an_analysis_is_planned_and_money_before_2018_gives_none(of: Callable[[str], Found]) -> None:
    text = "# Projektplan {}\n\nEn jämställdhetsanalys ska göras senare."

    assert of(text.format(2018))["jämställdhetsanalys"][0][0] == {"status": "planerad"}
    assert "jämställdhetsanalys" not in of(text.format(2017))


def test_an_analysis_that_is_not_made_is_none(of: Callable[[str], Found]) -> None:
    assert "jämställdhetsanalys" not in of("# Slutrapport 2019\n\nIngen jämställdhetsanalys är gjord.")


def test_words_that_only_look_like_terms_suggest_nothing(of: Callable[[str], Found]) -> None:
    found = of((ROOT / "tests/cases/suggest/accidental.md").read_text("utf-8"))

    assert found.keys() == {"diarienummer"}


def test_an_owner_is_called_as_it_was_called_then(of: Callable[[str], Found]) -> None:
    assert of("# Delrapport för 2022\n\nNordby.")["ägare"] == [("Storby", "Nordby.")]
    # In 2018 Storby was two, and the text does not say which.
    assert "ägare" not in of("# Delrapport för 2018\n\nStorby.")


def test_a_trip_tells_where_it_went_and_a_report_does_not(of: Callable[[str], Found]) -> None:
    trip = of((ROOT / "tests/cases/suggest/trip.md").read_text("utf-8"))

    assert trip["plats"] == [("Göteborg", "Reserapport: studieresa till Göteborg 2019")]
    assert "plats" not in of("# Slutrapport 2019\n\nVi åkte till Göteborg.")


def test_at_most_four_terms_of_a_field_are_suggested(bank: Bank) -> None:
    labels = [term.label for term in bank.catalogue.vocabularies[vocabulary.METHODS]]
    found = suggestions.suggest("\n\n".join(f"## {label}" for label in labels), bank.catalogue.vocabularies, 2018)

    assert len([one for one in found if one.key == "metoder"]) == 4


def test_a_long_passage_is_shortened_at_a_space() -> None:
    found = suggestions.suggest(f"Studiecirkel {'ord ' * 60}", VOCABULARIES, 2018)

    assert found[0].passage.endswith("ord …")
    assert len(found[0].passage) <= 163


def test_suggestions_are_written_as_fields_to_confirm() -> None:
    fields, notes = suggestions.filled(
        [Suggestion("teman", "a", "x"), Suggestion("teman", "b", "y"), Suggestion("år", "2018", "z")]
    )
    text = drafts.written(fields, "", notes)

    assert fields == {"teman": ["a", "b"], "år": "2018"}
    assert text.count(f"# {unconfirmed.SUGGESTED}") == 3
    assert frontmatter.parse("a.md", text.encode()).fields.get("teman")


@given(
    st.text(st.sampled_from("# \n|*-<!>[]()`\\.:/12089Dnår kvinnor och män ska Farsta MI åäö\u0308\ud800"), max_size=60)
)
def test_any_text_gives_suggestions_and_no_exception(text: str) -> None:
    for one in suggestions.suggest(text, VOCABULARIES, 2018):
        assert one.key
        assert one.value


def test_most_suggestions_for_the_real_reports_are_what_the_editors_chose(bank: Bank) -> None:
    """The share right of those suggested; scripts/bench/suggestions.py prints the whole table."""
    least = {"owners": 0.95, "themes": 0.9, "methods": 0.9, "audiences": 0.6}
    attributes = {schema.key_of(attribute): attribute for attribute in least}
    right, suggested = dict.fromkeys(least, 0), dict.fromkeys(least, 0)
    for record in bank.catalogue:
        if record.kind != "slutrapport":
            continue
        text = f"# {record.title}\n\n## Sammanfattning\n\n{record.summary}\n\n{record.body.markdown}"
        for one in suggestions.suggest(text, bank.catalogue.vocabularies, 2018):
            if attribute := attributes.get(one.key):
                suggested[attribute] += 1
                right[attribute] += one.value in {term.label for term in getattr(record, attribute)}

    assert {name: right[name] / suggested[name] >= share for name, share in least.items()} == dict.fromkeys(least, True)
