"""The newest call → the page that compares an idea with what the bank's projects tried."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.model import addresses, criteria
from kunskapsbank.pages.models import SitePage

if TYPE_CHECKING:
    from kunskapsbank.model.criteria import Criteria
    from kunskapsbank.pages.records import Views


@dataclass(frozen=True, slots=True)
class IdeaPage:
    """The page that compares an idea with the bank: what the newest call demands, None where none demands anything."""

    criteria: Criteria | None


def page(views: Views) -> SitePage:
    """Return the page; what it compares is asked of the search's index in the browser."""
    return SitePage(
        file=addresses.IDEA,
        title="Har någon prövat det här?",
        summary="Klistra in en idé, så visar banken vad de närmaste projekten prövade, för vem och vad det ledde till.",
        template="idea.html",
        view=IdeaPage(criteria.newest(views.catalogue)),
        updated=views.updated(),
    )
