"""The browser's index: sorted, the same bytes every time, small in parts, and with what the documents hold."""

import gzip
import json
from dataclasses import replace
from pathlib import Path

from kunskapsbank.bank import Bank
from kunskapsbank.search import export, language
from kunskapsbank.search.analysis import Analyser
from kunskapsbank.search.documents import Document
from kunskapsbank.search.keeping import KeepingAnalyser
from kunskapsbank.swedish.stem import stem
from kunskapsbank.swedish.words import unaccented


def manifest(folder: Path) -> dict:
    return json.loads((folder / "manifest.json").read_text("utf-8"))


def shard(folder: Path, path: str) -> bytes:
    return gzip.decompress((folder / manifest(folder)["folder"] / path).read_bytes())


def numbers(data: bytes) -> list[int]:
    found, current, shift = [], 0, 0
    for byte in data:
        current |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            found.append(current)
            current = shift = 0
    return found


def terms(data: bytes) -> dict[str, list[int]]:
    """Take a leaf apart as the browser does: term → the numbers of its postings."""
    found, place = {}, 0

    def varint() -> int:
        nonlocal place
        start = place
        while data[place] >= 0x80:
            place += 1
        place += 1
        return numbers(data[start:place])[0]

    while place < len(data):
        size = varint()
        term = data[place : place + size].decode()
        place += size
        size = varint()
        found[term] = numbers(data[place : place + size])
        place += size
    return found


def swedish(bank: Bank) -> Analyser:
    return language.analyser(bank.catalogue.vocabularies, bank.catalogue.words)


def test_two_exports_are_the_same_to_the_byte(
    bank: Bank, found: list[Document], exported: Path, tmp_path: Path
) -> None:
    export.write(tmp_path, found, bank.index, swedish(bank), language.known_words())
    first, second = (
        {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (exported, tmp_path)
    )
    assert first == second


def test_another_content_gets_another_folder(bank: Bank, found: list[Document], exported: Path, tmp_path: Path) -> None:
    edited = [replace(found[0], summary="Om kattuggla."), *found[1:]]
    export.write(tmp_path, edited, bank.index, swedish(bank), language.known_words())
    assert manifest(tmp_path)["folder"] != manifest(exported)["folder"]


def test_every_list_and_object_is_sorted(exported: Path) -> None:
    whole = manifest(exported)
    leaves = [shard(exported, f"t/0/{number}.kb") for number in range(len(whole["terms"]["first"]))]
    keys = [unaccented(term) for leaf in leaves for term in terms(leaf)]
    assert keys == sorted(keys)
    assert whole["terms"]["first"] == [unaccented(next(iter(terms(leaf)))) for leaf in leaves]
    assert whole["parts"] == sorted(whole["parts"])
    assert list(whole) == sorted(whole)


def test_a_term_has_the_documents_that_hold_it(found: list[Document], exported: Path) -> None:
    whole = manifest(exported)
    postings = {}
    for number in range(len(whole["terms"]["first"])):
        postings |= terms(shard(exported, f"t/0/{number}.kb"))
    count, number, impact, *_ = postings[stem("samlarteam")]
    assert count == sum("samlarteam" in " ".join(document.texts.values()).lower() for document in found)
    assert "samlarteam" in " ".join(found[number].texts.values()).lower()
    assert impact > 0


def test_facets_ride_along(found: list[Document], exported: Path) -> None:
    whole = manifest(exported)
    ordinals = [(facet["id"], term["id"]) for facet in whole["facets"] for term in facet["terms"]]
    jarva = ordinals.index(("stadsdelar", "jarva"))
    place, expected = 0, []
    for step in numbers(shard(exported, f"b/{jarva}.kb")):
        place += step
        expected.append(place)
    assert expected == [n for n, document in enumerate(found) if "jarva" in document.facets.get("stadsdelar", ())]
    [count] = [term["count"] for facet in whole["facets"] for term in facet["terms"] if term["id"] == "jarva"]
    assert count == len(expected)


def test_what_is_shown_of_a_document_is_its_own_file(found: list[Document], exported: Path) -> None:
    shown = json.loads(shard(exported, "d/0.kb"))
    assert shown["id"] == found[0].id
    assert shown["summary"] == found[0].summary


def test_kept_analyses_give_the_same_index(bank: Bank, found: list[Document], exported: Path, tmp_path: Path) -> None:
    for folder in ("first", "second"):
        with KeepingAnalyser(swedish(bank), tmp_path / "analysed.jsonl.gz") as keeping:
            export.write(tmp_path / folder, found, bank.index, keeping, language.known_words())
        assert manifest(tmp_path / folder) == manifest(exported)
    assert (tmp_path / "analysed.jsonl.gz").stat().st_size > 0


def test_a_damaged_file_of_kept_analyses_is_done_without(bank: Bank, found: list[Document], tmp_path: Path) -> None:
    file = tmp_path / "analysed.jsonl.gz"
    file.write_bytes(b"inget arkiv" * 100)
    with KeepingAnalyser(swedish(bank), file) as keeping:
        assert keeping.field(found[0].body).length > 0
