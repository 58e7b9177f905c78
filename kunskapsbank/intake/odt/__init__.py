"""An OpenDocument text (.odt, ODF 1.0 to 1.4) → simple HTML with its pictures, and what must be told of it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from kunskapsbank.files import package
from kunskapsbank.files.unreadable import Reason, UnreadableError
from kunskapsbank.intake import told
from kunskapsbank.intake.odt import objects
from kunskapsbank.intake.odt.styles import MOST_REPEATS, Numbers, attributes, count, first, lists, name, styles
from kunskapsbank.intake.original import Original, note_call, notes_list
from kunskapsbank.intake.remarks import Remarks, Trail, quoted

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterable, Mapping
    from xml.etree.ElementTree import Element

    from kunskapsbank.intake.odt.styles import Style
    from kunskapsbank.intake.remarks import Told

# Our own reader, as the two libraries tried on the same files lose what a report needs: odfdo 3.27 (16 MB with lxml)
# makes bullets into numbers and keeps the table of contents; pandoc 3 (155 MB) loses bold and alternative texts.

# What is no part of the finished text: struck and commented text, lists that a program makes, and the program's own.
_LEFT_OUT = frozenset(
    "text:tracked-changes office:annotation office:annotation-end office:forms text:table-of-content "
    "text:alphabetical-index text:illustration-index text:table-index text:object-index text:user-index "
    "text:sequence-decls text:variable-decls text:user-field-decls text:dde-connection-decls text:script "
    "svg:title svg:desc office:event-listeners".split()
)  # fmt: skip
_MOST_CELLS = 200_000
_LARGE_TABLES = "filen har för stora tabeller. Dela upp dem, eller lägg dem i en egen fil."


def read(data: bytes) -> Original:
    """Read an .odt file; raises UnreadableError where it is damaged."""
    opened = package.opened(data)
    try:
        content = package.part(opened, "content.xml")
        documents = [content]
        if "styles.xml" in opened.namelist():
            documents.insert(0, package.part(opened, "styles.xml"))
        writer = _Writer(opened, styles(documents), lists(documents), _boxes(content))
        text = first(content, "office:body", "office:text")
        if text is None:
            raise UnreadableError(Reason.DAMAGED)
        body = writer.blocks(text) + notes_list(writer.notes)
    except (*package.BROKEN, RecursionError):
        raise UnreadableError(Reason.DAMAGED) from None
    for what, wanted in ((told.COMMENTS, "office:annotation"), (told.CHANGES, "text:changed-region")):
        for number, _ in enumerate(one for one in text.iter() if name(one.tag) == wanted):
            writer.tell(what, f"{number}")
    return Original(body, writer.pictures, _title(opened), writer.remarks.texts())


def _title(opened: zipfile.ZipFile) -> str:
    if "meta.xml" not in opened.namelist():
        return ""
    meta = package.part(opened, "meta.xml")
    return next(((child.text or "").strip() for child in meta.iter() if name(child.tag) == "dc:title"), "")


def _boxes(content: Element) -> dict[str, str]:
    """Return what the boxes to tick in the forms show, by the ids that the text has for them."""
    found = {}
    for element in content.iter():
        if name(element.tag) in {"form:checkbox", "form:radio"}:
            own = attributes(element)
            is_ticked = own.get("form:current-state", own.get("form:state")) == "checked" or (
                own.get("form:current-selected", own.get("form:selected")) == "true"
            )
            label = own.get("form:label", "")
            text = f"{'☒' if is_ticked else '☐'} {label}".strip()
            found.update({own[key]: text for key in ("form:id", "xml:id") if key in own})
    return found


class _Writer:
    """Goes through the text and writes HTML; collects the pictures and the notes it comes upon."""

    def __init__(
        self,
        opened: zipfile.ZipFile,
        styles: Mapping[str, Style],
        lists: Mapping[str, Mapping[int, Numbers]],
        boxes: Mapping[str, str],
    ) -> None:
        self.opened = opened
        self.styles = styles
        self.lists = lists
        self.ticked = boxes
        self.pictures: dict[str, bytes] = {}
        self.remarks = Remarks()
        self.notes: list[str] = []
        self.cells = 0
        # Boxes of text that are anchored in a paragraph, to be put after it.
        self.boxes: list[str] = []
        # The number that comes next: of the list that was last of each style, and of each list that has an id.
        self.last_numbers: dict[tuple[str, int], int] = {}
        self.trail = Trail()
        self._chains: dict[tuple[str, str], list[Style]] = {}

    def tell(self, what: Told, which: str = "") -> None:
        self.remarks.add(what, which)

    def text(self, text: str | None) -> str:
        """Return text as HTML, and note it as the last that was written, which tells where we are."""
        if not text:
            return ""
        self.trail.passed(text)
        return escape(text, quote=False)

    def hide(self, element: Element) -> str:
        """Leave out what is hidden in the original, and tell of it where there is any text."""
        if "".join(element.itertext()).strip():
            self.tell(told.HIDDEN, self.trail.place)
        return ""

    def chain(self, family: str, key: str) -> list[Style]:
        """Return a style and those it is made from, the nearest first."""
        if (family, key) not in self._chains:
            found: list[Style] = []
            above = key
            while (style := self.styles.get(f"{family} {above}")) and style not in found:
                found.append(style)
                above = style.parent
            self._chains[family, key] = found
        return self._chains[family, key]

    def blocks(self, parent: Element) -> str:
        return "".join(self.block(child) for child in parent)

    def block(self, element: Element) -> str:
        kind, own = name(element.tag), attributes(element)
        if kind in _LEFT_OUT:
            return ""
        if kind in {"text:p", "text:h"}:
            return self.paragraph(element, heading=kind == "text:h")
        if kind == "text:list":
            return self.listing(element, "", 1)
        if kind == "table:table":
            return self.table(element)
        if kind.startswith("draw:"):
            inline = self.drawing(element)
            return (f"<p>{inline}</p>" if inline else "") + self.taken_boxes()
        if kind == "text:section" and (own.get("text:display") == "none" or own.get("text:is-hidden") == "true"):
            return self.hide(element)
        return self.blocks(element)

    def taken_boxes(self) -> str:
        boxes, self.boxes = self.boxes, []
        return "".join(boxes)

    def paragraph(self, element: Element, heading: bool = False) -> str:
        own = attributes(element)
        chain = self.chain("paragraph", own.get("text:style-name", ""))
        if _said(chain, "hidden") or _is_hidden(element):
            return self.hide(element)
        outer, self.boxes = self.boxes, []
        inner = self.inline(element).strip()
        self.text(" ")
        after = self.taken_boxes()
        self.boxes = outer
        if not inner:
            return after
        level = count(own.get("text:outline-level", ""), 1) if heading else 0
        level = level or next((style.level for style in chain if style.level), 0)
        if any(style.display == "Title" for style in chain):
            return f'<h1 class="title">{inner}</h1>{after}'
        if level:
            return f"<h{min(level, 6)}>{inner}</h{min(level, 6)}>{after}"
        if any(style.display in {"Table Heading", "Table_20_Heading"} for style in chain):
            return f"<p>{inner}</p>{after}"
        inner = _marked(inner, chain)
        if any(style.display == "Quotations" for style in chain):
            return f"<blockquote><p>{inner}</p></blockquote>{after}"
        return f"<p>{inner}</p>{after}"

    def inline(self, element: Element) -> str:
        parts = [self.text(element.text)]
        for child in element:
            parts.append(self.run(child))
            parts.append(self.text(child.tail))
        return "".join(parts)

    def run(self, element: Element) -> str:
        kind, own = name(element.tag), attributes(element)
        if kind in _LEFT_OUT:
            return ""
        if kind in _SIGNS:
            return _SIGNS[kind]
        if kind == "text:s":
            return " " * (count(own.get("text:c", ""), 1) or 1)
        if kind == "text:note":
            return self.note(element)
        if kind == "draw:control":
            return self.text(self.ticked.get(own.get("draw:control", ""), ""))
        if kind.startswith("draw:") and kind != "draw:a":
            return self.drawing(element)
        if kind == "text:ruby":
            base, above = first(element, "text:ruby-base"), first(element, "text:ruby-text")
            inner = self.inline(base) if base is not None else ""
            return f"{inner} ({self.inline(above)})" if above is not None and (above.text or len(above)) else inner
        if kind == "text:placeholder":
            self.tell(told.PLACEHOLDER, quoted("".join(element.itertext()).strip("<> ")))
            return ""
        if kind == "text:hidden-text" and own.get("text:is-hidden") != "false":
            # What it would show stands in an attribute.
            self.tell(told.HIDDEN, self.trail.place)
            return ""
        if own.get("text:display") == "none":
            return self.hide(element)
        if kind == "text:span":
            chain = self.chain("text", own.get("text:style-name", ""))
            return self.hide(element) if _said(chain, "hidden") else _marked(self.inline(element), chain)
        inner = self.inline(element)
        # Links within the file lead to places that have other names in the bank.
        target = own.get("xlink:href", "")
        if kind in {"text:a", "draw:a"} and inner.strip() and not target.startswith("#"):
            return f'<a href="{escape(target)}">{inner}</a>'
        return inner

    def note(self, element: Element) -> str:
        number = len(self.notes) + 1
        self.notes.append("")
        body = first(element, "text:note-body")
        self.notes[number - 1] = self.blocks(body) if body is not None else ""
        return note_call(number)

    def drawing(self, element: Element) -> str:
        """Return the pictures of a frame, shape or group; boxes of text are kept for after the paragraph."""
        if name(element.tag) != "draw:frame":
            if written := "".join(self.block(one) for one in element if name(one.tag) in {"text:p", "text:list"}):
                self.boxes.append(written)
            return "".join(self.drawing(child) for child in element if name(child.tag).startswith("draw:"))
        for box in (child for child in element if name(child.tag) == "draw:text-box"):
            self.boxes.append(self.blocks(box))
        texts = (first(element, key) for key in ("svg:desc", "svg:title"))
        alt = next((text for found in texts if found is not None and (text := (found.text or "").strip())), "")
        held = next(
            (attributes(child).get("xlink:href", "") for child in element if name(child.tag) == "draw:object"), ""
        )
        if held:
            return self.held(element, held.removeprefix("./"), alt)
        return self.picture(element, alt)

    def picture(self, frame: Element, alt: str) -> str:
        sources = [
            source
            for child in frame
            if name(child.tag) == "draw:image"
            and (source := attributes(child).get("xlink:href", "").removeprefix("./")) in self.opened.NameToInfo
        ]
        # A drawing may have a bitmap of itself beside it, for programs that cannot show it.
        source = next((source for source in sources if not source.lower().endswith(".svg")), "".join(sources[:1]))
        if not source:
            if any(attributes(child).get("xlink:href") for child in frame if name(child.tag) == "draw:image"):
                self.tell(told.LINKED)
            return ""
        self.pictures[source] = self.opened.read(source)
        return f'<img src="{escape(source)}" alt="{escape(alt)}">'

    def held(self, frame: Element, folder: str, alt: str) -> str:
        """Return a formula or a chart that is held in a frame, as text or as a table of its values."""
        part = f"{folder}/content.xml"
        tree = package.part(self.opened, part) if part in self.opened.NameToInfo else None
        formula = objects.formula(tree) if tree is not None else ""
        if formula:
            self.tell(told.FORMULA, quoted(formula))
            return self.text(formula)
        heading, table = objects.chart(tree) if tree is not None else ("", "")
        which = quoted(heading or alt) if heading or alt else self.trail.place
        if table:
            self.tell(told.CHART, which)
            self.boxes.append((f"<p>{escape(heading or alt)}</p>" if heading or alt else "") + table)
            return ""
        shown = self.picture(frame, alt)
        if not shown:
            self.tell(told.OBJECT, which)
        return shown

    def listing(self, element: Element, style: str, level: int) -> str:
        own = attributes(element)
        style = own.get("text:style-name", style)
        numbers = self.lists.get(style, {}).get(level)
        goes_on = own.get("text:continue-numbering") == "true" or "text:continue-list" in own
        number = numbers.start if numbers else 0
        if numbers and goes_on:
            number = self.last_numbers.get((own.get("text:continue-list", style), level), number)
        start = number
        items: list[str] = []
        before: list[str] = []
        for child in element:
            if name(child.tag) not in {"text:list-item", "text:list-header"}:
                continue
            restart = attributes(child).get("text:start-value", "")
            if numbers and restart and not items:
                start = number = count(restart, start, 9_999)
            blocks = [
                self.listing(inner, style, level + 1) if name(inner.tag) == "text:list" else self.block(inner)
                for inner in child
            ]
            if any(name(inner.tag) == "text:h" for inner in child.iter()):
                # Numbered headings are lists of one item, nested as deep as the heading's level.
                before.append("".join(blocks))
            elif any(blocks):
                items.append(f"<li>{''.join(blocks)}</li>")
                number += 1
        if numbers:
            for key in (style, own.get("xml:id", style)):
                self.last_numbers[key, level] = number
        only = next((child for child in element), None)
        if len(items) == 1 and only is not None and all(name(inner.tag) == "text:list" for inner in only):
            return "".join(before) + items[0].removeprefix("<li>").removesuffix("</li>")
        if not items:
            return "".join(before)
        if numbers and not numbers.is_plain:
            self.tell(told.NUMBERS, self.trail.place)
        opened = f'<ol start="{start}">' if numbers and start > 1 else "<ol>" if numbers else "<ul>"
        return f"{''.join(before)}{opened}{''.join(items)}</{'ol' if numbers else 'ul'}>"

    def table(self, element: Element) -> str:
        head, body = self.rows(element)
        if not head and body and all(cell.startswith("<th") for cell in body[0]):
            head, body = body[:1], body[1:]
        as_head = [[cell.replace("<td", "<th", 1) for cell in row] for row in head]
        as_head = [[cell.removesuffix("</td>").removesuffix("</th>") + "</th>" for cell in row] for row in as_head]
        top = f"<thead>{_rows_html(as_head)}</thead>" if head else ""
        return f"<table>{top}<tbody>{_rows_html(body)}</tbody></table>" if head or body else ""

    def rows(self, element: Element, in_head: bool = False) -> tuple[list[list[str]], list[list[str]]]:
        head: list[list[str]] = []
        body: list[list[str]] = []
        for child in element:
            kind = name(child.tag)
            if kind == "table:table-row":
                row = [self.cell(cell) for cell in child if name(cell.tag) == "table:table-cell"]
                (head if in_head else body).append(row)
            elif kind in {"table:table-header-rows", "table:table-rows", "table:table-row-group"}:
                inner_head, inner_body = self.rows(child, in_head or kind == "table:table-header-rows")
                head += inner_head
                body += inner_body
        return head, body

    def cell(self, element: Element) -> str:
        own = attributes(element)
        self.cells += 1
        if self.cells > _MOST_CELLS:
            raise UnreadableError(Reason.TOO_LARGE, _LARGE_TABLES)
        spans = "".join(
            f' {html}="{number}"'
            for html, key in (("colspan", "columns"), ("rowspan", "rows"))
            if (number := count(own.get(f"table:number-{key}-spanned", ""), 1)) > 1
        )
        heads = [
            any(style.display == "Table Heading" for style in self.chain("paragraph", key))
            for child in element
            if (key := attributes(child).get("text:style-name", ""))
        ]
        tag = "th" if heads and all(heads) else "td"
        cell = f"<{tag}{spans}>{self.blocks(element)}</{tag}>"
        return cell * min(count(own.get("table:number-columns-repeated", ""), 1) or 1, MOST_REPEATS)


_SIGNS = {"text:tab": " ", "text:line-break": "<br>", "text:soft-hyphen": "\N{SOFT HYPHEN}"}


def _is_hidden(paragraph: Element) -> bool:
    """Tell whether a paragraph has a mark that hides all of it, which its condition fulfils."""
    marks = (attributes(one) for one in paragraph if name(one.tag) == "text:hidden-paragraph")
    return any(own.get("text:is-hidden", "true") == "true" for own in marks)


def _rows_html(rows: Iterable[Iterable[str]]) -> str:
    return "".join(f"<tr>{''.join(row)}</tr>" for row in rows)


def _said(chain: list[Style], attribute: str) -> bool:
    """Tell whether the nearest style that says yes or no of something says yes."""
    said = (getattr(style, attribute) for style in chain)
    return bool(next((one for one in said if one is not None), False))


def _marked(inner: str, chain: list[Style]) -> str:
    """Put the elements around a text that its style asks for; the nearest style that says yes or no decides."""
    if not inner.strip():
        return inner
    for attribute, mark in (("bold", "strong"), ("italic", "em"), ("struck", "s")):
        if _said(chain, attribute):
            inner = f"<{mark}>{inner}</{mark}>"
    position = next((style.position for style in chain if style.position), "")
    return f"<{position}>{inner}</{position}>" if position else inner
