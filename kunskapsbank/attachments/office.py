"""The bytes of a .docx, .odt, .xlsx, .ods or .pptx → its text, what is hidden in it too, and what its pictures say."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING

from kunskapsbank.attachments.contents import Contents, Flaw, Part, UncheckedError
from kunskapsbank.files import package
from kunskapsbank.files.unreadable import Reason, UnreadableError

if TYPE_CHECKING:
    import zipfile
    from xml.etree.ElementTree import Element

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp)$", re.IGNORECASE)
# Parts by the beginnings of their names, and what an editor calls them; the first that fits.
_PARTS = (
    (r"docProps/|meta\.xml", "i filens egenskaper"),
    (r".*_rels/", "i länkarna"),
    (r".*header", "i sidhuvudet"),
    (r".*footer|styles\.xml", "i sidhuvudet eller sidfoten"),
    (r".*footnotes", "i fotnoterna"),
    (r".*endnotes", "i slutnoterna"),
    (r".*(?:comment|person)", "i kommentarerna"),
    (r".*notesSlide", "i anteckningarna"),
    (r"ppt/slides/slide(\d+)", r"på bild \1"),
    (r"xl/", "i kalkylbladen"),
    (r"", "i texten"),
)


def read(data: bytes) -> Contents:
    """Return all that is written in a package; raises UncheckedError where it is damaged, locked or a zip bomb."""
    if data.startswith(_OLE):
        # What Word makes of a document with a password.
        raise UncheckedError(Flaw.LOCKED)
    try:
        return _read(package.opened(data))
    except UnreadableError as error:
        flaw = {Reason.TOO_LARGE: Flaw.TOO_LARGE, Reason.LOCKED: Flaw.LOCKED}.get(error.reason, Flaw.DAMAGED)
        raise UncheckedError(flaw) from None
    except (*package.BROKEN, RecursionError):
        raise UncheckedError(Flaw.DAMAGED) from None


def _read(opened: zipfile.ZipFile) -> Contents:
    contents = Contents()
    sheets = _sheets(opened)
    for name in opened.namelist():
        if package.is_markup(name):
            writer = _Writer()
            writer.write(package.tree(opened.read(name)))
            place = sheets.get(name) or _place(name)
            contents.parts.append(Part(place, writer.written))
            contents.short_numbers += (Part(place, number) for number in writer.short_numbers)
            contents.names += writer.names
            if writer.has_changes:
                contents.flaws.add(Flaw.CHANGES)
        elif _PICTURE.search(name):
            try:
                # What reads pictures cannot be had everywhere that the library runs.
                inside: Contents = import_module("kunskapsbank.attachments.picture").read(opened.read(name))
            except ImportError:
                contents.flaws.add(Flaw.NO_PICTURES)
                continue
            except UncheckedError:
                continue  # The program that shows the document cannot show it either.
            contents.parts += inside.parts
            contents.names += inside.names
            contents.flaws |= inside.flaws
    return contents


def _place(name: str) -> str:
    return next(found.expand(place) for start, place in _PARTS if (found := re.match(start, name)))


def _sheets(opened: zipfile.ZipFile) -> dict[str, str]:
    """Return what to call the parts that are sheets of a workbook: "på bladet Deltagare"."""
    try:
        book = package.tree(opened.read("xl/workbook.xml"))
        links = package.tree(opened.read("xl/_rels/workbook.xml.rels"))
    except KeyError:
        return {}
    targets = {link.get("Id"): link.get("Target", "").removeprefix("/xl/") for link in links}
    found = {}
    for sheet in book.iter():
        if _local(sheet.tag) == "sheet":
            link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
            found[f"xl/{targets.get(link, '')}"] = f"på bladet {sheet.get('name', '')}"
    return found


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


# In these the text stands in a few elements only; the other characters are the XML's own layout.
_OFFICE = re.compile(r"/(?:wordprocessingml|spreadsheetml|drawingml|presentationml|officeDocument/2006/math)\b")
_RUNS = frozenset("t delText instrText".split())
# Here each element is a value of its own.
_PROPERTIES = re.compile(r"purl\.org/dc|metadata|extended-properties|docPropsVTypes|:meta:")
_PARAGRAPHS = frozenset("p h".split())
_BREAKS = frozenset("c row si tr tc table-cell table-row".split())
_SIGNS = {"tab": " ", "br": " ", "cr": " ", "s": " ", "line-break": " ", "noBreakHyphen": "-"}
# Attributes with what somebody wrote: addresses of links, alternative texts, names of sheets, values of cells.
_WRITTEN = frozenset("href Target descr title name value string-value".split())
_NAMES = frozenset("creator lastModifiedBy initial-creator printed-by Manager".split())
_CHANGES = frozenset("ins del moveFrom moveTo tracked-changes annotation comment".split())


class _Writer:
    """Writes a part's text paragraph by paragraph, with runs joined however they are split."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.short_numbers: list[str] = []
        self.has_changes = False
        self._text: list[str] = []
        self._aside: list[str] = []
        self._is_in_paragraph = False

    @property
    def written(self) -> str:
        """The text, and after it what stands beside it: notes, boxes, links and alternative texts."""
        return "".join((*self._text, "\n", *self._aside))

    def write(self, element: Element) -> None:
        """Go through the element; raises RecursionError where it is nested deeper than a document is."""
        tag = _local(element.tag)
        self._note(element, tag)
        if tag in _PARAGRAPHS and self._is_in_paragraph:
            # A note or a box must not part what stands before it from what stands after it.
            outer, self._text = self._text, []
            self._go_through(element, tag)
            self._aside += [*self._text, "\n"]
            self._text = outer
            return
        was_in_paragraph, self._is_in_paragraph = self._is_in_paragraph, self._is_in_paragraph or tag in _PARAGRAPHS
        self._go_through(element, tag)
        self._is_in_paragraph = was_in_paragraph
        if tag in _PARAGRAPHS or tag in _BREAKS or _PROPERTIES.search(str(element.tag)):
            self._text.append("\n")

    def _go_through(self, element: Element, tag: str) -> None:
        is_text = tag in _RUNS or not _OFFICE.search(str(element.tag))
        self._text.append(_SIGNS.get(tag, ""))
        if element.text and is_text:
            self._text.append(element.text)
        for child in element:
            if tag == "c" and _local(child.tag) == "v":
                self._text.append(self._value(child.text or "", element.get("t", "n")))
            elif tag == "c" and _local(child.tag) == "f":
                self._aside.append(f"{child.text or ''}\n")
            else:
                self.write(child)
            if child.tail and is_text:
                self._text.append(child.tail)

    def _note(self, element: Element, tag: str) -> None:
        for key, value in element.attrib.items():
            if _local(key) in _WRITTEN:
                self._aside.append(f"{self._value(value, 'n')}\n")
            elif _local(key) == "author":
                self.names.append(value)
        if tag in _NAMES:
            self.names.append(element.text or "")
        if tag in _CHANGES:
            self.has_changes = True

    def _value(self, text: str, kind: str) -> str:
        """Return what a cell shows, and note numbers of nine digits.

        `kind` is OOXML's, n for a number, s for a reference to a string that stands elsewhere.
        """
        if kind == "s":
            return ""
        if kind != "n" or not re.fullmatch(r"[0-9.]+(?:[eE]\+?[0-9]{1,2})?", text.strip()):
            return text
        try:
            whole = f"{float(text):.0f}"
        except ValueError:
            return text
        if len(whole) == 9:
            self.short_numbers.append(f"0{whole}")
        return whole
