"""A block of Markdown → what a reader meets in it: its words, its links with what they are called, its pictures.

Before any other reading `blocks` has covered what stands as code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.markup.blocks import reference_key, uncovered
from kunskapsbank.swedish.letters import LETTER_OR_DIGIT
from kunskapsbank.swedish.sentences import LINE_BREAK

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kunskapsbank.markup.blocks import Block


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its alternative text, "" where there is none, and its line in the file."""

    alternative: str
    line: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link as a reader meets it: its words, where it leads, and its line in the file.

    `is_linked` is false of an address that stands in the text without being a link; `has_picture` is true of a link
    with a picture in it, whose alternative text is part of the words.
    """

    words: str
    target: str
    line: int
    is_linked: bool = True
    has_picture: bool = False


@dataclass(frozen=True, slots=True)
class Inline:
    """What stands in a block. `words` are what is shown, with the lines of the Markdown."""

    words: str
    links: tuple[Link, ...]
    pictures: tuple[Picture, ...]


_WORDS = r"\[((?:[^\[\]]|\[(?:[^\[\]]|\[[^\[\]]*\])*\])*)\]"
_TARGET = r"\([ \n]*(<[^<>]*>|(?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)"
PATTERNS: Mapping[str, str] = {
    "break": r"<br[ ]*/?>|[ ]{2,}(?=\n)",
    "note": r"\[\^[^\[\]]*\]",
    "picture": rf"!{_WORDS}(?:{_TARGET}|\[[^\[\]]*\])",
    "htmlPicture": r"<img(?=[ \n/>])[^<>]*>",
    "alternative": r"""[ \n]alt=(?:"([^"]*)"|'([^']*)')""",
    "link": rf"{_WORDS}{_TARGET}",
    "referenceLink": rf"{_WORDS}(?:[ \n]?\[([^\[\]]*)\])?",
    "htmlLink": r"""<a[ \n](?:[^<>]*[ \n])?href=(?:"([^"]*)"|'([^']*)')[^<>]*>(.*?)</a>""",
    "title": r"""[ \n]+(?:"[^"]*"|'[^']*')[ \n]*$""",
    "address": r"<(https?://[^<> \n]+)>",
    "tag": r"</?[a-zA-Z][^<>]*>",
    "bare": rf"""(?:https?://|www\.)[^ \n<>()\[\]"'”’\u2028]*(?:{LETTER_OR_DIGIT}|/)""",
    "emphasis": rf"\*+|(?<!{LETTER_OR_DIGIT})_+|_+(?!{LETTER_OR_DIGIT})",
    "entity": r"&(amp|lt|gt|quot|nbsp|#39);",
}
_R = {name: re.compile(pattern, re.DOTALL) for name, pattern in PATTERNS.items()}
_ENTITIES: Mapping[str, str] = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "nbsp": "\u00a0", "#39": "'"}


# Stands where a picture stood, while the links are read.
_PICTURE = "\ufffc"


def read(block: Block, references: Mapping[str, str]) -> Inline:
    """Return what stands in a block; `references` are the text's addresses by name."""
    return _Reader(block, references).read()


class _Reader:
    """Takes one thing after the other away from the Markdown, and leaves its words and line ends there."""

    def __init__(self, block: Block, references: Mapping[str, str]) -> None:
        self.left = block.markdown
        self.line = block.line
        self.references = references
        self.links: list[Link] = []
        self.pictures: list[Picture] = []

    def read(self) -> Inline:
        self.take("break", lambda match, line: LINE_BREAK)
        self.take("note", lambda match, line: "")
        self.take("picture", self.picture)
        self.take("htmlPicture", self.html_picture)
        self.take("link", lambda match, line: self.link(match[1], match[2], line))
        self.take("htmlLink", lambda match, line: self.link(match[3], match[1] or match[2] or "", line))
        self.take("referenceLink", self.reference_link)
        self.take("address", lambda match, line: self.link(match[1], match[1], line))
        self.take("tag", lambda match, line: "")
        self.take("bare", self.bare)
        return Inline(_shown(self.left), tuple(sorted(self.links, key=lambda link: link.line)), tuple(self.pictures))

    def take(self, name: str, taken: Callable[[re.Match[str], int], str]) -> None:
        """Put what `taken` returns, given match and line, in each place of the pattern; no line end is lost."""
        text = self.left

        def instead(match: re.Match[str]) -> str:
            words = taken(match, self.line + text.count("\n", 0, match.start()))
            return words + "\n" * (match[0].count("\n") - words.count("\n"))

        self.left = _R[name].sub(instead, text)

    def picture(self, match: re.Match[str], line: int) -> str:
        return self.pictured(match[1], line)

    def html_picture(self, match: re.Match[str], line: int) -> str:
        found = _R["alternative"].search(match[0])
        return self.pictured((found[1] or found[2] or "") if found else "", line)

    def pictured(self, alternative: str, line: int) -> str:
        self.pictures.append(Picture(_one_line(alternative), line))
        return _PICTURE + alternative

    def link(self, words: str, target: str, line: int, is_linked: bool = True) -> str:
        address = uncovered(_R["title"].sub("", target).strip(" \n").removeprefix("<").removesuffix(">"))
        shown = _R["bare"].sub(lambda match: match[0].replace(":", "\ue03a").replace("www.", "www\ue02e"), words)
        self.links.append(Link(_one_line(words), address, line, is_linked, _PICTURE in words))
        return shown

    def reference_link(self, match: re.Match[str], line: int) -> str:
        target = self.references.get(reference_key(match[2] or match[1]))
        return match[0] if target is None else self.link(match[1], target, line)

    def bare(self, match: re.Match[str], line: int) -> str:
        return self.link(match[0], match[0], line, is_linked=False)


def _shown(markdown: str) -> str:
    words = uncovered(_R["emphasis"].sub("", _R["tag"].sub("", markdown.replace(_PICTURE, " "))))
    return _R["entity"].sub(lambda match: _ENTITIES[match[1]], words)


def _one_line(markdown: str) -> str:
    return " ".join(_shown(markdown).replace(LINE_BREAK, " ").split())
