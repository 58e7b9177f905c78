"""What a file is, and what is said of one that cannot be taken in."""

import io
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter
from support import ROOT

from kunskapsbank.files import formats, package
from kunskapsbank.files.formats import Format
from kunskapsbank.files.unreadable import UnreadableError
from kunskapsbank.intake import odt, pdf, word
from kunskapsbank.intake.original import Original

DOCUMENTS = ROOT / "tests/cases/documents"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def packed(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return target.getvalue()


def parts_of(name: str) -> dict[str, bytes]:
    with zipfile.ZipFile(DOCUMENTS / name) as package:
        return {part: package.read(part) for part in package.namelist()}


def drawn() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (300, 200), "white").save(target, "PNG")
    return target.getvalue()


def locked_pdf() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(DOCUMENTS / "slutrapport.pdf"))
    writer.encrypt("hemligt", algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def locked_zip() -> bytes:
    """A package whose parts say that they are encrypted, as zip programs write them."""
    data = bytearray(packed({"word/document.xml": b"<a/>"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    return bytes(data)


def lying_zip() -> bytes:
    """A package that says its part is small, where it unpacks to more than a document may be."""
    size = package.MOST_MARKUP + 10_000_000
    data = bytearray(packed({"word/document.xml": bytes(size)}))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = data.index(mark) + place
        assert struct.unpack_from("<I", data, start) == (size,)
        struct.pack_into("<I", data, start, 1_000)
    return bytes(data)


def scanned() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def told_of(read: Callable[[], Original]) -> str:
    """Return what is said of a file, or its HTML."""
    try:
        return f"<html>{read().html}</html>"
    except UnreadableError as error:
        return str(error)


READERS = {".docx": word.read, ".odt": odt.read, ".pdf": pdf.read}
ODT, WORD = parts_of("slutrapport.odt"), parts_of("slutrapport.docx")
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'
REFUSED = {
    "empty.docx": (b"", "filen är tom"),
    "cut.docx": ((DOCUMENTS / "slutrapport.docx").read_bytes()[:9_000], "filen är skadad"),
    "changed.odt": (
        (DOCUMENTS / "slutrapport.odt").read_bytes().replace(ODT["mimetype"], b"x" * len(ODT["mimetype"]), 1),
        "filen är skadad",
    ),
    "locked.docx": (OLE + "EncryptedPackage".encode("utf-16-le"), "filen är skyddad med lösenord"),
    "locked-zip.docx": (locked_zip(), "filen är skyddad med lösenord"),
    "locked.odt": (
        packed({**ODT, "META-INF/manifest.xml": b"<m:encryption-data/>"}),
        "filen är skyddad med lösenord",
    ),
    "locked.pdf": (locked_pdf(), "pdf-filen är skyddad med lösenord"),
    "old.doc": (
        OLE + "WordDocument".encode("utf-16-le"),
        "filen är ett äldre Word-dokument (.doc). Öppna filen i Word",
    ),
    "sheet.xls": (OLE + "Workbook".encode("utf-16-le"), "filen är ett kalkylblad"),
    "sheet.xlsx": (packed({"xl/workbook.xml": b"<a/>"}), "filen är ett kalkylblad"),
    "slides.pptx": (packed({"ppt/presentation.xml": b"<a/>"}), "filen är en presentation"),
    "rich.rtf": (b"{\\rtf1\\ansi text}", "filen är ett RTF-dokument"),
    "mac.pages": (packed({"Index/Document.iwa": b"a"}), "filen är skriven i Pages"),
    "picture.png": (drawn(), "filen är en bild"),
    "photo.docx": (b"\xff\xd8\xff\xe0" + bytes(100), "filen är en bild"),
    "packed.zip": (packed({"rapport.docx": b"a"}), "filen är packad"),
    "packed.docx": (b"\x1f\x8b\x08" + bytes(20), "filen är packad"),
    "many-parts.docx": (packed(dict.fromkeys((f"{n}.xml" for n in range(5_001)), b"")), "filen packas upp till mer"),
    "bomb.docx": (packed({"word/document.xml": bytes(package.MOST_MARKUP + 1)}), "filen packas upp till mer"),
    "marks.docx": (
        packed({**WORD, "word/document.xml": b"<a/>" * (package.MOST_MARKS + 1)}),
        "filen packas upp till mer",
    ),
    "marks.html": (b"<p>" * (package.MOST_MARKS + 1), "filen packas upp till mer"),
    "lying-bomb.docx": (lying_zip(), "filen är skadad"),
    "lzma.docx": (packed({"word/document.xml": b"<a/>"}, zipfile.ZIP_LZMA), "filen är skadad"),
    "laughs.docx": (packed({**WORD, "word/document.xml": LAUGHS}), "filen innehåller kod (DOCTYPE)"),
    "laughs-in-utf-16.odt": (
        packed({**ODT, "content.xml": LAUGHS.decode().encode("utf-16")}),
        "filen innehåller kod (DOCTYPE)",
    ),
    "sheet.ods": (
        packed({**ODT, "mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        "filen är ett annat slags OpenDocument",
    ),
    "flat.fodt": (b'<?xml version="1.0"?>\n<office:document>', "filen är platt ODF"),
    "words.txt": ("Bara ord på en rad".encode(), "filen är vanlig text"),
    "report.md": (b"---\ntitel: Rapport\n---\n", "filen är redan en textfil med fält"),
    "mail.mht": (b"From: Word\nMIME-Version: 1.0\n", "filen är en webbsida med allt i en fil"),
    "nulls.docx": (bytes(5_000), "filen är inget dokument"),
    "~$rapport.docx": (b"\x05Namn", "filen är Words anteckning om att ett dokument är öppet"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_taken_in_is_told_of_in_a_sentence(name: str, tmp_path: Path) -> None:
    data, message = REFUSED[name]
    (tmp_path / name).write_bytes(data)

    told = told_of(lambda: pdf.read(formats.read(tmp_path / name).data))

    assert told.startswith(message)
    assert told.endswith(".")


def test_a_file_without_text_is_told_to_be_scanned() -> None:
    with pytest.raises(UnreadableError, match="bild av text"):
        pdf.read(scanned())


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.docx"
    with path.open("wb") as file:
        file.truncate(201_000_000)

    with pytest.raises(UnreadableError, match="filen är 201 MB"):
        formats.read(path)


def test_pictures_may_take_more_room_than_text() -> None:
    data = packed({**WORD, "word/media/plan.bmp": zlib.compress(bytes(100))[:1] * (package.MOST_MARKUP + 1)})

    assert formats.sniff(data).format is Format.WORD


@pytest.mark.parametrize(
    ("name", "format_found"),
    [("slutrapport.docx", Format.WORD), ("slutrapport.odt", Format.ODT), ("slutrapport.pdf", Format.PDF)],
)
def test_a_file_is_what_its_bytes_are_and_not_its_name(name: str, format_found: Format, tmp_path: Path) -> None:
    (tmp_path / "rapport.html").write_bytes((DOCUMENTS / name).read_bytes())

    source = formats.read(tmp_path / "rapport.html")

    assert source.format is format_found
    assert source.remarks == (f"Filen slutar på .html men är {formats.NAMES[format_found]}, och lästes som det.",)
    assert not formats.read(DOCUMENTS / name).remarks


def test_macros_are_told_of_and_mark_the_original() -> None:
    assert formats.sniff(packed({**WORD, "word/vbaProject.bin": b"Sub AutoOpen"})).has_code
    assert formats.sniff(packed({**ODT, "Basic/Standard/Module1.xml": b"<a/>"})).remarks
    assert not formats.sniff((DOCUMENTS / "slutrapport.docx").read_bytes()).has_code
    assert not formats.sniff((DOCUMENTS / "slutrapport.odt").read_bytes()).has_code


def test_a_folder_and_a_missing_file_are_told_of(tmp_path: Path) -> None:
    (tmp_path / "Slutrapport Farsta.docx").write_bytes(b"a")
    with pytest.raises(UnreadableError, match="det här är en mapp"):
        formats.read(tmp_path)
    with pytest.raises(UnreadableError, match=r"finns inte\. Menade du Slutrapport Farsta\.docx\?"):
        formats.read(tmp_path / "slutraport farsta.docx")
    with pytest.raises(UnreadableError, match=r"finns inte\. Kontrollera namnet"):
        formats.read(tmp_path / "nowhere" / "a.docx")
    with pytest.raises(UnreadableError, match="går inte att öppna"):
        formats.read(tmp_path / ("å" * 300))


def test_a_name_with_decomposed_letters_is_found(tmp_path: Path) -> None:
    name = "Förstudie på Östermalm.odt"
    (tmp_path / unicodedata.normalize("NFD", name)).write_bytes((DOCUMENTS / "slutrapport.odt").read_bytes())

    assert formats.read(tmp_path / name).format is Format.ODT


@settings(max_examples=150)
@given(st.data())
@pytest.mark.parametrize("name", ["word.docx", "slutrapport.odt", "slutrapport.pdf"])
def test_changed_bytes_give_a_document_or_a_sentence(name: str, data: st.DataObject) -> None:
    changed = bytearray((DOCUMENTS / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(changed) - 1))
        changed[place : place + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))

    assert told_of(lambda: READERS[Path(name).suffix](formats.sniff(bytes(changed)).data)).endswith((".", "</html>"))


@settings(max_examples=100)
@given(st.data())
@pytest.mark.parametrize(
    ("document", "changeable"),
    [
        ("slutrapport.odt", ["content.xml", "styles.xml", "meta.xml"]),
        ("word.docx", [f"word/{part}.xml" for part in ("document", "styles", "numbering", "footnotes")]),
    ],
)
def test_changed_markup_gives_a_document_or_a_sentence(
    document: str, changeable: list[str], data: st.DataObject
) -> None:
    """Unlike changed bytes of the package, which its check sums show, these reach the reader."""
    parts = parts_of(document)
    part = data.draw(st.sampled_from(changeable))
    words = parts[part].decode().split('"')
    for _ in range(data.draw(st.integers(1, 6))):
        words[data.draw(st.integers(0, len(words) - 1))] = data.draw(st.sampled_from(["", "-1", "9" * 30, "<", "a b"]))
    parts[part] = '"'.join(words).encode()

    assert told_of(lambda: READERS[Path(document).suffix](packed(parts))).endswith((".", "</html>"))
