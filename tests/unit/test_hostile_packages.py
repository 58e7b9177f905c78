"""Packages whose parts are not named as they are used are held to the same limits, and refused before they are read."""

import io
import zipfile

import pytest

from kunskapsbank.files import formats, package
from kunskapsbank.files.unreadable import Reason, UnreadableError
from kunskapsbank.intake import conversion

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="dat" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/></Relationships>'
)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TEXT = f"<w:document {W}><w:body>{{}}</w:body></w:document>"
ENTITY = '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
PARAGRAPH = "<w:p><w:r><w:t>Text.</w:t></w:r></w:p>"


def word(text: str | bytes, main: str = "word/document.dat", types: str = TYPES, **parts: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", types)
        made.writestr("_rels/.rels", RELATIONS.format("officeDocument", main))
        made.writestr(main, text)
        for name, part in parts.items():
            made.writestr(name, part)
    return target.getvalue()


def reason(data: bytes) -> Reason:
    with pytest.raises(UnreadableError) as told:
        conversion.read(data, "rapport.docx")
    assert str(told.value).endswith(".")
    return told.value.reason


def test_a_part_is_what_relationships_say_whatever_its_name() -> None:
    report = conversion.read(word(TEXT.format(PARAGRAPH), "any/where.dat"), "rapport.docx")

    assert report.written.markdown == "Text.\n"


def test_the_limits_hold_for_a_main_part_of_any_name() -> None:
    assert reason(word(TEXT.format("<w:p/>" * (package.MOST_MARKS + 1)))) is Reason.TOO_LARGE


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_seen_in_a_part_of_any_name(encoding: str) -> None:
    assert reason(word((ENTITY + TEXT.format(PARAGRAPH)).encode(encoding))) is Reason.HAS_CODE


def test_an_encoding_that_hides_ascii_is_refused() -> None:
    text = b'<?xml version="1.0" encoding="cp037"?>' + (ENTITY + TEXT.format(PARAGRAPH)).encode("cp037")

    assert reason(word(text)) is Reason.DAMAGED


def test_the_other_parts_are_held_to_the_limits_too() -> None:
    notes = f"<w:footnotes {W}>{'<w:p/>' * (package.MOST_MARKS + 1)}</w:footnotes>"
    call = '<w:p><w:r><w:t>Text</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    parts = {"word/notes.dat": notes, "word/_rels/document.dat.rels": RELATIONS.format("footnotes", "notes.dat")}

    assert reason(word(TEXT.format(call), **parts)) is Reason.TOO_LARGE


def test_a_package_of_another_program_is_told_as_what_it_is() -> None:
    data = word("<workbook/>", "xl/workbook.dat", TYPES.replace("wordprocessingml.document", "spreadsheetml.sheet"))

    with pytest.raises(UnreadableError, match="filen är ett kalkylblad"):
        formats.sniff(data)
