"""Text → the personal data in it that must not be published: identity numbers, telephones, e-mail, street addresses.

The patterns mean the same in Python's `re` and in JavaScript's RegExp with the flags "gu": create/personal.js is given
them and does what is done here; tests/cases/create/personal.json holds the two together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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


# Signs that do not show, or only as type face, and so may stand anywhere in a number: **8001**01\-1234.
_UNSEEN = r"(?:[*_~`\\\u00ad\u200b-\u200d\u2060\ufeff]|</?[a-z]{1,6}>)*"
_BLANK = r"(?:[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]|&nbsp;|&#160;|&#8239;|%20)"
_DASH = (
    r"(?:[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]|&[nm]dash;|&minus;|&shy;|&hyphen;|&#45;|&#820[89];|&#821[0-3];|"
    r"&#8722;|%2[Dd]|%[Ee]2%80%9[0-5])"
)
_PLUS = r"(?:[+\uff0b]|&plus;|&#43;|%2[Bb])"
_TWO = rf"[0-9]{_UNSEEN}[0-9]"
_SIGN = rf"(?:{_BLANK}{{0,2}}(?:{_DASH}|{_PLUS}){_BLANK}?\n?{_BLANK}?|{_BLANK}{{1,2}})?"
# What may stand in a pattern before its first character is looked for after that character, so that the search can leap
# from digit to digit. Groups: the rest of the year, what parts the date (the same before and after the month), month,
# day, the sign, the last four. In a sole trader's VAT number (SE…01) 01 follows.
_PERSONAL = (
    rf"[0-9](?<![0-9][0-9])((?:(?<=1){_UNSEEN}[89]|(?<=2){_UNSEEN}0){_UNSEEN}{_BLANK}?{_UNSEEN}{_TWO}|{_UNSEEN}[0-9])"
    rf"{_UNSEEN}({_BLANK}?{_DASH}?{_BLANK}?){_UNSEEN}({_TWO}){_UNSEEN}\2{_UNSEEN}({_TWO}){_UNSEEN}({_SIGN}){_UNSEEN}"
    rf"({_TWO}{_UNSEEN}{_TWO})(?:(?![0-9])|(?=01(?![0-9])))"
)
_NO_DIGIT = r"&#?[A-Za-z0-9]+;|%20|[^0-9]"

# Area codes by Post- och telestyrelsen's numbering plan (E.164): one, two and three digits after the 0. 020 and 077 are
# services, never a person's.
_AREA = r"(?:8|1[013689]|2[136]|3[1356]|4[0246]|54|6[03]|90|(?!8|20|77)[1-9][0-9]{2})"
_PART = rf"(?:{_BLANK}|{_DASH}|[./()*_])"
_PARTED = rf"(?:{_BLANK}|{_DASH}|[/)*_])"
_PHONE = (
    r"[+0](?<![0-9A-Za-z][+0])(?<![0-9][./-][+0])(?:"
    rf"(?:(?<=\+){_BLANK}?46|(?<=0)046)(?:{_PART}{{0,4}}[0-9]){{7,10}}(?![0-9])|"
    rf"(?<=0)7[02369](?:{_PART}{{0,3}}[0-9]){{7}}(?![0-9])|"
    r"(?<=0)(?!20|77)[1-9][0-9]{7,8}(?![0-9A-Za-z]|[.,][0-9])|"
    rf"(?<=0){_AREA}{_PARTED}{{1,4}}(?:[1-9][0-9]{{1,4}}(?:{_BLANK}[0-9]{{2,4}}){{1,3}}|"
    rf"[1-9][0-9]{{2}}(?:{_DASH}[0-9]{{2,4}}){{1,3}}|[1-9][0-9]{{4,7}})(?![0-9])|"
    rf"(?<=\+)(?!46)[1-9][0-9]{{0,2}}(?:(?:{_BLANK}|{_DASH}|[()]){{1,2}}[0-9]{{1,4}}){{2,6}}(?![0-9])|"
    r"(?<=\+)(?!46)[1-9][0-9]{8,14}(?![0-9]))"
)
_SHORTEST_PHONE, _LONGEST_PHONE = 8, 15
_SHORTEST_FOREIGN = 9
# A gain in kronor, "+120 000 000", not a number abroad.
_AMOUNT = rf"^\+[0-9]{{1,3}}(?:{_BLANK}[0-9]{{3}})+$"
# What an IBAN or a card number ends with, and what stands before it there.
_FOURS = r"^[0-9]{4}(?: [0-9]{4})+$"

_LETTER = r"0-9A-Za-z\u00c0-\u024f"
_MAIL = (
    rf"(?:@|%40|&#64;|&#x40;|&commat;|\(at\) ?|\[at\] ?)"
    rf"([{_LETTER}][{_LETTER}-]*(?:\.[{_LETTER}-]+)*\.[A-Za-z]{{2,}})"
)
_MAIL_NAME = rf"[{_LETTER}._%+'\\-]+$"
_LONGEST_MAIL_NAME = 64
# Mailboxes of the city that nobody owns. An address passes that begins with one of these words, whatever unit follows,
# or that ends with registrator, diarium or kontaktcenter: registrator.farsta@stockholm.se, sof.diarium@stockholm.se.
FUNCTIONAL_MAILBOXES = (
    "arkiv", "dataskydd", "dataskyddsombud", "diarium", "fou", "info", "kansli", "kontaktcenter", "kunskapsbanken",
    "kundtjanst", "medborgarkontor", "press", "presstjanst", "redaktion", "reception", "registrator", "socialjour",
    "support", "tillganglighet", "webb", "webbredaktion",
)  # fmt: skip
_FUNCTIONAL = (
    rf"^(?:(?:{'|'.join(FUNCTIONAL_MAILBOXES)})(?:[._-][a-z0-9-]+)*|[a-z0-9-]+[._-](?:registrator|diarium|kontaktcenter))"
    r"@(?:[a-z0-9-]+\.)*(?:stockholm\.se|start\.stockholm)$"
)

_CAPITAL, _SMALL = "A-ZÅÄÖÉÜ", "a-zåäöéü"
_STREETS = (
    "gatan", "gata", "vägen", "väg", "gränden", "gränd", "stigen", "stig", "backen", "backe", "allén", "torget", "torg",
    "slingan", "kroken", "brinken", "esplanaden", "terrassen", "kajen", "strand",
)  # fmt: skip
# Words in -vägen, and a few others, that are no streets; what stands before the ending.
_NO_STREETS = (
    "Arbets", "Behandlings", "Besluts", "Flykt", "Försörjnings", "Gen", "Informations", "In", "Karriär", "Kontakt",
    "Livs", "Lösnings", "Mellan", "Om", "Till", "Ut", "Utbildnings", "Vård",
)  # fmt: skip
_HOUSE = r"[0-9](?<=[ \u00a0*_][0-9])[0-9]{0,2}(?![0-9]|[.,][0-9]|[ \u00a0]?%)"
_STREET = (
    rf"(?:(?<![{_CAPITAL}{_SMALL}])(?!(?:{'|'.join(_NO_STREETS)})väg)[{_CAPITAL}][{_SMALL}]+(?:{'|'.join(_STREETS)})|"
    rf"[{_CAPITAL}]{{2,}}(?:{'|'.join(_STREETS).upper()})|"
    rf"(?:Norra|Södra|Östra|Västra|Stora|Lilla|Gamla|Nya|Övre|Nedre|(?!Hans )[{_CAPITAL}][{_SMALL}]+s) "
    rf"(?:gata|gatan|väg|vägen|gränd|torg|torget|allé|backe|strand))[ \u00a0*_]{{1,3}}$"
)
_LONGEST_STREET = 40
_FLAT = rf"[Ll][Gg][Hh]\.?{_BLANK}?[0-9]{{4}}(?![0-9])"

# Where a message breaks off in the middle of a number: "19800101-12…".
_CUT = r"[0-9][0-9 +-]{3,}…"

# By the names that create/personal.js uses.
PATTERNS = {
    "personal": _PERSONAL,
    "noDigit": _NO_DIGIT,
    "phone": _PHONE,
    "amount": _AMOUNT,
    "fours": _FOURS,
    "mail": _MAIL,
    "mailName": _MAIL_NAME,
    "functional": _FUNCTIONAL,
    "house": _HOUSE,
    "street": _STREET,
    "flat": _FLAT,
    "cut": _CUT,
}
_R = {name: re.compile(pattern) for name, pattern in PATTERNS.items()}


def find(text: str) -> list[Finding]:
    """Return the personal data in `text`, in order; what is both an identity number and a telephone is the former."""
    numbers = list(_all(_R["personal"], text, _identity))
    phones = (
        phone
        for phone in _all(_R["phone"], text, _telephone)
        if not any(number.start < phone.end and phone.start < number.end for number in numbers)
    )
    others = (*_all(_R["mail"], text, _mail), *_all(_R["house"], text, _address))
    flats = (Finding(*match.span(), ADDRESS) for match in _R["flat"].finditer(text))
    return sorted([*numbers, *phones, *others, *flats])


def masked(text: str) -> str:
    """Return `text` with the name of the rule, in square brackets, in the place of all personal data.

    What a message has cut short goes as well, as it may be the beginning of a number.
    """
    while found := find(text):
        for finding in reversed(_apart(found)):
            text = f"{text[: finding.start]}[{finding.rule}]{text[finding.end :]}"
    return _R["cut"].sub("…", text)


def discreet(problem: Problem) -> Problem:
    """Return the problem without the personal data that its file's name, its message or its remedy quote."""
    return replace(problem, file=masked(problem.file), message=masked(problem.message), hint=masked(problem.hint))


