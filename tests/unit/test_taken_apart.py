"""A text that is kept is, whenever it is asked for, what it would be if it were read anew."""

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support import ROOT, SAMPLE

from kunskapsbank import checks
from kunskapsbank.bank import open_bank
from kunskapsbank.markup.body import Body
from kunskapsbank.markup.frontmatter import ContentFile
from kunskapsbank.reading import taken_apart
from kunskapsbank.reading.taken_apart import ChangedError, Shelf
from kunskapsbank.store import Store

TODAY = date(2026, 11, 27)
TEXTS = sorted((*SAMPLE.rglob("*.md"), *(ROOT / "content").rglob("*.md")))


def values(one: Any) -> dict[str, Any]:
    return {field.name: getattr(one, field.name) for field in fields(one)}


def nothing() -> bytes:
    raise AssertionError("read once more")


@pytest.fixture
def open_shelf(tmp_path: Path) -> Callable[[], Shelf]:
    return lambda: Shelf(Store(tmp_path / "texter.sqlite", "1"))


def alike(one: tuple[ContentFile, Body, Any], other: tuple[ContentFile, Body, Any]) -> None:
    assert values(one[0]) == values(other[0])
    assert one[0].above == other[0].above
    assert values(one[1]) == values(other[1])
    assert one[2] == other[2]


def test_every_text_is_the_same_the_first_time_and_the_second(open_shelf: Callable[[], Shelf]) -> None:
    for _ in range(2):
        shelf = open_shelf()
        for path in TEXTS:
            data = path.read_bytes()
            alike(shelf.read(path.name, data, nothing), taken_apart.read(path.name, data))


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitel: Ett\n---",
        "---\ntitel: Ett\n---\n",
        '---\ntitel: Ett\r\n---\r\n\r\nText [a](b.md "t") ![x](y.png)[^1]\n\n[^1]: Not <!-- tillåt lix: så -->\n',
        "---\n# Förslag, kontrollera och ta bort den här raden\nägare: [a, b]\nmedel:\n  - år: 2018\n---\n\n<b>x\n",
        "---\ntitel: Djup\n---\n" + "> " * 700 + "x\n",
    ],
)
def test_so_is_what_is_short_or_at_fault(text: str, open_shelf: Callable[[], Shelf]) -> None:
    data = text.encode()
    for _ in range(2):
        shelf = open_shelf()
        alike(shelf.read("a.md", data, nothing), taken_apart.read("a.md", data))


def test_the_same_bytes_in_another_file_are_told_of_there(open_shelf: Callable[[], Shelf]) -> None:
    shelf, data = open_shelf(), b"---\ntitel: Ett\n---\n\n<u>x</u>\n"
    for name in ("a.md", "b/c.md"):
        content, _, problems = shelf.read(name, data, nothing)
        assert content.file == name
        assert {problem.file for problem in problems} == {name}


def test_a_text_that_is_kept_no_more_is_read_once_more_if_it_is_still_the_same(tmp_path: Path) -> None:
    store = Store(tmp_path / "texter.sqlite", "1")
    path = tmp_path / "a.md"
    path.write_text("---\ntitel: Ett\n---\n\nTexten.\n", "utf-8")
    _, text, _ = Shelf(store).read("a.md", path.read_bytes(), path.read_bytes)
    store.close()
    assert text.text == "Texten."

    _, text, _ = Shelf(store).read("a.md", path.read_bytes(), path.read_bytes)
    path.write_text("---\ntitel: Två\n---\n\nEn annan.\n", "utf-8")
    with pytest.raises(ChangedError, match=r"a\.md ändrades"):
        _ = text.text


def test_what_follows_from_a_text_is_worked_out_once(open_shelf: Callable[[], Shelf]) -> None:
    data = b"---\ntitel: Ett\n---\n\nTexten.\n"
    made = []

    def make() -> tuple[str, ...]:
        made.append(1)
        return ("ett", "två")

    for _ in range(3):
        shelf = open_shelf()
        _, text, _ = shelf.read("a.md", data, nothing)
        assert text.once("ord", make) == ("ett", "två")
    assert len(made) == 1
    assert text.once("annat", lambda: 1) == 1


def test_a_bank_says_the_same_with_and_without_what_was_kept(tmp_path: Path) -> None:
    def told(cache: Path | None) -> list[Any]:
        bank = open_bank(SAMPLE, TODAY, cache).catalogue
        return [bank.problems, checks.remarks(bank, cache), checks.snapshot(bank, cache).to_json()]

    assert told(None) == told(tmp_path) == told(tmp_path)


def test_a_check_that_looks_at_documents_by_themselves_knows_no_others() -> None:
    bank = open_bank(SAMPLE, TODAY).catalogue
    for check in checks.CHECKS:
        if check.alone:
            one_by_one = [problem for document in bank.documents for problem in check.run([document], bank.snapshot)]
            assert sorted(one_by_one) == sorted(check.run(bank.documents, bank.snapshot))


def test_the_remarks_on_some_files_are_those_of_all(tmp_path: Path) -> None:
    bank = open_bank(ROOT / "content", TODAY, tmp_path).catalogue
    every = checks.remarks(bank, tmp_path)
    found = [one for one in every if one.file.startswith("projekt/stella/")]
    assert sorted(checks.remarks_within(bank, lambda file: file.startswith("projekt/stella/"), tmp_path)) == sorted(
        found
    )
    for file in sorted({one.file for one in every})[::7]:
        asked = checks.remarks_within(bank, lambda other, file=file: other == file)  # type: ignore[misc]
        assert sorted(asked) == sorted(one for one in every if one.file == file), file
    # What was asked for in part has taken nothing away.
    lines = (tmp_path / "remarks.jsonl.gz").read_bytes()
    checks.remarks(bank, tmp_path)
    assert (tmp_path / "remarks.jsonl.gz").read_bytes() == lines
