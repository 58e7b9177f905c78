"""A report's text → what it says, one statement after the other, and how much each counts by its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from kunskapsbank.markup import body
from kunskapsbank.markup.blocks import Form
from kunskapsbank.markup.inline import on_one_line
from kunskapsbank.suggest import phrases_of_reports as phrases
from kunskapsbank.swedish.letters import LETTER_OR_DIGIT
from kunskapsbank.swedish.stem import root, stem
from kunskapsbank.swedish.stopwords import STOP_WORDS
from kunskapsbank.swedish.words import words

IN_TITLE, IN_HEADING, IN_SUMMARY, IN_TEXT = 16, 8, 8, 4
"""What a mention counts by its place, in quarters of one in running text."""

LONGEST_PASSAGE = 160

# Words of one meaning in reports: "ungdomar" are "unga".
_SAME_MEANING = {stem(word): stem(other) for word, other in (("ungdom", "unga"), ("tonåring", "unga"))}
_WRITTEN = re.compile(f"{LETTER_OR_DIGIT}+")


def known_by(form: str) -> str:
    """Return the stem of a word in lower case; of two words that mean the same in reports, that of one."""
    stemmed = stem(form)
    return _SAME_MEANING.get(stemmed, stemmed)


@dataclass(frozen=True)
class Statement:
    """A sentence, a heading (of level `heading`) or a row of a table; `weight` says how much it counts."""

    text: str
    weight: int = IN_TEXT
    heading: int = 0

    @cached_property
    def forms(self) -> dict[str, str]:
        """The words that say something, in lower case, with their stems; what stands between hyphens is a word."""
        pieces = (piece for word in words(self.text) for piece in word.pieces if piece not in STOP_WORDS)
        return {piece: known_by(piece) for piece in pieces}

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the words."""
        return frozenset(self.forms.values())

    @cached_property
    def roots(self) -> frozenset[str]:
        """The roots of the words."""
        return frozenset(map(root, self.stems))

    @cached_property
    def written(self) -> frozenset[str]:
        """The words as they are written, to tell MI from mi."""
        return frozenset(_WRITTEN.findall(self.text))

    @cached_property
    def lower(self) -> str:
        """The text in lower case."""
        return self.text.lower()

    def says(self, *phrase: re.Pattern[str]) -> bool:
        """Tell whether each of these turns of phrase stands in the statement."""
        return all(one.search(self.lower) for one in phrase)

    @property
    def passage(self) -> str:
        """The statement, shortened at a space."""
        if len(self.text) <= LONGEST_PASSAGE:
            return self.text
        whole_words = self.text[: LONGEST_PASSAGE + 1].rpartition(" ")[0]
        return f"{whole_words or self.text[:LONGEST_PASSAGE]} …"


def statements(markdown: str) -> list[Statement]:
    """Return what a text in Markdown says; its heading of level 1 is its title. Code says nothing."""
    found: list[Statement] = []
    weight = IN_TEXT
    for block in body.parse("", markdown, 1)[0].blocks:
        if block.form is Form.HEADING:
            plain = on_one_line(block.words)
            weight = IN_SUMMARY if phrases.SUMMARY.match(plain.lower()) else IN_TEXT
            found.append(Statement(plain, IN_TITLE if block.level == 1 else IN_HEADING, block.level))
        elif block.form is Form.TABLE:
            found.extend(Statement(on_one_line(" ".join(row)), weight) for row in block.rows)
        elif block.form is not Form.CODE:
            found.extend(Statement(sentence.text, weight) for sentence in block.sentences)
    return [statement for statement in found if statement.text]
