"""Pages → the same pages without the blank lines and indents that templates leave, a tenth of what is sent."""

from __future__ import annotations

import re

# Where white space is a part of the text.
_AS_IT_IS = re.compile(r"(<(?P<name>pre|textarea|script|style)\b.*?</(?P=name)>)", re.DOTALL)
_SPACE = " \t\r"


def lean(html: str) -> str:
    """Return the page with each run of white space that has a line break as one line break."""
    parts = []
    place = 0
    for kept in _AS_IT_IS.finditer(html):
        parts += [_close(html[place : kept.start()]), kept[0]]
        place = kept.end()
    return "".join((*parts, _close(html[place:])))


def _close(text: str) -> str:
    first, *lines = text.split("\n")
    if not lines:
        return text
    between = [line for line in (line.strip(_SPACE) for line in lines[:-1]) if line]
    return "\n".join((first.rstrip(_SPACE), *between, lines[-1].lstrip(_SPACE)))
