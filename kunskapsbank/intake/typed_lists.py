"""Lists that were typed by hand, a bullet or number at the start of each paragraph or line → lists of HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bs4.element import NavigableString, Tag

from kunskapsbank.intake import spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bs4.element import PageElement

# Signs that stand for nothing but bullets; a dash may also begin what somebody says.
_BULLET = re.compile(r"\s*[•◦▪▫‣●○■➢∙·\uf0b7\uf0a7]\s*(?=\S)")
_DASH = re.compile(r"\s*(?:[*–—-](?=\s)|o(?=\t|\s{2}))\s*(?=\S)")
_NUMBER = re.compile(r"\s*([1-9]\d?)([.)])\s+(?=\S)")
_SAID = re.compile(r"[A-ZÅÄÖ”\"].*[.!?…”\"]", re.DOTALL)
# Here a list would be more than what was typed.
_NOT_IN = frozenset({"td", "th", "li"})


def made(root: Tag) -> None:
    """Turn what was typed as lists into lists, in place.

    One bullet is enough; of dashes and numbers it takes two in a row, and what people say to each other is no list.
    """
    for paragraph in root.find_all("p"):
        if any(getattr(node, "name", None) == "br" for node in paragraph.contents) and not _is_in_list(paragraph):
            _parted(paragraph)
    for group in list(_groups(root)):
        for kind, items in _runs(group):
            _join(kind, items)


def _parted(paragraph: Tag) -> None:
    """Make paragraphs of a paragraph's lines where at least two of them have marks."""
    lines: list[list[PageElement]] = [[]]
    for node in paragraph.contents:
        if isinstance(node, Tag) and node.name == "br":
            lines.append([])
        else:
            lines[-1].append(node)
    marked = [bool(_mark(spans.text_of(line, keep_spaces=True))[0]) for line in lines]
    if sum(marked) < 2:
        return
    was_marked = True
    for line, is_marked in zip(lines, marked, strict=True):
        if is_marked or was_marked:
            part = Tag(name="p")
            paragraph.insert_before(part)
        else:
            part.append(Tag(name="br", can_be_empty_element=True))
        for node in line:
            part.append(node)
        was_marked = is_marked
    paragraph.extract()


def _groups(root: Tag) -> Iterator[list[Tag]]:
    """Yield the paragraphs that follow each other with nothing between."""
    group: list[Tag] = []
    last: Tag | None = None
    for paragraph in root.find_all("p"):
        if _is_in_list(paragraph):
            continue
        if last is not None and _next_element(last) is not paragraph:
            yield group
            group = []
        group.append(paragraph)
        last = paragraph
    yield group


def _is_in_list(paragraph: Tag) -> bool:
    return any(around.name in _NOT_IN for around in paragraph.parents)


def _next_element(tag: Tag) -> PageElement | None:
    following = tag.next_sibling
    while following is not None and not isinstance(following, Tag) and not str(following).strip():
        following = following.next_sibling
    return following


def _mark(text: str) -> tuple[str, int]:
    """Return what a text begins with: "•", "-", or "." or ")" after a number, and the number; "" for none."""
    if _BULLET.match(text):
        return "•", 0
    if _DASH.match(text):
        return "-", 0
    if number := _NUMBER.match(text):
        return number[2], int(number[1])
    return "", 0


def _runs(group: list[Tag]) -> Iterator[tuple[str, list[Tag]]]:
    """Yield the paragraphs that make up a list, by the element that it becomes."""
    texts = [spans.text_of(paragraph.children, keep_spaces=True) for paragraph in group]
    marks = [_mark(text) for text in texts]
    start = 0
    while start < len(group):
        kind, number = marks[start]
        end = start + 1
        if number:
            while end < len(group) and marks[end] == (kind, number + end - start):
                end += 1
        else:
            while end < len(group) and marks[end][0] in {"•", "-"} and kind:
                end += 1
        run = range(start, end)
        if number:
            is_list = end - start > 1 and not any(_is_heading(group[place]) for place in run)
        else:
            is_list = bool(kind) and _is_list(texts, marks, run)
        if is_list:
            yield ("ol" if number else "ul"), group[start:end]
        start = end


def _is_heading(paragraph: Tag) -> bool:
    """Tell whether all of a paragraph is bold: a numbered heading."""
    bold = spans.text_of(tag for tag in paragraph.children if isinstance(tag, Tag) and tag.name in {"strong", "b"})
    return bold == spans.text_of(paragraph.children)


def _is_list(texts: list[str], marks: list[tuple[str, int]], run: range) -> bool:
    if any(marks[place][0] == "•" for place in run):
        return True
    said = all(_SAID.fullmatch(texts[place][_DASH.match(texts[place]).end() :].strip()) for place in run)  # type: ignore[union-attr]
    follows_colon = run.start > 0 and texts[run.start - 1].rstrip().endswith(":")
    return len(run) > 1 and (follows_colon or not said)


def _join(kind: str, items: list[Tag]) -> None:
    listing = Tag(name=kind)
    items[0].insert_before(listing)
    number = _mark(spans.text_of(items[0].children, keep_spaces=True))[1]
    if number > 1:
        listing["start"] = str(number)
    for paragraph in items:
        _without_mark(paragraph)
        item = Tag(name="li")
        for node in list(paragraph.contents):
            item.append(node)
        paragraph.extract()
        listing.append(item)


def _without_mark(paragraph: Tag) -> None:
    """Take away the mark at the start, which may be spread over several nodes."""
    text = "".join(str(node) for node in paragraph.descendants if spans.is_text(node))
    found = next((match for pattern in (_BULLET, _DASH, _NUMBER) if (match := pattern.match(text))), None)
    left = found.end() if found else 0
    for node in [node for node in paragraph.descendants if isinstance(node, NavigableString) and spans.is_text(node)]:
        if not left:
            return
        cut = min(left, len(node))
        left -= cut
        node.replace_with(NavigableString(str(node)[cut:]))
