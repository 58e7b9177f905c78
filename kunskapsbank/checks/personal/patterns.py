"""Text → the personal data in it that must not be published: identity numbers, telephones, e-mail, street addresses.

The text is searched as a reader meets it, and told where it was written: see `as_read`. Each kind has its module.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kunskapsbank.checks.personal import identity, mail, street, telephone
from kunskapsbank.checks.personal.as_read import AsRead
from kunskapsbank.checks.personal.local import UNKNOWN, Local

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kunskapsbank.problems import Problem

NUMBER = "personnummer"
COORDINATION = "samordningsnummer"
PHONE = "telefonnummer"
MAIL = "e-postadress"
ADDRESS = "gatuadress"
RULES = (NUMBER, COORDINATION, PHONE, MAIL, ADDRESS)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Personal data in a text: where it starts and ends, and the rule that it breaks."""

    start: int
    end: int
    rule: str


# Where a message breaks off in the middle of a number: "19800101-12…".
_CUT = re.compile(r"[0-9][0-9 +-]{3,}…")
# Figures that may be read as a number, or as the mark of a note.
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹₀-₉]")


def find(text: str, local: Local = UNKNOWN) -> list[Finding]:
    """Return the personal data in `text`, in order; what is both an identity number and a telephone is the former.

    `local` is what is known of the organisation; without it every mail address may be a person's.
    """
    found = {*_found(AsRead(text), local)}
    if _RAISED.search(text):
        found.update(_found(AsRead(text, superscripts_part=True), local))
    numbers = _apart(sorted(one for one in found if one.rule in {NUMBER, COORDINATION}))
    others = _apart(sorted(one for one in found if one.rule not in {NUMBER, COORDINATION, PHONE}))
    phones = _apart(sorted(one for one in found if one.rule == PHONE))
    return sorted([*numbers, *_beside(phones, numbers), *others])


def _found(read: AsRead, local: Local) -> Iterator[Finding]:
    text = read.text
    for number in identity.find(text):
        yield Finding(*read.written(number.start, number.end), COORDINATION if number.is_coordination else NUMBER)
    others = (
        (PHONE, telephone.find(text)),
        (MAIL, mail.find(text, local.mailboxes)),
        (ADDRESS, street.find(text, local.squares, local.names)),
    )
    for rule, places in others:
        for start, end in places:
            yield Finding(*read.written(start, end), rule)


def masked(text: str) -> str:
    """Return `text` with the name of the rule, in square brackets, in the place of all personal data.

    What a message has cut short goes as well, as it may be the beginning of a number.
    """
    while found := find(text):
        for finding in reversed(_apart(found)):
            text = f"{text[: finding.start]}[{finding.rule}]{text[finding.end :]}"
    return _CUT.sub("…", text)


def discreet(problem: Problem) -> Problem:
    """Return the problem without the personal data that its file's name, field, message or remedy quote."""
    return replace(
        problem,
        file=masked(problem.file),
        field=masked(problem.field),
        message=masked(problem.message),
        hint=masked(problem.hint),
    )


def _beside(findings: list[Finding], others: list[Finding]) -> Iterator[Finding]:
    """Yield the findings that overlap none of the others; both are in order and apart."""
    place = 0
    for finding in findings:
        while place < len(others) and others[place].end <= finding.start:
            place += 1
        if place == len(others) or others[place].start >= finding.end:
            yield finding


def _apart(findings: list[Finding]) -> list[Finding]:
    """Return the findings without those that overlap an earlier one."""
    kept: list[Finding] = []
    for finding in findings:
        if not kept or finding.start >= kept[-1].end:
            kept.append(finding)
    return kept
