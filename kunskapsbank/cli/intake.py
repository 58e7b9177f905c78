"""`kunskapsbank import`: finished reports from a word processor into the bank, and what is left for the editor."""

from __future__ import annotations

import argparse
import re
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from kunskapsbank import checks
from kunskapsbank.checks import unconfirmed
from kunskapsbank.cli import asking, called
from kunskapsbank.cli.asking import StoppedError, choose, chosen
from kunskapsbank.cli.new import delivery
from kunskapsbank.cli.ordering import Ordering
from kunskapsbank.cli.parsing import UsageError, opened, today
from kunskapsbank.files.faults import why
from kunskapsbank.files.unreadable import UnreadableError
from kunskapsbank.intake import conversion, document, naming, placing
from kunskapsbank.model import vocabulary
from kunskapsbank.model.kinds import Kind
from kunskapsbank.problems import Severity
from kunskapsbank.reading import schema
from kunskapsbank.suggest import projects, suggestions
from kunskapsbank.swedish.phrases import listed
from kunskapsbank.swedish.text import fold, normalise
from kunskapsbank.writing import handing_in, new_document
from kunskapsbank.writing.new_document import Order, file_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date
    from types import FrameType

    from kunskapsbank.cli.parsing import Shared
    from kunskapsbank.intake.conversion import Converted
    from kunskapsbank.model.catalogue import Catalogue
    from kunskapsbank.model.record import Record
    from kunskapsbank.problems import Problem

_HELP = (
    "Gör om färdiga rapporter (.docx, .odt, .pdf med text eller .html) till bankens format och lägger dem på rätt "
    "plats: %(prog)s rapport.docx --typ slutrapport --projekt {project} --år 2025. Ett nytt projekt och dess första "
    'rapport på en gång: %(prog)s rapport.docx --typ slutrapport --nytt-projekt "Namnet" --ägare {owner} --år 2025. '
    "Det som saknas frågar kommandot efter. Ingen fil skrivs över."
)
_KINDS = tuple(kind for kind in Kind if kind.rule.is_report)
_ORIGINAL_LEFT_OUT = "Originalet är inte sparat bredvid, eftersom {why}."
_CHECK_ORIGINAL = (
    "Originalet läggs ut precis som det är, med kommentarer, ändringar och namn på den som skrivit: kontrollera att "
    "allt i det får publiceras."
)


def add(commands: Any, shared: Shared) -> None:
    """Add the command to the parser."""
    examples = shared.settings.examples
    told = _HELP.format(project=examples.project, owner=examples.an_owner)
    parser = commands.add_parser("import", parents=[shared], help="ta in en färdig rapport", description=told)
    parser.set_defaults(run=_import)
    parser.add_argument("filer", nargs="+", metavar="FIL", type=Path, help="rapporten; flera kan anges")
    parser.add_argument("--typ", metavar="TYP", help="till exempel slutrapport, projektplan eller reserapport")
    parser.add_argument("--projekt", metavar="PROJEKT", help="projektets mapp, namn eller alias")
    parser.add_argument("--nytt-projekt", metavar="NAMN", help="skapa också projektets sida, med det här namnet")
    parser.add_argument(
        "--ägare", metavar="NAMN", action="append", help="den som äger det nya projektet, resan eller rapporten"
    )
    parser.add_argument("--år", metavar="ÅR", action="append", help="året som pengarna gäller")
    parser.add_argument("--plats", metavar="PLATS", help="dit resan gick, för en reserapport")
    parser.add_argument("--original", action="store_true", help="spara också originalet bredvid texten")


@dataclass(frozen=True, slots=True)
class _Placed:
    """A report that is in the bank: the file it came from, its path there, the files beside it, and the remarks.

    `paths` has the report's first, and last the page of its project, where that was made too (`with_project`).
    """

    source: Path
    file: str
    paths: tuple[Path, ...]
    remarks: tuple[str, ...]
    title: str
    with_project: bool


def _import(options: argparse.Namespace) -> int:
    catalogue = opened(options).catalogue
    if not asking.can_ask():
        # What is missing or wrong is told before any file is read.
        _Asking(catalogue, options, today()).order()
    before = signal.signal(signal.SIGTERM, _stop)
    try:
        return _taken_in(catalogue, options)
    finally:
        signal.signal(signal.SIGTERM, before)


def _taken_in(catalogue: Catalogue, options: argparse.Namespace) -> int:
    placed: list[_Placed] = []
    failed: list[tuple[Path, str]] = []
    converted = _converted(options.filer, failed)
    try:
        for path, report in converted:
            try:
                begun = {path for one in placed for path in one.paths}
                placed.append(_placed(path, report, catalogue, options, begun))
            except placing.TakenError as error:
                failed.append((path, f"{error} finns redan. Ändra i den, eller flytta den först. Inget är skrivet."))
            except UsageError as error:
                if not placed and not failed:
                    raise
                failed.append((path, f"{error} Inget är skrivet."))
            except OSError as error:
                failed.append((path, f"det gick inte att skriva ({why(error)}). Inget är skrivet."))
    except (StoppedError, KeyboardInterrupt):
        _report(placed, failed, options)
        if not placed:
            raise StoppedError from None
        print("Avbrutet. Det som står ovan är inlagt, resten inte.", file=sys.stderr)
        return 130
    _report(placed, failed, options)
    return 1 if failed else 0


