"""The zip packages that .docx and .odt files are: opened with limits, so that no file can fill the memory."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from xml.etree import ElementTree

from kunskapsbank.files.unreadable import Reason, UnreadableError

# A report of 500 pages has less than 1 000 parts, 30 MB of pictures and 10 MB of XML.
MOST_PARTS = 5_000
MOST_UNPACKED = 600_000_000
# XML takes up to twenty times its size in memory once it is read.
MOST_MARKUP = 40_000_000
# And each mark a kilobyte or so once it is taken apart; a page of a report has about a thousand.
MOST_MARKS = 1_500_000
# Text packs to a tenth, tables of nothing to a fiftieth. Small files may do as they like.
MOST_RATIO, RATIO_FROM = 150, 50_000_000

_ENCODING = re.compile(rb"""(?:\xef\xbb\xbf)?<\?xml[^>]{0,200}encoding\s*=\s*["']([\w.-]+)""")
_ENCODINGS = frozenset({b"utf-8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"})

_DIRECTORY_ENTRY = b"PK\x01\x02"
_CHUNK = 1 << 20
# Everything that the standard library raises for a package that is broken, whichever way it is.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    UnicodeDecodeError,
    ValueError,
    KeyError,
    OSError,
)


def opened(data: bytes) -> zipfile.ZipFile:
    """Return the package, every part of it unpacked once and found whole and within the limits.

    What a package says of its own sizes is never trusted. Raises UnreadableError for one that is damaged, locked, or
    larger than a document can be.
    """
    # The list of parts is read into memory at once, so count them first.
    if data.count(_DIRECTORY_ENTRY) > MOST_PARTS:
        raise UnreadableError(Reason.TOO_LARGE)
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        _check(package, len(data))
    except BROKEN:
        raise UnreadableError(Reason.DAMAGED) from None
    return package


def _check(package: zipfile.ZipFile, packed: int) -> None:
    total = 0
    for part in package.infolist():
        if part.flag_bits & 1:
            raise UnreadableError(Reason.LOCKED)
        # Word and LibreOffice write these two only, and only these are unpacked piece by piece.
        if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise UnreadableError(Reason.DAMAGED)
        size = 0
        with package.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if total + size > MOST_UNPACKED or (is_markup(part.filename) and size > MOST_MARKUP):
                    raise UnreadableError(Reason.TOO_LARGE)
        total += size
        if total > RATIO_FROM and total > MOST_RATIO * packed:
            raise UnreadableError(Reason.TOO_LARGE)


def is_markup(name: str) -> bool:
    """Tell by its name whether a part is XML."""
    return name.lower().endswith((".xml", ".rels", ".rdf"))


def part(package: zipfile.ZipFile, name: str) -> ElementTree.Element:
    """Return the XML of a part, whatever its name says that it is.

    Raises UnreadableError where it is broken, larger than a document's parts are, or declares entities; KeyError where
    there is none.
    """
    markup = package.read(name)
    refuse_excess(markup)
    return tree(markup)


def tree(markup: bytes) -> ElementTree.Element:
    """Return XML taken apart; raises UnreadableError where it is broken or declares entities."""
    refuse_declarations(markup)
    try:
        return ElementTree.fromstring(markup)
    except (ElementTree.ParseError, LookupError, ValueError):
        raise UnreadableError(Reason.DAMAGED) from None


def refuse_declarations(markup: bytes) -> None:
    """Raise UnreadableError for XML with a document type, the only place where entities can be declared.

    In an encoding that has other bytes for ASCII's signs it would not be seen: such are refused too.
    """
    if (named := _ENCODING.match(markup)) and named[1].lower() not in _ENCODINGS:
        raise UnreadableError(Reason.DAMAGED)
    if any("<!DOCTYPE".encode(encoding) in markup for encoding in ("utf-8", "utf-16-le", "utf-16-be")):
        raise UnreadableError(Reason.HAS_CODE)


def refuse_excess(markup: bytes) -> None:
    """Raise UnreadableError for more markup than a document has."""
    if len(markup) > MOST_MARKUP or markup.count(b"<") > MOST_MARKS:
        raise UnreadableError(Reason.TOO_LARGE)
