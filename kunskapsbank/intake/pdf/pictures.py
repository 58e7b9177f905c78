"""A picture as it is stored in a PDF → a file that any decoder of pictures reads, made with nothing but zlib.

JPEG and JPEG 2000 lie in the PDF whole. All else are bare points (ISO 32000-1, 8.9.5), which a
PNG holds in the same way.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from pypdf.filters import decode_stream_data
from pypdf.generic import ArrayObject

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Files in themselves; what the decoder makes of a fax is a TIFF.
_WHOLE = frozenset({"/DCTDecode", "/DCT", "/JPXDecode", "/CCITTFaxDecode", "/CCF"})
_GRAY, _RGB, _INDEXED, _GRAY_ALPHA, _RGB_ALPHA = 0, 2, 3, 4, 6
_ALPHA_OF = {_GRAY: _GRAY_ALPHA, _RGB: _RGB_ALPHA}
_CHANNELS = {_GRAY: 1, _RGB: 3, _INDEXED: 1, _GRAY_ALPHA: 2, _RGB_ALPHA: 4}
_INVERTED = bytes(range(255, -1, -1))


@dataclass(frozen=True, slots=True)
class _Points:
    """Bare points: so many of `bits` for each channel, rows beginning at whole bytes, as PNG has them."""

    data: bytes
    colours: int
    bits: int
    palette: bytes = b""


def unpacked(drawing: Any) -> bytes:
    """Return an image of a PDF as a file; raises ValueError, or what pypdf raises, for one that cannot be unpacked."""
    filters = drawing.get("/Filter", ())
    names = list(filters) if isinstance(filters, ArrayObject) else [filters]
    data = decode_stream_data(drawing)
    if names and names[-1] in _WHOLE:
        return bytes(data)
    wide, high = int(drawing["/Width"]), int(drawing["/Height"])
    points = _points(drawing, data, wide, high)
    if "/SMask" in drawing:
        points = _with_alpha(points, drawing["/SMask"].get_object(), wide, high)
    return _png(points, wide, high)


def _points(drawing: Any, data: bytes, wide: int, high: int) -> _Points:
    bits = 1 if drawing.get("/ImageMask") else int(drawing.get("/BitsPerComponent", 8))
    space = drawing.get("/ColorSpace", "/DeviceGray")
    kind, palette = _space(space)
    if _is_turned(drawing, kind):
        data = data.translate(_INVERTED)
    channels = 4 if kind == "cmyk" else _CHANNELS[_RGB] if kind == "rgb" else 1
    size = high * ((wide * channels * bits + 7) // 8)
    data = data[:size].ljust(size, b"\0")
    if kind == "cmyk" and bits == 8:
        return _Points(_rgb_of_cmyk(data), _RGB, bits)
    if kind == "indexed" and bits <= 8:
        return _Points(data, _INDEXED, bits, palette)
    if kind == "rgb" and bits in {8, 16}:
        return _Points(data, _RGB, bits)
    if kind == "gray" and bits in {1, 2, 4, 8, 16}:
        return _Points(data, _GRAY, bits)
    raise ValueError(kind)


def _is_turned(drawing: Any, kind: str) -> bool:
    """Tell whether 0 stands for full light instead of none; ink counts the other way."""
    decode = [float(number) for number in drawing.get("/Decode", ())]
    is_ink = kind == "gray" and _family(drawing.get("/ColorSpace", "")) in {"/Separation", "/DeviceN"}
    return kind != "indexed" and (bool(decode and decode[0] > decode[1]) != is_ink)


def _family(space: Any) -> str:
    space = space.get_object() if hasattr(space, "get_object") else space
    return str(space[0] if isinstance(space, ArrayObject) else space)


def _space(space: Any) -> tuple[str, bytes]:
    """Return what a colour space is to us, and its palette in red, green and blue."""
    space = space.get_object()
    family = _family(space)
    if family in {"/DeviceGray", "/CalGray", "/G", "/Separation"}:
        return "gray", b""
    if family in {"/DeviceRGB", "/CalRGB", "/RGB"}:
        return "rgb", b""
    if family in {"/DeviceCMYK", "/CMYK"}:
        return "cmyk", b""
    if family == "/DeviceN" and len(space[1].get_object()) == 1:
        return "gray", b""
    if family == "/ICCBased":
        count = int(space[1].get_object()["/N"])
        return {1: "gray", 3: "rgb", 4: "cmyk"}[count], b""
    if family in {"/Indexed", "/I"}:
        table = space[3].get_object()
        colours = table.get_data() if hasattr(table, "get_data") else _bytes_of(table)
        base = _space(space[1])[0]
        if base == "gray":
            colours = bytes(value for value in colours for _ in range(3))
        return "indexed", (_rgb_of_cmyk(colours) if base == "cmyk" else colours)[: 3 * 256]
    raise ValueError(family)


def _bytes_of(text: Any) -> bytes:
    return bytes(getattr(text, "original_bytes", text))


def _rgb_of_cmyk(data: bytes) -> bytes:
    """Return ink as light, by the plain rule of ISO 32000-1, 10.3.5; a profile would say it finer."""
    light = data.translate(_INVERTED)
    black = light[3::4]
    found = bytearray(len(black) * 3)
    for channel in range(3):
        found[channel::3] = bytes(value * key // 255 for value, key in zip(light[channel::4], black, strict=False))[
            : len(black)
        ]
    return bytes(found)


def _with_alpha(points: _Points, mask: Any, wide: int, high: int) -> _Points:
    """Return the points with their transparency; without it where the two are stored too differently to be joined."""
    filters = mask.get("/Filter", ())
    names = list(filters) if isinstance(filters, ArrayObject) else [filters]
    if points.bits != 8 or int(mask.get("/BitsPerComponent", 0)) != 8 or (names and names[-1] in _WHOLE):
        return points
    alpha = _scaled(decode_stream_data(mask), int(mask["/Width"]), int(mask["/Height"]), wide, high)
    if not alpha.strip(b"\xff"):
        return points
    planes = list(_planes(points))
    colours = _RGB if points.colours == _INDEXED else points.colours
    found = bytearray(wide * high * (len(planes) + 1))
    for channel, plane in enumerate((*planes, alpha)):
        found[channel :: len(planes) + 1] = plane
    return _Points(bytes(found), _ALPHA_OF[colours], 8)


def _planes(points: _Points) -> Iterator[bytes]:
    if points.colours == _INDEXED:
        for channel in range(3):
            yield points.data.translate(points.palette[channel::3].ljust(256, b"\0"))
        return
    channels = _CHANNELS[points.colours]
    for channel in range(channels):
        yield points.data[channel::channels]


def _scaled(mask: bytes, from_wide: int, from_high: int, wide: int, high: int) -> bytes:
    """Return a mask in another size, each point the nearest one."""
    mask = mask[: from_wide * from_high].ljust(from_wide * from_high, b"\xff")
    if (from_wide, from_high) == (wide, high):
        return mask
    columns: Sequence[int] = [column * from_wide // wide for column in range(wide)]
    pick = itemgetter(*columns) if wide > 1 else lambda row: (row[0],)
    rows = (row * from_high // high for row in range(high))
    return b"".join(bytes(pick(mask[row * from_wide : (row + 1) * from_wide])) for row in rows)


def _png(points: _Points, wide: int, high: int) -> bytes:
    length = len(points.data) // high
    rows = b"".join(b"\0" + points.data[start : start + length] for start in range(0, length * high, length))
    parts = [(b"IHDR", struct.pack(">IIBBBBB", wide, high, points.bits, points.colours, 0, 0, 0))]
    if points.colours == _INDEXED:
        parts.append((b"PLTE", points.palette[: len(points.palette) // 3 * 3]))
    parts += [(b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    chunks = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
