"""HTML of a text + the words explained in it → the same, each word a button where it first stands in running text.

The explanation is a popover (HTML's own, without a script): it opens by touch, click, Enter and space, closes by Escape
and by a touch beside it, and browsers tell whether it is open.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kunskapsbank.pages.models import Explained

# A tag, a comment, or text between.
_PIECES = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# Where a word is not explained: a heading, a link or a term is something else already, and code is not Swedish.
_NOT_IN = frozenset("a abbr button code dt figcaption h1 h2 h3 h4 h5 h6 kbd pre samp summary sup th".split())


def explained(html: str, words: Iterable[Explained], address: Callable[[str], str]) -> str:
    """Return the HTML with the words explained; `address` makes an address of the site one to go to from the page."""
    pieces = _PIECES.split(html)
    open_tags: list[str] = []
    texts = []
    for number, piece in enumerate(pieces):
        if number % 2 == 0:
            texts += [] if open_tags else [number]
        elif (tag := _TAG.match(piece)) and (name := tag[2].lower()) in _NOT_IN:
            if not tag[1]:
                open_tags.append(name)
            elif name in open_tags:
                open_tags.reverse()
                open_tags.remove(name)
                open_tags.reverse()
    places: dict[int, list[tuple[int, int, str]]] = {}
    for count, word in enumerate(words, 1):
        forms = "|".join(sorted((re.escape(escape(form, quote=False)) for form in word.forms), key=len, reverse=True))
        pattern = re.compile(rf"(?<![\w-])(?:{forms})(?![\w-])")
        for number in texts:
            taken = places.get(number, [])
            match = next(
                (one for one in pattern.finditer(pieces[number]) if all(_apart(one, *other[:2]) for other in taken)),
                None,
            )
            if match:
                button = _button(match[0], word, f"ord-{count}", address)
                places.setdefault(number, []).append((match.start(), match.end(), button))
                break
    for number, found in places.items():
        for start, end, button in sorted(found, reverse=True):
            pieces[number] = pieces[number][:start] + button + pieces[number][end:]
    return "".join(pieces)


def _apart(match: re.Match[str], start: int, end: int) -> bool:
    return match.end() <= start or match.start() >= end


def _button(form: str, word: Explained, name: str, address: Callable[[str], str]) -> str:
    meaning = f"<strong>{escape(word.meaning)}.</strong> " if word.meaning else ""
    more = f'<a href="{escape(address(word.url))}">Mer om ordet</a>'
    return (
        f'<button class="kb-word" type="button" popovertarget="{name}">{form}</button>'
        f'<span class="kb-word__text" id="{name}" popover>{meaning}{escape(word.text)} {more}</span>'
    )
