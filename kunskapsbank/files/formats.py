"""A file on disk → its bytes and what it really is, judged by its content; what cannot be taken in is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import TYPE_CHECKING

from kunskapsbank.files import package, relationships
from kunskapsbank.files.faults import why_unread
from kunskapsbank.files.unreadable import Reason, UnreadableError
from kunskapsbank.swedish.text import nearest, normalise

if TYPE_CHECKING:
    import zipfile
    from pathlib import Path

# A file of this size, in bytes, or larger is never read into memory.
TOO_LARGE = 200_000_000


class Format(StrEnum):
    """The formats that are read; the values are the endings of their files."""

    WORD = "docx"
    ODT = "odt"
    PDF = "pdf"
    WEB = "html"


@dataclass(frozen=True, slots=True)
class Source:
    """A file that can be taken in; `has_code` says that it can do more than be read, and must not be published."""

    data: bytes
    format: Format
    has_code: bool = False
    remarks: tuple[str, ...] = ()


NAMES = {
    Format.WORD: "ett Word-dokument",
    Format.ODT: "ett OpenDocument-dokument",
    Format.PDF: "en pdf-fil",
    Format.WEB: "en webbsida",
}
_ENDINGS = {
    **dict.fromkeys(("docx", "docm", "dotx", "dotm"), Format.WORD),
    **dict.fromkeys(("odt", "ott"), Format.ODT),
    "pdf": Format.PDF,
    **dict.fromkeys(("html", "htm", "xhtml"), Format.WEB),
}
_CODE_LEFT_OUT = "Filen innehåller makron eller annan kod. Texten är tagen, koden inte."

_SAVE_IN_WORD = "Öppna filen i Word och spara den som .docx."
_PICTURE = "filen är en bild. Lägg bilden bredvid texten, eller i ett Word-dokument tillsammans med texten."
_PACKED = "filen är packad. Packa upp den och ta det dokument som ligger i den."
# How files start that are not taken in, and what to do instead.
_REFUSED = (
    (rb"\{\\rtf", f"filen är ett RTF-dokument. {_SAVE_IN_WORD}"),
    (rb"\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\0\0\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP|.{4}ftyp(?:heic|heix|mif1|avif)", _PICTURE),
    (rb"\x1f\x8b|7z\xbc\xaf|Rar!|BZh|\xfd7zXZ", _PACKED),
    (rb"<\?xml[^>]*>\s*<\?mso-application", f"filen är Word-XML. {_SAVE_IN_WORD}"),
    (rb"<\?xml[^>]*>\s*<office:document", "filen är platt ODF (.fodt). Öppna den i LibreOffice och spara som .odt."),
    (
        rb"(?:[\w-]+:[^\n]*\n)*MIME-Version:",
        "filen är en webbsida med allt i en fil. Öppna den i Word och spara den som .docx.",
    ),
    (
        rb"---\r?\n",
        "filen är redan en textfil med fält. Lägg den på sin plats i banken som den är, och rätta den där.",
    ),
)  # fmt: skip
_OTHER_PACKAGES = (
    ("xl/", "filen är ett kalkylblad. Skriv ut det viktiga som text och tabell i ett Word-dokument."),
    ("ppt/", "filen är en presentation. Skriv det viktiga som text i ett Word-dokument."),
    ("index/", "filen är skriven i Pages. Öppna den i Pages och välj Arkiv, Exportera till, Word."),
)
# Names inside a file of Microsoft's older format.
_COMPOUND = (
    (
        "EncryptedPackage",
        "filen är skyddad med lösenord. Öppna den i Word, välj Arkiv, Info, Skydda dokument, ta bort lösenordet "
        "och spara.",
    ),
    ("WordDocument", f"filen är ett äldre Word-dokument (.doc). {_SAVE_IN_WORD}"),
    ("Workbook", _OTHER_PACKAGES[0][1]),
    ("PowerPoint Document", _OTHER_PACKAGES[1][1]),
)
_OLD_OFFICE = f"filen är ett äldre Office-dokument. {_SAVE_IN_WORD}"
_EMPTY = "filen är tom. Öppna originalet och spara det på nytt."
_OTHER_OPENDOCUMENT = "filen är ett annat slags OpenDocument än text. Spara texten som .odt eller .docx."
_PLAIN_TEXT = "filen är vanlig text. Skapa ett nytt dokument och klistra in texten i det."
_WEB = re.compile(rb"<!doctype html|<html[\s>]|<body[\s>]|<h[1-6][\s>]|<p[\s>]|<table[\s>]|<div[\s>]", re.IGNORECASE)


def read(path: Path) -> Source:
    """Read a file; raises UnreadableError, in Swedish, for everything that cannot be taken in."""
    found = _located(path)
    try:
        size = found.stat().st_size
        if size >= TOO_LARGE:
            message = (
                f"filen är {size // 1_000_000} MB. Banken tar emot filer under {TOO_LARGE // 1_000_000} MB. "
                "Gör bilderna mindre (i Word: Bildformat, Komprimera bilder) och spara på nytt."
            )
            raise UnreadableError(Reason.TOO_LARGE, message)
        data = found.read_bytes()
    except OSError as error:
        raise UnreadableError(
            Reason.NOT_OPENED, f"filen går inte att öppna ({why_unread(error)}). Kontrollera filens behörighet."
        ) from None
    return identified(data, found.name)


def identified(data: bytes, name: str) -> Source:
    """Tell what the bytes of a file of this name are; raises UnreadableError for what cannot be taken in."""
    if not data:
        raise UnreadableError(Reason.NO_TEXT, _EMPTY)
    if name.startswith("~$"):
        right = name.removeprefix("~$")
        raise UnreadableError(
            Reason.WRONG_KIND,
            f"filen är Words anteckning om att ett dokument är öppet. Ta filen som slutar på {right}, utan ~$.",
        )
    return _labelled(sniff(data), name)


def _located(path: Path) -> Path:
    """Return where the file lies: å can be written as one sign or as two, and file systems tell them apart."""
    try:
        if path.is_dir():
            hint = "Skriv namnet på filen. Flera filer: skriv deras namn efter varandra."
            if path.suffix.lower() == ".pages":
                hint = "Öppna den i Pages och välj Arkiv, Exportera till, Word."
            raise UnreadableError(Reason.WRONG_KIND, f"det här är en mapp, ingen fil. {hint}")
        if path.is_file():
            return path
        if path.exists():
            raise UnreadableError(Reason.WRONG_KIND, "det här är ingen vanlig fil.")
        names = [entry.name for entry in path.parent.iterdir()] if path.parent.is_dir() else []
    except (OSError, ValueError) as error:
        reason = why_unread(error) if isinstance(error, OSError) else "ogiltigt namn"
        message = f"filen går inte att öppna ({reason}). Kontrollera namnet."
        raise UnreadableError(Reason.NOT_OPENED, message) from None
    for name in names:
        if normalise(name) == normalise(path.name):
            return _located(path.parent / name) if name != path.name else path
    close = nearest(path.name, (name for name in names if not name.startswith(".")))
    hint = f"Menade du {close}?" if close else "Kontrollera namnet och vilken mapp du står i."
    raise UnreadableError(Reason.NOT_OPENED, f"filen finns inte. {hint}")


def _labelled(source: Source, name: str) -> Source:
    ending = PurePath(name).suffix.lower().removeprefix(".")
    if _ENDINGS.get(ending) is source.format:
        return source
    called = f"slutar på .{ending}" if ending else "saknar filändelse"
    remark = f"Filen {called} men är {NAMES[source.format]}, och lästes som det."
    return Source(source.data, source.format, source.has_code, (*source.remarks, remark))


def sniff(data: bytes) -> Source:
    """Tell what a file's bytes are; raises UnreadableError for what cannot be taken in."""
    start = data[:4096]
    if b"%PDF-" in data[:1024]:
        # Only what is written openly is seen; it decides nothing but whether the original may be published.
        has_code = re.search(rb"/(?:JavaScript|JS|Launch|EmbeddedFile)\b", data) is not None
        return Source(data, Format.PDF, has_code, (_CODE_LEFT_OUT,) if has_code else ())
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packaged(data)
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise _compound(data)
    for pattern, message in _REFUSED:
        if re.match(pattern, start, re.DOTALL):
            raise UnreadableError(Reason.WRONG_KIND, message)
    if len(data) > package.MOST_MARKUP:
        raise UnreadableError(Reason.WRONG_KIND)
    if _WEB.search(start.replace(b"\0", b"")):
        package.refuse_excess(data)
        return Source(data, Format.WEB)
    if _is_text(start):
        raise UnreadableError(Reason.WRONG_KIND, _PLAIN_TEXT)
    raise UnreadableError(Reason.WRONG_KIND)


