"""`kunskapsbank account`: the account of a year, or a district's report of it, as text, Word, HTML or Markdown."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kunskapsbank.accounts import account, notice
from kunskapsbank.accounts import year as years
from kunskapsbank.accounts.markdown import markdown
from kunskapsbank.accounts.plain_text import plain_text
from kunskapsbank.accounts.web import web
from kunskapsbank.cli import called
from kunskapsbank.cli.parsing import UsageError, opened, today
from kunskapsbank.files.faults import why, why_unread
from kunskapsbank.model import vocabulary
from kunskapsbank.swedish.phrases import listed, years_text
from kunskapsbank.swedish.text import sort_key

if TYPE_CHECKING:
    import argparse

    from kunskapsbank.accounts.paper import Paper
    from kunskapsbank.cli.parsing import Shared
    from kunskapsbank.model.account_words import AccountWords
    from kunskapsbank.model.catalogue import Catalogue
    from kunskapsbank.model.vocabulary import Term

WORD = "docx"
# Where the options have an owner, whatever the bank calls the flag.
OWNER = "owner"
FORMATS = ("text", WORD, "html", "md")
_ENDINGS = {"text": ".txt", **{name: f".{name}" for name in FORMATS[1:]}}

_HELP = (
    "Skriver redovisningen av ett år till {committee}, med inriktning och regler ur den utlysning som beslutades "
    "samtidigt: %(prog)s 2018 --output redovisning-2018.docx. Med --{key} skrivs en anmälan för den. "
    "Det som banken inte vet står samlat sist i texten."
)


def add(commands: Any, shared: Shared) -> None:
    """Add the command to the parser."""
    key = shared.settings.owner.key
    told = _HELP.format(committee=shared.settings.committee, key=key)
    parser = commands.add_parser("account", parents=[shared], help="skriv ett års redovisning", description=told)
    parser.set_defaults(run=_account)
    parser.add_argument("år", metavar="ÅR", help="året som ska redovisas, till exempel 2018")
    parser.add_argument(f"--{key}", dest=OWNER, metavar="NAMN", help="skriv en anmälan för den här i stället")
    parser.add_argument(
        "--format",
        metavar="FORMAT",
        help=f"{listed(FORMATS, 'eller')}; annars filens ändelse, eller text",
    )
    parser.add_argument("--output", metavar="FIL", type=Path, help="skriv till en ny fil; inget skrivs någonsin över")
    parser.add_argument(
        "--template", metavar="FIL", type=Path, help="egen Wordmall (.docx eller .dotx) för --format docx"
    )


def _account(options: argparse.Namespace) -> int:
    form = _format(options)
    if options.template and form != WORD:
        raise UsageError(f"--template gäller bara Word: skriv --format {WORD}.")
    if form == WORD and options.output is None:
        raise UsageError("en Word-fil kan inte visas här. Ange en fil, till exempel --output redovisning.docx.")
    if options.output is not None:
        refuse_taken(options.output)
    catalogue = opened(options).catalogue
    if catalogue.errors:
        count = len(catalogue.errors)
        print(f"Innehållet har {count} fel, så något kan saknas. Kör {called.command()} check.", file=sys.stderr)
    words = words_of(catalogue)
    year = _year(options.år, catalogue)
    paper = _paper(catalogue, year, options.owner, words)
    if form == WORD:
        write_new(options.output, _word(paper, options.template))
    else:
        text = {"text": plain_text, "html": web, "md": markdown}[form](paper)
        if options.output is None:
            sys.stdout.write(text)
        else:
            write_new(options.output, text.encode())
    if options.output is not None:
        print(f"Skrev {options.output}.")
    return 0


def _format(options: argparse.Namespace) -> str:
    """Return the format asked for; raises UsageError for one that is not there, or that the file's ending denies."""
    asked: str | None = options.format
    if asked is not None and asked not in FORMATS:
        raise UsageError(f"--format: '{asked}' finns inte. Välj {listed(FORMATS, 'eller')}.")
    if options.output is None:
        return asked or "text"
    ending = options.output.suffix.lower()
    of_ending = next((name for name, known in _ENDINGS.items() if known == ending), None)
    if asked is None and of_ending is None:
        endings = listed([*_ENDINGS.values()], "eller")
        raise UsageError(f"--output: {options.output} slutar inte på {endings}. Byt namn, eller ange --format.")
    if asked is not None and _ENDINGS[asked] != ending:
        right = options.output.with_suffix(_ENDINGS[asked])
        raise UsageError(f"--output: {options.output} ska sluta på {_ENDINGS[asked]} när formatet är {asked}: {right}.")
    return asked or of_ending or "text"


