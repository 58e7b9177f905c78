#!/usr/bin/env python3
"""Ask the bank's own content what its staff would ask; print a Markdown table of how well each engine answers.

The questions in `questions/questions.jsonl` are short, as they are typed, so each is put as it stands. Their right
answers were judged by reading the content, before any engine was asked. Peers get every text that our own engines
get, the synonyms of what a record is filed under included, but in one piece: they know no fields.
"""

import argparse
import json
import sys
from functools import partial
from pathlib import Path

from _venv import enter
from node import CACHE
from ours import Client, Whoosh
from peers import PEERS
from plain import Bm25Stems
from questions import raw, read_documents, read_questions
from relevance import compare, peer_names, table

QUESTIONS = Path(__file__).with_name("questions") / "questions.jsonl"
_CONTENT = Path(__file__).resolve().parents[2] / "content"
_DOCUMENTS = CACHE / "own" / "documents.jsonl"


def main() -> int:
    enter()
    options = _options()
    from datetime import date

    from kunskapsbank.bank import open_bank
    from kunskapsbank.search import engine
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
    questions = read_questions(QUESTIONS, flat)

    words = partial(engine.analyser, bank.catalogue.vocabularies)
    ours = [partial(side, words, lambda _: found) for side in (Whoosh, Client)]
    peers = [PEERS[name] for name in options.peers]
    scores = compare([*ours, Bm25Stems, *peers], flat, questions, {"typed": raw})
    print(f"{len(flat)} documents, {len(questions)} questions.\n")
    print(table(scores))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0], allow_abbrev=False)
    parser.add_argument("--peers", type=peer_names, default=list(PEERS), metavar=",".join(PEERS), help="default: all")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
