"""An OpenDocument text (.odt, ODF 1.0 to 1.4) → simple HTML with its pictures."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from kunskapsbank.files import package
from kunskapsbank.files.unreadable import Reason, UnreadableError
from kunskapsbank.intake.original import Original

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterable, Mapping
    from xml.etree.ElementTree import Element

# Our own reader, as the two libraries tried on the same files lose what a report needs: odfdo 3.27 (16 MB with lxml)
# makes bullets into numbers and keeps the table of contents; pandoc 3 (155 MB) loses bold and alternative texts.

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {
    f"{_URN}office:1.0": "office",
    f"{_URN}style:1.0": "style",
    f"{_URN}text:1.0": "text",
    f"{_URN}table:1.0": "table",
    f"{_URN}drawing:1.0": "draw",
    f"{_URN}xsl-fo-compatible:1.0": "fo",
    f"{_URN}svg-compatible:1.0": "svg",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://purl.org/dc/elements/1.1/": "dc",
}
# What is no part of the finished text: struck and commented text, lists that a program makes, and the program's own.
_LEFT_OUT = frozenset(
    "text:tracked-changes office:annotation office:annotation-end office:forms text:table-of-content "
    "text:alphabetical-index text:illustration-index text:table-index text:object-index text:user-index "
    "text:sequence-decls text:variable-decls text:user-field-decls text:dde-connection-decls text:script "
    "text:hidden-text text:hidden-paragraph svg:title svg:desc office:event-listeners".split()
)  # fmt: skip
# A file can ask for a million spaces or columns in one word.
_MOST_REPEATS = 100
_MOST_CELLS = 20_000
_LARGE_TABLES = "filen har för stora tabeller. Dela upp dem, eller lägg dem i en egen fil."


def read(data: bytes) -> Original:
    """Read an .odt file; raises UnreadableError where it is damaged."""
    opened = package.opened(data)
    try:
        content = package.tree(opened.read("content.xml"))
        styles = [content]
        if "styles.xml" in opened.namelist():
            styles.insert(0, package.tree(opened.read("styles.xml")))
        writer = _Writer(opened, _styles(styles), _lists(styles))
        text = _first(content, "office:body", "office:text")
        if text is None:
            raise UnreadableError(Reason.DAMAGED)
        body = writer.blocks(text) + writer.notes_list()
        return Original(body, writer.pictures, _title(opened))
    except RecursionError:
        raise UnreadableError(Reason.DAMAGED) from None
    except package.BROKEN:
        raise UnreadableError(Reason.DAMAGED) from None


def _name(qualified: str) -> str:
    """Return "text:p" for the name in full that ElementTree gives."""
    uri, _, local = qualified.removeprefix("{").rpartition("}")
    return f"{_PREFIXES.get(uri, '?')}:{local}"


def _attributes(element: Element) -> dict[str, str]:
    return {_name(key): value for key, value in element.attrib.items()}


def _first(element: Element, *path: str) -> Element | None:
    found: Element | None = element
    for name in path:
        found = next((child for child in found if _name(child.tag) == name), None) if found is not None else None
    return found


def _title(opened: zipfile.ZipFile) -> str:
    if "meta.xml" not in opened.namelist():
        return ""
    meta = package.tree(opened.read("meta.xml"))
    return next(((child.text or "").strip() for child in meta.iter() if _name(child.tag) == "dc:title"), "")


@dataclass(frozen=True, slots=True)
class _Style:
    """What a style says that we keep; `level` is the heading's, `marks` the elements around the text."""

    parent: str = ""
    display: str = ""
    level: int = 0
    bold: bool | None = None
    italic: bool | None = None
    position: str = ""
    list_style: str = ""


def _styles(documents: Iterable[Element]) -> dict[str, _Style]:
    found: dict[str, _Style] = {}
    for document in documents:
        for element in document.iter():
            if _name(element.tag) != "style:style":
                continue
            own = _attributes(element)
            text = _first(element, "style:text-properties")
            properties = _attributes(text) if text is not None else {}
            weight, slant = properties.get("fo:font-weight"), properties.get("fo:font-style")
            position = properties.get("style:text-position", "").split(" ")[0]
            # Styles of another family may have the same name.
            found[f"{own.get('style:family', '')} {own.get('style:name', '')}"] = _Style(
                own.get("style:parent-style-name", ""),
                own.get("style:display-name", own.get("style:name", "")),
                _count(own.get("style:default-outline-level", ""), 0),
                weight in {"bold", "600", "700", "800", "900"} if weight else None,
                slant in {"italic", "oblique"} if slant else None,
                "sup" if position == "super" else "sub" if position == "sub" else "",
                own.get("style:list-style-name", ""),
            )
    return found


