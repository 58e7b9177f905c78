"""A formula (MathML) or a chart in an OpenDocument text → text on one line, or a table of the chart's values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kunskapsbank.intake.odt.styles import name
from kunskapsbank.intake.on_one_line import fraction, grouped, lowered, raised, root, table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element


def formula(tree: Element) -> str:
    """Return a formula as text; "" where the object is something else."""
    return re.sub(r"\s+", " ", _math(tree)).strip() if name(tree.tag) == "math:math" else ""


def _math(element: Element) -> str:
    kind = name(element.tag).removeprefix("math:")
    if kind in {"annotation", "annotation-xml"}:
        return ""
    parts = [_math(child).strip() for child in element]
    first, second, third = (*parts[:3], "", "", "")[:3]
    if kind == "mfrac":
        return fraction(first, second)
    if kind in {"msup", "mover"}:
        return f"{grouped(first)}{raised(second)}"
    if kind in {"msub", "munder"}:
        return f"{grouped(first)}{lowered(second)}"
    if kind in {"msubsup", "munderover"}:
        return f"{grouped(first)}{lowered(second)}{raised(third)}"
    if kind == "msqrt":
        return root("".join(parts))
    if kind == "mroot":
        return root(first, second)
    if kind == "mtr":
        return " ".join(parts)
    if kind == "mtable":
        return "; ".join(parts)
    text = (element.text or "") + "".join(_math(child) + (child.tail or "") for child in element)
    return f" {text} " if kind == "mtext" else text


def chart(tree: Element) -> tuple[str, str]:
    """Return a chart's heading and its values as a table in HTML; "" for the latter where it holds none."""
    heading = next((_words(one) for one in tree.iter() if name(one.tag) == "chart:title"), "")
    rows = [
        ["" if (text := _words(cell)) == "NaN" else text for cell in row if name(cell.tag) == "table:table-cell"]
        for row in _rows(tree)
    ]
    rows = [row for row in rows if any(row)]
    return heading, table(rows)


def _rows(tree: Element) -> Iterator[Element]:
    return (one for one in tree.iter() if name(one.tag) == "table:table-row")


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())
