"""Finds the JavaScript modules that a page needs, so that it can ask for all of them at once."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath

SCRIPTS = Path(__file__).parent / "theme/assets/kunskapsbank/js"
# As Prettier leaves them: from the beginning of a line, in double quotes. What is imported only when needed is a call,
# and types are imported in comments.
_IMPORT = re.compile(r'^(?:import|export)\b(?:[^;"]*?\bfrom)? ?"(\.[^"]+)";', re.MULTILINE)


@cache
def modules(entry: str, scripts: Path = SCRIPTS) -> tuple[str, ...]:
    """Return `entry` and every module that it imports when it starts, relative to `scripts`, nearest first.

    A page that names them all has them fetched at once, not one after the other as each tells of the next. Raises
    FileNotFoundError when a module is not there.
    """
    found = {entry: None}
    waiting = [entry]
    for module in waiting:
        for name in _IMPORT.findall((scripts / module).read_text("utf-8")):
            path = normpath(join(dirname(module), name))
            if path not in found:
                found[path] = None
                waiting.append(path)
    return tuple(found)
