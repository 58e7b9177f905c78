"""A Word file (.docx) → simple HTML, by mammoth; the browser reads the same files by mammoth.js: create/word.js."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import mammoth

from kunskapsbank.intake import package, sniff
from kunskapsbank.intake.original import Original, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Mapping

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
""".strip()

BROWSER: Mapping[str, object] = {**sniff.BROWSER, "styles": _STYLES}
"""What create/word.js is told: the styles, and what is said of files that are no Word files."""


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
            style_map=_STYLES,
            include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(keep),
        )
    except Exception:
        # mammoth promises nothing for damaged files: whatever it stumbles on, the editor needs the same advice.
        raise UnreadableError(package.DAMAGED) from None
    return Original(converted.value, pictures)
