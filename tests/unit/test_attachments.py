"""Personal data in the files beside the documents, made here as the programs make them, is found and never kept."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image, PngImagePlugin
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from kunskapsbank import attachments, checks
from kunskapsbank.bank import Bank
from kunskapsbank.checks.attachments import look_into
from kunskapsbank.checks.personal.patterns import find
from kunskapsbank.model.catalogue import ASSET_TYPES
from kunskapsbank.problems import Problem, Severity
from kunskapsbank.reading import loading

# As Skatteverket prints it in SKV 704, and telephones that Post- och telestyrelsen keeps for fiction.
EXAMPLE = "640823-3234"
PHONE = "070-174 06 05"
REPORT = "projekt/trappan/2016-slutrapport.md"

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SLIDE = "http://schemas.openxmlformats.org/drawingml/2006/main"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def package(parts: dict[str, str | bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return whole.getvalue()


def word(body: str, **more: str | bytes) -> bytes:
    """Return a .docx; `more` are other parts of the folder word/, with _ for the dot of their names."""
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    others = {f"word/{name.replace('_', '.')}": part for name, part in more.items()}
    return package({"word/document.xml": document, **others})


def runs(*texts: str) -> str:
    return f"<w:p>{''.join(f'<w:r><w:t>{text}</w:t></w:r>' for text in texts)}</w:p>"


def links(*attributes: str) -> str:
    return f'<Relationships xmlns="{LINKS}">{"".join(f"<Relationship {one}/>" for one in attributes)}</Relationships>'


def properties(inner: str) -> bytes:
    """Return a package with these elements of Dublin Core (dc) in its properties."""
    names = f'xmlns:c="{CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return package({"docProps/core.xml": f"<c:coreProperties {names}>{inner}</c:coreProperties>"})


def word_part(root: str, inner: str) -> str:
    return f'<w:{root} xmlns:w="{WORD}">{inner}</w:{root}>'


def workbook(cells: str, strings: str = "") -> bytes:
    sheet = '<sheet name="Deltagare" r:id="r1"/>'
    return package(
        {
            "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets>{sheet}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": links('Id="r1" Target="worksheets/sheet1.xml"'),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}"><row>{cells}</row></worksheet>',
            "xl/sharedStrings.xml": f'<sst xmlns="{SHEET}">{strings}</sst>',
        }
    )


def open_document(text: str, meta: str = "") -> bytes:
    spaces = (("o", "office"), ("t", "text"), ("m", "meta"), ("b", "table"))
    names = " ".join(f'xmlns:{short}="{ODF}:{name}:1.0"' for short, name in spaces)
    names += ' xmlns:x="http://www.w3.org/1999/xlink"'
    return package(
        {
            "content.xml": f"<o:document-content {names}>{text}</o:document-content>",
            "meta.xml": f"<o:document-meta {names}>{meta}</o:document-meta>",
        }
    )


def pdf(text: str, author: str = "", picture: bool = False) -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    font = DictionaryObject()
    for key, value in (("/Type", "/Font"), ("/Subtype", "/Type1"), ("/BaseFont", "/Helvetica")):
        font[NameObject(key)] = NameObject(value)
    resources = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F"): font})})
    if picture:
        resources[NameObject("/XObject")] = DictionaryObject()
    page[NameObject("/Resources")] = resources
    drawing = DecodedStreamObject()
    drawing.set_data(f"BT /F 12 Tf 10 100 Td ({text}) Tj ET".encode("latin-1"))
    page[NameObject("/Contents")] = writer._add_object(drawing)
    if author:
        writer.add_metadata({"/Author": author})
    whole = io.BytesIO()
    writer.write(whole)
    return whole.getvalue()


def locked(data: bytes) -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(data)))
    writer.encrypt("hemligt", algorithm="RC4-128")
    whole = io.BytesIO()
    writer.write(whole)
    return whole.getvalue()


def picture(kind: str, **options: object) -> bytes:
    whole = io.BytesIO()
    Image.new("RGB", (2, 2)).save(whole, kind, **options)
    return whole.getvalue()


def exif(tags: dict[int, object], gps: dict[int, object] | None = None) -> Image.Exif:
    made = Image.Exif()
    for tag, value in tags.items():
        made[tag] = value
    if gps:
        made.get_ifd(ExifTags.IFD.GPSInfo).update(gps)
    return made


def text_chunks(**texts: str) -> PngImagePlugin.PngInfo:
    made = PngImagePlugin.PngInfo()
    for key, text in texts.items():
        made.add_text(key, text)
    return made


def text_last(data: bytes, text: str) -> bytes:
    """Return a PNG with a text after its pixels."""
    chunk = b"tEXtComment\0" + text.encode()
    made = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    place = data.index(b"IEND") - 4
    return data[:place] + made + data[place:]


GPS = {1: "N", 2: (59.0, 19.0, 30.0), 3: "E", 4: (18.0, 4.0, 7.0)}
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description exif:GPSLatitude="59,19.5N"/></x:xmpmeta>'
CREATOR = b"<x:xmpmeta><dc:creator><rdf:Seq><rdf:li>Anna Andersson</rdf:li></rdf:Seq></dc:creator></x:xmpmeta>"
NUMBER = "personnummer"

FOUND = {
    "a number in one run": (".docx", word(runs(EXAMPLE)), [(NUMBER, "i texten")]),
    "a number over runs": (".docx", word(runs("Nr 19", "6408", "23-32", "34.")), [(NUMBER, "i texten")]),
    "a no-break hyphen": (
        ".docx",
        word("<w:p><w:r><w:t>640823</w:t><w:noBreakHyphen/><w:t>3234</w:t></w:r></w:p>"),
        [(NUMBER, "i texten")],
    ),
    "a header": (".docx", word("", header1_xml=word_part("hdr", runs(EXAMPLE))), [(NUMBER, "i sidhuvudet")]),
    "a footnote": (".docx", word("", footnotes_xml=word_part("footnotes", runs(EXAMPLE))), [(NUMBER, "i fotnoterna")]),
    "deleted text": (
        ".docx",
        word(f'<w:p><w:del w:author="AB12"><w:r><w:delText>{EXAMPLE}</w:delText></w:r></w:del></w:p>'),
        [(NUMBER, "i texten"), ("ändringar", "")],
    ),
    "a comment's author": (
        ".docx",
        word("", comments_xml=word_part("comments", f'<w:comment w:author="Anna Andersson">{runs("Bra")}</w:comment>')),
        [("namn", ""), ("ändringar", "")],
    ),
    "a box in the middle of a number": (
        ".docx",
        word(f"<w:p><w:t>640823</w:t><w:txbxContent>{runs('Ruta')}</w:txbxContent><w:t>-3234</w:t></w:p>"),
        [(NUMBER, "i texten")],
    ),
    "a link": (
        ".docx",
        package({"word/_rels/document.xml.rels": links('Target="mailto:anna@example.se"')}),
        [("e-postadress", "i länkarna")],
    ),
    "an author": (
        ".docx",
        properties(f"<dc:title>{EXAMPLE}</dc:title><dc:creator>Andersson, Anna</dc:creator>"),
        [("namn", ""), (NUMBER, "i filens egenskaper")],
    ),
    "an author that is none": (
        ".docx",
        properties("<dc:creator>Stockholms Stad</dc:creator>"),
        [],
    ),
    "a picture inside": (".docx", word(runs("Bild"), media_jpg=picture("JPEG", exif=exif({}, GPS))), [("plats", "")]),
    "a number in two paragraphs": (".docx", word(runs("640823") + runs("3234")), [(NUMBER, "i texten")]),
    "paragraphs of figures": (".docx", word(runs("1250") + runs("640823") + runs("3234") + runs("98")), []),
    "a shared string": (
        ".xlsx",
        workbook('<c t="s"><v>0</v></c>', "<si><r><t>640823</t></r><r><t>-3234</t></r></si>"),
        [(NUMBER, "i kalkylbladen")],
    ),
    "a number in a cell": (".xlsx", workbook("<c><v>6408233234</v></c>"), [(NUMBER, "på bladet Deltagare")]),
    "a number as Excel writes it": (
        ".xlsx",
        workbook("<c><v>1.96408233234E11</v></c>"),
        [(NUMBER, "på bladet Deltagare")],
    ),
    "a number that lost its 0": (".xlsx", workbook("<c><v>301012399</v></c>"), [(NUMBER, "på bladet Deltagare")]),
    "the number of a string": (".xlsx", workbook('<c t="s"><v>6408233234</v></c>'), []),
    "cells beside each other": (
        ".xlsx",
        workbook("<c><v>640823</v></c><c><v>3234</v></c>"),
        [(NUMBER, "på bladet Deltagare")],
    ),
    "a row of figures": (".xlsx", workbook("<c><v>640823</v></c><c><v>3234</v></c><c><v>98</v></c>"), []),
    "a slide": (
        ".pptx",
        package({"ppt/slides/slide2.xml": f'<a:p xmlns:a="{SLIDE}"><a:t>640823</a:t><a:t>-3234</a:t></a:p>'}),
        [(NUMBER, "på bild 2")],
    ),
    "a span": (".odt", open_document("<t:p>640<t:span>823</t:span>-3234</t:p>"), [(NUMBER, "i texten")]),
    "a note in the middle of a number": (
        ".odt",
        open_document("<t:p>640823<t:note><t:p>Not</t:p></t:note>-3234</t:p>"),
        [(NUMBER, "i texten")],
    ),
    "an address of a link": (
        ".odt",
        open_document('<t:p><t:a x:href="mailto:anna@example.se">skriv</t:a></t:p>'),
        [("e-postadress", "i texten")],
    ),
    "the first author": (
        ".odt",
        open_document("", "<m:initial-creator>Anna Andersson</m:initial-creator>"),
        [("namn", "")],
    ),
    "the value of a cell": (
        ".ods",
        open_document('<b:table-cell o:value="6408233234"><t:p>6 408 233 234</t:p></b:table-cell>'),
        [(NUMBER, "i texten")],
    ),
    "a page": (".pdf", pdf(f"Nr {EXAMPLE}"), [(NUMBER, "på sidan 1")]),
    "a PDF's author": (".pdf", pdf("Text", "Anna Andersson"), [("namn", "")]),
    "a PDF of scanned pages": (".pdf", pdf("", picture=True), [("utan text", "")]),
    "a locked PDF": (".pdf", locked(pdf(EXAMPLE)), [("låst", "")]),
    "a damaged PDF": (".pdf", pdf(EXAMPLE)[:200], [("skadad", "")]),
    "a text": (".txt", f"Ett\r\n{EXAMPLE}\r\n".encode(), [(NUMBER, "", 2)]),
    "a text from Windows": (".csv", f"å;{EXAMPLE}".encode("cp1252"), [(NUMBER, "")]),
    "a text in UTF-16": (".csv", f"å\t{EXAMPLE}".encode("utf-16"), [(NUMBER, "")]),
    "a camera's position": (".jpg", picture("JPEG", exif=exif({}, GPS)), [("plats", "")]),
    "a position in XMP": (".jpg", picture("JPEG", xmp=XMP), [("plats", "")]),
    "a position in WebP": (".webp", picture("WEBP", exif=exif({}, GPS)), [("plats", "")]),
    "an artist": (".jpg", picture("JPEG", exif=exif({ExifTags.Base.Artist: "Anna Andersson"})), [("namn", "")]),
    "a creator in XMP": (".jpg", picture("JPEG", xmp=CREATOR), [("namn", "")]),
    "a description": (
        ".jpg",
        picture("JPEG", exif=exif({ExifTags.Base.ImageDescription: f"Nr {EXAMPLE}"})),
        [(NUMBER, "i bildens egenskaper")],
    ),
    "what Windows writes": (
        ".jpg",
        picture("JPEG", exif=exif({ExifTags.Base.XPComment: f"Nr {EXAMPLE}\0".encode("utf-16-le")})),
        [(NUMBER, "i bildens egenskaper")],
    ),
    "a comment": (".gif", picture("GIF", comment=EXAMPLE.encode()), [(NUMBER, "i bildens egenskaper")]),
    "a text chunk": (
        ".png",
        picture("PNG", pnginfo=text_chunks(Comment=PHONE, Author="Anna Andersson")),
        [("namn", ""), ("telefonnummer", "i bildens egenskaper")],
    ),
    "a text chunk after the pixels": (".png", text_last(picture("PNG"), EXAMPLE), [(NUMBER, "i bildens egenskaper")]),
    "a picture that says nothing": (".png", picture("PNG"), []),
    "a damaged picture": (".png", picture("PNG")[:45], [("skadad", "")]),
    "no picture": (".jpg", b"text", [("skadad", "")]),
    "a damaged package": (".docx", word(runs(EXAMPLE))[:-30], [("skadad", "")]),
    "no package": (".xlsx", b"text", [("skadad", "")]),
    "XML that declares entities": (
        ".docx",
        package({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        [("skadad", "")],
    ),
    "a zip bomb": (".docx", package({"word/document.xml": b"<a>" + b" " * 60_000_000}), [("för stor", "")]),
    "a document with a password": (".docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), [("låst", "")]),
    "XML nested without end": (
        ".docx",
        package({"word/document.xml": "<a>" * 50_000 + "</a>" * 50_000}),
        [("skadad", "")],
    ),
}


@pytest.mark.parametrize(("suffix", "data", "expected"), FOUND.values(), ids=FOUND)
def test_in_an_attachment(suffix: str, data: bytes, expected: list[tuple[str, ...]]) -> None:
    found = [(one.what, one.place, one.line) for one in look_into(data, suffix)]
    assert found == [(*one, 1)[:3] for one in expected]


@settings(derandomize=True, max_examples=150)
@given(st.sampled_from(sorted(FOUND.keys() - {"a zip bomb"})), st.data())
def test_a_file_with_any_bytes_changed_is_looked_into_or_called_damaged(case: str, data: st.DataObject) -> None:
    suffix, whole, _ = FOUND[case]
    start = data.draw(st.integers(0, len(whole)))
    changed = whole[:start] + data.draw(st.binary(max_size=8)) + whole[start + data.draw(st.integers(0, 8)) :]
    assert all(one.line >= 1 for one in look_into(changed, suffix))


def test_every_type_that_may_be_published_is_looked_into() -> None:
    assert attachments.TYPES == ASSET_TYPES
    assert {suffix for suffix, _, _ in FOUND.values()} >= attachments.TYPES - {".jpeg"}


@pytest.fixture
def beside(
    sample_with: Callable[..., Bank], written: Callable[..., str], tmp_path: Path
) -> Callable[..., list[Problem]]:
    """A function that gives the problems of the sample with one more file, and of the report a line more."""

    def problems(name: str, data: bytes, line: str = "", cache: Path | None = None) -> list[Problem]:
        path = tmp_path / "content/projekt/trappan" / name
        opened = sample_with({REPORT: written(REPORT, ("## Resultat", f"{line}\n\n## Resultat"))}).catalogue
        path.write_bytes(data)
        found = {**opened.assets, f"projekt/trappan/{name}": path}
        whole = replace(opened, assets=found)
        return sorted([*checks.errors(whole, cache), *checks.remarks(whole, cache)])

    return problems


def of_file(problems: list[Problem], name: str) -> list[Problem]:
    return [problem for problem in problems if problem.file.endswith(name)]


def test_an_editor_is_told_the_place_and_never_the_number(beside: Callable[..., list[Problem]]) -> None:
    [problem] = of_file(beside("bilaga.docx", word(runs(EXAMPLE))), "bilaga.docx")
    assert problem.message == "i texten står ett personnummer"
    assert problem.rule == NUMBER
    assert problem.severity is Severity.ERROR
    assert not find(str(problem))


def test_an_attachment_is_allowed_on_a_line_that_links_to_it(beside: Callable[..., list[Problem]]) -> None:
    link = "[Bilagan](bilaga.docx) <!-- tillåt personnummer: Skatteverkets eget exempel -->"
    problems = beside("bilaga.docx", word(runs(EXAMPLE)), link)
    assert not of_file(problems, "bilaga.docx")
    assert not [problem for problem in problems if problem.rule == "undantag"]


def test_what_a_camera_wrote_is_allowed_where_the_picture_is_shown(beside: Callable[..., list[Problem]]) -> None:
    shown = "![Huset](huset.jpg) <!-- tillåt bildens uppgifter: en offentlig plats -->"
    assert not of_file(beside("huset.jpg", picture("JPEG", exif=exif({}, GPS)), shown), "huset.jpg")


def test_a_name_in_the_properties_is_a_remark(beside: Callable[..., list[Problem]]) -> None:
    [problem] = of_file(beside("bilaga.pdf", pdf("Text", "Anna Andersson")), "bilaga.pdf")
    assert problem.severity is Severity.REMARK
    assert problem.rule == "filens egenskaper"
    assert "Anna" not in str(problem)


def test_what_was_found_is_kept_without_the_number(
    beside: Callable[..., list[Problem]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    first = beside("bilaga.docx", word(runs(EXAMPLE)), cache=cache)
    kept = (cache / "attachments.jsonl").read_text("utf-8")
    assert NUMBER in kept
    assert not [line for line in kept.split("\n")[1:] if find(line.partition("\t")[2])]

    def unread(data: bytes, suffix: str) -> None:
        raise AssertionError(suffix)

    content = loading.load(tmp_path / "content", date(2026, 11, 22))
    monkeypatch.setattr(attachments, "read", unread)
    again = sorted([*checks.errors(content, cache), *checks.remarks(content, cache)])
    assert of_file(again, "bilaga.docx") == of_file(first, "bilaga.docx")


@pytest.mark.parametrize("kept", ["", "[]", "{}", '"annan"\na\t[["b", "", 1]]', "\0"])
def test_a_cache_that_cannot_be_used_is_made_anew(
    beside: Callable[..., list[Problem]], tmp_path: Path, kept: str
) -> None:
    file = tmp_path / "attachments.jsonl"
    file.write_text(kept, "utf-8")
    assert of_file(beside("bilaga.docx", word(runs(EXAMPLE)), cache=tmp_path), "bilaga.docx")
    assert NUMBER in file.read_text("utf-8")
