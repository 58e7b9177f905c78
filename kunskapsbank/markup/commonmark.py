"""Markdown → the tokens of markdown-it-py: what every reader of the bank's texts, and the site, goes by.

The dialect is CommonMark with GitHub's tables and strikethrough, which is what GitLab shows of a file, and what the
bank has beside: footnotes, definition lists, boxes (`!!! note`) and attributes (`{: #id }`).
"""

from __future__ import annotations

import copy
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import heading as atx_heading
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from kunskapsbank.markup import attributes
from kunskapsbank.problems import BankError
from kunskapsbank.swedish.text import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.utils import EnvType

# Lists take two levels each, quotations one. What writes the site goes as deep in Python's calls as a text does.
_DEEPEST, _DEEPEST_INLINE = 600, 100
# Where in the Markdown of its paragraph a token stands; which line a reference's address is on.
_PLACE, _LINE = "place", "address_line"
_NO_SPACE = re.compile(r"(#{1,6})(?=[^\W\d_])")


class TooDeepError(BankError, ValueError):
    """A text is nested deeper than can be read."""


def tokens(source: str) -> list[Token]:
    """Return the tokens of a Markdown text: blocks in the order written, each with its lines, and what stands in them.

    Headings have their ids, columns of tables an `align` attribute. Raises TooDeepError.
    """
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    try:
        found = _parser(_useless(source)).parse(source)
    except RecursionError:
        raise TooDeepError from None
    if any(token.level >= _DEEPEST - 1 for token in found):
        raise TooDeepError
    return found


def html(found: Sequence[Token]) -> str:
    """Return the HTML of tokens as CommonMark has it, with whatever HTML stands in the text; footnotes are left out."""
    parser = _parser()
    return str(parser.renderer.render(found, parser.options, {}))


def line_of(token: Token, inline: Token, first_line: int) -> int:
    """Return the line of a token inside an inline token, the text's first line being `first_line`."""
    start = first_line + (inline.map[0] if inline.map else 0)
    place = token.meta.get(_PLACE)
    return start + inline.content.count("\n", 0, place) if place else start


def address_line(link: Token, line: int, first_line: int) -> int:
    """Return the line where a link's address is written: that of its reference, or `line`, its own."""
    written: int | None = link.meta.get(_LINE)
    return line if written is None else first_line + written


def plain(children: Iterable[Token]) -> str:
    """Return the words of inline tokens on one line, without pictures."""
    return " ".join("".join(_words(children)).split())


def _words(children: Iterable[Token]) -> Iterator[str]:
    for child in children:
        if child.type in {"text", "text_special", "code_inline"}:
            yield child.content
        elif child.type in {"softbreak", "hardbreak"}:
            yield " "


class _PlacedState(StateInline):
    """Notes with every token but text where in the Markdown it begins."""

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """Add a token."""
        token = super().push(ttype, tag, nesting)
        token.meta[_PLACE] = self.pos
        return token


