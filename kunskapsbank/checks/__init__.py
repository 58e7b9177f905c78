"""What is looked at beyond the form of each file: `errors` stop publication, `remarks` are told only when asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kunskapsbank.checks import (
    accessibility,
    allowed,
    attachments,
    completeness,
    grants,
    outside,
    plain_swedish,
    small_groups,
    unconfirmed,
)
from kunskapsbank.checks.duplicates import by_name, by_text
from kunskapsbank.checks.personal import published
from kunskapsbank.checks.personal.patterns import discreet
from kunskapsbank.problems import Severity

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from kunskapsbank.checks.check import Check
    from kunskapsbank.model.catalogue import Catalogue
    from kunskapsbank.problems import Problem

CHECKS: tuple[Check, ...] = (
    accessibility.ERRORS,
    published.CHECK,
    unconfirmed.CHECK,
    accessibility.REMARKS,
    plain_swedish.CHECK,
    grants.CHECK,
    by_text.CHECK,
    by_name.CHECK,
    completeness.CHECK,
    small_groups.CHECK,
)
"""Every check of the documents. A new one is a module of this package and a line here."""


def _rules(severity: Severity) -> frozenset[str]:
    return frozenset(rule for check in CHECKS if check.severity is severity for rule in check.rules)


# The rules of the checks, by the names that an editor uses to allow an exception.
ERROR_RULES = _rules(Severity.ERROR) | {*attachments.RULES}
REMARK_RULES = _rules(Severity.REMARK) | {*attachments.REMARK_RULES}
# Links to other sites are looked at only on request, so an exception for one is told as not needed only then.
RULES = ERROR_RULES | REMARK_RULES | {outside.RULE}


def errors(catalogue: Catalogue, cache: Path | None = None) -> list[Problem]:
    """Return what must not be published, by the checks that every build makes, and remarks on exceptions not needed.

    `cache` is a folder for what was found in attachments, so that unchanged ones are not read again; None keeps none.
    No problem quotes personal data.
    """
    found = _found(Severity.ERROR, catalogue)
    found += attachments.errors(catalogue, cache)
    kept = [*allowed.apply(found, catalogue, ERROR_RULES), *allowed.check(catalogue, RULES)]
    return [discreet(problem) for problem in kept]


def remarks(catalogue: Catalogue, cache: Path | None = None) -> list[Problem]:
    """Return what editors and the FoU unit should look at, by the checks that only `kunskapsbank check` makes.

    `cache` as in `errors`. No problem quotes personal data.
    """
    found = _found(Severity.REMARK, catalogue)
    found += attachments.remarks(catalogue, cache)
    kept = allowed.apply(found, catalogue, REMARK_RULES)
    return [replace(discreet(problem), severity=Severity.REMARK) for problem in kept]


def _found(severity: Severity, catalogue: Catalogue) -> list[Problem]:
    documents = catalogue.documents
    return [problem for check in CHECKS if check.severity is severity for problem in check.run(documents, catalogue)]


def outside_links(catalogue: Catalogue, cache: Path, now: datetime) -> list[Problem]:
    """Return what is wrong with the links to other sites, which are asked for over the network: see `outside.check`."""
    found = allowed.apply(outside.check(catalogue, cache, now), catalogue, {outside.RULE})
    return [discreet(problem) for problem in found]