def _is_text(start: bytes) -> bool:
    return not re.search(rb"[\x00-\x08\x0e-\x1f]", start)


def _compound(data: bytes) -> UnreadableError:
    """Return what to say of a file in Microsoft's older format, which also wraps newer documents with a password."""
    for name, message in _COMPOUND:
        if name.encode("utf-16-le") in data:
            reason = Reason.LOCKED if name == "EncryptedPackage" else Reason.WRONG_KIND
            return UnreadableError(reason, message)
    return UnreadableError(Reason.WRONG_KIND, _OLD_OFFICE)


def _packaged(data: bytes) -> Source:
    opened = package.opened(data)
    names = {part.filename for part in opened.infolist()}
    folded = {name.lower() for name in names}
    main = relationships.main_part(opened)
    if "wordprocessingml" in relationships.content_type(opened, main) or (main and "word/" in main):
        found = Format.WORD
        markup = {name for name in names if package.is_markup(name)} | {main}
    elif any(name.startswith("word/") and name.endswith(".xml") for name in folded):
        # Nothing says which part the text is.
        raise UnreadableError(Reason.DAMAGED)
    elif "content.xml" in names or "encrypted-package" in names:
        found = Format.ODT
        _check_opendocument(opened, names)
        # The other parts are LibreOffice's own and not read; old ones state a document type.
        markup = names & {"content.xml", "styles.xml", "meta.xml"}
    else:
        for folder, message in _OTHER_PACKAGES:
            if any(name.startswith(folder) for name in folded):
                raise UnreadableError(Reason.WRONG_KIND, message)
        raise UnreadableError(Reason.WRONG_KIND, _PACKED)
    for name in markup:
        part = opened.read(name)
        package.refuse_declarations(part)
        package.refuse_excess(part)
    has_code = any(re.search(r"vbaproject\.bin$|(?:^|/)activex/|^(?:basic|scripts)/.", name) for name in folded)
    return Source(data, found, has_code, (_CODE_LEFT_OUT,) if has_code else ())


def _check_opendocument(opened: zipfile.ZipFile, names: set[str]) -> None:
    manifest = opened.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
    if b"encryption-data" in manifest or "encrypted-package" in names:
        raise UnreadableError(
            Reason.LOCKED,
            "filen är skyddad med lösenord. Öppna den i LibreOffice, välj Arkiv, Spara som, utan Spara med lösenord.",
        )
    kind = opened.read("mimetype").strip() if "mimetype" in names else b""
    if kind and not kind.startswith(b"application/vnd.oasis.opendocument.text"):
        raise UnreadableError(Reason.WRONG_KIND, _OTHER_OPENDOCUMENT)
