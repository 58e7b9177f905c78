"""A table of a Word file → one of HTML, its joined cells as one cell that reaches over several rows and columns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.intake import told
from kunskapsbank.intake.word.names import every, first, is_on, name, value
from kunskapsbank.intake.word.runs import ADDED, STRUCK, WRAPPERS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from kunskapsbank.intake.word.blocks import Writer

_WIDEST = 63


@dataclass(slots=True)
class _Cell:
    html: str
    across: int
    down: int = 1

    def written(self, tag: str) -> str:
        spans = "".join(
            f' {key}="{count}"' for key, count in (("colspan", self.across), ("rowspan", self.down)) if count > 1
        )
        return f"<{tag}{spans}>{self.html}</{tag}>"


def html(writer: Writer, element: Element) -> str:
    """Return a table; "" where it has no rows. What it holds is read by the writer."""
    # Joined cells that may reach further down, by the column where they begin.
    above: dict[int, _Cell] = {}
    head: list[list[_Cell]] = []
    body: list[list[_Cell]] = []
    for row in _parts(writer, element, "w:tr"):
        properties = first(row, "w:trPr")
        if first(properties, "w:del") is not None:
            continue
        if is_on(first(properties, "w:hidden")):
            writer.tell(told.HIDDEN, writer.place())
            continue
        is_head = is_on(first(properties, "w:tblHeader")) and not body
        (head if is_head else body).append(_row(writer, row, properties, above))
    made = ["".join(f"<tr>{''.join(cell.written(tag) for cell in row)}</tr>" for row in rows)
            for rows, tag in ((head, "th"), (body, "td"))]  # fmt: skip
    if not head and not body:
        return ""
    return f"<table>{f'<thead>{made[0]}</thead>' if head else ''}<tbody>{made[1]}</tbody></table>"


def _parts(writer: Writer, element: Element, wanted: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, whatever stands round them."""
    for child in element:
        kind = name(child.tag)
        if kind == wanted:
            yield child
        elif kind == "w:sdt":
            content = first(child, "w:sdtContent")
            if content is not None and (wanted == "w:tr" or not writer.is_unfilled(child)):
                yield from _parts(writer, content, wanted)
        elif kind in WRAPPERS - ADDED or (kind in ADDED and kind not in STRUCK):
            yield from _parts(writer, child, wanted)


def _row(writer: Writer, row: Element, properties: Element | None, above: dict[int, _Cell]) -> list[_Cell]:
    found: list[_Cell] = []
    column = _count(value(first(properties, "w:gridBefore")), 0)
    if column:
        found.append(_Cell("", column))
    goes_on: dict[int, _Cell] = {}
    for cell in _parts(writer, row, "w:tc"):
        of_cell = first(cell, "w:tcPr")
        across = _count(value(first(of_cell, "w:gridSpan")), 1)
        joined = first(of_cell, "w:vMerge")
        if value(first(of_cell, "w:hMerge"), default="") == "continue" and found:
            found[-1].across += across
        elif joined is not None and value(joined, default="continue") != "restart" and column in above:
            goes_on[column] = above[column]
            above[column].down += 1
        else:
            made = _Cell(writer.html(writer.blocks(cell)), across)
            found.append(made)
            if joined is not None:
                goes_on[column] = made
        column += across
    above.clear()
    above.update(goes_on)
    return found


def _count(written: str, default: int) -> int:
    return min(int(written), _WIDEST) if re.fullmatch(r"\d{1,4}", written) and int(written) else default


def has_text(element: Element) -> bool:
    """Tell whether any text stands in an element."""
    return any((part.text or "").strip() for part in every(element, "w:t"))
