"""The bytes of a file beside the documents → all text in it, hidden too, and what is wrong with the file."""

from __future__ import annotations

import hashlib
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kunskapsbank.attachments.contents import Contents, Part

# The module that reads each type, loaded when a file needs it: most builds meet no new attachment, and the libraries
# behind these take longer to load than a small bank takes to check.
_READERS: Mapping[str, str] = {
    **dict.fromkeys((".docx", ".odt", ".xlsx", ".ods", ".pptx"), "office"),
    ".pdf": "pdf",
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".webp", ".gif"), "picture"),
    **dict.fromkeys((".txt", ".csv"), "plain"),
}
TYPES = frozenset(_READERS)


def version() -> str:
    """Return what must be the same for what was read of a file to hold: the readers, and what they build on."""
    # Its own imports take long, and only a cache asks for versions.
    from importlib import metadata

    ours = (path.read_text("utf-8") for path in sorted(Path(__file__).parent.glob("*.py")))
    built_on = (metadata.version(name) for name in ("pillow", "pypdf"))
    return hashlib.sha256("\n".join((*ours, *built_on)).encode()).hexdigest()


# Where nobody looks who reads a file, and what stands on each page.
_UNREAD = frozenset(
    {
        "i filens egenskaper",
        "i bildens egenskaper",
        "i länkarna",
        "i sidhuvudet",
        "i sidhuvudet eller sidfoten",
        "i kommentarerna",
        "i anteckningarna",
    }
)


def readable(contents: Contents) -> tuple[Part, ...]:
    """Return the parts that are read: neither properties and comments nor the heads and feet of pages."""
    return tuple(part for part in contents.parts if part.place not in _UNREAD and part.text.strip())


def read(data: bytes, suffix: str) -> Contents:
    """Return what is in a file whose name ends in `suffix` (one of TYPES); raises UncheckedError if it is unknown."""
    found: Contents = import_module(f"kunskapsbank.attachments.{_READERS[suffix]}").read(data)
    return found
