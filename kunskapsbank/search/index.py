"""Analysed documents → a Whoosh index on disk, brought up to date document by document; questions → ids and postings.

The only module that knows Whoosh. For every term of a document it keeps the impact and the blocks of `ranking`, so that
asking it gives what the browser's client gives. Whoosh's own scores are not used: they count deleted documents until
segments are merged, and round lengths to a byte.

What is damaged, foreign or half written is made anew, and nothing in it is ever run. Several processes may ask and
update one index at the same time.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from filelock import FileLock
from whoosh import columns, fields, formats, qparser, query
from whoosh import index as tables
from whoosh.codec import whoosh3
from whoosh.filedb import structfile
from whoosh.filedb.filestore import FileStorage

from kunskapsbank.model import facets
from kunskapsbank.search import concepts, spelling, unpickling
from kunskapsbank.search.analysis import Analyser
from kunskapsbank.search.asked import TEXTS, years_asked
from kunskapsbank.search.concepts import Askable
from kunskapsbank.search.documents import WORDS_IN_SHARD, keyed, surface_words, word_key
from kunskapsbank.search.known import Known
from kunskapsbank.search.occurrences import BLOCK
from kunskapsbank.search.ranking import Posting, blocks, impacts, lengths, pivots
from kunskapsbank.swedish.text import slugify
from kunskapsbank.swedish.words import unaccented

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kunskapsbank.model.facets import Facet
    from kunskapsbank.search.concepts import Concept, Vocabulary
    from kunskapsbank.search.documents import Document
    from kunskapsbank.search.occurrences import Field as Analysed

# All the places where Whoosh reads pickles; it offers no other way to choose how.
columns.loads = formats.loads = whoosh3.loads = unpickling.loads
structfile.load_pickle = unpickling.load
tables.pickle = unpickling
tables.toc_loaders.clear()  # Tables of contents of older versions.
unpickling.allow(whoosh3.W3Codec)
unpickling.allow(whoosh3.W3Segment)

log = logging.getLogger(__name__)
_UNREADABLE = "Sökindexet i %s gick inte att läsa och görs på nytt."

# Changes with what is kept of a document: an index of another format is made anew.
FORMAT = 3
_STATE = "kunskapsbank.json"

_EVERYWHERE = "terms"
_PLAIN = "plain"
_WORDS = "words"


@dataclass(frozen=True, slots=True)
class Changes:
    """How many documents were added, changed and removed when an index was brought up to date."""

    added: int
    changed: int
    removed: int


class _Given(fields.FieldType):  # type: ignore[misc]
    """A field that is handed its terms; a word asked for in it is any of the terms that the analyser finds it as."""

    def __init__(self) -> None:
        self.format = formats.Existence()
        self.analyzer = self.vector = self.column_type = None
        self.indexed = True
        self.scorable = self.stored = self.unique = self.spelling = self.sortable = False

    def index(self, value: Iterable[str], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term in value:
            yield term.encode(), 1, 1.0, b""


class _Ranked(_Given):
    """The terms of a whole document: term → (impact, blocks), kept as the weight and the value of the posting."""

    def __init__(self) -> None:
        super().__init__()
        # Of the formats, one whose postings have values of any length; we write the values ourselves.
        self.format = formats.Positions()

    def index(self, value: Any, **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term, (impact, places) in value.items():
            yield term.encode(), 1, impact, json.dumps(places).encode()


def _schema(keys: Iterable[str]) -> fields.Schema:
    return fields.Schema(
        id=fields.ID(stored=True, unique=True),
        digest=fields.STORED(),
        lengths=fields.STORED(),
        **{_EVERYWHERE: _Ranked(), _PLAIN: _Given(), _WORDS: _Given()},
        **{name: _Given() for name in (*TEXTS, *keys)},
    )


class Index:
    """A full-text index in a folder of its own. Holds no texts: it answers with ids."""

    def __init__(
        self, folder: Path, analyser: Analyser, known: Known | None = None, ways: Iterable[Facet] = facets.FACETS
    ) -> None:
        """Use the index in `folder`, which is made when it is first brought up to date.

        `known` are the words that are never taken for misspelt, `ways` the facets as the bank calls them.
        """
        self._ways = {facet.key: facet.id for facet in ways}
        self.folder = folder
        self.analyser = analyser
        self._known = known or Known()

    def update(self, documents: Sequence[Document]) -> Changes:
        """Add what is new, index again what has changed, take out what is gone; the rest is not even analysed.

        All is made anew where the format, the analysis or the middling lengths of the fields are others than before,
        and where the files are not as they were written. Waits while another process updates the index.
        """
        with self._locked():
            return self._updated(documents)

    @contextmanager
    def reader(self, documents: Sequence[Document]) -> Iterator[Reader]:
        """Bring the index up to date and open it for asking; what others do to it meanwhile is not noticed."""
        with self._locked():
            self._updated(documents)
            opened, searcher = self._opened()
        try:
            yield Reader(searcher, self.analyser, self._known, self._ways)
        finally:
            searcher.close()
            opened.close()

    def forget(self) -> None:
        """Throw the index away, for it gave no answer: the next time it is made anew."""
        with self._locked():
            log.warning(_UNREADABLE, self.folder)
            shutil.rmtree(self.folder, ignore_errors=True)

    def _locked(self) -> FileLock:
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        return FileLock(self.folder.with_name(f"{self.folder.name}.lock"))

    def _opened(self) -> tuple[Any, Any]:
        opened = FileStorage(str(self.folder)).open_index(schema=_schema(self._ways))
        return opened, opened.searcher()

    def _updated(self, documents: Sequence[Document]) -> Changes:
        state = self._state()
        version = f"{FORMAT} {self.analyser.fingerprint} {sorted(self._ways)}"
        kept = (self._kept() if state.get("version") == version else None) or {}
        fresh: dict[str, Mapping[str, Analysed]] = {}
        measured: list[Mapping[str, int]] = []
        for document in documents:
            stored = kept.get(document.id)
            if stored and stored["digest"] == document.digest:
                measured.append(stored["lengths"])
            else:
                fresh[document.id] = document.analysed(self.analyser)
                measured.append(lengths(fresh[document.id]))
        new_state = {"version": version, "pivots": pivots(measured)}
        is_new = not kept or state != new_state
        if is_new:
            fresh |= {other.id: other.analysed(self.analyser) for other in documents if other.id not in fresh}
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True)
            FileStorage(str(self.folder)).create_index(_schema(self._ways))
        removed = kept.keys() - {document.id for document in documents}
        if is_new or fresh or removed:
            self._write([document for document in documents if document.id in fresh], fresh, removed, new_state)
        return Changes(len(fresh.keys() - kept.keys()), len(fresh.keys() & kept.keys()), len(removed))

    def _state(self) -> dict[str, Any]:
        """Return what the index was made of; {} where there is none, or where it is not as it was written."""
        if not self.folder.exists():
            return {}
        try:
            state = json.loads((self.folder / _STATE).read_text("utf-8"))
            if state.pop("files") == self._files():
                return dict(state)
        except (OSError, ValueError, TypeError, AttributeError, KeyError):
            pass
        log.warning("Sökindexet i %s var inte helt och görs på nytt.", self.folder)
        return {}

    def _files(self) -> dict[str, str]:
        found = {}
        for path in sorted(self.folder.iterdir()):
            if path.name != _STATE and not path.name.endswith("LOCK"):  # Whoosh's own, empty
                with path.open("rb") as file:
                    found[path.name] = hashlib.file_digest(file, hashlib.blake2b).hexdigest()
        return found

    def _kept(self) -> dict[str, dict[str, Any]] | None:
        """Return what is stored of each document; None where Whoosh cannot read its files, whoever wrote them."""
        try:
            opened, searcher = self._opened()
            try:
                return {
                    stored["id"]: stored for stored in Reader(searcher, self.analyser, self._known, self._ways).stored()
                }
            finally:
                searcher.close()
                opened.close()
        except Exception:
            # Whatever comes of files that somebody else has made.
            log.warning(_UNREADABLE, self.folder)
            return None

    def _write(
        self,
        documents: Sequence[Document],
        analysed: Mapping[str, Mapping[str, Analysed]],
        removed: Iterable[str],
        state: Mapping[str, Any],
    ) -> None:
        opened = FileStorage(str(self.folder)).open_index(schema=_schema(self._ways))
        # The state is gone while the index is written: should that break off, all is made anew the next time.
        (self.folder / _STATE).unlink(missing_ok=True)
        with opened.writer() as writer:
            for document_id in removed:
                writer.delete_by_term("id", document_id)
            for document in documents:
                writer.update_document(**_stored(document, analysed[document.id], state["pivots"], self._ways))
        opened.close()
        written = json.dumps({**state, "files": self._files()}, sort_keys=True)
        (self.folder / _STATE).write_text(written, "utf-8")


def _stored(
    document: Document, analysed: Mapping[str, Analysed], pivot: Mapping[str, int], ways: Mapping[str, str]
) -> dict[str, Any]:
    places = blocks(analysed, BLOCK)
    ranked = {term: (impact, places.get(term, ())) for term, impact in impacts(analysed, pivot).items()}
    return {
        "id": document.id,
        "digest": document.digest,
        "lengths": lengths(analysed),
        _EVERYWHERE: ranked,
        _PLAIN: [f"{plain} {term}" for term in ranked if (plain := unaccented(term)) != term],
        _WORDS: [f"{word_key(word)} {word}" for word in surface_words(analysed)],
        **{name: analysed[field].weights for name, field in TEXTS.items() if field in analysed},
        **{key: sorted({slugify(name) for name in document.facet_names.get(facet, ())}) for key, facet in ways.items()},
    }


class Reader:
    """An open index. Is the vocabulary that the analyser asks about a question's words."""

    def __init__(self, searcher: Any, analyser: Analyser, known: Known, ways: Mapping[str, str]) -> None:
        """Use an open searcher of Whoosh; `known` are the words that are never taken for misspelt.

        `ways` are the facets that can be asked for: key → id.
        """
        self._ways = ways
        self._searcher = searcher
        self._known = known
        self._reader = searcher.reader()
        self._analyser = analyser

    def question(
        self, text: str, exact: Container[str] = frozenset(), vocabulary: Vocabulary | None = None
    ) -> tuple[Concept, ...]:
        """Return the words of a question with the terms to look for; those of `exact` are never taken for misspelt.

        What is known of words is asked of `vocabulary` (None: of the index).

        Compounds are divided into parts that occur in the index: a part that does not finds nothing, and the browser's
        client knows no others.
        """
        return concepts.question(self._asker, text, vocabulary or self, exact)

    @cached_property
    def _asker(self) -> Analyser:
        meanings = self._analyser.meanings
        # All terms at once: to ask Whoosh for each part of the lexicon takes ten times as long.
        held = frozenset(term.decode() for term in self._reader.lexicon(_EVERYWHERE))
        return Analyser(self._analyser.lexicon.within(Askable(held, meanings)), meanings)

    def stored(self) -> Iterator[dict[str, Any]]:
        """Return what is stored of each document: id, digest, lengths."""
        return (stored for _, stored in self._reader.iter_docs())

    def __contains__(self, term: object) -> bool:
        """Tell whether a term occurs in any document."""
        return (_EVERYWHERE, str(term).encode()) in self._reader

    def accented(self, plain: str) -> tuple[str, ...]:
        """Return the terms of the index that are `plain` when å, ä and ö are typed as a, a and o."""
        found = self._reader.expand_prefix(_PLAIN, f"{plain} ".encode())
        return tuple(pair.decode().partition(" ")[2] for pair in found)

    def beginning(self, typed: str) -> list[str]:
        """Return the terms that begin as typed, with or without å, ä and ö, those in most documents first."""
        pairs = self._reader.expand_prefix(_PLAIN, typed.encode()) if typed == unaccented(typed) else ()
        found = {pair.decode().partition(" ")[2] for pair in pairs}
        found |= {term.decode() for term in self._reader.expand_prefix(_EVERYWHERE, typed.encode())}
        return sorted(found, key=lambda term: (-self._count(_EVERYWHERE, term), unaccented(term), term))

    def is_word(self, word: str) -> bool:
        """Tell whether a word is one, in the index or not."""
        return self._known.is_word(word)

    def alike(self, word: str) -> tuple[tuple[str, int], ...]:
        """Return the words of the documents most like `word`, each with what it costs to take it for them."""
        listed = self._analyser.meanings.words
        for keys in (spelling.keys, spelling.further_keys):
            candidates = (found for key in keys(word) for found in self._words_at(key))
            if found := spelling.alike(word, candidates, self._having, listed):
                return found
        return ()

    def _words_at(self, key: str) -> list[str]:
        """Return the words of documents and meanings that begin with two letters; of very many, the most common."""
        pairs = self._reader.expand_prefix(_WORDS, f"{key} ".encode())
        found = [pair.decode().partition(" ")[2] for pair in pairs] + self._listed.get(key, [])
        found = list(dict.fromkeys(found))
        if len(found) <= WORDS_IN_SHARD:
            return found
        return sorted(found, key=lambda word: (-self._having(word), word))[:WORDS_IN_SHARD]

    @cached_property
    def _listed(self) -> dict[str, list[str]]:
        return keyed(self._analyser.meanings.words)

    def _having(self, word: str) -> int:
        """Return in how many documents a word is; those that are gone do not count."""
        return self._count(_WORDS, f"{word_key(word)} {word}")

    def _count(self, field: str, term: str) -> int:
        if (field, term.encode()) not in self._reader:
            return 0
        matcher = self._searcher.postings(field, term.encode())
        count = 0
        while matcher.is_active():
            count += 1
            matcher.next()
        return count

    def postings(self, terms: Iterable[str], numbers: Mapping[str, int]) -> dict[str, list[Posting]]:
        """Return the postings of each of the terms that occur, by document number; `numbers` maps ids to numbers."""
        ids = {number: stored["id"] for number, stored in self._reader.iter_docs()}
        found: dict[str, list[Posting]] = {}
        for term in terms:
            if term in self:
                matcher = self._searcher.postings(_EVERYWHERE, term.encode())
                while matcher.is_active():
                    number = numbers[ids[matcher.id()]]
                    found.setdefault(term, []).append(
                        Posting(number, int(matcher.weight()), tuple(json.loads(matcher.value())))
                    )
                    matcher.next()
                found.get(term, []).sort(key=lambda posting: posting.document)
        return found

    def matching(self, question: str) -> frozenset[str]:
        """Return the ids that answer a question in fields, as in titel:vräkning AND (år:2018 OR tema:skola).

        A word without a field may stand anywhere. What cannot be read as fields is read as words.
        """
        parser = qparser.QueryParser(_EVERYWHERE, self._asked(), plugins=_plugins())
        numbers = self._searcher.docs_for_query(parser.parse(question))
        return frozenset(self._searcher.stored_fields(number)["id"] for number in numbers)

    def _asked(self) -> fields.Schema:
        texts = {name: _Asked(self._words) for name in (_EVERYWHERE, *TEXTS)}
        names = {key: _Asked(self._named) for key in self._ways}
        return fields.Schema(**texts, **names)

    def _named(self, field: str, text: str) -> query.Query:
        """Return the query for a term of a facet: its name, the beginning of it, or years from and to."""
        if self._ways[field] == facets.YEAR.id:
            years = [name.decode() for name in self._reader.lexicon(field)]
            if (meant := years_asked(text, years)) is not None:
                return query.Or([query.Term(field, year.encode()) for year in meant])
        name = slugify(text).encode()
        return query.Prefix(field, name) if text.endswith("*") else query.Term(field, name)

    def _words(self, field: str, text: str) -> query.Query:
        """Return the query for words in a field: each of them, as any of the terms it may be found as."""
        asked = self.question(text)
        return query.And(
            [query.Or([query.Term(field, term.text.encode()) for term in concept.terms]) for concept in asked]
        )


class _Asked(_Given):
    """A field as the question parser sees it: the text asked for is made a query by a function of ours."""

    def __init__(self, make: Callable[[str, str], query.Query]) -> None:
        super().__init__()
        self.make = make

    def self_parsing(self) -> bool:
        return True

    def parse_query(self, fieldname: str, qstring: str, boost: float = 1.0) -> query.Query:
        return self.make(fieldname, qstring)


def _plugins() -> list[object]:
    return [
        qparser.WhitespacePlugin(),
        qparser.SingleQuotePlugin('"(?P<text>[^"]*)"'),
        qparser.FieldsPlugin(),
        qparser.GroupPlugin(),
        qparser.OperatorsPlugin(),
    ]


def is_joined(question: str) -> bool:
    """Tell whether a question joins its words or fields with AND, OR or NOT."""
    return bool(re.search(r"\b(AND|OR|NOT)\b", question))


def bare_words(question: str, ways: Iterable[Facet]) -> str:
    """Return the words of a question in fields, to rank its answers by."""
    named = "|".join((*TEXTS, *(facet.key for facet in ways)))
    return re.sub(rf'\b({named}):|\b(AND|OR|NOT)\b|[()"]', " ", question)
