"""The browser's index: sorted, the same bytes every time, small in parts, and with what the documents hold."""

import gzip
import json
import random
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import accumulate
from pathlib import Path

import pytest

from kunskapsbank.bank import Bank
from kunskapsbank.files.digest import digest_of
from kunskapsbank.search import export, language, postings, store
from kunskapsbank.search.analysis import Analyser
from kunskapsbank.search.beside import ATTACHED, NAMED, PROJECTS
from kunskapsbank.search.columns import packed, postings_of
from kunskapsbank.search.documents import Document
from kunskapsbank.search.known import Known
from kunskapsbank.search.meanings import GROUP_MARK
from kunskapsbank.search.numbering import numbered
from kunskapsbank.search.packing import ascending, varint
from kunskapsbank.search.terms import (
    MEANING_MARK,
    WORDS_MARK,
    Bucket,
    Routing,
    leaf_file,
    leaf_name,
)
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
    return {name: data for name, data in found.items() if name.split("/")[0] not in {ATTACHED, NAMED, PROJECTS}}


def beginnings(folder: Path) -> list[str]:
    found, last = [], ""
    for part in manifest(folder)["leaves"].split("!"):
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


@pytest.fixture(scope="module")
def swedish(bank: Bank) -> Analyser:
    """The analyser of the real content."""
    return language.analyser(bank.catalogue.vocabularies, bank.catalogue.words)


def test_two_exports_are_the_same_to_the_byte(
    bank: Bank, swedish: Analyser, found: list[Document], exported: Path, tmp_path: Path
) -> None:
    export.write(tmp_path, found, bank.index, swedish, language.known_words())
    assert files(exported) == files(tmp_path)


def test_an_edit_changes_the_files_that_tell_of_it_and_no_other_name(
    bank: Bank, swedish: Analyser, found: list[Document], exported: Path, tmp_path: Path
) -> None:
    edited = [replace(found[0], body=f"{found[0].body} Kattuggla."), *found[1:]]
    export.write(tmp_path, edited, bank.index, swedish, language.known_words())
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


def test_the_order_in_which_documents_come_is_of_no_account(
    bank: Bank, swedish: Analyser, found: list[Document], tmp_path: Path
) -> None:
    some = found[:12]
    for folder, those in (("first", some), ("second", some[::-1])):
        export.write(tmp_path / folder, those, bank.index, swedish)
    assert files(tmp_path / "first") == files(tmp_path / "second")


def test_what_is_left_of_another_index_is_taken_away(
    bank: Bank, swedish: Analyser, found: list[Document], tmp_path: Path
) -> None:
    for folder, those in (("both", found[:12]), ("both", found[:5]), ("one", found[:5])):
        export.write(tmp_path / folder, those, bank.index, swedish)
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
    count, number, *rest = numbers(postings)
    impact = rest[count - 1]
    assert count == sum("samlarteam" in " ".join(document.texts.values()).lower() for document in found)
    assert "samlarteam" in " ".join(numbered(found)[number].texts.values()).lower()
    assert impact > 0


def test_what_is_alike_in_long_postings_is_packed_for_itself(swedish: Analyser) -> None:
    chance = random.Random(1)
    kept: list[tuple[int, bytes, bytes]] = []
    for number in sorted(chance.sample(range(20_000), 3_000)):
        blocks = sorted(chance.sample(range(300), chance.choice((1, 1, 2, 130))))
        kept.append((number, varint(chance.choice((20, 30, 90, 900))), varint(len(blocks)) + ascending(blocks)))
    numbers, *columns = zip(*kept, strict=True)
    bucket = Bucket("kat", Routing(swedish), {"kattuggl": packed(numbers, *columns)}, {"kattugglan": 1})
    entries = bucket.packed()
    leaf = leaf_file(entries)
    assert gzip.decompress(leaf) == entries
    assert len(leaf) < len(gzip.compress(entries))
    # What is taken out of it leaves the rest as it was.
    number, *data = kept[7]
    bucket.remove("kattuggl", number)
    assert bucket.packed() != entries
    bucket.add("kattuggl", number, (data[0], data[1]))
    assert bucket.packed() == entries


def test_a_term_may_stand_in_very_many_blocks() -> None:
    stands = varint(20_000) + ascending(range(20_000))
    impacts = varint(1_023), varint(7)
    data = packed((3, 900), impacts, (stands, stands))
    assert postings_of(data) == {3: (impacts[0], stands), 900: (impacts[1], stands)}


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


def edits(found: list[Document]) -> Iterator[list[Document]]:
    """Return states of a bank, each made of the one before it as editors do."""
    those = found[:12]
    yield those
    yield [replace(those[0], body=f"{those[0].body} Kattuggla, lappuggla och hökugglor."), *those[1:]]
    # Gone, come, renamed, of another year, under other terms, and nothing at all.
    those = those[2:]
    yield those
    yield [*those, *found[12:14]]
    yield [replace(those[0], id="kattuggla", url="kattuggla/"), *those[1:], *found[12:14]]
    those = [replace(those[0], latest_year=1999), *those[1:], *found[12:14]]
    yield those
    those = [replace(those[0], facets={}), *those[1:]]
    yield those
    yield those
    # The fields' middling lengths are others.
    yield [replace(one, body=" ".join([one.body] * 6)) if place % 2 else one for place, one in enumerate(those)]
    yield found[:3]
    yield []
    yield found[5:12]


def take_over(before: dict[str, bytes], made: list[str], name: str, digest: str) -> bool:
    """Tell whether a file is there already, as a publisher does, and note in `made` the one that is not."""
    is_there = name in before and digest_of(before[name]) == digest
    if not is_there:
        made.append(name)
    return is_there


