"""Analysed documents → the static files of the browser's index: versioned, sorted, sharded, free of time stamps.

A reader fetches the manifest and then only the shards that its question needs; what grows with the bank is never
fetched whole. `shards.js` is the reader, and the format is told here:

- `manifest.json`: format, analysis version, folder of the shards, number of documents, facets with their terms,
  what words mean to each other, and the first keys by which a shard is found.
- `t/0/<n>.kb`: terms with their postings, sorted by routing key (the term without å, ä and ö), so that a term typed
  without them is found in the same shard. `t/<level>/<n>.kb`: the first keys of the shards one level below.
- `f/<n>.kb`: the facets of 256 documents; `b/<ordinal>.kb`: the documents of one facet term.
- `d/<number>.kb`: what is shown of one document.
- `p/<n>.kb`: the parts that compounds of the question can be divided into.
- `w/<xx>.kb`: words of the documents, for a word that none has and that may be misspelt; `k/<n>.kb`: stems of words
  that are words, so that those are never taken for misspelt.

All but the manifest are gzip files, which the browser unpacks itself: the server needs no settings.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.search import analysis
from kunskapsbank.search.analysis import Askable
from kunskapsbank.search.documents import WORDS_IN_SHARD, word_key
from kunskapsbank.search.known import Known
from kunskapsbank.search.postings import Postings, as_json, ascending, levels, packed_file, varint
from kunskapsbank.search.ranking import lengths, pivots
from kunskapsbank.swedish.phrases import listed, years_text
from kunskapsbank.swedish.stem import stem
from kunskapsbank.swedish.words import unaccented

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from kunskapsbank.model.facets import FacetIndex
    from kunskapsbank.search.analysis import Analyser
    from kunskapsbank.search.documents import Document
    from kunskapsbank.search.lexicon import Lexicon
    from kunskapsbank.search.meanings import Meanings

FORMAT = 2

_FACET_SHARD = 256
_PARTS_IN_SHARD = 200
_KNOWN_IN_SHARD = 600
# A known stem; a form that begins compounds, a stem that ends them, a short form that may, a form that may not.
_KNOWN_AS = (1, 2, 4, 8, 16)

# Kind of part (first, last …) → form → what is written of it.
_Parts = dict[str, dict[str, list[object]]]


def write(
    folder: Path,
    documents: Sequence[Document],
    index: FacetIndex | None,
    analyser: Analyser,
    known: Known | None = None,
) -> dict[str, int]:
    """Write the index of `documents` into `folder`; shards of other content, if any lie there, are left as they are.

    `documents` are newest first: their places are their numbers. `index` holds the facets and their terms (None: no
    facets); `known` are the words that are never taken for misspelt. Returns the size in bytes of every file
    by its path.
    """
    files = dict(_files(documents, index, analyser, known or Known()))
    manifest = files.pop("manifest.json")
    digest = hashlib.sha256(manifest)
    for path in sorted(files):
        digest.update(path.encode() + b"\0" + files[path])
    shards = digest.hexdigest()[:16]
    whole = {**json.loads(manifest), "folder": shards}
    for path, data in files.items():
        target = folder / shards / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    written = as_json(whole)
    (folder / "manifest.json").write_bytes(written)
    return {"manifest.json": len(written), **{path: len(data) for path, data in files.items()}}


def _files(
    documents: Sequence[Document], index: FacetIndex | None, analyser: Analyser, known_words: Known
) -> Iterator[tuple[str, bytes]]:
    postings = Postings()
    vocabulary: Counter[str] = Counter()
    analysed = [document.analysed(analyser) for document in documents]
    middling = pivots(lengths(document) for document in analysed)
    for number, (document, content) in enumerate(zip(documents, analysed, strict=True)):
        postings.add(number, content, middling)
        vocabulary.update(document.surface_words)
        yield f"d/{number}.kb", packed_file(as_json(_shown(document)))
    terms = list(levels(postings))
    for level, shards in enumerate(terms):
        for number, (_, data) in enumerate(shards):
            yield f"t/{level}/{number}.kb", packed_file(data)
    facets = _facet_terms(index)
    yield from _facet_files(documents, facets)
    parts = _part_shards(analyser.lexicon.within(Askable(postings.terms, analyser.meanings)))
    for number, (_, shard) in enumerate(parts):
        yield f"p/{number}.kb", packed_file(as_json(shard))
    spelling = _word_shards(vocabulary)
    for key, lines in spelling.items():
        yield f"w/{key}.kb", packed_file("\n".join(lines).encode())
    known = list(_known_shards(known_words))
    for number, (_, lines) in enumerate(known):
        yield f"k/{number}.kb", packed_file("\n".join(lines).encode())
    yield (
        "manifest.json",
        as_json(
            {
                "format": FORMAT,
                "analysis": analysis.VERSION,
                "block": analysis.BLOCK,
                "documents": len(documents),
                "facets": _facets(index, facets),
                "meanings": _meanings(analyser.meanings),
                "terms": {"levels": len(terms), "first": [first for first, _ in terms[-1]]},
                "parts": [key for key, _ in parts],
                "words": sorted(spelling),
                "known": [key for key, _ in known],
            }
        ),
    )


def _shown(document: Document) -> dict[str, object]:
    return {
        "id": document.id,
        "url": document.url,
        "title": document.title,
        "kind": document.kind,
        "years": years_text(document.years),
        "owners": listed(document.owners),
        "summary": document.summary,
        "headings": document.headings,
        "body": document.body,
        "result": document.result,
        "project": document.project,
    }


@dataclass(frozen=True, slots=True)
class _FacetTerm:
    """A term of a facet; its ordinal is its place among all."""

    facet: str
    id: str
    label: str
    count: int


def _facet_terms(index: FacetIndex | None) -> list[_FacetTerm]:
    if index is None:
        return []
    return [
        _FacetTerm(facet.id, entry.term.id, entry.term.label, len(entry.members))
        for facet in index.filters
        for entry in index.of(facet)
    ]


def _facets(index: FacetIndex | None, terms: Sequence[_FacetTerm]) -> list[dict[str, object]]:
    return [
        {
            "id": facet.id,
            "key": facet.key,
            "label": facet.label,
            "terms": [
                {"id": term.id, "label": term.label, "count": term.count} for term in terms if term.facet == facet.id
            ],
        }
        for facet in (index.filters if index else ())
        if terms
    ]


def _facet_files(documents: Sequence[Document], terms: Sequence[_FacetTerm]) -> Iterator[tuple[str, bytes]]:
    ordinals = {(term.facet, term.id): ordinal for ordinal, term in enumerate(terms)}
    of_term: dict[int, list[int]] = {}
    packed: list[bytes] = []
    for number, document in enumerate(documents):
        found = sorted(
            ordinals[facet, term] for facet, ids in document.facets.items() for term in ids if (facet, term) in ordinals
        )
        for ordinal in found:
            of_term.setdefault(ordinal, []).append(number)
        packed.append(varint(len(found)) + ascending(found))
    for start in range(0, len(packed), _FACET_SHARD):
        yield f"f/{start // _FACET_SHARD}.kb", packed_file(b"".join(packed[start : start + _FACET_SHARD]))
    for ordinal, numbers in sorted(of_term.items()):
        yield f"b/{ordinal}.kb", packed_file(ascending(numbers))


def _part_shards(lexicon: Lexicon) -> list[tuple[str, dict[str, object]]]:
    """Return the parts by the first two letters of what they are looked up by, without å, ä and ö.

    Each shard has those of as many neighbouring pairs of letters as make it worth a request, with the first of them.
    """
    shards: dict[str, _Parts] = {}

    def put(kind: str, form: str, value: list[object]) -> None:
        shards.setdefault(unaccented(form)[:2], {}).setdefault(kind, {})[form] = value

    for form, part in lexicon.first.items():
        put("first", form, [part.cost] if stem(form) == part.stem else [part.cost, part.stem])
    for form, last in lexicon.last.items():
        put("last", form, [last.cost])
    for kind, forms in (("short", lexicon.short), ("never", lexicon.never), ("whole", lexicon.whole)):
        for form in forms:
            put(kind, form, [])
    return [(key, _part_shard(kinds)) for key, kinds in _merged(shards)]


def _merged(shards: Mapping[str, _Parts]) -> Iterator[tuple[str, _Parts]]:
    """Draw neighbouring shards together until each is worth a request; each is named by the first of its keys."""
    first, together, size = "", _Parts(), 0
    for key in sorted(shards):
        count = sum(map(len, shards[key].values()))
        if together and size + count > _PARTS_IN_SHARD:
            yield first, together
            first, together, size = "", _Parts(), 0
        first, size = first or key, size + count
        for kind, forms in shards[key].items():
            together.setdefault(kind, {}).update(forms)
    if together:
        yield first, together


def _part_shard(kinds: Mapping[str, Mapping[str, list[object]]]) -> dict[str, object]:
    return {
        "first": kinds.get("first", {}),
        "last": {form: value[0] for form, value in kinds.get("last", {}).items()},
        **{kind: sorted(kinds.get(kind, {})) for kind in ("short", "never", "whole")},
    }


def _meanings(meanings: Meanings) -> str:
    """Return what words mean to each other: a group a line, with its name, theme, broader groups and phrases.

    Packed into the manifest, for who waited for it would wait once more for the terms that it leads to. A group's term
    is made of its first phrase; broader groups are known by their places.
    """
    terms = list(meanings.names)
    number = {term: place for place, term in enumerate(terms)}
    phrases: dict[str, list[str]] = {term: [] for term in terms}
    for found in meanings.phrases.values():
        for phrase, group in found:
            phrases[group].append(" ".join(phrase))
    lines = []
    for term in terms:
        above = " ".join(f"{number[group]}:{steps}" for group, steps in meanings.broader.get(term, ()))
        own = sorted(phrases[term], key=lambda phrase: phrase.split(" "))
        theme = meanings.themes.get(term, "")
        # Where there is a theme to tell of, the group's own name is not told.
        lines.append("\t".join(("" if theme else meanings.names[term], theme, above, "|".join(own))))
    return base64.b64encode(packed_file("\n".join(lines).encode())).decode()


def _known_shards(known: Known) -> Iterator[tuple[str, list[str]]]:
    """Draw what is known and begins alike together until each shard is worth a request.

    A line is a stem or a form; where it is more than a known stem, a number tells what it is, the sum of `_KNOWN_AS`.
    """
    lexicon = known.lexicon
    kinds = (known.stems, lexicon.first, lexicon.last, lexicon.short, lexicon.never)
    by_key: dict[str, list[str]] = {}
    for text in sorted({text for kind in kinds for text in kind}):
        sort = sum(mark for mark, kind in zip(_KNOWN_AS, kinds, strict=True) if text in kind)
        by_key.setdefault(word_key(text), []).append(text if sort == 1 else f"{text} {sort}")
    first, together = "", list[str]()
    for key in sorted(by_key):
        if together and len(together) + len(by_key[key]) > _KNOWN_IN_SHARD:
            yield first, together
            first, together = "", []
        first = first or key
        together.extend(by_key[key])
    if together:
        yield first, together


def _word_shards(vocabulary: Counter[str]) -> dict[str, list[str]]:
    shards: dict[str, list[tuple[int, str]]] = {}
    for word, count in vocabulary.items():
        key = word_key(word)
        if key.isascii() and key.isalpha():
            shards.setdefault(key, []).append((-count, word))
    return {key: [f"{word} {-count}" for count, word in sorted(shards[key])[:WORDS_IN_SHARD]] for key in sorted(shards)}
