"""Documents → letters that are not what was meant: misread, lost, of another typeface, or typed as pictures of two."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from kunskapsbank.checks import telling
from kunskapsbank.checks.check import Check
from kunskapsbank.markup.frontmatter import quoted
from kunskapsbank.problems import Severity
from kunskapsbank.swedish.misread import SIGNS, misread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kunskapsbank.model.document import Document
    from kunskapsbank.model.snapshot import Snapshot
    from kunskapsbank.problems import Problem

BROKEN, LIGATURE, SOFT_HYPHEN = "trasig text", "ligatur", "mjukt bindestreck"

# Where a whole file is misread, no one reads a line about each of its words.
_MOST_LINES = 20
_AGAIN = "Är hela texten så: hämta den från originalet på nytt, och spara filen som UTF-8."
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LIGATURE = re.compile(f"[{''.join(_LIGATURES)}]")
# Symbols of Word's, which other typefaces have nothing for.
_OWN = re.compile("[\ue000-\uf8ff]")
# One of these stands in every line with a fault, and in few others.
_SEEN = re.compile(f"[{SIGNS}\ue000-\uf8ff]")
# A file with these is not taken apart, and what is wrong on the line is told there.
_TOLD_ELSEWHERE = re.compile("[\x80-\x9f]")
_WORD = re.compile(r"[^\s<>()\[\]|*_]+")


def _look_for_errors(documents: Iterable[Document], _: Snapshot) -> Iterator[Problem]:
    """Yield each line with misread words, lost letters or signs that only one typeface has."""
    for document in documents:
        yield from islice(_broken(document), _MOST_LINES)


def _broken(document: Document) -> Iterator[Problem]:
    for number, line in enumerate(document.text.split("\n"), 1):
        if not _SEEN.search(line) or _TOLD_ELSEWHERE.search(line):
            continue
        if found := next(misread(line), None):
            message = f"{quoted(found.written)} är felläst"
            hint = f"Skriv {quoted(found.right)}. {_AGAIN}" if found.right else f"Skriv rätt bokstäver. {_AGAIN}"
            if "\ufffd" in found.written:
                message = f"i {quoted(found.written)} har bokstäver gått förlorade (U+FFFD)"
            elif "?" in found.written and not found.right:
                message = f"ett frågetecken står mitt i {quoted(found.written)}"
                hint = f"Skriv rätt bokstav. Är frågetecknet rätt: sätt ett mellanslag efter det. {_AGAIN}"
            yield telling.at_line(document, number, message, hint, BROKEN)
        elif own := _OWN.search(line):
            before = line[: own.start()].split()
            where = f"efter {quoted(before[-1])}" if before else "först på raden"
            message = f"ett tecken som bara finns i ett visst typsnitt (U+{ord(own[0]):04X}) står {where}"
            yield telling.at_line(
                document, number, message, "Skriv ett vanligt tecken, till exempel - i en lista.", BROKEN
            )


def _look_for_remarks(documents: Iterable[Document], _: Snapshot) -> Iterator[Problem]:
    """Yield each line with letters grown together or hyphens that do not show: the search does not find such words."""
    for document in documents:
        for number, line in enumerate(document.text.split("\n"), 1):
            if _LIGATURE.search(line):
                word = _word_with(_LIGATURE, line)
                right = _LIGATURE.sub(lambda match: _LIGATURES[match[0]], word)
                message = f"{quoted(word)} har en ligatur, ett tecken för flera bokstäver"
                yield telling.at_line(document, number, message, f"Skriv {quoted(right)}.", LIGATURE)
            if "\u00ad" in line:
                shown = _word_with(re.compile("\u00ad"), line).replace("\u00ad", "")
                message = f"ett bindestreck som inte syns står i {quoted(shown)}"
                yield telling.at_line(document, number, message, f"Skriv om ordet: {shown}", SOFT_HYPHEN)


def _word_with(sign: re.Pattern[str], line: str) -> str:
    return next((word[0] for word in _WORD.finditer(line) if sign.search(word[0])), line.strip())


ERRORS = Check(frozenset({BROKEN}), Severity.ERROR, _look_for_errors, alone=True)
REMARKS = Check(frozenset({LIGATURE, SOFT_HYPHEN}), Severity.REMARK, _look_for_remarks, alone=True)
