"""The full-text index: brought up to date where content changed, and the same answers however it came about."""

from dataclasses import replace
from pathlib import Path

import pytest

from kunskapsbank.bank import Bank
from kunskapsbank.search import engine
from kunskapsbank.search.documents import Document
from kunskapsbank.search.index import Index


@pytest.fixture
def index(bank: Bank, found: list[Document], tmp_path: Path) -> Index:
    """An index of them all."""
    made = Index(tmp_path / "index", engine.analyser(bank.catalogue.vocabularies))
    assert made.update(found).added == len(found)
    return made


def postings(index: Index, found: list[Document], question: str) -> object:
    numbers = {document.id: number for number, document in enumerate(found)}
    with index.reader() as reader:
        concepts = index.analyser.question(question, reader)
        return reader.postings([term.text for concept in concepts for term in concept.terms], numbers)


def test_nothing_is_done_where_nothing_has_changed(index: Index, found: list[Document]) -> None:
    changes = index.update(found)
    assert (changes.added, changes.changed, changes.removed) == (0, 0, 0)


def test_only_what_changed_is_indexed_again(index: Index, found: list[Document], tmp_path: Path) -> None:
    # A document of ordinary length is taken out: the fields' middling lengths, rounded, stay as they were.
    edited = [replace(found[0], body=f"{found[0].body} Kattuggla."), found[1], *found[3:]]
    changes = index.update(edited)
    assert (changes.added, changes.changed, changes.removed) == (0, 1, 1)
    anew = Index(tmp_path / "anew", index.analyser)
    anew.update(edited)
    for question in ("kattuggla", "hemlöshet", "stöd till föräldrar"):
        assert postings(index, edited, question) == postings(anew, edited, question)
    assert postings(index, edited, "kattuggla")


def test_an_index_that_broke_off_is_made_anew(index: Index, found: list[Document], tmp_path: Path) -> None:
    (tmp_path / "index" / "kunskapsbank.json").unlink()
    assert index.update(found).added == len(found)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("hemlöshet", "projekt/bostad-direkt-fran-gatan/"),
        ("vräkning", "projekt/bo-kvar/"),
        ("jamstalldhet sjuan", "projekt/sodermalmsmodellen/2018-slutrapport/"),
        ("LIFH", "projekt/lihf/"),
        ("titel:samlarteam AND typ:projektplan", "projekt/samlarteam/2019-projektplan/"),
        ('stadsdel:Skärholmen NOT tema:"familjehemsvård" titel:"bo kvar" typ:projekt', "projekt/bo-kvar/"),
    ],
)
def test_the_real_content_answers(bank: Bank, tmp_path: Path, question: str, expected: str) -> None:
    result = engine.search(bank, tmp_path / "index", question, {})
    assert expected in [hit.document.url for hit in result.hits[:3]]


def test_a_district_of_today_finds_what_its_predecessors_wrote(bank: Bank, tmp_path: Path) -> None:
    result = engine.search(bank, tmp_path / "index", "polis", {"stadsdelar": frozenset({"jarva"})})
    assert {owner for hit in result.hits for owner in hit.document.owners} <= {
        *{"Rinkeby-Kista", "Spånga-Tensta", "Södermalm", "Skärholmen"}
    }
    assert result.hits


def test_counts_tell_what_choosing_a_term_would_give(bank: Bank, tmp_path: Path) -> None:
    chosen = {"stadsdelar": frozenset({"farsta"}), "typer": frozenset({"slutrapport"})}
    counts = engine.search(bank, tmp_path / "index", "stöd", chosen).counts
    for facet, term in (("typer", "projektplan"), ("stadsdelar", "sodermalm"), ("ar", "2018")):
        narrowed = {**chosen, facet: frozenset({term})}
        hits = engine.search(bank, tmp_path / "index", "stöd", narrowed).hits
        assert counts[facet].get(term, 0) == len(hits)


@pytest.mark.parametrize(
    "question",
    ["", "   ", "och att det", "?!.,", "<script>alert(1)</script>", "(((", "a" * 5000, "🙂", "NOT", 'titel:"', "x:y:z"],
)
def test_odd_questions_are_answered_without_a_fault(bank: Bank, tmp_path: Path, question: str) -> None:
    result = engine.search(bank, tmp_path / "index", question, {})
    assert all(isinstance(result.passage(hit), str) for hit in result.hits)
