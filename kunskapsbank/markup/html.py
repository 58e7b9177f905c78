"""HTML that stands in a Markdown text → its tags, one at a time, and what may not be published of it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Protocol

from kunskapsbank.swedish.letters import LETTER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_ELEMENTS = frozenset(
    "a abbr blockquote br cite code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr img ins kbd li ol p pre q s small span "
    "strong sub sup table tbody td tfoot th thead tr ul".split()
)
_ATTRIBUTES = frozenset(
    "align alt class colspan data-footnote-backref height href id lang role rowspan scope src start title width".split()
)

_UNCLOSED_COMMENT = (
    "en kommentar är inte avslutad",
    "Sluta den med --> i samma stycke, eller börja den på en rad för sig. Annars syns den på sidan.",
)
_NEARLY_A_TAG = re.compile(rf"<({LETTER}[^\s<>/]*)>")


# They have no end (html.spec.whatwg.org, 13.1.2 Elements: void elements).
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())


class Reader(Protocol):
    """Whoever reads the text that the HTML stands in."""

    def tag(self, name: str, attributes: Mapping[str, str], line: int) -> None:
        """Take note of a tag that opens an element."""

    def end(self, name: str, line: int) -> None:
        """Take note of a tag that closes one."""

    def words(self, text: str) -> None:
        """Take note of text between tags."""

    def comment(self, text: str, line: int) -> None:
        """Take note of a comment."""

    def problem(self, line: int, message: str, hint: str) -> None:
        """Take note of what may not be published."""


def read(html: str, line: int, reader: Reader) -> None:
    """Tell `reader` of what stands in a piece of HTML whose first line in the file is `line`."""
    parser = _Parser(line, reader)
    parser.feed(html)
    if "<!--" in parser.rawdata:
        reader.problem(parser.line, *_UNCLOSED_COMMENT)
    elif "<" in parser.rawdata:
        hint = "Avsluta taggen med >, eller skriv &lt; om tecknet < ska synas i texten."
        reader.problem(parser.line, "en HTML-tagg är inte avslutad", hint)
    else:
        parser.close()


def check_text(text: str, line: int, reader: Reader) -> None:
    """Tell `reader` of what looks like HTML in text that is none: comments without an end, tags with å, ä or ö."""
    if "<" in text:
        if "<!--" in text:
            reader.problem(line, *_UNCLOSED_COMMENT)
        for found in _NEARLY_A_TAG.finditer(text):
            _refuse(found[1], line, reader)


def _refuse(element: str, line: int, reader: Reader) -> None:
    hint = "Skriv texten med Markdown i stället, utan HTML. Om tecknet < ska synas i texten: skriv &lt;"
    reader.problem(line, f"HTML-elementet <{element}> får inte användas", hint)


def may_stand(element: str, attributes: Iterable[str]) -> bool:
    """Tell whether an element with these attributes may be published."""
    return element in _ELEMENTS and _ATTRIBUTES.issuperset(attributes)


def check_attributes(names: Iterable[str], line: int, reader: Reader) -> None:
    """Tell `reader` of the attributes that may not be used."""
    for name in sorted(set(names) - _ATTRIBUTES):
        reader.problem(line, f"HTML-attributet {name} får inte användas", "Ta bort det.")


class Balance:
    """Follows which elements of HTML are open in a part of a text: what begins in a part ends there."""

    def __init__(self, reader: Reader) -> None:
        """Take who is told of what is not balanced."""
        self._reader = reader
        self._open: list[list[tuple[str, int]]] = [[]]

    def begin(self) -> None:
        """Begin a part inside the one at hand: a paragraph, an item of a list."""
        self._open.append([])

    def finish(self) -> None:
        """End the part that was begun last, or the whole text."""
        for name, line in self._open.pop():
            self._unclosed(name, line)

    def start(self, name: str, line: int) -> None:
        """Take note of a tag that opens an element."""
        if name not in _VOID:
            self._open[-1].append((name, line))

    def end(self, name: str, line: int) -> None:
        """Take note of a tag that closes one."""
        within = self._open[-1]
        if name in _VOID:
            self._reader.problem(line, f"</{name}> avslutar ingenting", f"Skriv <{name}>: den taggen avslutas inte.")
        elif not any(opened == name for opened, _ in within):
            hint = f"Ta bort </{name}>, eller sätt <{name}> där det ska börja, i samma stycke eller lista."
            self._reader.problem(line, f"</{name}> avslutar ingenting", hint)
        else:
            while within[-1][0] != name:
                self._unclosed(*within.pop())
            within.pop()

    def _unclosed(self, name: str, line: int) -> None:
        # Of an element that may not be used, that is told, and no more.
        if name in _ELEMENTS:
            hint = f"Sätt </{name}> där det ska sluta, i samma stycke eller lista som det börjar."
            self._reader.problem(line, f"<{name}> är inte avslutad", hint)


class _Parser(HTMLParser):
    def __init__(self, first_line: int, reader: Reader) -> None:
        super().__init__(convert_charrefs=True)
        self.first_line = first_line
        self.reader = reader

    @property
    def line(self) -> int:
        return self.first_line + self.getpos()[0] - 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _ELEMENTS:
            _refuse(tag, self.line, self.reader)
        else:
            check_attributes((name for name, _ in attrs), self.line, self.reader)
        self.reader.tag(tag, {name: value or "" for name, value in attrs}, self.line)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in _ELEMENTS - _VOID:
            # A browser takes no notice of the slash, and would leave the element open.
            self.reader.end(tag, self.line)
            hint = f"Skriv <{tag}></{tag}>, eller ta bort taggen."
            self.reader.problem(self.line, f"<{tag}> avslutas inte av ett snedstreck", hint)

    def handle_endtag(self, tag: str) -> None:
        self.reader.end(tag, self.line)

    def handle_data(self, data: str) -> None:
        self.reader.words(data)

    def handle_comment(self, data: str) -> None:
        self.reader.comment(data, self.line)
        # Browsers end these comments earlier than Python does, and would read on as if it were the page.
        if data.startswith((">", "->")) or "--!>" in data:
            hint = "Börja kommentaren med <!-- och ett mellanslag, och sluta den med ett mellanslag och -->."
            self.reader.problem(self.line, "en kommentar går inte att läsa säkert", hint)

    def handle_decl(self, decl: str) -> None:
        self._no_markup("<!")

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            # Some versions of Python give up at <![ and no name.
            self._no_markup("<!")
            return i + len("<![")

    def unknown_decl(self, data: str) -> None:
        self._no_markup("<!")

    def handle_pi(self, data: str) -> None:
        self._no_markup("<?")

    def _no_markup(self, start: str) -> None:
        # Browsers pass these over, but end them earlier than Python does.
        hint = f"Ta bort koden. Om tecknet < ska synas i texten: skriv &lt;{start[1]}"
        self.reader.problem(self.line, f"koden {start} får inte användas", hint)
