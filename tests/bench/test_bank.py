import json
from collections import Counter
from itertools import islice
from pathlib import Path

from bank import Bank
from questions import read_documents


def test_a_bank_follows_from_its_seed() -> None:
    assert list(Bank(20).documents()) == list(Bank(20).documents())
    assert list(Bank(20, seed=2).documents()) != list(Bank(20).documents())


def test_a_larger_bank_begins_with_a_smaller_one_and_is_asked_the_same() -> None:
    assert list(islice(Bank(10_000).documents(), 20)) == list(Bank(20).documents())
    assert Bank(10_000).queries(10) == Bank(1_000).queries(10)


def test_words_are_as_many_and_as_spread_as_in_swedish() -> None:
    texts = [document.text.casefold().replace(".", "").split() for document in Bank(165).documents()]
    counts = Counter(word for words in texts for word in words)
    # The authorities' texts that we tune on: 194 617 words, 16 968 distinct, of them 48 % once; "och" 4.1 %.
    assert 180_000 < counts.total() < 210_000
    assert 14_000 < len(counts) < 20_000
    assert 0.4 < sum(times == 1 for times in counts.values()) / len(counts) < 0.6
    assert 0.02 < counts["och"] / counts.total() < 0.06
    assert 440 < sum(len(set(words)) for words in texts) / len(texts) < 540


def test_questions_have_two_words_that_stand_in_one_document() -> None:
    bank = Bank(30)
    texts = [set(document.text.casefold().replace(".", "").split()) for document in bank.documents()]
    for query in bank.queries(20):
        first, second = query.split()
        assert any({first, second} <= words for words in texts), query


def test_html_and_json_hold_the_same(tmp_path: Path) -> None:
    bank = Bank(3)
    bank.write_documents(tmp_path / "bank.jsonl")
    documents = read_documents(tmp_path / "bank.jsonl")
    assert documents == list(bank.documents())
    for document, article in zip(documents, bank.articles(), strict=True):
        assert f">{document.title}</h1>" in article
        assert all(f"<p>{paragraph}</p>" in article for paragraph in document.text.split("\n"))
    assert json.loads((tmp_path / "bank.jsonl").read_text("utf-8").splitlines()[0])["id"] == "0"
