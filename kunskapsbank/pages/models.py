"""What the templates are handed of records and of every page: frozen, with ready texts and addresses.

What only one sort of page shows stands with what makes that page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.markup import parts
from kunskapsbank.markup.parts import Part
from kunskapsbank.model.record import url_of
from kunskapsbank.pages.captions import apart

if TYPE_CHECKING:
    from datetime import date

    from kunskapsbank.exports.reference import Reference
    from kunskapsbank.markup.body import Body
    from kunskapsbank.pages.glance import Answer, Asked, Unknown
    from kunskapsbank.pages.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Link:
    """A link or, where `url` is None, a plain text; `url` is relative to the site's root, `count` what is behind it."""

    label: str
    url: str | None = None
    count: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed of a page: its name for readers, its media type and its address relative to the site's root."""

    label: str
    type: str
    url: str


@dataclass(frozen=True, slots=True)
class Take:
    """What a reader can take along of a page: how it is cited, files for reference programs, feeds and originals.

    `reference` is None for a list, whose files hold the references of all that it lists; `note` says so. A list that is
    empty has a feed and no files.
    """

    reference: Reference | None = None
    citations: tuple[Link, ...] = ()
    note: str = ""
    feeds: tuple[FeedLink, ...] = ()
    originals: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Explained:
    """A word that is explained where it stands: the `forms` in which the text has it, what it stands for ("" where that
    is what it says), what it means, and where more is told, relative to the site's root."""

    forms: tuple[str, ...]
    meaning: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class PageText:
    """What editors have written of a page: its own text, and those of other documents that it shows below."""

    body: Body
    others: tuple[tuple[str, str, Body], ...] = ()
    """Each with its heading, and what the anchors in it begin with."""

    @property
    def markdown(self) -> str:
        """All of it, as one text."""
        return parts.joined(
            self.body.markdown, (Part(heading, name, other.markdown) for heading, name, other in self.others)
        )

    @property
    def digest(self) -> tuple[object, ...]:
        """What tells it from all other texts."""
        return self.body.digest, tuple((heading, name, other.digest) for heading, name, other in self.others)


@dataclass(frozen=True, slots=True)
class SitePage:
    """One page of the site.

    `file` is where its Markdown lies or, for a page made by the bank, would lie; `template` shows `view` and, where
    there is any, the rendered `text`. `trail` leads from the start page to here. `updated` is the day of its newest
    content. `take` is what can be taken along, None where there is nothing, `words` what is explained in
    the text.
    """

    file: str
    title: str
    summary: str
    template: str
    view: object
    updated: date
    trail: tuple[Link, ...] = ()
    text: PageText | None = None
    written: bool = False
    take: Take | None = None
    words: tuple[Explained, ...] = ()

    @property
    def url(self) -> str:
        """The page's address relative to the site's root."""
        return url_of(self.file)

    @property
    def bodies(self) -> tuple[Body, ...]:
        """All texts that it shows."""
        return (self.text.body, *(body for _, _, body in self.text.others)) if self.text else ()

    @property
    def markdown(self) -> str:
        """The Markdown of its text; "" where nobody has written one."""
        return self.text.markdown if self.text else ""


@dataclass(frozen=True, slots=True)
class Row:
    """A record as one line in a list; `result` says that it has results and how they are known, or nothing."""

    title: str
    url: str
    kind: str
    years: str
    owners: str
    summary: str
    example: bool
    result: str = ""

    @property
    def caption(self) -> str:
        """What it is and from when, "" where the title says no more than that."""
        return apart(self.title, self.kind, self.years)[0]

    @property
    def name(self) -> str:
        """The title without what the caption says."""
        return apart(self.title, self.kind, self.years)[1]


@dataclass(frozen=True, slots=True)
class RelatedRow:
    """A related record, and what it has in common with the one at hand, as readers are told."""

    row: Row
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PanelField:
    """One line of a metadata panel: a label and its values."""

    label: str
    values: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class AnalysisBlock:
    """The gender-equality analysis of a document."""

    status: Link
    scope_note: str
    methods: tuple[Link, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class PassageLine:
    """Where a source says something: what the page says, the source, the place in it, and a few of its words."""

    statement: str
    source: Link
    place: str
    words: str


@dataclass(frozen=True, slots=True)
class Money:
    """One year's money as shown in a project's table."""

    year: Link
    form: str
    amount: str
    note: str


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """What a document's page shows beside its text.

    `shown_whole` leads to the project's page where that shows the text too: then this one has nothing of its own.
    """

    row: Row
    glance: tuple[Answer, ...]
    passages: tuple[PassageLine, ...]
    unknown: Unknown | None
    asked: Asked
    panel: tuple[PanelField, ...]
    notices: tuple[str, ...]
    analysis: AnalysisBlock | None
    project: Link | None
    shown_whole: Link | None
    siblings: tuple[Row, ...]
    related: tuple[RelatedRow, ...]
    sources: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """What a project's page shows beside its text and its digests'; `documents` are the others, oldest first.

    `money_note` says so when no source states any amount, else it is empty: then `money` is worth a table.
    """

    row: Row
    glance: tuple[Answer, ...]
    passages: tuple[PassageLine, ...]
    unknown: Unknown | None
    asked: Asked
    timeline: Timeline
    panel: tuple[PanelField, ...]
    notices: tuple[str, ...]
    money: tuple[Money, ...]
    money_note: str
    documents: tuple[Row, ...]
    related: tuple[RelatedRow, ...]
    sources: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """The first and last day of applying. Which of them have been is told by the reader's browser, so that no page
    ages."""

    opens: date
    closes: date


@dataclass(frozen=True, slots=True)
class CallPage:
    """What a call's page shows beside its text; `window` is None where the source does not tell when to apply."""

    row: Row
    glance: tuple[Answer, ...]
    panel: tuple[PanelField, ...]
    direction: tuple[str, ...]
    rules: tuple[PanelField, ...]
    window: Window | None
    account: Link | None
    account_note: str
    account_page: Link | None
    unknown: Unknown | None
    asked: Asked
    year: Link
    sources: tuple[Link, ...]
