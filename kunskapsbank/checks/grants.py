"""Grants against the limits of their year's call, and what a call accounts for against what the bank holds.

Examples are invented and count nowhere. A year without a call, or a call that states no limit, has nothing to compare
with. A joint project counts for each of its districts: it belongs to all of them, and no source says which of them
stood for the application. An owner that works for the whole organisation is no district, so the limits per district do
not bind it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kunskapsbank.checks import telling
from kunskapsbank.checks.check import Check
from kunskapsbank.model import vocabulary
from kunskapsbank.model.kinds import Kind
from kunskapsbank.problems import Severity
from kunskapsbank.reading import schema
from kunskapsbank.reading.fields import rule_of
from kunskapsbank.swedish.phrases import listed, number_text, years_text

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping

    from kunskapsbank.model.document import Document
    from kunskapsbank.model.known import Known
    from kunskapsbank.model.record import Call, Limits, Record
    from kunskapsbank.model.snapshot import Snapshot
    from kunskapsbank.model.vocabulary import Term
    from kunskapsbank.problems import Problem
    from kunskapsbank.settings import Money, Settings

_AMOUNT, _IN_A_ROW, _NUMBER, _ACCOUNT_RULE = "beloppsgräns", "år i rad", "antalsgräns", "redovisning"


@dataclass(frozen=True, slots=True)
class Breach:
    """Money that is more than the call of its year allows.

    `year` is that of the call, `place` the place of the grant among the record's, and `attribute` the part of the grant
    that is at fault, "" for the whole. `message` says what of `subject`, "" where it says so itself.
    """

    record: Record
    year: int
    place: int
    attribute: str
    subject: str
    message: str
    hint: str
    rule: str

    @property
    def told(self) -> str:
        """The breach as it is told of a record that has been named."""
        return f"{self.subject} {self.message}".strip()


def breaches(records: Iterable[Record], bank: Snapshot) -> Iterator[Breach]:
    """Yield the grants of the records that are above a limit, of which the bank must know them all."""
    calls = _calls(bank)
    limits = {year: record.call.limits for year, record in calls.items() if record.call}
    most = _Numbers(bank, calls, limits)
    for record in records:
        if record.grants and not record.example:
            for year in sorted({grant.year for grant in record.grants} & limits.keys()):
                yield from _amounts(record, calls[year], limits[year], bank.settings)
                yield from most.above(record, year)
            yield from _years_in_a_row(record, limits, calls, bank.settings.money)


def _calls(bank: Snapshot) -> dict[int, Record]:
    return {record.years[0]: record for record in bank.of_kind(Kind.CALL)}


def _look(documents: Iterable[Document], bank: Snapshot) -> Iterator[Problem]:
    """Yield the grants above a limit, and the accounts whose numbers are not those of the bank."""
    held = {document.file: (document, document.record) for document in documents if document.record}
    for breach in breaches((record for _, record in held.values()), bank):
        document, _ = held[breach.record.file]
        key = rule_of(schema.GRANT_FIELDS, breach.attribute).key if breach.attribute else ""
        yield telling.at_item(document, "grants", breach.place, key, breach.message, breach.hint, breach.rule)
    calls = _calls(bank)
    for document, record in held.values():
        if record.call and calls[record.years[0]].file == record.file:
            yield from _account(document, record.call, bank)


CHECK = Check(frozenset({_AMOUNT, _IN_A_ROW, _NUMBER, _ACCOUNT_RULE}), Severity.REMARK, _look)


def _amounts(record: Record, call: Record, limits: Limits, settings: Settings) -> Iterator[Breach]:
    """The money of a project and year, or of a trip.

    The limit of a trip is that of one district ("som en stadsdelsförvaltning kan beviljas för en studieresa",
    tjänsteutlåtande 2019-03-15), so a joint trip may cost as many times as much; that of a project is the project's
    ("som ett lokalt utvecklingsprojekt kan beviljas", the same).
    """
    year, districts, money = call.years[0], max(1, len(record.owners)), settings.money
    amounts = (
        (limits.project_amount, 1, money.projects, "ett projekt"),
        (limits.trip_amount, districts, money.trips, "en resa"),
    )
    for stated, times, forms, what in amounts:
        places = [n for n, grant in enumerate(record.grants) if grant.year == year and grant.form.id in forms]
        total = sum(record.grants[place].amount or 0 for place in places)
        if stated is None or total <= stated * times:
            continue
        limit = number_text(stated * times)
        message = f"är {number_text(total)} kr för {year}, men {what} kan få högst {limit} kr"
        hint = f"Jämför med beslutet och rätta beloppet. Gränsen står i {call.file}."
        if times > 1:
            hint += f" Den är räknad för {times} {settings.owner.as_offices}."
        yield Breach(record, year, places[-1], "amount", "beloppet", message, hint, _AMOUNT)


def _years_in_a_row(
    record: Record, limits: dict[int, Limits], calls: dict[int, Record], money: Money
) -> Iterator[Breach]:
    """The years in a row of a project's money, by the newest call of the run that states a limit.

    Money that was paid back bought no year.
    """
    kept = {grant.year for grant in record.grants if grant.form.id in money.projects and not grant.paid_back}
    for run in _runs(kept):
        for year in reversed(run):
            limit = limits[year].years_in_a_row if year in limits else None
            if limit is None:
                continue
            count = year - run[0] + 1
            if count > limit:
                place = next(n for n, grant in enumerate(record.grants) if grant.year == year)
                message = f"gäller {count} år i rad ({years_text(run[:count])}), men högst {limit} beviljas"
                hint = f"Jämför med besluten och rätta åren. Gränsen står i {calls[year].file}."
                yield Breach(record, year, place, "year", "pengarna", message, hint, _IN_A_ROW)
            break


def _runs(years: set[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return runs


@dataclass
class _Numbers:
    """How many projects and trips of a district the money of a year went to; also those that paid it back.

    The remark stands at the one that came into the bank last, as that is the one an editor is working with.
    """

    bank: Snapshot
    calls: Mapping[int, Record]
    limits: Mapping[int, Limits]
    _counted: dict[tuple[int, frozenset[str]], Mapping[str, list[Record]]] = field(default_factory=dict)

    def above(self, record: Record, year: int) -> Iterator[Breach]:
        """Yield where a record is the last of more of its district in a year than the call allows."""
        limits, money = self.limits[year], self.bank.settings.money
        numbers = (
            (limits.projects_per_district, money.projects, "projekt"),
            (limits.trips_per_district, money.trips, "resor"),
            (limits.applications_per_district, money.projects | money.trips, "projekt och resor"),
        )
        for limit, forms, what in numbers:
            place = _place_of(record, year, forms)
            if limit is None or place is None:
                continue
            for label in _districts(self.bank, record, year):
                found = self._of_districts(year, forms)[label]
                if len(found) <= limit or found[-1].file != record.file:
                    continue
                message = f"{label} har {len(found)} {what} med medel för {year}, men högst {limit} beviljas"
                others = listed([other.file for other in found[:-1]])
                hint = (
                    f"Jämför med besluten och rätta ägare eller år. Med i antalet är också {others}. "
                    f"Gränsen står i {self.calls[year].file}."
                )
                yield Breach(record, year, place, "", "", message, hint, _NUMBER)

    def _of_districts(self, year: int, money: frozenset[str]) -> Mapping[str, list[Record]]:
        """Return the records that each district has with money of this sort and year, oldest first."""
        if (year, money) not in self._counted:
            found: dict[str, list[Record]] = defaultdict(list)
            for record in sorted(_granted(self.bank, year, money), key=lambda one: (one.published, one.file)):
                for label in _districts(self.bank, record, year):
                    found[label].append(record)
            self._counted[year, money] = found
        return self._counted[year, money]


def _years(known: Known) -> Iterable[Hashable]:
    record = known.record
    return {grant.year for grant in record.grants} if record and not record.example else ()


def _granted(bank: Snapshot, year: int, money: frozenset[str]) -> list[Record]:
    """Return the records that are no examples and have money of this sort for a year."""
    records = (known.record for known in bank.having(_years, year) if known.record)
    return [record for record in records if _place_of(record, year, money) is not None]


def _districts(bank: Snapshot, record: Record, year: int) -> list[str]:
    return sorted({_as_called(bank, owner, year) for owner in record.owners} - {""})


def _place_of(record: Record, year: int, money: frozenset[str]) -> int | None:
    """Return the place of the record's first grant of this year and sort of money, or None."""
    return next((n for n, grant in enumerate(record.grants) if grant.year == year and grant.form.id in money), None)


