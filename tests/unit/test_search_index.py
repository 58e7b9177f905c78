"""The full-text index: brought up to date where content changed, and the same answers however it came about."""

import hashlib
import json
import pickle
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from support import ROOT

from kunskapsbank.bank import Bank, open_bank
from kunskapsbank.search import concepts, engine, language
from kunskapsbank.search.analysis import Analyser
from kunskapsbank.search.documents import Document, documents
from kunskapsbank.search.index import Index


@pytest.fixture(scope="module")
def swedish(bank: Bank) -> Analyser:
    return language.analyser(bank.catalogue.vocabularies)


@pytest.fixture(scope="module")
def real(
    bank: Bank, found: list[Document], swedish: Analyser, once: Callable[[str, Callable[[Path], object]], Path]
) -> Path:
    """The folder of an index of them all, for those who only ask."""

    def fill(folder: Path) -> None:
        assert Index(folder / "index", swedish, ways=bank.index.facets).update(found).added == len(found)

    return once("whoosh", fill) / "index"


@pytest.fixture
def index(bank: Bank, real: Path, swedish: Analyser, tmp_path: Path) -> Index:
    """An index of them all, for those who change it."""
    return Index(Path(shutil.copytree(real, tmp_path / "index")), swedish, ways=bank.index.facets)


STATE = "kunskapsbank.json"
SAMPLE = ROOT / "tests/cases/sample"
QUESTIONS = ("samtal", "bryggan")


@cache
def small_bank() -> Bank:
    return open_bank(SAMPLE, date(2026, 11, 22))


@pytest.fixture(scope="module")
def few() -> list[Document]:
    """The sample's documents."""
    return list(documents(small_bank().catalogue, small_bank().index))


@pytest.fixture(scope="module")
def made(few: list[Document], tmp_path_factory: pytest.TempPathFactory) -> Index:
    """An index of the sample's documents, made once."""
    bank = small_bank()
    folder = tmp_path_factory.mktemp("few") / "index"
    made = Index(folder, language.analyser(bank.catalogue.vocabularies), ways=bank.index.facets)
    made.update(few)
    return made


@pytest.fixture
def small(made: Index, tmp_path: Path) -> Index:
    """An index of the sample's documents, to be changed by the test."""
    return Index(Path(shutil.copytree(made.folder, tmp_path / "index")), made.analyser, ways=small_bank().index.facets)


def sign(index: Index) -> None:
    """Write the state as if the files were those that were written, as whoever makes an index of his own can."""
    path = index.folder / STATE
    state = json.loads(path.read_text("utf-8"))
    state["files"] = {
        file.name: hashlib.blake2b(file.read_bytes()).hexdigest()
        for file in index.folder.iterdir()
        if file.name != STATE and not file.name.endswith("LOCK")
    }
    path.write_text(json.dumps(state), "utf-8")


def answers(index: Index) -> list[object]:
    results = [engine.search(small_bank(), index.folder, question, {}) for question in QUESTIONS]
    return [[(hit.document.id, hit.score) for hit in result.hits] for result in results]


def postings(index: Index, found: list[Document], question: str) -> object:
    numbers = {document.id: number for number, document in enumerate(found)}
    with index.reader(found) as reader:
        asked = concepts.question(index.analyser, question, reader)
        return reader.postings([term.text for concept in asked for term in concept.terms], numbers)


def test_nothing_is_done_where_nothing_has_changed(index: Index, found: list[Document]) -> None:
    changes = index.update(found)
    assert (changes.added, changes.changed, changes.removed) == (0, 0, 0)


