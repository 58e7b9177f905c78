"""Statements → the year of the money that a report tells of, and the year it was handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunskapsbank.reading import schema
from kunskapsbank.reading.fields import FIRST_YEAR
from kunskapsbank.suggest import phrases_of_reports as phrases
from kunskapsbank.suggest.evidence import Suggestion, Tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kunskapsbank.suggest.statements import Statement

_LAST_YEAR = 2099
# How much more a year counts where it is said to be that of the money.
_MONEY = 3
# What a year must count: once as that of the money, or in the title, or three times in running text.
_LEAST = 12
# How many characters beside a year tell what it is the year of.
_AROUND = 40
# A report is dated at its beginning, and handed in when the money's year is over.
_FIRST_STATEMENTS, _LATEST_REPORT = 12, 2


def year_of_money(said: Sequence[Statement]) -> Suggestion | None:
    """Return the year that is spoken of most, more so after words that money goes with."""
    tally = Tally()
    for statement in said:
        for match in phrases.YEAR.finditer(statement.lower):
            before = statement.lower[max(0, match.start() - _AROUND) : match.start()]
            after = statement.lower[match.end() : match.end() + _AROUND]
            if FIRST_YEAR <= int(match[1]) <= _LAST_YEAR and not phrases.OTHER_YEAR.search(before):
                money = phrases.MONEY_BEFORE.search(before) or phrases.MONEY_AFTER.match(after)
                tally.add(match[1], statement.weight * (_MONEY if money else 1), statement)
    # Of two spoken of as much, the earlier: reports also tell what is to come.
    years = sorted(tally.scores, key=lambda year: (-tally.scores[year], year))
    return next(
        (
            Suggestion(schema.key_of("years"), year, tally.passages[year])
            for year in years
            if tally.scores[year] >= _LEAST
        ),
        None,
    )


def year_handed_in(said: Sequence[Statement], year: int | None) -> Suggestion | None:
    """Return the year that a report on the money of `year` was dated."""
    if year is None:
        return None
    for statement in said[:_FIRST_STATEMENTS]:
        for match in phrases.DAY.finditer(statement.lower):
            dated = match[1] or match[2]
            if year <= int(dated) <= year + _LATEST_REPORT:
                return Suggestion(schema.key_of("report_year"), dated, statement.passage)
    return None
