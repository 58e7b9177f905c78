"""A text to hand over, as values: headings, paragraphs, lists and tables, of which every format is written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from kunskapsbank.swedish.text import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Form(StrEnum):
    """How words stand out: as a label, or as a gap that somebody has to fill."""

    PLAIN = "plain"
    STRONG = "strong"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Span:
    """Words of one form; `url` is the page that they lead to, relative to the site's root, or None."""

    text: str
    form: Form = Form.PLAIN
    url: str | None = None


Line = tuple[Span, ...]
Part = str | Span


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 1 is the highest below the title. On paper a part of its own begins on a new page."""

    sort: ClassVar[str] = "heading"
    level: int
    text: str
    anchor: str
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    sort: ClassVar[str] = "paragraph"
    line: Line


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, with numbers or without."""

    sort: ClassVar[str] = "bullets"
    lines: tuple[Line, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption; each row is told by its first cell."""

    sort: ClassVar[str] = "table"
    number: int
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


Block = Heading | Paragraph | Bullets | Table


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole text: who writes it, what it is called, what stands above its title, and its blocks."""

    title: str
    author: str
    kind: str
    head: tuple[Line, ...]
    blocks: tuple[Block, ...]

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings in their order."""
        return tuple(block for block in self.blocks if isinstance(block, Heading))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables in their order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    def lines(self) -> Iterator[Line]:
        """Go through all lines but headings, in the order of the text."""
        yield from self.head
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block.line
            elif isinstance(block, Bullets):
                yield from block.lines
            elif isinstance(block, Table):
                yield from (cell for row in block.rows for cell in row)


_GAP = re.compile(r"\[([^\[\]]+)\]")


def marked(text: str) -> Line:
    """Return words of the content with what stands in square brackets as gaps."""
    parts = _GAP.split(text)
    spans = (Span(part, Form.GAP if place % 2 else Form.PLAIN) for place, part in enumerate(parts))
    return tuple(span for span in spans if span.text)


def strong(text: str, url: str | None = None) -> Span:
    """Return words that stand out."""
    return Span(text, Form.STRONG, url)


def gap(text: str) -> Span:
    """Return what somebody has to fill in."""
    return Span(text, Form.GAP)


def line(*parts: Part) -> Line:
    """Return a line of words, plain where nothing else is said; what is empty is left out."""
    spans = (Span(part) if isinstance(part, str) else part for part in parts)
    return tuple(span for span in spans if span.text)


def plain(words: Line) -> str:
    """Return the words of a line."""
    return "".join(span.text for span in words)


@dataclass
class Draft:
    """Gathers the blocks of a text in order; headings get anchors, and tables numbers, of their own."""

    blocks: list[Block] = field(default_factory=list)
    _anchors: set[str] = field(default_factory=set)

    def heading(self, level: int, text: str, *, new_page: bool = False) -> None:
        """Add a heading."""
        first = f"del-{slugify(text)}"
        numbered = (_numbered(first, number) for number in range(1, len(self._anchors) + 2))
        anchor = next(name for name in numbered if name not in self._anchors)
        self._anchors.add(anchor)
        self.blocks.append(Heading(level, text, anchor, new_page))

    def paragraph(self, *parts: Part) -> None:
        """Add a paragraph, unless it would be empty."""
        if words := line(*parts):
            self.blocks.append(Paragraph(words))

    def paragraphs(self, texts: Iterable[str]) -> None:
        """Add words of the content, a paragraph each."""
        self.blocks.extend(Paragraph(marked(text)) for text in texts)

    def bullets(self, lines: Iterable[Line], *, numbered: bool = False) -> None:
        """Add a list, unless it would be empty."""
        if found := tuple(lines):
            self.blocks.append(Bullets(found, numbered))

    def table(self, caption: str, heads: tuple[str, ...], rows: Iterable[tuple[Line, ...]]) -> None:
        """Add a table, unless it would be empty."""
        if found := tuple(rows):
            number = sum(isinstance(block, Table) for block in self.blocks) + 1
            self.blocks.append(Table(number, caption, heads, found))


def _numbered(anchor: str, number: int) -> str:
    return anchor if number == 1 else f"{anchor}-{number}"
