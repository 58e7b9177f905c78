"""tests/cases/analysis.yml → tests/cases/analysis.json: what Python's analysis makes of it, as JavaScript's must."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from kunskapsbank.search import analysis, lexicon, ranking
from kunskapsbank.search.analysis import Analyser, Term, synonyms
from kunskapsbank.search.compound import split
from kunskapsbank.swedish.stem import root, stem
from kunskapsbank.swedish.stopwords import STOP_WORDS
from kunskapsbank.swedish.words import folded, unaccented, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

CASES = Path(__file__).parent / "cases"
FILE = CASES / "analysis.json"
LEXICON = Path(lexicon.__file__).with_name("lexicon.txt")


class _Vocabulary:
    """The terms of a small index."""

    def __init__(self, terms: Iterable[str]) -> None:
        self.terms = sorted(terms)

    def __contains__(self, term: object) -> bool:
        return term in self.terms

    def accented(self, plain: str) -> Sequence[str]:
        return [term for term in self.terms if term != plain and unaccented(term) == plain]


def made() -> str:
    """Return what analysis.json should hold."""
    given = yaml.safe_load((CASES / "analysis.yml").read_text("utf-8"))
    parts = lexicon.load(LEXICON)
    analyser = Analyser(parts, synonyms(given["synonyms"]))
    vocabulary = _Vocabulary(analyser.field(given["texts of the index"]).weights)
    return _json(
        {
            "version": analysis.VERSION,
            "stop words": sorted(STOP_WORDS),
            "synonyms": analyser.synonyms.phrases,
            "vocabulary": vocabulary.terms,
            "idf": [
                [documents, [ranking.idf(documents, n) for n in range(1, documents + 1)]] for documents in (1, 7, 80)
            ],
            "words": [_word(word, analyser) for word in given["words"].split()],
            "texts": [_text(text) for text in given["questions"]],
            "questions": [[text, _question(text, analyser, vocabulary)] for text in given["questions"]],
        }
    )


def _word(word: str, analyser: Analyser) -> list[Any]:
    stemmed = stem(word)
    terms = [_terms(analyser.terms(word, is_open)) for is_open in (False, True)]
    return [word, stemmed, root(stemmed), [[part.form, part.stem] for part in split(word, analyser.lexicon)], *terms]


def _terms(terms: Iterable[Term]) -> list[list[object]]:
    return [[term.text, term.weight] for term in terms]


def _text(text: str) -> list[Any]:
    found = [[word.text, word.pieces, word.is_open, word.start, word.end] for word in words(text)]
    return [text, folded(text), found]


def _question(text: str, analyser: Analyser, vocabulary: _Vocabulary) -> list[Any]:
    concepts = analyser.question(text, vocabulary)
    return [[concept.word, concept.start, concept.end, _terms(concept.terms)] for concept in concepts]


def _json(whole: dict[str, Any]) -> str:
    """Return it as JSON, a case a line."""
    parts = []
    for name, value in whole.items():
        rows = value if name in {"words", "texts", "questions"} else None
        lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) if rows else ""
        parts.append(f"{json.dumps(name)}: " + (f"[\n{lines}\n]" if rows else json.dumps(value, ensure_ascii=False)))
    return "{\n" + ",\n".join(parts) + "\n}\n"
