"""The tokens of a text → the HTML that its page shows, with the addresses in it apart, and what its contents list.

A page's addresses hang on where other pages lie, so they are filled in when it is written. The HTML is to the letter
what Python-Markdown writes of the same tokens; a text with HTML or footnotes in it is left to that.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from kunskapsbank.markup import commonmark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from markdown_it.token import Token

# What Python-Markdown sets on lines of their own, of all that a text can have.
_BLOCKS = frozenset("blockquote dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre table tbody td th thead tr ul".split())
_EMPTY = frozenset({"br", "hr", "img"})
_ADDRESSES = {"a": "href", "img": "src"}
# Where a heading has one of these, Python-Markdown has rules of its own for how it is listed.
_UNUSUAL = frozenset("&<>")
_CONTENTS_HERE = "[TOC]"


@dataclass(frozen=True, slots=True)
class Rendered:
    """`pieces` are HTML and addresses by turns, HTML first and last; `headings` have level, id and name in HTML."""

    pieces: tuple[str, ...]
    headings: tuple[tuple[int, str, str], ...]


NOTHING = Rendered(("",), ())
"""What a page shows that has no text."""


def rendered(source: str, tokens: Sequence[Token]) -> Rendered | None:
    """Return what a page shows of a text, None where that is left to others."""
    if _CONTENTS_HERE in source:
        return None
    writer = _Writer()
    if not writer.add(tokens):
        return None
    headings = []
    for token, inline in pairwise(tokens):
        if token.type == "heading_open":
            name = _name(inline.children or ())
            if token.tag == "h1" or _UNUSUAL.intersection(name) or "data-toc-label" in token.attrs:
                return None
            headings.append((int(token.tag[1]), str(token.attrs["id"]), name))
    return Rendered(tuple(writer.finished()), tuple(headings))


def _name(children: Iterable[Token]) -> str:
    found = ("\n" if one.type in {"softbreak", "hardbreak"} else "" if one.type == "image" else one.content
             for one in children)  # fmt: skip
    return " ".join("".join(found).split())


class _Writer:
    """Writes the HTML; between two tags it knows both, as Python-Markdown breaks lines by what they are."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._html: list[str] = []
        self._text = ""
        # The tag that was written last, and whether it opened an element. All stands in a div that is not written.
        self._last, self._is_open = "div", True
        self._open: list[str] = []

    def add(self, tokens: Iterable[Token]) -> bool:
        """Write tokens; tell whether all of them can be."""
        for token in tokens:
            match token.type:
                case "inline":
                    if not self.add(token.children or ()):
                        return False
                case "text" | "text_special":
                    self._text += token.content
                case "softbreak":
                    self._text += "\n"
                case "hardbreak":
                    self._begin("br", {})
                case "code_inline":
                    self._begin("code", {})
                    self._text = token.content
                    self._end("code")
                case "fence" | "code_block":
                    self._code(token)
                case "image":
                    alternative = commonmark.plain(token.children or ())
                    self._begin("img", {**token.attrs, "alt": alternative})
                case _ if token.type.startswith(("html_", "footnote_")):
                    return False
                case _ if token.hidden or not token.tag:
                    pass
                case _ if token.nesting < 0:
                    self._end(token.tag)
                case _:
                    self._begin(token.tag, token.attrs)
        return True

    def finished(self) -> list[str]:
        """Return HTML and addresses by turns."""
        self._close_text("div", is_open=False)
        pieces = [*self._pieces, "".join(self._html)]
        pieces[0] = pieces[0].lstrip()
        pieces[-1] = pieces[-1].rstrip()
        return pieces

    def _code(self, token: Token) -> None:
        language = token.info.split(maxsplit=1)[:1]
        self._begin("pre", {})
        self._begin("code", {"class": f"language-{language[0]}"} if language else {})
        self._text = f"{token.content.rstrip()}\n"
        self._end("code")
        self._end("pre")

    def _begin(self, tag: str, attributes: Mapping[str, str | int | float]) -> None:
        self._close_text(tag, is_open=True)
        self._html.append(f"<{tag}")
        for name, value in sorted(attributes.items()):
            if name == _ADDRESSES.get(tag):
                self._pieces += ["".join((*self._html, f' {name}="')), str(value)]
                self._html = ['"']
            else:
                self._html.append(f' {name}="{escaped(str(value))}"')
        self._html.append(" />" if tag in _EMPTY else ">")
        self._last, self._is_open = tag, tag not in _EMPTY

    def _end(self, tag: str) -> None:
        self._close_text(tag, is_open=False)
        self._html.append(f"</{tag}>")
        self._last, self._is_open = tag, False

    def _close_text(self, tag: str, is_open: bool) -> None:
        """Write the text that was gathered, now that it is known what it stands before."""
        text, self._text = self._text, ""
        is_blank = not text.strip()
        if self._is_open:
            if is_blank and is_open and tag in _BLOCKS and self._last in _BLOCKS and self._last != "pre":
                text = "\n"
        elif self._last == "br":
            text = "\n" if is_blank else f"\n{text}"
        elif is_blank and self._last in _BLOCKS:
            text = "\n"
        if text:
            self._html.append(escaped_text(text))


def escaped_text(text: str) -> str:
    """Return text as it stands between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escaped(text: str) -> str:
    """Return text as it stands in an attribute."""
    return escaped_text(text).replace('"', "&quot;")
