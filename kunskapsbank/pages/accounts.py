"""Catalogue → the accounts of years, their list, and what is still missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.accounts import account, follow_up, parts
from kunskapsbank.accounts import year as years
from kunskapsbank.model import addresses, facets
from kunskapsbank.pages.lists import ListPage, ListSection
from kunskapsbank.pages.models import Link, Row, SitePage
from kunskapsbank.swedish.text import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kunskapsbank.accounts.follow_up import Lack, Sort
    from kunskapsbank.accounts.paper import Heading, Paper
    from kunskapsbank.accounts.year import Year
    from kunskapsbank.model.account_words import AccountWords
    from kunskapsbank.pages.records import Views


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


_LIST = "Redovisning"


def pages(views: Views) -> Iterator[SitePage]:
    """Return the pages; none where the words of accounts could not be read, which is an error of its own."""
    words = views.catalogue.account_words
    if words is None:
        return
    # All is worked out once, for the list and for the year's own page.
    known = [account.year_of(views.catalogue, year, words) for year in years.years(views.catalogue)]
    yield _list(views, known)
    for place, year in enumerate(known):
        previous = known[place - 1] if place else None
        following = known[place + 1] if place + 1 < len(known) else None
        yield _account(views, year, words, _link(previous), _link(following))
    yield _follow_up(views)


def _title(year: int) -> str:
    return f"Redovisning av {year}"


def _link(found: Year | None) -> Link | None:
    return Link(_title(found.year), f"redovisning/{found.year}/") if found else None


def _list(views: Views, known: Sequence[Year]) -> SitePage:
    note = "Vad varje års medel gick till och vad det ledde till, så som nämnden får det redovisat."
    told = [year for year in reversed(known) if year.decision]
    others = [year for year in reversed(known) if not year.decision]
    sections = (
        _section("Redovisade i ett ärende till nämnden", told),
        _section("Andra år med medel", others),
    )
    view = ListPage(note, tuple(section for section in sections if section.rows))
    return SitePage(addresses.ACCOUNTS, _LIST, note, "list.html", view, views.updated())


def _section(heading: str, of: Iterable[Year]) -> ListSection:
    return ListSection(heading, f"del-{slugify(heading)}", tuple(("", _row(year)) for year in of))


def _row(found: Year) -> Row:
    told = " ".join(parts.in_short(found))
    return Row(_title(found.year), f"redovisning/{found.year}/", "", "", "", told, example=False)


def _account(views: Views, found: Year, words: AccountWords, previous: Link | None, following: Link | None) -> SitePage:
    year, decision = found.year, found.decision
    paper = account.of_year(found, words)
    view = AccountPage(
        paper,
        paper.headings,
        Link(decision.title, decision.url) if decision else None,
        f"kunskapsbank account {year} --output redovisning-{year}.docx",
        previous,
        following,
    )
    return SitePage(
        file=addresses.of_account(year),
        title=_title(year),
        summary=paper.title,
        template="account.html",
        view=view,
        updated=views.updated(),
        trail=(Link(_LIST, "redovisning/"),),
    )


def _follow_up(views: Views) -> SitePage:
    found = follow_up.lacks(views.catalogue)
    sections = [_lacks(views, sort, [lack for lack in found if lack.sort is sort]) for sort in follow_up.Sort]
    note = "Rapporter, resultat och uppgifter som banken saknar, och vem som kan ha dem."
    view = FollowUpPage(tuple(section for section in sections if section.lines))
    return SitePage(addresses.FOLLOW_UP, "Uppföljning", note, "follow-up.html", view, views.updated())


def _lacks(views: Views, sort: Sort, found: list[Lack]) -> LackSection:
    lines = tuple(
        LackLine(
            Link(lack.what, lack.url),
            views.year_link(lack.year),
            tuple(views.term_link(facets.OWNER, owner) for owner in lack.owners),
            lack.told,
            Link(lack.call.title, lack.call.url) if lack.call else None,
        )
        for lack in found
    )
    count = sum(lack.number for lack in found)
    return LackSection(sort.heading, f"del-{slugify(sort.heading)}", sort.meaning, count, lines)