def _all(pattern: re.Pattern[str], text: str, judge: Callable[[re.Match[str]], Finding | None]) -> Iterator[Finding]:
    """Yield what `judge` makes of each match; where it makes nothing, the search goes on inside the match."""
    place = 0
    while match := pattern.search(text, place):
        finding = judge(match)
        if finding:
            yield finding
        place = match.end() if finding else match.start() + 1


def _identity(match: re.Match[str]) -> Finding | None:
    """Judge a number in the form of a personal identity number.

    Folkbokföringslagen (1991:481) 18 §: birth date, birth number of three digits, check digit; a hyphen, or a plus sign
    from the year when the person turns 100. A coordination number has 60 added to the day (lagen 2022:1697 om
    samordningsnummer). The check digit is by the Luhn algorithm over the ten digits without century (Skatteverket,
    SKV 704 and SKV 707). No birth number is 000. The year is not held against today's: ten digits have no century, and
    the library asks no clock.
    """
    text = match.string
    year, month, day, last = (
        _R["noDigit"].sub("", part) for part in (match[0][0] + match[1], match[3], match[4], match[6])
    )
    is_coordination = int(day) > 60
    days = _days(int(year[-2:]), int(month))
    digits = year[-2:] + month + day + last
    if not 1 <= int(day) - 60 * is_coordination <= days or last.startswith("000") or not _luhn(digits):
        return None
    before, after = text[max(0, match.start() - 3) : match.start()], text[match.end() : match.end() + 2]
    if after[:1].isdecimal() and before.strip()[-2:].upper() != "SE":
        return None
    # A date parted like this may be one of several numbers in a row, a diary number or the number of a version.
    if match[2] and (re.search("[0-9][-./ ]$", before) or re.match("[-./ ][0-9]", after)):
        return None
    # Ten digits on end in a hash or in a decimal fraction.
    if not match[2] and not match[5]:
        between_letters = re.search("[A-Za-z]$", before) and re.match("[A-Za-z]", after)
        if between_letters or re.search("[0-9][.]$", before) or re.match("[.][0-9]", after):
            return None
    return Finding(*match.span(), COORDINATION if is_coordination else NUMBER)


