"""Analysed documents → the static files of the browser's index: versioned, sorted, sharded, free of time stamps.

A reader fetches the manifest and then only the files that its question needs; what grows with the bank is never
fetched whole. A file's name and content depend on as little of the bank as can be, so an edit changes few of them.
`shards.js` is the reader, and the format is told here:

- `manifest.json`: format, analysis version, version of the content, number of documents, facets with their terms, and
  the first keys by which a file is found.
- `t/-<beginning>.kb`: terms, see `terms`.
- `h/<number>-<piece>.kb`: what is shown of a document as a hit, with a piece of its text; `d/<number>.kb`: all of it.
- `n.kb`: the numbers of all documents. `f/<n>.kb` and `b/<facet>.<term>.kb`: see `facet_files`.
- `m.kb`: what is told of the groups of words that mean the same; `g.kb`: all their phrases, for a text of many words.
- `p/<n>.kb`: the parts that compounds of the question can be divided into.
- `w/<xx>.kb`: words of the documents, for a word that none has and that may be misspelt; `k/<n>.kb`: stems of words
  that are words, so that those are never taken for misspelt.

All but the manifest are gzip files, which the browser unpacks itself: the server needs no settings.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING

from kunskapsbank.search import analysis
from kunskapsbank.search.analysis import Askable
from kunskapsbank.search.facet_files import facet_files, filters
from kunskapsbank.search.known import Known
from kunskapsbank.search.leaves import written
from kunskapsbank.search.numbering import numbered
from kunskapsbank.search.packing import as_json, ascending, packed_file
from kunskapsbank.search.ranking import lengths, pivots
from kunskapsbank.search.shown import hit_files
from kunskapsbank.search.terms import Terms
from kunskapsbank.search.word_files import known_shards, meanings_of, meanings_told, part_shards, word_shards

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kunskapsbank.model.facets import FacetIndex
    from kunskapsbank.search.analysis import Analyser
    from kunskapsbank.search.documents import Document

FORMAT = 3
MANIFEST = "manifest.json"
_FOLDERS = "bdfhkptw"


def write(
    folder: Path,
    documents: Iterable[Document],
    index: FacetIndex | None,
    analyser: Analyser,
    known: Known | None = None,
) -> dict[str, int]:
    """Write the index of `documents` into `folder`, and take away what of another index lies there.

    `index` holds the facets and their terms (None: no facets); `known` are the words that are never taken for
    misspelt. Returns the size in bytes of every file by its path.
    """
    files = dict(_files(documents, index, analyser, known or Known()))
    for path, data in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    for left in (path for kind in _FOLDERS for path in folder.glob(f"{kind}/*")):
        if left.relative_to(folder).as_posix() not in files:
            left.unlink()
    return {path: len(data) for path, data in files.items()}


def _files(
    documents: Iterable[Document], index: FacetIndex | None, analyser: Analyser, known_words: Known
) -> Iterator[tuple[str, bytes]]:
    """Return all files by path, the manifest last: its version is a hash of the others."""
    content = hashlib.sha256()
    fields: dict[str, object] = {}
    for path, data in _all_but_manifest(documents, index, analyser, known_words, fields):
        content.update(path.encode() + b"\0" + data)
        yield path, data
    yield MANIFEST, as_json({**fields, "version": content.hexdigest()[:16]})


def _all_but_manifest(
    documents: Iterable[Document],
    index: FacetIndex | None,
    analyser: Analyser,
    known_words: Known,
    manifest: dict[str, object],
) -> Iterator[tuple[str, bytes]]:
    """Return the files by path, and put what is told of them into `manifest`."""
    those = numbered(documents)
    terms, vocabulary = Terms(analyser), Counter[str]()
    analysed = {number: document.analysed(analyser) for number, document in those.items()}
    middling = pivots(lengths(fields) for fields in analysed.values())
    for number, document in those.items():
        terms.add(number, analysed[number], middling, document.written)
        vocabulary.update(document.surface_words)
        yield from hit_files(number, document, analysed[number])
    leaves, files = terms.files()
    yield from files.items()
    rules = filters(index)
    yield from facet_files(those, rules)
    yield "n.kb", packed_file(ascending(those))
    yield "g.kb", packed_file("\n".join(meanings_of(analyser.meanings)).encode())
    yield "m.kb", packed_file("\n".join(meanings_told(analyser.meanings)).encode())
    parts = part_shards(analyser.lexicon.within(Askable(terms.names, analyser.meanings)))
    for number, (_, shard) in enumerate(parts):
        yield f"p/{number}.kb", packed_file(as_json(shard))
    spelling = word_shards(vocabulary)
    for key, lines in spelling.items():
        yield f"w/{key}.kb", packed_file("\n".join(lines).encode())
    known = list(known_shards(known_words))
    for number, (_, lines) in enumerate(known):
        yield f"k/{number}.kb", packed_file("\n".join(lines).encode())
    manifest |= {
        "format": FORMAT,
        "analysis": analysis.VERSION,
        "piece": analysis.BLOCKS_IN_PIECE,
        "documents": len(those),
        "facets": [asdict(rule) for rule in rules],
        "leaves": written(leaves),
        "parts": [key for key, _ in parts],
        "words": sorted(spelling),
        "known": [key for key, _ in known],
    }
