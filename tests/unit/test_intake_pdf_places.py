"""What stands where on a page of a PDF decides what belongs together, however it was written."""

import pytest
from pdf_files import pdf, text

from kunskapsbank.intake import conversion
from kunskapsbank.intake.pdf.lines import Piece, lines

FILLING = "Det här är löpande text som fyller hela raden ända bort till kanten av sidan."


def read(data: bytes) -> conversion.Read:
    return conversion.read(data, "rapport.pdf")


def markdown(data: bytes) -> str:
    return read(data).written.markdown


def test_words_that_are_written_one_by_one_stay_apart() -> None:
    words = [
        text(72, 700, "Vad"),
        text(96, 700, "är"),
        text(112, 700, "en"),
        text(127, 700, "bra"),
        text(72, 686, "metod"),
    ]
    filling = [text(72, 660 - 13 * n, FILLING) for n in range(3)]

    assert markdown(pdf([*words, *filling])).startswith("Vad är en bra metod\n")


def test_letters_in_another_font_that_are_written_last_stand_in_their_place() -> None:
    pieces = [
        Piece("o", 72, 700, 12, width=6),
        Piece("entlig", 85.3, 700, 12, width=30),
        Piece("nästa rad", 72, 686, 12, width=48),
        Piece("ff", 78, 700, 12, width=7.3),
    ]

    assert [line.text for line in lines(pieces)] == ["offentlig", "nästa rad"]


def test_a_ticked_box_that_is_written_after_its_text_stands_before_it() -> None:
    pieces = [
        Piece("Ja, en jämställdhetsanalys är gjord", 100, 700, 11, width=180),
        Piece("Nej", 100, 680, 11, width=18),
        Piece("☒", 72, 700.4, 11, width=9),
        Piece("☐", 72, 680.4, 11, width=9),
    ]

    assert [line.text for line in lines(pieces)] == ["☒ Ja, en jämställdhetsanalys är gjord", "☐ Nej"]


def test_what_is_written_last_but_stands_first_comes_first() -> None:
    page = [
        text(72, 640, "Andra stycket."),
        text(72, 700, "Första stycket."),
        *(text(72, 560 - n, "") for n in range(2)),
    ]

    assert markdown(pdf([*page, text(72, 600, FILLING)])).startswith("Första stycket.\n\nAndra stycket.\n")


def test_headings_that_differ_by_their_numbers_are_no_page_heads() -> None:
    pages = [
        [text(72, 790, f"Bilaga {n}", 16, "F2"), *(text(72, 740 - 14 * row, FILLING) for row in range(6))]
        for n in range(1, 5)
    ]

    assert [f"Bilaga {n}" in markdown(pdf(*pages)) for n in range(1, 5)] == [True] * 4


def test_running_text_at_the_top_of_pages_is_no_page_head() -> None:
    pages = [[text(72, 780 - 14 * row, f"Stycke {n} rad {row} {FILLING}", 9) for row in range(5)] for n in range(1, 4)]

    found = markdown(pdf(*pages))

    assert all(f"Stycke {n} rad {row}" in found for n in range(1, 4) for row in range(5))


def test_page_heads_and_numbers_are_left_out() -> None:
    pages = [
        [
            text(72, 800, f"Slutrapport Farsta, sidan {n} av 3", 9),
            *(text(72, 740 - 14 * row, FILLING) for row in range(6)),
            text(290, 40, f"- {n} -", 9),
        ]
        for n in range(1, 4)
    ]

    found = markdown(pdf(*pages))

    assert "Slutrapport" not in found
    assert "- 1 -" not in found


def box(left: float, bottom: float, right: float, top: float) -> str:
    return f"{left} {bottom} {right - left} {top - bottom} re S"


