"""Records → what the templates show of them: rows in lists, metadata panels, pages of documents and projects."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kunskapsbank.model import addresses, facets, vocabulary
from kunskapsbank.model.kinds import Kind
from kunskapsbank.model.record import url_of
from kunskapsbank.pages import applying, glance, timeline
from kunskapsbank.pages.explained import Explaining
from kunskapsbank.pages.models import (
    AnalysisBlock,
    CallPage,
    DocumentPage,
    Link,
    Money,
    PanelField,
    PassageLine,
    ProjectPage,
    RelatedRow,
    Row,
    Window,
)
from kunskapsbank.pages.money import NOT_STATED, amounts_note, kronor, notes
from kunskapsbank.pages.related import Related
from kunskapsbank.reading import schema
from kunskapsbank.swedish.phrases import date_text, genitive, listed, years_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kunskapsbank.model.catalogue import Catalogue
    from kunskapsbank.model.facets import Entry, Facet, FacetIndex
    from kunskapsbank.model.record import Grant, Limits, Record
    from kunskapsbank.model.vocabulary import Term, Vocabulary


_NEVER = date(1970, 1, 1)


@dataclass(frozen=True)
class Views:
    """Makes views of the records of one catalogue."""

    catalogue: Catalogue
    index: FacetIndex
    _rows: dict[str, Row] = field(default_factory=dict, repr=False)
    _links: dict[tuple[str, str], Link] = field(default_factory=dict, repr=False)

    @cached_property
    def made(self) -> frozenset[str]:
        """Where the Markdown of the pages that the bank makes would lie; those, and no others, are made."""
        return addresses.generated(self.catalogue.records, self.catalogue.vocabularies, self.catalogue.settings)

    def rewritten(self, catalogue: Catalogue) -> Views:
        """Return the views of the same bank with other texts; what no text has a part in is not worked out anew."""
        found = Views(catalogue, self.index, self._rows, self._links)
        made = vars(self)
        vars(found).update({name: made[name] for name in ("made", "shared_names", "explaining") if name in made})
        vars(found)["_related"] = self._related.rewritten(catalogue)
        return found

    def read(self, record: Record) -> None:
        """Look through a record's text for all that views tell of its words; a text is quickest read only once."""
        self._related.read(record)
        self.explaining.read(record.body)

    def row(self, record: Record) -> Row:
        """Return the record as a line in a list."""
        if record.id not in self._rows:
            self._rows[record.id] = Row(
                title=record.title,
                url=record.url,
                kind=self.kind_label(record.kind),
                years=years_text(record.filed_under),
                owners=listed([owner.label for owner in record.owners]),
                summary=record.summary,
                example=record.example,
                result=self.catalogue.result_told(record),
            )
        return self._rows[record.id]

    @cached_property
    def shared_names(self) -> frozenset[str]:
        """The names that several facets have a term of, or that are also the heading of a list: each in lower case."""
        names = Counter(entry.term.label.casefold() for entry in self.index)
        names.update(kind.rule.list_title.casefold() for kind in Kind if kind.rule.list_title)
        return frozenset(name for name, number in names.items() if number > 1)

    def rows(self, records: Iterable[Record]) -> tuple[Row, ...]:
        """Return the records as lines, in the order given."""
        return tuple(self.row(record) for record in records)

    def vocabulary(self, facet: Facet) -> Vocabulary:
        """Return the vocabulary of a facet that has one; raises KeyError for the years."""
        return self.catalogue.vocabularies[facet.vocabulary or ""]

    def predecessors(self, entry: Entry) -> tuple[Term, ...]:
        """Return the terms that became an entry's term; none for a facet without vocabulary."""
        return self.vocabulary(entry.facet).predecessors(entry.term) if entry.facet.vocabulary else ()

    def updated(self, records: Iterable[Record] | None = None) -> date:
        """Return the day the newest of the records came into the bank; of all records when there are none.

        An empty bank has the first day that times of files can tell.
        """
        newest = max((record.published for record in records or ()), default=None)
        return newest or max((record.published for record in self.catalogue), default=_NEVER)

    def kind_label(self, kind: Kind) -> str:
        """Return what a kind of record is called."""
        return self.catalogue.vocabularies[vocabulary.KINDS].label(kind)

    def term_link(self, facet: Facet, term: Term) -> Link:
        """Return a link to a term's page, the same one for all who ask: most pages have some of the same."""
        key = (facet.path, term.id)
        if key not in self._links:
            self._links[key] = Link(term.label, f"{self.index.named(facet).id}/{term.id}/")
        return self._links[key]

    def year_link(self, year: int) -> Link:
        """Return a link to a year's page, or only its name where nothing but examples is about it."""
        term = facets.year_term(year)
        return self.term_link(facets.YEAR, term) if self.index.has(facets.YEAR, term) else Link(str(year))

    def links(self, facet: Facet, record: Record) -> tuple[Link, ...]:
        """Return links to the pages of the record's terms in a facet."""
        return tuple(self.term_link(facet, term) for term in facet.values(record, self.catalogue))

    def document(self, record: Record) -> DocumentPage:
        """Return the page of a document."""
        project = self.catalogue.project_of(record)
        siblings = self.catalogue.documents_of(project) if project else ()
        leading = Link(project.title, project.url) if project else None
        return DocumentPage(
            row=self.row(record),
            glance=glance.of_document(self, record),
            passages=self._passages(record),
            unknown=glance.unknown(self, record),
            asked=glance.asked(self, record),
            panel=self._panel(record),
            notices=tuple(_notices(record, self.catalogue.settings.administration)),
            analysis=self._analysis(record),
            project=leading,
            shown_whole=leading if project and record in self.shown_whole(project) else None,
            siblings=self.rows(other for other in siblings if other.id != record.id),
            related=self.related(record),
            sources=self.links(facets.SOURCE, record),
        )

    def project(self, record: Record) -> ProjectPage:
        """Return the page of a project."""
        documents = self.catalogue.documents_of(record)
        whole = self.shown_whole(record)
        return ProjectPage(
            row=self.row(record),
            glance=glance.of_project(self, record),
            passages=tuple(line for one in (record, *documents) for line in self._passages(one)),
            unknown=glance.unknown(self, record),
            asked=glance.asked(self, record),
            timeline=timeline.of_project(self, record),
            panel=self._panel(record),
            notices=tuple(_notices(record, self.catalogue.settings.administration)),
            money=tuple(self.money(grant) for grant in sorted(record.grants, key=lambda grant: grant.year)),
            money_note=amounts_note(record.grants),
            documents=self.rows(other for other in documents if other not in whole),
            related=self.related(record),
            sources=self.links(facets.SOURCE, record),
        )

    def shown_whole(self, project: Record) -> tuple[Record, ...]:
        """Return the documents whose text a project's page shows in full: its digests, oldest first.

        Only those that lie beside it, as the links of their text lead on from there.
        """
        folder = PurePosixPath(project.file).parent
        documents = self.catalogue.documents_of(project)
        return tuple(one for one in documents if one.digest and PurePosixPath(one.file).parent == folder)

    def call(self, record: Record) -> CallPage:
        """Return the page of a call."""
        assert record.call is not None
        account = record.call.account
        [year] = record.years
        return CallPage(
            row=self.row(record),
            glance=applying.answers(self, record),
            panel=self._call_panel(record),
            direction=record.call.direction,
            rules=tuple(limit_lines(record.call.limits, self.catalogue.settings.owner.as_office)),
            window=Window(record.call.opens, record.call.closes) if record.call.opens and record.call.closes else None,
            account=self._account(account.year) if account else None,
            account_note=account.note if account else "",
            account_page=self._account_page(account.year) if account else None,
            unknown=glance.unknown(self, record),
            asked=glance.asked(self, record),
            year=self.year_link(year),
            sources=self.links(facets.SOURCE, record),
        )

    def _account_page(self, year: int) -> Link | None:
        # Without the words of accounts, which is an error of its own, they are not made.
        there = self.catalogue.account_words is not None and addresses.of_account(year) in self.made
        return Link(f"Hela redovisningen av {year}", url_of(addresses.of_account(year))) if there else None

    def _account(self, year: int) -> Link | None:
        # A decision may account for a year that nothing in the bank is about, and that has no page.
        link = self.year_link(year)
        return replace(link, label=f"Projekten {year}") if link.url else None

    def related(self, record: Record) -> tuple[RelatedRow, ...]:
        """Return the records most like this one, each with what they have in common."""
        return tuple(RelatedRow(self.row(one.record), one.reasons) for one in self._related.of(record))

    def projects_with_words(self) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """Return in how many projects there is each word by which records are compared; see `Related`."""
        return self._related.projects_with_words()

    @cached_property
    def explaining(self) -> Explaining:
        """Finds the words that are explained in a text."""
        return Explaining(self.catalogue.vocabularies)

    @cached_property
    def _related(self) -> Related:
        return Related(self.catalogue, self.index)

    def _panel(self, record: Record) -> tuple[PanelField, ...]:
        others = [facet for facet in self.index.facets if facet.panel and facet not in (facets.KIND, *glance.FACETS)]
        fields = [
            PanelField(facets.KIND.panel, self.links(facets.KIND, record)),
            PanelField(schema.label_of("years"), self._years(record)),
            PanelField(schema.label_of("report_year"), _text(record.report_year)),
            *(PanelField(facet.panel, self.links(facet, record)) for facet in others if self._tells(facet, record)),
            PanelField(schema.label_of("aliases"), _text(listed(record.aliases))),
            PanelField(schema.label_of("reference"), _text(record.reference)),
            PanelField(schema.label_of("published"), _text(date_text(record.published))),
        ]
        return tuple(line for line in fields if line.values)

    def _tells(self, facet: Facet, record: Record) -> bool:
        """Tell whether a facet's value says anything: that nobody knows how a project is stands in its glance."""
        return facet is not facets.STATUS or bool(record.status and record.status.id != vocabulary.NOT_TOLD)

    def _years(self, record: Record) -> tuple[Link, ...]:
        return tuple(self.year_link(year) for year in record.years)

    def _call_panel(self, record: Record) -> tuple[PanelField, ...]:
        call = record.call
        assert call is not None
        window = f"{date_text(call.opens)} – {date_text(call.closes)}" if call.opens and call.closes else NOT_STATED
        back = date_text(call.unused_told_by) if call.unused_told_by else NOT_STATED
        return (
            PanelField("Gäller medel för", self._years(record)),
            PanelField("Ansökan", _text(window)),
            PanelField("Meddela oanvända medel senast", _text(back)),
            PanelField(schema.label_of("decided"), _text(date_text(record.decided) if record.decided else NOT_STATED)),
            PanelField(schema.label_of("published"), _text(date_text(record.published))),
        )

    def _analysis(self, record: Record) -> AnalysisBlock | None:
        analysis = record.gender_analysis
        if analysis is None or not record.kind.rule.analysed:
            return None
        return AnalysisBlock(
            status=self.term_link(facets.ANALYSIS, analysis.status),
            scope_note=analysis.status.scope_note,
            methods=tuple(
                replace(self.term_link(facets.ANALYSIS_METHOD, method), note=method.scope_note)
                for method in analysis.methods
            ),
            summary=analysis.summary,
        )

    def _passages(self, record: Record) -> tuple[PassageLine, ...]:
        return tuple(
            PassageLine(one.statement, self.term_link(facets.SOURCE, one.source), one.place, one.words)
            for one in record.passages
        )

    def money(self, grant: Grant) -> Money:
        """Return one year's money as a line of a table."""
        return Money(
            year=self.year_link(grant.year),
            form=grant.form.label,
            amount=kronor(grant.amount),
            note=listed([*notes(grant)]),
        )


def limit_lines(limits: Limits, office: str) -> Iterable[PanelField]:
    """Return a call's limits as lines of a panel, with what an owner is called; what is not stated says so."""
    for rule in schema.LIMIT_FIELDS:
        value: int | None = getattr(limits, rule.attribute)
        shown = kronor(value) if rule.attribute.endswith("amount") or value is None else str(value)
        yield PanelField(schema.label_of_limit(rule.attribute, office), _text(shown))


def _text(value: str | int | None) -> tuple[Link, ...]:
    return (Link(str(value)),) if value else ()


def _notices(record: Record, administration: str) -> Iterable[str]:
    if record.example:
        yield (
            "Det här är ett påhittat exempel. Det visar hur ett sådant dokument kan se ut "
            "och bygger inte på någon verklig händelse."
        )
    if record.digest:
        yield (
            f"Det här är ett sammandrag som kunskapsbanken har skrivit utifrån {genitive(administration)} redovisning. "
            "Originalet finns inte här."
        )
