"""Simple HTML → Markdown in the bank's dialect, which `kunskapsbank.markup.body` finds nothing wrong with."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from kunskapsbank.intake import spans, tables, typed_lists
from kunskapsbank.intake.remarks import Told, quoted
from kunskapsbank.intake.used_pictures import spoken
from kunskapsbank.swedish.text import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bs4.element import PageElement

_HEADING = re.compile(r"h[1-6]$")
# Elements that stand by themselves; all others are parts of a paragraph.
_BLOCKS = frozenset(
    "address article blockquote body center dd details div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 header "
    "hr html li main ol p pre section summary table tbody td tfoot th thead tr ul caption".split()
)
# A paragraph in bold that is no longer than this and ends like a heading is taken for one.
_LONGEST_HEADING = 80
_DEEPEST = 6
_INDENT = "    "
_NO_CODE = ("ul", "ol", "blockquote")
_BOLD = Told(
    "Raden {which} är fetstil i originalet och har blivit en rubrik.",
    "{count} rader i fetstil i originalet har blivit rubriker: {which}.",
)
_NOTE_OF_TITLE = Told(
    "Titelns fotnot {which} har blivit ett stycke först i texten.",
    "Titelns {count} fotnoter har blivit stycken först i texten: {which}.",
)
_NEW_LIST = Told(
    "En ny numrerad lista börjar direkt efter en annan ({which}), och banken räknar dem som en. Skriv en rad text "
    "mellan dem.",
    "{count} numrerade listor börjar direkt efter andra, och banken räknar dem som en: {which}. Skriv en rad text "
    "mellan dem.",
)
_NUMBERED = re.compile(r"[0-9]+\. ")
_LIST = re.compile(r"- |[0-9]+\. ")
_NUMBER = re.compile("[1-9][0-9]{0,3}")


@dataclass(frozen=True, slots=True)
class Written:
    """A document as Markdown.

    `title` is what stood as its title, "" where nothing did. `pictures` are the keys of the pictures that the text
    shows, in order. `remarks` are Swedish sentences about what the editor should look at.
    """

    markdown: str
    title: str
    pictures: tuple[str, ...]
    remarks: tuple[str, ...]


def write(html: str, names: Mapping[str, str]) -> Written:
    """Turn HTML, as described at `Original`, into Markdown.

    `names` maps the `src` of each picture to the file name to link to; a picture that is not there is left out with a
    remark, and one whose name is "" without. Headings begin at level 2 and skip none.
    Nothing is raised for odd HTML.
    """
    tree = BeautifulSoup(html, "html.parser")
    root = tree.body or tree
    page = spans.Page(names)
    notes = _taken_notes(root)
    page.known_notes = frozenset(notes)
    title = _taken_title(root, notes, page)
    typed_lists.made(root)
    writer = _Writer(page, _levels(root, page))
    blocks = writer.blocks(root.children)
    blocks += writer.footnotes(notes)
    markdown = "\n\n".join(blocks)
    return Written(f"{markdown}\n" if markdown else "", title, tuple(page.pictures), page.remarks.texts())


def alternative_texts(html: str) -> dict[str, str]:
    """Return the alternative text of each picture that the HTML shows, by its `src`; the first where it has several."""
    alts: dict[str, str] = {}
    if "<img" not in html.lower():
        return alts
    for image in BeautifulSoup(html, "html.parser").find_all("img"):
        alts.setdefault(str(image.get("src") or ""), spoken(str(image.get("alt") or "")))
    return alts


def _taken_notes(root: Tag) -> dict[str, Tag]:
    """Take the footnotes' texts out of the tree; returns them by id."""
    notes: dict[str, Tag] = {}
    for item in root.find_all("li", id=re.compile(r"^(footnote|endnote)-\w+$")):
        around = item.parent
        notes.setdefault(str(item["id"]), item.extract())
        if around and around.name in {"ol", "ul"} and not around.find("li") and around is not root:
            around.extract()
    return notes


