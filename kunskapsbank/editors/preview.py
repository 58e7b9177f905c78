"""A document's Markdown → the HTML that its page will have, made harmless: it is shown while it is being written."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from markdown_it.token import Token

from kunskapsbank.markup import body, commonmark
from kunskapsbank.markup.commonmark import TooDeepError
from kunskapsbank.markup.html import may_stand

if TYPE_CHECKING:
    from collections.abc import Iterable

_EMPTY = frozenset({"br", "hr", "img"})
_KEPT = frozenset({"align", "alt", "class", "colspan", "rowspan", "src", "start", "title"})


def html(source: str) -> str:
    """Return harmless HTML for a Markdown body, whatever stands in it.

    HTML that the bank lets nobody use is shown as it was written. Links are marked and lead nowhere. A picture has the
    address that it has in the text, for whoever shows the page to put the picture in its place.
    """
    try:
        found = commonmark.tokens(source)
    except TooDeepError:
        return f"<p>{escape(source)}</p>"
    reader = _Harmless()
    reader.feed(body.without_comments(_with_notes(found)))
    reader.close()
    return "".join(reader.parts)


def _with_notes(found: Iterable[Token]) -> str:
    """Return the HTML with the footnotes below the text, those first that are called first."""
    text: list[Token] = []
    notes: dict[str, list[Token]] = {}
    within = text
    for token in found:
        if token.type == "footnote_reference_open":
            within = notes.setdefault(token.meta["label"], [])
        elif token.type == "footnote_reference_close":
            within = text
        else:
            within.append(token)
    called: dict[str, int] = {}
    for token in text:
        if token.children:
            token.children = [_called(child, called) for child in token.children]
    below = [notes[label] for label in (*called, *(notes.keys() - called.keys())) if label in notes]
    listed = "".join(f"<li>{commonmark.html(note)}</li>" for note in below)
    return commonmark.html(text) + (f'<div class="footnote"><hr><ol>{listed}</ol></div>' if listed else "")


def _called(token: Token, called: dict[str, int]) -> Token:
    if token.type != "footnote_ref":
        return token
    number = called.setdefault(token.meta["label"], len(called) + 1)
    return Token("html_inline", "", 0, content=f"<sup>{number}</sup>")


class _Harmless(HTMLParser):
    """Writes again what may stand in a document, and anything else as the text that it is."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if not may_stand(tag, attributes):
            self.parts.append(escape(self.get_starttag_text() or ""))
            return
        shown = {name: value for name, value in attributes.items() if name in _KEPT}
        if ":" in shown.get("src", ""):
            del shown["src"]
        if tag == "a":
            shown = {"class": "kb-preview__link"}
        written = "".join(f' {name}="{escape(value)}"' for name, value in shown.items())
        self.parts.append(f"<{_shown_as(tag)}{written}>")
        if tag not in _EMPTY:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()
            self.parts.append(f"</{_shown_as(tag)}>")
        elif tag not in _EMPTY:
            self.parts.append(escape(f"</{tag}>"))

    def handle_data(self, data: str) -> None:
        self.parts.append(escape(data))

    def handle_decl(self, decl: str) -> None:
        self.parts.append(escape(f"<!{decl}>"))

    def unknown_decl(self, data: str) -> None:
        self.parts.append(escape(f"<![{data}]>"))

    def handle_pi(self, data: str) -> None:
        self.parts.append(escape(f"<?{data}>"))


def _shown_as(tag: str) -> str:
    """Nothing in a preview leads anywhere."""
    return "span" if tag == "a" else tag