def _days(year: int, month: int) -> int:
    """Return how many days the month has; 2000, the only 00 that can be meant with a 29 February, is a leap year."""
    if month == 2:
        return 28 if year % 4 else 29
    return 30 if month in {4, 6, 9, 11} else 31 if 1 <= month <= 12 else 0


def _luhn(digits: str) -> bool:
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def _telephone(match: re.Match[str]) -> Finding | None:
    count = len(_R["noDigit"].sub("", match[0]))
    is_foreign = match[0].startswith("+") and not re.match(r"\+\D*46", match[0])
    shortest = _SHORTEST_FOREIGN if is_foreign else _SHORTEST_PHONE
    if not shortest <= count <= _LONGEST_PHONE or (is_foreign and _R["amount"].search(match[0])):
        return None
    if _R["fours"].search(match[0]) and re.search(
        "[0-9]{4} $", match.string[max(0, match.start() - 5) : match.start()]
    ):
        return None
    return Finding(*match.span(), PHONE)


def _mail(match: re.Match[str]) -> Finding | None:
    first = max(0, match.start() - _LONGEST_MAIL_NAME)
    before = match.string[first : match.start()]
    is_spelled = match[0][0] in "(["
    name = _R["mailName"].search(before.rstrip(" ") if is_spelled else before)
    if not name or _R["functional"].search(f"{name[0]}@{match[1]}".lower()):
        return None
    return Finding(first + name.start(), match.end(), MAIL)


def _address(match: re.Match[str]) -> Finding | None:
    first = max(0, match.start() - _LONGEST_STREET)
    street = _R["street"].search(match.string[first : match.start()])
    return Finding(first + street.start(), match.end(), ADDRESS) if street else None


def _apart(findings: list[Finding]) -> list[Finding]:
    """Return the findings without those that overlap an earlier one."""
    kept: list[Finding] = []
    for finding in findings:
        if not kept or finding.start >= kept[-1].end:
            kept.append(finding)
    return kept
