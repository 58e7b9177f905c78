"""What stands in a block → its words as a reader meets them, with its links and pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.swedish.letters import LETTER_OR_DIGIT
from kunskapsbank.swedish.sentences import LINE_BREAK

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its alternative text, "" where there is none, its line in the file, and its address."""

    alternative: str
    line: int
    target: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link: where it leads, its line in the file, and its words.

    `is_linked` is false of an address that stands in the text without being a link; `has_picture` is true of a link
    with a picture in it, whose alternative text is part of the words.
    """

    target: str
    line: int
    words: str = ""
    is_linked: bool = True
    has_picture: bool = False


_BARE = re.compile(rf"""(?:https?://|www\.)[^ \n<>()\[\]"'”’\0{LINE_BREAK}]*(?:{LETTER_OR_DIGIT}|/)""")


def on_one_line(words: str) -> str:
    """Return words as they are said of a link or heading: single spaces and no line ends."""
    return " ".join(words.split())


class Words:
    """Gathers the words, links and pictures of a block, piece by piece in the order of the text."""

    def __init__(self, line: int) -> None:
        """Begin a block whose words begin on `line`."""
        self.line = line
        self.pictures: list[Picture] = []
        self._links: list[Link] = []
        self._pieces: list[str] = []
        # The same, as far as an address in it would be one that nobody made a link of; the rest is \0.
        self._bare: list[str] = []
        self._open: list[tuple[str, int, int, int]] = []

    def add(self, text: str, is_code: bool = False) -> None:
        """Add words."""
        self._pieces.append(text)
        self._bare.append(re.sub(r"[^\n]", "\0", text) if is_code or self._open else text)

    def picture(self, picture: Picture) -> None:
        """Add a picture, and its text to the words."""
        self.pictures.append(picture)
        self.add(f" {picture.alternative} ", is_code=True)

    def open_link(self, target: str, line: int) -> None:
        """Begin a link: what is added until `close_link` are its words."""
        self._open.append((target, line, self.count, len(self.pictures)))

    def close_link(self) -> None:
        """End the link that was opened last, if there is any."""
        if self._open:
            target, line, pieces, pictures = self._open.pop()
            words = on_one_line(self.text(pieces))
            self._links.append(Link(target, line, words, has_picture=len(self.pictures) > pictures))

    def close(self) -> None:
        """End the links that the text left open."""
        while self._open:
            self.close_link()

    @property
    def count(self) -> int:
        """How many pieces there are: a place to ask for what comes after."""
        return len(self._pieces)

    def text(self, after: int = 0) -> str:
        """Return the words after a place, with the lines of the Markdown."""
        return "".join(self._pieces[after:])

    @property
    def links(self) -> tuple[Link, ...]:
        """The links and bare addresses, by line."""
        text = "".join(self._bare)
        bare = self._bare_addresses(text) if "http" in text or "www." in text else ()
        return tuple(sorted((*self._links, *bare), key=lambda link: link.line))

    def _bare_addresses(self, text: str) -> Iterator[Link]:
        for match in _BARE.finditer(text):
            line = self.line + text.count("\n", 0, match.start())
            yield Link(match[0], line, match[0], is_linked=False)
