"""A Word file (.docx) → simple HTML, by mammoth."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import mammoth

from kunskapsbank.files import package
from kunskapsbank.files.unreadable import Reason, UnreadableError
from kunskapsbank.intake.original import Original

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator, Mapping

# Styles by the names that Word and LibreOffice give them in the file, whatever language they show them in.
_STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Rubrik'] => h1.title:fresh
p[style-name='Heading'] => h2:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
p[style-name='Citat'] => blockquote > p:fresh
p[style-name^='TOC'] => !
p[style-name^='Contents'] => !
p[style-name='table of figures'] => !
r[style-name='Emphasis'] => em
r[style-name='Strong Emphasis'] => strong
""".strip()

_LINKED = "En länkad bild ligger inte i filen och är utelämnad. Infoga den i Word i stället, och försök igen."
# How mammoth tells of it.
_LINKED_MESSAGE = "could not open external image"


def read(data: bytes) -> Original:
    """Read a Word file whose form `sniff` has found to be right; raises UnreadableError when it is damaged.

    Headers, footers, tables of contents, comments and deleted text are left out; text boxes and inserted text are in.
    """
    pictures: dict[str, bytes] = {}

    def keep(picture: mammoth.images.Image) -> dict[str, str]:
        key = f"bild-{len(pictures) + 1}"
        with picture.open() as source:
            pictures[key] = source.read()
        return {"src": key}

    try:
        converted = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map="\n".join((_STYLES, *_own_styles(package.opened(data)))),
            include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(keep),
        )
    except UnreadableError:
        raise
    except Exception:
        # mammoth promises nothing for damaged files: whatever it stumbles on, the editor needs the same advice.
        raise UnreadableError(Reason.DAMAGED) from None
    is_linked = any(message.message.startswith(_LINKED_MESSAGE) for message in converted.messages)
    return Original(converted.value, pictures, remarks=(_LINKED,) if is_linked else ())


@dataclass(frozen=True, slots=True)
class _Style:
    """A paragraph style: its name, the id of the one it is based on, and its outline level, 0 to 9, or ""."""

    name: str
    parent: str
    outline: str


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _own_styles(opened: zipfile.ZipFile) -> Iterator[str]:
    """Yield a line for mammoth for each style that is a heading by what it is based on, or by its outline level.

    Organisations make such in their templates ("Rubrik 1 numrerad"), and mammoth goes by names alone.
    """
    if "word/styles.xml" not in opened.namelist():
        return
    styles: dict[str, _Style] = {}
    for element in package.tree(opened.read("word/styles.xml")).iter(f"{_W}style"):
        texts = {
            name: found.get(f"{_W}val", "")
            for name in ("name", "basedOn", "pPr/w:outlineLvl")
            if (found := element.find(f"w:{name}", {"w": _W.strip("{}")})) is not None
        }
        if element.get(f"{_W}type") == "paragraph":
            style = _Style(texts.get("name", ""), texts.get("basedOn", ""), texts.get("pPr/w:outlineLvl", ""))
            styles[element.get(f"{_W}styleId", "")] = style
    for key, style in styles.items():
        if (path := _path(key, styles)) and not re.search(r"['\\\n]", style.name):
            yield f"p[style-name='{style.name}'] => {path}"


def _path(key: str, styles: Mapping[str, _Style]) -> str:
    """Return what a style becomes by the nearest that tells among those it is based on; "" where none does."""
    seen: set[str] = set()
    while (style := styles.get(key)) and key not in seen:
        seen.add(key)
        if named := re.fullmatch(r"(?:heading|rubrik) ([1-6])", style.name, re.IGNORECASE):
            return f"h{named[1]}:fresh"
        if style.name.lower() in {"title", "rubrik"}:
            return "h1.title:fresh"
        if re.match(r"toc ", style.name, re.IGNORECASE):
            return "!"
        if re.fullmatch("[0-5]", style.outline):
            return f"h{int(style.outline) + 1}:fresh"
        key = style.parent
    return ""
