"""A formula of Word (OMML) → text on one line that says the same: "(antal i arbete)/(antal deltagare)", "R²=0,8"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kunskapsbank.intake.on_one_line import fraction, grouped, lowered, raised, root
from kunskapsbank.intake.word.names import first, name, value

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

_ACCENTS = {"\u0302": "\u0302", "\u0303": "\u0303", "\u0304": "\u0304", "\u0305": "\u0305", "\u20d7": "\u20d7"}


def text(element: Element) -> str:
    """Return a formula as text."""
    return re.sub(r"\s+", " ", _text(element)).strip()


def _text(element: Element) -> str:
    kind = name(element.tag)
    if kind in _WRITERS:
        return _WRITERS[kind](element)
    if kind in {"m:t", "w:t"}:
        return element.text or ""
    if kind.endswith("Pr"):
        return ""
    return "".join(map(_text, element))


def _part(element: Element, key: str) -> str:
    found = first(element, key)
    return "" if found is None else _text(found).strip()


def _property(element: Element, *path: str, default: str = "") -> str:
    found = first(element, *path)
    return default if found is None else value(found, "m:val")


def _fraction(element: Element) -> str:
    return fraction(_part(element, "m:num"), _part(element, "m:den"))


def _scripts(element: Element) -> str:
    base, below, above = (_part(element, key) for key in ("m:e", "m:sub", "m:sup"))
    return f"{grouped(base)}{lowered(below) if below else ''}{raised(above) if above else ''}"


def _root(element: Element) -> str:
    return root(_part(element, "m:e"), _part(element, "m:deg"))


def _large(element: Element) -> str:
    sign = _property(element, "m:naryPr", "m:chr", default="∫")
    below, above = _part(element, "m:sub"), _part(element, "m:sup")
    return f"{sign}{lowered(below) if below else ''}{raised(above) if above else ''} {_part(element, 'm:e')}"


def _delimited(element: Element) -> str:
    left = _property(element, "m:dPr", "m:begChr", default="(")
    right = _property(element, "m:dPr", "m:endChr", default=")")
    between = _property(element, "m:dPr", "m:sepChr", default="|")
    parts = [_text(child).strip() for child in element if name(child.tag) == "m:e"]
    return f"{left}{between.join(parts)}{right}"


def _function(element: Element) -> str:
    return f"{_part(element, 'm:fName')} {grouped(_part(element, 'm:e'))}"


def _accented(element: Element) -> str:
    accent = _property(element, "m:accPr", "m:chr", default="\u0302")
    inner = _part(element, "m:e")
    return f"{inner}{accent}" if len(inner) == 1 else f"{grouped(inner)}{accent if accent in _ACCENTS else ''}"


def _matrix(element: Element) -> str:
    rows = [[_text(cell).strip() for cell in row] for row in element if name(row.tag) == "m:mr"]
    return f"[{'; '.join(' '.join(filter(None, row)) for row in rows)}]"


def _rows(element: Element) -> str:
    return "; ".join(_text(child).strip() for child in element if name(child.tag) == "m:e")


def _limit(element: Element) -> str:
    base, limit = _part(element, "m:e"), _part(element, "m:lim")
    return f"{base}{lowered(limit) if name(element.tag) == 'm:limLow' else raised(limit)}"


_WRITERS: dict[str, Callable[[Element], str]] = {
    "m:f": _fraction,
    "m:sSup": _scripts,
    "m:sSub": _scripts,
    "m:sSubSup": _scripts,
    "m:sPre": _scripts,
    "m:rad": _root,
    "m:nary": _large,
    "m:d": _delimited,
    "m:func": _function,
    "m:acc": _accented,
    "m:m": _matrix,
    "m:eqArr": _rows,
    "m:limLow": _limit,
    "m:limUpp": _limit,
}
