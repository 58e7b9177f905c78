"""Text → the words that some program read by a wrong table of letters, "StÃ¶d" for "Stöd", and what they should be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass(frozen=True, slots=True)
class Misread:
    """A word that was misread: where it starts in the text, how it stands there, and what it should be, or ""."""

    start: int
    written: str
    right: str


# UTF-8 read as Windows-1252 or Latin-1: what follows Â and Ã, three characters for quotation marks and dashes, and a
# byte order mark.
_AFTER = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_AS_WINDOWS = rf"[ÂÃ][{_AFTER}]|â[€\x80][{_AFTER}]|ï»¿|ï¬[{_AFTER}]"
# UTF-8 read as the Macintosh's own table.
_AS_MAC = r"√[•§∂ÖÑñ©®≈]|‚Ä[úùôìî¶¢]"
# What DOS wrote, read as Windows-1252; and what Windows wrote, read as the Macintosh's.
_DOS = str.maketrans("„†”Ž™", "äåöÄÖ")
_OLD_MAC = str.maketrans("‰ˆ", "äö")
_SMALL = "a-zåäö"
# Letters as e-mail carries them: =C3=B6.
_QUOTED = r"=C3=(?:A[459]|B6|8[459]|96)"
# Letters that a program could not write at all.
_LOST = rf"(?<![\w/.&=?#-])[A-Za-zÅÄÖåäö]{{1,40}}(?:\?[{_SMALL}]{{1,40}})+(?![\w=/?])"

_SUSPECT = re.compile(
    rf"(?P<windows>{_AS_WINDOWS})|(?P<mac>{_AS_MAC})|(?P<quoted>{_QUOTED})|"
    rf"(?P<dos>(?<=[{_SMALL}])[„†](?=[{_SMALL}]))|(?P<oldmac>(?<=[{_SMALL}])[‰ˆ](?=[{_SMALL}]))|"
    rf"(?P<unread>\ufffd)|(?P<lost>{_LOST})"
)
SIGNS = "ÂÃâï√‚„†‰ˆ\ufffd=?"
"""One of these stands in each misread word, and in few lines at all."""
_SEEN = re.compile(f"[{SIGNS}]")
_LONGEST = 40


def misread(text: str) -> Iterator[Misread]:
    """Yield the misread words of a text, in order, each once."""
    if not _SEEN.search(text):
        return
    end = 0
    for match in _SUSPECT.finditer(text):
        if match.start() < end:
            continue
        start = match.start() - len(_word_before(text, match.start()))
        start = max(start, end)
        after = re.compile(r"[^\s<>()\[\]|]*").match(text, match.end(), match.end() + _LONGEST)
        end = after.end() if after else match.end()
        written = text[start:end]
        yield Misread(start, written, _right(match.lastgroup or "", written))


def _word_before(text: str, end: int) -> str:
    found = re.search(r"[^\s<>()\[\]|]*$", text[max(0, end - _LONGEST) : end])
    return found[0] if found else ""


def _right(kind: str, written: str) -> str:
    if kind in {"dos", "oldmac"}:
        return written.translate(_DOS if kind == "dos" else _OLD_MAC)
    right = _REPAIRED[kind](written) if kind in _REPAIRED else ""
    # Some programs misread what another had misread.
    while right and kind == "windows" and re.search(_AS_WINDOWS, right):
        again = _from_windows(right)
        if not again:
            break
        right = again
    return right


def _from_windows(written: str) -> str:
    return _decoded(b"".join(_byte(character) for character in written))


def _byte(character: str) -> bytes:
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        # Five of the bytes are no letters in Windows' table, and are left as they are.
        return character.encode("latin-1", "ignore")


def _from_mac(written: str) -> str:
    return _decoded(written.encode("mac_roman", "ignore"))


def _from_quoted(written: str) -> str:
    return _decoded(
        re.sub(r"=([0-9A-F]{2})", lambda match: chr(int(match[1], 16)), written).encode("latin-1", "ignore")
    )


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return ""


_REPAIRED: dict[str, Callable[[str], str]] = {
    "windows": _from_windows,
    "mac": _from_mac,
    "quoted": _from_quoted,
}
