"""Saved web pages: any encoding, and pictures from their own folder only."""

import base64
from pathlib import Path

import pytest

from kunskapsbank.intake.webpage import read

WORDS = "Slutrapport från Årsta: kvinnor & män – ”åtgärder”"


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("utf-8", '<meta charset="utf-8">'),
        ("windows-1252", ""),
        ("windows-1252", '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">'),
        ("windows-1252", "<meta charset=iso-8859-1>"),
        ("utf-8", "<meta charset=no-such-thing>"),
        ("utf-8", "<meta charset=utf-16>"),
    ],
)
def test_letters_are_read_in_the_encoding_of_the_page(encoding: str, declared: str) -> None:
    page = f"<html><head>{declared}</head><body><p>{WORDS.replace('&', '&amp;')}</p></body></html>"

    assert read(page.encode(encoding)).html == f"<p>{WORDS.replace('&', '&amp;')}</p>"


def test_only_the_text_of_the_page_is_taken() -> None:
    page = (
        b"<html><head><title> En  rapport </title><style>p{}</style></head><body><nav>Meny</nav><!-- hemligt -->"
        b"<main><h1>En rapport</h1><script>alert(1)</script><p>Text</p></main><form>x</form></body></html>"
    )
    original = read(page)

    assert original.html == "<h1>En rapport</h1><p>Text</p>"
    assert original.title == "En rapport"


def test_pictures_come_from_the_folder_of_the_page_only(tmp_path: Path) -> None:
    folder = tmp_path / "sida"
    (folder / "Rapport-filer").mkdir(parents=True)
    (folder / "Rapport-filer" / "bild å.png").write_bytes(b"beside")
    (tmp_path / "secret.png").write_bytes(b"secret")
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    inline = base64.b64encode(b"inline").decode()
    sources = [
        "Rapport-filer/bild%20%C3%A5.png?1",
        f"data:image/png;base64,{inline}",
        "../secret.png",
        "link.png",
        str(tmp_path / "secret.png"),
        "file:///etc/hostname",
        "https://example.se/bild.png",
        "//example.se/bild.png",
        "http://[example.se/bild.png",
        "",
        "data:image/png;base64,%%%",
        "saknas.png",
    ]
    page = "".join(f'<img src="{source}" alt="{n}">' for n, source in enumerate(sources))

    original = read(f"<body>{page}</body>".encode(), folder)

    assert original.html == '<img alt="0" src="bild-1"/><img alt="1" src="bild-2"/>'
    assert original.pictures == {"bild-1": b"beside", "bild-2": b"inline"}
    assert original.remarks == (
        "2 bilder på andra webbplatser hämtas inte. Spara dem för sig och lägg dem bredvid texten.",
        "8 bilder hittades inte bredvid webbsidan, eller ligger utanför dess mapp, och är utelämnade.",
    )


def test_what_is_hidden_stays_out_and_boxes_to_tick_are_kept() -> None:
    page = (
        "<p>Synlig<span style='mso-hide:all'> dolt</span>.</p><div hidden><p>dolt</p></div><p style='display:none'>dolt"
        "<b hidden>mer</b></p><p><input type=checkbox checked>Ja <input type=checkbox>Nej</p>"
    )

    original = read(f"<html><body>{page}</body></html>".encode())

    assert original.html == "<p>Synlig.</p><p>☒ Ja ☐ Nej</p>"
    assert original.remarks == ("Dold text på webbsidan är utelämnad. Gör den synlig där om den ska vara med.",)
