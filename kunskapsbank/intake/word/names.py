"""The names in the XML of Word files: "w:p" for what ElementTree calls "{http://…}p", in both forms of the standard."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_OPEN = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
# ECMA-376 parts 1 (strict) and 4 (transitional); the other programs' own.
_PREFIXES = {
    f"{_OPEN}wordprocessingml/2006/main": "w",
    f"{_STRICT}wordprocessingml/main": "w",
    f"{_OPEN}officeDocument/2006/relationships": "r",
    f"{_STRICT}officeDocument/relationships": "r",
    f"{_OPEN}officeDocument/2006/math": "m",
    f"{_STRICT}officeDocument/math": "m",
    f"{_OPEN}drawingml/2006/main": "a",
    f"{_STRICT}drawingml/main": "a",
    f"{_OPEN}drawingml/2006/chart": "c",
    f"{_STRICT}drawingml/chart": "c",
    f"{_OPEN}drawingml/2006/diagram": "dgm",
    f"{_STRICT}drawingml/diagram": "dgm",
    f"{_OPEN}drawingml/2006/picture": "pic",
    f"{_STRICT}drawingml/picture": "pic",
    f"{_OPEN}drawingml/2006/wordprocessingDrawing": "wp",
    f"{_STRICT}drawingml/wordprocessingDrawing": "wp",
    f"{_OPEN}drawingml/2006/lockedCanvas": "lc",
    f"{_OPEN}markup-compatibility/2006": "mc",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingInk": "wpi",
    "http://schemas.microsoft.com/office/drawing/2014/chartex": "cx",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "http://purl.org/dc/elements/1.1/": "dc",
}


@cache
def name(qualified: str) -> str:
    """Return "w:p" for the name in full that ElementTree gives."""
    uri, _, local = qualified.removeprefix("{").rpartition("}")
    return f"{_PREFIXES.get(uri, '?')}:{local}" if uri else local


def value(element: Element | None, key: str = "w:val", default: str = "") -> str:
    """Return an attribute of an element; `default` where either is missing."""
    if element is not None:
        for qualified, found in element.attrib.items():
            if name(qualified) == key:
                return found
    return default


def first(element: Element | None, *path: str) -> Element | None:
    """Return the first child of a child and so on along the names; None where there is none."""
    for step in path:
        if element is None:
            return None
        element = next((child for child in element if name(child.tag) == step), None)
    return element


def every(element: Element, wanted: str) -> Iterator[Element]:
    """Yield the elements of a name, however deep they lie."""
    return (found for found in element.iter() if name(found.tag) == wanted)


def is_on(element: Element | None) -> bool | None:
    """Tell whether a property that is there says yes; None where it is not there. ECMA-376 part 1, 17.17.4."""
    return None if element is None else value(element, default="true") not in {"0", "false", "off", "none"}
