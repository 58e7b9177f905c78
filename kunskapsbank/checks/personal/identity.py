"""A text as a reader meets it → the personal identity and coordination numbers in it, in all their ways of writing.

Folkbokföringslagen (1991:481) 18 §: birth date, birth number of three digits, check digit; a hyphen, or a plus sign
from the year when the person turns 100. A coordination number has 60 added to the day (lagen 2022:1697 om
samordningsnummer). The check digit is by the Luhn algorithm over the ten digits without century (Skatteverket, SKV 704
and SKV 707). No birth number is 000. The year is not held against today's: ten digits have no century, and the library
asks no clock.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.checks.personal import around

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True, order=True)
class Number:
    """Where a number stands, and whether it is a coordination number."""

    start: int
    end: int
    is_coordination: bool


# The groups: century, year, what parts the date (the same twice), month, day, what stands before the last four, and the
# last four. In a sole trader's VAT number (SE…01) 01 follows.
_SHORT = (
    r"([0-9]{2})([-./:_]| ?- ?| \| ?|\| ?| |)([0-9]{2})\3([0-9]{2})([^0-9A-Za-zÅÄÖåäö]{0,8}?)([0-9]{2} ?[0-9]{2})"
    r"(?:(?![0-9])|(?=01(?![0-9])))"
)
_NUMBER = re.compile(rf"(?<![0-9])(?:(1[89]|20)[ .]?)?{_SHORT}")
_WITHOUT_CENTURY = re.compile(rf"()?{_SHORT}")
# Where one of these, whole or over lines, may stand: ten figures with no more between two than they have. Found fast,
# as all that is looked for first below: most texts have none of it.
_FIGURES = re.compile(r"[0-9](?:[^0-9A-Za-zÅÄÖåäö]{0,35}[0-9]){9,}")
# Each digit by itself: 8 5 0 1 0 1 - 1 2 3 4.
_SPACED = re.compile(r"(?<![0-9])(?<![0-9] )[0-9](?: [0-9]){5}(?:(?: [0-9]){2})? ?[-+]? ?[0-9](?: [0-9]){3}(?! ?[0-9])")
# A line that breaks off in the middle of a number.
_BROKEN = re.compile(r"(?<=[0-9+/.:-]) ?\n ?(?=[0-9+/.:-])")
_IN_PATH = r"[^\s()<>\"'|]"
_PATH = re.compile(rf"{_IN_PATH}{{3,300}}")
_SOME_FOLDER_DATE = re.compile(rf"[0-9][0-9][-_.]?[0-9]{{2}}[-_.]?[0-9]{{2}}{_IN_PATH}{{0,300}}/")
_FOLDER_DATE = re.compile(r"(?<![0-9])(?<![0-9][-.])((?:1[89]|20)?[0-9]{2})([-_.]?)([0-9]{2})\2([0-9]{2})(?![0-9])")
_FOUR_IN_NAME = re.compile("(?<![0-9])[0-9]{4}(?![0-9])")
# Letters that stand for figures where a picture of a page has been read: 64O823-3234.
_LIKE_FIGURES = str.maketrans("OoОоΟοlIІ", "000000111")
_WITH_LETTERS = re.compile(r"(?<!\w)(?=[0-9OoОоΟοlIІ]*[OoОоΟοlIІ])[0-9OoОоΟοlIІ]{6,12}(?:[-+][0-9OoОоΟοlIІ]{4})?(?!\w)")
# More than half of them are figures, so one of the letters has a figure beside it.
_SOME_LETTER = re.compile(r"[0-9](?:[-+]?[OoОоΟοlIІ]|(?<=[OoОоΟοlIІ].)|(?<=[OoОоΟοlIІ][-+].))")

_MONTHS = "januari februari mars april maj juni juli augusti september oktober november december".split()
# A date, and the last four told in words: "1985-01-01, sista fyra 1234", "de fyra sista är 1234 och född 850101".
_MONTH = rf"(?:{'|'.join(_MONTHS)}|{'|'.join(f'{month[:3]}[.]?' for month in _MONTHS)})"
_DATE = (
    r"(?<![0-9])(?:(?:(?:1[89]|20)?[0-9]{2})(?P<parting>[-./ ]?)[0-9]{2}(?P=parting)[0-9]{2}|"
    r"[0-9]{1,2}[./ -]{1,2}[0-9]{1,2}[./ -]{1,2}(?:(?:1[89]|20)?[0-9]{2})|"
    rf"[0-9]{{1,2}} {_MONTH} (?:(?:1[89]|20)[0-9]{{2}}))(?![0-9])"
)
_LAST = re.compile(
    r"(?<![a-zåäö])(?:(?:fyra|4) sista|sista (?:fyra|4|siffr)|(?:fyra|4) (?:avslutande|resterande)|"
    r"(?:fyra|4) siffror|slutsiffr|kontrollsiffr|födelsenummer|avslutande|resterande|slutar (?:på|med)|avslutas|"
    r"sista[ :]{1,2}(?=[0-9]{4})|(?P<weak>nr|nummer|numret|siffror|siffrorna)(?![a-zåäö]))",
    re.IGNORECASE,
)
_BORN_WORD = re.compile(r"(?<![a-zåäö])(?:född|föddes|födelsedag|födelsedatum|pnr|personn)", re.IGNORECASE)
_TOLD_DATE = re.compile(_DATE, re.IGNORECASE)
# A date as it is told, with the last four after a hyphen: 1 januari 1985-1234.
_TOLD_NUMBER = re.compile(rf"(?P<date>{_DATE})[-+](?P<four>[0-9]{{4}})(?![0-9])", re.IGNORECASE)
_FOUR = re.compile(r"(?<![0-9.,/-])[0-9](?: ?[0-9]){3}(?![0-9]|[.,/-][0-9])")
_LONGEST_TELLING = 60
# What of these a text without any of them lacks, sooner seen; and the most that a word of _LAST or a date takes.
_SOME_DATE = re.compile(
    r"[0-9](?:[0-9][-./ ]?[0-9]{2}[-./ ]?[0-9]{2}|[-./ ]{1,2}[0-9]{1,2}[-./ ]{1,2}[0-9]{2}|"
    rf" (?i:{'|'.join(month[:3] for month in _MONTHS)}))"
)
_SOME_TOLD = re.compile("[-+][0-9]{4}(?![0-9])")
_IN_WORDS = re.compile(rf"/[./ -]?[0-9]|[0-9] (?:{'|'.join(month[:3] for month in _MONTHS)})", re.IGNORECASE)
_LONGEST_WORD = 30

_PERSONAL_WORD = re.compile(
    r"(?:person|samordnings?|födelse|pers\.? ?)(?:nummer|nr|tal|datum|dag)|pnr|p-nr|samnr|född|föddes|fyra sista|"
    r"sista fyra|identitet",
    re.IGNORECASE,
)
_COUNTING_WORD = re.compile(
    r"antal|deltagare|personer|besök|barn|kr\b|kronor|kostnad|summa|belopp|budget|tid\b|klock|år\b|timmar|samtal|"
    r"ärenden|totalt|utfall|intäkt|pris|andel|mängd|volym|visningar",
    re.IGNORECASE,
)
_DATE_ROW = re.compile(r"^[ |:-]+$")


def find(text: str) -> Iterator[Number]:
    """Yield the numbers in `text`; some may be told twice, or overlap."""
    if not re.search("[0-9]", text):
        return
    search = _Search(text)
    yield from search.numbers()
    yield from search.in_words()
    for place in search.places:
        for match in _SPACED.finditer(text, *place):
            digits = re.sub("[^0-9]", "", match[0])
            yield from _valid(match.start(), match.end(), digits[:-4], digits[-4:])
    yield from _with_letters(text)
    yield from _in_paths(text)
    if any("\n" in text[start:end] for start, end in search.places):
        yield from _over_lines(text)


def _in_paths(text: str) -> Iterator[Number]:
    """Yield the numbers with the birth date in a folder's name and the last four in a name further in."""
    for path in _PATH.finditer(text) if _SOME_FOLDER_DATE.search(text) else ():
        if "://" in path[0]:
            continue
        for date in _FOLDER_DATE.finditer(path[0]):
            within = path[0].find("/", date.end())
            for last in _FOUR_IN_NAME.finditer(path[0], within) if within >= 0 else ():
                # The names of documents begin with a year: 2016-slutrapport.md.
                if not _is_year(last[0]):
                    start, end = path.start() + date.start(), path.start() + last.end()
                    yield from _valid(start, end, date[1] + date[3] + date[4], last[0])


