"""The words that a reader of a Word file sees, taken from its XML in the plainest way: to see whether they survive."""

import re
import xml.etree.ElementTree as ET
import zipfile
from io import BytesIO

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Struck, commented on, or made by Word of what stands elsewhere; of two forms of a drawing one is enough.
NOT_SEEN = {f"{W}del", f"{W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
APART = {f"{W}{name}" for name in ("tab", "br", "cr", "p", "tc", "ptab")}


def words(text: str) -> set[str]:
    """Return the words of a text."""
    return set(re.findall(r"\w+", text.replace("\N{SOFT HYPHEN}", "")))


def written_in(data: bytes) -> set[str]:
    """Return the words of a Word file's text and of the notes that it calls."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        text = ET.fromstring(package.read("word/document.xml"))
        found = words(_text(text))
        for kind in ("footnote", "endnote"):
            called = {one.get(f"{W}id") for one in text.iter(f"{W}{kind}Reference")}
            if called and f"word/{kind}s.xml" in package.namelist():
                notes = ET.fromstring(package.read(f"word/{kind}s.xml"))
                found |= words(" ".join(_text(note) for note in notes if note.get(f"{W}id") in called))
    return found


def _text(element: ET.Element) -> str:
    if element.tag in NOT_SEEN or _is_contents(element):
        return ""
    own = element.text or "" if element.tag == f"{W}t" else " " if element.tag in APART else ""
    return own + "".join(map(_text, element))


def _is_contents(element: ET.Element) -> bool:
    style = element.find(f"{W}pPr/{W}pStyle")
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    named = "" if style is None else style.get(f"{W}val", "")
    return gallery is not None or bool(re.match("(?i)toc|contents|inneh", named))
