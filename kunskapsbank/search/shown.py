"""A document → the files that show it as a hit: one for each piece of its text, with the same head, and one of it all.

Where a question's words stand tells which piece answers, so a reader fetches that one alone. The whole of the texts is
fetched only to compare phrases word by word.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from kunskapsbank.search.packing import as_json, packed_file
from kunskapsbank.swedish.phrases import listed, years_text
from kunskapsbank.swedish.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kunskapsbank.search.documents import Document

# So much of what is before and after a piece goes with it, that a passage can begin at its sentence and be whole.
_BEFORE, _AFTER = 320, 240


def hit_files(number: int, document: Document, cuts: Sequence[int]) -> Iterator[tuple[str, bytes]]:
    """Return the files of a document by path; `cuts` are where the pieces of its text begin but for the first."""
    head: dict[str, object] = {
        "id": document.id,
        "kind": document.kind,
        "owners": listed(document.owners),
        "project": document.project,
        "result": document.result,
        "summary": document.summary,
        "title": document.title,
        "url": document.url,
        "years": years_text(document.years),
    }
    if document.attached:
        head["attached"] = len(document.attached)
    body = document.body
    text = normalise(body)
    for piece, (start, stop) in enumerate(pairwise([0, *cuts, len(text)])):
        begin = text.rfind(" ", 0, max(start - _BEFORE, 0)) + 1 if start else 0
        end = text.find(" ", min(stop + _AFTER, len(text)))
        end = len(text) if end < 0 else end
        shown = {**head, "text": text[begin:end], "begins": begin == 0, "ends": end == len(text)}
        yield f"h/{number}-{piece}.kb", packed_file(as_json(shown))
    texts = {"body": body, "headings": document.headings, "summary": document.summary, "title": document.title}
    yield f"d/{number}.kb", packed_file(as_json(texts))
