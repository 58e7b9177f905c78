"""Analysed documents → the static files of the browser's index: versioned, sorted, sharded, free of time stamps.

A reader fetches the manifest and then only the shards that its question needs; what grows with the bank is never
fetched whole. `shards.js` is the reader, and the format is told here:

- `manifest.json`: format, analysis version, folder of the shards, number of documents, facets with their terms,
  synonyms, and the first keys by which a shard is found.
- `t/0/<n>.kb`: terms with their postings, sorted by routing key (the term without å, ä and ö), so that a term typed
  without them is found in the same shard. `t/<level>/<n>.kb`: the first keys of the shards one level below.
- `f/<n>.kb`: the facets of 256 documents; `b/<ordinal>.kb`: the documents of one facet term.
- `d/<number>.kb`: what is shown of one document.
- `p/<n>.kb`: the parts that compounds of the question can be divided into; `w/<xx>.kb`: words for spelling help.

All but the manifest are gzip files, which the browser unpacks itself: the server needs no settings.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kunskapsbank.facets import FACETS, SOURCE
from kunskapsbank.search import analysis
from kunskapsbank.search.ranking import blocks, impacts, lengths, pivots
from kunskapsbank.search.stem import stem
from kunskapsbank.search.stopwords import STOP_WORDS
from kunskapsbank.search.text import unaccented, words
from kunskapsbank.text import listed, years_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kunskapsbank.facets import FacetIndex
    from kunskapsbank.search.analysis import Analyser, Field
    from kunskapsbank.search.documents import Document
    from kunskapsbank.search.lexicon import Lexicon

FORMAT = 1

# Unpacked; about half of it when fetched. Smaller shards cost more requests, larger ones more bytes a term.
_LEAF_BYTES = 8_192
_FAN_OUT = 64
_FACET_SHARD = 256
_WORDS_IN_SHARD = 2_000
_PARTS_IN_SHARD = 200
_SHOWN_FACETS = tuple(facet for facet in FACETS if facet is not SOURCE)


def write(folder: Path, documents: Sequence[Document], index: FacetIndex | None, analyser: Analyser) -> dict[str, int]:
    """Write the index of `documents` into `folder`, in place of what was there.

    `documents` are newest first: their places are their numbers. `index` holds the facets and their terms (None: no
    facets). Returns the size in bytes of every file by its path.
    """
    files = dict(_files(documents, index, analyser))
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
    written = _json(whole)
    (folder / "manifest.json").write_bytes(written)
    return {"manifest.json": len(written), **{path: len(data) for path, data in files.items()}}


def _files(documents: Sequence[Document], index: FacetIndex | None, analyser: Analyser) -> Iterator[tuple[str, bytes]]:
    postings = _Postings()
    vocabulary: Counter[str] = Counter()
    analysed = [document.analysed(analyser) for document in documents]
    middling = pivots(lengths(document) for document in analysed)
    for number, (document, content) in enumerate(zip(documents, analysed, strict=True)):
        postings.add(number, content, middling)
        vocabulary.update(set(_surface_words(document)))
        yield f"d/{number}.kb", _packed(_json(_shown(document)))
    terms = list(_levels(postings))
    for level, shards in enumerate(terms):
        for number, (_, data) in enumerate(shards):
            yield f"t/{level}/{number}.kb", _packed(data)
    facets = _facet_terms(index)
    yield from _facet_files(documents, facets)
    parts = _part_shards(analyser.lexicon.within(postings.terms))
    for number, (_, shard) in enumerate(parts):
        yield f"p/{number}.kb", _packed(_json(shard))
    spelling = _word_shards(vocabulary)
    for key, lines in spelling.items():
        yield f"w/{key}.kb", _packed("\n".join(lines).encode())
    yield (
        "manifest.json",
        _json(
            {
                "format": FORMAT,
                "analysis": analysis.VERSION,
                "block": analysis.BLOCK,
                "documents": len(documents),
                "facets": _facets(facets),
                "synonyms": {first: list(phrases) for first, phrases in analyser.synonyms.phrases.items()},
                "terms": {"levels": len(terms), "first": [first for first, _ in terms[-1]]},
                "parts": [key for key, _ in parts],
                "words": sorted(spelling),
            }
        ),
    )


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _packed(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def _varint(number: int) -> bytes:
    found = bytearray()
    while number > 0x7F:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    found.append(number)
    return bytes(found)


def _ascending(numbers: Iterable[int]) -> bytes:
    """Return ascending numbers as varints: the first itself, then the differences."""
    found, last = bytearray(), 0
    for number in numbers:
        found += _varint(number - last)
        last = number
    return bytes(found)


@dataclass(slots=True)
class _Postings:
    """The postings of every term, packed as documents come, ascending: term → (count, last document, bytes)."""

    _kept: dict[str, tuple[int, int, bytearray]] = field(default_factory=dict)

    @property
    def terms(self) -> Mapping[str, object]:
        return self._kept

    def add(self, number: int, content: Mapping[str, Field], middling: Mapping[str, int]) -> None:
        places = blocks(content, analysis.BLOCK)
        for term, impact in impacts(content, middling).items():
            count, last, packed = self._kept.get(term, (0, 0, bytearray()))
            stands = places.get(term, ())
            packed += _varint(number - last) + _varint(impact) + _varint(len(stands)) + _ascending(stands)
            self._kept[term] = (count + 1, number, packed)

    def entries(self) -> Iterator[tuple[str, bytes]]:
        """Return routing key and packed entry of every term, sorted."""
        for key, term in sorted((unaccented(term), term) for term in self._kept):
            count, _, packed = self._kept[term]
            name, content = term.encode(), _varint(count) + packed
            yield key, _varint(len(name)) + name + _varint(len(content)) + content


def _levels(postings: _Postings) -> Iterator[list[tuple[str, bytes]]]:
    """Return, from the leaves up, each level's shards with their first keys, until they are few enough for a root."""
    level = _leaves(postings)
    yield level
    while len(level) > _FAN_OUT:
        groups = [level[start : start + _FAN_OUT] for start in range(0, len(level), _FAN_OUT)]
        level = [(group[0][0], _json([first for first, _ in group])) for group in groups]
        yield level


