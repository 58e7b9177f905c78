"""A paper → a Word file, by python-docx: its headings, captions and lists are real ones.

Its parts are those of ECMA-376: a TOC field that Word fills in (17.16.5.68), SEQ fields that number captions
(17.16.5.56), rows of heads that are repeated on each page (17.4.49), and tables with a title of their own (17.4.38).
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_COLOR_INDEX
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor

from kunskapsbank.accounts.paper import Bullets, Form, Heading, Paragraph, plain
from kunskapsbank.files import package
from kunskapsbank.files.unreadable import UnreadableError
from kunskapsbank.problems import BankError
from kunskapsbank.swedish.phrases import listed

if TYPE_CHECKING:
    from datetime import date

    from docx.document import Document

    from kunskapsbank.accounts.paper import Block, Line, Paper, Table

LANGUAGE = "sv-SE"
# The styles that a template must have, by the names in the file, and what Word in Swedish calls them.
STYLES = {
    "Title": "Rubrik",
    "Heading 1": "Rubrik 1",
    "Heading 2": "Rubrik 2",
    "Heading 3": "Rubrik 3",
    "List Bullet": "Punktlista",
    "List Number": "Numrerad lista",
    "Caption": "Beskrivning",
    "Table Grid": "Tabellrutnät",
}
# As deep as the table of contents goes: the projects of the appendix are told by it, their parts are not.
_CONTENTS_DEPTH = 2
# Of a table, in signs: what goes on a line of the page, what a cell's edges take, and how wide one need be at most.
_LINE, _EDGES, _WIDEST = 76, 5, 60
_BREAKS = re.compile(r"[\s-]+")
_TEMPLATE, _DOCUMENT = b"wordprocessingml.template.main+xml", b"wordprocessingml.document.main+xml"
_TYPES = "[Content_Types].xml"
# What python-docx and the parser beneath it raise for a file that is no Word file, whichever way it is none.
_NO_WORD = (*package.BROKEN, PackageNotFoundError, AttributeError, SyntaxError, TypeError, IndexError)


class TemplateError(BankError):
    """Raised for a template that cannot be used; the message is in Swedish and says why."""


def word(paper: Paper, today: date, template: bytes | None = None) -> bytes:
    """Return the paper as a Word file, dated `today`.

    `template` is an organisation's own Word file or template, whose styles and page it has; what is written in it stays
    before the text. Raises TemplateError where it is no Word file, or lacks styles.
    """
    document = docx.Document() if template is None else _opened(template)
    if template is None:
        _plain_looks(document)
    return _Writer(document).written(paper, today)


def _opened(template: bytes) -> Document:
    try:
        package.opened(template)
        document = docx.Document(io.BytesIO(_as_document(template)))
        missing = [name for name in STYLES if name not in document.styles]
    except (UnreadableError, *_NO_WORD):
        raise TemplateError("är ingen Word-fil som går att läsa. Ange en fil som slutar på .docx eller .dotx") from None
    if missing:
        named = listed([f"{STYLES[name]} ({name})" for name in missing])
        what = "formatmallen" if len(missing) == 1 else "formatmallarna"
        raise TemplateError(
            f"saknar {what} {named}. Öppna mallen i Word, använd varje sådan formatmall en gång och spara"
        )
    return document


def _as_document(template: bytes) -> bytes:
    """Return a Word template as the document that it is, but for its name: python-docx opens only documents."""
    with zipfile.ZipFile(io.BytesIO(template)) as old:
        if _TEMPLATE not in old.read(_TYPES):
            return template
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
            for part in old.infolist():
                data = old.read(part)
                new.writestr(part.filename, data.replace(_TEMPLATE, _DOCUMENT) if part.filename == _TYPES else data)
        return made.getvalue()


def _plain_looks(document: Document) -> None:
    """Give the library's own template A4 and sober headings."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(25)
    for name, size in (("Title", 20), ("Heading 1", 16), ("Heading 2", 13), ("Heading 3", 11.5), ("Caption", 10)):
        font = document.styles[name].font
        font.size, font.color.rgb = Pt(size), RGBColor(0, 0, 0)
    title = document.styles["Title"].element.get_or_add_pPr()
    for border in title.findall(qn("w:pBdr")):
        title.remove(border)
    document.styles["Normal"].font.size = Pt(11)
    for level in range(1, _CONTENTS_DEPTH + 1):
        style: Any = document.styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.paragraph_format.left_indent = Mm(5 * (level - 1))
        style.paragraph_format.space_after = Pt(3)
    footer = section.footer.paragraphs[0]
    _field(footer, "PAGE", "1")


