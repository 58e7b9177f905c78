"""HTML of a text + the words explained in it → the same, each word a button where it first stands in running text.

The explanation is a popover (HTML's own, without a script): it opens by touch, click, Enter and space, closes by Escape
and by a touch beside it, and browsers tell whether it is open.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kunskapsbank.pages.models import Explained

# A comment, or a tag with its name and whether it closes.
_TAG = re.compile(r"<!--.*?-->|<(/?)([a-zA-Z][a-zA-Z0-9]*)?[^>]*>", re.DOTALL)
# Where a word is not explained: a heading, a link or a term is something else already, and code is not Swedish.
_NOT_IN = frozenset("a abbr button code dt figcaption h1 h2 h3 h4 h5 h6 kbd pre samp summary sup th".split())


def explained(html: str, words: Iterable[Explained], address: Callable[[str], str]) -> str:
    """Return the HTML with the words explained; `address` makes an address of the site one to go to from the page."""
    waiting = {f"ord-{count}": (word, _pattern(word)) for count, word in enumerate(words, 1)}
    parts: list[str] = []
    done = 0
    for start, end in _texts(html):
        if not waiting:
            break
        taken: list[tuple[int, int, str]] = []
        for name, (word, pattern) in [*waiting.items()]:
            found = pattern.finditer(html, start, end)
            if match := next((one for one in found if all(_apart(one, *other[:2]) for other in taken)), None):
                taken.append((match.start(), match.end(), _button(match[0], word, name, address)))
                del waiting[name]
        for first, last, button in sorted(taken):
            parts += [html[done:first], button]
            done = last
    return "".join((*parts, html[done:]))


def _texts(html: str) -> Iterator[tuple[int, int]]:
    """Yield where each text begins and ends in which words may be explained."""
    open_tags: list[str] = []
    place = 0
    for tag in _TAG.finditer(html):
        if not open_tags and place < tag.start():
            yield place, tag.start()
        place = tag.end()
        if tag[2] and (name := tag[2].lower()) in _NOT_IN:
            if not tag[1]:
                open_tags.append(name)
            elif name in open_tags:
                open_tags.reverse()
                open_tags.remove(name)
                open_tags.reverse()
    if not open_tags and place < len(html):
        yield place, len(html)


def _pattern(word: Explained) -> re.Pattern[str]:
    forms = "|".join(sorted((re.escape(escape(form, quote=False)) for form in word.forms), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{forms})(?![\w-])")


def _apart(match: re.Match[str], start: int, end: int) -> bool:
    return match.end() <= start or match.start() >= end


def _button(form: str, word: Explained, name: str, address: Callable[[str], str]) -> str:
    meaning = f"<strong>{escape(word.meaning)}.</strong> " if word.meaning else ""
    more = f'<a href="{escape(address(word.url))}">Mer om ordet</a>'
    return (
        f'<button class="kb-word" type="button" popovertarget="{name}">{form}</button>'
        f'<span class="kb-word__text" id="{name}" popover>{meaning}{escape(word.text)} {more}</span>'
    )
