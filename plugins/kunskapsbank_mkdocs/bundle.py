"""JavaScript modules → one script that does the same: a page that asks for one file instead of twenty is sooner there.

No tool of JavaScript's own is needed to build a site. Each module becomes a function that gives what it exports; rjsmin
takes away comments and spaces.
"""

from __future__ import annotations

import re
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from posixpath import dirname, join, normpath

from rjsmin import jsmin

SCRIPTS = Path(__file__).parent / "theme/assets/kunskapsbank/js"

# As Prettier leaves them: from the beginning of a line, in double quotes.
_IMPORT = re.compile(
    r'^import (?:(?:\* as (?P<all>\w+)|\{(?P<some>[^}]*)\}) from )?"(?P<name>\.[^"]+)";\n', re.MULTILINE
)
_DECLARED = re.compile(r"^export (?=(?:const|class|(?:async )?function\*?) (?P<name>\w+))", re.MULTILINE)
_LISTED = re.compile(r"^export \{(?P<names>[^}]*)\};\n", re.MULTILINE)
_LEFT = re.compile(
    r"^(?:import|export)\b.*|^.*\bawait import\(.*"
    # A template in a template: rjsmin takes the spaces out of its text.
    r"|^.*\$\{[^}`]*`.*",
    re.MULTILINE,
)


@cache
def bundle(entry: str, scripts: Path = SCRIPTS, *, exports: bool = False) -> str:
    """Return `entry` and all modules that it imports as one script, small; a module itself where it `exports`.

    Raises ValueError where a module is written in a way that is not known here, or imports itself in the end.
    """
    written: dict[str, _Module] = {}
    waiting = [entry]
    for name in waiting:
        written[name] = module = _Module(name, (scripts / name).read_text("utf-8"))
        waiting += [needed for needed in module.needed if needed not in written and needed not in waiting]
    try:
        order = list(TopologicalSorter({name: module.needed for name, module in written.items()}).static_order())
    except CycleError as error:
        raise ValueError(f"{entry}: modules import each other: {' → '.join(error.args[1])}") from error
    places = {name: f"m{place}" for place, name in enumerate(order)}
    functions = [f"const {places[name]} = (() => {{\n{written[name].code(places)}}})();\n" for name in order]
    last = written[entry].exported if exports else ()
    if last:
        functions.append(f"const {{ {', '.join(last)} }} = {places[entry]};\nexport {{ {', '.join(last)} }};\n")
    return str(jsmin("".join(functions)))


class _Module:
    """A module taken apart: what it needs, what it exports, and its code without the words for it."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._text = text
        self.needed = [self._path(match["name"]) for match in _IMPORT.finditer(text)]
        listed = [own.strip() for match in _LISTED.finditer(text) for own in match["names"].split(",")]
        self.exported = [match["name"] for match in _DECLARED.finditer(text)] + [own for own in listed if own]
        left = _LEFT.search(_LISTED.sub("", _DECLARED.sub("", _IMPORT.sub("", text))))
        if left or any(" as " in own for own in self.exported):
            raise ValueError(f"{name}: {left[0] if left else listed}: this way of writing cannot be bundled")

    def code(self, places: dict[str, str]) -> str:
        """Return the code as the body of a function; `places` says what the modules it needs are called."""

        def taken(match: re.Match[str]) -> str:
            given = places[self._path(match["name"])]
            if match["all"]:
                return f"const {match['all']} = {given};\n"
            return f"const {{{match['some'].replace(' as ', ': ')}}} = {given};\n" if match["some"] else ""

        code = _LISTED.sub("", _DECLARED.sub("", _IMPORT.sub(taken, self._text)))
        return f"{code}\nreturn {{ {', '.join(self.exported)} }};\n"

    def _path(self, name: str) -> str:
        return normpath(join(dirname(self._name), name))