def test_only_what_changed_is_indexed_again(bank: Bank, index: Index, found: list[Document], tmp_path: Path) -> None:
    # A document of ordinary length is taken out: the fields' middling lengths, rounded, stay as they were.
    ordinary = sorted(found[1:], key=lambda document: len(document.body))[len(found) // 2]
    edited = [replace(found[0], body=f"{found[0].body} Kattuggla."), *(one for one in found[1:] if one is not ordinary)]
    changes = index.update(edited)
    assert (changes.added, changes.changed, changes.removed) == (0, 1, 1)
    anew = Index(tmp_path / "anew", index.analyser, ways=bank.index.facets)
    anew.update(edited)
    for question in ("kattuggla", "hemlöshet", "stöd till föräldrar"):
        assert postings(index, edited, question) == postings(anew, edited, question)
    assert postings(index, edited, "kattuggla")


def test_an_index_that_broke_off_is_made_anew(small: Index, few: list[Document]) -> None:
    (small.folder / STATE).unlink()
    assert small.update(few).added == len(few)


FAULTS: dict[str, Callable[[bytes], bytes | None]] = {
    "gone": lambda data: None,
    "empty": lambda data: b"",
    "half written": lambda data: data[: len(data) // 2],
    "a byte changed": lambda data: data[:99] + bytes([data[99] ^ 255]) + data[100:],
    "something else": lambda data: b"\x00\xff <html>" * 50,
    "too long": lambda data: data + data,
}


# What Whoosh cannot read it leaves open, until Python closes it.
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize(
    ("of", "is_signed"),
    [(".toc", False), (".seg", False), (".json", False), (".toc", True), (".seg", True)],
    ids=["table", "segment", "state", "table that is said to be right", "segment that is said to be right"],
)
def test_what_is_damaged_is_made_anew_with_one_line_in_the_log(
    fault: str, of: str, is_signed: bool, small: Index, few: list[Document], caplog: pytest.LogCaptureFixture
) -> None:
    before = answers(small)
    file = next(path for path in small.folder.iterdir() if path.suffix == of)
    changed = FAULTS[fault](file.read_bytes())
    file.unlink() if changed is None else file.write_bytes(changed)
    if is_signed:
        sign(small)
    caplog.clear()
    assert answers(small) == before
    assert len(caplog.messages) <= 1
    assert is_signed or len(caplog.messages) == 1
    assert small.update(few).added == 0


class Bomb:
    """An object that runs something when Python's own pickle reads it."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return open, (str(self.mark), "w")


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("place", ["table", "table of an older version", "postings and stored documents"])
def test_nothing_in_an_index_is_ever_run(place: str, small: Index, tmp_path: Path) -> None:
    before = answers(small)
    bomb = pickle.dumps(Bomb(tmp_path / "run"), 2)
    toc = next(path for path in small.folder.iterdir() if path.suffix == ".toc")
    data = toc.read_bytes()
    if place == "table":
        toc.write_bytes(data[: data.rindex(b"\x80\x05")] + bomb)
    elif place == "table of an older version":
        # The sign of the byte order, the version, that of Whoosh, no schema, generation, unused; then the segments.
        version = data.index((-12345).to_bytes(4, "big", signed=True)) + 4
        head = (-110).to_bytes(4, "big", signed=True) + bytes([2, 7, 5, 0]) + (1).to_bytes(4, "big") + bytes(4)
        toc.write_bytes(data[:version] + head + bomb)
    else:
        segment = next(path for path in small.folder.iterdir() if path.suffix == ".seg")
        whole = segment.read_bytes()
        places = [match.start() for match in re.finditer(rb"\x80[\x02-\x05]", whole)]
        for start in places:
            whole = whole[:start] + bomb[: len(whole) - start] + whole[start + len(bomb) :]
        segment.write_bytes(whole)
    sign(small)
    assert answers(small) == before
    assert not (tmp_path / "run").exists()
    # Python's own would have run it.
    pickle.loads(bomb).close()
    assert (tmp_path / "run").exists()


def test_whoosh_has_no_other_way_to_read_pickles() -> None:
    # Of the modules that are loaded, externalsort reads only what it has written itself a moment ago.
    own = (pickle.load, pickle.loads, pickle)
    loaded = {name: module for name, module in sys.modules.items() if name.startswith("whoosh.")}
    holding = {
        name for name, module in loaded.items() for value in vars(module).values() if any(value is one for one in own)
    }
    assert holding <= {"whoosh.compat", "whoosh.util.loading", "whoosh.externalsort"}


ASKING = """
import sys
from datetime import date
from pathlib import Path
from kunskapsbank.bank import open_bank
from kunskapsbank.search import engine, language
bank = open_bank(Path(sys.argv[1]), date(2026, 11, 22))
print("ready", flush=True)
sys.stdin.readline()
for _ in range(5):
    print(len(engine.search(bank, Path(sys.argv[2]), "stöd", {}).hits))
"""


def test_first_searches_at_the_same_time_all_have_their_answer(few: list[Document], tmp_path: Path) -> None:
    command = [sys.executable, "-c", ASKING, str(SAMPLE), str(tmp_path / "index")]
    asking = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    for person in asking:
        assert person.stdout
        assert person.stdout.readline() == "ready\n"
    answered = [person.communicate("go\n") for person in asking]
    assert [errors for _, errors in answered] == ["", "", ""]
    assert len({output for output, _ in answered}) == 1


def test_a_search_goes_on_while_the_index_is_made_anew(small: Index, few: list[Document]) -> None:
    numbers = {document.id: number for number, document in enumerate(few)}
    with small.reader(few) as reader:
        terms = [term.text for question in QUESTIONS for concept in reader.question(question) for term in concept.terms]
        before = reader.postings(terms, numbers)
        (small.folder / STATE).unlink()
        small.update(few[1:])
        assert reader.postings(terms, numbers) == before


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("hemlöshet", "projekt/bostad-direkt-fran-gatan/"),
        ("vräkning", "projekt/bo-kvar/"),
        ("jamstalldhet sjuan", "projekt/sodermalmsmodellen/2018-slutrapport/"),
        ("LIFH", "projekt/lihf/"),
        ("metod:LIFH", "projekt/lihf/"),
        ('metod:"lokal evidens"', "projekt/oppenvard-sydost/"),
        ("titel:samlarteam AND typ:slutrapport", "projekt/samlarteam/2018-slutrapport/"),
        ('stadsdel:Skärholmen NOT tema:"familjehemsvård" titel:"bo kvar" typ:projekt', "projekt/bo-kvar/"),
    ],
)
def test_the_real_content_answers(bank: Bank, real: Path, question: str, expected: str) -> None:
    result = engine.search(bank, real, question, {})
    assert expected in [hit.document.url for hit in result.hits[:3]]


def test_a_district_of_today_finds_what_its_predecessors_wrote(bank: Bank, real: Path) -> None:
    result = engine.search(bank, real, "polis", {"stadsdelar": frozenset({"jarva"})})
    assert {owner for hit in result.hits for owner in hit.document.owners} <= {
        *{"Rinkeby-Kista", "Spånga-Tensta", "Södermalm", "Skärholmen"}
    }
    assert result.hits


def test_counts_tell_what_choosing_a_term_would_give(bank: Bank, real: Path) -> None:
    chosen = {"stadsdelar": frozenset({"farsta"}), "typer": frozenset({"slutrapport"})}
    counts = engine.search(bank, real, "stöd", chosen).counts
    for facet, term in (("typer", "projektplan"), ("stadsdelar", "sodermalm"), ("ar", "2018")):
        narrowed = {**chosen, facet: frozenset({term})}
        hits = engine.search(bank, real, "stöd", narrowed).hits
        assert counts[facet].get(term, 0) == len(hits)


@pytest.mark.parametrize(
    "question",
    ["", "   ", "och att det", "?!.,", "<script>alert(1)</script>", "(((", "a" * 5000, "🙂", "NOT", 'titel:"', "x:y:z"],
)
def test_odd_questions_are_answered_without_a_fault(bank: Bank, real: Path, question: str) -> None:
    result = engine.search(bank, real, question, {})
    assert all(isinstance(result.passage(hit), str) for hit in result.hits)
