"""`kunskapsbank new`: a new document in its right place, with what the bank knows filled in and help for the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kunskapsbank.cli import called
from kunskapsbank.cli.ordering import Ordering
from kunskapsbank.cli.parsing import UsageError, opened, today
from kunskapsbank.files.faults import why
from kunskapsbank.swedish.phrases import listed
from kunskapsbank.writing import handing_in, new_document
from kunskapsbank.writing.handing_in import Delivery

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from pathlib import Path

    from kunskapsbank.cli.parsing import Shared
    from kunskapsbank.writing.new_document import Skeleton

_HELP = (
    "Skapar en ny fil på rätt plats, med fält och rubriker att fylla i: %(prog)s slutrapport --projekt "
    '{project} --år 2025, %(prog)s projekt "Namnet" --ägare {owner} --år 2026, %(prog)s resa Malmö --ägare '
    "{owner} --år 2026 eller %(prog)s utlysning 2026. Ett nytt projekt och dess första dokument på en gång: %(prog)s "
    'slutrapport --nytt-projekt "Namnet" --ägare {owner} --år 2026. Det som saknas frågar kommandot efter.'
)


def add(commands: Any, shared: Shared) -> None:
    """Add the command to the parser."""
    examples = shared.settings.examples
    told = _HELP.format(project=examples.project, owner=examples.an_owner)
    parser = commands.add_parser("new", parents=[shared], help="skapa ett nytt dokument", description=told)
    parser.set_defaults(run=_new)
    parser.add_argument("typ", nargs="?", help="till exempel slutrapport, projektplan, projekt, resa eller utlysning")
    parser.add_argument("namn", nargs="?", help="projektets eller rapportens namn, resans plats eller utlysningens år")
    parser.add_argument("--projekt", metavar="PROJEKT", help="projektets mapp, namn eller alias")
    parser.add_argument("--nytt-projekt", metavar="NAMN", help="skapa också projektets sida, med det här namnet")
    parser.add_argument(
        "--år", metavar="ÅR", action="append", help="året som pengarna gäller; ett projekt kan ha flera"
    )
    parser.add_argument("--ägare", metavar="NAMN", action="append", help="den som äger arbetet; kan anges flera gånger")


def _new(options: argparse.Namespace) -> int:
    catalogue = opened(options).catalogue
    ordering = Ordering(catalogue, options, today())
    orders = [ordering.order()]
    if ordering.new_project:
        orders.insert(0, ordering.new_project)
    asked_from = catalogue.settings.equality.asked_from
    begun = [new_document.begin(order, catalogue.vocabularies, asked_from, today()) for order in orders]
    written: list[Path] = []
    try:
        for one in begun:
            _write(options.innehåll / one.file, one.text)
            written.append(options.innehåll / one.file)
    except UsageError:
        # A project is begun together with its document, or not at all.
        for path in written:
            path.unlink()
        raise
    for path, one in zip(written, begun, strict=True):
        _report(path, one)
    paths = listed([str(path) for path in written])
    where = "filen" if len(written) == 1 else "filerna"
    looked_at = " ".join(called.typed(str(path)) for path in written)
    print(f"\nNästa steg: öppna {where}, fyll i och kör sedan {called.command()} check {looked_at}")
    print(f"När kontrollen är grön skickar du in {paths}:")
    print(handing_in.shown(handing_in.by_git(delivery(options.innehåll, written[::-1], begun[-1].title))))
    return 0


def delivery(content: Path, paths: Sequence[Path], title: str) -> Delivery:
    """Return what is handed in: files of the bank, the document's first."""
    top = content.resolve().parent
    return Delivery(tuple(path.resolve().relative_to(top).as_posix() for path in paths), title)


def _write(path: Path, text: str) -> None:
    """Write a new file, never over another one; raises UsageError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        message = f"{path} finns redan, så inget har skrivits. Öppna filen och ändra i den, eller flytta den först."
        raise UsageError(message) from None
    except OSError as error:
        raise UsageError(f"{path} går inte att skriva ({why(error)}). Inget har skrivits.") from None


def _report(path: Path, begun: Skeleton) -> None:
    print(f"Skapade {path}")
    print("\nKvar att fylla i:")
    for rule in begun.left:
        print(f"  {rule.key}: {rule.help}")
    print("  texten: skriv under rubrikerna. Hjälpen i <!-- … --> syns inte på sidan och får stå kvar.")
