"""Markdown is read in short ways where a text has little in it; what comes of it is what the long way gives."""

import random
import re
from pathlib import Path

import pytest

from kunskapsbank.markup import commonmark

SAMPLE = Path(__file__).parents[2] / "tests/cases/sample"
PIECES = (
    *"\n|*_`[]<>&\\~^!?:{}=-+#)( \t", "\n\n", "  \n", "\n  ", "\n    ", "\n> ", "\n- ", "\n1. ", "\n:   ", "\n~ ",
    "\n---\n", "\n===", "\n```\n", "\n~~~", "~~", "**", "[^1]", "\n[^1]: ", "\n[a]: b", "[a](b)", "![a](b)", "[a][a]",
    "<b>", "<!--", "-->", "\n<div>", "<http://a.se>", "&amp;", "&#42;", "{: #a }", "\n!!! note\n    ", "\n??? tip",
    "\n| a | b |\n| --- | --- |\n| 1 | 2 |\n", "\n## ", "\r\n", "\r", "ord", "Ett ord till.", "å",
)  # fmt: skip


def _texts() -> list[str]:
    written = [path.read_text("utf-8").partition("\n---\n")[2] for path in sorted(SAMPLE.rglob("*.md"))]
    random_ = random.Random(1)
    made = []
    for _ in range(1_500):
        few = random_.sample(PIECES, 4)
        made.append("".join(random_.choice(few if random_.random() < 0.7 else PIECES) for _ in range(12)))
    return [*written, *made]


def test_the_short_ways_give_what_the_long_way_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = _texts()
    short = [[token.as_dict() for token in commonmark.tokens(text)] for text in texts]
    # No rule is left out, and every sign is looked at.
    monkeypatch.setattr(commonmark, "_useless", lambda source: frozenset())
    monkeypatch.setattr(commonmark, "_MARK", re.compile(""))
    for text, found in zip(texts, short, strict=True):
        assert found == [token.as_dict() for token in commonmark.tokens(text)], text