def _as_called(bank: Snapshot, owner: Term, year: int) -> str:
    """Return a district's name in a year; "" for who is no district.

    A name that came later stands as written: which of its predecessors was meant nobody can tell.
    """
    if not owner.is_district:
        return ""
    if owner.valid_in(year):
        return owner.label
    owners = bank.vocabularies[vocabulary.OWNERS]
    then = [term.label for term in owners.successors(owner) if term.valid_in(year)]
    return then[0] if len(then) == 1 else owner.label


def _account(document: Document, call: Call, bank: Snapshot) -> Iterator[Problem]:
    """The numbers of grants that a call's decision states; a note says why they differ, and is enough."""
    account = call.account
    if account is None or account.note:
        return
    forms = bank.settings.money
    stated = (("projects", account.projects, forms.projects), ("trips", account.trips, forms.trips))
    for attribute, number, money in stated:
        counted = len(_granted(bank, account.year, money))
        if number is None or number == counted:
            continue
        inner = rule_of(schema.ACCOUNT_FIELDS, attribute).key
        message = f"är {number}, men banken har {counted} med medel för {account.year}"
        hint = (
            f"Lägg in dem som saknas, rätta antalet, eller förklara skillnaden: "
            f"{rule_of(schema.ACCOUNT_FIELDS, 'note').key}: Källan namnger bara …"
        )
        yield telling.in_group(document, "account", inner, message, hint, _ACCOUNT_RULE)
