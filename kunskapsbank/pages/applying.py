"""A call → what somebody who wants to apply asks first: when, for how much, and whether there is a later call.

Which days have been is told by the reader's browser; here only the days themselves are known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunskapsbank.model.kinds import Kind
from kunskapsbank.pages.glance import Answer
from kunskapsbank.pages.models import Link
from kunskapsbank.pages.money import NOT_STATED, kronor
from kunskapsbank.swedish.phrases import listed, number_word

if TYPE_CHECKING:
    from kunskapsbank.model.record import Limits, Record
    from kunskapsbank.pages.records import Views


def answers(views: Views, call: Record) -> tuple[Answer, ...]:
    """Return what a call's page tells after whether one can apply."""
    assert call.call
    limits, office = call.call.limits, views.catalogue.settings.owner.as_office
    pace = f" om året, {number_word(limits.years_in_a_row)} år i rad" if limits.years_in_a_row else ""
    return (
        Answer("Pengarna gäller", tuple(views.year_link(year) for year in call.years)),
        _most(views, call, "Ett projekt kan få", "project_amount", pace, _number_of_projects(limits, office)),
        _most(views, call, "En studieresa kan få", "trip_amount", "", _number_of_trips(limits, office)),
        _later(views, call),
    )


def _most(views: Views, call: Record, question: str, amount: str, pace: str, number: str) -> Answer:
    """Return the highest amount, or that it is not stated and what the latest earlier call that stated one said."""
    stated = _amount(call, amount)
    if stated is not None:
        return Answer(question, text=f"Högst {kronor(stated)}{pace}.{number}")
    earlier = [one for one in _calls(views) if one.years < call.years and _amount(one, amount) is not None]
    links = tuple(
        Link(one.title, one.url, note=f"den senaste som anger det: högst {kronor(_amount(one, amount))}")
        for one in earlier[-1:]
    )
    return Answer(question, links, f"Högsta belopp {NOT_STATED}.{number}", known=False)


def _number_of_projects(limits: Limits, office: str) -> str:
    most = [f"{limits.projects_per_district} projekt"] if limits.projects_per_district else []
    if limits.applications_per_district:
        most.append(f"{limits.applications_per_district} ansökningar beviljade, projekt och resor sammanräknade")
    return f" Högst {listed(most)} per {office}." if most else ""


def _number_of_trips(limits: Limits, office: str) -> str:
    return f" Högst {limits.trips_per_district} resor per {office}." if limits.trips_per_district else ""


def _later(views: Views, call: Record) -> Answer:
    newest = _calls(views)[-1]
    if newest.years > call.years:
        return Answer("Senaste utlysningen", (Link(newest.title, newest.url),))
    return Answer("Senaste utlysningen", text="Banken har ingen senare utlysning än den här.")


def _calls(views: Views) -> list[Record]:
    return sorted(views.catalogue.of_kind(Kind.CALL), key=lambda call: call.years)


def _amount(call: Record, attribute: str) -> int | None:
    found: int | None = getattr(call.call.limits, attribute) if call.call else None
    return found
