"""Problems → what is shown of them: text for people, a GitLab Code Quality report, or plain JSON."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING

from kunskapsbank import checks
from kunskapsbank.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kunskapsbank.problems import Problem

# What GitLab lets a finding weigh: info, minor, major, critical or blocker.
_GITLAB_SEVERITIES = {Severity.ERROR: "blocker", Severity.REMARK: "minor"}
# GitLab wants a name of every check; what concerns the form of a file has none of ours.
_FORM = "format"
# A line that a message refers to: "första gången på rad 3". It moves when lines are added above.
_LINE_NUMBER = re.compile(r"\b(rad(?:en|er|erna)?) \d+")


def text(problems: Iterable[Problem]) -> str:
    """Return the problems as editors read them, each with the rule that an exception would have to name."""
    return "".join(f"{_told(problem)}\n" for problem in problems)


def gitlab(problems: Iterable[Problem], folder: str) -> str:
    """Return a Code Quality report; `folder` is the content folder's path in the repository, "" for its root.

    The shape is GitLab's, docs.gitlab.com/ci/testing/code_quality ("Code Quality report format"). GitLab takes two
    findings for the same one, old and new, when their fingerprints are equal: ours stay when lines are added above.
    """
    start = f"{folder}/" if folder else ""
    findings = [
        {
            "description": _in_one_line(problem),
            "check_name": problem.rule or _FORM,
            "fingerprint": fingerprint,
            "severity": _GITLAB_SEVERITIES[problem.severity],
            "location": {"path": f"{start}{problem.file}", "lines": {"begin": problem.line}},
        }
        for problem, fingerprint in _with_fingerprints(problems)
    ]
    return _written(findings)


def as_json(problems: Iterable[Problem]) -> str:
    """Return the problems as a JSON list of objects with the names of Problem's own fields."""
    return _written([asdict(problem) for problem in problems])


def _told(problem: Problem) -> str:
    told = str(problem)
    can_be_allowed = problem.rule in checks.RULES
    if not can_be_allowed or f"tillåt {problem.rule}:" in problem.hint:
        return told
    first, line_break, rest = told.partition("\n")
    return f"{first} [{problem.rule}]{line_break}{rest}"


def _in_one_line(problem: Problem) -> str:
    field = f"{problem.field}: " if problem.field else ""
    return f"{field}{problem.message}. {problem.hint}".rstrip()


def _with_fingerprints(problems: Iterable[Problem]) -> Iterator[tuple[Problem, str]]:
    """Yield each problem with a hash of all but its line, and of how many alike stand above it in the file."""
    alike: Counter[tuple[str, ...]] = Counter()
    for problem in sorted(problems):
        same = (problem.file, problem.rule, problem.field, _LINE_NUMBER.sub(r"\1", problem.message))
        alike[same] += 1
        hashed = json.dumps([*same, alike[same]], ensure_ascii=False)
        yield problem, hashlib.sha256(hashed.encode()).hexdigest()


def _written(value: object) -> str:
    # All ASCII: a report is often sent to a file, and then the system decides what letters it may have.
    return f"{json.dumps(value, indent=2)}\n"