def _with_letters(text: str) -> Iterator[Number]:
    for match in _WITH_LETTERS.finditer(text) if _SOME_LETTER.search(text) else ():
        told = match[0].translate(_LIKE_FIGURES)
        digits = re.sub("[^0-9]", "", told)
        if len(digits) in {10, 12} and sum(character.isdecimal() for character in match[0]) > len(digits) // 2:
            yield from _valid(match.start(), match.end(), digits[:-4], digits[-4:])


def _over_lines(text: str) -> Iterator[Number]:
    """Yield the numbers that a line's end parts at some other place than before the last four."""
    places, taken = [0], [0]
    joined: list[str] = []
    for match in _BROKEN.finditer(text):
        joined.append(text[taken[-1] : match.start()])
        places.append(places[-1] + len(joined[-1]))
        taken.append(match.end())
    if not joined:
        return
    joined.append(text[taken[-1] :])

    def written(at: int) -> int:
        piece = bisect_right(places, at) - 1
        return taken[piece] + at - places[piece]

    for number in _Search("".join(joined)).numbers():
        start, end = written(number.start), written(number.end - 1) + 1
        if "\n" in text[start:end] and not _is_column(text, start, end):
            yield Number(start, end, number.is_coordination)


def _is_column(text: str, start: int, end: int) -> bool:
    """Tell whether the figures stand in a column of figures, such as a table that was read line by line."""
    lines = text[max(0, text.rfind("\n", 0, max(0, start - 1))) : (text.find("\n", end + 1) + 1 or len(text))].split(
        "\n"
    )
    bare = [line.strip() for line in lines if line.strip()]
    return len(bare) > 2 and all(re.fullmatch(r"[0-9 .,%-]{1,12}", line) for line in bare)


