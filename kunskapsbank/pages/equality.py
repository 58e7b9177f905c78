"""Documents → the page of gender-equality analyses: how many there are, what they say and by which methods."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.model import facets, vocabulary
from kunskapsbank.model.facets import newest_first
from kunskapsbank.pages.charts import Chart, Column, chart
from kunskapsbank.pages.models import Link, Row
from kunskapsbank.pages.terms import TermLine, term_line
from kunskapsbank.swedish.phrases import capitalised

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kunskapsbank.model.facets import Facet
    from kunskapsbank.model.record import Record
    from kunskapsbank.pages.records import Views

# What the analyses are counted by, each with a heading; that of the owners is what the bank calls them.
SPLIT_BY = (
    (facets.YEAR, "Per år"),
    (facets.OWNER, ""),
    (facets.KIND, "Per dokumenttyp"),
)


@dataclass(frozen=True, slots=True)
class Said:
    """What the analysis of a document says, in the words of its page."""

    row: Row
    status: Link
    methods: tuple[Link, ...]
    text: str


@dataclass(frozen=True, slots=True)
class UsedMethod:
    """A method of analysis and the documents that used it."""

    line: TermLine
    documents: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class EqualityPage:
    """The analyses of the bank. `source` is where it stands that they are asked for, if a source says so.

    `asked` counts the documents of which one is asked, `told` those of them that take the question up. `done` are those
    with an analysis that was made, whatever came of it.
    """

    asked_from: int
    source: Link | None
    asked: int
    told: int
    done: tuple[Said, ...]
    charts: tuple[Chart, ...]
    said: tuple[Said, ...]
    methods: tuple[UsedMethod, ...]


def view(views: Views) -> EqualityPage:
    """Return what the page shows beside its written text. Invented examples count nowhere in it."""
    documents = [record for record in views.catalogue.real if record.is_document and record.gender_analysis]
    statuses = Counter(_status(record) for record in documents)
    return EqualityPage(
        asked_from=views.catalogue.settings.equality.asked_from,
        source=_source(views),
        asked=len(documents) - statuses[vocabulary.NOT_ASKED_FOR],
        told=sum(number for status, number in statuses.items() if status not in vocabulary.WITHOUT_ANALYSIS),
        done=tuple(_said(record, views) for record in newest_first(documents) if _status(record) in vocabulary.DONE),
        charts=(_by_status(views), *(_by(facet, heading, views) for facet, heading in SPLIT_BY)),
        said=tuple(_said(record, views) for record in newest_first(documents) if _summary(record)),
        methods=tuple(
            UsedMethod(term_line(entry), tuple(Link(record.title, record.url) for record in entry.documents))
            for entry in views.index.of(facets.ANALYSIS_METHOD)
        ),
    )


def _source(views: Views) -> Link | None:
    source = views.catalogue.settings.equality.source
    return views.term_link(facets.SOURCE, views.vocabulary(facets.SOURCE).get(source)) if source else None


def _status(record: Record) -> str:
    assert record.gender_analysis
    return record.gender_analysis.status.id


def _summary(record: Record) -> str:
    return record.gender_analysis.summary if record.gender_analysis else ""


def _said(record: Record, views: Views) -> Said:
    analysis = record.gender_analysis
    assert analysis
    return Said(
        row=views.row(record),
        status=views.term_link(facets.ANALYSIS, analysis.status),
        methods=tuple(views.term_link(facets.ANALYSIS_METHOD, method) for method in analysis.methods),
        text=analysis.summary,
    )


def _by_status(views: Views) -> Chart:
    return chart(
        "Hur många det finns",
        "per-status",
        "Status",
        (Column("Dokument", 1),),
        [
            (Link(capitalised(entry.term.label), entry.url), (len(entry.documents),))
            for entry in views.index.of(facets.ANALYSIS)
        ],
        "Statusen visar vad texten i banken säger. Ett sammandrag kan tiga om en analys som finns.",
    )


def _by(facet: Facet, heading: str, views: Views) -> Chart:
    """Return a chart of the terms with documents that have a status, by whether and why there is no analysis."""
    label = views.vocabulary(facets.ANALYSIS).label
    without = (vocabulary.NOT_TOLD, vocabulary.MISSING, vocabulary.NOT_ASKED_FOR)
    columns = (
        Column("Alla"),
        Column("Tar upp frågan", 1),
        *(Column(capitalised(label(status)), way) for way, status in enumerate(without, 2)),
    )
    lines = []
    for entry in views.index.of(facet):
        statuses = _statuses(entry.documents)
        if statuses and not entry.term.successors:
            missing = [statuses[status] for status in without]
            total = statuses.total()
            link = Link(capitalised(entry.term.label), entry.url)
            lines.append((link, (total, total - sum(missing), *missing)))
    note = "Ett dokument som flera ägare skrev räknas hos var och en." if facet == facets.OWNER else ""
    named = views.index.named(facet)
    heading = heading or f"Per {named.label.lower()}"
    return chart(heading, f"per-{named.id}", named.label, columns, lines, note)


def _statuses(documents: Iterable[Record]) -> Counter[str]:
    return Counter(_status(record) for record in documents if record.gender_analysis)
