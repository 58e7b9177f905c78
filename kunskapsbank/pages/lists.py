"""Catalogue → the pages that list it: all projects and documents, trips, research, calls, what is new, A–Ö."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.model import addresses, vocabulary
from kunskapsbank.model.facets import newest_first
from kunskapsbank.model.kinds import Kind
from kunskapsbank.pages.models import Row, SitePage
from kunskapsbank.swedish.phrases import capitalised, date_text
from kunskapsbank.swedish.text import sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kunskapsbank.model.record import Record
    from kunskapsbank.pages.records import Views


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


_DIGITS = "0–9"
# So many letters alike, and two names stand beside each other in any list of this size.
_ALIKE = 5
# Anchors are ASCII, and å, ä and ö are letters of their own.
_ANCHORS = {"Å": "aa", "Ä": "ae", "Ö": "oe", _DIGITS: "siffror"}


def pages(views: Views) -> Iterator[SitePage]:
    """Return the lists."""
    catalogue = views.catalogue
    real = catalogue.real
    projects = catalogue.real_projects
    documents = [record for record in real if record.is_document]
    note = f"Bankens {len(projects)} projekt, efter det senaste året med pengar."
    yield _page(views, addresses.of_list(Kind.PROJECT), Kind.PROJECT.rule.list_title, note, _by_year(views, projects))
    note = f"Bankens {len(documents)} dokument, de nyaste åren först."
    yield _page(views, addresses.ALL_DOCUMENTS, "Alla dokument", note, _by_year(views, documents))
    kinds = catalogue.vocabularies[vocabulary.KINDS]
    for kind in Kind:
        if kind.rule.is_document and kind.rule.list_title:
            note = kinds.get(kind).scope_note
            of_kind = [record for record in real if record.kind is kind]
            yield _page(views, addresses.of_list(kind), kind.rule.list_title, note, _by_year(views, of_kind))
    yield _page(views, addresses.NEWS, "Nytt i banken", "Det som kom in sist står först.", _by_day(views))
    note = (
        "Påhittade exempel för dig som skriver. De visar hur dokument kan se ut, och räknas inte med någon annanstans."
    )
    examples = (record for record in catalogue if record.example)
    yield _page(views, addresses.EXAMPLES, "Exempel", note, _by_kind(views, examples))
    note = "Projekt, forskning och resor i bokstavsordning, också under sina andra namn."
    yield _page(views, addresses.A_TO_Z, "A–Ö", note, _by_letter(views), brief=True)


def letter_of(name: str) -> str:
    """Return the letter that a name is filed under: that of its first letter or figure."""
    first = next((character for character in name if character.isalnum()), "0").upper()
    return first if first.isalpha() else _DIGITS


def letter_anchor(letter: str) -> str:
    """Return the anchor of a letter's heading."""
    return f"bokstav-{_ANCHORS.get(letter, letter.lower())}"


def _page(
    views: Views, file: str, title: str, note: str, sections: Iterable[ListSection], *, brief: bool = False
) -> SitePage:
    view = ListPage(note, tuple(sections), brief)
    return SitePage(file, title, note, "list.html", view, views.updated())


def _section(views: Views, heading: str, anchor: str, records: Iterable[Record]) -> ListSection:
    return ListSection(heading, anchor, tuple(("", row) for row in views.rows(records)))


def _by_year(views: Views, records: Iterable[Record]) -> Iterator[ListSection]:
    by_year: dict[int, list[Record]] = {}
    for record in newest_first(records):
        by_year.setdefault(record.latest_year, []).append(record)
    for year, members in by_year.items():
        yield _section(views, str(year), f"ar-{year}", members)


def _by_kind(views: Views, records: Iterable[Record]) -> Iterator[ListSection]:
    by_kind: dict[Kind, list[Record]] = {}
    for record in newest_first(records):
        by_kind.setdefault(record.kind, []).append(record)
    for kind in sorted(by_kind, key=list(Kind).index):
        yield _section(views, capitalised(views.kind_label(kind)), kind.value, by_kind[kind])


def _by_day(views: Views) -> Iterator[ListSection]:
    by_day: dict[str, list[Record]] = {}
    for record in sorted(newest_first(views.catalogue.real), key=lambda record: record.published, reverse=True):
        by_day.setdefault(record.published.isoformat(), []).append(record)
    for day, members in by_day.items():
        yield _section(views, date_text(members[0].published), f"den-{day}", members)


def _by_letter(views: Views) -> Iterator[ListSection]:
    names = [
        (name, record)
        for record in views.catalogue.real
        if record.kind.rule.name_of
        for name in (record.title, *record.aliases)
        if name == record.title or not _begin_alike(name, record.title)
    ]
    letters: dict[str, list[tuple[str, Row]]] = {}
    for name, record in sorted(names, key=lambda item: (sort_key(item[0]), item[1].id)):
        letters.setdefault(letter_of(name), []).append((name if name != record.title else "", views.row(record)))
    for letter, rows in letters.items():
        yield ListSection(letter, letter_anchor(letter), tuple(rows))


def _begin_alike(one: str, other: str) -> bool:
    """Tell whether two names begin so alike that who looks for one of them finds the other."""
    return one.casefold()[:_ALIKE] == other.casefold()[:_ALIKE]
