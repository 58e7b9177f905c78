"""Blocks → sections: each heading with what is written under it before the next."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kunskapsbank.markup.blocks import Form
from kunskapsbank.markup.inline import on_one_line
from kunskapsbank.swedish.letters import LETTER_OR_DIGIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kunskapsbank.markup.blocks import Block

_WORD = re.compile(LETTER_OR_DIGIT)


def has_words(text: str) -> bool:
    """Tell whether there is a letter or a digit in a text."""
    return _WORD.search(text) is not None


@dataclass(frozen=True)
class Section:
    """A heading ("" for what stands before the first), its level, its line in the file, and its own text."""

    heading: str
    level: int
    line: int
    text: str


@dataclass(frozen=True)
class Sections:
    """A text in sections, without comments and code."""

    sections: tuple[Section, ...]

    @classmethod
    def of(cls, blocks: Iterable[Block]) -> Sections:
        """Return the sections of a text's blocks."""
        found: list[tuple[str, int, int, list[str]]] = [("", 0, 0, [])]
        for block in blocks:
            if block.form is Form.HEADING:
                found.append((on_one_line(block.words), block.level, block.line, []))
            elif block.form is not Form.CODE:
                found[-1][-1].append(block.words)
        return cls(tuple(Section(heading, level, line, "\n".join(parts)) for heading, level, line, parts in found))

    @cached_property
    def told(self) -> tuple[str, ...]:
        """What the text says, in lower case: the headings that have text under them, and all text."""
        written = (part for part in self.sections if has_words(part.text))
        return tuple(text.lower() for part in written for text in (part.heading, part.text))

    def under(self, parts: Sequence[str]) -> list[Section]:
        """Return the sections whose heading holds any of `parts`, which are in lower case."""
        return [section for section in self.sections if any(part in section.heading.lower() for part in parts)]

    def is_empty(self, section: Section) -> bool:
        """Tell whether nothing is written under a heading, nor under the smaller ones below it."""
        place = self.sections.index(section)
        following = self.sections[place + 1 :]
        end = next((n for n, other in enumerate(following) if other.level <= section.level), len(following))
        return not any(has_words(part.text) for part in (section, *following[:end]))
