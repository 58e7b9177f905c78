"""What is looked at beyond the form of each file: `errors` stop publication, `remarks` are told only when asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kunskapsbank.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kunskapsbank.catalogue import Catalogue
    from kunskapsbank.problems import Problem

    Check = Callable[[Catalogue], Iterable[Problem]]

# Each check is a module of this package with a function that takes the catalogue and yields problems.
_ERRORS: tuple[Check, ...] = ()
_REMARKS: tuple[Check, ...] = ()


def errors(catalogue: Catalogue) -> list[Problem]:
    """Return what must not be published, by the checks that every build makes."""
    return [problem for check in _ERRORS for problem in check(catalogue)]


def remarks(catalogue: Catalogue) -> list[Problem]:
    """Return what editors and the FoU unit should look at, by the checks that only `kunskapsbank check` makes."""
    found = (problem for check in _REMARKS for problem in check(catalogue))
    return [replace(problem, severity=Severity.REMARK) for problem in found]
