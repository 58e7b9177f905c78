"""Records → the first glance at them: the questions that every reader has, each with its answer or that there is none.

What nobody knows is gathered in one place, with where the answer may be and whom to ask.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from kunskapsbank.checks.completeness import LESSONS
from kunskapsbank.model import facets
from kunskapsbank.model.vocabulary import NEVER_STARTED, ONGOING, UNTOLD_RESULT
from kunskapsbank.pages import money
from kunskapsbank.pages.models import Link
from kunskapsbank.swedish.phrases import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kunskapsbank.model.facets import Facet
    from kunskapsbank.model.record import KnownDocument, Outcome, Record
    from kunskapsbank.model.vocabulary import Term
    from kunskapsbank.pages.records import Views

# The facets whose terms it shows: the side panel leaves them out.
FACETS = (facets.OWNER, facets.AUDIENCE, facets.METHOD, facets.EVIDENCE)
_ABOUT = "om/"
_RESULT, _TODAY, _ORIGINAL = "Vad kom ut av det?", "Vad gäller i dag?", "Originalet"


@dataclass(frozen=True, slots=True)
class Answer:
    """A question and what is known: links, sentences, or both. `known` is False where the text says that nothing is."""

    question: str
    links: tuple[Link, ...] = ()
    text: str = ""
    known: bool = True


@dataclass(frozen=True, slots=True)
class KnownLine:
    """A document that a source tells of and the bank does not hold; `number` is how many such there are."""

    title: str
    number: int
    source: Link
    place: str
    words: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """What is not known: the gaps as they stand after "vi vet inte", and where answers may be."""

    gaps: tuple[str, ...]
    documents: tuple[KnownLine, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom to ask: those whose work it was, called what they are called today with a note of their name then, and
    those who keep the bank."""

    owners: tuple[Link, ...]
    keepers: Link


_HERE = Answer(_ORIGINAL, text="Texten på den här sidan.")


def of_project(views: Views, project: Record) -> tuple[Answer, ...]:
    """Return the first glance at a project."""
    documents = views.catalogue.documents_of(project)
    return tuple(
        answer
        for answer in (
            _terms(views, "För vem?", facets.AUDIENCE, project),
            _terms(views, "Metoder", facets.METHOD, project),
            _result(project),
            _evidence(views, project),
            _today(views, project, documents),
            Answer("Pengar", text=money.told(project.grants)),
            _owners(views, project),
            _original(documents, project.known_documents),
        )
        if answer.links or answer.text
    )


def of_document(views: Views, document: Record) -> tuple[Answer, ...]:
    """Return the first glance at a document."""
    project = views.catalogue.project_of(document)
    known = document.known_documents or _known_of(project, document)
    return tuple(
        answer
        for answer in (
            Answer("Vart gick resan?", text=document.place),
            _terms(views, "För vem?", facets.AUDIENCE, document),
            _terms(views, "Metoder", facets.METHOD, document),
            _result(document) if document.results or document.kind.rule.has_lessons else Answer(_RESULT),
            _evidence(views, document),
            Answer("Pengar", text=money.told(document.grants)),
            _owners(views, document),
            Answer(_ORIGINAL, text="Texten på den här sidan.")
            if document.is_original
            else _original((document,), known),
        )
        if answer.links or answer.text
    )


def unknown(views: Views, record: Record) -> Unknown | None:
    """Return what is not known of a record; of a project also what its documents do not tell. None where all is."""
    documents = () if record.is_document else views.catalogue.documents_of(record)
    gaps = tuple(dict.fromkeys(chain.from_iterable(one.unknown for one in (record, *documents))))
    known = tuple(
        KnownLine(one.title, one.number, views.term_link(facets.SOURCE, one.source), one.place, one.words)
        for one in record.known_documents
    )
    return Unknown(gaps, known) if gaps or known else None


def asked(views: Views, record: Record) -> Asked:
    """Return whom to ask about a record."""
    return Asked(_owners_today(views, record), keepers(views))


def keepers(views: Views) -> Link:
    """Return the contact of those who keep the bank, as its settings have it, or else where the bank tells of them."""
    settings = views.catalogue.settings
    if settings.contact:
        return Link(settings.contact, settings.contact_url or None)
    told = any(page.url == _ABOUT for page in views.catalogue.pages)
    return Link(f"dem som ansvarar för {settings.name}", _ABOUT if told else None)


def told_in(record: Record, documents: Iterable[Record]) -> int | None:
    """Return the year of the newest that is known of a project: of an outcome, else of a report; None where untold."""
    outcomes = [outcome.known for outcome in record.outcomes if outcome.known]
    reports = [document.report_year for document in documents if document.report_year and not document.example]
    return max((*outcomes, *reports), default=None)


