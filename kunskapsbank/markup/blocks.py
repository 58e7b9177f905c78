"""A Markdown body → its blocks, each with its line: headings, paragraphs, list items, tables, HTML and code.

It reads the Markdown as it was written, so that a fault has its line. What the text becomes as HTML is asked of
Python-Markdown in body.py. The browser does the same with the same patterns: create/blocks.js.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kunskapsbank.markup.body import CODE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Form(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"
    HTML = "html"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the text: its first line in the file, its Markdown line for line, and a heading's level.

    The Markdown is without what made the block (indent, list mark, #), and characters that have no meaning in it stand
    covered: see `uncovered`.
    """

    form: Form
    line: int
    markdown: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Text:
    """A whole text in blocks; `references` are the addresses that links have by name, [namn]: adress."""

    blocks: tuple[Block, ...]
    references: Mapping[str, str]


# They mean the same in Python and in JavaScript with the flags "su", and "m" for code.
PATTERNS: Mapping[str, str] = {
    "code": CODE,
    "escape": r"\\([!-/:-@\[-`{-~])",
    "quote": r"^ *(?:> ?)*",
    "heading": r"^(#{1,6})(.*?)#*[ ]*$",
    "headingAttributes": r"[ ]*\{:?[ ]*[#.a-zA-Z][^{}]*\}[ ]*$",
    "underline": r"^(?:(=+)|-+)[ ]*$",
    "ruler": r"^(?:(?:-[ ]*){3,}|(?:\*[ ]*){3,}|(?:_[ ]*){3,})$",
    "item": r"^(?:[*+-]|[0-9]{1,9}\.)[ ]+",
    "definition": r"^:[ ]{1,3}",
    "footnote": r"^\[\^[^\]]+\]:[ ]*",
    "admonition": r"^!!!",
    "reference": r"^\[([^\]^][^\]]*)\]:[ ]*<?([^ <>]+)>?",
    "attributes": r"^\{:?[^{}]*\}[ ]*$",
    "html": r"^</?(?:blockquote|dd|div|dl|dt|h[1-6]|hr|li|ol|p|pre|table|tbody|td|tfoot|th|thead|tr|ul)[ />]",
    "dashes": r"^[|: -]*-[|: -]*$",
    "covered": "[\ue000-\ue07e]",
}
_R = {name: re.compile(pattern, re.DOTALL | re.MULTILINE * (name == "code")) for name, pattern in PATTERNS.items()}

# Characters in code and after a backslash mean nothing in Markdown. They are moved to a private range of Unicode while
# the text is read. _NOTHING stands for what is not shown, backticks say, and _FENCED for all of a block of code.
_PRIVATE = 0xE000
_NOTHING, _FENCED = "\ue000", "\ue001"


def read(source: str, first_line: int) -> Text:
    """Take a Markdown body apart; `first_line` is its first line in the file."""
    covered = _R["escape"].sub(lambda match: _NOTHING + _covered(match[1]), _R["code"].sub(_code_covered, source))
    return _Reader(covered.replace("\t", "    ").split("\n"), first_line).read()


def cells(row: str) -> list[str]:
    """Return the cells of a line of a table, without the spaces around them."""
    return [cell.strip(" ") for cell in row.strip(" ").removeprefix("|").removesuffix("|").split("|")]


def uncovered(markdown: str) -> str:
    """Return a text with the characters of code and escapes as they are shown."""
    return _R["covered"].sub(lambda match: chr(ord(match[0]) - _PRIVATE) if match[0] > _FENCED else "", markdown)


def reference_key(name: str) -> str:
    """Return the name of an address in the form that `Text.references` has it."""
    return " ".join(name.lower().split())


def _covered(text: str) -> str:
    return re.sub(r"[!-/:-@\[-`{-~]", lambda match: chr(ord(match[0]) + _PRIVATE), text)


def _code_covered(match: re.Match[str]) -> str:
    if match[0].startswith("<!--"):
        return re.sub(r"[^\n]", " ", match[0])
    if match[1]:
        return re.sub(r"[^\n]", _FENCED, match[0])
    ticks = _NOTHING * len(match[2])
    return ticks + _covered(match[0][len(ticks) : -len(ticks)]) + ticks