def _taken_title(root: Tag, notes: Mapping[str, Tag], page: spans.Page) -> str:
    """Take the title out of the tree: the one marked as title, or a first heading that is the only one of level 1.

    Pictures and notes that stand in it are left first in the text.
    """
    titles = root.find_all("h1")
    found = next((heading for heading in titles if "title" in heading.get_attribute_list("class")), None)
    if not found and len(titles) == 1 and not any(_before(titles[0], root)):
        found = titles[0]
    if not found:
        return ""
    found.extract()
    kept: list[Tag] = []
    for call in found.find_all("a", href=spans.FOOTNOTE):
        note = notes.get(str(call["href"]).removeprefix("#"))
        around = call.parent if call.parent and call.parent.name == "sup" else call
        around.extract()
        if note:
            page.remark(_NOTE_OF_TITLE, quoted(spans.text_of(note.children).rstrip("↑ ")))
            kept.append(note)
    kept += [picture.extract() for picture in found.find_all("img")]
    for number, element in enumerate(kept):
        part = Tag(name="div")
        for node in list(element.contents) if element.name == "li" else [element]:
            part.append(node)
        root.insert(number, part)
    return spans.text_of(found.children).strip()


def _before(heading: Tag, root: Tag) -> Iterator[bool]:
    """Yield for each text before the heading whether it says anything."""
    for node in root.descendants:
        if node is heading:
            return
        if spans.is_text(node):
            yield bool(str(node).strip())


@dataclass(frozen=True, slots=True)
class _Heading:
    level: int
    is_promoted: bool = False


def _levels(root: Tag, page: spans.Page) -> dict[int, _Heading]:
    """Return each heading's level in the bank by the element's identity, and note where links to it lead."""
    levels: dict[int, _Heading] = {}
    open_levels: list[int] = []
    used: dict[str, int] = {}
    for tag in _top_blocks(root):
        is_promoted = not _HEADING.match(tag.name)
        if is_promoted and not _looks_like_heading(tag):
            continue
        words = spans.text_of(tag.children)
        if not words.strip():
            continue
        if is_promoted:
            level = min(len(open_levels) + 2, _DEEPEST)
        else:
            source = int(tag.name[1])
            while open_levels and open_levels[-1] >= source:
                open_levels.pop()
            open_levels.append(source)
            level = min(len(open_levels) + 1, _DEEPEST)
        levels[id(tag)] = _Heading(level, is_promoted)
        anchor = _unique(slugify(words), used)
        page.anchors.update({str(inner["id"]): anchor for inner in (tag, *tag.find_all(id=True)) if inner.get("id")})
    return levels


def _top_blocks(node: Tag) -> Iterator[Tag]:
    """Yield paragraphs and headings that stand neither in a list, a table nor a quotation."""
    for child in node.children:
        if isinstance(child, Tag) and child.name not in spans.DROPPED:
            if child.name == "p" or _HEADING.match(child.name):
                yield child
            elif child.name in _BLOCKS - {"ul", "ol", "table", "blockquote", "dl", "pre"}:
                yield from _top_blocks(child)


def _looks_like_heading(paragraph: Tag) -> bool:
    """Tell whether all of a short paragraph is bold and it ends like a heading: many write headings so in Word."""
    words = spans.text_of(paragraph.children)
    bold = spans.text_of(
        child for child in paragraph.children if isinstance(child, Tag) and child.name in {"strong", "b"}
    )
    return bool(words.strip()) and words == bold and len(words) <= _LONGEST_HEADING and words[-1] not in ".,:;!?…"


def _unique(slug: str, used: dict[str, int]) -> str:
    """Return the id that the bank gives a heading: that of an earlier one gets _1, _2 and so on."""
    found, number = slug, used.get(slug, 0)
    while found in used or not found:
        number += 1
        found = f"{slug}_{number}"
    used[slug] = number
    used.setdefault(found, 0)
    return found