@dataclass
class _Writer:
    document: Document
    marks: int = 0

    def written(self, paper: Paper, today: date) -> bytes:
        self.describe(paper, today)
        self.clear_empty()
        self.paragraph((), f"{paper.author}. {paper.kind}.")
        for words in paper.head:
            self.paragraph(words)
        self.document.add_paragraph(paper.title, style="Title")
        self.contents(paper)
        for block in paper.blocks:
            self.block(block)
        made = io.BytesIO()
        self.document.save(made)
        return made.getvalue()

    def describe(self, paper: Paper, today: date) -> None:
        """Say in the file what it is called, by whom, in which language, and that Word is to fill in its fields."""
        about = self.document.core_properties
        about.title, about.author, about.language = paper.title, paper.author, LANGUAGE
        about.comments, about.last_modified_by = "", paper.author
        about.created = about.modified = datetime.combine(today, time())
        styles = self.document.styles.element
        defaults = styles.find(qn("w:docDefaults"))
        if defaults is None:
            defaults = OxmlElement("w:docDefaults")
            styles.insert(0, defaults)
        properties = _within(_within(defaults, "w:rPrDefault"), "w:rPr")
        _within(properties, "w:lang").set(qn("w:val"), LANGUAGE)
        # A style's own language goes before that of the whole.
        for language in styles.iter(qn("w:lang")):
            language.set(qn("w:val"), LANGUAGE)
        settings = self.document.settings.element
        if settings.find(qn("w:updateFields")) is None:
            update = OxmlElement("w:updateFields")
            update.set(qn("w:val"), "true")
            settings.insert(0, update)

    def clear_empty(self) -> None:
        """Take away the one empty paragraph that a template without text has."""
        paragraphs = self.document.paragraphs
        if len(paragraphs) == 1 and not paragraphs[0].text and not self.document.tables:
            paragraphs[0]._element.getparent().remove(paragraphs[0]._element)

    def contents(self, paper: Paper) -> None:
        """Write a table of contents that Word fills in, with the headings until it does."""
        heading = self.document.add_paragraph()
        heading.add_run("Innehåll").bold = True
        heading.paragraph_format.keep_with_next = True
        shown = [one for one in paper.headings if one.level <= _CONTENTS_DEPTH]
        for place, one in enumerate(shown):
            name = f"toc {one.level}"
            # python-docx knows styles by names with capitals, and these it does not know.
            style = name if name in {style.name for style in self.document.styles} else "Normal"
            paragraph = self.document.add_paragraph(style=style)
            if place == 0:
                _begin(paragraph, f'TOC \\o "1-{_CONTENTS_DEPTH}" \\h \\z \\u')
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), _bookmark(one.anchor))
            run = paragraph.add_run(one.text)._element
            link.append(run)
            paragraph._element.append(link)
            if place == len(shown) - 1:
                _mark(paragraph, "end")

    def block(self, block: Block) -> None:
        if isinstance(block, Heading):
            self.heading(block)
        elif isinstance(block, Paragraph):
            self.paragraph(block.line)
        elif isinstance(block, Bullets):
            self.bullets(block)
        else:
            self.table(block)

    def heading(self, heading: Heading) -> None:
        paragraph = self.document.add_paragraph(style=f"Heading {heading.level}")
        paragraph.paragraph_format.page_break_before = True if heading.new_page else None
        self.marks += 1
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for mark in (start, end):
            mark.set(qn("w:id"), str(self.marks))
        start.set(qn("w:name"), _bookmark(heading.anchor))
        paragraph._element.append(start)
        paragraph.add_run(heading.text)
        paragraph._element.append(end)

    def paragraph(self, words: Line, text: str = "", style: str | None = None) -> Any:
        paragraph = self.document.add_paragraph(text, style=style)
        _write(paragraph, words)
        return paragraph

    def bullets(self, bullets: Bullets) -> None:
        number = self.new_list("List Number") if bullets.numbered else None
        for words in bullets.lines:
            paragraph = self.paragraph(words, style="List Number" if bullets.numbered else "List Bullet")
            if number is not None:
                properties = paragraph._element.get_or_add_pPr().get_or_add_numPr()
                properties.get_or_add_ilvl().val = 0
                properties.get_or_add_numId().val = number

    def new_list(self, style: str) -> int | None:
        """Return the id of a list that begins at 1 and looks as the style's; None where the style has no list."""
        own = self.document.styles[style].element.find(f".//{qn('w:numId')}")
        if own is None:
            return None
        numbering = self.document.part.numbering_part.element
        of_style = next((one for one in numbering.num_lst if one.numId == int(own.get(qn("w:val")))), None)
        if of_style is None:
            return None
        new = numbering.add_num(of_style.abstractNumId.val)
        new.add_lvlOverride(ilvl=0).add_startOverride(1)
        number: int = new.numId
        return number

    def table(self, table: Table) -> None:
        caption = self.document.add_paragraph("Tabell ", style="Caption")
        _field(caption, "SEQ Tabell \\* ARABIC", str(table.number))
        caption.add_run(f". {table.caption}")
        caption.paragraph_format.keep_with_next = True
        made = self.document.add_table(rows=1, cols=len(table.heads), style="Table Grid")
        _said_of(made, "w:tblCaption", table.caption)
        widths = _widths(self.document, table)
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        for cell, head in zip(made.rows[0].cells, table.heads, strict=True):
            cell.paragraphs[0].add_run(head).bold = True
        _of_row(made.rows[0], "w:tblHeader")
        for row in table.rows:
            cells = made.add_row().cells
            for cell, words in zip(cells, row, strict=True):
                _write(cell.paragraphs[0], words)
        for one in made.rows:
            for cell, width in zip(one.cells, widths, strict=True):
                cell.width = width
            _of_row(one, "w:cantSplit", first=True)
            for cell in one.cells:
                cell.paragraphs[0].paragraph_format.space_after = Pt(2)
        # What follows would stand close to the table's lower edge.
        self.document.add_paragraph().paragraph_format.space_after = Pt(0)


