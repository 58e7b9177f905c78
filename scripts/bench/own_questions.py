#!/usr/bin/env python3
"""Ask the bank's own content what its staff would ask; print Markdown tables of how well each engine answers.

The questions in `questions/questions.jsonl` are short, as they are typed, so each is put as it stands. Their right
answers were judged by reading the content, before any engine was asked. Peers get every text that our own engines
get, the synonyms of what a record is filed under included, but in one piece: they know no fields.

Those in `questions/everyday*.jsonl` are asked in other words than the bank's: as citizens say it, in slang, in older or
legal words. Each has the projects (or reports that stand alone) that somebody who asks so ought to find, and what is
measured is how often one of them is among the first five hits. The word list was mended where questions of
`everyday.jsonl` and `everyday_second.jsonl` missed; those of `everyday_aside.jsonl` were kept aside, and those of
`everyday_strangers.jsonl` were written by who had read the projects only, and never mended for.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from _venv import enter
from engines import Engine
from lucene import Lucene, LuceneSwedish
from metrics import success
from node import CACHE
from ours import Client, Whoosh
from peers import PEERS
from plain import Bm25Stems
from questions import Document, Question, raw, read_documents, read_everyday, read_questions
from relevance import compare, peer_names, table

QUESTIONS = Path(__file__).with_name("questions") / "questions.jsonl"
EVERYDAY = [
    QUESTIONS.with_name(f"{name}.jsonl")
    for name in ("everyday", "everyday_second", "everyday_aside", "everyday_strangers")
]
FIRST = 5
_CONTENT = Path(__file__).resolve().parents[2] / "content"
_DOCUMENTS = CACHE / "own" / "documents.jsonl"


def main() -> int:
    enter()
    options = _options()
    from datetime import date

    from kunskapsbank.bank import open_bank
    from kunskapsbank.search import language, opensearch
    from kunskapsbank.search.documents import documents

    bank = open_bank(_CONTENT, date.today())
    found = list(documents(bank.catalogue, bank.index))
    _DOCUMENTS.parent.mkdir(parents=True, exist_ok=True)
    with _DOCUMENTS.open("w", encoding="utf-8", newline="\n") as lines:
        for document in found:
            title, *texts = document.texts.values()
            row = {"id": document.id, "title": title, "text": "\n".join(filter(None, texts))}
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")
    flat = read_documents(_DOCUMENTS)
    # A record that no search finds, such as an invented example, is no answer.
    searched = {document.id for document in flat}
    records = [Document(record.id, record.title, "") for record in bank.catalogue]
    asked = [(question.query, question.relevant & searched) for question in read_questions(QUESTIONS, records)]
    questions = [Question(query, right) for query, right in asked if right]

    words = partial(language.analyser, bank.catalogue.vocabularies, bank.catalogue.words)
    ours = [partial(side, words, lambda _: found) for side in (Whoosh, Client)]
    peers = [PEERS[name] for name in options.peers]
    engines = [*ours, Bm25Stems, *peers]
    if options.lucene:
        exported = opensearch.files(bank)
        engines += [partial(Lucene, exported), partial(LuceneSwedish, exported)]
    if not options.everyday:
        print(f"{len(flat)} documents, {len(questions)} questions.\n")
        print(table(compare(engines, flat, questions, {"typed": raw})))
    owners = {record.id: record.project or record.id for record in bank.catalogue}
    for path in EVERYDAY:
        print(f"\n{path.stem}:", end="")
        _print_everyday(engines, flat, read_everyday(path, owners), options.missed)
    return 0


def _print_everyday(
    engines: Sequence[Callable[[], Engine]], documents: Sequence[Document], questions: Sequence[Question], missed: bool
) -> None:
    """Print how often a right project is among the first hits, and on request which questions miss it."""
    print(f" {len(questions)} everyday questions.\n")
    print(f"| engine | right project among the first {FIRST} | first | no hit |\n| --- | ---: | ---: | ---: |")
    for make in engines:
        engine = make()
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            engine.build(documents, Path(folder))
            rankings = engine.search([question.query for question in questions])
        pairs = [(ranking, question.relevant) for ranking, question in zip(rankings, questions, strict=True)]
        shares = [sum(success(*pair, depth=depth) for pair in pairs) / len(pairs) for depth in (FIRST, 1)]
        silent = sum(not ranking for ranking in rankings) / len(rankings)
        print(f"| {engine.name} | {shares[0]:.3f} | {shares[1]:.3f} | {silent:.3f} |", flush=True)
        if missed:
            for question, pair in zip(questions, pairs, strict=True):
                if not success(*pair, depth=FIRST):
                    print(f"  {question.query}: {', '.join(pair[0][:FIRST])}", file=sys.stderr)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0], allow_abbrev=False)
    parser.add_argument("--peers", type=peer_names, default=list(PEERS), metavar=",".join(PEERS), help="default: all")
    parser.add_argument("--everyday", action="store_true", help="ask only the everyday questions")
    parser.add_argument("--lucene", action="store_true", help="also ask Lucene 8, as an OpenSearch would be set up")
    parser.add_argument("--missed", action="store_true", help="tell which everyday questions each engine misses")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