def test_what_is_kept_gives_the_same_index_whatever_was_edited(
    bank: Bank, swedish: Analyser, found: list[Document], tmp_path: Path
) -> None:
    kept, site = tmp_path / "search.sqlite", tmp_path / "site"
    for place, those in enumerate(edits(found)):
        before = files(site)
        made: list[str] = []
        export.write(site, those, bank.index, swedish, kept=kept, take_over=partial(take_over, before, made))
        export.write(tmp_path / "anew", those, bank.index, swedish)
        assert files(site) == files(tmp_path / "anew"), place
        if place == 1:
            assert sum(name.startswith("t/") for name in made) < len(beginnings(site)) / 2
            assert sum(name[0] in "dh" for name in made) <= 4
        if place == 7:
            assert made == []


def test_other_texts_of_a_few_documents_change_what_the_whole_would_change(
    bank: Bank, swedish: Analyser, found: list[Document], tmp_path: Path
) -> None:
    kept, site, those = tmp_path / "search.sqlite", tmp_path / "site", found[:12]
    export.write(site, those, bank.index, swedish, kept=kept)
    more = ("Kattuggla, lappuggla och hökugglor.", "", "Kattuggla " * 3000)
    for place, text in enumerate(more):
        changed = [replace(those[place], body=f"{those[place].body} {text}"), replace(those[5], body=text)]
        before = (site / export.MANIFEST).read_bytes()
        again = export.rewrite(changed, swedish, Known(), kept, before)
        for name, data in again.items():
            if data is None:
                (site / name).unlink()
            else:
                (site / name).parent.mkdir(parents=True, exist_ok=True)
                (site / name).write_bytes(data)
        those[place], those[5] = changed
        export.write(tmp_path / "anew", those, bank.index, swedish)
        assert files(site) == files(tmp_path / "anew"), place
        assert sum(name.startswith("b/") for name in again) == 0
    # What is kept is of this index and no other.
    with pytest.raises(store.Damaged):
        export.rewrite(found[:1], swedish, Known(), kept, before)
    # And the whole goes on from there.
    made: list[str] = []
    export.write(site, those, bank.index, swedish, kept=kept, take_over=partial(take_over, files(site), made))
    assert made == []


def test_without_what_is_kept_other_texts_need_the_whole(
    swedish: Analyser, found: list[Document], tmp_path: Path
) -> None:
    with pytest.raises(store.Damaged):
        export.rewrite(found[:1], swedish, Known(), tmp_path / "search.sqlite", b"{}")


def test_what_does_not_fit_in_memory_gives_the_same_index(
    bank: Bank, swedish: Analyser, found: list[Document], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export.write(tmp_path / "held", found, bank.index, swedish)
    monkeypatch.setattr(postings, "_MOST_BYTES", 100_000)
    laid_aside: list[str] = []
    monkeypatch.setattr(store.Store, "heap", spied(store.Store.heap, laid_aside))
    export.write(tmp_path / "laid aside", found, bank.index, swedish)
    assert max(Counter(laid_aside).values()) > 2
    assert files(tmp_path / "held") == files(tmp_path / "laid aside")


def spied(heap: Callable[..., None], names: list[str]) -> Callable[..., None]:
    """Return what lays data aside, and notes in `names` by which."""

    def noting(own: store.Store, kind: str, key: str, data: bytes) -> None:
        names.append(f"{kind} {key}")
        heap(own, kind, key, data)

    return noting


@pytest.mark.parametrize("fault", ["no database", "cut", "a byte is another", "a value is another", "another version"])
def test_what_is_kept_and_damaged_is_done_without(
    bank: Bank, swedish: Analyser, found: list[Document], tmp_path: Path, fault: str
) -> None:
    kept = tmp_path / "search.sqlite"
    export.write(tmp_path / "first", found[:8], bank.index, swedish, kept=kept)
    data = kept.read_bytes()
    if fault == "no database":
        kept.write_bytes(b"ingen databas" * 100)
    elif fault == "cut":
        kept.write_bytes(data[: len(data) // 2])
    elif fault == "a byte is another":
        place = data.index(b"samverkan")
        kept.write_bytes(data[:place] + b"S" + data[place + 1 :])
    elif fault == "a value is another":
        with closing(sqlite3.connect(kept)) as base, base:
            base.execute("UPDATE kept SET data = x'00' WHERE kind = 'document'")
    else:
        with closing(sqlite3.connect(kept)) as base, base:
            base.execute('UPDATE kept SET data = replace(data, \'"version":"1\', \'"version":"0\')')
    export.write(tmp_path / "second", [*found[:7], found[9]], bank.index, swedish, kept=kept)
    export.write(tmp_path / "third", [*found[:7], found[9]], bank.index, swedish)
    assert files(tmp_path / "second") == files(tmp_path / "third")


def test_what_breaks_off_keeps_nothing(bank: Bank, swedish: Analyser, found: list[Document], tmp_path: Path) -> None:
    kept = tmp_path / "search.sqlite"
    export.write(tmp_path / "site", found[:8], bank.index, swedish, kept=kept)

    def take_over(name: str, digest: str) -> bool:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export.write(tmp_path / "site", found[:6], bank.index, swedish, kept=kept, take_over=take_over)
    export.write(tmp_path / "site", found[:9], bank.index, swedish, kept=kept)
    export.write(tmp_path / "anew", found[:9], bank.index, swedish)
    assert files(tmp_path / "site") == files(tmp_path / "anew")
