"""The lists of a Word file → what stands before each of their paragraphs: a bullet, or which number."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kunskapsbank.intake.word.names import first, name, value

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_LEVELS = 9
_MOST = 9_999


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: how its numbers are written (ECMA-376 part 1, 17.18.59), and where they begin."""

    form: str = "decimal"
    text: str = "%1."
    start: int = 1


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands before a paragraph: its level from 0, its number, 0 for a bullet.

    `is_plain` says that the number is shown as Markdown shows it: 1, 2, 3.
    """

    level: int
    number: int
    is_plain: bool = True


@dataclass(slots=True)
class Numbering:
    """The lists by the ids that paragraphs use, and how far each has come."""

    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    # Lists that share their numbers: of one id, the id of what they are made from.
    _made_from: dict[str, str] = field(default_factory=dict)
    _restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    def mark(self, key: str, level: int) -> Mark | None:
        """Count a paragraph of a list and return what stands before it; None where nothing does."""
        if key not in self.lists:
            return None
        level = min(max(level, 0), _LEVELS - 1)
        # A level that is not described is shown as a bullet.
        rule = self.lists[key].get(level, Level("bullet"))
        if rule.form == "none":
            return None
        if rule.form == "bullet":
            return Mark(level, 0)
        counts = self._counts.setdefault(self._made_from[key], {})
        if key not in self._begun:
            self._begun.add(key)
            for restarted, start in self._restarts[key].items():
                counts[restarted] = start - 1
        counts[level] = min(counts.get(level, rule.start - 1) + 1, _MOST)
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        is_plain = rule.form.startswith("decimal") and rule.text.count("%") <= 1
        return Mark(level, max(counts[level], 0), is_plain)


def read(tree: Element | None) -> Numbering:
    """Return the lists of a file; none where it has no part for them."""
    found = Numbering()
    if tree is None:
        return found
    plans: dict[str, Element] = {}
    by_style: dict[str, Element] = {}
    for element in tree:
        if name(element.tag) == "w:abstractNum":
            plans[value(element, "w:abstractNumId")] = element
            if style := value(first(element, "w:styleLink")):
                by_style[style] = element
    for element in tree:
        if name(element.tag) == "w:num":
            _add(found, element, plans, by_style)
    return found


def _add(found: Numbering, element: Element, plans: dict[str, Element], by_style: dict[str, Element]) -> None:
    key, source = value(element, "w:numId"), value(first(element, "w:abstractNumId"))
    plan = plans.get(source)
    if plan is None:
        return
    if linked := value(first(plan, "w:numStyleLink")):
        plan = by_style.get(linked, plan)
        source = value(plan, "w:abstractNumId")
    levels = {_whole(value(one, "w:ilvl")): _level(one) for one in plan if name(one.tag) == "w:lvl"}
    restarts: dict[int, int] = {}
    for one in element:
        if name(one.tag) == "w:lvlOverride":
            level = _whole(value(one, "w:ilvl"))
            if (other := first(one, "w:lvl")) is not None:
                levels[level] = _level(other)
            if (start := first(one, "w:startOverride")) is not None:
                restarts[level] = _whole(value(start))
    found.lists[key] = levels
    found._made_from[key] = source
    found._restarts[key] = restarts


def _level(element: Element) -> Level:
    start = first(element, "w:start")
    return Level(
        value(first(element, "w:numFmt"), default="decimal"),
        value(first(element, "w:lvlText")),
        1 if start is None else _whole(value(start)),
    )


def _whole(written: str) -> int:
    return min(int(written), _MOST) if written.isdecimal() and written.isascii() else 0
