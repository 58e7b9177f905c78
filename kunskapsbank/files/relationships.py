"""Which part of an Office package is which: found by relationships, as programs do, never by the parts' names.

ECMA-376 part 2 (Open Packaging Conventions), 6.5.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.files import package

if TYPE_CHECKING:
    import zipfile

_MAIN = "officeDocument"


@dataclass(frozen=True, slots=True)
class Related:
    """What a part refers to: its kind in one word ("image"), and the part, or the address where it is outside."""

    kind: str
    target: str
    is_outside: bool = False


def related(opened: zipfile.ZipFile, part: str = "") -> dict[str, Related]:
    """Return what a part (the whole package for "") refers to, by the ids that it uses.

    Raises UnreadableError where the list of them is broken.
    """
    folder, _, name = part.rpartition("/")
    listing = posixpath.join(folder, "_rels", f"{name}.rels")
    if listing not in opened.NameToInfo:
        return {}
    found = {}
    for element in package.part(opened, listing):
        target, is_outside = element.get("Target", ""), element.get("TargetMode") == "External"
        if not is_outside:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found[element.get("Id", "")] = Related(element.get("Type", "").rpartition("/")[2], target, is_outside)
    return found


def main_part(opened: zipfile.ZipFile) -> str:
    """Return the name of the part that the document is; "" where the package is no Office document."""
    parts = (one.target for one in related(opened).values() if one.kind == _MAIN and not one.is_outside)
    return next((part for part in parts if part in opened.NameToInfo), "")


def content_type(opened: zipfile.ZipFile, part: str) -> str:
    """Return what the package says that a part is, "" where it says nothing."""
    listing = "[Content_Types].xml"
    if listing not in opened.NameToInfo:
        return ""
    by_ending, ending = "", part.rpartition(".")[2].lower()
    for element in package.part(opened, listing):
        if element.get("PartName", "").lower() == f"/{part}".lower():
            return element.get("ContentType", "")
        if element.get("Extension", "").lower() == ending:
            by_ending = element.get("ContentType", "")
    return by_ending
