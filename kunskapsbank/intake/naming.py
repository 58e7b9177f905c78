"""What files beside a document are called: its own name first, so that two documents in a folder never share one."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

_MOST_TRIES = 1_000


def wanted(document: str, name: str) -> Iterator[str]:
    """Yield the names that a file beside a document may have: every way in takes the first that is free."""
    path = PurePosixPath(name)
    stem = f"{PurePosixPath(document).stem}-{path.stem}"
    yield f"{stem}{path.suffix}"
    for number in range(2, _MOST_TRIES):
        yield f"{stem}-{number}{path.suffix}"


def beside(document: str, names: Iterable[str], taken: Container[str]) -> dict[str, str]:
    """Return what each of a document's files is called in its folder, where the names in `taken` are taken."""
    found: dict[str, str] = {}
    given: set[str] = set()
    for name in names:
        found[name] = next(one for one in wanted(document, name) if one not in taken and one not in given)
        given.add(found[name])
    return found


def linked(text: str, names: Mapping[str, str]) -> str:
    """Return a Markdown text with the links to files beside it changed, from the key to the value of `names`."""
    if not names:
        return text
    either = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    pattern = rf"(?<=\]\()(?:{either})(?=[)\s])|(?<=src=\")(?:{either})(?=\")|(?<=\]: )(?:{either})(?=\s|$)"
    return re.sub(pattern, lambda match: names[match[0]], text)


def told(remark: str, names: Mapping[str, str]) -> str:
    """Return a remark with the files that it names called what they became."""
    if not names:
        return remark
    either = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return re.sub(rf"(?<![\w.-])(?:{either})(?![\w-])", lambda match: names[match[0]], remark)
