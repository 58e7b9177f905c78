"""A document's Markdown → its headings, links and plain text, and what may not stand in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import markdown

from kunskapsbank.problems import Problem
from kunskapsbank.swedish.phrases import listed
from kunskapsbank.swedish.text import slugify

if TYPE_CHECKING:
    from collections.abc import Mapping

# The Markdown of the bank. The plugins hand the same list to MkDocs, so what is checked is what is published.
EXTENSIONS: tuple[str, ...] = (
    "admonition",
    "attr_list",
    "def_list",
    "fenced_code",
    "footnotes",
    "sane_lists",
    "tables",
    "toc",
)


def _heading_id(text: str, separator: str) -> str:
    return slugify(text).replace("-", separator)


EXTENSION_OPTIONS: Mapping[str, Mapping[str, object]] = {
    "footnotes": {"BACKLINK_TITLE": "Tillbaka till fotnot {} i texten"},
    # The align attribute, as a style attribute is stopped by the site's Content-Security-Policy.
    "tables": {"use_align_attribute": True},
    "toc": {"slugify": _heading_id},
}

_ELEMENTS = frozenset(
    "a abbr blockquote br cite code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr img ins kbd li ol p pre q s small span "
    "strong sub sup table tbody td tfoot th thead tr ul".split()
)
_ATTRIBUTES = frozenset(
    "align alt class colspan data-footnote-backref height href id lang role rowspan scope src start title width".split()
)
_SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the text: its level (2–6), its text and its anchor."""

    level: int
    text: str
    id: str


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link or picture points, as written, and its line in the file."""

    target: str
    line: int


@dataclass(frozen=True, slots=True)
class Body:
    """A document's text: the Markdown, its headings, links and anchors, and its words without headings and markup."""

    markdown: str = ""
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    anchors: frozenset[str] = frozenset()
    text: str = ""


def parse(file: str, source: str, first_line: int) -> tuple[Body, list[Problem]]:
    """Read a Markdown body; `first_line` is its first line in `file`. Returns it and what may not stand in it."""
    reader = _Reader(file, source, first_line)
    converter = markdown.Markdown(extensions=list(EXTENSIONS), extension_configs=_options())
    reader.feed(converter.convert(source))
    reader.close()
    text = re.sub(r"[ \t]+", " ", "".join(reader.text))
    body = Body(
        source,
        tuple(reader.headings),
        tuple(reader.links),
        frozenset(reader.anchors),
        re.sub(r" ?\n\s*", "\n", text).strip(),
    )
    return body, reader.problems


def without_comments(html: str) -> str:
    """Return a page's HTML without the comments that editors leave for each other."""
    # In HTML that `parse` lets through, these marks stand nowhere else: < is escaped in text, code and attributes.
    return re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)


def _options() -> dict[str, dict[str, object]]:
    return {name: dict(options) for name, options in EXTENSION_OPTIONS.items()}


