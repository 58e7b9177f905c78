#!/usr/bin/env python3
"""Run search engines on the same documents and questions; print a Markdown table of how well they rank."""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from _venv import enter
from engines import Engine
from metrics import Scores, score
from ours import Client, Whoosh
from peers import PEERS
from plain import Bm25Stems
from questions import WAYS, Document, Question, SetError, read_documents, read_questions, spread

OURS: tuple[Callable[[], Engine], ...] = (Whoosh, Client, Bm25Stems)
COLUMNS = ("asked as", "engine", "nDCG@10", "MRR@10", "recall@10", "success@1", "no hit")


def main() -> int:
    enter()
    options = _options()
    try:
        documents = read_documents(options.documents)
        questions = spread(read_questions(options.queries, documents), options.limit)
    except (OSError, SetError) as error:
        print(error, file=sys.stderr)
        return 1
    if not questions:
        print(f"{options.queries} holds no question.", file=sys.stderr)
        return 1
    scores = compare([*OURS, *(PEERS[name] for name in options.peers)], documents, questions)
    print(f"{len(documents)} documents, {len(questions)} questions.\n")
    print(table(scores))
    return 0


def compare(
    engines: Iterable[Callable[[], Engine]],
    documents: Sequence[Document],
    questions: Sequence[Question],
    ways: Mapping[str, Callable[[str], str]] = WAYS,
) -> dict[str, dict[str, Scores]]:
    """Run the engines one after another; return engine -> way of asking -> scores."""
    asked = [ask(question.query) for ask in ways.values() for question in questions]
    relevant = [question.relevant for question in questions]
    scores = {}
    for make in engines:
        engine = make()
        start = time.perf_counter()
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            engine.build(documents, Path(folder))
            rankings = engine.search(asked)
        print(f"{engine.name}: {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
        starts = range(0, len(asked), len(questions))
        scores[engine.name] = {
            way: score(rankings[start : start + len(questions)], relevant)
            for way, start in zip(ways, starts, strict=True)
        }
    return scores


def table(scores: dict[str, dict[str, Scores]]) -> str:
    """Return a Markdown table with a row for each way of asking and engine."""
    rows: list[Sequence[str]] = [COLUMNS, ["---", "---", *["---:"] * 5]]
    for way in next(iter(scores.values())):
        for engine, ways in scores.items():
            found = ways[way]
            numbers = (found.ndcg, found.mrr, found.recall, found.success, found.no_hit)
            rows.append([way, engine, *(f"{number:.3f}" for number in numbers)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("documents", type=Path, metavar="DOCUMENTS.jsonl", help='lines of {"id", "title", "text"}')
    parser.add_argument("queries", type=Path, metavar="QUERIES.jsonl", help='lines of {"query", "relevant": [id]}')
    parser.add_argument("--peers", type=peer_names, default=list(PEERS), metavar=",".join(PEERS), help="default: all")
    parser.add_argument("--limit", type=_positive, metavar="N", help="ask only N questions, evenly spread")
    return parser.parse_args()


def peer_names(value: str) -> list[str]:
    """Return the names in `value`, which commas separate; to read an option with."""
    names = [name.strip() for name in value.split(",") if name.strip()]
    if unknown := [name for name in names if name not in PEERS]:
        raise argparse.ArgumentTypeError(f"there is no peer {unknown[0]!r}; the peers are {', '.join(PEERS)}")
    return names


def _positive(value: str) -> int:
    if not value.isdecimal() or int(value) == 0:
        raise argparse.ArgumentTypeError(f"{value!r} is not a number of questions")
    return int(value)


if __name__ == "__main__":
    sys.exit(main())
