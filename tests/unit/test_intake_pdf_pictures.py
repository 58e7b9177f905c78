"""Pictures come out of a PDF as they look, without Pillow; here Pillow puts them in and looks at what came out."""

import io
import zlib

import pytest
from PIL import Image
from pypdf.generic import ArrayObject, DecodedStreamObject, NameObject, NumberObject, StreamObject

from kunskapsbank.intake.pdf.pictures import unpacked

WIDE, HIGH = 9, 5


def stored(data: bytes, space: object, bits: int = 8, **more: object) -> StreamObject:
    """An image as a PDF has it, packed with Flate."""
    stream = DecodedStreamObject()
    stream.set_data(data)
    image = stream.flate_encode()
    image[NameObject("/Width")], image[NameObject("/Height")] = NumberObject(WIDE), NumberObject(HIGH)
    image[NameObject("/BitsPerComponent")] = NumberObject(bits)
    image[NameObject("/ColorSpace")] = NameObject(space) if isinstance(space, str) else space
    for key, value in more.items():
        image[NameObject(f"/{key}")] = value
    return image


def noise(mode: str) -> Image.Image:
    bands = len(Image.new(mode, (1, 1)).getbands())
    plane = Image.effect_noise((WIDE, HIGH), 90)
    return Image.merge(mode, [plane.point(lambda value, n=n: (value * (n + 3)) % 256) for n in range(bands)])


def shown(image: object) -> Image.Image:
    return Image.open(io.BytesIO(unpacked(image)))


@pytest.mark.parametrize(("mode", "space"), [("L", "/DeviceGray"), ("RGB", "/DeviceRGB")])
def test_points_stay_as_they_are(mode: str, space: str) -> None:
    picture = noise(mode)
    assert shown(stored(picture.tobytes(), space)).tobytes() == picture.tobytes()


def test_black_and_white_in_bits_stays() -> None:
    picture = noise("L").convert("1")
    assert shown(stored(picture.tobytes(), "/DeviceGray", 1)).convert("1").tobytes() == picture.tobytes()


def test_a_palette_is_looked_up() -> None:
    picture = noise("RGB").quantize(16)
    palette = DecodedStreamObject()
    palette.set_data(bytes(picture.getpalette()))
    space = ArrayObject([NameObject("/Indexed"), NameObject("/DeviceRGB"), NumberObject(15), palette])
    assert shown(stored(picture.tobytes(), space)).convert("RGB").tobytes() == picture.convert("RGB").tobytes()


def test_ink_becomes_light() -> None:
    picture = noise("CMYK")
    ours = shown(stored(picture.tobytes(), "/DeviceCMYK")).tobytes()
    theirs = picture.convert("RGB").tobytes()
    assert max(abs(one - other) for one, other in zip(ours, theirs, strict=True)) <= 1


def test_what_counts_the_other_way_is_turned() -> None:
    picture = noise("L")
    decode = ArrayObject([NumberObject(1), NumberObject(0)])
    turned = bytes(255 - value for value in picture.tobytes())
    assert shown(stored(picture.tobytes(), "/DeviceGray", Decode=decode)).tobytes() == turned
    ink = ArrayObject([NameObject("/Separation"), NameObject("/Svart"), NameObject("/DeviceGray")])
    assert shown(stored(picture.tobytes(), ink)).tobytes() == turned


@pytest.mark.parametrize("scale", [1, 2])
def test_transparency_is_joined_to_the_points(scale: int) -> None:
    picture, alpha = noise("RGB"), noise("L").resize((WIDE * scale, HIGH * scale), Image.Resampling.NEAREST)
    mask = stored(alpha.tobytes(), "/DeviceGray")
    mask[NameObject("/Width")], mask[NameObject("/Height")] = NumberObject(alpha.width), NumberObject(alpha.height)

    made = shown(stored(picture.tobytes(), "/DeviceRGB", SMask=mask))

    assert made.mode == "RGBA"
    assert made.convert("RGB").tobytes() == picture.tobytes()
    assert made.getchannel("A").tobytes() == alpha.resize((WIDE, HIGH), Image.Resampling.NEAREST).tobytes()


def test_a_photograph_comes_out_as_it_was_stored() -> None:
    target = io.BytesIO()
    noise("RGB").save(target, "JPEG")
    image = stored(b"", "/DeviceRGB")
    image._data = zlib.compress(target.getvalue())
    image[NameObject("/Filter")] = ArrayObject([NameObject("/FlateDecode"), NameObject("/DCTDecode")])
    assert unpacked(image) == target.getvalue()


@pytest.mark.parametrize("space", ["/Lab", "/Pattern"])
def test_a_space_of_colours_that_is_not_known_is_refused(space: str) -> None:
    with pytest.raises(ValueError, match=space):
        unpacked(stored(bytes(WIDE * HIGH * 3), space))
