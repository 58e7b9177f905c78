"""Problems → those that no editor has allowed; an exception stands on the problem's line, with its reason.

In the text `<!-- tillåt telefonnummer: växelns nummer -->`, among the fields `# tillåt personnummer: påhittat exempel`.
What concerns a whole file is allowed on a line of its own among its fields; what concerns an attachment or a file's
name, on the line of a document that links to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.markup.frontmatter import quoted
from kunskapsbank.model.known import linked
from kunskapsbank.problems import Problem, Severity
from kunskapsbank.swedish.phrases import listed
from kunskapsbank.swedish.text import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from kunskapsbank.markup.blocks import Comment
    from kunskapsbank.markup.frontmatter import ContentFile
    from kunskapsbank.model.document import Document
    from kunskapsbank.model.snapshot import Snapshot

RULE = "undantag"

# Groups: the rule, the reason.
_IN_TEXT = re.compile(r"\s*[Tt]illåt\s+([^:]*?)\s*(?::\s*(.*?))?\s*", re.DOTALL)
_IN_FIELDS = re.compile(r"(?:^|[ \t])#+[ \t]*[Tt]illåt[ \t]+([^:#]*?)[ \t]*(?::[ \t]*(.*?))?[ \t]*$")
_OWN_LINE = re.compile(r"[ \t]*#")

_NO_REASON = "undantaget för {rule} saknar skäl"
_NO_REASON_HINT = "Skriv skälet efter ett kolon: tillåt {rule}: exemplet är påhittat"
_UNKNOWN = "undantaget gäller {rule}, men det finns ingen sådan regel"
_MEANT = "Menade du {rule}?"
_KNOWN = "Reglerna heter {rules}."
_UNUSED = "undantaget för {rule} behövs inte"
_UNUSED_HINT = "Ta bort kommentaren."


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """One exception: where it stands, the rule it names, why, and whether it is for what concerns the whole file."""

    file: str
    line: int
    rule: str
    reason: str
    is_whole: bool = False


def apply(
    problems: Iterable[Problem], documents: Sequence[Document], bank: Snapshot, rules: Collection[str]
) -> list[Problem]:
    """Return the problems that are not allowed, and a remark for each exception in `documents` that nothing needs.

    `rules` are those of the checks that gave `problems`: exceptions from others are left for another time. A problem
    without rule cannot be allowed.
    """
    found = [mark for mark in _marks_of(documents) if mark.rule in rules and mark.reason]
    places = _places(found, documents)
    sources = {document.file: document.source for document in documents}
    used = {
        mark
        for (file, line), marks in places.items()
        for mark in marks
        # Needed for what is wrong with a file that is not looked at now.
        if not line and file not in sources and mark.rule in bank.whole.get(file, ())
    }
    kept: list[Problem] = []
    for problem in problems:
        at_hand = (mark for place in _looked_at(problem, sources, bank) for mark in places.get(place, ()))
        allowing = [mark for mark in at_hand if mark.rule == problem.rule]
        used.update(allowing)
        if not (allowing or _is_allowed_elsewhere(problem, sources, bank)):
            kept.append(problem)
    for mark in found:
        if mark not in used:
            message = _UNUSED.format(rule=mark.rule)
            kept.append(Problem(mark.file, mark.line, "", message, _UNUSED_HINT, Severity.REMARK, RULE))
    return kept


def check(documents: Iterable[Document], rules: Collection[str]) -> Iterator[Problem]:
    """Yield an error for each exception that has no reason or names none of `rules`, all that there are."""
    for mark in _marks_of(documents):
        if mark.rule not in rules:
            close = nearest(mark.rule, rules)
            hint = _MEANT.format(rule=close) if close else _KNOWN.format(rules=listed(sorted(rules)))
            message = _UNKNOWN.format(rule=quoted(mark.rule))
            yield Problem(mark.file, mark.line, "", message, hint, rule=RULE)
        elif not mark.reason:
            message = _NO_REASON.format(rule=mark.rule)
            hint = _NO_REASON_HINT.format(rule=mark.rule)
            yield Problem(mark.file, mark.line, "", message, hint, rule=RULE)


def in_other_files(documents: Sequence[Document]) -> dict[str, list[tuple[str, str]]]:
    """Return what the exceptions of each file allow in the files that their lines link to: (file, rule)."""
    found = [mark for mark in _marks_of(documents) if mark.reason]
    by_file: dict[str, list[tuple[str, str]]] = {}
    for (file, line), marks in sorted(_places(found, documents).items()):
        for mark in marks:
            if not line and file != mark.file:
                by_file.setdefault(mark.file, []).append((file, mark.rule))
    return by_file


def whole(problem: Problem, files: Collection[str]) -> bool:
    """Tell whether a problem concerns a file as a whole; all problems of `files`, which have no lines, do."""
    return problem.file in files or (problem.line == 1 and not problem.field)


def _is_allowed_elsewhere(problem: Problem, documents: Collection[str], bank: Snapshot) -> bool:
    """Tell whether a file that is not looked at now has an exception from a problem."""
    return whole(problem, ()) and any(
        (problem.file, problem.rule) in allowed for file, allowed in bank.exceptions.items() if file not in documents
    )


def marks(file: str, fields: str, comments: Iterable[Comment]) -> Iterator[Mark]:
    """Yield the exceptions in a file: those among its fields, and in the comments of the text after them."""
    if "illåt" in fields:
        for number, line in enumerate(fields.split("\n"), 1):
            if found := _IN_FIELDS.search(line):
                yield _mark(file, number, found, is_whole=bool(_OWN_LINE.match(line)))
    for comment in comments:
        if found := _IN_TEXT.fullmatch(comment.text):
            yield _mark(file, comment.line, found)


def _mark(file: str, line: int, found: re.Match[str], is_whole: bool = False) -> Mark:
    return Mark(file, line, found[1].lower(), (found[2] or "").strip(), is_whole)


def _marks_of(documents: Iterable[Document]) -> Iterator[Mark]:
    for document in documents:
        # A vocabulary is fields all through, and so is what could not be taken apart as far as anybody knows.
        body = document.body
        fields = document.source.above if document.source and body else document.text
        yield from marks(document.file, fields, body.comments if body else ())


# A line of a file, or a file as a whole (0).
_Place = tuple[str, int]


def _places(found: Iterable[Mark], documents: Iterable[Document]) -> Mapping[_Place, list[Mark]]:
    """Return the exceptions by the places that they are for."""
    having = {mark.file for mark in found}
    links = _links(document for document in documents if document.file in having)
    places: dict[_Place, list[Mark]] = {}
    for mark in found:
        wholes = links.get((mark.file, mark.line), [])
        if mark.is_whole:
            wholes = [mark.file]
        for place in ((mark.file, mark.line), *((whole, 0) for whole in wholes)):
            places.setdefault(place, []).append(mark)
    return places


def _links(documents: Iterable[Document]) -> Mapping[_Place, list[str]]:
    """Return the files that each line of the documents links to."""
    links: dict[_Place, list[str]] = {}
    for document in documents:
        for link in document.body.links if document.body else ():
            links.setdefault((document.file, link.line), []).append(linked(document.file, link.target))
    return links


def _looked_at(problem: Problem, sources: Mapping[str, ContentFile | None], bank: Snapshot) -> Iterator[_Place]:
    """Yield where an exception from this problem may stand: on its line, on its field's, or for the whole file."""
    yield problem.file, problem.line
    source = sources.get(problem.file)
    if source and problem.field and problem.line < source.body_line:
        yield problem.file, _line_of(source, problem)
    if whole(problem, bank.other_files):
        yield problem.file, 0


def _line_of(source: ContentFile, problem: Problem) -> int:
    # A text over several lines can have a comment on its first line only.
    return max((entry.line for entry in source.fields if entry.line <= problem.line), default=problem.line)