def _lists(documents: Iterable[Element]) -> dict[str, frozenset[int]]:
    """Return for each list style the levels that are numbered."""
    found: dict[str, frozenset[int]] = {}
    for document in documents:
        for element in document.iter():
            if _name(element.tag) == "text:list-style":
                numbered = (
                    _count(own.get("text:level", ""), 1)
                    for child in element
                    if _name(child.tag) == "text:list-level-style-number"
                    and (own := _attributes(child)).get("style:num-format")
                )
                found[_attributes(element).get("style:name", "")] = frozenset(numbered)
    return found


def _count(written: str, default: int) -> int:
    return min(int(written), _MOST_REPEATS) if written.isdecimal() else default


class _Writer:
    """Goes through the text and writes HTML; collects the pictures and the notes it comes upon."""

    def __init__(
        self, opened: zipfile.ZipFile, styles: Mapping[str, _Style], lists: Mapping[str, frozenset[int]]
    ) -> None:
        self.opened = opened
        self.styles = styles
        self.lists = lists
        self.pictures: dict[str, bytes] = {}
        self.notes: list[str] = []
        self.cells = 0
        # Boxes of text that are anchored in a paragraph, to be put after it.
        self.boxes: list[str] = []

    def chain(self, family: str, name: str) -> list[_Style]:
        """Return a style and those it is made from, the nearest first."""
        found: list[_Style] = []
        while (style := self.styles.get(f"{family} {name}")) and style not in found:
            found.append(style)
            name = style.parent
        return found

    def blocks(self, parent: Element) -> str:
        return "".join(self.block(child) for child in parent)

    def block(self, element: Element) -> str:
        name = _name(element.tag)
        if name in _LEFT_OUT:
            return ""
        if name in {"text:p", "text:h"}:
            return self.paragraph(element, heading=name == "text:h")
        if name == "text:list":
            return self.listing(element, "", 1)
        if name == "table:table":
            return self.table(element)
        if name in {"draw:frame", "draw:g", "draw:a"}:
            inline = self.drawing(element)
            return (f"<p>{inline}</p>" if inline else "") + self.taken_boxes()
        if name == "text:section" and _attributes(element).get("text:display") == "none":
            return ""
        return self.blocks(element)

    def taken_boxes(self) -> str:
        boxes, self.boxes = self.boxes, []
        return "".join(boxes)

    def paragraph(self, element: Element, heading: bool = False) -> str:
        own = _attributes(element)
        outer, self.boxes = self.boxes, []
        inner = self.inline(element).strip()
        after = self.taken_boxes()
        self.boxes = outer
        if not inner:
            return after
        chain = self.chain("paragraph", own.get("text:style-name", ""))
        level = _count(own.get("text:outline-level", ""), 1) if heading else 0
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
        parts = [escape(element.text or "", quote=False)]
        for child in element:
            parts.append(self.run(child))
            parts.append(escape(child.tail or "", quote=False))
        return "".join(parts)

    def run(self, element: Element) -> str:
        name, own = _name(element.tag), _attributes(element)
        if name in _LEFT_OUT:
            return ""
        if name == "text:s":
            return " " * (_count(own.get("text:c", ""), 1) or 1)
        if name == "text:tab":
            return " "
        if name == "text:line-break":
            return "<br>"
        if name == "text:note":
            return self.note(element)
        if name in {"draw:frame", "draw:g"}:
            return self.drawing(element)
        if name == "text:ruby":
            base = _first(element, "text:ruby-base")
            return self.inline(base) if base is not None else ""
        inner = self.inline(element)
        if name == "text:span":
            return _marked(inner, self.chain("text", own.get("text:style-name", "")))
        # Links within the file lead to places that have other names in the bank.
        target = own.get("xlink:href", "")
        if name in {"text:a", "draw:a"} and inner.strip() and not target.startswith("#"):
            return f'<a href="{escape(target)}">{inner}</a>'
        return inner

    def note(self, element: Element) -> str:
        number = len(self.notes) + 1
        self.notes.append("")
        body = _first(element, "text:note-body")
        self.notes[number - 1] = self.blocks(body) if body is not None else ""
        return f'<sup><a href="#footnote-{number}" id="footnote-ref-{number}">[{number}]</a></sup>'

    def notes_list(self) -> str:
        items = "".join(
            f'<li id="footnote-{number}">{body} <a href="#footnote-ref-{number}">↑</a></li>'
            for number, body in enumerate(self.notes, 1)
        )
        return f"<ol>{items}</ol>" if items else ""

    def drawing(self, element: Element) -> str:
        """Return the pictures of a frame or of a group of them; boxes of text are kept for after the paragraph."""
        if _name(element.tag) != "draw:frame":
            return "".join(self.drawing(child) for child in element if _name(child.tag).startswith("draw:"))
        for box in (child for child in element if _name(child.tag) == "draw:text-box"):
            self.boxes.append(self.blocks(box))
        sources = [
            source
            for child in element
            if _name(child.tag) == "draw:image"
            and (source := _attributes(child).get("xlink:href", "").removeprefix("./")) in self.opened.NameToInfo
        ]
        # A drawing may have a bitmap of itself beside it, for programs that cannot show it.
        source = next((source for source in sources if not source.lower().endswith(".svg")), "".join(sources[:1]))
        if not source:
            return ""
        self.pictures[source] = self.opened.read(source)
        texts = (_first(element, name) for name in ("svg:desc", "svg:title"))
        alt = next((text for found in texts if found is not None and (text := (found.text or "").strip())), "")
        return f'<img src="{escape(source)}" alt="{escape(alt)}">'

    def listing(self, element: Element, style: str, level: int) -> str:
        style = _attributes(element).get("text:style-name", style)
        items: list[str] = []
        before: list[str] = []
        for child in element:
            if _name(child.tag) not in {"text:list-item", "text:list-header"}:
                continue
            blocks = [
                self.listing(inner, style, level + 1) if _name(inner.tag) == "text:list" else self.block(inner)
                for inner in child
            ]
            if any(_name(inner.tag) == "text:h" for inner in child.iter()):
                # Numbered headings are lists of one item, nested as deep as the heading's level.
                before.append("".join(blocks))
            elif any(blocks):
                items.append(f"<li>{''.join(blocks)}</li>")
        only = next((child for child in element), None)
        if len(items) == 1 and only is not None and all(_name(inner.tag) == "text:list" for inner in only):
            return "".join(before) + items[0].removeprefix("<li>").removesuffix("</li>")
        if not items:
            return "".join(before)
        tag = "ol" if level in self.lists.get(style, frozenset()) else "ul"
        return f"{''.join(before)}<{tag}>{''.join(items)}</{tag}>"

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
            name = _name(child.tag)
            if name == "table:table-row":
                row = [self.cell(cell) for cell in child if _name(cell.tag) == "table:table-cell"]
                (head if in_head else body).append(row)
            elif name in {"table:table-header-rows", "table:table-rows", "table:table-row-group"}:
                inner_head, inner_body = self.rows(child, in_head or name == "table:table-header-rows")
                head += inner_head
                body += inner_body
        return head, body

    def cell(self, element: Element) -> str:
        own = _attributes(element)
        self.cells += 1
        if self.cells > _MOST_CELLS:
            raise UnreadableError(Reason.TOO_LARGE, _LARGE_TABLES)
        spans = "".join(
            f' {html}="{count}"'
            for html, key in (("colspan", "columns"), ("rowspan", "rows"))
            if (count := _count(own.get(f"table:number-{key}-spanned", ""), 1)) > 1
        )
        heads = [
            any(style.display == "Table Heading" for style in self.chain("paragraph", name))
            for child in element
            if (name := _attributes(child).get("text:style-name", ""))
        ]
        tag = "th" if heads and all(heads) else "td"
        cell = f"<{tag}{spans}>{self.blocks(element)}</{tag}>"
        return cell * min(_count(own.get("table:number-columns-repeated", ""), 1) or 1, _MOST_REPEATS)


def _rows_html(rows: Iterable[Iterable[str]]) -> str:
    return "".join(f"<tr>{''.join(row)}</tr>" for row in rows)


def _marked(inner: str, chain: list[_Style]) -> str:
    """Put the elements around a text that its style asks for; the nearest style that says yes or no decides."""
    if not inner.strip():
        return inner
    if next((style.bold for style in chain if style.bold is not None), False):
        inner = f"<strong>{inner}</strong>"
    if next((style.italic for style in chain if style.italic is not None), False):
        inner = f"<em>{inner}</em>"
    position = next((style.position for style in chain if style.position), "")
    return f"<{position}>{inner}</{position}>" if position else inner
