"""What the templates are handed: frozen view models with ready texts and addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.markup import parts
from kunskapsbank.markup.parts import Part
from kunskapsbank.model.record import url_of
from kunskapsbank.pages.captions import apart

if TYPE_CHECKING:
    from datetime import date

    from kunskapsbank.accounts.paper import Heading, Paper
    from kunskapsbank.exports.reference import Reference
    from kunskapsbank.markup.body import Body
    from kunskapsbank.model.criteria import Criteria
    from kunskapsbank.pages.district_map import DistrictMap
    from kunskapsbank.pages.findings import Findings, Happening
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


@dataclass(frozen=True, slots=True)
class TermLine:
    """A term in a list of terms, with how many documents and projects carry it."""

    label: str
    url: str
    documents: int
    projects: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Terms under a heading of their own; an empty heading where the list is whole."""

    heading: str
    lines: tuple[TermLine, ...]


@dataclass(frozen=True, slots=True)
class FacetPage:
    """All terms of a facet; owners that have places have a `map` of today too."""

    note: str
    groups: tuple[Group, ...]
    map: DistrictMap | None = None


@dataclass(frozen=True, slots=True)
class YearCount:
    """How many documents there are of a year; `share` is per cent of the fullest year, for a bar."""

    year: Link
    documents: int
    share: int


@dataclass(frozen=True, slots=True)
class TermPage:
    """One term: what it means, how much there is by year, its records and where to go next."""

    facet: Link
    scope_note: str
    other_names: tuple[str, ...]
    before: tuple[Link, ...]
    today: tuple[Link, ...]
    changed: str
    findings: Findings | None
    happenings: tuple[Happening, ...]
    by_year: tuple[YearCount, ...]
    projects: tuple[Row, ...]
    documents: tuple[Row, ...]
    crossings_heading: str
    crossings: tuple[Link, ...]
    related: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class CrossPage:
    """What carries two terms at once."""

    first: Link
    second: Link
    note: str
    projects: tuple[Row, ...]
    documents: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class GrantLine:
    """A project that was granted money a certain year."""

    project: Row
    form: str
    amount: str
    note: str
    goes_on: bool


@dataclass(frozen=True, slots=True)
class YearPage:
    """A year: its call, the projects that got money, what was accounted for, and the documents by kind.

    `grants_note` says so when no source states any amount, else it is empty.
    """

    year: int
    call: CallPage | None
    accounted_in: CallPage | None
    stated: tuple[Link, ...]
    note: str
    grants: tuple[GrantLine, ...]
    grants_note: str
    kinds: tuple[tuple[Link, tuple[Row, ...]], ...]
    previous: Link | None
    following: Link | None


@dataclass(frozen=True, slots=True)
class ListSection:
    """A heading with an anchor and the records under it; an entry is a row and the other name it is filed under."""

    heading: str
    anchor: str
    rows: tuple[tuple[str, Row], ...]


@dataclass(frozen=True, slots=True)
class ListPage:
    """Records in sections, with their summaries or, where `brief`, without."""

    note: str
    sections: tuple[ListSection, ...]
    brief: bool = False


@dataclass(frozen=True, slots=True)
class GlossaryLine:
    """A word, what it stands for or also is called, and what it means.

    `link` leads to the term's page; a word without one has an `anchor` here.
    """

    word: str
    other_names: tuple[str, ...]
    meaning: str
    link: Link | None
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class GlossarySection:
    """The words of one letter."""

    heading: str
    anchor: str
    lines: tuple[GlossaryLine, ...]


@dataclass(frozen=True, slots=True)
class Glossary:
    """Words and abbreviations in alphabetical order."""

    sections: tuple[GlossarySection, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A way of browsing on the start page: terms of a facet and, where it has more, the words of a link to all."""

    facet: Link
    lines: tuple[TermLine, ...]
    more: str


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a project, in a sentence or two, and how that is known."""

    project: Row
    result: str
    evidence: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class StartPage:
    """The start page: how much there is, two quick ways in, some results, the latest call, and all ways in."""

    documents: int
    projects: int
    place: Way
    theme: Way
    told: tuple[Told, ...]
    call: CallPage | None
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class FilterTerm:
    """A term to filter by; `count` is how many records carry it, `note` what must be known of its name."""

    id: str
    label: str
    count: int
    note: str


@dataclass(frozen=True, slots=True)
class Filter:
    """A facet to filter by; `id` is its name in the address, `facet` leads to the page of all its terms.

    `ordered` tells that its terms keep their order, where others stand by how many hits they give.
    """

    id: str
    label: str
    facet: Link
    terms: tuple[FilterTerm, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class IdeaPage:
    """The page that compares an idea with the bank: what the newest call demands, None where none demands anything."""

    criteria: Criteria | None


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The search page: what can be filtered by. Words are searched and hits shown in the browser."""

    filters: tuple[Filter, ...]


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field of the front matter; `example` is as it stands in a file, `required` and `optional` name kinds."""

    key: str
    help: str
    example: str
    required: tuple[str, ...]
    optional: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldSection:
    """Fields under a heading with an anchor."""

    heading: str
    anchor: str
    lines: tuple[FieldLine, ...]


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table to take away: what it holds, how many rows, its columns (name, meaning), and where its files lie."""

    title: str
    name: str
    rows: int
    columns: tuple[tuple[str, str], ...]
    csv: str
    json_lines: str


@dataclass(frozen=True, slots=True)
class DataPage:
    """The tables to take away, the licence that they have, and where the description of them all lies."""

    tables: tuple[DataTable, ...]
    licence: str
    licence_address: str
    description: str


@dataclass(frozen=True, slots=True)
class FieldPage:
    """Every field that an editor can write."""

    sections: tuple[FieldSection, ...]


@dataclass(frozen=True, slots=True)
class AccountPage:
    """The account of a year, as it can be sent.

    `decision` is the call that was decided together with it, `command` what writes it as a file.
    """

    paper: Paper
    headings: tuple[Heading, ...]
    decision: Link | None
    command: str
    previous: Link | None
    following: Link | None


@dataclass(frozen=True, slots=True)
class LackLine:
    """Something that is missing: what, of which year, whose it was, and what a source says of it."""

    what: Link
    year: Link
    owners: tuple[Link, ...]
    told: str
    call: Link | None


@dataclass(frozen=True, slots=True)
class LackSection:
    """What is missing of one sort; `count` is how many there are, which may be more than the lines."""

    heading: str
    anchor: str
    meaning: str
    count: int
    lines: tuple[LackLine, ...]


@dataclass(frozen=True, slots=True)
class FollowUpPage:
    """All that is missing, sort by sort."""

    sections: tuple[LackSection, ...]
