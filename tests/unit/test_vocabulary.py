from datetime import date
from pathlib import Path

import pytest

from kunskapsbank.model import vocabulary
from kunskapsbank.model.vocabulary import Term, Vocabulary
from kunskapsbank.reading import vocabulary_files
from kunskapsbank.reading.vocabulary_files import load, parse

SAMPLE = Path(__file__).parents[2] / "tests/cases/sample"
OWNERS = load(SAMPLE)[0][vocabulary.OWNERS]


def labels(terms: tuple[Term, ...]) -> list[str]:
    return [term.label for term in terms]


def chain(*pairs: tuple[str, tuple[str, ...]]) -> Vocabulary:
    return Vocabulary("ägare", terms=tuple(Term(name, name, successors=after) for name, after in pairs))


@pytest.mark.parametrize("name", ["motiverande-samtal", "motiverande samtal", "Motiverande  Samtal", "MI", "mi"])
def test_term_is_found_by_id_name_and_abbreviation(name: str) -> None:
    term = load(SAMPLE)[0][vocabulary.METHODS].find(name)
    assert term is not None
    assert term.id == "motiverande-samtal"


def test_unknown_term_gets_a_suggestion() -> None:
    assert OWNERS.find("Nordbyn") is None
    assert OWNERS.suggestion("Nordbyn") == "Nordby"
    assert OWNERS.suggestion("Kiruna") is None


def test_merger_is_known_from_both_ends() -> None:
    assert labels(OWNERS.predecessors(OWNERS.get("storby"))) == ["Nordby", "Sydby"]
    assert labels(OWNERS.successors(OWNERS.get("nordby"))) == ["Storby"]
    assert OWNERS.predecessors(OWNERS.get("farsta")) == OWNERS.successors(OWNERS.get("farsta")) == ()


def test_names_that_changed_twice_lead_to_today() -> None:
    districts = chain(("a", ("b",)), ("b", ("c", "d")), ("c", ()), ("d", ()))
    assert labels(districts.successors(districts.get("a"))) == ["c", "d"]
    assert labels(districts.predecessors(districts.get("d"))) == ["a", "b"]


def test_names_in_a_ring_end() -> None:
    districts = chain(("a", ("b",)), ("b", ("a",)))
    assert districts.successors(districts.get("a")) == ()
    assert labels(districts.predecessors(districts.get("a"))) == ["b"]


@pytest.mark.parametrize(("year", "nordby", "storby"), [(2019, True, False), (2020, True, True), (2021, False, True)])
def test_a_name_is_valid_on_any_day_of_the_year(year: int, nordby: bool, storby: bool) -> None:
    assert OWNERS.get("nordby").valid_in(year) is nordby
    assert OWNERS.get("storby").valid_in(year) is storby


def test_terms_keep_the_order_of_the_file() -> None:
    assert [term.position for term in OWNERS] == [0, 1, 2, 3, 4]
    assert OWNERS.get("nordby").valid_to == date(2020, 6, 30)
    assert not OWNERS.get("socialforvaltningen").is_district


def test_unknown_id_is_no_name() -> None:
    with pytest.raises(KeyError):
        OWNERS.get("Storby")
    assert OWNERS.label("finns-inte") == "finns-inte"


def test_broken_file_leaves_the_other_terms() -> None:
    found, problems = parse("teman", b"termer:\n  - id: a\n    namn: A\n    f\xc3\xb6rklaring: x\n  - id: B!\n")
    assert labels(found.terms) == ["A"]
    assert found.broken
    assert problems


def test_missing_folder_is_twelve_problems_and_no_exception(tmp_path: Path) -> None:
    found, problems = load(tmp_path)
    assert found.keys() == vocabulary_files.REQUIRED.keys()
    assert all(terms.broken for terms in found.values())
    assert len(problems) == len(vocabulary_files.REQUIRED)


def test_folder_in_the_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "vokabular" / "teman.yml").mkdir(parents=True)
    assert "vokabular/teman.yml" in [problem.file for problem in load(tmp_path)[1]]


def test_a_kind_of_document_has_the_headings_that_it_should_have() -> None:
    sections = load(SAMPLE)[0][vocabulary.KINDS].get("slutrapport").sections
    assert [section.heading for section in sections][:3] == ["Bakgrund", "Syfte och mål", "Så arbetade projektet"]
    assert {section.heading: section.from_year for section in sections}["Jämställdhetsanalys"] == 2018
    assert all(section.help for section in sections)
