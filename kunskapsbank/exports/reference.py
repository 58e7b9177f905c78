"""Record → how it is cited: who wrote the text that the bank shows, when, and what it is called.

Of a project's page and of a digest the text is the bank's own, whatever it tells of; only an original is its owners'.
The form is the one of Swedish universities' guides to Harvard: author, year, title, publisher, address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.model import facets, vocabulary
from kunskapsbank.swedish.phrases import listed

if TYPE_CHECKING:
    from datetime import date

    from kunskapsbank.model.catalogue import Catalogue
    from kunskapsbank.model.record import Record
    from kunskapsbank.model.vocabulary import Term
    from kunskapsbank.settings import Settings


@dataclass(frozen=True, slots=True)
class Reference:
    """What programs for references and readers are told of a page.

    `key` is the record's permanent id and `path` its address relative to the site's root. `authors` are organisations.
    `day` is when the text came into the bank, where it is the bank's own; of an original only the year is known.
    `genre` is what it is, `form` what else must be known of it ("sammandrag"), `is_report` whether it is, or tells of,
    a report; else it is a page of the bank.
    """

    key: str
    path: str
    title: str
    authors: tuple[str, ...]
    year: int
    day: date | None
    genre: str
    form: str
    is_report: bool
    bank: str
    publisher: str
    number: str
    summary: str
    keywords: tuple[str, ...]

    @property
    def before(self) -> str:
        """The reference up to its title: "Norra områdesförvaltningen (2019). "."""
        return f"{listed(self.authors)} ({self.year}). "

    @property
    def after(self) -> str:
        """The reference from its title on, but for the address, which stands last."""
        form = f" [{self.form}]" if self.form else ""
        end = "" if not form and self.title.endswith((".", "?", "!")) else "."
        number = f" Diarienummer {self.number}." if self.number else ""
        publisher = "" if self.publisher in self.authors else f", {self.publisher}"
        return f"{form}{end}{number} {self.bank}{publisher}."


def of(record: Record, catalogue: Catalogue) -> Reference:
    """Return how a record is cited."""
    is_original = record.is_original and bool(record.owners)
    kinds = catalogue.vocabularies[vocabulary.KINDS]
    settings = catalogue.settings
    about = [facet for facet in facets.FACETS if facet.about]
    keywords = (term.label for facet in about for term in facet.values(record, catalogue))
    return Reference(
        key=record.id,
        path=record.url,
        title=_on_one_line(record.title),
        authors=tuple(_owner(owner, settings) for owner in record.owners) if is_original else (settings.sender,),
        year=record.report_year or record.latest_year if is_original else record.published.year,
        day=None if is_original else record.published,
        genre=kinds.label(record.kind),
        form=record.holding.label if record.holding and record.holding.id != vocabulary.ORIGINAL else "",
        is_report=record.kind.rule.is_report,
        bank=settings.name,
        publisher=settings.sender,
        number=_on_one_line(record.reference),
        summary=_on_one_line(record.summary),
        keywords=tuple(dict.fromkeys(keywords)),
    )


def _owner(owner: Term, settings: Settings) -> str:
    """Return an owner as an authority: "Norra områdesförvaltning"; who works for all is the one behind the bank."""
    return f"{owner.label} {settings.owner.office}".strip() if owner.is_district else settings.sender


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