def _widths(document: Document, table: Table) -> list[Length]:
    """Return the widths of a table's columns: as its longest word needs, and more where there is more to say."""
    section = document.sections[-1]
    whole = (section.page_width or Mm(210)) - (section.left_margin or Mm(25)) - (section.right_margin or Mm(25))
    columns = zip(table.heads, *([plain(cell) for cell in row] for row in table.rows), strict=True)
    texts = [list(column) for column in columns]
    needed = [max(len(word) for text in column for word in _BREAKS.split(text)) + _EDGES for column in texts]
    wanted = [min(max(map(len, column)), _WIDEST) for column in texts]
    room = max(_LINE - sum(needed), 0)
    more = [max(want - need, 0) for want, need in zip(wanted, needed, strict=True)]
    shares = [need + room * extra // max(sum(more), 1) for need, extra in zip(needed, more, strict=True)]
    return [Length(whole * share // sum(shares)) for share in shares]


def _write(paragraph: Any, words: Line) -> None:
    for span in words:
        run = paragraph.add_run(f"[{span.text}]" if span.form is Form.GAP else span.text)
        run.bold = True if span.form is Form.STRONG else None
        if span.form is Form.GAP:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _bookmark(anchor: str) -> str:
    """Return an anchor as the name of a bookmark: letters, digits and _, at most 40 of them (17.13.6.2)."""
    return f"_{anchor.replace('-', '_')}"[:40]


def _within(element: Any, name: str) -> Any:
    """Return the child of a name, made where there is none."""
    found = element.find(qn(name))
    if found is None:
        found = OxmlElement(name)
        element.append(found)
    return found


def _of_row(row: Any, name: str, *, first: bool = False) -> None:
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    properties = row._tr.get_or_add_trPr()
    # cantSplit stands before tblHeader (17.4.79).
    properties.insert(0, mark) if first else properties.append(mark)


def _said_of(table: Any, name: str, text: str) -> None:
    said = OxmlElement(name)
    said.set(qn("w:val"), text)
    table._tbl.tblPr.append(said)


def _field(paragraph: Any, instruction: str, shown: str) -> None:
    _begin(paragraph, instruction)
    paragraph.add_run(shown)
    _mark(paragraph, "end")


def _begin(paragraph: Any, instruction: str) -> None:
    _mark(paragraph, "begin")
    text = OxmlElement("w:instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = f" {instruction} "
    paragraph.add_run()._element.append(text)
    _mark(paragraph, "separate")


def _mark(paragraph: Any, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._element.append(mark)
