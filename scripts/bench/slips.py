#!/usr/bin/env python3
"""Put one slip into one word of each question of a set; print a Markdown table of what it costs in nDCG@10.

A slip is a letter left out, doubled, exchanged with the next or struck beside, or a word written as it is heard (ä for
e, sj for tj or skj, one letter for two). It is made by seed in one of the words of four letters or more that say
something; a question of shorter words alone stays as it is. Sets are those of `relevance.py`; without any, the bank's
own questions are asked of its own content.
"""

import argparse
import random
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from _venv import enter
from metrics import score
from ours import Whoosh
from questions import STOP_WORDS, WAYS, Document, Question, raw, read_documents, read_questions

_ROWS = ("qwertyuiopå", "asdfghjklöä", "zxcvbnm")
_HEARD = (("ä", "e"), ("e", "ä"), ("skj", "sj"), ("stj", "sj"), ("sj", "tj"), ("tj", "kj"), ("sk", "sj"), ("ck", "k"))
_SHORTEST = 4
_QUESTIONS = Path(__file__).with_name("questions") / "questions.jsonl"
_CONTENT = Path(__file__).resolve().parents[2] / "content"


def slip(word: str, generator: random.Random) -> str:
    """Return the word with one slip in it, not at its first or last letter; it may come out as it was."""
    place = generator.randrange(1, len(word) - 1)
    letter = word[place]
    match generator.randrange(5):
        case 0:
            return word[:place] + word[place + 1 :]
        case 1:
            return word[:place] + letter + word[place:]
        case 2:
            return word[:place] + word[place + 1] + letter + word[place + 2 :]
        case 3 if heard := [pair for pair in _HEARD if pair[0] in word]:
            return word.replace(*generator.choice(heard), 1)
    row = next((row for row in _ROWS if letter.lower() in row), letter)
    beside = row[max(0, row.find(letter.lower()) - 1) : row.find(letter.lower()) + 2].replace(letter.lower(), "")
    return word[:place] + generator.choice(beside or letter) + word[place + 1 :]


def slipped(query: str, generator: random.Random) -> str:
    """Return the question with one slip in one of its words, or as it is where no word is long enough."""
    words = [
        match
        for match in re.finditer(r"[^\W\d_]+", query)
        if len(match[0]) >= _SHORTEST and match[0].casefold() not in STOP_WORDS
    ]
    if not words:
        return query
    chosen = generator.choice(words)
    wrong = chosen[0]
    while wrong == chosen[0]:
        wrong = slip(chosen[0], generator)
    return query[: chosen.start()] + wrong + query[chosen.end() :]


def main() -> int:
    enter()
    options = _options()
    print("| set | asked as | as it is | with a slip | falls by |\n| --- | --- | ---: | ---: | ---: |")
    if not options.sets:
        engine, documents, questions = _own()
        _print(engine, "own", documents, questions, ["raw"], options.show)
    for path in options.sets:
        documents = read_documents(path.with_name(f"{path.name}.documents.jsonl"))
        questions = read_questions(path.with_name(f"{path.name}.queries.jsonl"), documents)
        _print(Whoosh(), path.name, documents, questions, ["raw", "keywords", "two words"], options.show)
    return 0


def _print(
    engine: Whoosh,
    name: str,
    documents: Sequence[Document],
    questions: Sequence[Question],
    ways: Sequence[str],
    show: bool,
) -> None:
    relevant = [question.relevant for question in questions]
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        engine.build(documents, Path(folder))
        for way in ways:
            right = [WAYS[way](question.query) for question in questions]
            generator = random.Random(13)
            wrong = [slipped(query, generator) for query in right]
            found = [engine.search(queries) for queries in (right, wrong)]
            before, after = (score(rankings, relevant).ndcg for rankings in found)
            print(f"| {name} | {way} | {before:.3f} | {after:.3f} | {before - after:.3f} |", flush=True)
            if show:
                for query, slip_of, *pair, answers in zip(right, wrong, *found, relevant, strict=True):
                    fall = score([pair[0]], [answers]).ndcg - score([pair[1]], [answers]).ndcg
                    if fall > 0:
                        print(f"  {fall:.2f} {query} → {slip_of}", file=sys.stderr)


def _own() -> tuple[Whoosh, list[Document], list[Question]]:
    from datetime import date
    from functools import partial

    from kunskapsbank.bank import open_bank
    from kunskapsbank.search import language
    from kunskapsbank.search.documents import documents

    bank = open_bank(_CONTENT, date.today())
    found = list(documents(bank.catalogue, bank.index))
    searched = {document.id for document in found}
    records = [Document(record.id, record.title, "") for record in bank.catalogue]
    asked = [(question.query, question.relevant & searched) for question in read_questions(_QUESTIONS, records)]
    words = partial(language.analyser, bank.catalogue.vocabularies, bank.catalogue.words)
    flat = [Document(document.id, document.title, "") for document in found]
    return Whoosh(words, lambda _: found), flat, [Question(raw(query), right) for query, right in asked if right]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0], allow_abbrev=False)
    parser.add_argument(
        "sets", type=Path, nargs="*", metavar="SET", help="a path before .documents.jsonl and .queries.jsonl"
    )
    parser.add_argument("--show", action="store_true", help="tell which questions fell")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
