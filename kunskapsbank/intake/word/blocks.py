"""The parts of a Word file → blocks of HTML: paragraphs, headings, lists, tables and notes, in the order they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kunskapsbank.files import package, relationships
from kunskapsbank.intake import told
from kunskapsbank.intake.original import note_call, notes_list
from kunskapsbank.intake.remarks import Remarks, Told, Trail, quoted
from kunskapsbank.intake.word import tables
from kunskapsbank.intake.word.drawings import Drawings
from kunskapsbank.intake.word.names import first, is_on, name, value
from kunskapsbank.intake.word.runs import PAGE_BREAK, STRUCK, WRAPPERS, Piece, Runs, html
from kunskapsbank.intake.word.styles import Look

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterable, Iterator
    from xml.etree.ElementTree import Element

    from kunskapsbank.intake.word.numbering import Mark, Numbering
    from kunskapsbank.intake.word.styles import Styles

_TABLE_OF_CONTENTS = "Table of Contents"


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph of a list: what stands before it, and what it says."""

    mark: Mark
    html: str


Block = str | Item


class Writer:
    """Goes through the text; collects the pictures, the notes and what there is to tell."""

    def __init__(self, opened: zipfile.ZipFile, main: str, styles: Styles, numbering: Numbering) -> None:
        """Take the package, the name of its main part, its styles and its lists."""
        self.opened = opened
        self.styles = styles
        self.numbering = numbering
        self.relations = relationships.related(opened, main)
        self.remarks = Remarks()
        # What could not be kept, told at the end unless another form of it was.
        self.lost: list[tuple[Told, str]] = []
        self.pictures: dict[str, bytes] = {}
        # Boxes of text, tables of charts and the like in a paragraph, to be put after it.
        self.boxes: list[str] = []
        self.runs = Runs(self)
        self.drawings = Drawings(self)
        self._keys: dict[str, str] = {}
        self._main = dict(self.relations)
        self._notes: list[str] = []
        self._known_notes: dict[str, dict[str, Element]] = {}
        self._of_notes: dict[str, dict[str, relationships.Related]] = {}
        self._trail = Trail()
        # What belongs to the next paragraph: a large first letter, or what stands before a struck paragraph mark.
        self._before: list[Piece] = []

    def tell(self, what: Told, which: str = "") -> None:
        """Note what the editor must know."""
        self.remarks.add(what, which)

    def passed(self, text: str) -> None:
        """Note the text that was last written, which tells where we are."""
        self._trail.passed(text)

    def place(self) -> str:
        """Return where we are, as an editor finds it: what stands right before."""
        return self._trail.place

    def target(self, key: str) -> str:
        """Return the address that an id leads to, "" where it leads to none."""
        found = self.relations.get(key)
        return found.target if found and found.is_outside else ""

    def stored(self, key: str) -> str:
        """Keep the picture that an id leads to; returns its key in `pictures`, "" where it is not in the file."""
        found = self.relations.get(key)
        if not found or found.is_outside or found.target not in self.opened.NameToInfo:
            return ""
        if found.target not in self._keys:
            self._keys[found.target] = f"bild-{len(self._keys) + 1}"
            self.pictures[self._keys[found.target]] = self.opened.read(found.target)
        return self._keys[found.target]

    def part(self, key: str) -> Element | None:
        """Return the XML of the part that an id leads to; None where there is none."""
        found = self.relations.get(key)
        if not found or found.is_outside or found.target not in self.opened.NameToInfo:
            return None
        return package.part(self.opened, found.target)

    def drawing(self, element: Element) -> Iterator[Piece]:
        """Yield the pictures of a drawing; its boxes of text are kept for after the paragraph."""
        return self.drawings.pieces(element)

    def is_unfilled(self, control: Element) -> bool:
        """Tell whether a content control shows no more than what is to be written there, and note it."""
        properties = first(control, "w:sdtPr")
        if not is_on(first(properties, "w:showingPlcHdr")):
            return False
        if tables.has_text(control):
            label = value(first(properties, "w:alias")) or value(first(properties, "w:tag"))
            self.tell(told.PLACEHOLDER, quoted(label) if label else self.place())
        return True

    def blocks(self, container: Element) -> list[Block]:
        """Return the blocks of an element that holds paragraphs and tables."""
        found = [block for child in container for block in self.block(child)]
        return found + self._flushed()

    def _flushed(self) -> list[Block]:
        before, self._before = self._before, []
        written = html(before).strip()
        return [f"<p>{written}</p>"] if written else []

    def block(self, element: Element) -> list[Block]:
        """Return the blocks that an element in the text becomes."""
        kind = name(element.tag)
        if kind == "w:p":
            return self.paragraph(element)
        if kind == "w:tbl":
            before = self._flushed()
            made = tables.html(self, element)
            return [*before, made] if made else before
        if kind == "w:sdt":
            return self.control(element)
        if kind in WRAPPERS:
            return [block for child in element for block in self.block(child)]
        if kind in STRUCK:
            self.runs.struck_parts += 1
            self.blocks(element)
            self.runs.struck_parts -= 1
        elif kind == "mc:AlternateContent":
            forms = ([block for child in form for block in self.block(child)] for form in element)
            return next(filter(None, forms), [])
        elif kind == "w:altChunk":
            self.tell(told.ELSEWHERE, self.place())
        elif kind == "w:bookmarkStart":
            self._before += self.runs.bookmark(element)
        elif kind == "m:oMathPara":
            written = html(self.runs.formula(element))
            return [f"<p>{written}</p>"] if written else []
        return []

    def control(self, element: Element) -> list[Block]:
        """Return what is filled in in a content control; nothing of a table of contents."""
        properties, content = first(element, "w:sdtPr"), first(element, "w:sdtContent")
        is_contents = value(first(properties, "w:docPartObj", "w:docPartGallery")) == _TABLE_OF_CONTENTS
        if content is None or (not is_contents and self.is_unfilled(element)):
            return []
        found = [block for child in content for block in self.block(child)]
        return [] if is_contents else found

    def paragraph(self, element: Element) -> list[Block]:
        """Return a paragraph and what is drawn in it; nothing where its text belongs to the next one."""
        properties = first(element, "w:pPr")
        style = value(first(properties, "w:pStyle"))
        outer, self.boxes = self.boxes, []
        self.runs.base = Look(hidden=True if self.styles.hides(style) else None)
        pieces = list(self.runs.pieces(element))
        self.passed(" ")
        boxes, self.boxes = self.boxes, outer
        kind = self.styles.kind(style)
        if kind == "contents":
            return []
        pieces, self._before = [*self._before, *pieces], []
        if self._goes_on(properties):
            self._before = pieces
            return [*boxes]
        written = [text for part in _pages(pieces) if (text := html(part).strip())]
        if not any(_says(text) for text in written):
            # Places to which links lead, but no text: they belong to what follows.
            self._before = [piece for piece in pieces if "<a id=" in piece.html]
            return [*boxes]
        return self._kept(kind, written, boxes, self._mark(properties, style, kind))

    @staticmethod
    def _goes_on(properties: Element | None) -> bool:
        """Tell whether the text goes on in the next paragraph: a large first letter, or a mark struck or hidden."""
        mark = first(properties, "w:rPr")
        return (
            first(mark, "w:del") is not None
            or first(mark, "w:moveFrom") is not None
            or bool(is_on(first(mark, "w:vanish")) and not is_on(first(mark, "w:specVanish")))
            or value(first(properties, "w:framePr"), "w:dropCap") in {"drop", "margin"}
        )

    def _mark(self, properties: Element | None, style: str, kind: str) -> Mark | None:
        """Return what stands before a paragraph of a list; None for a heading, whose number is left out, and others."""
        own = first(properties, "w:numPr")
        of_style = self.styles.numbering(style)
        key = value(first(own, "w:numId")) or of_style[0]
        if not key or key == "0" or kind not in {"p", "quote"}:
            return None
        written = value(first(own, "w:ilvl")) or of_style[1] or "0"
        mark = self.numbering.mark(key, int(written) if written.isdecimal() and len(written) < 3 else 0)
        if mark and not mark.is_plain:
            self.tell(told.NUMBERS, self.place())
        return mark

    def _kept(self, kind: str, written: list[str], boxes: list[str], mark: Mark | None) -> list[Block]:
        if mark:
            inner = "".join(f"<p>{text}</p>" for text in written) if len(written) > 1 else written[0]
            return [Item(mark, inner + "".join(boxes))]
        if kind == "title":
            return [f'<h1 class="title">{" ".join(written)}</h1>', *boxes]
        if kind.startswith("h"):
            return [f"<{kind}>{' '.join(written)}</{kind}>", *boxes]
        inner = "".join(f"<p>{text}</p>" for text in written)
        return [f"<blockquote>{inner}</blockquote>" if kind == "quote" else inner, *boxes]

    @staticmethod
    def html(blocks: Iterable[Block]) -> str:
        """Return blocks as HTML, the paragraphs of lists within each other."""
        found: list[str] = []
        # The open lists, outermost first: level, element and the number that comes next.
        opened: list[tuple[int, str, int]] = []
        for block in blocks:
            if isinstance(block, str):
                found += (f"</li></{tag}>" for _, tag, _ in reversed(opened))
                opened.clear()
                found.append(block)
                continue
            mark, tag = block.mark, "ol" if block.mark.number else "ul"
            is_next = False
            while opened and opened[-1][0] >= mark.level:
                level, open_tag, number = opened[-1]
                if level == mark.level and open_tag == tag and number == mark.number:
                    is_next = True
                    break
                found.append(f"</li></{opened.pop()[1]}>")
            if is_next:
                found.append("</li>")
                opened.pop()
            else:
                start = f' start="{mark.number}"' if mark.number > 1 else ""
                found.append(f"<{tag}{start}>")
            opened.append((mark.level, tag, mark.number + 1 if mark.number else 0))
            found.append(f"<li>{block.html}")
        found += (f"</li></{tag}>" for _, tag, _ in reversed(opened))
        return "".join(found)

    def aside(self, container: Element) -> str:
        """Return what stands in a box of text: read by itself, whatever is open round it."""
        outer = self.runs, self._before, self.boxes
        self.runs, self._before, self.boxes = Runs(self), [], []
        written = self.html(self.blocks(container)) + "".join(self.boxes)
        self.runs, self._before, self.boxes = outer
        return written

    def note(self, kind: str, key: str) -> str:
        """Keep the note that is called here; returns the call, "" where there is no such note."""
        found = self._note_elements(kind).get(key)
        if found is None:
            return ""
        number = len(self._notes) + 1
        self._notes.append("")
        self.relations = self._of_notes[kind]
        self._notes[number - 1] = self.aside(found)
        self.relations = self._main
        self.runs.noted()
        return note_call(number)

    def notes(self) -> str:
        """Return the notes that were called, as a list."""
        return notes_list(self._notes)

    def _note_elements(self, kind: str) -> dict[str, Element]:
        if kind not in self._known_notes:
            part = next((one.target for one in self._main.values() if one.kind == f"{kind}s"), "")
            self._known_notes[kind] = {}
            if part in self.opened.NameToInfo:
                tree = package.part(self.opened, part)
                elements = (one for one in tree if value(one, "w:type", "normal") == "normal")
                self._known_notes[kind] = {value(one, "w:id"): one for one in elements}
                self._of_notes[kind] = relationships.related(self.opened, part)
        return self._known_notes[kind]


def _pages(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Return the pieces of a paragraph that page breaks part."""
    found: list[list[Piece]] = [[]]
    for piece in pieces:
        first_part, *others = piece.html.split(PAGE_BREAK)
        found[-1].append(replace(piece, html=first_part))
        found += [[replace(piece, html=part)] for part in others]
    return found


def _says(written: str) -> bool:
    return "<img" in written or bool(re.sub("<[^>]*>", "", written).strip())
