"""Lines of text with their place, size and weight → headings, paragraphs, lists, tables and notes in HTML."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from kunskapsbank.intake.pdf.lines import Line, Piece, leading, width, without_contents, without_margins
from kunskapsbank.intake.pdf.tables import Table, parted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kunskapsbank.intake.pdf.lines import Rule, Sheet


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole as HTML, whether there are tables in it, and what looks like one but could not be told."""

    html: str
    has_tables: bool
    is_unsure: bool = False


def arrange(sheets: Sequence[Sheet], pictures: Mapping[tuple[int, str], str]) -> Layout:
    """Find out what each line is. `pictures` has the name of each, by its page from 0 and what the page calls it."""
    bare = without_margins(sheets)
    sizes: Counter[float] = Counter()
    for sheet in bare:
        for line in sheet:
            sizes[line.size] += len(line.text)
    writer = _Writer(sizes, leading(bare), pictures)
    for number, lines in enumerate(bare):
        writer.page(number, lines, sheets[number].rules)
    return writer.finished()


_BULLET = re.compile(r"\s*(?:[•◦▪▫‣●○■□–*\u00b7\uf0b7\uf0a7\uf02d-]|o(?=\s))\s*(?=\S|$)")
_NUMBER = re.compile(r"\s*(\d{1,2})[.)]\s+(?=\S)|\s*(\d{1,2})[.)]$")
_ENDED = re.compile(r".*[.!?:;]['\"”»)]?\s*", re.DOTALL)
_LONGEST_HEADING = 120


@dataclass(slots=True)
class _Block:
    """What is being put together: lines of one paragraph, heading or item of a list."""

    kind: str
    lines: list[Line]
    # The item's number, 0 for a bullet; where its mark stands, and its text.
    number: int = 0
    mark_x: float = 0.0
    text_x: float = 0.0


