"""A page of a PDF → its pieces of text and its pictures, each with its place as a reader sees it, in the order written.

The operators are those of ISO 32000-1, 8.4 (the state), 9.4 (text) and 14.9.4 (text that replaces what is drawn). pypdf
gives whole lines with one place for all of them; which words stand apart, and where columns begin, is told by the place
and width of each piece.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pypdf.generic import ContentStream

# The only part of pypdf that is not of its public front: a font's letters and their widths.
from pypdf.generic._font import Font

from kunskapsbank.intake.pdf.lines import Piece, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from pypdf import PageObject

Matrix = tuple[float, float, float, float, float, float]
_UNTURNED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_TURNED: dict[int, Matrix] = {90: (0, -1, 1, 0, 0, 0), 180: (-1, 0, 0, -1, 0, 0), 270: (0, 1, -1, 0, 0, 0)}
_DEEPEST = 12
# Of lines between cells, in points; a drawing of more lines is a chart.
_THICKEST, _SHORTEST = 3.0, 8.0
_MOST_RULES = 3_000
# Signs for two or three letters, as fonts draw them: no search finds "ﬁck".
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_BOLD = ("bold", "black", "heavy", "semibold")


@dataclass(slots=True)
class Drawn:
    """What is drawn on a page: pieces in the order written, images by what their pieces call them, and lines."""

    pieces: list[Piece] = field(default_factory=list)
    images: dict[str, Any] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _State:
    """What q keeps and Q brings back."""

    matrix: Matrix
    font: Font | None = None
    size: float = 1.0
    between: float = 0.0
    after_space: float = 0.0
    wide: float = 1.0
    leading: float = 0.0
    rise: float = 0.0


def drawn(page: PageObject) -> Drawn:
    """Return what is drawn on a page; raises what pypdf raises for one that is damaged."""
    found = Drawn()
    contents = page.get_contents()
    if contents is not None:
        turned = _TURNED.get(int(page.get("/Rotate", 0) or 0) % 360, _UNTURNED)
        _Reader(found, turned, page.pdf).read(contents, page.get("/Resources"), "")
    return found


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


class _Reader:
    """Goes through the operators of a page and of what is drawn by it."""

    def __init__(self, found: Drawn, matrix: Matrix, pdf: Any) -> None:
        self.found = found
        self.pdf = pdf
        self.state = _State(matrix)
        self.kept: list[_State] = []
        self.line: Matrix = _UNTURNED
        self.place: Matrix = _UNTURNED
        self.fonts: dict[int, Font | None] = {}
        # Of each part that is open, what is to be read instead of what is drawn in it, None where nothing is told.
        self.instead: list[str | None] = []
        self.depth = 0
        self.point = (0.0, 0.0)

    def read(self, contents: Any, resources: Any, path: str) -> None:
        resources = resources.get_object() if resources is not None else {}
        stream = contents if isinstance(contents, ContentStream) else ContentStream(contents, self.pdf)
        for operands, operator in stream.operations:
            if operator == b"Tf":
                self.set_font(operands, resources)
            elif operator == b"Do":
                self.draw(str(operands[0]), resources, path)
            elif operator == b"BDC":
                self.instead.append(_replacement(operands, resources))
            elif operator in _OPERATORS:
                _OPERATORS[operator](self, operands)

    def set_font(self, operands: Sequence[Any], resources: Any) -> None:
        fonts = resources.get("/Font")
        resource = fonts.get_object().get(operands[0]) if fonts is not None else None
        font = None
        if resource is not None:
            resource = resource.get_object()
            if id(resource) not in self.fonts:
                self.fonts[id(resource)] = Font.from_font_resource(resource)
            font = self.fonts[id(resource)]
        self.state = replace(self.state, font=font, size=float(operands[1]))

    def draw(self, key: str, resources: Any, path: str) -> None:
        objects = resources.get("/XObject")
        drawing = objects.get_object().get(key) if objects is not None else None
        drawing = drawing.get_object() if drawing is not None else None
        if drawing is None:
            return
        if drawing.get("/Subtype") == "/Image":
            name = f"{path}{key}"
            self.found.images[name] = drawing
            a, b, c, d, e, f = self.state.matrix
            x, y = min(e, e + a, e + c), min(f, f + b, f + d)
            self.found.pieces.append(Piece("", x, y, 1.0, picture=name))
        elif drawing.get("/Subtype") == "/Form" and self.depth < _DEEPEST:
            outer = self.state, self.kept, self.line, self.place
            own = drawing.get("/Matrix")
            matrix = _matrix(own) if own is not None and len(own) == 6 else _UNTURNED
            self.state, self.kept = replace(self.state, matrix=_times(matrix, self.state.matrix)), []
            self.depth += 1
            self.read(drawing, drawing.get("/Resources") or resources, f"{path}{key}")
            self.depth -= 1
            self.state, self.kept, self.line, self.place = outer

    # The state

    def keep(self, operands: Sequence[Any]) -> None:
        self.kept.append(self.state)

    def bring_back(self, operands: Sequence[Any]) -> None:
        if self.kept:
            self.state = self.kept.pop()

    def transform(self, operands: Sequence[Any]) -> None:
        self.state = replace(self.state, matrix=_times(_matrix(operands), self.state.matrix))

    def begin_text(self, operands: Sequence[Any]) -> None:
        self.line = self.place = _UNTURNED

    def move(self, operands: Sequence[Any]) -> None:
        self.line = self.place = _times((1, 0, 0, 1, float(operands[0]), float(operands[1])), self.line)

    def move_and_lead(self, operands: Sequence[Any]) -> None:
        self.state = replace(self.state, leading=-float(operands[1]))
        self.move(operands)

    def set_place(self, operands: Sequence[Any]) -> None:
        self.line = self.place = _matrix(operands)

    def next_line(self, operands: Sequence[Any]) -> None:
        self.move((0.0, -self.state.leading))

    def begin_part(self, operands: Sequence[Any]) -> None:
        self.instead.append(None)

    def end_part(self, operands: Sequence[Any]) -> None:
        if self.instead:
            self.instead.pop()

    # Lines

    def set_point(self, operands: Sequence[Any]) -> None:
        self.point = (float(operands[0]), float(operands[1]))

    def draw_line(self, operands: Sequence[Any]) -> None:
        start = self.point
        self.set_point(operands)
        self.rule(*start, *self.point)

    def draw_box(self, operands: Sequence[Any]) -> None:
        x, y, wide, high = (float(number) for number in operands[:4])
        if min(abs(wide), abs(high)) < _THICKEST:
            self.rule(x, y, x + wide, y + high)
            return
        for side in ((x, y, x, y + high), (x + wide, y, x + wide, y + high), (x, y, x + wide, y),
                     (x, y + high, x + wide, y + high)):  # fmt: skip
            self.rule(*side)

    def rule(self, x: float, y: float, to_x: float, to_y: float) -> None:
        """Note a line that is upright or level and long enough to part texts."""
        a, b, c, d, e, f = self.state.matrix
        one, other = (x * a + y * c + e, x * b + y * d + f), (to_x * a + to_y * c + e, to_x * b + to_y * d + f)
        left, right = sorted((one[0], other[0]))
        bottom, top = sorted((one[1], other[1]))
        wide, high = right - left, top - bottom
        if min(wide, high) < _THICKEST and max(wide, high) > _SHORTEST and len(self.found.rules) < _MOST_RULES:
            self.found.rules.append(Rule(left, bottom, right, top))

    def show(self, operands: Sequence[Any]) -> None:
        self.write(operands[-1])

    def show_on_next_line(self, operands: Sequence[Any]) -> None:
        self.next_line(())
        self.show(operands)

    def show_spaced(self, operands: Sequence[Any]) -> None:
        self.state = replace(self.state, after_space=float(operands[0]), between=float(operands[1]))
        self.show_on_next_line(operands)

    def show_each(self, operands: Sequence[Any]) -> None:
        for one in operands[0]:
            if isinstance(one, int | float):
                self.advance(-float(one) / 1000 * self.state.size * self.state.wide)
            elif isinstance(one, bytes | str):
                self.write(one)

    def advance(self, distance: float) -> None:
        self.place = _times((1, 0, 0, 1, distance, 0), self.place)

    def write(self, string: Any) -> None:
        """Note a string with its place, and go on to where it ends."""
        state = self.state
        text, width = _decoded(string, state)
        a, b, c, d, e, f = _times((1, 0, 0, 1, 0, state.rise), _times(self.place, state.matrix))
        self.advance(width)
        if (
            self.instead
            and (instead := next((one for one in reversed(self.instead) if one is not None), None)) is not None
        ):
            text = instead
            self.instead = [None if one is None else "" for one in self.instead]
        across, high = math.hypot(a, b), math.hypot(c, d) * abs(state.size)
        shown = unicodedata.normalize("NFC", text.translate(_LIGATURES)).replace("\n", " ").replace("\r", "")
        if not shown or not all(map(math.isfinite, (e, f, across, high, width))):
            return
        x, y = e, f
        if across and abs(b) > abs(a):
            # Text that stands on end: along it is across, and it is on no line with other text.
            x, y = (f, -e) if b > 0 else (-f, e)
        name = (state.font.name if state.font else "").lower()
        is_bold = any(word in name for word in _BOLD)
        is_italic = "italic" in name or "oblique" in name
        size = round(high, 1) or 1.0
        self.found.pieces.append(Piece(shown, x, y, size, is_bold, is_italic, width=abs(width) * across))


def _matrix(operands: Sequence[Any]) -> Matrix:
    a, b, c, d, e, f = (float(number) for number in operands[:6])
    return a, b, c, d, e, f


def _replacement(operands: Sequence[Any], resources: Any) -> str | None:
    """Return the text that is told to stand for what is drawn: a word with a hyphen or a ligature in it."""
    properties = operands[1] if len(operands) > 1 else None
    if isinstance(properties, str):
        named = resources.get("/Properties")
        properties = named.get_object().get(properties) if named is not None else None
    properties = properties.get_object() if properties is not None else None
    told = properties.get("/ActualText") if isinstance(properties, dict) else None
    return str(told) if isinstance(told, str) else None


def _decoded(string: Any, state: _State) -> tuple[str, float]:
    """Return a string's letters, and how far it reaches, before any matrix."""
    data = (
        string
        if isinstance(string, bytes)
        else getattr(string, "original_bytes", str(string).encode("latin-1", "replace"))
    )
    font = state.font
    if font is None:
        return data.decode("latin-1"), 0.5 * len(data) * state.size * state.wide
    if isinstance(font.encoding, str):
        try:
            codes = data.decode(font.encoding, "surrogatepass")
        except UnicodeDecodeError:
            codes = data.decode(font.encoding, "replace")
        raw: Sequence[str] = codes
    else:
        encoding = font.encoding
        codes = "".join(encoding.get(code, chr(code)) for code in data)
        raw = [chr(code) for code in data]
    text = "".join(font.character_map.get(code, code) for code in codes)
    width = sum(_width(font, code) for code in raw) / 1000 * state.size
    width += len(raw) * state.between + state.after_space * sum(code == " " for code in raw)
    return text, width * state.wide