class _PlacedInline(ParserInline):
    """Reads what stands in a block, links in links no deeper than anybody writes them."""

    shallow: MarkdownIt

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Append the tokens of `src` to `tokens`, and return them."""
        if not _MARK.search(src):
            # Most cells and items, and many paragraphs: words and no more.
            return _lines(src, tokens)
        state = _PlacedState(src, self.shallow, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def _lines(src: str, tokens: list[Token]) -> list[Token]:
    """Append the tokens of a text that is nothing but words, in lines without blanks around them."""
    place = 0
    for number, line in enumerate(src.split("\n")):
        if number:
            tokens.append(Token("softbreak", "br", 0, meta={_PLACE: place}))
            place += 1
        if line:
            tokens.append(Token("text", "", 0, content=line))
        place += len(line)
    return tokens


def _heading(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read a heading also where the space after # was left out, which nobody does who means something else."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    found = None if state.is_code_block(start_line) else _NO_SPACE.match(state.src, start, state.eMarks[start_line])
    if not found:
        return atx_heading(state, start_line, end_line, silent)
    if not silent:
        level = len(found[1])
        state.line = start_line + 1
        opened = state.push("heading_open", f"h{level}", 1)
        opened.markup, opened.map = found[1], [start_line, state.line]
        inline = state.push("inline", "", 0)
        inline.content = re.sub(r"[ \t]*#*[ \t]*$", "", state.src[found.end() : state.eMarks[start_line]])
        inline.map, inline.children = opened.map, []
        state.push("heading_close", f"h{level}", -1).markup = found[1]
    return True


def _finished(state: StateCore) -> None:
    """Give headings ids, columns their sides in a form that a strict policy lets through, and links their lines."""
    taken: set[str] = set()
    references = state.env.get("references", {})
    for number, token in enumerate(state.tokens):
        if token.type == "heading_open":
            own = token.attrGet("id")
            token.attrSet("id", _unique(str(own or slugify(plain(state.tokens[number + 1].children or ()))), taken))
        elif token.type in {"th_open", "td_open"} and "style" in token.attrs:
            token.attrs = {"align": str(token.attrs["style"]).removeprefix("text-align:")}
        for child in token.children or ():
            if child.type in {"link_open", "image"} and (reference := references.get(child.meta.get("label"))):
                child.meta[_LINE] = reference["map"][0]


def _unique(name: str, taken: set[str]) -> str:
    """Return a name that no other heading has: "mal", "mal_1", "mal_2"; "_1" for one without letters."""
    number, found = 0, name
    while not found or found in taken:
        number += 1
        found = f"{name}_{number}"
    taken.add(found)
    return found


# Where in a block something else than words may begin, and where the blanks around the end of a line are taken away.
_MARK = re.compile(r"[\\`*_~\[<&\n](?:(?<!\n)|(?<= \n)|(?=[ \t]))")


# The signs without any of which a rule finds nothing in a text: it is then not asked, line by line and sign by sign.
_SIGNS: Mapping[str, str] = {
    "table": "|",
    "admonition": "!?",
    "fence": "`~",
    "blockquote": ">",
    "footnote_def": "^",
    "reference": "[",
    "html_block": "<",
    "heading": "#",
    "block_attributes": "{",
    "escape": "\\",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "link": "[",
    "image": "!",
    "footnote_ref": "^",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
    "attributes": "{",
}
_ALL_SIGNS = "".join(sorted({*"".join(_SIGNS.values())}))
_LINES = {"lheading": re.compile(r"\n[ \t>]*(?:-+|=+)[ \t]*(?:\n|$)"), "deflist": re.compile(r"\n[ \t>]*[:~]")}


def _useless(source: str) -> frozenset[str]:
    """Return the rules that find nothing in a text."""
    lacking = {sign for sign in _ALL_SIGNS if sign not in source}
    found = [rule for rule, signs in _SIGNS.items() if lacking.issuperset(signs)]
    return frozenset((*found, *(rule for rule, line in _LINES.items() if not line.search(source))))


@lru_cache(maxsize=64)
def _parser(without: frozenset[str] = frozenset()) -> MarkdownIt:
    """Return a parser that does not ask these rules."""
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST, "store_labels": True})
    parser.enable(["table", "strikethrough"])
    footnote_plugin(parser, inline=False, move_to_end=False)
    deflist_plugin(parser)
    admon_plugin(parser)
    attributes.plugin(parser)
    parser.block.ruler.at("heading", _heading, {"alt": ["paragraph", "reference", "blockquote"]})
    # What was escaped stays apart from what was not: `\<!--` is no comment, `&#42;` no emphasis.
    parser.core.ruler.disable("text_join")
    parser.core.ruler.push("finished", _finished)
    # Addresses stay as written, and all of them are links, so that what is wrong with one can be told.
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    placed = _PlacedInline()
    placed.ruler, placed.ruler2 = parser.inline.ruler, parser.inline.ruler2
    parser.inline = placed
    parser.disable(without)
    placed.shallow = copy.copy(parser)
    placed.shallow.options = OptionsDict({**parser.options, "maxNesting": _DEEPEST_INLINE})  # type: ignore[typeddict-item]
    return parser