class _Reader(HTMLParser):
    """Goes through the HTML that the Markdown gives, as only it shows what a browser would be handed."""

    def __init__(self, file: str, source: str, first_line: int) -> None:
        super().__init__(convert_charrefs=True)
        self.file = file
        self.source = _without_code(source)
        self.first_line = first_line
        self.headings: list[Heading] = []
        self.links: list[Link] = []
        self.anchors: set[str] = set()
        self.text: list[str] = []
        self.problems: list[Problem] = []
        self._heading: Heading | None = None
        self._heading_text: list[str] = []
        self._found: dict[str, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self._check(tag, attributes)
        if anchor := attributes.get("id"):
            self.anchors.add(anchor)
        for name in ("href", "src"):
            if name in attributes:
                self._link(attributes[name])
        if re.fullmatch(r"h[1-6]", tag):
            self._heading = Heading(int(tag[1]), "", attributes.get("id", ""))
            self._heading_text = []
        if tag == "img" and attributes.get("alt"):
            self.text.append(f" {attributes['alt']} ")
        if tag not in {
            "a",
            "abbr",
            "code",
            "del",
            "em",
            "ins",
            "kbd",
            "q",
            "s",
            "small",
            "span",
            "strong",
            "sub",
        }:
            self.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._heading and re.fullmatch(r"h[1-6]", tag):
            heading = Heading(self._heading.level, " ".join("".join(self._heading_text).split()), self._heading.id)
            self.headings.append(heading)
            self._heading = None
            if heading.level == 1:
                hint = "Rubriken överst på sidan är titeln. Börja rubrikerna i texten med ##."
                line = self._line_of(_LEVEL_ONE)
                self.problems.append(Problem(self.file, line, "", f"rubriken '{heading.text}' har nivå 1 (#)", hint))

    def handle_data(self, data: str) -> None:
        (self._heading_text if self._heading else self.text).append(data)

    def _check(self, tag: str, attributes: dict[str, str]) -> None:
        if tag not in _ELEMENTS:
            hint = "Skriv texten med Markdown i stället, utan HTML. Om tecknet < ska synas i texten: skriv &lt;"
            self._problem(f"<{tag}", f"HTML-elementet <{tag}> får inte användas", hint)
            return
        for name in sorted(set(attributes) - _ATTRIBUTES):
            self._problem(name, f"HTML-attributet {name} får inte användas", "Ta bort det.")

    def handle_comment(self, data: str) -> None:
        # Browsers end these comments earlier than Python does, and would read on as if it were the page.
        if data.startswith((">", "->")) or "--!>" in data:
            hint = "Börja kommentaren med <!-- och ett mellanslag, och sluta den med ett mellanslag och -->."
            self._problem("<!--", "en kommentar går inte att läsa säkert", hint)

    def handle_decl(self, decl: str) -> None:
        self._no_markup("<!")

    def unknown_decl(self, data: str) -> None:
        self._no_markup("<!")

    def handle_pi(self, data: str) -> None:
        self._no_markup("<?")

    def _no_markup(self, start: str) -> None:
        # Browsers pass these over, but end them earlier than Python does.
        hint = f"Ta bort koden. Om tecknet < ska synas i texten: skriv &lt;{start[1]}"
        line = self._line_of(re.escape(start))
        self.problems.append(Problem(self.file, line, "", f"koden {start} får inte användas", hint))

    def _link(self, target: str) -> None:
        line = self._line_of(_pattern(target) if target.strip() else r"\]\(\s*\)")
        scheme = re.match(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*):", re.sub(r"[\x00-\x20]", "", target))
        if scheme and scheme[1].lower() not in _SAFE_SCHEMES:
            schemes = listed([f"{safe}:" for safe in sorted(_SAFE_SCHEMES)], "eller")
            hint = f"En länk börjar med {schemes}, eller pekar på en fil i banken."
            self.problems.append(Problem(self.file, line, "", f"länken börjar med {scheme[1]}:", hint))
        else:
            self.links.append(Link(target, line))

    def _problem(self, needle: str, message: str, hint: str) -> None:
        self.problems.append(Problem(self.file, self._line_of(_pattern(needle)), "", message, hint))

    def _line_of(self, pattern: str) -> int:
        """Return the file's line with the n-th occurrence of `pattern`, n being how often it was asked for."""
        skip = self._found.get(pattern, 0)
        self._found[pattern] = skip + 1
        places = [match.start() for match in re.finditer(pattern, self.source, re.IGNORECASE | re.MULTILINE)]
        if not places:
            return self.first_line
        return self.first_line + self.source.count("\n", 0, places[min(skip, len(places) - 1)])


_LEVEL_ONE = r"^ {0,3}#(?!#)|^.*\S.*(?=\n=+ *$)"


def _pattern(needle: str) -> str:
    """Return a regular expression for `needle` where it stands by itself: index.md, not ../index.md."""
    start = r"(?<![\w./#-])" if re.match(r"[\w./#-]", needle) else ""
    end = r"(?![\w#/-])" if needle else ""
    return f"{start}{re.escape(needle)}{end}"


CODE = r"^(`{3,}|~{3,})[^\n]*\n.*?^\1 *$|(?<!`)(`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)\2(?!`)|<!--(?!-?>).*?-->"
"""What is shown as it stands, code and comments; it means the same in Python and JavaScript with the flags "ms"."""


def _without_code(source: str) -> str:
    """Return the source with code and comments blanked out; the lines stay."""
    return re.sub(CODE, lambda match: re.sub(r"[^\n]", " ", match[0]), source, flags=re.DOTALL | re.MULTILINE)
