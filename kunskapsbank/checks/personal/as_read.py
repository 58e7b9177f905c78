"""A text as written → the text as a reader meets it, with the way back to where each character was written.

Entities and percent-encoding are resolved, markup and what does not show is gone, characters that look like others are
those, and a line of a quotation goes on where the one above ended. What stands beside the text (comments, addresses of
links, attributes of HTML) comes after it, each on its own. The time is linear in the length of the text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

APART = "\n\n"
"""Stands between the text and each of what stands beside it, as between two paragraphs."""

_BLANKS = "\u2800\u3164\u115f\u1160\uffa0"
_DASHES = "\u2212\u02d7\u2043\u30fc\u2500\u2501\u00af"
_DOTS, _SLASHES, _COLONS = "\u3002\u2024", "\u2044\u2215\u29f8", "\u2236\u02d0\ua789"
_PLUSES = "\u2795\ufe62"
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉"
# Elements that part what stands before from what stands after; the others only change how it looks.
_CELLS, _PARTING = frozenset({"td", "th"}), frozenset({"br", "p", "div", "li", "tr", "table", "dd", "dt", "hr"})

_SIGNS = frozenset("&%\\<[]*`~_({")
# Where something special may begin; found fast, the more so in a text whose blanks are single but at the beginnings of
# lines. What it is, is then asked of _SPECIAL.
_PLAIN = "".join(map(re.escape, sorted(set(map(chr, range(0x20, 0x7F))) - _SIGNS)))
_FIRST_BUT_BLANKS = re.compile(rf"[^{_PLAIN}\u00c0-\u024f“”’…](?:(?<!\n)|(?=[ \t>]))")
_FIRST = re.compile(rf"{_FIRST_BUT_BLANKS.pattern}|[ \t]{{2,}}")
_TWO_BLANKS = re.compile("  (?<![ \\n]..)")
# Each alternative ends after a bounded look ahead or takes all that it has seen, so that no character is seen often.
_SPECIAL = re.compile(
    r"(?P<blanks>[ \t]{2,})"
    r"|(?P<lines>\n[ \t]*(?:>[ \t]*)*)"
    r"|(?P<entity>&(?:\#[0-9]{1,8};?|\#[xX][0-9a-fA-F]{1,8};?|[A-Za-z][A-Za-z0-9]{1,31};))"
    r"|(?P<percent>(?:%[0-9A-Fa-f]{2})+)"
    r"|(?P<escape>\\(?:[!-/:-@\[-`{-~]|(?=\n)))"
    r"|(?P<note>\[\^[^\[\]\s]{1,60}\])"
    r"|(?P<at>[\[({<] ?(?:at|@|snabel-?a|ät) ?[\])}>] ?|(?<=\w)[\[(]a[\])](?=\w))"
    r"|(?P<dot>[\[({<] ?(?:dot|punkt|\.) ?[\])}>] ?)"
    r"|(?P<comment><!--)"
    r"|(?P<tag></?(?P<name>[A-Za-z][A-Za-z0-9]*)(?=[\s/>@:.])[^<>]*>|</?[A-Za-z][^<>]*>)"
    r"|(?P<link>\[(?=[^\[\]]{0,300}\](?:\(|\[)))"
    r"|(?P<target>\]\((?P<address>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?P<title>\s+(?:\"[^\"]*\"|'[^']*'))?\s{0,2}\))"
    r"|(?P<reference>\]\[[^\[\]]{0,60}\])"
    r"|(?P<bracket>[\[\]])"
    r"|(?P<mark>\*+|`+|~~+|(?<![^\W_])_+|_+(?![^\W_]))"
    r"|(?P<other>[^\n -~\u00c0-\u024f“”’…])",
    re.IGNORECASE,
)


class AsRead:
    """A text as a reader meets it, in `text`; `written` leads back to the source."""

    def __init__(self, source: str, superscripts_part: bool = False) -> None:
        """Read `source`. With `superscripts_part` a raised figure is no figure but the mark of a note."""
        self._source = source
        self._parts_at = superscripts_part
        self._out: list[str] = []
        self._length = 0
        # Where each piece of the text begins, in the text and in the source, and where it ends in the source. A piece
        # as long as its source is the source's own, character for character.
        self._at: list[int] = []
        self._from: list[int] = []
        self._to: list[int] = []
        self._beside: list[tuple[int, int]] = []
        has_blanks = "\t" in source or _TWO_BLANKS.search(source)
        self._first = _FIRST if has_blanks else _FIRST_BUT_BLANKS
        # From here on there is no end of a comment.
        self._no_comment_after = len(source)
        self._read(0, len(source))
        self.text = "".join(self._out)

    def written(self, start: int, end: int) -> tuple[int, int]:
        """Return where in the source what stands from `start` to `end` in the text was written."""
        return self._place(start)[0], self._place(end - 1)[1]

    def _place(self, at: int) -> tuple[int, int]:
        piece = bisect_right(self._at, at) - 1
        first, last = self._from[piece], self._to[piece]
        until = self._at[piece + 1] if piece + 1 < len(self._at) else self._length
        if last - first == until - self._at[piece]:
            here = first + at - self._at[piece]
            return here, here + 1
        return first, last

    def _read(self, start: int, end: int) -> None:
        self._beside.append((start, end))
        while self._beside:
            first, last = self._beside.pop()
            if self._length:
                self._put(APART, first, first)
            self._part(first, last)

    def _part(self, start: int, end: int) -> None:
        place = begin = start
        while first := self._first.search(self._source, begin, end):
            match = _SPECIAL.match(self._source, first.start(), end)
            if not match:
                begin = first.start() + 1
                continue
            self._put(self._source[place : match.start()], place, match.start())
            place = begin = self._special(match, end)
        self._put(self._source[place:end], place, end)

    def _put(self, text: str, first: int, last: int) -> None:
        if text:
            self._at.append(self._length)
            self._from.append(first)
            self._to.append(last)
            self._out.append(text)
            self._length += len(text)

    def _special(self, match: re.Match[str], end: int) -> int:
        """Put what a special place reads as; returns where it ends."""
        kind = match.lastgroup or ""
        if kind == "comment":
            return self._comment(match, end)
        if kind in {"tag", "name"}:
            self._put(self._tag(match), *match.span())
        elif kind in {"target", "address", "title"}:
            self._beside.append((match.start() + 2, match.end() - 1))
        elif kind == "other":
            self._other(match)
        else:
            if kind in {"at", "dot"} and self._last() == " ":
                self._take_last()
            self._put(_READ[kind](match[0]), *match.span())
        return match.end()

    def _comment(self, match: re.Match[str], end: int) -> int:
        inner = match.end()
        closed = self._source.find("-->", inner, end) if inner < self._no_comment_after else -1
        if closed < 0:
            self._no_comment_after = min(self._no_comment_after, inner)
            self._put("<", match.start(), match.start() + 1)
            return match.start() + 1
        self._beside.append((inner, closed))
        return closed + 3

    def _tag(self, match: re.Match[str]) -> str:
        name = (match["name"] or "").lower()
        start, end = match.start() + 1, match.end() - 1
        if end - start > len(name) + 1:
            # An address in angle brackets, or attributes.
            self._beside.append((start, end))
        if not name or self._source[start + len(name)] in "@:.":
            return " "
        if name == "br" and self._source.startswith("\n", match.end()):
            return ""
        return " | " if name in _CELLS else "\n" if name in _PARTING else ""

    def _other(self, match: re.Match[str]) -> None:
        character, start = match[0], match.start()
        if self._parts_at and character in _SUPERSCRIPTS:
            self._put(" ", start, start + 1)
        elif unicodedata.combining(character) and self._last().isalpha():
            # å as a and a ring; what cannot be one letter loses its mark.
            letter = self._take_last()
            composed = unicodedata.normalize("NFC", letter + character)
            self._put(composed if len(composed) == 1 else letter, start - 1, start + 1)
        else:
            self._put(_plain(character), start, start + 1)

    def _last(self) -> str:
        return self._out[-1][-1] if self._out else ""

    def _take_last(self) -> str:
        """Take back the last character of the text, and return it."""
        text = self._out[-1]
        self._length -= 1
        if len(text) > 1:
            if self._to[-1] - self._from[-1] == len(text):
                self._to[-1] -= 1
            self._out[-1] = text[:-1]
        else:
            for pieces in (self._out, self._at, self._from, self._to):
                pieces.pop()
        return text[-1]


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """Return the character of ASCII, or of Latin script, that another looks like; "" for one that does not show."""
    if character in _BLANKS:
        return " "
    if character in _DASHES or unicodedata.category(character) == "Pd":
        return "-"
    for alike, plain in ((_DOTS, "."), (_SLASHES, "/"), (_COLONS, ":"), (_PLUSES, "+")):
        if character in alike:
            return plain
    if (value := unicodedata.digit(character, None)) is not None:
        return str(value)
    category = unicodedata.category(character)
    if category == "Zs" or character == "\t":
        return " "
    if category in {"Zl", "Zp"} or character in "\n\v\f\r\x85":
        return "\n"
    if category in {"Mn", "Me", "Cf", "Cc", "Cn", "Co"}:
        return ""
    folded = unicodedata.normalize("NFKC", character)
    return folded if folded == character else "".join(_plain(one) if one > "~" else one for one in folded)


def _entity(written: str) -> str:
    shown = unescape(written)
    return written if shown == written else "".join(one if " " <= one <= "~" else _plain(one) for one in shown)


def _percent(written: str) -> str:
    try:
        shown = bytes.fromhex(written.replace("%", "")).decode("utf-8")
    except UnicodeDecodeError:
        return written
    return "".join(one if " " <= one <= "~" else _plain(one) for one in shown)


def _nothing(written: str) -> str:
    return ""


def _blank(written: str) -> str:
    return " "


_READ: dict[str, Callable[[str], str]] = {
    "blanks": _blank,
    "lines": lambda written: "\n",
    "entity": _entity,
    "percent": _percent,
    "escape": lambda written: written[1:],
    "note": _blank,
    "at": lambda written: "@",
    "dot": lambda written: ".",
    "link": _nothing,
    "reference": _nothing,
    "bracket": _blank,
    "mark": _nothing,
}
