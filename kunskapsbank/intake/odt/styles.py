"""The names and styles of an OpenDocument text: how text looks, which lists are numbered and where they begin."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {
    f"{_URN}office:1.0": "office",
    f"{_URN}style:1.0": "style",
    f"{_URN}text:1.0": "text",
    f"{_URN}table:1.0": "table",
    f"{_URN}drawing:1.0": "draw",
    f"{_URN}form:1.0": "form",
    f"{_URN}chart:1.0": "chart",
    f"{_URN}xsl-fo-compatible:1.0": "fo",
    f"{_URN}svg-compatible:1.0": "svg",
    "http://www.w3.org/1998/Math/MathML": "math",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/XML/1998/namespace": "xml",
    "http://purl.org/dc/elements/1.1/": "dc",
}
# A file can ask for a million spaces or columns in one word.
MOST_REPEATS = 100
_HIGHEST_NUMBER = 9_999


@cache
def name(qualified: str) -> str:
    """Return "text:p" for the name in full that ElementTree gives."""
    uri, _, local = qualified.removeprefix("{").rpartition("}")
    return f"{_PREFIXES.get(uri, '?')}:{local}"


def attributes(element: Element) -> dict[str, str]:
    """Return an element's attributes by their short names."""
    return {name(key): value for key, value in element.attrib.items()}


def first(element: Element, *path: str) -> Element | None:
    """Return the first child of a child and so on along the names; None where there is none."""
    found: Element | None = element
    for step in path:
        found = next((child for child in found if name(child.tag) == step), None) if found is not None else None
    return found


def count(written: str, default: int, most: int = MOST_REPEATS) -> int:
    """Return a number that a file gives; `default` where it gives none."""
    return min(int(written), most) if written.isdecimal() and written.isascii() and len(written) < 9 else default


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says that we keep; `level` is the heading's; None where nothing is said."""

    parent: str = ""
    display: str = ""
    level: int = 0
    bold: bool | None = None
    italic: bool | None = None
    struck: bool | None = None
    hidden: bool | None = None
    position: str = ""
    list_style: str = ""


def styles(documents: Iterable[Element]) -> dict[str, Style]:
    """Return the styles by family and name: styles of different families may have the same name."""
    found: dict[str, Style] = {}
    for document in documents:
        for element in document.iter():
            if name(element.tag) != "style:style":
                continue
            own = attributes(element)
            text = first(element, "style:text-properties")
            properties = attributes(text) if text is not None else {}
            weight, slant = properties.get("fo:font-weight"), properties.get("fo:font-style")
            line, display = properties.get("style:text-line-through-style"), properties.get("text:display")
            position = properties.get("style:text-position", "").split(" ")[0]
            raised = position == "super" or (position[:1].isdecimal() and not position.startswith("0"))
            found[f"{own.get('style:family', '')} {own.get('style:name', '')}"] = Style(
                own.get("style:parent-style-name", ""),
                own.get("style:display-name", own.get("style:name", "")),
                count(own.get("style:default-outline-level", ""), 0),
                weight in {"bold", "600", "700", "800", "900"} if weight else None,
                slant in {"italic", "oblique"} if slant else None,
                line != "none" if line else None,
                display == "none" if display else None,
                "sup" if raised else "sub" if position == "sub" or position.startswith("-") else "",
                own.get("style:list-style-name", ""),
            )
    return found


@dataclass(frozen=True, slots=True)
class Numbers:
    """A level of a list that is numbered: where it begins, and whether its numbers are 1, 2, 3."""

    start: int
    is_plain: bool


def lists(documents: Iterable[Element]) -> dict[str, dict[int, Numbers]]:
    """Return for each list style the levels that are numbered."""
    found: dict[str, dict[int, Numbers]] = {}
    for document in documents:
        for element in document.iter():
            if name(element.tag) != "text:list-style":
                continue
            levels: dict[int, Numbers] = {}
            for child in element:
                own = attributes(child)
                form = own.get("style:num-format")
                if name(child.tag) == "text:list-level-style-number" and form:
                    start = count(own.get("text:start-value", ""), 1, _HIGHEST_NUMBER)
                    is_plain = form == "1" and own.get("text:display-levels", "1") == "1"
                    levels[count(own.get("text:level", ""), 1)] = Numbers(start, is_plain)
            found[attributes(element).get("style:name", "")] = levels
    return found