class _Search:
    """Goes through one text; knows its tables once they are asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        # Where ten figures or more stand together: what follows each is none.
        self.places = [match.span() for match in _FIGURES.finditer(text)]
        self._tables: list[tuple[int, str]] | None = None

    def numbers(self) -> Iterator[Number]:
        for place in self.places:
            yield from self.numbers_in(*place)

    def numbers_in(self, place: int, end: int) -> Iterator[Number]:
        while match := _NUMBER.search(self.text, place, end):
            found = self.judged(match)
            if not found and match[1] and (short := _WITHOUT_CENTURY.match(self.text, match.start())):
                found = self.judged(short)
            if found:
                yield found
            place = found.end if found else match.start() + 1

    def judged(self, match: re.Match[str]) -> Number | None:
        century, year, _, month, day, sign, last = match.groups(default="")
        found = next(_valid(match.start(), match.end(), century + year + month + day, last.replace(" ", "")), None)
        if not found or "\n\n" in match[0] or (" " in last and not re.search("[-+]", sign)):
            return None
        if self.is_part_of_more(match) or (not _is_tight(sign) and self.is_something_else(match)):
            return None
        return found

    def is_part_of_more(self, match: re.Match[str]) -> bool:
        """Tell whether the figures belong to a longer number: a diary number, a decimal fraction, a hash."""
        century, _, parting, _, _, sign, _ = match.groups(default="")
        before, after = self.text[max(0, match.start() - 3) : match.start()], self.text[match.end() : match.end() + 2]
        if after[:1].isdecimal() and before.strip()[-2:].upper() != "SE":
            return True
        if re.search("[0-9][-./:]$", before):
            # But for 1.1985-01-01-1234 in a list, and 1-850101-1234.
            is_whole = century and sign in {"-", "+"} and before[-1] != "-"
            if (parting.strip() and not is_whole) or not re.search("[-+]", sign):
                return True
        if (parting or sign not in {"", "-", "+"}) and re.match("[-./:][0-9]", after):
            return True
        # A date parted by blanks may be some of several numbers in a row.
        if parting != parting.strip():
            return bool(re.search("[0-9] $", before) or re.match(" [0-9]", after)) and "-" not in sign
        if parting or sign:
            return False
        # Ten digits on end in a hash or in a decimal fraction.
        between_letters = re.search("[A-Za-z]$", before) and re.match("[A-Za-z]", after)
        is_fraction = re.search("[0-9],$", before) and not re.match(",[^ \n]", after)
        return bool(between_letters or is_fraction or re.match("[.][0-9]", after))

    def is_something_else(self, match: re.Match[str]) -> bool:
        """Tell by the words around whether the figures are a date with an amount, an hour or a year, or a reference."""
        _, _, parting, _, _, sign, last = match.groups(default="")
        before = around.before(self.text, match.start())
        if "|" in sign:
            return self.counts_in_table(match)
        if _PERSONAL_WORD.search(before):
            return False
        if around.is_counted(self.text, match.end()) or ("\n" in sign and _is_column(self.text, *match.span())):
            return True
        if not sign:
            return around.is_reference(self.text, match.start()) or bool(
                parting in {"-", ".", "/"} and _is_hour_or_year(last)
            )
        if "-" in sign:
            return False
        is_date = parting in {"-", ".", "/"} or re.search(r"(?<![a-zåäö])(?:den|kl|klockan) ?$", before, re.IGNORECASE)
        return bool(is_date) and _is_hour_or_year(last)

    def counts_in_table(self, match: re.Match[str]) -> bool:
        """Tell whether the last four, in a cell of their own, are a number of something by the table's head or unit."""
        text, cell = self.text, match.start(7)
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        row = text[start : end if end >= 0 else len(text)]
        if _PERSONAL_WORD.search(row):
            return False
        head = self.head_of(start)
        over_date, over_last = (_cell(head, text[start:at].count("|")) for at in (match.start(), cell))
        if _PERSONAL_WORD.search(over_date) or _PERSONAL_WORD.search(over_last):
            return False
        if _COUNTING_WORD.search(over_last) or around.is_counted(text, match.end()):
            return True
        is_amount = not match[1] and not match[3]
        beside = (text[start : match.start()].rstrip(" |").rpartition("|")[2], text[match.end() : start + len(row)])
        cells = (beside[0].strip(), beside[1].strip(" |").partition("|")[0].strip())
        return is_amount and any(re.fullmatch(r"[0-9 .,]+%?", one) for one in cells)

    def head_of(self, row: int) -> str:
        """Return the first line of the table that has the row which starts at `row`."""
        if self._tables is None:
            self._tables = []
            open_, place = False, 0
            for line in self.text.split("\n"):
                if "|" in line and not open_:
                    self._tables.append((place, line))
                open_ = "|" in line
                place += len(line) + 1
        at = bisect_right(self._tables, row, key=lambda table: table[0]) - 1
        return self._tables[at][1] if at >= 0 and self._tables[at][0] != row else ""

    def in_words(self) -> Iterator[Number]:
        """Yield each date near which the last four are told in words, and each that is told in words itself."""
        dates = [date.span() for date in _SOME_DATE.finditer(self.text)]
        if not dates:
            return
        if any(_is_told(self.text[start : end + _LONGEST_WORD]) for start, end in dates):
            for told in _TOLD_NUMBER.finditer(self.text):
                if re.search("[a-zåäö/]", told["date"], re.IGNORECASE) and (born := _born(told["date"])):
                    yield from _valid(told.start(), told.end(), born, told["four"])
        if any(_LAST.search(self.text[start:end]) for start, end in _around(dates)):
            yield from self.told_beside()

    def told_beside(self) -> Iterator[Number]:
        """Yield each date near which the last four are told in words."""
        for word in _LAST.finditer(self.text):
            start = max(0, word.start() - _LONGEST_TELLING)
            near = self.text[start : word.end() + _LONGEST_TELLING]
            if word["weak"] and not _BORN_WORD.search(near):
                continue
            dates = [(date.start(), date.end(), born) for date in _TOLD_DATE.finditer(near) if (born := _born(date[0]))]
            for four in _FOUR.finditer(near, word.end() - start) if dates else ():
                for first, last, born in dates:
                    is_apart = first >= four.end() or last <= four.start()
                    if is_apart and "\n\n" not in near[min(first, four.start()) : max(last, four.end())]:
                        begin, end = start + min(first, four.start()), start + max(last, four.end())
                        if not around.is_counted(self.text, start + four.end()):
                            yield from _valid(begin, end, born, four[0].replace(" ", ""))


