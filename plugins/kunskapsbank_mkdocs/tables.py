"""Tables of a text → tables that say what they are: with a caption, heads of columns, and a box to scroll in."""

from __future__ import annotations

import re

# All of it made by our own reader of Markdown, which escapes what editors write.
_PART = re.compile(
    r"<h[2-4][^>]*>(?P<heading>.*?)</h[2-4]>|(?P<begin><table>)|(?P<end></table>)|<th(?=[ >])", re.DOTALL
)
_TAG = re.compile(r"<[^>]+>")


def named(html: str) -> str:
    """Return the HTML of a text with each table named after the heading that it stands under, in a box of its own.

    The box scrolls where the table is too wide, and the keyboard reaches it. A second table under a heading is counted.
    """
    heading = ""
    found = 0

    def part(match: re.Match[str]) -> str:
        nonlocal heading, found
        if match["heading"] is not None:
            heading, found = _TAG.sub("", match["heading"]).strip(), 0
            return match[0]
        if match["begin"]:
            found += 1
            name = (f"Tabell: {heading}" if heading else "Tabell") + (f" ({found})" if found > 1 else "")
            label = name.replace('"', "&quot;")
            return (
                f'<div class="kb-scroll" role="group" aria-label="{label}" tabindex="0"><table class="kb-table">'
                f'<caption class="kb-sr">{name}</caption>'
            )
        return "</table></div>" if match["end"] else '<th scope="col"'

    return _PART.sub(part, html)
