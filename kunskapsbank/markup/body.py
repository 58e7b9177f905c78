"""A document's Markdown → its blocks, headings, links and plain text, read once, and what may not stand in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from kunskapsbank.markup import blocks
from kunskapsbank.markup.blocks import Form
from kunskapsbank.markup.commonmark import TooDeepError
from kunskapsbank.markup.inline import on_one_line
from kunskapsbank.problems import Problem
from kunskapsbank.swedish.sentences import LINE_BREAK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kunskapsbank.markup.blocks import Block, Comment, Left
    from kunskapsbank.markup.inline import Link
    from kunskapsbank.markup.rendered import Rendered


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the text: its level (1–6), its text, its anchor and its line in the file."""

    level: int
    text: str
    id: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Body:
    """A document's text, as every reader of it sees it.

    `links` are all links and pictures, each on the line where its address is written; `comments` what is not shown;
    `anchors` what a link can lead to; `text` the words without headings and markup. `left` and `uncalled_notes` are as
    in `blocks.Read`. `rendered` is what a page shows of it, None where that is left to others.
    """

    markdown: str = ""
    blocks: tuple[Block, ...] = ()
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    comments: tuple[Comment, ...] = ()
    anchors: frozenset[str] = frozenset()
    text: str = ""
    left: tuple[Left, ...] = ()
    uncalled_notes: Mapping[str, int] = field(default_factory=dict)
    rendered: Rendered | None = None

    @property
    def digest(self) -> str:
        """What tells the text from all others."""
        return blake2b(self.markdown.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """Return what `make` gives, which follows from this text alone and from no other, as plain values.

        Where texts are kept from one time to the next, it is kept with them by its name.
        """
        return make()


def parse(file: str, source: str, first_line: int) -> tuple[Body, list[Problem]]:
    """Read a Markdown body; `first_line` is its first line in `file`. Returns it and what may not stand in it."""
    try:
        read = blocks.read(source, first_line)
    except TooDeepError:
        hint = "Skriv listor och citat med färre nivåer."
        return Body(source), [Problem(file, first_line, "", "texten har för många nivåer för att kunna visas", hint)]
    headings = tuple(
        Heading(block.level, on_one_line(block.words), block.id, block.line)
        for block in read.blocks
        if block.form is Form.HEADING
    )
    body = Body(
        source,
        read.blocks,
        headings,
        read.targets,
        read.comments,
        read.anchors,
        _text(read.blocks),
        read.left,
        read.uncalled_notes,
        read.rendered,
    )
    return body, [Problem(file, fault.line, "", fault.message, fault.hint) for fault in read.faults]


def without_comments(html: str) -> str:
    """Return a page's HTML without the comments that editors leave for each other."""
    # In HTML that `parse` lets through, these marks stand nowhere else: < is escaped in text, code and attributes.
    return re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)


def _text(found: Iterable[Block]) -> str:
    """Return the words of the blocks that are no headings, each cell of a table on a line of its own."""
    parts = (
        "\n".join(cell for row in block.rows for cell in row) if block.form is Form.TABLE else block.words
        for block in found
        if block.form is not Form.HEADING
    )
    lines = map(on_one_line, "\n".join(parts).replace(LINE_BREAK, "\n").split("\n"))
    return "\n".join(filter(None, lines))
