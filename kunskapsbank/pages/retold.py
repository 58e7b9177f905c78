"""Another text of a page, with the same fields → the pages that show it, made without all the others.

What a page shows beside its text follows from the fields of the bank, its vocabularies and its settings; of texts the
views tell only which words they explain, which words of the field records share, and what accounts tell of them. So a
page is kept as it was made, without its text. Whatever a view has read of a text beyond that is noted while the pages
are made: such a text changes more than its pages, and the whole tells what. So does a change of headings, links,
comments or fields, and all that a check finds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from kunskapsbank import checks
from kunskapsbank.accounts.year import SAID, said
from kunskapsbank.checks import links
from kunskapsbank.files.digest import digest_of
from kunskapsbank.markup.body import Body
from kunskapsbank.model.document import Document
from kunskapsbank.model.known import RUNS, Known, linked
from kunskapsbank.model.record import Record
from kunskapsbank.model.snapshot import Snapshot
from kunskapsbank.pages import related
from kunskapsbank.pages.explained import EXPLAINED, Explaining
from kunskapsbank.pages.models import PageText, SitePage
from kunskapsbank.problems import ContentError
from kunskapsbank.reading.taken_apart import RENDERED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kunskapsbank.bank import Bank
    from kunskapsbank.markup.frontmatter import ContentFile
    from kunskapsbank.model.catalogue import Catalogue
    from kunskapsbank.model.record import Page
    from kunskapsbank.model.vocabulary import Vocabularies
    from kunskapsbank.model.word_list import WordList
    from kunskapsbank.pages.records import Views
    from kunskapsbank.reading.taken_apart import Shelf
    from kunskapsbank.settings import Settings

# What of a text is looked at again here, and what whoever makes the files of the site looks at.
_LOOKED_AT = (RUNS, RENDERED, related.FIELD, EXPLAINED)


@dataclass(frozen=True, slots=True)
class Around:
    """What is the same for all texts: `names` are all files that may be linked to, `generated` those among them that
    the bank makes, and `whole` the texts that may change more than their pages. `with_words` has in how many projects
    the documents, and the projects themselves, have each word of the field."""

    vocabularies: Vocabularies
    words: WordList
    settings: Settings
    names: frozenset[str]
    generated: frozenset[str]
    whole: frozenset[str]
    with_words: tuple[Mapping[str, int], Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Text:
    """A content file: its page without text and words, its record or plain page without text, what others know of it,
    a digest of its bytes, the texts shown below its own (heading, beginning of anchors, file), the pages of others
    on which its own is shown, and the names of what accounts tell of it."""

    page: SitePage
    own: Record | Page
    known: Known
    digest: str
    below: tuple[tuple[str, str, str], ...] = ()
    shown_on: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


def read_by_views(catalogue: Catalogue) -> frozenset[tuple[str, str]]:
    """Return what was read of texts since `asked` was emptied, besides what is always looked at here: file, name."""
    names: dict[str, set[str]] = {}
    for digest, name in catalogue.asked or ():
        if not name.startswith(_LOOKED_AT):
            names.setdefault(digest, set()).add(name)
    return frozenset((file, name) for file, digest in catalogue.digests.items() for name in names.get(digest, ()))


def around(views: Views, pages: Iterable[str], read: Iterable[tuple[str, str]]) -> Around:
    """Return what is the same for all texts; `pages` are the files of all pages, `read` as `read_by_views` gave."""
    catalogue = views.catalogue
    whole = (file for file, name in read if not name.startswith(SAID))
    told = (problem.file for problem in catalogue.problems)
    return Around(
        catalogue.vocabularies,
        catalogue.words,
        catalogue.settings,
        frozenset((*pages, *catalogue.assets)),
        catalogue.snapshot.generated,
        frozenset((*whole, *told)),
        views.projects_with_words(),
    )


def texts(bank: Bank, pages: Iterable[SitePage], read: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Text]]:
    """Yield each content file that has a page of its own, by its name; `read` as in `around`."""
    catalogue = bank.catalogue
    told: dict[str, list[str]] = {}
    for file, name in read:
        told.setdefault(file, []).append(name)
    own: dict[str, Record | Page] = {one.file: one for one in catalogue.records}
    own |= {one.file: one for one in catalogue.pages}
    files = {id(one.body): one.file for one in own.values()}
    shown: dict[str, list[str]] = {}
    written = [page for page in pages if page.text]
    for page in written:
        for _, _, body in page.text.others if page.text else ():
            shown.setdefault(files[id(body)], []).append(page.file)
    known = {one.file: one for one in catalogue.snapshot}
    for page in written:
        assert page.text
        yield (
            page.file,
            Text(
                replace(page, text=None, words=()),
                replace(own[page.file], body=Body()),
                replace(known[page.file], body=None),
                catalogue.digests[page.file],
                tuple((heading, name, files[id(body)]) for heading, name, body in page.text.others),
                tuple(shown.get(page.file, ())),
                tuple(sorted(told.get(page.file, ()))),
            ),
        )


@dataclass(frozen=True)
class Change:
    """A text that has another one before it: both, and the record or plain page with the new one."""

    own: Record | Page
    before: Body
    after: Body
    digest: str

    @cached_property
    def runs(self) -> tuple[frozenset[int], frozenset[int]]:
        """The runs of words of both; see `Known.runs`."""
        return _runs(self.own, self.before), _runs(self.own, self.after)


class Retold:
    """Texts that are others than they were when the whole was made, and the pages that show them."""

    def __init__(
        self,
        around: Around,
        find: Callable[[str], Text | None],
        shelf: Shelf,
        digests: Mapping[str, str],
        read: Callable[[str], bytes],
    ) -> None:
        """Take what was kept of the whole, and what finds a text of it by the file.

        `digests` are those of the files that had other texts since, and `read` reads the bytes of a file.
        """
        self._around, self._find, self._shelf, self._digests, self._read = around, find, shelf, digests, read
        self.changes: dict[str, Change] = {}

    def add(self, file: str, data: bytes) -> bool:
        """Take another text of a file; tell whether it changes nothing but the pages that show it, and is right."""
        text = self._find(file)
        if text is None or file in self._around.whole:
            return False
        before = self._kept(file, text)
        try:
            content, after, problems = self._shelf.read(file, data, lambda: data)
        except ContentError:
            return False
        if before is None or problems or _outline(content, after) != _outline(*before):
            return False
        if any(said(after, name) != said(before[1], name) for name in text.said):
            return False
        own = replace(text.own, body=after)
        document = Document(
            file,
            "",
            content,
            after,
            own if isinstance(own, Record) else None,
            None if isinstance(own, Record) else own,
            digest_of(data),
        )
        if own.former or self._is_wrong(document) or self._makes_alike(own, before[1]):
            return False
        self.changes[file] = Change(own, before[1], after, document.digest)
        return True

    def pages(self) -> list[SitePage] | None:
        """Return the pages that show the texts, None where one of the texts that they show is kept no more."""
        found = {file: self._find(file) for file in self.changes}
        files = dict.fromkeys((*found, *(other for text in found.values() if text for other in text.shown_on)))
        pages = [self._page(file) for file in files]
        return None if None in pages else [page for page in pages if page]

    def _page(self, file: str) -> SitePage | None:
        text = self._find(file)
        bodies = [self._body(one) for one in (file, *(other for _, _, other in text.below))] if text else [None]
        if text is None or None in bodies:
            return None
        first, *others = [body for body in bodies if body]
        below = tuple((heading, name, body) for (heading, name, _), body in zip(text.below, others, strict=True))
        words = self._explaining.of_bodies((first, *others)) if isinstance(text.own, Record) else ()
        return replace(text.page, text=PageText(first, below), words=words)

    def _body(self, file: str) -> Body | None:
        if file in self.changes:
            return self.changes[file].after
        text = self._find(file)
        kept = self._kept(file, text) if text else None
        return kept[1] if kept else None

    def _kept(self, file: str, text: Text) -> tuple[ContentFile, Body] | None:
        return self._shelf.kept(file, self._digests.get(file, text.digest), lambda: self._read(file))

    def _is_wrong(self, document: Document) -> bool:
        """Tell whether anything is to be told of a document, or can be told only by the whole."""
        generated = self._around.generated
        if document.body is None or any(True for _ in links.to_places([document], generated)):
            return True
        files = {linked(document.file, link.target) for link in document.body.links}
        found = [text.known for file in sorted(files) if (text := self._find(file))]
        known = Snapshot(
            self._around.vocabularies, tuple(found), tuple(self._around.names), settings=self._around.settings
        )
        return bool(checks.errors_of([document], known.with_documents([document])))

    def _makes_alike(self, own: Record | Page, before: Body) -> bool:
        """Tell whether other records may be alike by the words of a text than by those before."""
        if not isinstance(own, Record):
            return False
        other = {*self._words_of(own)} ^ {*self._words_of(replace(own, body=before))}
        projects = self._around.with_words[0 if own.is_document else 1]
        changed = len({*self._digests, *self.changes, own.file})
        return not all(related.tells_nothing(projects.get(word, 0), changed) for word in other)

    @cached_property
    def _words_of(self) -> Callable[[Record], list[str]]:
        return related.words_of(self._around.vocabularies, self._around.words)

    @cached_property
    def _explaining(self) -> Explaining:
        return Explaining(self._around.vocabularies)


def _outline(content: ContentFile, text: Body) -> tuple[object, ...]:
    """Return what the rest of the bank goes by of a file, besides the words of its text."""
    return (
        *(content.above, content.fields, content.body_line),
        tuple((one.level, one.text, one.id) for one in text.headings),
        # In their order: in that the files beside are searched.
        tuple(one.target for one in text.links),
        tuple(one.text for one in text.comments),
        text.anchors,
    )


def _runs(own: Record | Page, body: Body) -> frozenset[int]:
    return Known(own.file, body=body).runs_once() if isinstance(own, Record) else frozenset()
