"""`kunskapsbank move`: a document or a project gets another place, with its files, all links and its old address."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kunskapsbank.cli.parsing import UsageError, opened, today
from kunskapsbank.files.faults import why
from kunskapsbank.writing import moving

if TYPE_CHECKING:
    import argparse

_ABOUT = (
    "Flyttar ett dokument eller ett helt projekt, med filerna bredvid. Länkar dit och därifrån skrivs om, och den "
    "gamla adressen leder vidare till den nya. Antingen ändras allt, eller inget."
)


def add(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("move", parents=[shared], help="flytta ett dokument eller projekt", description=_ABOUT)
    parser.set_defaults(run=_run)
    parser.add_argument(
        "från", metavar="FRÅN", help="dokumentets fil eller projektets mapp, till exempel projekt/ljusare-kvallar"
    )
    parser.add_argument("till", metavar="TILL", help="den nya filen eller mappen, till exempel projekt/ljusare-natter")


def _run(options: argparse.Namespace) -> int:
    content: Path = options.innehåll
    catalogue = opened(options).catalogue
    for problem in catalogue.errors:
        print(problem, file=sys.stderr)
    if catalogue.errors:
        print("Inget har flyttats: rätta felen först.", file=sys.stderr)
        return 1
    if content.resolve() in (Path.cwd(), *Path.cwd().parents):
        raise UsageError(f"kör kommandot i mappen ovanför {content.resolve().name}: den byts ut när något flyttas.")
    try:
        move = moving.plan(catalogue, _within(options.från, content), _within(options.till, content))
        moving.carry_out(move, content, today(), lambda: print("Något annat skriver i innehållet. Väntar.", flush=True))
    except moving.MoveError as error:
        raise UsageError(str(error)) from None
    except OSError as error:
        raise UsageError(f"{content} går inte att skriva: {why(error)}. Inget har ändrats.") from None
    for old, new in move.files.items():
        print(f"{old} → {new}")
    if count := sum(move.links.values()):
        print(f"Länkar som skrevs om: {count}, i {', '.join(sorted(move.links))}.")
    for address in move.led_on:
        print(f"Den gamla adressen {address} leder vidare.")
    return 0


def _within(written: str, content: Path) -> str:
    """Return a path as it is relative to the content folder, also where it was written with the folder before it."""
    path = Path(written)
    if path.resolve().is_relative_to(content.resolve()):
        return path.resolve().relative_to(content.resolve()).as_posix()
    return written
