"""Fields of a Word file: which part of one is seen, where a link in one leads, and what a box in a form shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.intake.word.names import every, first, is_on, value

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

CHECKED, UNCHECKED = "☒", "☐"
# Lists that Word makes of what stands elsewhere in the text.
_CONTENTS = frozenset({"TOC", "INDEX", "TOA"})
# Marks for such lists and for mail merges, which show nothing.
_SILENT = frozenset(
    {"XE", "TC", "TA", "RD", "ADVANCE", "SET", "ASK", "NEXT", "PRIVATE", "SKIPIF", "NEXTIF", "FORMTEXT"}
)
_PART = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')


@dataclass(slots=True)
class Field:
    """A field that has begun: its instruction, whether its result has, and whether that shows anything."""

    instruction: str = ""
    in_result: bool = False
    has_shown: bool = False

    @property
    def kind(self) -> str:
        """The first word of the instruction, in capitals: "HYPERLINK"."""
        words = self.instruction.split(None, 1)
        return words[0].upper() if words else ""

    @property
    def is_contents(self) -> bool:
        """Whether the result is a list that Word has made."""
        return self.kind in _CONTENTS

    @property
    def is_silent(self) -> bool:
        """Whether a field of this kind shows nothing."""
        return self.kind in _SILENT or not self.kind

    @property
    def link(self) -> str:
        """Where the result leads: an address, "#" and a bookmark, or both; "" for a field of another kind.

        ECMA-376 part 1, 17.16.5.25: \\l names a bookmark, \\o and \\t have a value too that says nothing of where.
        """
        if self.kind != "HYPERLINK":
            return ""
        address = bookmark = ""
        switch = ""
        for part in _PART.finditer(self.instruction.strip()[len("HYPERLINK") :]):
            text = re.sub(r"\\(.)", r"\1", part[1]) if part[1] is not None else part[2]
            if part[1] is None and re.fullmatch(r"\\[a-zA-Z]", text):
                switch = text.lower() if text.lower() in {"\\l", "\\o", "\\t"} else ""
                continue
            if switch == "\\l":
                bookmark = text
            elif not switch and not address:
                address = text
            switch = ""
        return f"{address}#{bookmark}" if bookmark else address

    @property
    def symbol(self) -> tuple[str, int] | None:
        """The font and number of the sign that a field SYMBOL shows."""
        found = re.match(r"\s*SYMBOL\s+(0x[0-9a-f]+|\d+)(?:.*\\f\s+\"?([^\"\\]+))?", self.instruction, re.IGNORECASE)
        return ((found[2] or "").strip(), int(found[1], 0)) if found else None


def of_form(element: Element) -> str:
    """Return what a box in a form shows: a cross or none, or what is chosen of a list; "" for any other field."""
    data = first(element, "w:ffData")
    if (box := first(data, "w:checkBox")) is not None:
        checked = is_on(first(box, "w:checked"))
        return CHECKED if (is_on(first(box, "w:default")) if checked is None else checked) else UNCHECKED
    if (choices := first(data, "w:ddList")) is not None:
        entries = [value(entry) for entry in every(choices, "w:listEntry")]
        chosen = value(first(choices, "w:result")) or value(first(choices, "w:default")) or "0"
        number = int(chosen) if chosen.isdecimal() else 0
        return entries[number] if number < len(entries) else ""
    return ""
