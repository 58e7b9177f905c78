"""Pictures become small files for the web, and say nothing of who took them and where."""

import io
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from kunskapsbank.intake import pictures, used_pictures
from kunskapsbank.intake.used_pictures import MOST_PIXELS, WIDEST


def drawn(width: int, height: int, format_name: str = "PNG", **options: object) -> bytes:
    picture = Image.new("RGB", (width, height), "white")
    picture.paste("navy", (0, 0, width // 4, height // 3))
    return saved(picture, format_name, **options)


def noise(width: int, height: int) -> Image.Image:
    """As many colours as a photograph has."""
    bands = [Image.effect_noise((width, height), 80) for _ in range(3)]
    return Image.merge("RGB", bands)


def saved(picture: Image.Image, format_name: str, **options: object) -> bytes:
    target = io.BytesIO()
    picture.save(target, format_name, **options)
    return target.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@dataclass
class Prepared:
    names: dict[str, str]
    files: dict[str, bytes]
    remarks: tuple[str, ...]


def prepare(given: dict[str, bytes], alts: dict[str, str]) -> Prepared:
    """Name the pictures and make them, as the command line does."""
    names, used = used_pictures.named(given, alts)
    made = pictures.made(used)
    files = {name: data for name, data in made.items() if isinstance(data, bytes)}
    return Prepared(names, files, used_pictures.remarks(used, made))


def only(data: bytes, alt: str = "") -> tuple[str, Image.Image]:
    prepared = prepare({"key": data}, {"key": alt})
    assert not prepared.remarks
    ((name, made),) = prepared.files.items()
    return name, opened(made)


def test_a_wide_picture_is_made_narrower_and_a_narrow_one_stays() -> None:
    assert only(drawn(3000, 1500))[1].size == (WIDEST, WIDEST // 2)
    assert only(drawn(600, 300))[1].size == (600, 300)


def test_a_drawing_stays_png_and_a_photograph_becomes_jpeg() -> None:
    assert only(drawn(600, 400))[0] == "bild-1.png"
    assert only(saved(noise(600, 400), "JPEG"))[0] == "bild-1.jpg"
    assert only(saved(noise(600, 400), "PNG"))[0] == "bild-1.jpg"
    assert only(drawn(600, 400, "BMP"))[0] == "bild-1.png"
    assert only(drawn(600, 400, "TIFF"))[0] == "bild-1.png"
    assert only(drawn(600, 400, "GIF"))[0] == "bild-1.png"


def test_what_is_transparent_stays_so() -> None:
    picture = Image.new("RGBA", (200, 100), (0, 0, 0, 0))
    assert only(saved(picture, "PNG"))[1].getpixel((50, 50)) == (0, 0, 0, 0)


def test_a_turned_photograph_is_set_upright_and_its_place_forgotten() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # taken with the camera turned
    exif[0x013B] = "Namn Namnsson"
    exif.get_ifd(0x8825)[2] = (59.0, 19.0, 0.0)
    data = saved(noise(600, 400), "JPEG", exif=exif, comment=b"hemligt", dpi=(72, 72))
    assert opened(data).getexif().get_ifd(0x8825)

    _, picture = only(data)

    assert picture.size == (400, 600)
    assert not picture.getexif()
    assert not picture.getexif().get_ifd(0x8825)
    assert b"Namn" not in saved_bytes(data)
    assert b"hemligt" not in saved_bytes(data)


def saved_bytes(data: bytes) -> bytes:
    return next(iter(prepare({"key": data}, {}).files.values()))


def test_texts_in_a_png_are_forgotten() -> None:
    info = PngInfo()
    info.add_text("Author", "Namn Namnsson")
    assert b"Namn" not in saved_bytes(drawn(300, 200, pnginfo=info))


def test_a_picture_is_named_by_its_alternative_text_and_never_as_another() -> None:
    alts = {
        "a": "Årets deltagare: kvinnor & män",
        "b": "Årets deltagare: kvinnor, män",
        "c": "",
        "d": "",
        "e": "x" * 90,
    }
    names = prepare({key: drawn(100 + n, 100) for n, key in enumerate(alts)}, alts).names

    assert names == {
        "a": "arets-deltagare-kvinnor-man.png",
        "b": "arets-deltagare-kvinnor-man-2.png",
        "c": "bild-1.png",
        "d": "bild-2.png",
        "e": "x" * 40 + ".png",
    }


def test_the_same_picture_is_kept_once() -> None:
    prepared = prepare({"a": drawn(100, 100), "b": drawn(100, 100), "c": drawn(200, 100)}, {})

    assert prepared.names["a"] == prepared.names["b"] != prepared.names["c"]
    assert len(prepared.files) == 2


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\x01\0\0\0" + bytes(36) + b" EMF" + bytes(60), "(EMF)"),
        (b"\xd7\xcd\xc6\x9a" + bytes(60), "(WMF)"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "(SVG)"),
        (b"no picture at all", "(skadad eller okänt format)"),
        (drawn(300, 300)[:60], "(skadad eller okänt format)"),
    ],
    ids=["emf", "wmf", "svg", "text", "cut"],
)
def test_a_picture_that_no_browser_shows_is_left_out_with_a_remark(data: bytes, told: str) -> None:
    prepared = prepare({"a": data}, {"a": "Diagram"})

    assert not prepared.files
    (remark,) = prepared.remarks
    assert remark.startswith("Bild 1 (”Diagram”) kan inte visas på webben")
    assert told in remark


def test_a_picture_of_too_many_points_is_left_out_with_a_remark() -> None:
    data = saved(Image.new("1", (MOST_PIXELS // 1000 + 1, 1000)), "PNG")
    assert len(data) < 20_000

    (remark,) = prepare({"a": data}, {}).remarks

    assert remark.startswith("Bild 1 har för många bildpunkter")


@settings(max_examples=100)
@given(st.data())
@pytest.mark.parametrize("format_name", ["PNG", "JPEG", "GIF", "TIFF", "BMP", "WEBP"])
def test_changed_bytes_give_a_picture_or_a_remark(format_name: str, data: st.DataObject) -> None:
    changed = bytearray(drawn(60, 40, format_name))
    for _ in range(data.draw(st.integers(1, 4))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))

    prepared = prepare({"a": bytes(changed)}, {})

    assert len(prepared.files) + len(prepared.remarks) == 1
