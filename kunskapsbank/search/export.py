"""Documents → the static files of the browser's index: versioned, sorted, sharded, free of time stamps.

A reader fetches the manifest and then only the files that its question needs; what grows with the bank is never
fetched whole. A file's name and content depend on as little of the bank as can be, so an edit changes few of them, and
only those are made. `shards.js` is the reader, and the format is told here:

- `manifest.json`: format, analysis version, version of the content, number of documents, facets with their terms
  and these terms' names, and the first keys by which a file is found.
- `t/-<beginning>.kb`: a leaf of terms, see `terms` and `leaves`.
- `h/<number>-<piece>.kb`: what is shown of a document as a hit, with a piece of its text; `d/<number>.kb`: all of it.
- `n.kb`: the numbers of all documents. `f/<facet>-<n>.kb` and `b/<facet>.<term>.kb`: see `facet_files`.
- `m.kb`: what is told of the groups of words that mean the same; `g.kb`: all their phrases, for a text of many words.
- `p/<n>.kb`: the parts that compounds of the question can be divided into.
- `w/<xx>.kb`: words of the documents, for a word that none has and that may be misspelt; `k/<n>.kb`: stems of words
  that are words, so that those are never taken for misspelt.

All but the manifest are gzip files, which the browser unpacks itself: the server needs no settings.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING

from kunskapsbank.files.digest import digest_of
from kunskapsbank.search import analysis
from kunskapsbank.search.assembly import Assembly, Same
from kunskapsbank.search.concepts import Askable
from kunskapsbank.search.facet_files import facet_files, filters
from kunskapsbank.search.known import Known
from kunskapsbank.search.leaves import written
from kunskapsbank.search.numbering import numbered
from kunskapsbank.search.occurrences import BLOCKS_IN_PIECE
from kunskapsbank.search.packing import as_json, ascending, packed_file
from kunskapsbank.search.shown import hit_files
from kunskapsbank.search.store import Damaged, Store
from kunskapsbank.search.terms import leaf_file, leaf_name
from kunskapsbank.search.word_files import known_shards, meanings_of, meanings_told, part_shards, word_lines

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping
    from pathlib import Path

    from kunskapsbank.model.facets import FacetIndex
    from kunskapsbank.search.analysis import Analyser
    from kunskapsbank.search.documents import Document

log = logging.getLogger(__name__)

FORMAT = 5
MANIFEST = "manifest.json"
_FOLDERS = "bdfhkptw"
_OF_NO_TEXT = frozenset({"n.kb", "g.kb", "m.kb"})

# Lets a file of the site that is there be one of the new, if it has the digest; tells whether it is.
TakeOver = Callable[[str, str], bool]


def write(
    folder: Path,
    documents: Iterable[Document],
    index: FacetIndex | None,
    analyser: Analyser,
    known: Known | None = None,
    kept: Path | None = None,
    take_over: TakeOver | None = None,
) -> None:
    """Write the index of `documents` into `folder`, and take away what of another index lies there.

    `index` holds the facets and their terms (None: no facets); `known` are the words that are never taken for misspelt.
    `kept` is a file with what was worked out the last time, so that only what has changed is worked out; the outcome is
    the same. `take_over` is asked for files that need not be made, by their names in `folder`.
    """
    those = numbered(documents)
    with Store(kept) as store:

        def export() -> None:
            words = Assembly(store, analyser, those)
            _Export(words, analyser, take_over, partial(_lay, folder)).write(folder, those, index, known or Known())

        try:
            export()
        except Damaged as fault:
            log.warning("%s var delvis skadad (%s) och görs på nytt.", kept, fault)
            store.clear()
            export()


def rewrite(
    changed: Iterable[Document], analyser: Analyser, known: Known, kept: Path, manifest: bytes
) -> dict[str, bytes | None]:
    """Return what of an index changes when some documents have other texts: files by name, None for one that goes.

    `kept` is as `write` left it, `manifest` the file as it is; all else is as in `write`, and the facets of no
    document are others. Raises Damaged where what is kept cannot be used, or is of another index: one that another
    process made, or that was never published. Then all must be written.
    """
    new: dict[str, bytes | None] = {}
    with Store(kept) as store:
        try:
            words = Assembly(store, analyser, None, changed)
            last, now = words.last.files, words.state.files
            # The manifest has a digest of all other files.
            if last.get(MANIFEST) != digest_of(manifest):
                raise Damaged("another index")
            export = _Export(words, analyser, lambda name, digest: last.get(name) == digest, new.__setitem__)
            export.write_again(known, json.loads(manifest))
        except (ValueError, KeyError) as error:
            raise Damaged(str(error)) from error
    return {**new, **dict.fromkeys(last.keys() - now.keys())}


class _Export:
    """One export: the files of an index, each taken over, or made and handed to `lay` by name."""

    def __init__(
        self, words: Assembly, analyser: Analyser, take_over: TakeOver | None, lay: Callable[[str, bytes], None]
    ) -> None:
        self._words = words
        self._analyser = analyser
        self._take_over = take_over
        self._lay = lay
        self._files = words.state.files

    def write(self, folder: Path, documents: Mapping[int, Document], index: FacetIndex | None, known: Known) -> None:
        """Write all files into `folder`, the manifest last, and leave no others there."""
        self._write_hits()
        manifest = {
            "format": FORMAT,
            "analysis": analysis.VERSION,
            "piece": BLOCKS_IN_PIECE,
            "documents": len(documents),
            "facets": self._write_facets(documents, index),
            **self._write_words(known),
        }
        meanings = self._analyser.meanings
        self._put("g.kb", "\n".join(meanings_of(meanings)).encode())
        self._put("m.kb", "\n".join(meanings_told(meanings)).encode())
        self._write_manifest(manifest)
        _clear(folder, self._files)
        self._words.keep()

    def write_again(self, known: Known, manifest: Mapping[str, object]) -> None:
        """Write the files of the same documents with other texts; `manifest` is that of before."""
        last = self._words.last.files
        # What follows from the facets, and from what words mean to each other.
        same = (name for name in last if name.startswith(("f/", "b/")) or name in _OF_NO_TEXT)
        self._files.update({name: last[name] for name in same})
        self._write_hits()
        self._write_manifest({**manifest, **self._write_words(known)})
        self._words.keep()

    def _write_manifest(self, manifest: Mapping[str, object]) -> None:
        version = hashlib.sha256(as_json(self._files)).hexdigest()[:16]
        self._write(MANIFEST, as_json({**manifest, "version": version}))

    def _write_hits(self) -> None:
        headers = self._words.state.documents
        for number, document in self._words.documents.items():
            cuts = headers[document.id].cuts
            names = [f"h/{number}-{piece}.kb" for piece in range(len(cuts) + 1)] + [f"d/{number}.kb"]
            if number in self._words.analysed or not all(self._is_taken(name) for name in names):
                if isinstance(document, Same):
                    raise Damaged(document.id)
                for name, data in hit_files(number, document, cuts):
                    self._write(name, data)

    def _write_facets(self, documents: Mapping[int, Document], index: FacetIndex | None) -> list[dict[str, object]]:
        rules = filters(index)
        for name, data in facet_files(documents, rules):
            self._put(name, data)
        self._put("n.kb", ascending(documents))
        return [asdict(rule) for rule in rules]

    def _write_words(self, known: Known) -> dict[str, object]:
        """Write what follows from the words of the texts, and return what the manifest tells of it."""
        return {
            "leaves": self._write_leaves(),
            "parts": self._write_parts(),
            "words": self._write_spelling(),
            "known": self._write_known(known),
        }

    def _write_leaves(self) -> str:
        rows = self._words.state.leaves
        for row in rows:
            name = f"t/{leaf_name(row[0])}.kb"
            if not (self._words.is_same(row) and self._is_taken(name)):
                self._write(name, leaf_file(self._words.leaf(row)))
        return written(beginning for beginning, *_ in rows)

    def _write_parts(self) -> list[str]:
        def made() -> Iterator[tuple[str, bytes]]:
            stems = frozenset(self._words.state.stems)
            for key, shard in part_shards(self._analyser.lexicon.within(Askable(stems, self._analyser.meanings))):
                yield key, as_json(shard)

        return self._write_numbered("p", digest_of(as_json(self._words.state.stems)), made)

    def _write_spelling(self) -> list[str]:
        keys = [key for key in self._words.spelling_keys() if key.isascii() and key.isalpha()]
        for key in keys:
            name = f"w/{key}.kb"
            if key in self._words.spelt or not self._is_taken(name):
                self._put(name, "\n".join(word_lines(self._words.spelling(key))).encode())
        return keys

    def _write_known(self, known: Known) -> list[str]:
        def made() -> Iterator[tuple[str, bytes]]:
            for key, lines in known_shards(known):
                yield key, "\n".join(lines).encode()

        return self._write_numbered("k", known.digest, made)

    def _write_numbered(self, kind: str, of: str, make: Callable[[], Iterator[tuple[str, bytes]]]) -> list[str]:
        """Write files that have numbers for names, and return the keys that they begin with.

        Where they are made of what they were made of the last time they are not made, but taken over.
        """
        before, keys = self._words.last.keys.get(kind, ("", []))
        if before != of or not all(self._is_taken(f"{kind}/{number}.kb") for number in range(len(keys))):
            keys = []
            for number, (key, data) in enumerate(make()):
                self._put(f"{kind}/{number}.kb", data)
                keys.append(key)
        self._words.state.keys[kind] = (of, keys)
        return keys

    def _put(self, name: str, data: bytes) -> None:
        """Pack data and write it."""
        self._write(name, packed_file(data))

    def _write(self, name: str, data: bytes) -> None:
        digest = digest_of(data)
        self._files[name] = digest
        if not (self._take_over and self._take_over(name, digest)):
            self._lay(name, data)

    def _is_taken(self, name: str) -> bool:
        """Take over a file that is as it was the last time; tell whether that could be done."""
        digest = self._words.last.files.get(name)
        if digest is None or not self._take_over or not self._take_over(name, digest):
            return False
        self._files[name] = digest
        return True


def _clear(folder: Path, files: Container[str]) -> None:
    for kind in _FOLDERS:
        own = folder / kind
        for left in own.iterdir() if own.is_dir() else ():
            if f"{kind}/{left.name}" not in files:
                left.unlink()


def _lay(folder: Path, name: str, data: bytes) -> None:
    target = folder / name
    try:
        _lay_anew(target, data)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        _lay_anew(target, data)
    except FileExistsError:
        # It may be a file of the published site, taken over before what was kept turned out to be damaged.
        target.unlink()
        _lay_anew(target, data)


def _lay_anew(target: Path, data: bytes) -> None:
    """Write a file that must not be there. There are thousands of them, so nothing else is asked or done."""
    with open(target, "xb", buffering=0) as file:
        file.write(data)