def _is_told(near: str) -> bool:
    """Tell whether a date told in words may begin here, and the last four after it."""
    return bool(_SOME_TOLD.search(near) and _IN_WORDS.search(near))


def _around(dates: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the stretches in which a word stands that tells of one of these dates, each part of the text once."""
    told = 0
    for start, end in dates:
        far = _LONGEST_TELLING + _LONGEST_WORD
        yield max(told - _LONGEST_WORD, start - far, 0), end + far
        told = end + far


def _cell(row: str, number: int) -> str:
    cells = row.split("|")
    return cells[number] if number < len(cells) else ""


def _born(date: str) -> str:
    """Return a date, however written, as six or eight digits; "" for what is none."""
    parts: list[str] = re.findall("[0-9]+", date)
    if words := re.search("[a-zåäö]{3}", date, re.IGNORECASE):
        months = [month[:3] for month in _MONTHS]
        if words[0].lower() not in months:
            return ""
        parts.insert(1, str(months.index(words[0].lower()) + 1))
    if len(parts) == 1:
        return parts[0]
    if len(parts) != 3:
        return ""
    # Year first, or day first.
    day_first = len(parts[2]) == 4 or len(parts[0]) == 1
    if day_first:
        parts.reverse()
    year, month, day = parts
    return f"{year}{month:0>2}{day:0>2}"


def _is_tight(sign: str) -> bool:
    """Tell whether a sign binds the last four to the date, as a hyphen does, also at the end of a line."""
    return bool(re.fullmatch(r"[-+/.:_=~;,*·•\\]{1,3}|[-+]{1,2} ?\n ?", sign))


def _is_year(four: str) -> bool:
    return 1900 <= int(four) <= 2099


def _is_hour_or_year(four: str) -> bool:
    return _is_year(four) or (int(four[:2]) < 24 and int(four[2:]) < 60)


def _valid(start: int, end: int, born: str, last: str) -> Iterator[Number]:
    """Yield the number if there is such a day, such a birth number, and the check digit is right."""
    year, month, day = born[-6:-4], int(born[-4:-2]), int(born[-2:])
    is_coordination = day > 60
    if not 1 <= day - 60 * is_coordination <= _days(int(year), month) or last.startswith("000"):
        return
    if _luhn(born[-6:] + last):
        yield Number(start, end, is_coordination)


def _days(year: int, month: int) -> int:
    """Return how many days the month has; 2000, the only 00 that can be meant with a 29 February, is a leap year."""
    if month == 2:
        return 28 if year % 4 else 29
    return 30 if month in {4, 6, 9, 11} else 31 if 1 <= month <= 12 else 0


def _luhn(digits: str) -> bool:
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0
