"""The bytes of a .txt or .csv file → its text, whatever program saved it."""

from __future__ import annotations

from kunskapsbank.attachments.contents import Contents, Part


def read(data: bytes) -> Contents:
    """Return the text, read as UTF-8, UTF-16 or, as older programs on Windows save, cp1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return Contents([Part("i texten", text)], has_lines=True)
