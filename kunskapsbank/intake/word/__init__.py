"""A Word file (.docx) → simple HTML with its pictures, and what an editor must be told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunskapsbank.files import package, relationships
from kunskapsbank.files.unreadable import Reason, UnreadableError
from kunskapsbank.intake import told
from kunskapsbank.intake.original import Original
from kunskapsbank.intake.word import numbering, styles
from kunskapsbank.intake.word.blocks import Writer
from kunskapsbank.intake.word.names import every, first, name
from kunskapsbank.intake.word.runs import ADDED, STRUCK

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

    from kunskapsbank.files.relationships import Related

# Our own reader, as mammoth, the best of four libraries tried, passes over in silence what it does not know (results of
# simple fields, boxes to tick, formulas, charts, right-to-left text), lets hidden text out, and takes five times as
# long for large tables. Here all text is kept that no rule leaves out.

_CHANGES = (STRUCK | ADDED) - {"w:moveFrom"}


def read(data: bytes) -> Original:
    """Read a Word file whose form `sniff` has found to be right; raises UnreadableError when it is damaged.

    Headers, footers, tables of contents, comments, hidden and deleted text are left out; text boxes and inserted text
    are in.
    """
    try:
        return _read(package.opened(data))
    except (*package.BROKEN, RecursionError):
        raise UnreadableError(Reason.DAMAGED) from None


def _read(opened: zipfile.ZipFile) -> Original:
    main = relationships.main_part(opened)
    if not main or not relationships.content_type(opened, main):
        raise UnreadableError(Reason.DAMAGED)
    related = relationships.related(opened, main)
    text = package.part(opened, main)
    body = first(text, "w:body")
    if body is None:
        raise UnreadableError(Reason.DAMAGED)
    writer = Writer(
        opened,
        main,
        styles.read(_of_kind(opened, related, "styles")),
        numbering.read(_of_kind(opened, related, "numbering")),
    )
    html = writer.html(writer.blocks(body)) + writer.notes()
    for what, which in writer.lost:
        writer.tell(what, which)
    comments = _of_kind(opened, related, "comments")
    for number, _ in enumerate(every(comments, "w:comment") if comments is not None else ()):
        writer.tell(told.COMMENTS, f"{number}")
    for number, _ in enumerate(one for one in text.iter() if name(one.tag) in _CHANGES):
        writer.tell(told.CHANGES, f"{number}")
    return Original(html, writer.pictures, _title(opened), writer.remarks.texts())


def _of_kind(opened: zipfile.ZipFile, related: Mapping[str, Related], kind: str) -> Element | None:
    part = next((one.target for one in related.values() if one.kind == kind and not one.is_outside), "")
    return package.part(opened, part) if part in opened.NameToInfo else None


def _title(opened: zipfile.ZipFile) -> str:
    """Return the title that the file's properties state."""
    properties = _of_kind(opened, relationships.related(opened), "core-properties")
    stated = first(properties, "dc:title")
    return (stated.text or "").strip() if stated is not None else ""
