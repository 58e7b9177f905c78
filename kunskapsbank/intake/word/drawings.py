"""What is drawn in a Word file → pictures, boxes of text, the values of charts; what cannot be kept is told of."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from kunskapsbank.files.unreadable import UnreadableError
from kunskapsbank.intake import told
from kunskapsbank.intake.remarks import quoted
from kunskapsbank.intake.word import charts
from kunskapsbank.intake.word.names import every, first, is_on, name, value
from kunskapsbank.intake.word.runs import Piece

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from kunskapsbank.intake.remarks import Told
    from kunskapsbank.intake.word.blocks import Writer

# Definitions, and lines across the page: nothing of their own.
_SILENT = frozenset({"v:shapetype", "a:ln", "a:extLst", "wps:style", "v:line"})
_LINES = frozenset({"line", "straightConnector1"})


class Drawings:
    """Reads drawings of both kinds, DrawingML and the older VML."""

    def __init__(self, writer: Writer) -> None:
        """Take the writer, which knows the parts and what to tell."""
        self.writer = writer

    def pieces(self, element: Element, words: str = "") -> Iterator[Piece]:
        """Yield the pictures in a drawing, and keep its boxes of text; `words` is the alternative text so far."""
        kind = name(element.tag)
        if kind in {"wp:inline", "wp:anchor"}:
            described = first(element, "wp:docPr")
            if described is not None and value(described, "hidden") in {"1", "true"}:
                return
            words = value(described, "descr") or value(described, "title")
        elif kind.startswith("v:"):
            words = value(element, "alt") or words
        if kind == "pic:pic":
            yield from self.picture(element, words)
        elif kind == "v:imagedata":
            yield from self.stored(value(element, "r:id"), value(element, "r:href"), words or value(element, "o:title"))
        elif kind == "w:txbxContent":
            self.box(element)
        elif kind == "c:chart":
            yield from self.chart(value(element, "r:id"), words)
        elif kind == "cx:chart":
            self.lose(told.CHART_LOST, words)
        elif kind == "dgm:relIds":
            self.diagram(value(element, "r:dm"), words)
        elif kind == "v:textpath":
            yield from self.text(value(element, "string"))
        elif kind == "a:p":
            yield from self.text("".join(part.text or "" for part in every(element, "a:t")))
        elif kind == "mc:AlternateContent":
            yield from self.writer.runs.alternative(element, lambda form: self.within(form, words))
        elif kind not in _SILENT:
            yield from self.within(element, words)
            if kind == "wps:wsp" and self.is_bare(element):
                self.lose(told.DRAWING, words)
            elif kind in {"w14:contentPart", "wpi:wsi"}:
                self.lose(told.DRAWING, words)
            elif kind == "w:object" and not any(every(element, "v:imagedata")):
                self.lose(told.OBJECT, words)

    def within(self, element: Element, words: str) -> Iterator[Piece]:
        """Yield the pictures in what stands in an element."""
        for child in element:
            yield from self.pieces(child, words)

    def lose(self, what: Told, words: str) -> None:
        """Note what is left out, to be told unless another form of the same can be kept."""
        self.writer.lost.append((what, quoted(words) if words else self.writer.place()))

    def text(self, text: str) -> Iterator[Piece]:
        """Yield words that are drawn, apart from the text round them."""
        if text.strip():
            self.writer.passed(text)
            yield Piece(f" {escape(text.strip(), quote=False)} ")

    def picture(self, element: Element, words: str) -> Iterator[Piece]:
        """Yield a picture of DrawingML."""
        described = first(element, "pic:nvPicPr", "pic:cNvPr")
        blip = next(every(element, "a:blip"), None)
        if blip is not None:
            yield from self.stored(value(blip, "r:embed"), value(blip, "r:link"), words or value(described, "descr"))

    def stored(self, key: str, link: str, words: str) -> Iterator[Piece]:
        """Yield the picture that an id leads to, and tell where it is not in the file."""
        found = self.writer.stored(key)
        if found:
            self.writer.runs.noted()
            yield Piece(f'<img src="{escape(found)}" alt="{escape(words)}">')
        elif key or link:
            self.writer.tell(told.LINKED)

    def box(self, element: Element) -> None:
        """Keep a box of text."""
        written = self.writer.aside(element)
        if written:
            self.writer.boxes.append(written)

    def chart(self, key: str, words: str) -> Iterator[Piece]:
        """Keep the values of a chart as a table."""
        part = self.part(key)
        table = charts.table(part) if part is not None else ""
        heading = (charts.title(part) if part is not None else "") or words
        if not table:
            self.lose(told.CHART_LOST, heading)
            return
        self.writer.tell(told.CHART, quoted(heading) if heading else self.writer.place())
        self.writer.boxes.append((f"<p>{escape(heading, quote=False)}</p>" if heading else "") + table)
        yield from ()

    def diagram(self, key: str, words: str) -> None:
        """Keep the texts of SmartArt as a list."""
        part = self.part(key)
        texts = charts.texts(part) if part is not None else []
        if not texts:
            self.lose(told.DIAGRAM_LOST, words)
            return
        self.writer.tell(told.DIAGRAM, quoted(words) if words else self.writer.place())
        items = "".join(f"<li>{escape(text, quote=False)}</li>" for text in texts)
        self.writer.boxes.append(f"<ul>{items}</ul>")

    def part(self, key: str) -> Element | None:
        """Return the part that an id leads to; None where there is none that can be read."""
        try:
            return self.writer.part(key)
        except UnreadableError:
            return None

    @staticmethod
    def is_bare(element: Element) -> bool:
        """Tell whether a shape has neither text nor picture, and is more than a line."""
        shape = next(every(element, "a:prstGeom"), None)
        return (
            not any(every(element, "w:txbxContent"))
            and not any(every(element, "a:blip"))
            and value(shape, "prst") not in _LINES
            and is_on(first(element, "wps:cNvCnPr")) is None
        )