@dataclass(slots=True)
class _Writer:
    """Goes through the lines and writes HTML."""

    sizes: Counter[float]
    leading: float
    pictures: Mapping[tuple[int, str], str]
    blocks: list[_Block | str] = field(default_factory=list)
    notes: list[tuple[int, str, list[Line]]] = field(default_factory=list)
    has_tables: bool = False
    is_unsure: bool = False

    @property
    def body_size(self) -> float:
        return self.sizes.most_common(1)[0][0] if self.sizes else 11.0

    def page(self, number: int, sheet: Sequence[Line], rules: Sequence[Rule]) -> None:
        text, notes = self.split_notes(sheet)
        above: Line | None = None
        parts, is_unsure = parted(without_contents(text), rules)
        self.is_unsure = self.is_unsure or is_unsure
        for part in parts:
            if isinstance(part, Table):
                self.blocks.append(_table(part))
                self.has_tables = True
                above = None
            elif part.picture:
                if name := self.pictures.get((number, part.picture)):
                    self.blocks.append(f'<p><img src="{escape(name)}" alt=""></p>')
            else:
                self.line(part, above)
                above = part
        self.notes += notes

    def split_notes(self, sheet: Sequence[Line]) -> tuple[list[Line], list[tuple[int, str, list[Line]]]]:
        """Return the page's lines without the notes at its foot, and the notes with their numbers as shown."""
        start = len(sheet)
        while start and not sheet[start - 1].picture and sheet[start - 1].size < 0.93 * self.body_size:
            start -= 1
        foot = list(sheet[start:])
        notes: list[tuple[int, str, list[Line]]] = []
        called = {
            piece.text.strip()
            for line in sheet[:start]
            for piece in line.pieces
            if piece.size < 0.8 * line.size and piece.text.strip().isdecimal()
        }
        for line in foot:
            number = re.match(r"\s*(\d{1,3})", line.text)
            if number and number[1] in called:
                called.discard(number[1])
                notes.append((len(self.notes) + len(notes) + 1, number[1], [line]))
            elif notes:
                notes[-1][2].append(line)
            else:
                # Small letters that no number leads to: a source or a caption.
                return list(sheet), []
        shown = {label: number for number, label, _ in notes}
        return [_with_calls(line, shown) for line in sheet[:start]], notes

    def line(self, line: Line, above: Line | None) -> None:
        last = self.blocks[-1] if self.blocks else None
        block = self.started(line, above)
        if block.kind == "p" and isinstance(last, _Block) and self.goes_on(line, above, last):
            last.lines.append(line)
        elif (
            block.kind == "h"
            and isinstance(last, _Block)
            and last.kind == "h"
            and above is not None
            and self.close(line, above, 0.25)
            and (line.size, line.bold) == (above.size, above.bold)
        ):
            last.lines.append(line)
        else:
            self.blocks.append(block)

    def started(self, line: Line, above: Line | None) -> _Block:
        """Return the block that the line would begin."""
        if self.is_heading(line, above):
            return _Block("h", [line])
        for pattern, kind in ((_BULLET, "ul"), (_NUMBER, "ol")):
            mark = pattern.match(line.text)
            if mark and (kind == "ol" or len(line.text) > mark.end()):
                rest = _without_start(line, mark.end())
                if not rest.pieces:
                    continue
                number = int(next(filter(None, mark.groups()))) if kind == "ol" else 0
                return _Block(kind, [rest], number, line.x, rest.x)
        return _Block("p", [line])

    def is_heading(self, line: Line, above: Line | None) -> bool:
        text = line.text.strip()
        if len(text) > _LONGEST_HEADING or not any(character.isalpha() for character in text) or _BULLET.match(text):
            return False
        if line.size >= 1.12 * self.body_size:
            return True
        apart = above is None or not self.close(line, above, 0.25) or self.is_heading(above, None)
        return line.bold and line.size >= 0.98 * self.body_size and apart and not text.endswith((".", ",", ";", ":"))

    def close(self, line: Line, above: Line, slack: float) -> bool:
        """Tell whether the line stands right under the one above."""
        return 0 < above.y - line.y < (self.leading + slack) * max(line.size, above.size)

    def goes_on(self, line: Line, above: Line | None, last: _Block) -> bool:
        """Tell whether the line continues the block; `above` is the page's line before, None on top of a page."""
        if last.kind == "h":
            return False
        before = last.lines[-1]
        ended = _ENDED.fullmatch(before.text) is not None
        if above is None or above.y < line.y:
            return not ended and line.text.lstrip()[:1].islower()
        if abs(line.size - before.size) > 0.6 or not self.close(line, above, 0.2):
            return False
        if last.kind != "p":
            return line.x >= last.text_x - 3
        indented = line.x - before.x > 8 and len(last.lines) > 1
        longest = max(len(one.text) for one in [*last.lines, line])
        return not (ended and (indented or len(before.text) < 0.6 * longest))

    def finished(self) -> Layout:
        levels = self.levels()
        html: list[str] = []
        items: list[_Block] = []
        for block in self.blocks:
            if isinstance(block, _Block) and block.kind in {"ul", "ol"}:
                items.append(block)
                continue
            html.append(_list_html(items))
            items = []
            if isinstance(block, str):
                html.append(block)
            elif block.kind == "h":
                level = levels[_look(block.lines[0])]
                html.append(f"<h{level}>{escape(_joined([line.text for line in block.lines]))}</h{level}>")
            else:
                html.append(f"<p>{_html(block.lines)}</p>")
        html.append(_list_html(items))
        notes = "".join(
            f'<li id="footnote-{number}"><p>{re.sub(rf"^{label}[.)]?", "", _html(note)).strip()}</p></li>'
            for number, label, note in self.notes
        )
        return Layout("".join(html) + (f"<ol>{notes}</ol>" if notes else ""), self.has_tables, self.is_unsure)

    def levels(self) -> dict[tuple[float, bool], int]:
        """Return the level of each look of a heading: the larger, the higher; bold before plain."""
        looks = {_look(block.lines[0]) for block in self.blocks if isinstance(block, _Block) and block.kind == "h"}
        ordered = sorted(looks, reverse=True)
        return {look: min(level, 6) for level, look in enumerate(ordered, 1)}


def _look(line: Line) -> tuple[float, bool]:
    return round(line.size * 2) / 2, line.bold


def _with_calls(line: Line, notes: Mapping[str, int]) -> Line:
    """Return the line with the raised numbers that call its notes marked as links to them."""
    pieces = tuple(
        replace(piece, link=f"#footnote-{notes[piece.text.strip()]}")
        if piece.size < 0.8 * line.size and piece.text.strip() in notes
        else piece
        for piece in line.pieces
    )
    return Line(pieces)


