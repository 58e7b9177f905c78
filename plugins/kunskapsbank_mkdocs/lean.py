"""Pages and styles → the same without what is only for who writes them: blank lines, indents and comments."""

from __future__ import annotations

import re

# Where white space is a part of the text.
_AS_IT_IS = re.compile(r"<(?P<name>pre|textarea|script|style)\b.*?</(?P=name)>", re.DOTALL)
# Told apart because a pattern that begins with a line break is looked for much faster; few lines end in a space.
_AFTER_BREAK, _BEFORE_BREAK = re.compile(r"\n[ \t\r\n]+"), re.compile(r"[ \t\r]+\n")
_SPACES_BEFORE = (" \n", "\t\n", "\r\n")
_SPACE = " \t\r"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def lean(html: str) -> str:
    """Return the page with each run of white space that has a line break as one line break."""
    parts = []
    place = 0
    for kept in _AS_IT_IS.finditer(html):
        parts += [_close(html[place : kept.start()]), kept[0]]
        place = kept.end()
    return "".join((*parts, _close(html[place:])))


def lean_styles(css: str) -> str:
    """Return styles without comments, and on each line no space before and after; no text in them may hold `/*`."""
    lines = (line.strip(_SPACE) for line in _COMMENT.sub("", css).split("\n"))
    return "".join(f"{line}\n" for line in lines if line)


def _close(text: str) -> str:
    text = _AFTER_BREAK.sub("\n", text)
    return _BEFORE_BREAK.sub("\n", text) if any(spaces in text for spaces in _SPACES_BEFORE) else text
