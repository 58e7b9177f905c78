"""The browser's index: sorted, the same bytes every time, small in parts, and with what the documents hold."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

from kunskapsbank.bank import Bank
from kunskapsbank.search import export, language
from kunskapsbank.search.analysis import Analyser
from kunskapsbank.search.beside import NAMED, PROJECTS
from kunskapsbank.search.documents import Document
from kunskapsbank.search.keeping import KeepingAnalyser
from kunskapsbank.search.meanings import GROUP_MARK
from kunskapsbank.search.numbering import numbered
from kunskapsbank.search.terms import MEANING_MARK, WORDS_MARK, leaf_name
from kunskapsbank.swedish.stem import stem
from kunskapsbank.swedish.text import normalise
from kunskapsbank.swedish.words import unaccented


def manifest(folder: Path) -> dict:
    return json.loads((folder / "manifest.json").read_text("utf-8"))


def shard(folder: Path, path: str) -> bytes:
    return gzip.decompress((folder / path).read_bytes())


def files(folder: Path) -> dict[str, bytes]:
    """Return the files of an index without those that lie beside it."""
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {name: data for name, data in found.items() if name.split("/")[0] not in {NAMED, PROJECTS}}


def beginnings(folder: Path) -> list[str]:
    found, last = [], ""
    for part in manifest(folder)["leaves"].split(" "):
        last = last[: len(last) - ord(part[0]) + ord("0")] + part[1:]
        found.append(last)
    return found


def leaves(folder: Path) -> Iterator[dict[str, bytes]]:
    for beginning in beginnings(folder):
        yield entries(shard(folder, f"t/{leaf_name(beginning)}.kb"))


def numbers(data: bytes) -> list[int]:
    found, current, shift = [], 0, 0
    for byte in data:
        current |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            found.append(current)
            current = shift = 0
    return found


def entries(data: bytes) -> dict[str, bytes]:
    """Take a leaf apart as the browser does: name → what is known of it."""
    found, place = {}, 0

    def sized() -> bytes:
        nonlocal place
        start = place
        while data[place] >= 0x80:
            place += 1
        place += 1
        size = numbers(data[start:place])[0]
        place += size
        return data[place - size : place]

    while place < len(data):
        name = sized().decode()
        found[name] = sized()
    return found


def swedish(bank: Bank) -> Analyser:
    return language.analyser(bank.catalogue.vocabularies, bank.catalogue.words)


def test_two_exports_are_the_same_to_the_byte(
    bank: Bank, found: list[Document], exported: Path, tmp_path: Path
) -> None:
    export.write(tmp_path, found, bank.index, swedish(bank), language.known_words())
    assert files(exported) == files(tmp_path)


def test_an_edit_changes_the_files_that_tell_of_it_and_no_other_name(
    bank: Bank, found: list[Document], exported: Path, tmp_path: Path
) -> None:
    edited = [replace(found[0], body=f"{found[0].body} Kattuggla."), *found[1:]]
    export.write(tmp_path, edited, bank.index, swedish(bank), language.known_words())
    before, after = files(exported), files(tmp_path)
    # A leaf that grows too large is divided; it keeps its name.
    assert before.keys() <= after.keys()
    assert len(after.keys() - before.keys()) <= 1
    changed = {name for name, data in after.items() if data != before.get(name)} - {"manifest.json"}
    number = next(number for number, document in numbered(found).items() if document is found[0])
    terms = {name for name in changed if name.startswith("t/")}
    assert {name for name in changed if name[0] in "dh"} <= {
        f"d/{number}.kb",
        *(f"h/{number}-{n}.kb" for n in range(9)),
    }
    # The document is a word longer, so what is rounded in it changes here and there.
    assert 0 < len(terms) < len(beginnings(exported)) / 3
    assert {name[0] for name in changed} <= {"d", "h", "t", "w", "p"}
    assert manifest(tmp_path)["version"] != manifest(exported)["version"]


def test_the_order_in_which_documents_come_is_of_no_account(bank: Bank, found: list[Document], tmp_path: Path) -> None:
    some = found[:12]
    for folder, those in (("first", some), ("second", some[::-1])):
        export.write(tmp_path / folder, those, bank.index, swedish(bank))
    assert files(tmp_path / "first") == files(tmp_path / "second")


def test_what_is_left_of_another_index_is_taken_away(bank: Bank, found: list[Document], tmp_path: Path) -> None:
    for folder, those in (("both", found[:12]), ("both", found[:5]), ("one", found[:5])):
        export.write(tmp_path / folder, those, bank.index, swedish(bank))
    assert files(tmp_path / "both") == files(tmp_path / "one")


def test_a_new_document_leaves_nearly_all_others_their_numbers(found: list[Document]) -> None:
    many = [
        replace(found[0], id=f"{one.id}-{copy}", latest_year=one.latest_year) for one in found for copy in range(20)
    ]
    before = {document.id: number for number, document in numbered(many).items()}
    for own in ("kattuggla", "berguv", "tornuggla"):
        after = {document.id: number for number, document in numbered([*many, replace(many[0], id=own)]).items()}
        assert sum(after[one] != number for one, number in before.items()) < 10


def test_numbers_are_newest_first(found: list[Document]) -> None:
    years = [document.latest_year for document in numbered(found).values()]
    assert years == sorted(years, reverse=True)
    assert [*numbered(found)] == sorted(numbered(found))


def test_every_list_and_object_is_sorted(exported: Path) -> None:
    whole = manifest(exported)
    assert beginnings(exported) == sorted(beginnings(exported))
    keys = [key(name) for leaf in leaves(exported) for name in leaf if name[0] != GROUP_MARK]
    assert keys == sorted(keys)
    assert whole["parts"] == sorted(whole["parts"])
    assert list(whole) == sorted(whole)


def test_a_name_is_in_the_leaf_that_its_key_leads_to(exported: Path) -> None:
    firsts = beginnings(exported)
    for place, leaf in enumerate(leaves(exported)):
        after = [*firsts[place + 1 : place + 2], "\U0010ffff"][0]
        assert all(firsts[place] <= key(name) < after for name in leaf if name[0] != GROUP_MARK)
        assert sum(map(len, leaf.values())) < 20_000


def key(name: str) -> str:
    return unaccented(name.removeprefix(WORDS_MARK).removeprefix(MEANING_MARK))


def test_a_term_has_the_documents_that_hold_it(found: list[Document], exported: Path) -> None:
    [postings] = [leaf[stem("samlarteam")] for leaf in leaves(exported) if stem("samlarteam") in leaf]
    count, number, impact, *_ = numbers(postings)
    assert count == sum("samlarteam" in " ".join(document.texts.values()).lower() for document in found)
    assert "samlarteam" in " ".join(numbered(found)[number].texts.values()).lower()
    assert impact > 0


def test_a_compound_of_the_texts_has_the_terms_of_its_parts(exported: Path) -> None:
    [line] = [leaf["/samlarteam"].decode() for leaf in leaves(exported) if "/samlarteam" in leaf]
    assert line.splitlines()[0].split(" ")[1:] == ["saml", "team"]


def test_a_group_stands_wherever_one_of_its_phrases_begins(exported: Path) -> None:
    meanings = [data.decode() for leaf in leaves(exported) for name, data in leaf.items() if name[0] == MEANING_MARK]
    lines = [line.split("|") for data in meanings for line in data.split("\n")]
    group = next(phrases for phrases in lines if len({phrase[:2] for phrase in phrases}) > 2)
    homes = {unaccented(phrase.split(" ")[0]) for phrase in group}
    term = GROUP_MARK + group[0].replace(" ", "_")
    having = [leaf for leaf in leaves(exported) if term in leaf]
    assert {unaccented(name[1:]) for leaf in having for name in leaf if name[0] == MEANING_MARK} >= homes
    assert len({leaf[term] for leaf in having}) == 1


def test_facets_ride_along(found: list[Document], exported: Path) -> None:
    whole = manifest(exported)
    expected = [*accumulate(numbers(shard(exported, "b/stadsdelar.jarva.kb")))]
    those = numbered(found).items()
    assert expected == [number for number, document in those if "jarva" in document.facets.get("stadsdelar", ())]
    [count] = [term["count"] for facet in whole["facets"] for term in facet["terms"] if term["id"] == "jarva"]
    assert count == len(expected)


def test_pieces_of_a_text_are_all_of_it(found: list[Document], exported: Path) -> None:
    for number, document in numbered(found).items():
        paths = sorted(exported.glob(f"h/{number}-*.kb"), key=lambda path: int(path.stem.split("-")[1]))
        shown = [json.loads(gzip.decompress(path.read_bytes())) for path in paths]
        assert {one["id"] for one in shown} == {document.id}
        assert [one["begins"] for one in shown] == [True] + [False] * (len(shown) - 1)
        assert shown[-1]["ends"]
        whole = ""
        for one in shown:
            # Each goes on from within the one before.
            start = next(start for start in range(len(whole) + 1) if one["text"].startswith(whole[start:]))
            whole = whole[:start] + one["text"]
        assert whole == normalise(document.body)
        assert max(len(one["text"]) for one in shown) < 6_000
        texts = json.loads(shard(exported, f"d/{number}.kb"))
        assert texts == {name: getattr(document, name) for name in ("title", "summary", "headings", "body")}


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
