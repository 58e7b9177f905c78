"""`kunskapsbank export` and `kunskapsbank archive`: the records as tables to take away, and the whole bank to keep."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kunskapsbank.cli import called
from kunskapsbank.cli.parsing import UsageError, opened, today
from kunskapsbank.exports import archive, package, tables
from kunskapsbank.files.faults import why
from kunskapsbank.search import opensearch

if TYPE_CHECKING:
    import argparse

    from kunskapsbank.bank import Bank

_EXPORT = (
    "Skriver bankens poster. Som tabeller: CSV som Excel öppnar rätt, JSON Lines, och en beskrivning av dem "
    "(Frictionless Data Package). Som opensearch: det som sökmotorn OpenSearch tar in, med svensk analys och exempel "
    "på frågor. Påhittade exempel är inte med."
)
_TABLES, _OPENSEARCH = "tabeller", "opensearch"
_ARCHIVE = (
    "Packar hela banken för långtidsbevarande: innehållet, posterna som tabeller och en läsbar sida av varje dokument, "
    "med innehållsförteckning och kontrollsummor (BagIt). Med --verify kontrolleras att ett arkiv är helt."
)


def add(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the commands to the parser."""
    parser = commands.add_parser("export", parents=[shared], help="skriv posterna som tabeller", description=_EXPORT)
    parser.set_defaults(run=_export)
    parser.add_argument(
        "sort", nargs="?", choices=(_TABLES, _OPENSEARCH), default=_TABLES, help="tabeller eller opensearch"
    )
    parser.add_argument("mapp", metavar="MAPP", type=Path, help="mappen där filerna skrivs, ny eller tom")
    parser = commands.add_parser("archive", parents=[shared], help="packa hela banken", description=_ARCHIVE)
    parser.set_defaults(run=_archive)
    parser.add_argument("mapp", metavar="MAPP", type=Path, help="arkivets mapp, ny eller tom")
    parser.add_argument("--verify", action="store_true", help="kontrollera att arkivet i mappen är helt")


def _export(options: argparse.Namespace) -> int:
    place: Path = options.mapp
    if place.name == str(place) == _OPENSEARCH:
        raise UsageError(f"ange också mappen: {called.command()} export {_OPENSEARCH} MAPP.")
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise UsageError(f"{place} finns redan och är inte tom. Ange en ny mapp.")
    bank = _sound(options)
    if bank is None:
        return 1
    files = opensearch.files(bank) if options.sort == _OPENSEARCH else _tables(bank)
    try:
        place.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (place / name).parent.mkdir(exist_ok=True)
            (place / name).write_text(text, "utf-8", newline="")
    except OSError as error:
        raise UsageError(f"{place} går inte att skriva: {why(error)}.") from None
    print(f"{len(files)} filer har skrivits till {place}.")
    return 0


def _tables(bank: Bank) -> dict[str, str]:
    return package.files(tables.tables(bank.catalogue), package.about(bank.catalogue))


def _archive(options: argparse.Namespace) -> int:
    place: Path = options.mapp
    try:
        if options.verify:
            return _told(archive.verify(place), place)
        bank = _sound(options)
        if bank is None:
            return 1
        about = package.about(bank.catalogue)
        count = archive.write(bank.catalogue, options.innehåll, place, about, today())
    except archive.ArchiveError as error:
        raise UsageError(str(error)) from None
    except OSError as error:
        raise UsageError(f"{place} går inte att skriva: {why(error)}.") from None
    again = f"{called.command()} archive --verify {place}"
    print(f"{count} filer har packats i {place}. Kontrollera arkivet senare med {again}")
    return 0


def _told(faults: list[str], place: Path) -> int:
    for fault in faults:
        print(fault)
    print(f"Arkivet {place} är inte helt." if faults else f"Arkivet {place} är helt: alla filer är som när det skrevs.")
    return 1 if faults else 0


def _sound(options: argparse.Namespace) -> Bank | None:
    """Return the bank, or None where its content has errors, which are told."""
    bank = opened(options)
    for problem in bank.catalogue.errors:
        print(problem, file=sys.stderr)
    if bank.catalogue.errors:
        print("Inget har skrivits: rätta felen först.", file=sys.stderr)
        return None
    return bank
