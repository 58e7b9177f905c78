"""What stands in a paragraph → pieces of text with how they look and where they lead, and those pieces as HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from kunskapsbank.intake import told
from kunskapsbank.intake.remarks import quoted
from kunskapsbank.intake.word import fields, formulas, symbols
from kunskapsbank.intake.word.names import first, name, value
from kunskapsbank.intake.word.styles import Look, look

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from xml.etree.ElementTree import Element

    from kunskapsbank.intake.remarks import Told
    from kunskapsbank.intake.word.blocks import Writer

# Struck by one who reviewed the text, or moved from here.
STRUCK = frozenset({"w:del", "w:moveFrom"})
ADDED = frozenset({"w:ins", "w:moveTo"})
# Round the text, and nothing of it.
WRAPPERS = frozenset({"w:customXml", "w:smartTag", "w:sdtContent", *ADDED})
# A new page in the middle of a paragraph: what stands on either side is apart.
PAGE_BREAK = "\f"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of HTML that looks the same all through; `marks` are the elements round it, `link` where it leads."""

    html: str
    marks: tuple[str, ...] = ()
    link: str = ""


def html(pieces: Iterable[Piece]) -> str:
    """Return the pieces as HTML, those side by side that are alike in one element."""
    return "".join(_linked(link, list(alike)) for link, alike in groupby(pieces, key=lambda piece: piece.link))


def _linked(link: str, pieces: Iterable[Piece]) -> str:
    inner = "".join(
        _marked("".join(piece.html for piece in alike), marks)
        for marks, alike in groupby(pieces, key=lambda piece: piece.marks)
    )
    return f'<a href="{escape(link)}">{inner}</a>' if link else inner


def _marked(inner: str, marks: tuple[str, ...]) -> str:
    for mark in reversed(marks):
        inner = f"<{mark}>{inner}</{mark}>"
    return inner