def _stop(number: int, frame: FrameType | None) -> None:
    """End as by Ctrl-C when the system asks for it, so that nothing is left half done."""
    raise KeyboardInterrupt


def _converted(paths: Sequence[Path], failed: list[tuple[Path, str]]) -> list[tuple[Path, Converted]]:
    """Read the files, and note those that cannot be read; a terminal shows the progress when there are several."""
    found = []
    hidden = len(paths) < 2 or not sys.stderr.isatty()
    shown = tqdm(
        paths, disable=hidden, leave=False, bar_format="Läser filer: {bar} {n_fmt} av {total_fmt}", file=sys.stderr
    )
    try:
        for path in shown:
            try:
                found.append((path, conversion.convert(path)))
            except UnreadableError as error:
                failed.append((path, str(error)))
    except KeyboardInterrupt:
        raise StoppedError from None
    finally:
        shown.close()
    return found


def _placed(
    path: Path, report: Converted, catalogue: Catalogue, options: argparse.Namespace, begun: Collection[Path]
) -> _Placed:
    """Ask for what is missing and write one report, and the page of its project where that is new.

    `begun` are the files that were written before. Raises TakenError, OSError, UsageError and StoppedError.
    """
    if asking.can_ask():
        print(f"\n{path.name}" + (f": {report.title}" if report.title else ""))
    asked = _Asking(catalogue, options, today(), report, path.stem)
    order = asked.order()
    file = file_of(order)
    remarks = [*report.remarks]
    original = document.original_name(report) if options.original else ""
    beside = dict(report.pictures)
    if original and report.original is not None:
        beside[original] = report.original
        remarks.append(_CHECK_ORIGINAL)
    elif options.original:
        why = "det innehåller makron eller annan kod" if report.original is None else "webbsidor inte får läggas ut så"
        remarks.append(_ORIGINAL_LEFT_OUT.format(why=why))
    pages = {}
    if asked.new_project and (options.innehåll / file_of(asked.new_project)) not in begun:
        page = document.of_project(asked.new_project, asked.suggestions, catalogue.vocabularies, today())
        pages[file_of(asked.new_project)] = page
    text = document.written(
        report,
        order,
        asked.suggestions,
        catalogue.vocabularies,
        today(),
        original,
        with_project=bool(asked.new_project),
    )
    paths = placing.place(options.innehåll, file, text, beside, pages)
    names = {name: placed.name for name, placed in zip(beside, paths[1:], strict=False)}
    told = tuple(naming.told(remark, names) for remark in remarks)
    title = report.title or new_document.title(order, catalogue.vocabularies[vocabulary.KINDS].get(order.kind))
    return _Placed(path, file, paths, told, title, bool(pages))


def _report(placed: Sequence[_Placed], failed: Sequence[tuple[Path, str]], options: argparse.Namespace) -> None:
    """Say what was written, what the editor must look at and do, and what could not be taken in."""
    if placed:
        catalogue = opened(options).catalogue
        problems = sorted({*catalogue.problems, *checks.remarks(catalogue)})
    for one in placed:
        beside = one.paths[1 : len(one.paths) - one.with_project]
        count = len(beside)
        files = f" och {count} {'fil' if count == 1 else 'filer'} bredvid" if count else ""
        print(f"\n{one.source.name} → {one.paths[0]}{files}")
        for path in beside:
            print(f"  {path.name}")
        if one.with_project:
            print(f"Projektets sida → {one.paths[-1]}")
        if one.remarks:
            print("Titta på:")
        for remark in dict.fromkeys(one.remarks):
            print(f"  {remark}")
        own = {one.file, *(path.relative_to(options.innehåll).as_posix() for path in one.paths)}
        found = sorted((problem for problem in problems if problem.file in own), key=_weight)
        suggested = [*dict.fromkeys(problem.field for problem in found if problem.rule == unconfirmed.RULE)]
        if suggested:
            print(f"Förslag att kontrollera, med stället i texten ovanför fältet: {listed(suggested)}.")
        found = [problem for problem in found if problem.rule != unconfirmed.RULE]
        if found:
            print(f"Kvar att göra enligt {called.command()} check:")
        for told in _grouped(found):
            print("  " + told.replace("\n", "\n  "))
    if failed:
        print(f"\n{_files(len(failed))} togs inte in:", file=sys.stderr)
    for path, message in failed:
        print(f"  {path}: {message}", file=sys.stderr)
    if placed:
        documents = [path for one in placed for path in (one.paths[0], *one.paths[len(one.paths) - one.with_project :])]
        print(
            "\nNästa steg: öppna texten, jämför den med originalet, kontrollera förslagen och fyll i det som saknas. "
            f"Kör sedan {called.command()} check {' '.join(called.typed(str(path)) for path in documents)}"
        )
        print("När kontrollen är grön skickar du in:")
        paths = [path for one in placed for path in one.paths]
        print(handing_in.shown(handing_in.by_git(delivery(options.innehåll, paths, placed[0].title))))