def _without_start(line: Line, length: int) -> Line:
    """Return the line without its first characters."""
    pieces: list[Piece] = []
    for piece in line.pieces:
        cut = min(length, len(piece.text))
        length -= cut
        if piece.text[cut:].strip() or pieces:
            pieces.append(replace(piece, text=piece.text[cut:], x=piece.x + width(piece.text[:cut], piece.size)))
    return Line(tuple(pieces))


def _table(table: Table) -> str:
    """Write a table, its first row the heads."""
    html = []
    for number, row in enumerate(table.rows):
        tag = "td" if number else "th"
        cells = (escape(_joined([line.text for line in cell])) for cell in row)
        html.append(f"<tr>{''.join(f'<{tag}>{text}</{tag}>' for text in cells)}</tr>")
    return f"<table><thead>{html[0]}</thead><tbody>{''.join(html[1:])}</tbody></table>"


def _list_html(items: Sequence[_Block]) -> str:
    """Write items as lists; one whose mark stands further in belongs to the item above."""
    html: list[str] = []
    # The open lists: where their marks stand, and their element.
    opened: list[tuple[float, str]] = []
    for item in items:
        while opened and (
            item.mark_x < opened[-1][0] - 4 or (item.mark_x < opened[-1][0] + 4 and item.kind != opened[-1][1])
        ):
            html.append(f"</li></{opened.pop()[1]}>")
        if opened and item.mark_x < opened[-1][0] + 4:
            html.append("</li>")
        else:
            start = f' start="{item.number}"' if item.number > 1 else ""
            html.append(f"<{item.kind}{start}>")
            opened.append((item.mark_x, item.kind))
        html.append(f"<li>{_html(item.lines)}")
    html.extend(f"</li></{tag}>" for _, tag in reversed(opened))
    return "".join(html)


# Set in the text where a line ends; no PDF has it, and it is never shown.
_LINE_END = "\0"


def _html(block: Sequence[Line]) -> str:
    """Return the lines as one run of HTML, bold, italic and links marked, and the hyphens at their ends mended."""
    parts: list[str] = []
    for line in block:
        for _, alike in groupby(line.pieces, key=lambda piece: (piece.bold, piece.italic, piece.link, piece.size)):
            pieces = list(alike)
            parts.append(_piece_html(replace(pieces[0], text="".join(piece.text for piece in pieces)), line))
        parts.append(_LINE_END)
    text = "".join(parts).rstrip(_LINE_END)
    text = re.sub(rf"</(strong|em)>(\s*{_LINE_END}?\s*)<\1>", r"\2", text)
    return _mended(text)


def _piece_html(piece: Piece, line: Line) -> str:
    text = piece.text.strip()
    if not text:
        return piece.text
    before, after = piece.text[: piece.text.index(text)], piece.text[piece.text.index(text) + len(text) :]
    html = escape(text.replace(_LINE_END, ""), quote=False)
    if piece.link.startswith("#footnote-"):
        number = piece.link.removeprefix("#footnote-")
        return f'<sup><a href="{piece.link}" id="footnote-ref-{number}">[{number}]</a></sup>{after}'
    if piece.bold and not line.bold:
        html = f"<strong>{html}</strong>"
    if piece.italic:
        html = f"<em>{html}</em>"
    if piece.link:
        html = f'<a href="{escape(piece.link)}">{html}</a>'
    return f"{before}{html}{after}"


def _joined(texts: Sequence[str]) -> str:
    return _mended(_LINE_END.join(text.strip() for text in texts))


def _mended(text: str) -> str:
    """Put lines together: a word divided at the end of a line is made whole, "social-" before "och" stays."""
    text = re.sub(rf"\s*{_LINE_END}\s*", _LINE_END, text)
    text = re.sub(
        rf"([a-zåäöé])[\u00ad\u2010-]{_LINE_END}(?!(?:och|eller|samt|som|respektive)\b)([a-zåäöé])", r"\1\2", text
    )
    text = re.sub(rf"(?<=[\w\u2010])([\u2010-]){_LINE_END}(?!(?:och|eller|samt)\b)", r"\1", text)
    return " ".join(text.replace(_LINE_END, " ").replace("\u00ad", "").split())
