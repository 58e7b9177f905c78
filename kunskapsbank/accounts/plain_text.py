"""A paper → plain text, as a terminal and a letter have it."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

from kunskapsbank.accounts.paper import Bullets, Form, Heading, Paragraph, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kunskapsbank.accounts.paper import Block, Line, Paper, Table

WIDTH = 80


def plain_text(paper: Paper) -> str:
    """Return the paper as text, with lines of at most 80 signs where words allow."""
    title = fill(paper.title.upper(), WIDTH)
    head = "\n".join([f"{paper.author}. {paper.kind}.", *(_line(words) for words in paper.head)])
    return f"{title}\n\n{head}\n\n{of_blocks(paper.blocks)}"


def of_blocks(blocks: Iterable[Block]) -> str:
    """Return blocks as text."""
    return "\n\n".join(map(_block, blocks)) + "\n"


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        text = block.text.upper() if block.level == 1 else block.text
        line = "=" if block.level == 1 else "-"
        # Headings are not wrapped: whoever looks for one finds it on one line.
        return f"{text}\n{line * min(len(text), WIDTH)}" if block.level < 3 else text
    if isinstance(block, Paragraph):
        return _wrapped(_line(block.line))
    if isinstance(block, Bullets):
        marks = (f"{place}. " if block.numbered else "- " for place in range(1, len(block.lines) + 1))
        return "\n".join(_wrapped(_line(words), mark) for mark, words in zip(marks, block.lines, strict=True))
    return _table(block)


def _table(table: Table) -> str:
    """Return a table as lines: each row's first cell, then the others with their heads."""
    rows = []
    for first, *others in table.rows:
        told = ", ".join(f"{head}: {_line(cell)}" for head, cell in zip(table.heads[1:], others, strict=True))
        rows.append(_wrapped(f"{_line(first)}. {told}", "- "))
    return "\n".join([f"Tabell {table.number}. {table.caption}", *rows])


def _line(words: Line) -> str:
    return (
        plain(tuple(words))
        if not any(span.form is Form.GAP for span in words)
        else "".join(f"[{span.text}]" if span.form is Form.GAP else span.text for span in words)
    )


def _wrapped(text: str, mark: str = "") -> str:
    return fill(
        text,
        WIDTH,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_long_words=False,
        break_on_hyphens=False,
    )
