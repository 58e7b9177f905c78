"""What is looked at beyond the form of each file: `errors` stop publication, `remarks` are told only when asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kunskapsbank.checks import (
    accessibility,
    allowed,
    alone,
    attachments,
    completeness,
    filenames,
    former,
    grants,
    letters,
    links,
    markdown,
    outcomes,
    plain_swedish,
    small_groups,
    unconfirmed,
    whose,
)
from kunskapsbank.checks.duplicates import by_name, by_text
from kunskapsbank.checks.personal import published
from kunskapsbank.checks.personal.patterns import discreet
from kunskapsbank.problems import Severity
from kunskapsbank.progress import silent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from kunskapsbank.checks.check import Check
    from kunskapsbank.model.catalogue import Catalogue
    from kunskapsbank.model.document import Document
    from kunskapsbank.model.snapshot import Snapshot
    from kunskapsbank.problems import Problem
    from kunskapsbank.progress import Tell

CHECKS: tuple[Check, ...] = (
    links.CHECK,
    former.CHECK,
    accessibility.ERRORS,
    published.CHECK,
    unconfirmed.CHECK,
    letters.ERRORS,
    markdown.ERRORS,
    accessibility.REMARKS,
    letters.REMARKS,
    markdown.REMARKS,
    plain_swedish.CHECK,
    grants.CHECK,
    by_text.CHECK,
    by_name.CHECK,
    completeness.CHECK,
    outcomes.CHECK,
    small_groups.CHECK,
    filenames.CHECK,
    whose.CHECK,
)
"""Every check of the documents. A new one is a module of this package and a line here."""


def _rules(severity: Severity) -> frozenset[str]:
    return frozenset(rule for check in CHECKS if check.severity is severity for rule in check.rules)


# The rules of the checks, by the names that an editor uses to allow an exception.
ERROR_RULES = _rules(Severity.ERROR) | {*attachments.RULES}
REMARK_RULES = _rules(Severity.REMARK) | {*attachments.REMARK_RULES}
# Links to other sites are looked at only on request, so an exception for one is told as not needed only then.
RULES = ERROR_RULES | REMARK_RULES | {links.RULE}


def errors(catalogue: Catalogue, cache: Path | None = None, tell: Tell = silent) -> list[Problem]:
    """Return what must not be published, by the checks that every build makes, and remarks on exceptions not needed.

    `cache` is a folder for what was found in each document and attachment, so that unchanged ones are not looked at
    again; None keeps none. No problem quotes personal data.
    """
    return errors_of(catalogue.documents, catalogue.snapshot, attachments.errors(catalogue, cache), cache, tell)


def remarks(catalogue: Catalogue, cache: Path | None = None) -> list[Problem]:
    """Return what editors and the FoU unit should look at, by the checks that only `kunskapsbank check` makes.

    `cache` as in `errors`. No problem quotes personal data.
    """
    return remarks_of(catalogue.documents, catalogue.snapshot, attachments.remarks(catalogue, cache), cache)


def remarks_within(catalogue: Catalogue, is_asked: Callable[[str], bool], cache: Path | None = None) -> list[Problem]:
    """Return the remarks on the files that are asked for, by name; `cache` as in `errors`.

    They are those of all that `remarks` returns, and cost less the fewer the files are.
    """
    if any(is_asked(file) for file in (*catalogue.assets, *catalogue.refused)):
        # An exception for such a file stands in any document.
        return [problem for problem in remarks(catalogue, cache) if is_asked(problem.file)]
    documents = [document for document in catalogue.documents if is_asked(document.file)]
    return [
        problem for problem in remarks_of(documents, snapshot(catalogue, cache), (), cache) if is_asked(problem.file)
    ]


def errors_of(
    documents: Sequence[Document],
    bank: Snapshot,
    of_attachments: Iterable[Problem] = (),
    cache: Path | None = None,
    tell: Tell = silent,
) -> list[Problem]:
    """Return the same of these documents only; `of_attachments` are the errors of what lies beside them."""
    found = [*_found(Severity.ERROR, documents, bank, cache, tell), *of_attachments]
    kept = [*allowed.apply(found, documents, bank, ERROR_RULES), *allowed.check(documents, RULES)]
    return [discreet(problem) for problem in kept]


def remarks_of(
    documents: Sequence[Document], bank: Snapshot, of_attachments: Iterable[Problem] = (), cache: Path | None = None
) -> list[Problem]:
    """Return the same of these documents only; `of_attachments` are the remarks on what lies beside them."""
    found = [*_found(Severity.REMARK, documents, bank, cache, silent), *of_attachments]
    kept = allowed.apply(found, documents, bank, REMARK_RULES)
    return [replace(discreet(problem), severity=Severity.REMARK) for problem in kept]


def snapshot(catalogue: Catalogue, cache: Path | None = None) -> Snapshot:
    """Return what is to be known of the bank where one document is checked; `cache` as in `errors`."""
    documents, bank = catalogue.documents, catalogue.snapshot
    exceptions = {file: tuple(found) for file, found in allowed.in_other_files(documents).items()}
    others = {file for found in exceptions.values() for file, _ in found}
    looked_at = [document for document in documents if document.file in others]
    problems = [
        *(problem for check in CHECKS for problem in check.run(looked_at, bank)),
        *attachments.problems(catalogue, cache),
    ]
    whole: dict[str, set[str]] = {}
    for problem in problems:
        if problem.rule and allowed.whole(problem, catalogue.assets):
            whole.setdefault(problem.file, set()).add(problem.rule)
    return replace(bank, exceptions=exceptions, whole={file: tuple(sorted(found)) for file, found in whole.items()})


def outside_links(catalogue: Catalogue, cache: Path, now: datetime, own_network: bool = False) -> list[Problem]:
    """Return what is wrong with the links to other sites, which are asked for over the network: see `outside.check`.

    With `own_network` machines of private networks are asked too.
    """
    # What speaks with the network takes long to load, and nothing else needs it.
    from kunskapsbank.checks import outside, reach

    may_ask = reach.on_the_own_network_too if own_network else reach.in_the_world
    found = outside.check(catalogue, cache, now, may_ask=may_ask)
    return [discreet(one) for one in allowed.apply(found, catalogue.documents, catalogue.snapshot, {links.RULE})]


def _found(
    severity: Severity, documents: Sequence[Document], bank: Snapshot, cache: Path | None, tell: Tell
) -> Iterator[Problem]:
    checks = [check for check in CHECKS if check.severity is severity]
    yield from alone.run([check for check in checks if check.alone], documents, bank, cache, tell)
    for check in checks:
        if not check.alone:
            yield from check.run(documents, bank)
