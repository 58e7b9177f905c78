"""A paper → Markdown, as any editor of texts reads it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kunskapsbank.accounts.paper import Bullets, Form, Heading, Paragraph, Table

if TYPE_CHECKING:
    from kunskapsbank.accounts.paper import Block, Line, Paper, Span

# What CommonMark, or GitHub's tables, could take for markup: any ASCII sign may be escaped so.
_SIGNS = re.compile(r"([\\`*_\[\]<>#|~&])")
# What makes a list of a paragraph's beginning.
_BEGINNING = re.compile(r"^(\d+)([.)])(?=\s)|^([-+=])")


def markdown(paper: Paper) -> str:
    """Return the paper as Markdown."""
    parts = [f"# {_escaped(paper.title)}", f"{_escaped(paper.author)}. {_escaped(paper.kind)}."]
    parts += [_beginning(_line(words)) for words in paper.head]
    parts += [_block(block) for block in paper.blocks]
    return "\n\n".join(parts) + "\n"


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * (block.level + 1)} {_escaped(block.text)}"
    if isinstance(block, Paragraph):
        return _beginning(_line(block.line))
    if isinstance(block, Bullets):
        marks = (f"{place}." if block.numbered else "-" for place in range(1, len(block.lines) + 1))
        return "\n".join(f"{mark} {_beginning(_line(words))}" for mark, words in zip(marks, block.lines, strict=True))
    return _table(block)


def _table(table: Table) -> str:
    rows = [[_escaped(head) for head in table.heads], ["---"] * len(table.heads)]
    rows += [[_line(cell) for cell in row] for row in table.rows]
    lines = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"**Tabell {table.number}. {_escaped(table.caption)}**\n\n{lines}"


def _line(words: Line) -> str:
    return "".join(map(_span, words))


def _span(span: Span) -> str:
    text = _escaped(span.text)
    if span.form is Form.GAP:
        return rf"**\[{text}\]**"
    if span.form is Form.STRONG:
        # Marks beside a space are none.
        return f"**{text.strip()}**{' ' if text.endswith(' ') else ''}"
    return text


def _escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\1", text)


def _beginning(text: str) -> str:
    return _BEGINNING.sub(lambda found: rf"{found[1]}\{found[2]}" if found[1] else rf"\{found[3]}", text)
