"""Attributes that Markdown gives what stands before them, `{: #id .class name="value" }`: rules for markdown-it-py.

CommonMark has none. They are written as Python-Markdown has them, after a heading, below a paragraph, or right after a
link, a picture, code or emphasis.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_WRITTEN = r"\{:[ ]*(?=[#.\w])([^{}\n]*)\}"
_AFTER_HEADING = re.compile(rf"[ ]*{_WRITTEN}[ ]*$")
_BELOW_PARAGRAPH = re.compile(rf"\n[ ]*{_WRITTEN}[ ]*$")
_HERE = re.compile(_WRITTEN)
_ONE = re.compile(r"""#([^\s#]+)|\.([^\s.]+)|([\w:-]+)=(?:"([^"]*)"|'([^']*)'|([^\s"']+))""")
_MAY_HAVE = frozenset({"link_close", "em_close", "strong_close", "s_close", "code_inline", "image"})
_LINE = "attributes_line"


def plugin(parser: MarkdownIt) -> None:
    """Let a parser read attributes."""
    parser.core.ruler.after("block", "block_attributes", _of_blocks)
    parser.inline.ruler.push("attributes", _of_spans)


def written(token: Token) -> Iterator[tuple[str, int]]:
    """Yield the names of the attributes that were written for a block, and how many lines below its first they are."""
    line = token.meta.get(_LINE)
    if line is not None:
        yield from ((name, line) for name in token.attrs)


def _of_blocks(state: StateCore) -> None:
    for number, token in enumerate(state.tokens):
        if token.type != "inline":
            continue
        opened = state.tokens[number - 1]
        pattern = _AFTER_HEADING if opened.type == "heading_open" else _BELOW_PARAGRAPH
        if opened.type in {"heading_open", "paragraph_open"} and (found := pattern.search(token.content)):
            opened.meta[_LINE] = token.content.count("\n")
            _give(opened, found[1])
            token.content = token.content[: found.start()]


def _of_spans(state: StateInline, silent: bool) -> bool:
    found = _HERE.match(state.src, state.pos)
    if not found or state.pending or not state.tokens or state.tokens[-1].type not in _MAY_HAVE:
        return False
    if not silent:
        last = state.tokens[-1]
        if last.nesting < 0:
            last = next(token for token in reversed(state.tokens[:-1]) if token.level == last.level)
        _give(last, found[1])
    state.pos = found.end()
    return True


def _give(token: Token, attributes: str) -> None:
    for anchor, css_class, name, *values in _ONE.findall(attributes):
        if anchor:
            token.attrSet("id", anchor)
        elif css_class:
            token.attrJoin("class", css_class)
        else:
            token.attrSet(name, next((value for value in values if value), ""))
