"""A document → what the others need to know of it: what its fields say and what may be linked to, without its texts."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import unquote

from kunskapsbank.markup.body import Body
from kunskapsbank.model.codec import APART
from kunskapsbank.model.kinds import Kind
from kunskapsbank.model.record import Record, url_of
from kunskapsbank.swedish.runs import is_sample, runs
from kunskapsbank.swedish.text import normalise
from kunskapsbank.swedish.words import words

if TYPE_CHECKING:
    from kunskapsbank.model.document import Document

RUNS = "runs"
"""The name by which it is kept which runs of words a text has."""

# Two summaries that begin with so many words alike were copied.
_COPIED_WORDS = 12


@dataclass(frozen=True, eq=False)
class Known:
    """A Markdown file as the rest of the bank needs to know it.

    `record` is what its fields say, with what it inherits, but without texts; None where they are at fault and for a
    plain page. `headings` are the anchors of its headings in order, None where it could not be taken apart, `anchors`
    all others. `leads_to` are the projects' pages that the page of a project links to, `former` the addresses that the
    page had before.
    """

    file: str
    record: Record | None = None
    is_page: bool = False
    headings: tuple[str, ...] | None = None
    anchors: tuple[str, ...] = ()
    leads_to: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    body: Body | None = field(default=None, repr=False, compare=False, metadata=APART)
    kept_runs: frozenset[int] | None = field(default=None, repr=False, compare=False, metadata=APART)

    @classmethod
    def of(cls, document: Document) -> Known:
        """Return what is to be known of a document."""
        body, record = document.body, document.record
        headings = tuple(heading.id for heading in body.headings) if body else None
        return cls(
            document.file,
            _without_texts(record) if record else None,
            document.page is not None,
            headings,
            tuple(sorted(body.anchors - set(headings or ()))) if body else (),
            _projects_linked(document) if record and record.kind is Kind.PROJECT else (),
            record.former if record else document.page.former if document.page else (),
            record.body if record else None,
        )

    @cached_property
    def runs(self) -> frozenset[int]:
        """The runs of words of its text; see `swedish.runs`."""
        return self.runs_once()

    def runs_once(self) -> frozenset[int]:
        """Return the same for whoever asks but once: of a whole bank they are much to hold."""
        if self.kept_runs is not None or self.body is None:
            return self.kept_runs or frozenset()
        text = self.body
        return frozenset(text.once(RUNS, lambda: runs(text.text)))

    @cached_property
    def all_anchors(self) -> frozenset[str]:
        """All that a link can lead to in it."""
        return frozenset((*(self.headings or ()), *self.anchors))

    @cached_property
    def is_sampled(self) -> bool:
        """Whether the runs are only a sample, as those of a long text are."""
        return is_sample(self.runs)

    @cached_property
    def address(self) -> str:
        """Its address on the site as file systems that ignore case know it; "" for what has none."""
        return url_of(self.file).casefold() if self.record or self.is_page else ""

    @cached_property
    def arrival(self) -> tuple[date, str]:
        """What documents are sorted by, oldest first; of those of one day, "2018-slutrapport" before "…-2"."""
        return arrival(self.record) if self.record else (date.min, self.file)

    @cached_property
    def place(self) -> tuple[bool, tuple[str, ...]]:
        """Where it comes among those that want the same address or id: records first, then by folder and name."""
        return self.record is None, tuple(self.file.split("/"))


def arrival(record: Record) -> tuple[date, str]:
    """Return what records are sorted by, oldest first."""
    return record.published, record.file.removesuffix(".md")


def linked(file: str, target: str) -> str:
    """Return the file of the content that a link in `file` leads to, "" for one that leads nowhere but to itself."""
    path = normalise(unquote(target)).partition("#")[0]
    return posixpath.normpath(posixpath.join(posixpath.dirname(file), path)) if path else ""


def beginning(summary: str) -> str:
    """Return as much of a summary as shows whether another begins as it does, as words in one form."""
    return " ".join(word.text for word in islice(words(summary), _COPIED_WORDS))


def _without_texts(record: Record) -> Record:
    """Return the record as others need to know it."""
    analysis, call = record.gender_analysis, record.call
    return replace(
        record,
        body=Body(),
        summary=beginning(record.summary) if record.kind is Kind.PROJECT else "",
        sequel="",
        reference="",
        gender_analysis=replace(analysis, summary="") if analysis else None,
        call=replace(call, direction=()) if call else None,
    )


def _projects_linked(document: Document) -> tuple[str, ...]:
    body = document.body
    found = {linked(document.file, link.target) for link in body.links} if body else set()
    return tuple(sorted(file for file in found if Kind.PROJECT.rule.may_lie_at(file)))