class _Writer:
    """Writes blocks: each is a text of one or several lines, without empty lines round it."""

    def __init__(self, page: spans.Page, levels: Mapping[int, _Heading]) -> None:
        self.page = page
        self.levels = levels

    def blocks(self, nodes: Iterable[PageElement]) -> list[str]:
        found: list[str] = []
        loose: list[PageElement] = []
        for node in nodes:
            if isinstance(node, Tag) and (node.name in _BLOCKS or (not _is_inline(node))):
                found += self.paragraph(loose)
                loose = []
                if node.name not in spans.DROPPED:
                    written = self.block(node)
                    if found and written and _NUMBERED.match(found[-1]) and _NUMBERED.match(written[0]):
                        self.page.remark(_NEW_LIST, quoted(spans.text_of(node.children)))
                    found += written
            else:
                loose.append(node)
        return found + self.paragraph(loose)

    def block(self, tag: Tag) -> list[str]:
        if heading := self.levels.get(id(tag)):
            return self.heading(tag, heading)
        if tag.name in {"ul", "ol"}:
            return self.listing(tag)
        if tag.name == "table":
            return self.table(tag)
        if tag.name == "blockquote":
            inner = "\n\n".join(self.blocks(tag.children))
            return [re.sub("(?m)^(.*)$", _quoted, inner)] if inner else []
        if tag.name == "pre":
            return self.code(tag)
        if tag.name == "dt" or _HEADING.match(tag.name):
            if not spans.text_of(tag.children).strip():
                return self.paragraph(list(tag.children))
            words = spans.line(tag.children, self.page)
            return [f"**{words.replace('**', '')}**"] if words else []
        if tag.name == "hr":
            return []
        return self.blocks(tag.children)

    def paragraph(self, nodes: list[PageElement]) -> list[str]:
        before, text, after = _without_pictures(nodes)
        # Two spaces at the end of a line make a line break.
        parts = ("  \n".join(spans.lines(part, self.page)) for part in (before, text, after))
        return [part for part in parts if part]

    def heading(self, tag: Tag, heading: _Heading) -> list[str]:
        before, text, after = _without_pictures(list(tag.children))
        words = re.sub(r"(?<!\\)\*+", "", spans.line(text, self.page))
        if heading.is_promoted:
            self.page.remark(_BOLD, quoted(spans.text_of(tag.children), _LONGEST_HEADING))
        # Signs at the end would be taken for the heading's own.
        words = re.sub("#+$", lambda match: "\\#" * len(match[0]), words)
        pictures = self.paragraph([*before, *after]) if before or after else []
        return ([f"{'#' * heading.level} {words}"] if words else []) + pictures

    def code(self, tag: Tag) -> list[str]:
        text = tag.get_text().replace("\r\n", "\n").strip("\n")
        if tag.find_parent(_NO_CODE):
            # A fence is one only at the beginning of a line.
            lines = [line for whole in text.split("\n") for line in spans.lines([NavigableString(whole)], self.page)]
            return ["  \n".join(lines)] if lines else []
        fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", text)), 3)
        return [f"{fence}\n{text}\n{fence}"] if text.strip() else []

    def listing(self, tag: Tag) -> list[str]:
        items = []
        first_number = str(tag.get("start", ""))
        for number, item in enumerate(self.items(tag), int(first_number) if _NUMBER.fullmatch(first_number) else 1):
            mark = f"{number}." if tag.name == "ol" else "-"
            inner = self.blocks(item)
            if not inner:
                continue
            text = inner[0]
            for before, other in itertools.pairwise(inner):
                # A list under its text needs no empty line between; all else does.
                text += f"\n{other}" if _LIST.match(other) and not _LIST.match(before) else f"\n\n{other}"
            items.append(f"{mark} {_indented(text, max(len(_INDENT), len(mark) + 1))}")
        return ["\n".join(items)] if items else []

    @staticmethod
    def items(tag: Tag) -> Iterator[list[PageElement]]:
        """Yield what stands in each item; a list right in a list belongs to the item before it."""
        held: list[PageElement] = []
        for child in tag.children:
            if isinstance(child, Tag) and child.name == "li":
                if held:
                    yield held
                held = list(child.children)
            elif isinstance(child, Tag) or str(child).strip():
                held.append(child)
        if held:
            yield held

    def table(self, tag: Tag) -> list[str]:
        rows = list(_within(tag, {"tr"}))
        cells = [list(_within(row, {"td", "th"})) for row in rows]
        caption = [block for found in _within(tag, {"caption"}) for block in self.blocks(found.children)]
        if sum(map(len, cells)) <= 1:
            # A box round a text, not a table.
            return caption + [block for row in cells for cell in row for block in self.blocks(cell.children)]
        marked = [row.parent is not None and row.parent.name == "thead" for row in rows]
        found = [[self.table_cell(cell) for cell in row] for row in cells]
        return caption + tables.written(found, marked, self.page)

    def table_cell(self, tag: Tag) -> tables.Cell:
        text = self.cell(tag)
        is_head = tag.name == "th" or bool(re.fullmatch(r"\*\*(?:(?!\*\*).)+\*\*", text))
        return tables.Cell(text, tag.name == "th", is_head, _span(tag, "colspan"), _span(tag, "rowspan"))

    def cell(self, tag: Tag) -> str:
        # What stands in paragraphs of its own in a cell is often of the same row as what stands beside it.
        parts = [part for part in self.cell_parts(tag.children) if part]
        return "<br>".join(parts).replace("|", r"\|")

    def cell_parts(self, nodes: Iterable[PageElement]) -> Iterator[str]:
        loose: list[PageElement] = []
        for node in nodes:
            if isinstance(node, Tag) and node.name in _BLOCKS:
                yield spans.line(loose, self.page)
                loose = []
                if node.name == "li":
                    yield f"{' '.join(filter(None, self.cell_parts(node.children)))};"
                elif node.name in {"ul", "ol"}:
                    yield " ".join(filter(None, self.cell_parts(node.children))).removesuffix(";")
                else:
                    yield from self.cell_parts(node.children)
            else:
                loose.append(node)
        yield spans.line(loose, self.page)

    def footnotes(self, notes: Mapping[str, Tag]) -> list[str]:
        """Return the definitions of the footnotes that are called, in that order; a note may call another."""
        found: list[str] = []
        # Notes that are called in notes come last in the same list.
        while len(found) < len(self.page.notes):
            called, number = next(itertools.islice(self.page.notes.items(), len(found), None))
            text = "\n\n".join(self.blocks(notes[called].children)) or "–"
            found.append(f"[^{number}]: {_indented(text)}")
        return found


