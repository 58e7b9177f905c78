"""A problem of a file that is being filled in → where in the form it can be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunskapsbank.markup.frontmatter import Items, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kunskapsbank.markup.frontmatter import ContentFile, Node
    from kunskapsbank.problems import Problem

Path = tuple[str, ...]


def path_of(problem: Problem, source: ContentFile) -> str:
    """Return the path of the field, with the place in a list counted from 0: "medel/0/år"; "" where it has none."""
    if not problem.field:
        return ""
    names = tuple(problem.field.split(" → "))
    here = [path for path, line in _paths(source.fields, ()) if line == problem.line]
    if whole := [path for path in here if _keys(path) == names]:
        return "/".join(whole[-1])
    # A field that is missing in a group stands nowhere: told at the group's first line.
    group = [path for path in here if _keys(path) == names[:-1]]
    return "/".join((*(group[-1] if group else names[:-1]), names[-1]))


def text_line(problem: Problem, source: ContentFile, body: str) -> int | None:
    """Return the line of the editor's own text, counted from 0, that a problem is about; None where it is about none.

    `body` is the text as the editor has it, which may begin with empty lines that the file has not.
    """
    if problem.field or problem.line < source.body_line:
        return None
    before = len(body) - len(body.lstrip("\n"))
    # The file has an empty line between its fields and its text.
    return max(0, problem.line - source.body_line - 1) + before


def _keys(path: Path) -> Path:
    return tuple(name for name in path if not name.isdecimal())


def _paths(node: Node, path: Path) -> Iterator[tuple[Path, int]]:
    """Yield the path and the line of all that stands in a node; what begins on the same line, outermost first."""
    if isinstance(node, Table):
        for entry in node:
            yield (*path, entry.key), entry.line
            yield from _paths(entry.value, (*path, entry.key))
    elif isinstance(node, Items):
        for place, one in enumerate(node.values):
            yield (*path, str(place)), one.line
            yield from _paths(one, (*path, str(place)))