def words_of(catalogue: Catalogue) -> AccountWords:
    """Return the words of accounts; raises UsageError where they could not be read."""
    if catalogue.account_words is None:
        raise UsageError(
            f"filen med redovisningens ord har fel eller saknas. Kör {called.command()} check, som säger vad."
        )
    return catalogue.account_words


def _year(written: str, catalogue: Catalogue) -> int:
    """Return the year; raises UsageError for what is no year, or one that there is nothing to account for."""
    if not re.fullmatch(r"[0-9]{4}", written):
        raise UsageError(f"'{written}' är inget årtal. Skriv till exempel {called.command()} account 2018.")
    year, known = int(written), years.years(catalogue)
    if not known:
        raise UsageError("kunskapsbanken har inga projekt med medel, så det finns inget att redovisa.")
    if year in known:
        return year
    if year < known[0]:
        raise UsageError(f"{year} är före kunskapsbankens första år med medel, {known[0]}.")
    there = f"Det går att redovisa {years_text(known)}."
    raise UsageError(f"kunskapsbanken har inget om projekt eller resor som fick medel för {year}. {there}")


def _paper(catalogue: Catalogue, year: int, district: str | None, words: AccountWords) -> Paper:
    if district is None:
        return account.account(catalogue, year, words)
    term = owner(catalogue, district)
    if not term.is_district:
        flag = f"--{catalogue.settings.owner.key}"
        raise UsageError(f"{flag}: {term.label} arbetar för alla och har ingen egen nämnd. Ta bort {flag}.")
    return notice.notice(catalogue, year, term, words)


def owner(catalogue: Catalogue, name: str) -> Term:
    """Return the owner of this name; raises UsageError for one that is not there, with the nearest that is."""
    terms = catalogue.vocabularies[vocabulary.OWNERS]
    if found := terms.find(name):
        return found
    close = terms.suggestion(name)
    labels = listed(sorted((term.label for term in terms if not term.successors), key=sort_key))
    hint = f"Menade du '{close}'?" if close else f"Välj bland {labels}."
    raise UsageError(f"--{catalogue.settings.owner.key}: '{name}' finns inte. {hint}")


def _word(paper: Paper, template: Path | None) -> bytes:
    # Loaded when it is asked for: a Word library is much for those who want a text.
    from kunskapsbank.accounts.word import TemplateError, word

    data = None
    if template is not None:
        try:
            data = template.read_bytes()
        except OSError as error:
            raise UsageError(f"--template: {template} går inte att läsa: {why_unread(error)}.") from None
    try:
        return word(paper, today(), data)
    except TemplateError as error:
        raise UsageError(f"--template: {template} {error}.") from None


def refuse_taken(path: Path) -> None:
    """Raise UsageError for a file that is there already, or lies in a folder that is not."""
    if os.path.lexists(path):
        raise UsageError(f"--output: {path} finns redan, och inget skrivs över. Ange ett annat namn.")
    if not path.parent.is_dir():
        raise UsageError(f"--output: mappen {path.parent} finns inte. Skapa den, eller ange en annan.")


def write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet; raises UsageError where that cannot be, and leaves nothing half written."""
    try:
        with path.open("xb") as file:
            try:
                file.write(data)
                file.flush()
            except OSError:
                path.unlink(missing_ok=True)
                raise
    except FileExistsError:
        raise UsageError(f"--output: {path} finns redan, och inget skrivs över. Ange ett annat namn.") from None
    except OSError as error:
        raise UsageError(f"--output: {path} går inte att skriva: {why(error)}.") from None
