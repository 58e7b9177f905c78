"""Facets → the statistics: how many projects, documents and grants there are, by all that one may ask of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.model import addresses, facets
from kunskapsbank.model.kinds import Kind
from kunskapsbank.pages.charts import Chart, Column, chart
from kunskapsbank.pages.district_map import DistrictMap, maps
from kunskapsbank.pages.models import Link, SitePage
from kunskapsbank.swedish.phrases import capitalised, listed, number_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kunskapsbank.model.facets import Entry, Facet
    from kunskapsbank.model.record import Grant, Record
    from kunskapsbank.pages.records import Views

# What the figures are split by, after the years. A facet's own page has the same figures, term by term.
SPLIT_BY = (
    facets.OWNER,
    facets.THEME,
    facets.AUDIENCE,
    facets.KIND,
    facets.STATUS,
    facets.OUTCOME,
    facets.EVIDENCE,
)
_PROJECTS, _DOCUMENTS, _ORIGINALS = Column("Projekt", 1), Column("Dokument", 2), Column("varav original")
_GRANTS = Column("Medel")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that sums up the bank, and what it is a number of."""

    number: int
    label: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class StatisticsPage:
    """The numbers of the whole bank, charts of them by year and by facet, and the maps of the districts."""

    figures: tuple[Figure, ...]
    note: str
    stated: tuple[Link, ...]
    charts: tuple[Chart, ...]
    maps: tuple[DistrictMap, ...]


def page(views: Views) -> SitePage:
    """Return the page of statistics. Invented examples count nowhere in it."""
    documents = [record for record in views.catalogue.real if record.is_document]
    grants = [grant for project in views.catalogue.real_projects for grant in project.grants]
    inferred = sum(grant.inferred for grant in grants)
    originals = sum(map(_is_original_report, documents))
    owner = views.index.named(facets.OWNER).label.lower()
    view = StatisticsPage(
        figures=(
            Figure(len(views.catalogue.real) - len(documents), "projekt", f"{Kind.PROJECT.rule.folder}/"),
            Figure(len(documents), "dokument", "dokument/"),
            Figure(originals, "rapporter i original"),
            Figure(len(grants), "beviljade medel"),
        ),
        note=" ".join((_of_inferred(inferred), _of_amounts(grants))).strip(),
        stated=tuple(_stated(views)),
        charts=(_grants_by_year(views), _documents_by_year(views), *(_by(facet, views) for facet in SPLIT_BY)),
        maps=maps(views),
    )
    return SitePage(
        file=addresses.STATISTICS,
        title="Statistik",
        summary=f"Så mycket finns i banken: projekt, dokument och beviljade medel per år, {owner}, tema och mer.",
        template="statistics.html",
        view=view,
        updated=views.updated(),
    )


def _of_inferred(inferred: int) -> str:
    if not inferred:
        return ""
    return f"Av medlen är {inferred} slutledda: källan säger bara att arbetet pågick det året."


def _of_amounts(grants: Iterable[Grant]) -> str:
    amounts = [grant.amount for grant in grants if grant.amount is not None]
    if not amounts:
        return "Ingen källa anger hur mycket pengar ett projekt fick, så statistiken räknar antal, inte kronor."
    return f"För {len(amounts)} av medlen står beloppet i en källa: tillsammans {number_text(sum(amounts))} kr."


def _stated(views: Views) -> Iterator[Link]:
    """Yield what the sources say of the number of grants of a year, which may be more than the bank knows of."""
    for record in sorted(views.catalogue.of_kind(Kind.CALL), key=lambda call: call.years):
        account = record.call.account if record.call else None
        if account and (account.projects is not None or account.trips is not None):
            numbers = ((account.projects, "projekt"), (account.trips, "studieresor"))
            told = listed([f"{number} {what}" for number, what in numbers if number is not None])
            year = views.year_link(account.year)
            yield Link(year.label, year.url, note=told)


def _years(views: Views, counted: Iterable[int]) -> list[int]:
    """Return all years with anything of what is counted or in the bank, newest first."""
    return sorted({*counted, *(int(entry.term.id) for entry in views.index.of(facets.YEAR))}, reverse=True)


def _grants_by_year(views: Views) -> Chart:
    grants = [grant for project in views.catalogue.real_projects for grant in project.grants]
    inferred = Counter(grant.year for grant in grants if grant.inferred)
    stated = Counter(grant.year for grant in grants if not grant.inferred)
    lines = [
        (views.year_link(year), (stated[year] + inferred[year], stated[year], inferred[year]))
        for year in _years(views, (*stated, *inferred))
    ]
    return chart(
        "Medel till projekt per år",
        "medel-per-ar",
        facets.YEAR.label,
        (Column("Alla"), Column("I källan", 1), Column("Slutledda", 2)),
        [line for line in lines if any(line[1])],
        "Ett projekt som fick pengar flera år räknas en gång för varje år. Slutledda är de medel där källan bara "
        "säger att arbetet pågick.",
    )


def _documents_by_year(views: Views) -> Chart:
    entries = [entry for entry in views.index.of(facets.YEAR) if entry.documents]
    lines = []
    for entry in entries:
        originals = sum(map(_is_original_report, entry.documents))
        digests = sum(record.digest for record in entry.documents)
        written_here = sum(not record.kind.rule.is_report for record in entry.documents)
        known = len(entry.documents) - originals - digests - written_here
        figures = (len(entry.documents), originals, digests, known, written_here)
        lines.append((Link(entry.term.label, entry.url), figures))
    return chart(
        "Dokument per år",
        "dokument-per-ar",
        facets.YEAR.label,
        (
            Column("Alla"),
            Column("Original", 1),
            Column("Sammandrag", 2),
            Column("Bara uppgift", 3),
            Column("Utlysning", 4),
        ),
        lines,
        "Ett original är rapporten själv. Ett sammandrag har banken skrivit utifrån en redovisning.",
    )


def _by(facet: Facet, views: Views) -> Chart:
    """Return the chart of a facet's terms: those in use, in the facet's order, as their own pages have them."""
    facet = views.index.named(facet)
    entries = [entry for entry in views.index.of(facet) if entry.members and not entry.term.successors]
    return chart(
        f"Per {_SAID.get(facet, facet.label.lower())}",
        f"per-{facet.id}",
        facet.label,
        (_PROJECTS, _DOCUMENTS, _ORIGINALS, _GRANTS),
        [(Link(capitalised(entry.term.label), entry.url), _figures(entry)) for entry in entries],
        _note(facet, entries),
    )


# Where the facet's own name does not stand well after "per".
_SAID = {facets.OUTCOME: "utfall", facets.STATUS: "status", facets.EVIDENCE: "belägg"}


def _figures(entry: Entry) -> tuple[int, int, int, int]:
    return (
        len(entry.projects),
        len(entry.documents),
        sum(map(_is_original_report, entry.documents)),
        sum(len(project.grants) for project in entry.projects),
    )


def _is_original_report(record: Record) -> bool:
    """Tell whether those who did the work wrote it, and the bank holds it: a page of a call is the bank's own."""
    return record.is_original and record.kind.rule.is_report


def _note(facet: Facet, entries: Iterable[Entry]) -> str:
    """Say why the figures of a chart are more than there are records, where they are."""
    counted: Counter[str] = Counter(record.id for entry in entries for record in entry.members)
    if not any(number > 1 for number in counted.values()):
        return ""
    if facet == facets.OWNER:
        return (
            "Ett projekt som flera ägare driver räknas hos var och en. "
            "Under ett namn av i dag räknas också det som föregångarna drev."
        )
    return "Det som hör till flera räknas hos var och en."
