"""A saved web page (.html) → simple HTML with the pictures that lie beside it or in it."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from bs4 import BeautifulSoup, Comment, Tag

from kunskapsbank.intake.original import Original

if TYPE_CHECKING:
    from pathlib import Path

# What belongs to the site that the page was saved from, or does something.
_LEFT_OUT = (
    "script style template noscript nav form iframe object embed svg math audio video canvas dialog head button select"
).split()
_MOST_PICTURE_BYTES = 50_000_000

_NOT_FETCHED = "{count} på andra webbplatser hämtas inte. Spara dem för sig och lägg dem bredvid texten."
_HIDDEN = "Dold text på webbsidan är utelämnad. Gör den synlig där om den ska vara med."
_NOT_FOUND = "{count} hittades inte bredvid webbsidan, eller ligger utanför dess mapp, och är utelämnade."


def read(data: bytes, folder: Path | None = None) -> Original:
    """Read a web page; its pictures are taken from `folder`, where it lies, and from nowhere else."""
    soup = BeautifulSoup(_decoded(data), "html.parser")
    title = " ".join(soup.title.get_text().split()) if soup.title else ""
    hidden = 0
    for element in soup.find_all(_is_hidden):
        if not element.decomposed:
            hidden += bool(element.get_text().strip())
            element.decompose()
    for box in soup.find_all("input", type="checkbox"):
        box.replace_with("☒ " if box.has_attr("checked") else "☐ ")
    for element in soup.find_all(_LEFT_OUT):
        element.decompose()
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    mains = soup.find_all(["main", "article"])
    text = mains[0] if len(mains) == 1 else soup.body or soup
    pictures: dict[str, bytes] = {}
    elsewhere = missing = 0
    for image in text.find_all("img"):
        source = str(image.get("src") or "").strip()
        picture = _picture(source, folder)
        if picture:
            key = f"bild-{len(pictures) + 1}"
            pictures[key] = picture
            image["src"] = key
            continue
        image.decompose()
        if urlsplit_scheme(source) in {"http", "https", "ftp", ""} and _has_host(source):
            elsewhere += 1
        else:
            missing += 1
    told = ((elsewhere, _NOT_FETCHED), (missing, _NOT_FOUND))
    remarks = tuple(text.format(count=_pictures_counted(count)) for count, text in told if count)
    if hidden:
        remarks = (_HIDDEN, *remarks)
    return Original(_inner(text), pictures, title, remarks)


# "mso-hide" is Word's, in pages that it saves.
_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)


def _is_hidden(element: Tag) -> bool:
    return element.has_attr("hidden") or bool(_HIDING.search(str(element.get("style") or "")))


def _pictures_counted(count: int) -> str:
    return "En bild" if count == 1 else f"{count} bilder"


def _inner(element: Tag) -> str:
    return element.decode_contents()


def urlsplit_scheme(source: str) -> str:
    """Return the scheme of an address in small letters, "" where it has none or cannot be read."""
    try:
        return urlsplit(source).scheme.lower()
    except ValueError:
        return ""


def _has_host(source: str) -> bool:
    try:
        return bool(urlsplit(source).netloc)
    except ValueError:
        return False


# WHATWG HTML, "prescan a byte stream": what a page says of its encoding stands in the first 1 024 bytes.
_CHARSET = re.compile(
    rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)|<\?xml[^>]+encoding\s*=\s*["']([\w-]+)""", re.IGNORECASE
)
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    declared = _CHARSET.search(data[:1024])
    # What browsers do: what calls itself Latin-1 is Windows-1252, and UTF-16 cannot be declared in ASCII.
    name = (declared[1] or declared[2]).decode("ascii", "replace").lower() if declared else "utf-8"
    name = {"iso-8859-1": "windows-1252", "latin1": "windows-1252", "us-ascii": "windows-1252"}.get(name, name)
    for encoding in (name, "utf-8"):
        try:
            return data.decode("utf-8" if encoding.startswith("utf-16") else encoding)
        except (LookupError, UnicodeError):
            continue
    return data.decode("windows-1252", "replace")


def _picture(source: str, folder: Path | None) -> bytes | None:
    """Return a picture that is written in the page or lies in its folder; None for every other."""
    if source.lower().startswith("data:image/"):
        head, _, body = source.partition(",")
        try:
            return base64.b64decode(unquote(body)) if head.lower().endswith(";base64") else unquote_to_bytes(body)
        except (binascii.Error, ValueError):
            return None
    if not source or folder is None or urlsplit_scheme(source) or _has_host(source):
        return None
    try:
        home = folder.resolve()
        path = (home / unquote(source.split("?")[0].split("#")[0]).replace("\\", "/")).resolve()
        if path.is_relative_to(home) and path.is_file() and path.stat().st_size <= _MOST_PICTURE_BYTES:
            return path.read_bytes()
    except (OSError, ValueError):
        return None
    return None
