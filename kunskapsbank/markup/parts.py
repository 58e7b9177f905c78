"""A page's own text and the texts of other files that it shows in full, as one Markdown text and back as tokens.

Each text is read by itself, as its own page reads it: its headings stand one level below the heading that it is given,
and its anchors and footnotes are kept apart from those of the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.markup import commonmark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it.token import Token

# Begins a part: no file may hold it, as it cannot be seen.
_MARK = "\x1e"
_DEEPEST_HEADING = 6


@dataclass(frozen=True, slots=True)
class Part:
    """A text shown on another page: the heading that it is given there, the anchor of that, and its Markdown."""

    heading: str
    anchor: str
    markdown: str


def joined(own: str, parts: Iterable[Part]) -> str:
    """Return a page's own text and the others as one text, for `tokens`."""
    return own + "".join(f"\n{_MARK}{part.anchor} {part.heading}\n{part.markdown}" for part in parts)


def tokens(text: str) -> list[Token]:
    """Return the tokens of a text that `joined` may have made; raises commonmark.TooDeepError."""
    own, *others = text.split(f"\n{_MARK}")
    found = commonmark.tokens(own)
    for other in others:
        first_line, _, markdown = other.partition("\n")
        anchor, _, heading = first_line.partition(" ")
        found += commonmark.tokens(f"## {heading}\n")
        found[-3].attrSet("id", anchor)
        inner = commonmark.tokens(markdown)
        for token in _all(inner):
            _set_apart(token, anchor)
        found += inner
    return found


def _all(found: Iterable[Token]) -> Iterator[Token]:
    for token in found:
        yield token
        yield from token.children or ()


def _set_apart(token: Token, anchor: str) -> None:
    """Lower a heading, and begin the names that lead about in the text with the part's own."""
    if token.type in {"heading_open", "heading_close"}:
        token.tag = f"h{min(int(token.tag[1:]) + 1, _DEEPEST_HEADING)}"
    if "id" in token.attrs:
        token.attrs["id"] = f"{anchor}-{token.attrs['id']}"
    href = str(token.attrs.get("href", ""))
    if href.startswith("#"):
        token.attrs["href"] = f"#{anchor}-{href[1:]}"
    if token.type.startswith("footnote_") and "label" in token.meta:
        token.meta["label"] = f"{anchor}-{token.meta['label']}"
