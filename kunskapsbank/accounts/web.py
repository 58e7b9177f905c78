"""A paper → one HTML file that needs nothing else: to read, to print, to put into another system."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from kunskapsbank.accounts.paper import Bullets, Form, Heading, Paragraph

if TYPE_CHECKING:
    from kunskapsbank.accounts.paper import Block, Line, Paper, Span, Table

_STYLE = (
    "body{max-width:44rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 sans-serif;overflow-wrap:anywhere}"
    "table{border-collapse:collapse;width:100%}th,td{border:1px solid;padding:.3rem .5rem;text-align:left;"
    "vertical-align:top}caption{text-align:left;font-weight:bold;padding:.5rem 0}thead{display:table-header-group}"
    "mark{background:#ff9;color:#000}"
)


def web(paper: Paper) -> str:
    """Return the paper as an HTML file in Swedish, with a table of contents."""
    title = escape(paper.title)
    contents = "".join(
        f'<li><a href="#{heading.anchor}">{escape(heading.text)}</a></li>'
        for heading in paper.headings
        if heading.level == 1
    )
    head = "".join(f"<p>{_line(words)}</p>\n" for words in paper.head)
    blocks = "\n".join(map(_block, paper.blocks))
    return (
        f'<!doctype html>\n<html lang="sv">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f'<meta name="author" content="{escape(paper.author)}">\n<title>{title}</title>\n<style>{_STYLE}</style>\n'
        f"</head>\n<body>\n<header>\n<p>{escape(paper.author)}. {escape(paper.kind)}.</p>\n{head}</header>\n<main>\n"
        f'<h1>{title}</h1>\n<nav aria-label="Innehåll"><ul>{contents}</ul></nav>\n{blocks}\n</main>\n</body>\n</html>\n'
    )


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        level = block.level + 1
        return f'<h{level} id="{block.anchor}">{escape(block.text)}</h{level}>'
    if isinstance(block, Paragraph):
        return f"<p>{_line(block.line)}</p>"
    if isinstance(block, Bullets):
        name = "ol" if block.numbered else "ul"
        return f"<{name}>{''.join(f'<li>{_line(words)}</li>' for words in block.lines)}</{name}>"
    return _table(block)


def _table(table: Table) -> str:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in table.heads)
    rows = "\n".join(
        f'<tr><th scope="row">{_line(first)}</th>{"".join(f"<td>{_line(cell)}</td>" for cell in others)}</tr>'
        for first, *others in table.rows
    )
    caption = f"Tabell {table.number}. {escape(table.caption)}"
    return (
        f"<table>\n<caption>{caption}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
    )


def _line(words: Line) -> str:
    return "".join(map(_span, words))


def _span(span: Span) -> str:
    text = escape(span.text)
    if span.form is Form.GAP:
        return f"<mark>[{text}]</mark>"
    return f"<strong>{text}</strong>" if span.form is Form.STRONG else text
