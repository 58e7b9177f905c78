"""What the lines of a PDF are, where the golden documents do not show it."""

import io

from PIL import Image

from kunskapsbank.intake import pdf
from kunskapsbank.intake.pdf.layout import arrange
from kunskapsbank.intake.pdf.lines import Piece, Sheet, lines


def html_of(*pages: list[tuple[str, float, float]], size: float = 11) -> str:
    """Return the HTML of pages of lines: their text, and where they stand."""
    sheets = [Sheet(lines(Piece(text, x, y, size) for text, x, y in page), 842) for page in pages]
    return arrange(sheets, {}).html


def test_words_divided_at_the_end_of_a_line_are_made_whole() -> None:
    texts = [
        "Projektet bygger på utveck-",
        "lingsarbete inom social-",
        "och hälsovård, LSS-",
        "insatser i Enskede-",
        "Årsta.",
    ]

    assert html_of([(text, 70, 700 - 13 * n) for n, text in enumerate(texts)]) == (
        "<p>Projektet bygger på utvecklingsarbete inom social- och hälsovård, LSS-insatser i Enskede-Årsta.</p>"
    )


def test_a_paragraph_goes_on_over_the_page_and_its_header() -> None:
    first = [("Farsta, sida 1", 70, 800), ("Det här stycket fortsätter på", 70, 120), ("1", 300, 40)]
    second = [("Farsta, sida 2", 70, 800), ("nästa sida.", 70, 700), ("Ett nytt stycke.", 70, 660), ("2", 300, 40)]

    assert html_of(first, second) == "<p>Det här stycket fortsätter på nästa sida.</p><p>Ett nytt stycke.</p>"


def test_a_table_of_contents_is_left_out() -> None:
    page = [("Innehåll", 70, 700), ("Bakgrund 3", 70, 680), ("Resultat ........ 14", 70, 660), ("Text här.", 70, 600)]

    assert html_of(page) == "<p>Text här.</p>"


def test_a_list_in_a_list_is_one() -> None:
    page = [
        ("Vi gjorde så här:", 70, 700),
        ("• Hembesök som tog lång tid", 90, 680),
        ("och var bra", 102, 667),
        ("o telefon", 110, 647),
        ("• Samtal", 90, 627),
        ("Det var allt.", 70, 600),
    ]

    assert html_of(page) == (
        "<p>Vi gjorde så här:</p><ul><li>Hembesök som tog lång tid och var bra<ul><li>telefon</li></ul></li>"
        "<li>Samtal</li></ul><p>Det var allt.</p>"
    )


def test_a_year_that_begins_a_line_is_no_list() -> None:
    assert html_of([("2018. Då började projektet.", 70, 700)]) == "<p>2018. Då började projektet.</p>"


def test_what_is_drawn_on_every_page_is_a_letterhead() -> None:
    pages = [Image.effect_noise((200, 200), 90).convert("RGB") for _ in range(3)]
    target = io.BytesIO()
    pages[0].save(target, "PDF", save_all=True, append_images=[pages[1], pages[0]])
    assert target.getvalue().startswith(b"%PDF")
    reader = pdf.PdfReader(target)
    sheets = [pdf._sheet(page) for page in reader.pages]

    pictures, shown, lost = pdf._pictures(sheets)
    assert (len(pictures), len(shown), lost) == (2, 2, False)
    pictures, shown, lost = pdf._pictures([sheets[0]] * 3)
    assert (len(pictures), len(shown), lost) == (0, 0, False)