class Runs:
    """Reads what stands in paragraphs. Fields and links may begin in one and end in another."""

    def __init__(self, writer: Writer) -> None:
        """Take the writer, which knows the styles, the parts and what to tell."""
        self.writer = writer
        self.fields: list[fields.Field] = []
        self.links: list[str] = []
        # Whether all text is hidden by the style of the paragraph.
        self.base = Look()
        # How many struck parts we are in, of which only the fields' marks count.
        self.struck_parts = 0

    def pieces(self, element: Element) -> Iterator[Piece]:
        """Yield what stands in an element that holds runs."""
        for child in element:
            kind = name(child.tag)
            if kind == "w:r":
                yield from self.run(child)
            elif kind in _READERS:
                yield from _READERS[kind](self, child)
            elif kind == "mc:AlternateContent":
                yield from self.alternative(child, self.pieces)
            elif kind not in {"w:pPr", "w:sdtPr"} and len(child):
                # Wrappers, known (w:ins, w:smartTag, w:dir, w:bdo) and unknown: the text is always in runs.
                yield from self.pieces(child)

    def alternative(self, element: Element, read: Callable[[Element], Iterator[Piece]]) -> Iterator[Piece]:
        """Yield what the first of several forms of the same says, or the next where it says nothing."""
        missed: list[list[tuple[Told, str]]] = []
        for form in element:
            boxes, lost = len(self.writer.boxes), len(self.writer.lost)
            found = list(read(form))
            if found or len(self.writer.boxes) > boxes:
                yield from found
                return
            missed.append(self.writer.lost[lost:])
            del self.writer.lost[lost:]
        self.writer.lost += next(filter(None, missed), [])

    def link(self, element: Element) -> Iterator[Piece]:
        """Yield the text of a link."""
        target = self.writer.target(value(element, "r:id"))
        bookmark = value(element, "w:anchor")
        self.links.append(f"{target}#{bookmark}" if bookmark else target)
        yield from self.pieces(element)
        self.links.pop()

    def simple_field(self, element: Element) -> Iterator[Piece]:
        """Yield the result of a field that is written as one element."""
        self.fields.append(fields.Field(value(element, "w:instr"), in_result=True))
        yield from self.pieces(element)
        yield from self.field_ended()

    def control(self, element: Element) -> Iterator[Piece]:
        """Yield what is filled in in a content control."""
        properties, content = first(element, "w:sdtPr"), first(element, "w:sdtContent")
        if self.writer.is_unfilled(element):
            return
        found = list(self.pieces(content)) if content is not None else []
        box = first(properties, "w14:checkbox")
        if box is not None and not found:
            is_checked = value(first(box, "w14:checked"), "w14:val", "0") in {"1", "true"}
            found = [self.piece(fields.CHECKED if is_checked else fields.UNCHECKED, Look())]
        yield from found

    def bookmark(self, element: Element) -> Iterator[Piece]:
        """Yield a place that links may lead to."""
        key = value(element, "w:name")
        if key and not key.startswith("_GoBack") and self.is_seen:
            yield Piece(f'<a id="{escape(key)}"></a>')

    def formula(self, element: Element) -> Iterator[Piece]:
        """Yield a formula as text."""
        parts = [one for one in element if name(one.tag) == "m:oMath"] or [element]
        for part in parts:
            written = formulas.text(part)
            if written and self.is_seen:
                self.writer.tell(told.FORMULA, quoted(written))
                self.writer.passed(written)
                yield Piece(escape(written, quote=False))

    def elsewhere(self, element: Element) -> Iterator[Piece]:
        """Tell of a part of the document that lies in another file."""
        self.writer.tell(told.ELSEWHERE, self.writer.place())
        yield from ()

    def struck(self, element: Element) -> Iterator[Piece]:
        """Yield nothing, but follow the fields that begin or end in struck text."""
        self.struck_parts += 1
        yield from self.pieces(element)
        self.struck_parts -= 1

    @property
    def is_seen(self) -> bool:
        """Whether what stands here is seen: not struck, in no instruction of a field and no list that Word has made."""
        return not self.struck_parts and all(one.in_result and not one.is_contents for one in self.fields)

    def run(self, element: Element) -> Iterator[Piece]:
        """Yield what stands in a run."""
        properties = first(element, "w:rPr")
        shown = self.base
        if properties is not None:
            style = value(first(properties, "w:rStyle"))
            shown = look(properties).over(self.writer.styles.character(style) if style else Look()).over(self.base)
        yield from self.signs(element, shown)

    def signs(self, element: Element, shown: Look) -> Iterator[Piece]:
        """Yield the parts of a run one by one."""
        for child in element:
            yield from self.sign(child, shown)

    def sign(self, element: Element, shown: Look) -> Iterator[Piece]:
        """Yield one part of a run: text, a break, a sign, a field's mark, a call of a note or a drawing."""
        kind = name(element.tag)
        if kind == "w:fldChar":
            yield from self.field_mark(element)
        elif kind == "w:instrText":
            if self.fields and not self.fields[-1].in_result:
                self.fields[-1].instruction += element.text or ""
        elif not self.is_seen:
            return
        elif kind in _DRAWINGS:
            if not shown.hidden:
                yield from self.writer.drawing(element)
        elif kind == "mc:AlternateContent":
            yield from self.alternative(element, lambda form: self.signs(form, shown))
        elif kind == "w:ruby":
            yield from self.ruby(element)
        elif kind in {"w:footnoteReference", "w:endnoteReference"}:
            if not shown.hidden:
                yield Piece(self.writer.note(kind.removeprefix("w:").removesuffix("Reference"), value(element, "w:id")))
        elif text := self.text(element, kind, shown):
            if shown.hidden:
                if text.strip():
                    self.writer.tell(told.HIDDEN, self.writer.place())
            else:
                self.noted()
                yield self.piece(text, shown)

    def text(self, element: Element, kind: str, shown: Look) -> str:
        """Return the characters of a part of a run."""
        if kind in _SIGNS:
            return _SIGNS[kind]
        if kind == "w:br":
            return PAGE_BREAK if value(element, "w:type") in {"page", "column"} else "\n"
        if kind == "w:sym":
            number = value(element, "w:char")
            number = number if re.fullmatch("[0-9a-fA-F]{1,4}", number) else "20"
            return self.symbol(value(element, "w:font"), int(number, 16))
        if kind != "w:t":
            return ""
        text, lost = symbols.readable(element.text or "", shown.font)
        if lost:
            self.writer.tell(told.SYMBOL, self.writer.place())
        return text

    def symbol(self, font: str, number: int) -> str:
        """Return a sign of a font, and tell where it is not known."""
        found = symbols.shown(font, number) if symbols.is_of_signs(font) or number >= 0xE000 else chr(number)
        if not found:
            self.writer.tell(told.SYMBOL, self.writer.place())
        return found

    def piece(self, text: str, shown: Look) -> Piece:
        """Return text as a piece that looks and leads as it does here."""
        self.writer.passed(text)
        marks = [mark for mark, so in (("strong", shown.bold), ("em", shown.italic), ("s", shown.struck)) if so]
        if shown.position in {"sup", "sub"}:
            marks.append(shown.position)
        link = next((one for one in reversed(self.links) if one), "")
        link = next((one.link for one in reversed(self.fields) if one.link), link)
        return Piece(escape(text, quote=False).replace("\n", "<br>"), tuple(marks), link)

    def ruby(self, element: Element) -> Iterator[Piece]:
        """Yield the text, and after it in parentheses what stands above it."""
        base, above = (list(self.pieces(part)) if (part := first(element, key)) is not None else []
                       for key in ("w:rubyBase", "w:rt"))  # fmt: skip
        yield from base
        if above:
            yield Piece(" (")
            yield from above
            yield Piece(")")

    def field_mark(self, element: Element) -> Iterator[Piece]:
        """Follow a field from its instruction to its result and its end."""
        kind = value(element, "w:fldCharType")
        if kind == "begin":
            seen = self.is_seen
            self.fields.append(fields.Field())
            if seen and (text := fields.of_form(element)):
                self.fields[-1].has_shown = True
                yield self.piece(text, Look())
        elif kind == "separate" and self.fields:
            self.fields[-1].in_result = True
        elif kind == "end" and self.fields:
            yield from self.field_ended()

    def field_ended(self) -> Iterator[Piece]:
        """End a field, and tell where it showed nothing though it should."""
        ended = self.fields.pop()
        if not self.is_seen or ended.has_shown or ended.is_silent or ended.is_contents:
            return
        if ended.symbol:
            yield self.piece(self.symbol(*ended.symbol), Look())
        else:
            self.writer.tell(told.FIELD, quoted(ended.instruction))

    def noted(self) -> None:
        """Note on the fields that are open that they show something."""
        for one in self.fields:
            one.has_shown = True


_SIGNS = {
    "w:tab": " ",
    "w:ptab": " ",
    "w:cr": "\n",
    "w:noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
    "w:softHyphen": "\N{SOFT HYPHEN}",
}
_DRAWINGS = frozenset({"w:drawing", "w:pict", "w:object"})
_READERS: dict[str, Callable[[Runs, Element], Iterator[Piece]]] = {
    "w:hyperlink": Runs.link,
    "w:fldSimple": Runs.simple_field,
    "w:subDoc": Runs.elsewhere,
    "w:sdt": Runs.control,
    "w:bookmarkStart": Runs.bookmark,
    "m:oMath": Runs.formula,
    "m:oMathPara": Runs.formula,
    **dict.fromkeys(STRUCK, Runs.struck),
}
