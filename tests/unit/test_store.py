"""What is kept of texts is found again, is told from what is damaged, and is never in the way of anybody."""

import random
import sqlite3
from pathlib import Path

import pytest

from kunskapsbank.store import Store


def filled(file: Path, count: int = 3) -> None:
    store = Store(file, "1")
    for number in range(count):
        store.put(f"text {number}", "ord", b"%d" % number)
    store.save()
    store.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mapp" / "texter.sqlite"
    filled(path)
    return path


def test_what_is_kept_is_found_by_its_text_and_name(file: Path) -> None:
    store = Store(file, "1")
    assert store.get("text 2", "ord") == b"2"
    assert store.get("text 2", "annat") is None
    assert store.get("text 9", "ord") is None
    # Before it is written down too.
    store.put("text 2", "annat", b"")
    assert store.get("text 2", "annat") == b""


def test_another_version_finds_nothing(file: Path) -> None:
    assert Store(file, "2").get("text 1", "ord") is None
    assert Store(file, "1").get("text 1", "ord") is None


def test_what_waits_is_written_when_nobody_knows_the_store_any_more(tmp_path: Path) -> None:
    file = tmp_path / "texter.sqlite"
    store = Store(file, "1")
    store.put("text", "ord", b"ja")
    del store
    assert Store(file, "1").get("text", "ord") == b"ja"


def test_texts_that_nobody_asks_for_go_once_they_are_many(file: Path) -> None:
    filled(file, 600)
    store = Store(file, "1")
    assert store.get("text 1", "ord") == b"1"
    store.save()
    assert Store(file, "1").get("text 1", "ord") == b"1"
    assert Store(file, "1").get("text 2", "ord") is None


def test_a_value_that_was_changed_is_none(file: Path) -> None:
    with sqlite3.connect(file) as database:
        database.execute("UPDATE parts SET value = substr(value, 1, 8) || x'39' WHERE text = 'text 1'")
        database.execute("UPDATE parts SET value = 'ord' WHERE text = 'text 2'")
    database.close()
    store = Store(file, "1")
    assert [store.get(f"text {number}", "ord") for number in range(3)] == [b"0", None, None]


def test_no_damage_is_in_the_way(file: Path) -> None:
    whole = file.read_bytes()
    seen = random.Random(14)
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(seen.randrange(1, 40)):
            data[seen.randrange(len(data))] = seen.randrange(256)
        file.write_bytes(data[: seen.randrange(len(data))] if seen.random() < 0.3 else data)
        store = Store(file, "1")
        for number in range(3):
            assert store.get(f"text {number}", "ord") in {None, b"%d" % number}
        store.put("text 1", "ord", b"1")
        store.save()
        assert store.get("text 1", "ord") in {None, b"1"}
        store.close()


def test_a_damaged_database_is_begun_anew(file: Path) -> None:
    file.write_bytes(b"ingen databas " * 1000)
    store = Store(file, "1")
    store.put("text", "ord", b"ja")
    assert store.get("text", "ord") is None
    store = Store(file, "1")
    store.put("text", "ord", b"ja")
    store.save()
    assert Store(file, "1").get("text", "ord") == b"ja"


def test_where_none_can_be_written_it_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("ingen mapp", "utf-8")
    store = Store(tmp_path / "fil" / "texter.sqlite", "1")
    store.put("text", "ord", b"ja")
    store.save()
    assert store.get("text", "ord") is None
