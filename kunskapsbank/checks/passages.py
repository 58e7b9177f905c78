"""Passages that records quote → those that do not stand in the texts of the sources.

The sources are not part of the bank, so this is looked at where they are at hand. Two of them are scanned: their å, ä
and ö are damaged in many ways ("Sddermalm", "Hisselby-Villingby", "genomf{or"), 1 stands for i or l, and words are
divided over lines. Each quotation may differ so far, and no further.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kunskapsbank.model.catalogue import Catalogue
    from kunskapsbank.model.record import Record
    from kunskapsbank.model.vocabulary import Term

# What a damaged letter may have become: up to three signs, of which none is a space.
_DAMAGED = r"\S{0,3}?"
_LOOK_ALIKE = {"i": "[i1l]", "l": "[l1i]", "–": "[–—-]", "-": "[–—-]", '"': r"[^\s\w]{0,2}", "”": r"[^\s\w]{0,2}"}
# A word may be divided over two lines.
_DIVIDED = r"(?:-\s*\n\s*)?"
_LEFT_OUT = re.compile(r"\s*(?:…|\.\.\.)\s*")


@dataclass(frozen=True, slots=True)
class Lost:
    """A quotation that does not stand in its source: the record's file, the source, the words, and where was looked."""

    file: str
    source: Term
    words: str
    text: str

    def __str__(self) -> str:
        """Return what is wrong, on one line."""
        where = f"står inte i {self.text}" if self.text else "står inte i någon av texterna"
        return f"{self.file}: '{self.words}' ({self.source.label}) {where}"


def lost(catalogue: Catalogue, texts: Mapping[str, str]) -> tuple[Lost, ...]:
    """Return the quotations that do not stand in their source; `texts` are the sources' texts by name, in any order.

    Which text a source is shows by its quotations: that in which most of them stand.
    """
    quoted = list(quotations(catalogue))
    found: dict[Term, Counter[str]] = {}
    for _, source, words in quoted:
        found.setdefault(source, Counter()).update(name for name, text in texts.items() if stands_in(words, text))
    names = {source: counts.most_common(1)[0][0] if counts else "" for source, counts in found.items()}
    return tuple(
        Lost(record.file, source, words, names[source])
        for record, source, words in quoted
        if not names[source] or not stands_in(words, texts[names[source]])
    )


def stands_in(words: str, text: str) -> bool:
    """Tell whether a quotation stands in a text, which may be damaged; … in it stands for what is left out."""
    parts = [part for part in _LEFT_OUT.split(words) if part]
    return re.search(r"[\s\S]*?".join(map(_pattern, parts)), text, re.IGNORECASE) is not None


def _pattern(words: str) -> str:
    return r"\s+".join(_DIVIDED.join(map(_sign, word)) for word in words.split())


def _sign(sign: str) -> str:
    return _DAMAGED if sign.lower() in "åäöé" else _LOOK_ALIKE.get(sign.lower(), re.escape(sign))


def quotations(catalogue: Catalogue) -> Iterator[tuple[Record, Term, str]]:
    """Yield what records quote: the record, the source, and its words."""
    for record in catalogue.records:
        said = [(one.source, one.words) for one in record.passages]
        said += [(one.source, one.words) for one in record.known_documents]
        yield from ((record, source, words) for source, words in said if words)
