"""The letters and the edges of Swedish words, as pieces of regular expressions.

å, é and ø are letters everywhere; the underscore, which Python's `\\w` and `\\b` count among them, is none.
"""

from __future__ import annotations

LETTER = r"[^\W\d_]"
"""One letter of any alphabet."""

LETTER_OR_DIGIT = r"[^\W_]"
"""One letter or digit: what words and numbers consist of."""

CAPITALS = "A-ZÀ-ÖØ-Þ"
"""The capital letters, to be put in brackets: Python has no class of its own for them."""

BEGINS = rf"(?<!{LETTER_OR_DIGIT})"
"""The place where a word begins, or the edge of the text."""

ENDS = rf"(?!{LETTER_OR_DIGIT})"
"""The place where a word ends, or the edge of the text."""