def outcome_link(views: Views, outcome: Outcome, sequel: str = "") -> Link:
    """Return what happened as a link to all that it happened to, in its own words if `sequel` does not say them."""
    link = views.term_link(facets.OUTCOME, outcome.what)
    said = outcome.text.casefold() in sequel.casefold()
    return replace(link, label=outcome.what.label if said else outcome.text)


def _terms(views: Views, question: str, facet: Facet, record: Record) -> Answer:
    return Answer(question, views.links(facet, record))


def _result(record: Record) -> Answer:
    if record.result:
        return Answer(_RESULT, text=record.result)
    if record.kind.rule.has_lessons:
        learnt = (heading for heading in record.body.headings if any(part in heading.text.lower() for part in LESSONS))
        links = tuple(Link(f"Läs under {heading.text}", f"{record.url}#{heading.id}") for heading in list(learnt)[:1])
        return Answer(_RESULT, links)
    if record.status and record.status.id == NEVER_STARTED:
        return Answer(_RESULT, text="Inget, eftersom projektet aldrig började.")
    return Answer(_RESULT, text="Vet vi inte. Ingen av bankens källor berättar det.", known=False)


def _evidence(views: Views, record: Record) -> Answer:
    told = [term for term in record.evidence if term.id != UNTOLD_RESULT] if record.result else []
    links = tuple(replace(views.term_link(facets.EVIDENCE, term), note=term.scope_note) for term in told)
    return Answer("Hur vet vi det?", links)


def _today(views: Views, project: Record, documents: Sequence[Record]) -> Answer:
    """Return what is known of today and as of when: no page knows the day on which it is read."""
    links = tuple(outcome_link(views, outcome, project.sequel) for outcome in project.outcomes)
    status = project.status.id if project.status else ""
    told = told_in(project, documents)
    as_of = f"Uppgiften är från {told}." if told else ""
    if status == NEVER_STARTED:
        return Answer(_TODAY, links, " ".join(filter(None, (project.sequel, as_of))))
    if status == ONGOING:
        return Answer(_TODAY, links, " ".join(filter(None, ("Projektet pågår.", project.sequel, as_of))))
    newest = f" Det senaste som källorna berättar är från {told}." if told else ""
    if not (links or project.sequel):
        return Answer(_TODAY, text=f"Vet vi inte.{newest}", known=False)
    as_of = f"Uppgiften är från {told}. Vad som har hänt sedan dess vet vi inte." if told else ""
    return Answer(_TODAY, links, " ".join(filter(None, (project.sequel, as_of))), known=bool(links))


def _owners(views: Views, record: Record) -> Answer:
    links = []
    for owner in record.owners:
        today = _today_of(views, owner)
        note = f"numera {listed([term.label for term in today])}" if today else ""
        links.append(replace(views.term_link(facets.OWNER, owner), note=note))
    return Answer("Ägare", tuple(links))


def _owners_today(views: Views, record: Record) -> tuple[Link, ...]:
    found: dict[Term, list[str]] = {}
    for owner in record.owners:
        today = _today_of(views, owner)
        for term in today or (owner,):
            found.setdefault(term, []).extend([owner.label] if today else [])
    within = views.catalogue.settings.within
    return tuple(
        replace(
            views.term_link(facets.OWNER, term),
            label=within(term.label),
            note=f"tidigare {listed(before)}" if before else "",
        )
        for term, before in found.items()
    )


def _today_of(views: Views, owner: Term) -> tuple[Term, ...]:
    """Return what an owner became; nothing for a name that is still in use."""
    return tuple(views.vocabulary(facets.OWNER).successors(owner))


def _original(documents: Sequence[Record], known: Sequence[KnownDocument]) -> Answer:
    """Return where the originals are: those that the bank holds, else where a source says that they can be read."""
    asked = [document for document in documents if document.kind.rule.is_report and not document.example]
    held = [document for document in asked if document.is_original]
    if held:
        return Answer(_ORIGINAL, tuple(Link(document.title, document.url) for document in held))
    if not (asked or known):
        return Answer(_ORIGINAL)
    told = listed([f"{one.title} ({', '.join(filter(None, (one.source.label, one.place)))})" for one in known])
    where = f"Källan berättar om {told}." if told else "Var det finns framgår inte av källan."
    return Answer(_ORIGINAL, text=f"Finns inte i banken. {where}", known=bool(known))


def _known_of(project: Record | None, document: Record) -> tuple[KnownDocument, ...]:
    """Return what a document is the digest of, among what the sources of its project tell of."""
    known = project.known_documents if project else ()
    return tuple(one for one in known if one.kind.id == document.kind and one.year in document.years)