def _weight(problem: Problem) -> tuple[bool, list[str | int], int]:
    """Return what to sort a problem by: errors first, then by place, numbers in names as numbers."""
    parts: list[str | int] = [int(part) if part.isdecimal() else part for part in re.split(r"(\d+)", problem.file)]
    return problem.severity is not Severity.ERROR, parts, problem.line


def _grouped(problems: Sequence[Problem]) -> Iterator[str]:
    """Yield what is told of problems; of one kind in one file together, with all its lines."""
    groups: dict[tuple[object, ...], list[Problem]] = {}
    for one in problems:
        groups.setdefault((one.file, one.severity, one.field, one.message, one.hint), []).append(one)
    for found in groups.values():
        lines = [str(one.line) for one in found]
        more = f" Samma sak på {'rad' if len(lines) == 2 else 'raderna'} {listed(lines[1:])}." if lines[1:] else ""
        yield f"{found[0]}{more}"


def _files(count: int) -> str:
    return "En fil" if count == 1 else f"{count} filer"


class _Asking(Ordering):
    """Puts together what a report is, of the options, of its text and, in a terminal, of answers.

    Without a report it only looks whether the options say enough, and are right.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        options: argparse.Namespace,
        today: date,
        report: Converted | None = None,
        stem: str = "",
    ) -> None:
        given = argparse.Namespace(
            typ=options.typ,
            namn=options.plats,
            projekt=options.projekt,
            nytt_projekt=options.nytt_projekt,
            år=options.år,
            ägare=options.ägare,
        )
        super().__init__(catalogue, given, today)
        self.report = report
        self.stem = normalise(stem)
        asked_from = catalogue.settings.equality.asked_from
        self.suggestions = suggestions.suggest(report.text, catalogue.vocabularies, asked_from) if report else ()

    def order(self) -> Order:
        kind = self.kind()
        self.refuse_strays(kind)
        project = self.project(kind)
        name = self.name(kind)
        years = self.years(kind, project)
        owners = self.owners(kind, years) if self.owners_written and not self.new_project_written else ()
        project = self.begun_project(years) or project
        if self.missing:
            raise UsageError(self.lacking("import"))
        return Order(kind, years, project, name, owners)

    def refuse_strays(self, kind: Kind) -> None:
        label = self.catalogue.vocabularies[vocabulary.KINDS].label(kind)
        if self.owners_written and not self.new_project_written and kind.rule.in_project:
            raise UsageError("--ägare hör till ett nytt projekt: skriv också --nytt-projekt.")
        if self.new_project_written:
            super().refuse_strays(kind)
        if self.name_written and kind.rule.name_of != "place":
            raise UsageError(f"--plats hör inte till {label}.")

    def kind(self) -> Kind:
        choices = self.kinds(_KINDS)
        if self.kind_written:
            return Kind(self.settled("--typ", self.kind_written, lambda answer: chosen(answer, choices)))
        if self.asks and self.report:
            guess = self.guess("kind")
            default = guess if any(fold(guess) == fold(choice.label) for choice in choices) else ""
            return Kind(choose("Vad är det för dokument?", choices, default))
        others = [
            option for option, given in (("--projekt", self.project_written), ("--år", self.years_written)) if not given
        ]
        # Only with the kind known is it clear what else it needs.
        also = f" Projektets dokument behöver också {listed(others)}." if others else ""
        kinds = listed([choice.label for choice in choices], "eller")
        raise UsageError(f"det här saknas: --typ, som är {kinds}.{also}")

    def next_year(self, kind: Kind, project: Record | None) -> str:
        return self.guess("years") or super().next_year(kind, project)

    def guess(self, attribute: str) -> str:
        """Return what the report's text suggests for a field, as the likely answer; "" where it suggests nothing."""
        key = schema.key_of(attribute)
        return next((str(one.value) for one in self.suggestions if one.key == key), "")

    def likely_projects(self) -> Sequence[Record]:
        if self.report is None:
            return ()
        return projects.named(self.report.title, self.report.markdown, self.catalogue)

    def name(self, kind: Kind) -> str:
        if kind.rule.name_of == "title":
            return (self.report.title if self.report else "") or self.stem
        if kind.rule.name_of and not self.name_written and not self.asks:
            self.missing.append("--plats")
            return ""
        return super().name(kind)
