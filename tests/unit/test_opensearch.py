"""What is handed to an OpenSearch: of the documented shapes, whole, and the same for the same bank.

`scripts/bench/opensearch_shapes.py` holds the files against OpenSearch's own specification, and
`scripts/bench/own_questions.py --lucene` asks Lucene with the exported analysis.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import ROOT

from kunskapsbank import cli
from kunskapsbank.bank import Bank
from kunskapsbank.search import opensearch
from kunskapsbank.search.documents import Document

# The parameters that the documentation gives each filter, besides its type.
DOCUMENTED = {
    "stemmer": {"language"},
    "synonym_graph": {"synonyms", "synonyms_path", "lenient", "format", "expand"},
    "dictionary_decompounder": {
        "word_list",
        "word_list_path",
        "min_word_size",
        "min_subword_size",
        "max_subword_size",
        "only_longest_match",
    },
    "stemmer_override": {"rules", "rules_path"},
    "unique": {"only_on_same_position"},
}
BUILT_IN = {"lowercase"}


@pytest.fixture(scope="module")
def files(bank: Bank) -> dict[str, str]:
    """The files of the real content."""
    return opensearch.files(bank)


@pytest.fixture(scope="module")
def index(files: dict[str, str]) -> Any:
    """The request that makes the index."""
    return json.loads(files["index.json"])


def records(files: dict[str, str]) -> Iterator[tuple[Any, Any]]:
    for name, text in files.items():
        if name.endswith(".ndjson"):
            assert text.endswith("\n")
            lines = text.removesuffix("\n").split("\n")
            yield from zip(map(json.loads, lines[::2]), map(json.loads, lines[1::2]), strict=True)


def test_filters_take_only_what_is_documented_and_analyzers_only_what_there_is(index: Any) -> None:
    analysis = index["settings"]["analysis"]
    for name, chosen in analysis["filter"].items():
        assert chosen.keys() - {"type"} <= DOCUMENTED[chosen["type"]], name
    for analyzer in analysis["analyzer"].values():
        assert (analyzer["type"], analyzer["tokenizer"]) == ("custom", "standard")
        assert {*analyzer["filter"]} <= analysis["filter"].keys() | BUILT_IN
        assert {*analyzer.get("char_filter", ())} <= analysis["char_filter"].keys()
    fields = index["mappings"]["properties"].values()
    used = {field[key] for field in fields for key in ("analyzer", "search_analyzer") if key in field}
    used |= {part["analyzer"] for field in fields for part in field.get("fields", {}).values()}
    assert used <= analysis["analyzer"].keys()


def test_a_synonym_filter_stands_where_its_rules_can_be_read(index: Any) -> None:
    # The rules are analysed by what stands before the filter, which must leave one word where there was one.
    analysis = index["settings"]["analysis"]
    for analyzer in analysis["analyzer"].values():
        kinds = [analysis["filter"].get(name, {"type": name})["type"] for name in analyzer["filter"]]
        if "synonym_graph" in kinds:
            assert {*kinds[: kinds.index("synonym_graph")]} <= {"lowercase", "stemmer"}


def test_rules_say_what_means_the_same_and_what_is_wider(index: Any) -> None:
    filters = index["settings"]["analysis"]["filter"]
    same, wider = filters["sv_samma"]["synonyms"], filters["sv_vidare"]["synonyms"]
    assert any({"MI", "motiverande samtal"} <= {*rule.split(", ")} for rule in same)
    [heroin] = [rule for rule in wider if rule.startswith("heroin => ")]
    assert "narkotika" in heroin.partition(" => ")[2].split(", ")
    assert all(re.fullmatch(r"[^,>]+(?:, [^,>]+)+", rule) for rule in same)
    assert all(re.fullmatch(r"[^,>]+ => [^,>]+(?:, [^,>]+)+", rule) for rule in wider)


def test_compounds_have_their_parts(index: Any) -> None:
    filters = index["settings"]["analysis"]["filter"]
    assert {"familje", "hem", "placer"} <= {*filters["sv_delar"]["word_list"]}
    assert "familje => familj" in filters["sv_delars_stam"]["rules"]


def test_every_record_is_there_once_and_fits_the_index(bank: Bank, files: dict[str, str], index: Any) -> None:
    found = list(records(files))
    assert sorted(action["index"]["_id"] for action, _ in found) == sorted(record.id for record in bank.catalogue.real)
    kinds = {name: field["type"] for name, field in index["mappings"]["properties"].items()}
    assert index["mappings"]["dynamic"] == "strict"
    for action, record in found:
        assert [*action] == ["index"]
        assert record.keys() <= kinds.keys()
        for name, value in record.items():
            values = value if isinstance(value, list) else [value]
            assert all(isinstance(one, int if kinds[name] == "integer" else str) for one in values), name
    stella = next(record for _, record in found if record["id"] == "stella")
    assert sorted(stella["ar"]) == [2013, 2014, 2015, 2016]
    assert "Järva" in stella["stadsdelar"]


def test_a_large_bank_is_several_files(bank: Bank, monkeypatch: pytest.MonkeyPatch, files: dict[str, str]) -> None:
    monkeypatch.setattr(opensearch, "MOST_BYTES", 20_000)
    again = opensearch.files(bank)
    parts = [text for name, text in again.items() if name.endswith(".ndjson")]
    assert len(parts) > 3
    assert max(len(part.encode()) for part in parts) <= 20_000
    assert list(records(again)) == list(records(files))


def test_questions_ask_what_is_in_the_index(index: Any) -> None:
    properties = index["mappings"]["properties"]
    known = {*properties} | {f"{name}.{part}" for name, one in properties.items() for part in one.get("fields", ())}
    analyzers = index["settings"]["analysis"]["analyzer"]

    def asked(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            assert value.get("analyzer", "sv") in analyzers
            for key, one in value.items():
                if key in {"terms", "match_phrase"} and "field" not in one:
                    yield from one
                elif key == "fields":
                    yield from (str(name).partition("^")[0] for name in one)
                elif key == "field":
                    yield one
                yield from asked(one)
        elif isinstance(value, list):
            for one in value:
                yield from asked(one)

    questions = opensearch.questions()
    assert len(questions) > 4
    for name, question in questions.items():
        assert {*asked(question)} <= known, name


def test_nothing_is_lost_of_a_text(files: dict[str, str], found: list[Document]) -> None:
    by_id = {record["id"]: record for _, record in records(files)}
    assert all(by_id[document.id]["text"] == document.body for document in found)


def test_the_command_writes_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = str(ROOT / "tests/cases/sample")
    assert cli.main(["export", "opensearch", str(tmp_path / "ut"), "--innehåll", content]) == 0
    assert "filer har skrivits till" in capsys.readouterr().out
    written = {path.relative_to(tmp_path / "ut").as_posix() for path in (tmp_path / "ut").rglob("*") if path.is_file()}
    assert {"index.json", "poster-0001.ndjson", "fragor/ord.json", "LAS-MIG.md"} <= written
    assert cli.main(["export", "opensearch", "--innehåll", content]) == 2
    assert "ange också mappen" in capsys.readouterr().err