def test_cells_of_several_lines_stay_together() -> None:
    rows = [
        text(74, 700, "Insats"), text(204, 700, "Resultat"), text(334, 700, "Antal"),
        text(74, 680, "Stöd till unga"), text(74, 667, "och föräldrar"), text(204, 680, "Fler i arbete"),
        text(204, 667, "och studier"), text(334, 680, "42"),
        text(74, 647, "Samtal"), text(204, 647, "Kortare väntan"), text(334, 647, "7"),
    ]  # fmt: skip

    found = read(pdf([text(72, 760 - 13 * n, FILLING) for n in range(2)] + rows))

    assert found.written.markdown.endswith(
        "| Insats | Resultat | Antal |\n| --- | --- | --- |\n"
        "| Stöd till unga och föräldrar | Fler i arbete och studier | 42 |\n| Samtal | Kortare väntan | 7 |\n"
    )
    assert any("kontrollera varje tabell" in remark for remark in found.remarks)


def test_lines_that_are_drawn_part_cells_that_stand_close() -> None:
    rows = [
        *(box(x, y, x + 40, y + 20) for x in (70, 110) for y in (660, 680)),
        text(72, 686, "2024 ja"), text(112, 686, "2025 ja"), text(72, 666, "120 st"), text(112, 666, "130 st"),
    ]  # fmt: skip

    assert markdown(pdf([*rows, text(72, 600, FILLING)])).startswith(
        "| 2024 ja | 2025 ja |\n| --- | --- |\n| 120 st | 130 st |\n"
    )


def test_columns_of_a_page_are_read_one_after_the_other() -> None:
    left = [text(60, 700 - 12 * row, f"vänster rad {row} med lite mer löptext här", 9) for row in range(8)]
    right = [text(310, 700 - 12 * row, f"höger rad {row} med lite mer löptext här", 9) for row in range(8)]

    found = markdown(pdf([*left, *right]))

    assert "|" not in found
    assert found.index("vänster rad 7") < found.index("höger rad 0")


def test_what_cannot_be_told_to_be_a_table_is_plain_text_with_a_remark() -> None:
    rows = [
        text(74, 700, "Ett"), text(250, 700, "Två"), text(450, 700, "Tre"),
        text(74, 680, "Fyra"), text(150, 680, "Fem"),
        text(74, 660, "Sex"), text(80, 640, "Sju"),
    ]  # fmt: skip

    found = read(pdf([*rows, text(72, 600, FILLING)]))

    assert all(word in found.written.markdown for word in ("Ett", "Två", "Tre", "Fyra", "Fem", "Sex", "Sju"))
    assert "|" not in found.written.markdown
    assert any("ser ut som en tabell" in remark for remark in found.remarks)


def test_the_lines_of_a_list_item_stay_together() -> None:
    page = [
        text(72, 700, FILLING),
        text(72, 680, "1."), text(90, 680, "Det första som vi gjorde var att bjuda in alla som ville vara med"),
        text(90, 667, "till ett möte"),
        text(72, 654, "2."), text(90, 654, "Sedan följde vi upp"),
    ]  # fmt: skip

    assert markdown(pdf(page)).endswith(
        "1. Det första som vi gjorde var att bjuda in alla som ville vara med till ett möte\n2. Sedan följde vi upp\n"
    )


def test_text_that_stands_for_what_is_drawn_is_read_instead() -> None:
    page = [
        text(72, 700, FILLING),
        "BT /F1 11 Tf 72 680 Td (soci) Tj /Span << /ActualText (al) >> BDC (al-) Tj EMC ET",
        text(72, 667, "tjänsten"),
    ]

    assert "social tjänsten" in markdown(pdf(page)) or "socialtjänsten" in markdown(pdf(page))


def test_a_file_name_is_no_title() -> None:
    page = [text(72, 700 - 13 * n, FILLING) for n in range(3)]

    assert read(pdf(page, title="Microsoft Word - mall \\(1\\).docx")).title == ""
    assert read(pdf(page, title="Trygg start i Farsta")).title == "Trygg start i Farsta"


def test_libraries_say_nothing_of_what_they_mend(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    data = pdf([text(72, 700 - 13 * n, FILLING) for n in range(3)]).replace(b"startxref\n", b"startxref\n9")

    assert read(data).pictures == ()
    assert capfd.readouterr() == ("", "")
