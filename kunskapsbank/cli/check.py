"""`kunskapsbank check`: every problem of the content, in Swedish."""

from __future__ import annotations

import argparse
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from kunskapsbank import bank, checks
from kunskapsbank.checks import kept_bank, links, shown
from kunskapsbank.cli.parsing import UsageError, cache, today
from kunskapsbank.cli.parsing import catalogue as read_catalogue
from kunskapsbank.problems import Severity
from kunskapsbank.reading import settings_file
from kunskapsbank.swedish.phrases import listed
from kunskapsbank.swedish.text import normalise

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from kunskapsbank.model.catalogue import Catalogue
    from kunskapsbank.problems import Problem

_HELP = (
    "Läser allt innehåll och visar alla fel, med fil, rad och vad du kan göra. Slutar med 0 om det inte finns några "
    "fel, 1 om det finns fel och 2 om kommandot är fel skrivet. Ordet inom hakparentes är regelns namn, om du behöver "
    "göra ett undantag: skriv <!-- tillåt regeln: skälet --> på samma rad, eller # tillåt regeln: skälet bland fälten."
)
_FORMATS = ("text", "gitlab", "json")
_EVERYTHING = ""


def add(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("check", parents=[shared], help="kontrollera innehållet", description=_HELP)
    parser.set_defaults(run=_check)
    parser.add_argument(
        "sökvägar",
        nargs="*",
        metavar="SÖKVÄG",
        help="visa bara det som gäller dessa filer eller mappar, till exempel content/projekt/ljusare-kvallar",
    )
    parser.add_argument(
        "--format",
        type=_format,
        default="text",
        metavar="FORMAT",
        help="text, gitlab (Code Quality i GitLab) eller json",
    )
    parser.add_argument("--bara-fel", action="store_true", help="visa inga anmärkningar")
    parser.add_argument(
        "--external", action="store_true", help="pröva också länkar till andra webbplatser (tar tid, kräver internet)"
    )
    parser.add_argument(
        "--interna", action="store_true", help="med --external: pröva också länkar till det egna nätet, som intranätet"
    )


def _format(written: str) -> str:
    if written not in _FORMATS:
        raise argparse.ArgumentTypeError(f"'{written}' finns inte. Välj {listed(_FORMATS, 'eller')}.")
    return written


def _check(options: argparse.Namespace) -> int:
    if options.interna and not options.external:
        raise UsageError("--interna gäller länkarna som prövas med --external: skriv båda.")
    problems, where = _of_few(options) or _of_whole(options)
    if options.format == "gitlab":
        sys.stdout.write(shown.gitlab(problems, _in_repository(options.innehåll)))
    elif options.format == "json":
        sys.stdout.write(shown.as_json(problems))
    else:
        sys.stdout.write(shown.text(problems))
        print(_summary(problems, where))
    return 1 if any(problem.severity is Severity.ERROR for problem in problems) else 0


def _of_few(options: argparse.Namespace) -> tuple[Sequence[Problem], str] | None:
    """Return what is told of the paths by what was kept of the rest, and where; None where only the whole can tell."""
    if not options.sökvägar or options.external:
        return None
    kept = kept_bank.opened(options.innehåll, today(), cache(options))
    if kept is None:
        return None
    scope = [_place(written, options.innehåll, kept.files) for written in options.sökvägar]
    problems = kept.told(lambda file: any(_is_within(file, place) for place in scope), options.bara_fel)
    return None if problems is None else (problems, _of_paths(options.sökvägar))


def _of_whole(options: argparse.Namespace) -> tuple[Sequence[Problem], str]:
    """Return what is told of the whole bank or of the paths in it, and where; what the next check needs is kept."""
    began = time.time_ns()
    catalogue = _read(options)
    names = [*catalogue.texts, *catalogue.assets, *catalogue.refused]
    scope = [_place(written, options.innehåll, names) for written in options.sökvägar]
    problems = [problem for problem in _problems(catalogue, options, scope) if _is_shown(problem, scope, catalogue)]
    if not options.bara_fel:
        kept_bank.keep(catalogue, options.innehåll, cache(options), began)
    return problems, _of_paths(options.sökvägar) if scope else f"{len(catalogue.records)} dokument och projekt"


def _read(options: argparse.Namespace) -> Catalogue:
    found = read_catalogue(options)
    if not any(True for _ in links.to_places(found.documents, found.snapshot.generated)):
        return found
    # What makes pages takes long to load, and only such links need it.
    from kunskapsbank import pages

    return pages.checked(bank.of(found)).catalogue


def _problems(catalogue: Catalogue, options: argparse.Namespace, scope: Sequence[str]) -> Sequence[Problem]:
    problems = {*catalogue.problems}
    if options.external:
        problems.update(checks.outside_links(catalogue, cache(options), datetime.now(UTC), options.interna))
    if options.bara_fel:
        return sorted(problem for problem in problems if problem.severity is Severity.ERROR)
    if scope:
        asked = checks.remarks_within(
            catalogue, lambda file: any(_is_within(file, place) for place in scope), cache(options)
        )
        return sorted({*problems, *asked})
    return sorted({*problems, *checks.remarks(catalogue, cache(options))})


def _place(written: str, content: Path, names: Iterable[str]) -> str:
    """Return a path as problems name it, relative to the content; raises UsageError for one that is not there.

    `names` are those of the bank's files.
    """
    # With links followed only where the path as it is typed does not lead into the content.
    ways = (
        (os.path.abspath(written), os.path.abspath(content)),
        (os.path.realpath(written), os.path.realpath(content)),
    )
    inside = [
        PurePosixPath(Path(normalise(path)).relative_to(normalise(folder)).as_posix())
        for path, folder in ways
        if Path(normalise(path)).is_relative_to(normalise(folder))
    ]
    is_there = os.path.exists(written)
    if inside and (is_there or _is_known(inside[0], names)):
        return _EVERYTHING if inside[0] == PurePosixPath() else str(inside[0])
    # As problems name it, to be copied from there.
    if not is_there and not os.path.isabs(written) and _is_known(named := PurePosixPath(normalise(written)), names):
        return str(named)
    if is_there:
        raise UsageError(f"{written} ligger inte i bankens innehåll ({content}).")
    raise UsageError(f"{written} finns inte. Skriv sökvägen från den mapp du står i.")


def _is_known(place: PurePosixPath, names: Iterable[str]) -> bool:
    """Tell whether the bank has the file or folder, by its composed name: the disk may have it decomposed."""
    return any(_is_within(name, str(place)) for name in names)


def _is_shown(problem: Problem, scope: Collection[str], catalogue: Catalogue) -> bool:
    if not scope or any(_is_within(problem.file, place) for place in scope):
        return True
    # With such a vocabulary, or such settings, most of the bank goes unchecked, so that nothing else would be true of
    # any file.
    if problem.file == settings_file.FILE:
        return catalogue.settings.broken
    return any(terms.broken and terms.file == problem.file for terms in catalogue.vocabularies.values())


def _is_within(file: str, place: str) -> bool:
    return place == _EVERYTHING or file == place or file.startswith(f"{place}/")


def _of_paths(written: Sequence[str]) -> str:
    return normalise(written[0]) if len(written) == 1 else f"de {len(written)} filer och mappar som angavs"


def _summary(problems: Sequence[Problem], where: str) -> str:
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    remarks = len(problems) - errors
    counts = f"{errors} fel" if errors else "Inga fel"
    told = f" och {remarks} {'anmärkning' if remarks == 1 else 'anmärkningar'}" if remarks else ""
    return f"{counts}{told} i {where}."


def _in_repository(content: Path) -> str:
    """Return the content folder's path from the root of its repository; its own name where there is none."""
    folder = content.resolve()
    root = next((parent for parent in (folder, *folder.parents) if (parent / ".git").exists()), folder.parent)
    place = folder.relative_to(root).as_posix()
    return "" if place == "." else place
