"""Word files → HTML: what is kept, what is left out, and what is said of files that are broken."""

import io
import zipfile

import pytest
from support import ROOT

from kunskapsbank.files.unreadable import Reason, UnreadableError
from kunskapsbank.intake import word

DOCUMENTS = ROOT / "tests/cases/documents"
STYLES = '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:styles>'


def changed(name: str, part: str, text: str | None) -> bytes:
    """Return a document with one of its parts replaced, or without it."""
    made = io.BytesIO()
    with zipfile.ZipFile(DOCUMENTS / name) as original, zipfile.ZipFile(made, "w") as copy:
        for entry in original.namelist():
            if entry != part:
                copy.writestr(entry, original.read(entry))
        if text is not None:
            copy.writestr(part, text)
    return made.getvalue()


def style(key: str, name: str, parent: str = "", outline: str = "") -> str:
    based = f'<w:basedOn w:val="{parent}"/>' if parent else ""
    level = f'<w:pPr><w:outlineLvl w:val="{outline}"/></w:pPr>' if outline else ""
    return f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>{based}{level}</w:style>'


def test_comments_struck_words_and_contents_are_left_out() -> None:
    texts = [word.read(path.read_bytes()).html for path in DOCUMENTS.glob("*.docx")]
    assert not any(left_out in text for text in texts for left_out in ("kommentar som", "struken text", "Innehåll"))


def test_text_boxes_and_inserted_words_are_kept() -> None:
    assert "Text i en textruta." in word.read((DOCUMENTS / "rorigt.docx").read_bytes()).html
    assert "Vi lagt till det här." in word.read((DOCUMENTS / "word.docx").read_bytes()).html


def test_a_linked_picture_is_told_of() -> None:
    original = word.read((DOCUMENTS / "mall.docx").read_bytes())
    assert (
        original.remarks[0]
        == "En länkad bild ligger inte i filen och är utelämnad. Infoga den i Word i stället, och försök igen."
    )
    assert list(original.pictures) == ["bild-1"]


@pytest.mark.parametrize(
    ("styles", "heading"),
    [
        (style("Rubrik1", "heading 1"), "<h1>Syfte och mål</h1>"),
        (style("Rubrik1", "Avsnitt", "Bas") + style("Bas", "heading 3"), "<h3>Syfte och mål</h3>"),
        (style("Rubrik1", "Avsnitt", outline="1"), "<h2>Syfte och mål</h2>"),
        (style("Rubrik1", "Brödtext", outline="9"), "<p>Syfte och mål</p>"),
        (style("Rubrik1", "Avsnitt", "Bas") + style("Bas", "Annat", "Rubrik1"), "<p>Syfte och mål</p>"),
        (style("Rubrik1", "Chefens 'rubrik'", outline="1"), "<h2>Syfte och mål</h2>"),
    ],
    ids=["by name", "by what it is based on", "by its outline level", "body text", "based on itself", "quoted"],
)
def test_a_paragraph_is_a_heading_by_its_style(styles: str, heading: str) -> None:
    assert heading in word.read(changed("word.docx", "word/styles.xml", STYLES.format(styles))).html


def test_a_file_without_styles_is_read() -> None:
    assert "<p>Syfte och mål</p>" in word.read(changed("word.docx", "word/styles.xml", None)).html


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/numbering.xml", "[Content_Types].xml"])
def test_a_broken_part_is_told_as_damage(part: str) -> None:
    with pytest.raises(UnreadableError) as told:
        word.read(changed("word.docx", part, "<w:avbruten"))
    assert told.value.reason is Reason.DAMAGED
