"""`kunskapsbank check`: every problem of the content, in Swedish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kunskapsbank import checks
from kunskapsbank.cli.parsing import opened
from kunskapsbank.problems import Severity

if TYPE_CHECKING:
    import argparse

_HELP = "Läser allt innehåll och skriver ut alla fel, med fil, rad och vad du kan göra."


def add(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("check", parents=[shared], help="kontrollera innehållet", description=_HELP)
    parser.set_defaults(run=_check)


def _check(options: argparse.Namespace) -> int:
    catalogue = opened(options).catalogue
    problems = sorted({*catalogue.problems, *checks.remarks(catalogue)})
    for problem in problems:
        print(problem)
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    remarks = len(problems) - errors
    counts = f"{errors} fel" if errors else "Inga fel"
    told = f" och {remarks} {'anmärkning' if remarks == 1 else 'anmärkningar'}" if remarks else ""
    print(f"{counts}{told} i {len(catalogue.records)} dokument och projekt.")
    return 1 if errors else 0
