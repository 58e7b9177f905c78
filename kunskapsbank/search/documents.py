"""Catalogue → what is searched of each record: its texts by field, its facets, and a hash of it all."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kunskapsbank.kept import version
from kunskapsbank.model import facets
from kunskapsbank.model.vocabulary import WITHOUT_ANALYSIS
from kunskapsbank.search.numbering import numbered
from kunskapsbank.swedish.phrases import listed, years_text
from kunskapsbank.swedish.stopwords import STOP_WORDS
from kunskapsbank.swedish.words import unaccented

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kunskapsbank.markup.body import Body
    from kunskapsbank.model.catalogue import Catalogue
    from kunskapsbank.model.facets import FacetIndex
    from kunskapsbank.model.record import Record
    from kunskapsbank.model.vocabulary import Term
    from kunskapsbank.search.analysis import Analyser
    from kunskapsbank.search.attached import Attached
    from kunskapsbank.search.occurrences import Field

WORDS_IN_SHARD = 2_000
"""How many words that begin alike are looked at for one that is misspelt."""


def word_key(word: str) -> str:
    """Return the two letters that a word is kept under."""
    return unaccented(word)[:2]


def keyed(words: Iterable[str]) -> dict[str, list[str]]:
    """Return words by the two letters that they are kept under, sorted."""
    found: dict[str, list[str]] = {}
    for word in sorted(words):
        found.setdefault(word_key(word), []).append(word)
    return found


@dataclass(frozen=True, slots=True)
class Late:
    """A text that is read whenever it is asked for, so that it need not be held; `digest` tells it from all others."""

    read: Callable[[], str]
    digest: str


class _Text:
    """A field of a document that is given a text, or one to be read late, and is a text to whoever asks for it."""

    def __get__(self, document: Document | None, of: type[Document]) -> str:
        if document is None:
            # So `dataclass` knows that there is no text where none is given.
            raise AttributeError
        found = document.__dict__["body"]
        return found.read() if isinstance(found, Late) else found

    def __set__(self, document: Document, text: str | Late) -> None:
        document.__dict__["body"] = text


@dataclass(frozen=True)
class Document:
    """A record as the search sees it.

    `names` holds what it is filed under: aliases, owners (as they are called today too), target groups, themes, methods
    and kind, with the synonyms of each, years, and whether there is a gender-equality analysis. `facets` maps a facet's
    id to the ids of the terms whose pages list the record, predecessors' successors included; `facet_names` maps it to
    all their names. `latest_year` is the year it is sorted under, `project` the id of the project that it is of (its
    own, where it is one; "" where it stands alone), `attached` are the files beside it, and `result` says that there
    are results to read, or nothing.
    """

    id: str
    url: str
    title: str
    kind: str
    years: tuple[int, ...]
    owners: tuple[str, ...]
    example: bool
    summary: str
    headings: str
    names: str
    facets: dict[str, tuple[str, ...]]
    facet_names: dict[str, tuple[str, ...]]
    body: _Text = _Text()
    aliases: tuple[str, ...] = ()
    latest_year: int = 0
    project: str = ""
    attached: tuple[Attached, ...] = ()
    result: str = ""

    @property
    def texts(self) -> dict[str, str]:
        """What is searched, by the names of the fields in `ranking`."""
        return {
            "title": self.title,
            "summary": self.summary,
            "headings": self.headings,
            "names": self.names,
            "body": self.body,
            "attached": "\n".join(text for file in self.attached for _, text in file.parts),
        }

    def analysed(self, analyser: Analyser) -> dict[str, Field]:
        """Return the texts as fields of an index."""
        named = {"title": self.title, "headings": self.headings, "names": "\n".join(self.aliases)}
        return {name: analyser.field(text, named.get(name, "")) for name, text in self.texts.items()}

    @cached_property
    def digest(self) -> str:
        """A hash of everything that is searched or shown, to tell whether the document has changed."""
        content = {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "body"}
        # The long one apart: to read it, and to write it as JSON, takes longer than all the rest.
        own = self.__dict__["body"]
        body = (own.digest if isinstance(own, Late) else own).encode("utf-8", "surrogatepass")
        found = hashlib.sha256(json.dumps([content, len(body)], sort_keys=True).encode())
        found.update(body)
        return found.hexdigest()

    @property
    def year(self) -> int | None:
        """The last year it is filed under."""
        return max(self.years, default=None)

    @property
    def byline(self) -> str:
        """Kind, years and owners as a line under the title."""
        return " · ".join(part for part in (self.kind, years_text(self.years), listed(self.owners)) if part)


def written_words(fields: Mapping[str, Field]) -> set[str]:
    """Return the words of an analysed document, those between hyphens each for itself."""
    return set().union(*(field.written for field in fields.values()))


def surface_words(fields: Mapping[str, Field]) -> set[str]:
    """Return the words of an analysed document that another may be misspelt for, as they stand in the texts."""
    found = written_words(fields).union(*(field.wholes for field in fields.values()))
    return {word for word in found if is_surface(word)}


def is_surface(word: str) -> bool:
    """Tell whether another word may be misspelt for one of a text."""
    return len(word) > 2 and word not in STOP_WORDS and word.isalpha()


def documents(
    catalogue: Catalogue,
    index: FacetIndex,
    attached: Mapping[str, tuple[Attached, ...]] | None = None,
    *,
    examples: bool = False,
) -> Iterator[Document]:
    """Return what can be searched, newest first: in the order of their numbers in an index.

    `attached` are the files beside the records, by the id of the record. Invented examples are among the documents only
    if asked for. No page of a term lists them; they have the terms they name.
    """
    terms: dict[str, dict[str, list[Term]]] = {record.id: {} for record in catalogue}
    for entry in index:
        for record in entry.members:
            terms[record.id].setdefault(entry.facet.id, []).append(entry.term)
    records = catalogue.records if examples else catalogue.real
    for record in records:
        if record.example:
            terms[record.id] = {facet.id: list(facet.values(record, catalogue)) for facet in index.facets}
    beside = attached or {}
    found = (_document(record, catalogue, index, terms[record.id], beside.get(record.id, ())) for record in records)
    yield from numbered(found).values()


def told(body: Body, beside: Iterable[str]) -> Late:
    """Return what is searched as the body of a record: its text, and the sentences that stand beside it."""
    after = tuple(beside)
    # The code too has a say in what the text of a file is.
    digest = json.dumps([version(), body.digest, after])
    return Late(lambda: "\n".join(filter(None, (body.text, *after))), digest)


def beside_text(record: Record) -> Iterator[str]:
    """Yield the sentences of a record that stand in its fields, which come after its text."""
    yield record.sequel
    yield record.gender_analysis.summary if record.gender_analysis else ""
    yield from (f"Vi vet inte {one}." for one in record.unknown)


def _document(
    record: Record,
    catalogue: Catalogue,
    index: FacetIndex,
    terms: dict[str, list[Term]],
    attached: tuple[Attached, ...],
) -> Document:
    [kind] = facets.KIND.values(record, catalogue)
    searched = [facet for facet in index.facets if facet.searched]
    # What a district is called today too: the facet lists the record there.
    filed_under = dict.fromkeys(term for facet in searched for term in terms.get(facet.id, ()))
    analysis = record.gender_analysis
    names = [
        *record.aliases,
        record.place,
        *(name for term in filed_under for name in term.names),
        *map(str, record.filed_under),
        *(facets.ANALYSIS.label for _ in (analysis,) if analysis and analysis.status.id not in WITHOUT_ANALYSIS),
    ]
    return Document(
        id=record.id,
        url=record.url,
        title=record.title,
        kind=kind.label,
        years=record.filed_under,
        owners=tuple(owner.label for owner in record.owners),
        example=record.example,
        result=catalogue.result_told(record),
        summary=record.summary,
        headings="\n".join(heading.text for heading in record.body.headings),
        body=told(record.body, beside_text(record)),
        names="\n".join(filter(None, names)),
        aliases=record.aliases,
        latest_year=record.latest_year,
        project=record.project or ("" if record.is_document else record.id),
        attached=attached,
        facets={facet: tuple(term.id for term in found) for facet, found in terms.items()},
        facet_names={facet: tuple(name for term in found for name in term.names) for facet, found in terms.items()},
    )