def _width(font: Font, code: str) -> float:
    return float(font.space_width if code == font.space_char else font.get_text_width(code))


def _of_state(name: str, scale: float = 1.0) -> Callable[[_Reader, Sequence[Any]], None]:
    def set_value(reader: _Reader, operands: Sequence[Any]) -> None:
        change: dict[str, Any] = {name: float(operands[0]) * scale}
        reader.state = replace(reader.state, **change)

    return set_value


_OPERATORS: Mapping[bytes, Callable[[_Reader, Sequence[Any]], None]] = {
    b"q": _Reader.keep,
    b"Q": _Reader.bring_back,
    b"cm": _Reader.transform,
    b"BT": _Reader.begin_text,
    b"Td": _Reader.move,
    b"TD": _Reader.move_and_lead,
    b"Tm": _Reader.set_place,
    b"T*": _Reader.next_line,
    b"Tj": _Reader.show,
    b"'": _Reader.show_on_next_line,
    b'"': _Reader.show_spaced,
    b"TJ": _Reader.show_each,
    b"Tc": _of_state("between"),
    b"Tw": _of_state("after_space"),
    b"Tz": _of_state("wide", 0.01),
    b"TL": _of_state("leading"),
    b"Ts": _of_state("rise"),
    b"m": _Reader.set_point,
    b"l": _Reader.draw_line,
    b"re": _Reader.draw_box,
    b"BMC": _Reader.begin_part,
    b"EMC": _Reader.end_part,
}


def links(page: PageObject) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    """Yield where the links of a page lead, and the boxes that they are drawn in."""
    for reference in page.get("/Annots") or ():
        note = reference.get_object()
        action = note.get("/A", {}).get_object() if note.get("/A") else {}
        if uri := action.get("/URI"):
            left, bottom, right, top = (float(number) for number in note["/Rect"])
            yield str(uri), (min(left, right), min(bottom, top), max(left, right), max(bottom, top))
