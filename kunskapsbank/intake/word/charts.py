"""A chart or SmartArt of Word → a table of the chart's values, or a list of what its boxes say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunskapsbank.intake import on_one_line
from kunskapsbank.intake.word.names import every, first, name

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def title(chart: Element) -> str:
    """Return the heading that stands above a chart; "" where there is none."""
    found = first(chart, "c:chart", "c:title")
    return "" if found is None else _words(found)


def _words(element: Element) -> str:
    paragraphs = ("".join(part.text or "" for part in every(one, "a:t")) for one in every(element, "a:p"))
    return " ".join(filter(None, (" ".join(text.split()) for text in paragraphs)))


def table(chart: Element) -> str:
    """Return the values that a chart shows as a table in HTML; "" where it holds none, or too many to be read."""
    series = list(every(chart, "c:ser"))
    columns = [(_name(one), _points(one, "c:val") or _points(one, "c:yVal")) for one in series]
    labels: dict[int, str] = {}
    for one in series:
        labels = labels or _points(one, "c:cat") or _points(one, "c:xVal")
    places = sorted({place for _, points in columns for place in points} | set(labels))
    if not any(points for _, points in columns):
        return ""
    head = ("", *(column for column, _ in columns))
    rows = ((labels.get(place, ""), *(points.get(place, "") for _, points in columns)) for place in places)
    return on_one_line.table([head, *rows])


def _name(series: Element) -> str:
    found = first(series, "c:tx")
    return "" if found is None else " ".join(text.text or "" for text in every(found, "c:v"))


def _points(series: Element, key: str) -> dict[int, str]:
    """Return the values or labels as they were last worked out, by their places."""
    found = first(series, key)
    points: dict[int, str] = {}
    if found is not None:
        percent = any("%" in (code.text or "") for code in every(found, "c:formatCode"))
        numbers = any(name(one.tag) in {"c:numCache", "c:numLit"} for one in found.iter())
        for point in every(found, "c:pt"):
            place, text = point.get("idx", ""), (first(point, "c:v"))
            if place.isdecimal() and text is not None and text.text:
                points.setdefault(int(place), _number(text.text, percent) if numbers else text.text)
    return points


def _number(written: str, percent: bool) -> str:
    """Return a number as it is written in Swedish, with no more decimals than a chart shows."""
    try:
        number = float(written) * (100 if percent else 1)
    except ValueError:
        return written
    return f"{number:.10g}".replace(".", ",") + (" %" if percent else "") if abs(number) < 1e15 else written


def texts(diagram: Element) -> list[str]:
    """Return what the boxes of SmartArt say, in order."""
    return [words for point in every(diagram, "dgm:pt") if (words := _words(point))]