class _Reader:
    """Goes through the lines once. `depth` is how far in, by four spaces, the text of an open list or note stands."""

    def __init__(self, lines: Sequence[str], first_line: int) -> None:
        self.lines = lines
        self.first_line = first_line
        self.blocks: list[Block] = []
        self.references: dict[str, str] = {}
        self.depth = 0
        self.after_blank = True
        # The block that is being read, and where it began.
        self.form = Form.PARAGRAPH
        self.start = 0
        self.open: list[str] = []

    def read(self) -> Text:
        number = 0
        while number < len(self.lines):
            number += self.line(number)
        self.end()
        return Text(tuple(self.blocks), self.references)

    def end(self) -> None:
        if self.open:
            self.add(self.form, self.start, "\n".join(self.open))
        self.form, self.open = Form.PARAGRAPH, []

    def add(self, form: Form, number: int, markdown: str, level: int = 0) -> None:
        self.blocks.append(Block(form, self.first_line + number, markdown, level))

    def bare(self, number: int) -> str:
        """Return a line without its indent and the marks of a quotation; "" after the last line."""
        return _R["quote"].sub("", self.lines[number]) if number < len(self.lines) else ""

    def line(self, number: int) -> int:
        """Read the line and return how many lines were read."""
        line, content = self.lines[number], self.bare(number)
        if not content.strip():
            self.end()
            self.after_blank = True
            return 1
        indent = len(line) - len(line.lstrip(" "))
        if self.after_blank:
            self.depth = min(self.depth, indent // 4)
        self.after_blank = False
        if content.startswith(_FENCED) or (not self.open and indent // 4 > self.depth):
            self.end()
            self.add(Form.CODE, number, "")
            return 1
        content = self.opened(content, indent // 4)
        return self.table(number, content) or self.heading(number, content, indent) or self.text(number, content)

    def opened(self, content: str, level: int) -> str:
        """Begin the list item, explanation, note or box that the line opens; returns what else stands on it."""
        if _R["admonition"].match(content):
            self.end()
            self.depth = level + 1
            return ""
        if not self.open and (_R["ruler"].match(content) or self.is_reference(content)):
            return ""
        for name, form in (("item", Form.ITEM), ("definition", Form.ITEM), ("footnote", Form.PARAGRAPH)):
            if found := _R[name].match(content):
                if name == "definition" and self.open:
                    # What is explained is a word, not a sentence.
                    self.form = Form.ITEM
                self.end()
                self.form, self.depth = form, level + 1
                return content[found.end() :]
        return "" if _R["attributes"].match(content) else content

    def is_reference(self, content: str) -> bool:
        found = _R["reference"].match(content)
        if found:
            self.references[reference_key(found[1])] = found[2]
        return found is not None

    def table(self, number: int, content: str) -> int:
        below = self.bare(number + 1)
        if self.open or "|" not in content or "|" not in below or not _R["dashes"].match(below):
            return 0
        if len(cells(content)) != len(cells(below)):
            return 0
        rows = [content]
        while row := self.bare(number + len(rows)).strip(" "):
            rows.append(row)
        self.add(Form.TABLE, number, "\n".join(rows))
        self.end()
        return len(rows)

    def heading(self, number: int, content: str, indent: int) -> int:
        hashes = _R["heading"].match(content) if indent % 4 == 0 else None
        is_text = content and not self.open and self.form is Form.PARAGRAPH
        line_below = _R["underline"].match(self.bare(number + 1)) if is_text and not hashes else None
        if not hashes and not line_below:
            return 0
        self.end()
        words, level = content, 2
        if hashes:
            words, level = hashes[2], len(hashes[1])
        elif line_below and line_below[1]:
            level = 1
        self.add(Form.HEADING, number, _R["headingAttributes"].sub("", words).strip(" "), level)
        return 1 if hashes else 2

    def text(self, number: int, content: str) -> int:
        if self.open:
            self.open.append(content)
        elif content:
            if _R["html"].match(content):
                self.form = Form.HTML
            self.start, self.open = number, [content]
        return 1