def _within(tag: Tag, names: set[str]) -> Iterator[Tag]:
    """Yield the nearest elements of these names in a table: none that belong to a table in it."""
    for child in tag.children:
        if isinstance(child, Tag):
            if child.name in names:
                yield child
            elif child.name not in {"table", "td", "th"}:
                yield from _within(child, names)


def _without_pictures(nodes: list[PageElement]) -> tuple[list[PageElement], list[PageElement], list[PageElement]]:
    """Return the pictures that a text begins with, the text, and its other pictures, which are to stand after it."""
    if not any(isinstance(node, Tag) and (node.name == "img" or spans.holds(node, {"img"})) for node in nodes):
        return [], nodes, []
    if not spans.text_of(nodes).strip():
        return [], nodes, []
    before: list[PageElement] = []
    after: list[PageElement] = []
    text: list[PageElement] = []
    said = False
    for node in nodes:
        said = said or bool(text and spans.text_of(text[-1:]).strip())
        if isinstance(node, Tag) and (node.name == "img" or (node.find("img") and not spans.text_of([node]).strip())):
            (after if said else before).append(node)
            continue
        text.append(node)
        if isinstance(node, Tag):
            after += [picture.extract() for picture in node.find_all("img")]
    return before, text, after


def _is_inline(tag: Tag) -> bool:
    """Tell whether an element is part of a paragraph: it holds no block."""
    return not spans.holds(tag, _BLOCKS)


def _quoted(match: re.Match[str]) -> str:
    return f"> {match[1]}" if match[1] else ">"


def _indented(text: str, spaces: int = len(_INDENT)) -> str:
    """Return the text with its lines after the first indented, as what belongs to a list item or a footnote is."""
    return re.sub(r"\n(?=[^\n])", "\n" + " " * spaces, text)


def _span(cell: Tag, name: str) -> int:
    """Return over how many columns or rows a cell stretches; a number without reason counts as one."""
    written = str(cell.get(name, "1"))
    return int(written) if re.fullmatch("[1-9][0-9]?", written) else 1
