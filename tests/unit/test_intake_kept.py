"""What a reader of the original sees is in the Markdown, or a remark says what is missing and where."""

import re
import zipfile
from io import BytesIO

import pytest
from documents import of_style, para, run
from odt_cases import CASES as ODT_CASES
from support import ROOT
from word_cases import CASES, file
from words_of import words, written_in

from kunskapsbank.intake import conversion, pictures
from kunskapsbank.markup import body

DOCUMENTS = ROOT / "tests/cases/documents"


def converted(data: bytes) -> conversion.Converted:
    report = conversion.read(data, "rapport.docx")
    return conversion.finish(report, pictures.made(report.pictures))


@pytest.mark.parametrize("name", CASES)
def test_nothing_of_a_word_file_is_lost_in_silence(name: str) -> None:
    data, markdown, remarks = CASES[name]

    found = converted(data)

    # Pictures are named by their descriptions, which is tested elsewhere.
    assert re.sub(r"\]\([a-z]+(?:-[a-z]+)*-?\d*\.png\)", "](bild-1.png)", found.markdown) == markdown
    assert len(found.remarks) == len(remarks), found.remarks
    assert all(told.startswith(remark) for told, remark in zip(found.remarks, remarks, strict=True)), found.remarks
    assert body.parse("x.md", found.markdown, 1)[1] == []


@pytest.mark.parametrize("name", ["slutrapport.docx", "rorigt.docx", "reserapport.docx", "word.docx", "mall.docx"])
def test_all_words_of_a_report_survive(name: str) -> None:
    data = (DOCUMENTS / name).read_bytes()

    found = converted(data)

    seen = written_in(data)
    assert len(seen) > 20
    assert seen - words(" ".join((found.title, found.markdown, *found.remarks))) == set()


def test_a_title_that_a_template_states_is_none() -> None:
    properties = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title></cp:coreProperties>'
    )
    kind = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    text = (
        '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:r><w:t>Text.</w:t></w:r></w:p>'
    )
    made = file(text)
    for stated, title in (
        ("Microsoft Word - mall (1).docx", ""),
        ("slutrapport_v3", ""),
        ("Dokument1", ""),
        ("Rapportmall LUM", ""),
        ("– –", ""),
        ("Öppna dörrar i Skärholmen", "Öppna dörrar i Skärholmen"),
    ):
        target = BytesIO()
        with zipfile.ZipFile(BytesIO(made)) as package, zipfile.ZipFile(target, "w") as changed:
            for name in package.namelist():
                data = package.read(name)
                if name == "_rels/.rels":
                    link = f'<Relationship Id="rId9" Type="{kind}" Target="docProps/core.xml"/></Relationships>'
                    data = data.replace(b"</Relationships>", link.encode())
                changed.writestr(name, data)
            changed.writestr("docProps/core.xml", properties.format(stated))
        assert converted(target.getvalue()).title == title


@pytest.mark.parametrize("name", ODT_CASES)
def test_nothing_of_an_opendocument_text_is_lost_in_silence(name: str) -> None:
    data, markdown, remarks = ODT_CASES[name]
    report = conversion.read(data, "rapport.odt")

    found = conversion.finish(report, pictures.made(report.pictures))

    assert found.markdown == markdown
    assert len(found.remarks) == len(remarks), found.remarks
    assert all(told.startswith(remark) for told, remark in zip(found.remarks, remarks, strict=True)), found.remarks
    assert body.parse("x.md", found.markdown, 1)[1] == []


def test_a_newcomers_report_has_the_title_that_stands_on_it() -> None:
    text = "".join(
        (
            of_style("Rubrik", "Trygg start i Farsta"),
            para(run("Slutrapport för lokalt utvecklingsprojekt 2025")),
            of_style("Rubrik1", "Sammanfattning"),
            para(run("42 unga deltog.")),
        )
    )

    found = converted(file(text))

    assert found.title == "Trygg start i Farsta"
    assert found.markdown.startswith("Slutrapport för lokalt utvecklingsprojekt 2025\n\n## Sammanfattning\n")
