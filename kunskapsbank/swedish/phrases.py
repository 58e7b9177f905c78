"""Values → how they are said in a Swedish sentence: lists, dates, numbers, years."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


def listed(words: Sequence[str], conjunction: str = "och") -> str:
    """Return the words as they stand in a sentence: "a", "a och b", "a, b och c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip


def date_text(day: date) -> str:
    """Return a date as written in Swedish: "22 november 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def number_text(number: int) -> str:
    """Return a whole number with a no-break space between thousands: 750000 gives "750 000"."""
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")


def size_text(size: int) -> str:
    """Return the size of a file as a reader is told it: "840 kB", "2,3 MB"."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1_000))} kB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")


def years_text(years: Sequence[int]) -> str:
    """Return years with runs drawn together: (2013, 2014, 2015, 2018) gives "2013–2015, 2018"."""
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][1] + 1:
            runs[-1][1] = year
        else:
            runs.append([year, year])
    return ", ".join(f"{first}" if first == last else f"{first}–{last}" for first, last in runs)


def capitalised(text: str) -> str:
    """Return `text` with its first letter as a capital and the rest as it was, unlike str.capitalize."""
    return text[:1].upper() + text[1:]


def uncapitalised(text: str) -> str:
    """Return `text` with its first letter small and the rest as it was."""
    return text[:1].lower() + text[1:]


def genitive(text: str) -> str:
    """Return a name in the genitive: "nämnden" gives "nämndens", a name in s, x or z is left as it is."""
    return text if text[-1:].lower() in {"s", "x", "z"} else f"{text}s"


_NUMBERS = ("noll", "", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")


def number_word(number: int, one: str = "ett") -> str:
    """Return a whole number as it stands in a sentence: in letters up to twelve; `one` is "ett" or "en"."""
    if number == 1:
        return one
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else number_text(number)
