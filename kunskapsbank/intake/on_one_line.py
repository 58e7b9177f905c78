"""What is drawn over several lines → text: fractions, raised and lowered figures, the values of a chart."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# What can be written raised or lowered; all else gets ^ or _.
_RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
# A chart of more points than this is a curve, which says more as a picture than as a table.
_MOST_ROWS = 60
_MOST_COLUMNS = 12


def grouped(written: str) -> str:
    """Put parentheses round what is more than one word or number."""
    return written if re.fullmatch(r"[\w,.√²³%]*|\([^()]*\)", written) else f"({written})"


def fraction(above: str, below: str) -> str:
    """Return a fraction: "(antal i arbete)/(antal deltagare)"."""
    return f"{grouped(above)}/{grouped(below)}"


def root(inner: str, degree: str = "") -> str:
    """Return a root."""
    return f"{degree.translate(_RAISED)}√{grouped(inner)}"


def raised(written: str) -> str:
    """Return an exponent as raised figures where there are such, after ^ where not."""
    return written.translate(_RAISED) if re.fullmatch(r"[0-9+\-−=()n]+", written) else f"^{grouped(written)}"


def lowered(written: str) -> str:
    """Return an index as lowered figures where there are such, after _ where not."""
    return written.translate(_LOWERED) if re.fullmatch(r"[0-9+\-−=()]+", written) else f"_{grouped(written)}"


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return a chart's values as a table in HTML, the first row its heads; "" where they are too many to be read."""
    if len(rows) < 2 or len(rows) > _MOST_ROWS + 1 or len(rows[0]) > _MOST_COLUMNS + 1:
        return ""
    head, *body = (_row(row, "td" if number else "th") for number, row in enumerate(rows))
    return f"<table><thead>{head}</thead><tbody>{''.join(body)}</tbody></table>"


def _row(cells: Sequence[str], tag: str) -> str:
    return f"<tr>{''.join(f'<{tag}>{escape(text, quote=False)}</{tag}>' for text in cells)}</tr>"
