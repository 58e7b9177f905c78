"""What the bank knows of a year → what it does not know, once each, as a list for whoever finishes the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunskapsbank.accounts.parts import count, owners_text
from kunskapsbank.reading import schema
from kunskapsbank.swedish.phrases import listed, number_text, number_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kunskapsbank.accounts.year import Granted, Year


def gaps(year: Year, projects: Sequence[Granted]) -> Iterator[str]:
    """Yield a sentence or two for each thing that is not known of the year, or of these projects of it."""
    yield from _numbers(year)
    yield from _projects(projects, year.analysis_from)
    yield from _rules(year)


def _numbers(year: Year) -> Iterator[str]:
    counted, stated = len(year.granted), year.stated_projects
    if stated is None:
        yield f"Antal projekt som beviljades medel för {year.year}. Kunskapsbanken har {number_text(counted)}."
    elif stated < counted:
        yield (
            f"Vilket antal projekt som gäller: källan anger {number_word(stated)}, "
            f"och kunskapsbanken har {number_word(counted)}."
        )
    if year.missing_projects:
        missing = count(year.missing_projects, "projekt", "projekt")
        yield f"Namn, ägare, syfte och resultat för {missing} som inte finns i kunskapsbanken."
    if year.stated_trips is None:
        yield f"Antal studieresor som beviljades medel för {year.year}, och vart de gick."
    elif year.stated_trips > len(year.trips):
        missing = count(year.stated_trips - len(year.trips), "studieresa", "studieresor", "en")
        yield f"Vart de gick, vilka som reste och vad de lärde sig, för {missing}."
    if not year.research:
        yield f"Forskning. Kunskapsbanken har ingen forskningsrapport som redovisas med {year.year} års projekt."
    if year.granted and not year.is_told_who_goes_on:
        yield f"Vilka projekt som fick medel även för {year.year + 1}."
    if year.decision is None:
        yield "Inriktning och regler för ett kommande år. Kunskapsbanken har inte utlysningen."


def _projects(projects: Sequence[Granted], analysis_from: int) -> Iterator[str]:
    begun = [one for one in projects if not one.never_started]
    yield from (_result(one) for one in begun if not one.result)
    if begun and begun[0].grant.year >= analysis_from:
        yield from _told("Jämställdhetsanalys", [one for one in begun if not one.analysed])
    without_amount = [one for one in projects if one.grant.amount is None]
    if without_amount and len(without_amount) == len(projects):
        yield "Belopp. De framgår inte för något av projekten."
    else:
        yield from _told("Belopp", without_amount)
    inferred = [one for one in projects if one.grant.inferred]
    yield from _told("Beslutet om medel (källan säger bara att arbetet pågick)", inferred)


def _result(one: Granted) -> str:
    places = listed([f"{known.source.label}, {known.place or known.title}" for known in one.known])
    where = f" Rapporten finns enligt källan: {places}." if places else ""
    return f"Resultat för {_named(one)}.{where}"


def _told(what: str, projects: Sequence[Granted]) -> Iterator[str]:
    if projects:
        names = "; ".join(map(_named, projects))
        yield f"{what} för {number_word(len(projects))} projekt: {names}."


def _named(one: Granted) -> str:
    return f"{one.project.title}, {owners_text(one.owners)}"


def _rules(year: Year) -> Iterator[str]:
    if year.call is None:
        return
    call = year.call
    missing = [rule.label.lower() for rule in schema.LIMIT_FIELDS if getattr(call.limits, rule.attribute) is None]
    # Where projects and trips are limited together they are not limited one by one, and the other way round.
    together = schema.label_of_limit("applications_per_district").lower()
    apart = {schema.label_of_limit(name).lower() for name in ("projects_per_district", "trips_per_district")}
    if call.limits.applications_per_district is not None:
        missing = [name for name in missing if name not in apart]
    elif apart - {*missing}:
        missing = [name for name in missing if name != together]
    if not (call.opens and call.closes):
        missing.append("när ansökan är öppen")
    if not call.unused_told_by:
        missing.append("sista dag att säga till om oanvända medel")
    if missing:
        yield f"Regler för {year.call_year} som inte framgår: {listed(missing)}."
