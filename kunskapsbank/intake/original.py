"""What every reader of a file format gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Original:
    """A document as simple HTML, whatever it was written in.

    Headings are h1–h6, the title an h1 of class "title" where the file says which it is; paragraphs, lists, tables,
    links, strong, em, sup and sub are themselves; the `src` of an img is a key of `pictures`, which holds the bytes as
    they lay in the file. A footnote is `<sup><a href="#footnote-1" id="footnote-ref-1">[1]</a>
    </sup>` where it is called, and `<li id="footnote-1">` in a list at the end. `title` is the one that the file states
    about itself, often nothing or wrong. `remarks` say in Swedish what was left out or must be looked at.
    """

    html: str
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    title: str = ""
    remarks: tuple[str, ...] = ()


def note_call(number: int) -> str:
    """Return the call of a note, as `Original` has it."""
    return f'<sup><a href="#footnote-{number}" id="footnote-ref-{number}">[{number}]</a></sup>'


def notes_list(notes: Iterable[str]) -> str:
    """Return the texts of notes, in the order of their numbers, as `Original` has them."""
    items = "".join(
        f'<li id="footnote-{number}">{text} <a href="#footnote-ref-{number}">↑</a></li>'
        for number, text in enumerate(notes, 1)
    )
    return f"<ol>{items}</ol>" if items else ""
