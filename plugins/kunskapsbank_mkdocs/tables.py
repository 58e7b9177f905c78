"""Tables of a text → tables that say what they are: with a caption, heads of columns, and a box to scroll in."""

from __future__ import annotations

import re

# All of it made by our own reader of Markdown, which escapes what editors write.
_BEGIN, _END = "<table>", "</table>"
_HEADING = re.compile(r"<h[2-4][^>]*>(.*?)</h[2-4]>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def named(html: str) -> str:
    """Return the HTML of a text with each table named after the heading that it stands under, in a box of its own.

    The box scrolls where the table is too wide, and the keyboard reaches it. A second table under a heading is counted.
    """
    before, *tables = html.split(_BEGIN)
    parts = [before]
    heading = ""
    found = 0
    for table in tables:
        if headings := _HEADING.findall(before):
            heading, found = _TAG.sub("", headings[-1]).strip(), 0
        found += 1
        name = (f"Tabell: {heading}" if heading else "Tabell") + (f" ({found})" if found > 1 else "")
        label = name.replace('"', "&quot;")
        parts.append(
            f'<div class="kb-scroll" role="group" aria-label="{label}" tabindex="0"><table class="kb-table">'
            f'<caption class="kb-sr">{name}</caption>'
        )
        inner, end, before = table.partition(_END)
        parts += [inner.replace("<th ", '<th scope="col" ').replace("<th>", '<th scope="col">'), end]
        parts += ["</div>" if end else "", before]
    return "".join(parts)
