"""tests/cases/analysis.yml → tests/cases/analysis.json: what Python's analysis makes of it, as JavaScript's must."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from kunskapsbank.search import analysis, asked, concepts, lexicon, ranking, spelling
from kunskapsbank.search.analysis import Analyser, Term
from kunskapsbank.search.compound import split
from kunskapsbank.search.meanings import Meanings, meanings
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

    def __init__(self, text: str, analyser: Analyser, known: Iterable[str]) -> None:
        self.terms = sorted(analyser.field(text).weights)
        self.words = {word.text: place % 7 + 1 for place, word in enumerate(words(text)) if word.text.isalpha()}
        self.known = list(known)

    def __contains__(self, term: object) -> bool:
        return term in self.terms

    def accented(self, plain: str) -> Sequence[str]:
        return [term for term in self.terms if term != plain and unaccented(term) == plain]

    def is_word(self, word: str) -> bool:
        return word in self.known

    def alike(self, word: str) -> Sequence[tuple[str, int]]:
        return spelling.alike(word, self.words, self.words.__getitem__)


def made() -> str:
    """Return what analysis.json should hold."""
    given = yaml.safe_load((CASES / "analysis.yml").read_text("utf-8"))
    parts = lexicon.load(LEXICON)
    known = meanings(given["synonyms"], [tuple(pair) for pair in given["narrower"]], given["themes"])
    analyser = Analyser(parts, known)
    vocabulary = _Vocabulary(given["texts of the index"], analyser, given["known"])
    keys = given["facet keys"]
    return _json(
        {
            "version": analysis.VERSION,
            "stop words": sorted(STOP_WORDS),
            "meanings": _groups(known),
            "vocabulary": vocabulary.terms,
            "surface words": list(vocabulary.words.items()),
            "known": vocabulary.known,
            "facet keys": keys,
            "idf": [
                [documents, [ranking.idf(documents, n) for n in range(1, documents + 1)]] for documents in (1, 7, 80)
            ],
            "words": [_word(word, analyser) for word in given["words"].split()],
            "texts": [_text(text) for text in given["questions"]],
            "questions": [[text, _question(text, analyser, vocabulary)] for text in given["questions"]],
            "asked": [[text, _asked(text, keys)] for text in (*given["asked"], *given["questions"])],
            "misspelt": [
                [word, spelling.keys(word), spelling.further_keys(word), vocabulary.alike(word)]
                for word in given["misspelt"].split()
            ],
        }
    )


def _word(word: str, analyser: Analyser) -> list[Any]:
    stemmed = stem(word)
    terms = [_terms(analyser.terms(word, is_open)) for is_open in (False, True)]
    return [word, stemmed, root(stemmed), [[part.form, part.stem] for part in split(word, analyser.lexicon)], *terms]


def _terms(terms: Iterable[Term]) -> list[list[object]]:
    return [[term.text, term.weight] for term in terms]


def _text(text: str) -> list[Any]:
    found = [[word.text, word.pieces, word.is_open, word.start, word.end, word.is_sign] for word in words(text)]
    return [text, folded(text), found]


def _question(text: str, analyser: Analyser, vocabulary: _Vocabulary) -> list[Any]:
    found = concepts.question(analyser, text, vocabulary)
    return [
        [
            concept.word,
            concept.start,
            concept.end,
            _terms(concept.terms),
            concept.absent,
            concept.near,
            concept.instead,
        ]
        for concept in found
    ]


def _groups(known: Meanings) -> list[dict[str, object]]:
    terms = list(known.names)
    of_term: dict[str, list[str]] = {term: [] for term in terms}
    for found in known.phrases.values():
        for phrase, term in found:
            of_term[term].append(" ".join(phrase))
    return [
        {
            "name": known.names[term],
            "theme": known.themes.get(term, ""),
            "phrases": sorted(of_term[term], key=str.split),
            "broader": [[terms.index(above), steps] for above, steps in known.broader.get(term, ())],
        }
        for term in terms
    ]


def _asked(text: str, keys: Sequence[str]) -> dict[str, object]:
    found = asked.parse(text, keys)
    return {
        "text": found.text,
        "phrases": found.phrases,
        "without": found.without,
        "texts": [{"attribute": a.attribute, "words": a.words, "isPrefix": a.is_prefix} for a in found.texts],
        "facets": [{"key": facet.key, "value": facet.value} for facet in found.facets],
        "notes": found.notes,
        "isAllQuoted": found.is_all_quoted,
    }


def _json(whole: dict[str, Any]) -> str:
    """Return it as JSON, a case a line."""
    parts = []
    for name, value in whole.items():
        rows = value if name in {"words", "texts", "questions", "asked", "misspelt"} else None
        lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) if rows else ""
        parts.append(f"{json.dumps(name)}: " + (f"[\n{lines}\n]" if rows else json.dumps(value, ensure_ascii=False)))
    return "{\n" + ",\n".join(parts) + "\n}\n"