def _leaves(postings: _Postings) -> list[tuple[str, bytes]]:
    leaves: list[tuple[str, bytearray]] = []
    last = ""
    for key, entry in postings.entries():
        # Terms of one key stay together, or a reader would have to look in two shards.
        if not leaves or (key != last and len(leaves[-1][1]) + len(entry) > _LEAF_BYTES):
            leaves.append((key, bytearray()))
        leaves[-1][1].extend(entry)
        last = key
    return [(first, bytes(data)) for first, data in leaves]


def _shown(document: Document) -> dict[str, object]:
    return {
        "id": document.id,
        "url": document.url,
        "title": document.title,
        "kind": document.kind,
        "years": years_text(document.years),
        "owners": listed(document.owners),
        "summary": document.summary,
        "body": document.body,
        "example": document.example,
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
        for facet in _SHOWN_FACETS
        for entry in index.of(facet)
    ]


def _facets(terms: Sequence[_FacetTerm]) -> list[dict[str, object]]:
    return [
        {
            "id": facet.id,
            "key": facet.key,
            "label": facet.label,
            "terms": [
                {"id": term.id, "label": term.label, "count": term.count} for term in terms if term.facet == facet.id
            ],
        }
        for facet in _SHOWN_FACETS
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
        packed.append(_varint(len(found)) + _ascending(found))
    for start in range(0, len(packed), _FACET_SHARD):
        yield f"f/{start // _FACET_SHARD}.kb", _packed(b"".join(packed[start : start + _FACET_SHARD]))
    for ordinal, numbers in sorted(of_term.items()):
        yield f"b/{ordinal}.kb", _packed(_ascending(numbers))


def _part_shards(lexicon: Lexicon) -> list[tuple[str, dict[str, object]]]:
    """Return the parts by the first two letters of what they are looked up by, without å, ä and ö.

    Each shard has those of as many neighbouring pairs of letters as make it worth a request, with the first of them.
    """
    shards: dict[str, dict[str, dict[str, list[object]]]] = {}

    def put(kind: str, form: str, value: list[object]) -> None:
        shards.setdefault(unaccented(form)[:2], {}).setdefault(kind, {})[form] = value

    for form, part in lexicon.first.items():
        put("first", form, [part.cost] if stem(form) == part.stem else [part.cost, part.stem])
    for form, last in lexicon.last.items():
        put("last", form, [last.cost])
    for kind, forms in (("short", lexicon.short), ("never", lexicon.never), ("whole", lexicon.whole)):
        for form in forms:
            put(kind, form, [])
    merged: list[tuple[str, dict[str, dict[str, list[object]]]]] = []
    size = 0
    for key in sorted(shards):
        count = sum(map(len, shards[key].values()))
        if not merged or size + count > _PARTS_IN_SHARD:
            merged.append((key, {}))
            size = 0
        size += count
        for kind, forms in shards[key].items():
            merged[-1][1].setdefault(kind, {}).update(forms)
    return [(key, _part_shard(kinds)) for key, kinds in merged]


def _part_shard(kinds: Mapping[str, Mapping[str, list[object]]]) -> dict[str, object]:
    return {
        "first": kinds.get("first", {}),
        "last": {form: value[0] for form, value in kinds.get("last", {}).items()},
        **{kind: sorted(kinds.get(kind, {})) for kind in ("short", "never", "whole")},
    }


def _surface_words(document: Document) -> Iterator[str]:
    for text in document.texts.values():
        for word in words(text):
            yield from (
                piece
                for piece in {word.text, *word.pieces}
                if len(piece) > 2 and piece not in STOP_WORDS and not any(letter.isdigit() for letter in piece)
            )


def _word_shards(vocabulary: Counter[str]) -> dict[str, list[str]]:
    shards: dict[str, list[tuple[int, str]]] = {}
    for word, count in vocabulary.items():
        key = unaccented(word)[:2]
        if key.isascii() and key.isalpha():
            shards.setdefault(key, []).append((-count, word))
    return {
        key: [f"{word} {-count}" for count, word in sorted(shards[key])[:_WORDS_IN_SHARD]] for key in sorted(shards)
    }
