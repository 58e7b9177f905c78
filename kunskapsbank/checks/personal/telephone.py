"""A text as a reader meets it → the telephone numbers in it that may be a person's.

Area codes are by Post- och telestyrelsen's numbering plan (E.164): one, two and three digits after the 0. 020, 0200 and
077 are services, never a person's, nor are 112, 1177 and other short numbers, nor the number of a switchboard.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kunskapsbank.checks.personal import around

if TYPE_CHECKING:
    from collections.abc import Iterator

_AREA = r"(?:8|1[013689]|2[136]|3[1356]|4[0246]|54|6[03]|90|(?!8|20|77)[1-9][0-9]{2})"
_GAP = r"[ \n./()*_-]"
_SERVICE = r"(?!\D{0,3}(?:2\D{0,2}0|7\D{0,2}7|9\D{0,2}0\D{0,2}0))"
_PHONE = re.compile(
    r"(?<![0-9A-Za-z])(?<![0-9][.,/-])(?<![+])(?:"
    # Sweden from abroad: +46, 0046, and 46 alone before a mobile number or Stockholm's 8.
    rf"(?:\+ ?46|0046){_SERVICE}(?:{_GAP}{{0,4}}[0-9]){{7,10}}(?![0-9])|"
    r"46 ?7[02369](?:[0-9]{7}| ?[0-9] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2}|[ -][0-9]{3}[ -][0-9]{2}[ -][0-9]{2})(?![0-9])|"
    r"46[ -]8[ -][0-9]{3}[ -][0-9]{2,3}[ -][0-9]{2}(?![0-9])|"
    # A mobile number, however its figures are grouped.
    rf"0{_GAP}{{0,2}}7{_GAP}{{0,2}}[02369](?:{_GAP}{{0,3}}[0-9]){{7}}(?![0-9])|"
    r"0(?!20|77)[1-9][0-9]{7,8}(?![0-9A-Za-z]|[.,][0-9])|"
    # An area code, and what is dialled within the area.
    rf"0{_AREA}{_GAP}{{1,4}}(?:[1-9][0-9]{{1,4}}(?:[ \n.][0-9]{{2,4}}){{1,3}}|"
    r"[1-9][0-9]{1,4}(?:-[0-9]{2,4}){1,3}|[1-9][0-9]{4,7})(?![0-9])|"
    # Other countries.
    r"\+ ?(?!46)[1-9][0-9]{0,2}(?:[ \n()./-]{1,3}[0-9]{1,8}){1,6}(?![0-9])|"
    r"\+(?!46)[1-9][0-9]{8,14}(?![0-9])|"
    r"00(?!46)[1-9][0-9]{0,2}(?:[ ()./-]{1,3}[0-9]{1,8}){2,6}(?![0-9]))"
)
_SHORTEST, _LONGEST = 8, 15
# How each begins that has figures enough, found fast.
_BEGINNING = re.compile(r"[+04](?:[ \n./()*_-]{0,4}[0-9]){7}")
_SHORTEST_FOREIGN = 9
# A gain in kronor, "+120 000 000", not a number abroad.
_AMOUNT = re.compile(r"\+ ?[0-9]{1,3}(?:[ .][0-9]{3})+")
# What an IBAN or a card number ends with, and what stands before it there.
_FOURS = re.compile(r"[0-9]{4}(?: [0-9]{4})+")
# 08 10 2019, 08.10.2019, a year mistyped as 0218-10-24, and hours: 08.30-16.30.
_DAY = re.compile(
    r"0[0-9]{3}-[01][0-9]-[0-3][0-9](?![0-9-])|0[1-9][ ./-](?:0[1-9]|1[0-2])[ ./-](?:19|20)[0-9]{2}(?![0-9])"
)
_MONTH = re.compile("0[1-9][ ./](?:19|20)[0-9]{2}(?![0-9])")
_HOURS = re.compile(r"[0-2]?[0-9][.:][0-5][0-9] ?- ?[0-2]?[0-9][.:][0-5][0-9](?![0-9])")
_SWITCHBOARD = re.compile(
    r"(?<![a-zåäö])(?:telefon|[a-zåäö]{1,20}s)?(?:växel|växeln|växelnummer|växelnumret|kontaktcenter|kundtjänst|"
    r"kundcenter|upplysning(?:en)?|receptionen?|hjälplinje[na]?|stödlinje[na]?|jourlinje[na]?|kvinnofridslinjen|"
    r"socialjour(?:en)?)[^.!?\n]{0,24}$",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each number starts and ends."""
    place = 0
    while begins := _BEGINNING.search(text, place):
        match = _PHONE.match(text, begins.start())
        if match and _is_one(match):
            yield match.span()
            place = match.end()
        else:
            place = begins.start() + 1


def _is_one(match: re.Match[str]) -> bool:
    text, start, end = match.string, match.start(), match.end()
    digits = re.sub("[^0-9]", "", match[0])
    is_foreign = bool(re.match(r"\+ ?(?!46)|00(?!46)", match[0]))
    if not (_SHORTEST_FOREIGN if is_foreign else _SHORTEST) <= len(digits) <= _LONGEST or "\n\n" in match[0]:
        return False
    if re.match("0[1-9][ ./](?:19|20)[0-9]{2}(?![0-9])", match[0]) and re.search(
        "[0-9][ ./]$", text[max(0, start - 2) : start]
    ):
        return False
    if _DAY.match(text, start) or _HOURS.match(text, start) or (is_foreign and _AMOUNT.fullmatch(match[0])):
        return False
    if _FOURS.fullmatch(match[0]) and re.search("[0-9]{4} $", text[max(0, start - 5) : start]):
        return False
    groups = re.findall("[0-9]+", match[0])
    if sum(len(group) == 1 for group in groups) > 4 or _is_column(match):
        return False
    if around.is_counted(text, end) or (digits == match[0] and around.is_reference(text, start)):
        return False
    is_mobile = re.match(r"(?:0|46|0046)7[02369]", digits)
    return bool(is_mobile or not _SWITCHBOARD.search(around.before(text, start)))


def _is_column(match: re.Match[str]) -> bool:
    """Tell whether whole lines of figures have been taken for a number: a column of a table, read line by line."""
    text, start, end = match.string, match.start(), match.end()
    if "\n" not in match[0] or re.search(r"[-()+/]", match[0]):
        return False
    starts_line = not text[text.rfind("\n", 0, start) + 1 : start].strip()
    line_end = text.find("\n", end)
    return starts_line and not text[end : line_end if line_end >= 0 else len(text)].strip()
