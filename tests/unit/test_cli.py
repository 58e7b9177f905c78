"""The command: what it prints, its exit status, and what it says of a wrong command, on the sample bank."""

import json
from pathlib import Path

import pytest
from support import ROOT

from kunskapsbank.cli import main

SAMPLE = str(ROOT / "tests" / "cases" / "sample")


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """A function that runs `kunskapsbank` with the words given and returns status, output and error output."""

    def run(*words: str) -> tuple[int, str, str]:
        index = ("--index", str(tmp_path / "index")) if words[0] == "search" else ()
        try:
            status = main([*words, "--innehåll", SAMPLE, *index])
        except SystemExit as stop:
            status = int(str(stop.code))
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


def test_search_prints_hits_with_place_and_counts(ask) -> None:
    status, output, error = ask("search", "bryggan")
    assert (status, error) == (0, "")
    assert "träffar på ”bryggan”" in output
    assert "projekt/bryggan/" in output
    assert "\nDokumenttyp: " in output


def test_search_as_json_is_a_list_of_hits_best_first(ask) -> None:
    status, output, _ = ask("search", "bryggan", "--json", "--antal", "2")
    hits = json.loads(output)
    assert status == 0
    assert len(hits) == 2
    assert hits[0]["score"] >= hits[1]["score"] > 0
    assert {"id", "title", "kind", "year", "owners", "url", "score", "passage"} <= hits[0].keys()


def test_search_without_words_lists_the_newest_first(ask) -> None:
    _, output, _ = ask("search", "--json", "--antal", "99")
    years = [hit["year"] for hit in json.loads(output)]
    assert years == sorted(years, reverse=True)
    assert len(years) == 8


def test_search_asks_the_invented_only_when_told_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def hits(*words: str) -> list[tuple[str, bool]]:
        content, index = str(ROOT / "content"), str(tmp_path / "index")
        assert main(["search", *words, "--json", "--antal", "200", "--innehåll", content, "--index", index]) == 0
        return [(hit["url"], hit["example"]) for hit in json.loads(capsys.readouterr().out)]

    invented = ("resor/2022-goteborg/", True)
    assert hits("studiecirkel", "--stadsdel", "Bromma") == []
    assert hits("studiecirkel", "--stadsdel", "Bromma", "--exempel") == [invented]
    assert invented in hits("--exempel")
    assert not [url for url, example in hits() if example]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("search", "x", "--typ", "slutraport"), "--typ: 'slutraport' finns inte. Menade du 'slutrapport'?"),
        (("search", "x", "--antal", "många"), "--antal är 'många', men ska vara ett tal."),
        (("search", "--tema"), "--tema: behöver ett värde"),
        (("finn", "x"), "okänt kommando"),
    ],
)
def test_a_wrong_command_is_explained_in_swedish(ask, words: tuple[str, ...], expected: str) -> None:
    status, output, error = ask(*words)
    assert (status, output) == (2, "")
    assert expected in error
