"""`kunskapsbank followup`: what the bank still lacks, as a list, a table or letters that ask for it."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any

from kunskapsbank.accounts import follow_up, letters
from kunskapsbank.accounts.paper import Draft, line
from kunskapsbank.accounts.parts import owners_text
from kunskapsbank.accounts.plain_text import of_blocks
from kunskapsbank.cli import called
from kunskapsbank.cli.account import OWNER, owner, words_of
from kunskapsbank.cli.parsing import UsageError, opened, today
from kunskapsbank.exports.package import as_csv
from kunskapsbank.exports.tables import Column, Table
from kunskapsbank.model.vocabulary import OWNERS
from kunskapsbank.swedish.phrases import listed

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from kunskapsbank.accounts.follow_up import Lack
    from kunskapsbank.cli.parsing import Shared
    from kunskapsbank.model.catalogue import Catalogue

FORMATS = ("text", "csv", "json")
_BETWEEN_LETTERS = f"\n{'-' * 80}\n\n"
_HELP = (
    "Visar vad banken saknar: projekt utan redovisning, rapporter som finns men inte i banken, okända resultat, "
    "saknade jämställdhetsanalyser och reserapporter, oanvända medel och år där banken har för få projekt. "
    "Med --brev skrivs ett brev till varje ägare som kan ha det som saknas."
)
_COLUMNS = (
    Column("saknas", "Saknas", "Vad det är som saknas."),
    Column("år", "År", "Året som pengarna gäller.", "year"),
    Column("vad", "Vad", "Projektet eller handlingen."),
    Column("ägare", "Ägare", "Ägaren, med namnet som gällde då.", "list"),
    Column("ägare i dag", "Ägare i dag", "Ägaren som har tagit över.", "list"),
    Column("antal", "Antal", "Hur många det gäller.", "integer"),
    Column("källan säger", "Källan säger", "Var det står att handlingen finns, eller vad som är känt."),
    Column("utlysning", "Utlysning", "Årets utlysning, när ägaren inte är känd."),
    Column("adress", "Adress", "Sidans adress i banken, räknad från startsidan."),
)


def add(commands: Any, shared: Shared) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("followup", parents=[shared], help="visa vad banken saknar", description=_HELP)
    parser.set_defaults(run=_follow_up)
    parser.add_argument("--år", metavar="ÅR", help="bara det som saknas om ett år")
    flag = f"--{shared.settings.owner.key}"
    parser.add_argument(flag, dest=OWNER, metavar="NAMN", help="bara det som en ägare kan ha, också under äldre namn")
    parser.add_argument("--format", metavar="FORMAT", default="text", help=listed(FORMATS, "eller"))
    parser.add_argument("--brev", action="store_true", help="skriv brev till ägarna, ett för varje")


def _follow_up(options: argparse.Namespace) -> int:
    if options.format not in FORMATS:
        raise UsageError(f"--format: '{options.format}' finns inte. Välj {listed(FORMATS, 'eller')}.")
    if options.brev and options.format != "text":
        raise UsageError("--brev skriver text: ta bort --format.")
    if options.år is not None and not re.fullmatch(r"[0-9]{4}", options.år):
        raise UsageError(f"--år: '{options.år}' är inget årtal. Skriv till exempel --år 2018.")
    catalogue = opened(options).catalogue
    if catalogue.errors:
        count = len(catalogue.errors)
        print(f"Innehållet har {count} fel, så något kan saknas. Kör {called.command()} check.", file=sys.stderr)
    year = int(options.år) if options.år else None
    district = owner(catalogue, options.owner) if options.owner else None
    found = follow_up.lacks(catalogue, today(), year, district)
    if options.brev:
        made = letters.letters(catalogue, found, words_of(catalogue))
        if district:
            # What several owned together is asked of each, but nobody else was asked for.
            asked = {now.label for now in (catalogue.vocabularies[OWNERS].successors(district) or (district,))}
            made = tuple(letter for letter in made if letter.recipient in asked)
        sys.stdout.write(_BETWEEN_LETTERS.join(letter.text() for letter in made))
        if not made:
            print("Banken saknar inget som går att fråga efter.", file=sys.stderr)
    elif options.format == "csv":
        sys.stdout.write(as_csv(_table(catalogue, found)))
    elif options.format == "json":
        print(json.dumps([_object(catalogue, lack) for lack in found], ensure_ascii=False, indent=2))
    else:
        sys.stdout.write(_text(found))
    return 0


def _text(found: Iterable[Lack]) -> str:
    draft = Draft()
    for sort in follow_up.Sort:
        lacks = [lack for lack in found if lack.sort is sort]
        if lacks:
            draft.heading(1, f"{sort.heading}: {sum(lack.number for lack in lacks)}")
            draft.paragraph(sort.meaning)
            draft.bullets(line(_told(lack)) for lack in lacks)
    if not draft.blocks:
        draft.paragraph("Banken saknar ingenting som den känner till.")
    return of_blocks(draft.blocks)


def _told(lack: Lack) -> str:
    whose = owners_text(lack.owners) or (lack.call.title if lack.call else "")
    told = f" {lack.told}" if lack.told else ""
    return f"{lack.year}: {lack.what}{f' ({whose})' if whose else ''}.{told}"


def _table(catalogue: Catalogue, found: Iterable[Lack]) -> Table:
    rows = tuple(tuple(_object(catalogue, lack).values()) for lack in found)
    return Table("uppföljning", "Uppföljning", _COLUMNS, rows)


def _object(catalogue: Catalogue, lack: Lack) -> dict[str, Any]:
    terms = catalogue.vocabularies[OWNERS]
    now = [one for then in lack.owners for one in (terms.successors(then) or (then,))]
    values = (
        lack.sort.heading,
        lack.year,
        lack.what,
        tuple(one.label for one in lack.owners),
        tuple(dict.fromkeys(one.label for one in now)),
        lack.number,
        lack.told,
        lack.call.title if lack.call else "",
        lack.url or "",
    )
    return {column.name: value for column, value in zip(_COLUMNS, values, strict=True)}
