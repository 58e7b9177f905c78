"""Markdown → its blocks, each with its line and its words: headings, paragraphs, list items, tables, HTML and code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kunskapsbank.markup import attributes, commonmark, html
from kunskapsbank.markup.inline import Link, Picture, Words, on_one_line
from kunskapsbank.markup.rendered import rendered
from kunskapsbank.swedish.phrases import listed
from kunskapsbank.swedish.sentences import LINE_BREAK, sentences

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markdown_it.token import Token

    from kunskapsbank.markup.rendered import Rendered

from kunskapsbank.swedish.sentences import Sentence


class Form(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"
    HTML = "html"
    CODE = "code"


@dataclass(frozen=True)
class Block:
    """A block of a text.

    `line` is its first line in the file, `words` what a reader meets, with the lines of the Markdown, `markdown` how it
    is written, without what made the block (indent, list mark, #). `level` and `id` are a heading's, `rows` the cells
    of a table, its head first. `is_bold` is true of a paragraph all in bold.
    """

    form: Form
    line: int
    words: str = ""
    markdown: str = ""
    links: tuple[Link, ...] = ()
    pictures: tuple[Picture, ...] = ()
    level: int = 0
    id: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    is_bold: bool = False

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the words."""
        return tuple(sentences(self.words, self.line))


@dataclass(frozen=True, slots=True)
class Fault:
    """What may not be published: its line, what it is, and what to do about it."""

    line: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Comment:
    """What editors leave for each other, and its line in the file."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Left:
    """Text with a [ that Markdown left as it is written, from a line of the file; \\0 stands for all that it made
    something of.

    So what was meant as a link or a footnote and became none is found in it, but nothing of code.
    """

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Read:
    """A text in blocks. `targets` are all links and pictures, on the lines where their addresses are written.

    `uncalled_notes` has the line of each footnote that the text never calls, by its name.
    """

    blocks: tuple[Block, ...]
    targets: tuple[Link, ...]
    comments: tuple[Comment, ...]
    anchors: frozenset[str]
    faults: tuple[Fault, ...]
    left: tuple[Left, ...]
    uncalled_notes: Mapping[str, int]
    rendered: Rendered | None = None


def read(source: str, first_line: int) -> Read:
    """Take a Markdown text apart; `first_line` is its first line in the file. Raises commonmark.TooDeepError."""
    # As CommonMark counts lines; files have only \n, but a draft may come from anywhere.
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    reader = _Reader(source, first_line)
    tokens = commonmark.tokens(source)
    reader.read(tokens)
    return Read(
        tuple(reader.blocks),
        tuple(reader.targets),
        tuple(reader.comments),
        frozenset(reader.anchors),
        tuple(reader.faults),
        tuple(reader.left),
        {name: line for name, line in reader.notes.items() if name not in reader.called},
        rendered(source, tokens),
    )


# What a paragraph or inline token stands right after where it is no paragraph of running text.
_ITEMS = frozenset({"list_item_open", "dd_open", "dt_open", "admonition_title_open"})
_HTML_HEADING = re.compile("h([1-6])")
_IN_LINES = frozenset("a abbr cite code del em ins kbd q s small span strong sub sup".split())
_FENCE = re.compile(r"(?:^|[ \t>])(`{3,}|~{3,})[ \t]*$")
_LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})


class _Reader:
    """Goes through the tokens once, and through the HTML that some of them hold."""

    def __init__(self, source: str, first_line: int) -> None:
        self.lines = source.split("\n")
        self.first_line = first_line
        self.blocks: list[Block] = []
        self.targets: list[Link] = []
        self.comments: list[Comment] = []
        self.anchors: set[str] = set()
        self.faults: list[Fault] = []
        self.left: list[Left] = []
        # The line of each footnote by its name, and the names that the text calls.
        self.notes: dict[str, int] = {}
        self.called: set[str] = set()
        self.balance = html.Balance(self)
        self.gathered = Words(first_line)
        self.rows: list[list[str]] | None = None
        # The heading that is being read in HTML: its level, line and id.
        self.html_heading: tuple[int, int, str] | None = None
        self.has_tags = False

    def read(self, tokens: Sequence[Token]) -> None:
        for number, token in enumerate(tokens):
            if token.nesting < 0:
                self.balance.finish()
            elif token.nesting > 0:
                self.balance.begin()
            match token.type:
                case "inline":
                    self.inline(token, tokens[number - 1], tokens[number - 2].type if number > 1 else "")
                case "html_block":
                    self.html_block(token)
                case "footnote_reference_open":
                    self.note(str(token.meta["label"]), self.line(token))
                case "fence" | "code_block":
                    self.fence(token)
                    self.blocks.append(Block(Form.CODE, self.line(token), token.content, token.content))
                case "table_open":
                    self.rows, self.gathered = [], Words(self.line(token))
                case "tr_open" if self.rows is not None:
                    self.rows.append([])
                case "tr_close" if self.rows is not None:
                    # The line of dashes under the head has no words.
                    self.gathered.add("\n\n" if len(self.rows) == 1 else "\n")
                case "table_close" if self.rows is not None:
                    self.add(Form.TABLE, self.gathered.line, rows=tuple(map(tuple, self.rows)))
                    self.rows = None
        self.balance.finish()

    def line(self, token: Token) -> int:
        return self.first_line + (token.map[0] if token.map else 0)

    def note(self, name: str, line: int) -> None:
        """Take note of a footnote; of two with one name only the last would be shown."""
        if first := self.notes.get(name):
            hint = "Ge den ena ett annat namn, både här och där den hör till i texten."
            self.problem(line, f"fotnoten [^{name}] står redan på rad {first}", hint)
        self.notes.setdefault(name, line)

    def fence(self, token: Token) -> None:
        """Take note of code that nothing ends: all that follows is shown as code."""
        if token.type == "fence" and token.map:
            first, after = token.map
            last = _FENCE.search(self.lines[min(after, len(self.lines)) - 1])
            if after - first < 2 or not last or last[1][: len(token.markup)] != token.markup:
                hint = f"Sätt en rad med {token.markup} där koden slutar. Är det ingen kod: ta bort {token.markup}"
                self.problem(self.line(token), f"kod som börjar med {token.markup} är inte avslutad", hint)

    def add(self, form: Form, line: int, markdown: str = "", **rest: Any) -> None:
        """Add a block, with the words, links and pictures that were gathered."""
        gathered = self.gathered
        gathered.close()
        pictures = tuple(gathered.pictures)
        self.blocks.append(Block(form, line, gathered.text(), markdown, gathered.links, pictures, **rest))

    def inline(self, token: Token, opened: Token, before: str) -> None:
        """Read what stands in a block that `opened`, after a token of the type `before`."""
        line = self.line(token)
        if self.rows is not None:
            start = self.gathered.count
            self.children(token)
            self.rows[-1].append(on_one_line(self.gathered.text(start)))
            self.gathered.add(" | ")
            return
        self.gathered = Words(line)
        for name, below in attributes.written(opened):
            html.check_attributes([name], line + below, self)
        self.children(token)
        if opened.type == "heading_open":
            self.heading(int(opened.tag[1]), line, str(opened.attrGet("id")), token.content)
        else:
            is_item = before in _ITEMS if opened.type == "paragraph_open" else opened.type in _ITEMS
            form = Form.ITEM if is_item else Form.PARAGRAPH
            self.add(form, line, token.content, is_bold=_is_bold(token.children or []))

    def heading(self, level: int, line: int, anchor: str, markdown: str) -> None:
        self.add(Form.HEADING, line, markdown, level=level, id=anchor)
        if anchor:
            self.anchors.add(anchor)
        if level == 1:
            hint = "Rubriken överst på sidan är titeln. Börja rubrikerna i texten med ##."
            self.problem(line, f"rubriken '{on_one_line(self.gathered.text())}' har nivå 1 (#)", hint)

    def children(self, inline: Token) -> None:
        children = inline.children or ()
        if "[" in inline.content and "[" in (left := "".join(map(_left, children))):
            self.left.append(Left(left, self.line(inline)))
        for child in children:
            line = commonmark.line_of(child, inline, self.first_line)
            if child.attrs:
                html.check_attributes(child.attrs, line, self)
            match child.type:
                case "text" | "text_special":
                    self.gathered.add(child.content)
                    if child.type == "text":
                        html.check_text(child.content, line, self)
                case "code_inline":
                    self.gathered.add(child.content, is_code=True)
                case "softbreak":
                    self.gathered.add("\n")
                case "hardbreak":
                    self.gathered.add(f"{LINE_BREAK}\n")
                case "html_inline":
                    html.read(child.content, line, self)
                case "link_open":
                    target = str(child.attrGet("href"))
                    self.gathered.open_link(target, line)
                    self.target(target, commonmark.address_line(child, line, self.first_line))
                case "link_close":
                    self.gathered.close_link()
                case "footnote_ref":
                    self.called.add(str(child.meta["label"]))
                case "image":
                    target = str(child.attrGet("src"))
                    alternative = commonmark.plain(child.children or ())
                    self.gathered.picture(Picture(alternative, line, target))
                    self.target(target, commonmark.address_line(child, line, self.first_line))

    def html_block(self, token: Token) -> None:
        line = self.line(token)
        self.gathered, self.has_tags = Words(line), False
        html.read(token.content, line, self)
        if self.html_heading:
            self.end_heading()
        self.add_html(line, token.content)

    def add_html(self, line: int, markdown: str) -> None:
        """Add what was gathered of HTML, if there is more than comments in it."""
        if self.has_tags or self.gathered.text().strip():
            self.add(Form.HTML, line, markdown)

    def tag(self, name: str, attributes: Mapping[str, str], line: int) -> None:
        """Take note of a tag in HTML."""
        self.balance.start(name, line)
        if anchor := attributes.get("id"):
            self.anchors.add(anchor)
        for target in (attributes[key] for key in ("href", "src") if key in attributes):
            self.target(target, line)
        if name == "br":
            self.gathered.add(LINE_BREAK)
        elif name == "a" and "href" in attributes:
            self.gathered.open_link(attributes["href"], line)
        elif name == "img":
            alternative = on_one_line(attributes.get("alt", ""))
            self.gathered.picture(Picture(alternative, line, attributes.get("src", "")))
        elif level := _HTML_HEADING.fullmatch(name):
            self.add_html(self.gathered.line, "")
            self.html_heading = int(level[1]), line, anchor or ""
            self.gathered = Words(line)
            return
        elif name not in _IN_LINES:
            self.gathered.add(" ")
        self.has_tags = True

    def end(self, name: str, line: int) -> None:
        """Take note of the end of an element in HTML."""
        self.balance.end(name, line)
        if name == "a":
            self.gathered.close_link()
        elif self.html_heading and name == f"h{self.html_heading[0]}":
            self.end_heading()

    def end_heading(self) -> None:
        """Add the heading in HTML that is being read."""
        if self.html_heading:
            level, line, anchor = self.html_heading
            self.html_heading = None
            self.heading(level, line, anchor, "")
            self.gathered, self.has_tags = Words(line), False

    def words(self, text: str) -> None:
        """Take note of text between the tags of HTML."""
        self.gathered.add(text)

    def comment(self, text: str, line: int) -> None:
        """Take note of a comment."""
        self.comments.append(Comment(text, line))

    def problem(self, line: int, message: str, hint: str) -> None:
        """Take note of what may not be published."""
        self.faults.append(Fault(line, message, hint))

    def target(self, target: str, line: int) -> None:
        """Take note of an address, and whether it may be led to."""
        scheme = re.match(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*):", re.sub(r"[\x00-\x20]", "", target))
        if scheme and scheme[1].lower() not in _LINK_SCHEMES:
            schemes = listed([f"{safe}:" for safe in sorted(_LINK_SCHEMES)], "eller")
            hint = f"En länk börjar med {schemes}, eller pekar på en fil i banken."
            self.problem(line, f"länken börjar med {scheme[1]}:", hint)
        else:
            self.targets.append(Link(target, line))


def _left(child: Token) -> str:
    if child.type in {"softbreak", "hardbreak"}:
        return "\n"
    return child.content if child.type == "text" else "\0"


def _is_bold(children: Sequence[Token]) -> bool:
    """Tell whether all of a paragraph stands in one pair of bold marks."""
    seen = [child for child in children if child.type != "text" or child.content.strip()]
    strong = [child for child in seen if child.type in {"strong_open", "strong_close"}]
    return len(strong) == 2 and seen[0] is strong[0] and seen[-1] is strong[1]
