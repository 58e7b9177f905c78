"""The styles of a Word file → what a paragraph becomes by its style, and how a run of text looks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kunskapsbank.intake.word.names import first, is_on, name, value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

# Styles by the names that Word and LibreOffice give them in the file, whatever language they show them in.
_QUOTATIONS = frozenset({"quote", "intense quote", "quotations", "citat"})
# Lists that a program makes of what stands elsewhere in the text.
_CONTENTS = re.compile(r"toc (?:\d|heading)|contents|table of figures", re.IGNORECASE)
_HEADING = re.compile(r"(?:heading|rubrik) ([1-6])", re.IGNORECASE)
_TITLES = frozenset({"title", "rubrik"})


@dataclass(frozen=True, slots=True)
class Look:
    """How a run of text looks, as far as it is kept; None where nothing is said."""

    bold: bool | None = None
    italic: bool | None = None
    struck: bool | None = None
    hidden: bool | None = None
    position: str = ""
    font: str = ""

    def over(self, under: Look) -> Look:
        """Return this look with what it does not say taken from another."""
        return Look(
            under.bold if self.bold is None else self.bold,
            under.italic if self.italic is None else self.italic,
            under.struck if self.struck is None else self.struck,
            under.hidden if self.hidden is None else self.hidden,
            self.position or under.position,
            self.font or under.font,
        )


_PLAIN = Look()


def look(properties: Element | None) -> Look:
    """Return what the properties of a run say."""
    if properties is None or not len(properties):
        return _PLAIN
    found = {name(child.tag): child for child in properties}
    strikes = [is_on(found.get(key)) for key in ("w:strike", "w:dstrike")]
    raised = value(found.get("w:vertAlign"))
    fonts = found.get("w:rFonts")
    return Look(
        is_on(found.get("w:b")),
        is_on(found.get("w:i")),
        None if strikes == [None, None] else any(strikes),
        is_on(found.get("w:vanish")),
        {"superscript": "sup", "subscript": "sub", "baseline": "none"}.get(raised, ""),
        value(fonts, "w:ascii") or value(fonts, "w:hAnsi"),
    )


@dataclass(frozen=True, slots=True)
class Style:
    """A style: its name, the id of the one it is based on, its outline level, 0 to 9, its list and its look."""

    name: str = ""
    parent: str = ""
    outline: str = ""
    numbering: tuple[str, str] = ("", "")
    look: Look = _PLAIN


@dataclass(slots=True)
class Styles:
    """The styles of a file by their ids, and the id of the one that a paragraph has when it names none."""

    paragraphs: dict[str, Style] = field(default_factory=dict)
    characters: dict[str, Style] = field(default_factory=dict)
    default: str = ""
    look: Look = _PLAIN
    _kinds: dict[str, str] = field(default_factory=dict)

    def chain(self, key: str) -> Iterator[Style]:
        """Yield a paragraph's style and those it is based on, the nearest first."""
        yield from _chain(key or self.default, self.paragraphs)

    def kind(self, key: str) -> str:
        """Return what a paragraph of a style is: "h1" to "h6", "title", "quote", "contents" or "p".

        Organisations make styles of their own ("Rubrik 1 numrerad"): the nearest that tells decides, by its name or its
        outline level.
        """
        if key not in self._kinds:
            self._kinds[key] = next(filter(None, map(_kind, self.chain(key))), "p")
        return self._kinds[key]

    def numbering(self, key: str) -> tuple[str, str]:
        """Return the list that a paragraph belongs to by its style, and the level in it; "" for none."""
        return next((style.numbering for style in self.chain(key) if style.numbering[0]), ("", ""))

    def hides(self, key: str) -> bool:
        """Tell whether the text of paragraphs of a style is hidden."""
        said = (style.look.hidden for style in self.chain(key))
        return bool(next((hidden for hidden in said if hidden is not None), self.look.hidden))

    def character(self, key: str) -> Look:
        """Return how text in a style for characters looks."""
        found = _PLAIN
        for style in _chain(key, self.characters):
            found = found.over(style.look)
            # Where the style itself says nothing of how it looks.
            said = style.name.lower()
            found = found.over(Look(bold=True if said in {"strong", "strong emphasis"} else None))
            found = found.over(Look(italic=True if said == "emphasis" else None))
        return found


def _chain(key: str, styles: Mapping[str, Style]) -> Iterator[Style]:
    seen: set[str] = set()
    while (style := styles.get(key)) and key not in seen:
        yield style
        seen.add(key)
        key = style.parent


def _kind(style: Style) -> str:
    said = style.name.strip().lower()
    if named := _HEADING.fullmatch(said):
        return f"h{named[1]}"
    if said in _TITLES:
        return "title"
    if _CONTENTS.match(said):
        return "contents"
    if said in _QUOTATIONS:
        return "quote"
    if said == "heading":
        return "h2"
    return f"h{int(style.outline) + 1}" if re.fullmatch("[0-5]", style.outline) else ""


def read(tree: Element | None) -> Styles:
    """Return the styles of a file; none where it has no part for them."""
    styles = Styles()
    if tree is None:
        return styles
    styles.look = look(first(tree, "w:docDefaults", "w:rPrDefault", "w:rPr"))
    for element in tree:
        if name(element.tag) != "w:style":
            continue
        properties = first(element, "w:pPr")
        numbers = first(properties, "w:numPr")
        style = Style(
            value(first(element, "w:name")),
            value(first(element, "w:basedOn")),
            value(first(properties, "w:outlineLvl")),
            (value(first(numbers, "w:numId")), value(first(numbers, "w:ilvl"))),
            look(first(element, "w:rPr")),
        )
        key = value(element, "w:styleId")
        # ECMA-376 part 1, 17.7.4.17: a style without type is one for paragraphs.
        kind = value(element, "w:type", "paragraph")
        if kind == "paragraph":
            styles.paragraphs[key] = style
            if value(element, "w:default") in {"1", "true", "on"}:
                styles.default = key
        elif kind == "character":
            styles.characters[key] = style
    return styles
