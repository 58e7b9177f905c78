import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from engines import Engine
from ours import Client
from plain import Bm25Stems
from questions import (
    Document,
    Question,
    SetError,
    keywords,
    raw,
    read_documents,
    read_questions,
    spread,
    two_words,
)
from relevance import OURS, compare, table

DOCUMENTS = [
    Document("boende", "Boendestöd", "Boendestödjare hjälper till i hemmet."),
    Document("skola", "Skola", "Eleverna får stöd av kuratorn i skolan."),
    Document("polis", "", "Polisen och socialtjänsten träffar ungdomar."),
]


@pytest.mark.parametrize(
    ("question", "as_raw", "as_keywords", "as_two_words"),
    [
        (
            "Hur många barn, i Rinkeby-Kista, fick stöd?",
            "Hur många barn i Rinkeby-Kista fick stöd",
            "många barn Rinkeby-Kista fick stöd",
            "många Rinkeby-Kista",
        ),
        (
            "Vad gäller EU:s bidrag 2018–2019?",
            "Vad gäller EU s bidrag 2018 2019",
            "gäller EU s bidrag 2018 2019",
            "gäller bidrag",
        ),
        ("Vad är det?", "Vad är det", "Vad är det", "Vad det"),
        ("Vräkning", "Vräkning", "Vräkning", "Vräkning"),
        ("… ?", "", "", ""),
    ],
)
def test_three_ways_of_asking(question: str, as_raw: str, as_keywords: str, as_two_words: str) -> None:
    assert raw(question) == as_raw
    assert keywords(question) == as_keywords
    assert two_words(question) == as_two_words


def test_a_set_is_read_as_it_stands(tmp_path: Path) -> None:
    documents, queries = tmp_path / "d.jsonl", tmp_path / "q.jsonl"
    documents.write_text(
        '{"id": "a", "title": "", "text": "Ett"}\n\n{"id": "b", "title": "Å", "text": "Två"}\n', "utf-8"
    )
    queries.write_text('{"query": "ett?", "relevant": ["a", "b"]}\n', "utf-8")
    read = read_documents(documents)
    assert read == [Document("a", "", "Ett"), Document("b", "Å", "Två")]
    assert read_questions(queries, read) == [Question("ett?", frozenset("ab"))]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "q.jsonl:2: not JSON"),
        ("[]", "q.jsonl:2: '[]' is not an object"),
        ('{"query": 3, "relevant": ["polis"]}', "q.jsonl:2: query is 3; it must be a text"),
        ('{"query": "x", "relevant": []}', "q.jsonl:2: relevant is []; it must list at least one id"),
        ('{"query": "x", "relevant": ["polsi"]}', "q.jsonl:2: no document has the id 'polsi'"),
    ],
)
def test_a_faulty_line_is_named(line: str, message: str, tmp_path: Path) -> None:
    queries = tmp_path / "q.jsonl"
    queries.write_text('{"query": "x", "relevant": ["polis"]}\n' + line + "\n", "utf-8")
    with pytest.raises(SetError) as caught:
        read_questions(queries, DOCUMENTS)
    assert str(caught.value).startswith(message)


def test_an_id_may_stand_once(tmp_path: Path) -> None:
    documents = tmp_path / "d.jsonl"
    documents.write_text(2 * (json.dumps({"id": "a", "title": "", "text": ""}) + "\n"), "utf-8")
    with pytest.raises(SetError, match="'a' is used twice"):
        read_documents(documents)


def test_a_limit_takes_questions_from_the_whole_set() -> None:
    questions = [Question(str(number), frozenset("a")) for number in range(10)]
    assert [question.query for question in spread(questions, 3)] == ["0", "3", "6"]
    assert spread(questions, None) == spread(questions, 99) == questions


@pytest.mark.parametrize("make", OURS)
def test_our_engines_find_an_inflected_word(make: type[Engine], tmp_path: Path) -> None:
    if make is Client and not shutil.which("node"):
        pytest.skip("needs Node.js")
    engine = make()
    engine.build(DOCUMENTS, tmp_path)
    assert engine.search(["polis ungdom", "elevens skola", "xyz"]) == [["polis"], ["skola"], []]


def test_equal_scores_keep_the_order_of_the_documents(tmp_path: Path) -> None:
    engine = Bm25Stems()
    engine.build([Document(name, "", "samma ord") for name in "cab"], tmp_path)
    assert engine.search(["ord"]) == [["c", "a", "b"]]


class Alphabetical:
    """Knows every document and answers only one-word questions."""

    name = "alphabetical"

    def build(self, documents: Sequence[Document], folder: Path) -> None:
        assert list(folder.iterdir()) == []
        self.ids = sorted(document.id for document in documents)

    def search(self, queries: Sequence[str]) -> list[list[str]]:
        return [[] if " " in query else self.ids for query in queries]


def test_each_way_of_asking_gets_its_own_scores() -> None:
    questions = [Question("Var är boende?", frozenset(["boende"])), Question("Polis!", frozenset(["polis"]))]
    scores = compare([Alphabetical], DOCUMENTS, questions)
    assert table(scores).splitlines() == [
        "| asked as | engine | nDCG@10 | MRR@10 | recall@10 | success@1 | no hit |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
        "| raw | alphabetical | 0.315 | 0.250 | 0.500 | 0.000 | 0.500 |",
        "| keywords | alphabetical | 0.815 | 0.750 | 1.000 | 0.500 | 0.000 |",
        "| two words | alphabetical | 0.815 | 0.750 | 1.000 | 0.500 | 0.000 |",
    ]
