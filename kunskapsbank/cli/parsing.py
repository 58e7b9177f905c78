"""What all commands share: a parser that speaks Swedish, the options of every command, and opening the bank."""

from __future__ import annotations

import argparse
import re
from contextlib import redirect_stderr, suppress
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from kunskapsbank.bank import Bank, open_bank, read
from kunskapsbank.cli import called
from kunskapsbank.problems import BankError
from kunskapsbank.reading import settings_file
from kunskapsbank.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kunskapsbank.model.catalogue import Catalogue

T = TypeVar("T")


MINUS = "\N{MINUS SIGN}"
"""Stands for the - before a word of a question: see `without_minus`."""


class UsageError(BankError):
    """The command was given something it cannot use; the text says what, in Swedish."""


class Help(argparse.HelpFormatter):
    """Help whose first word is Swedish too."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """Start with the Swedish word."""
        super().add_usage(usage, actions, groups, "användning: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser whose own few messages are Swedish too."""

    def __init__(self, **options: Any) -> None:
        """Take what argparse.ArgumentParser takes."""
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=Help, **options)
        self._positionals.title = "argument"
        self._optionals.title = "flaggor"
        self.add_argument("-h", "--help", action="help", help="visa den här hjälpen")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command and leave with status 2."""
        for english, swedish in (
            ("unrecognized arguments", "okända argument"),
            ("the following arguments are required", "det här saknas"),
            ("expected one argument", "behöver ett värde"),
            ("expected at least one argument", "behöver minst ett värde"),
            ("invalid choice", "okänt kommando"),
            ("choose from", "välj bland"),
            ("argument ", ""),
        ):
            message = message.replace(english, swedish)
        self.exit(2, f"{self.prog}: {message}\nSkriv {self.prog} --help för hjälp.\n")


class Shared(argparse.ArgumentParser):
    """The options that every command has, as a parent parser, and the `settings` of the bank that they are read for.

    By the settings options and examples are called what the bank calls them.
    """

    settings: Settings = Settings()


def shared_options(arguments: Sequence[str]) -> Shared:
    """Return what all commands share; `arguments` say which bank is meant, where they name its content."""
    shared = Shared(add_help=False, allow_abbrev=False)
    shared.add_argument(
        "--innehåll", metavar="MAPP", type=Path, default=called.content(), help="bankens innehåll (content)"
    )
    # What is wrong with an option, or with the settings, is told by the command.
    with suppress(SystemExit), redirect_stderr(StringIO()):
        shared.settings = settings_file.glance(shared.parse_known_args(list(arguments))[0].innehåll, today())
    return shared


def without_minus(arguments: Sequence[str]) -> list[str]:
    """Return the arguments; where they are of the command `search`, words with a minus before them are no flags."""
    if not arguments or arguments[0] != "search":
        return list(arguments)
    return [re.sub(r"^-(?=[^\W_]{2})", MINUS, word) for word in arguments]


def today() -> date:
    """Return the day that bounds the years within reason."""
    return datetime.now(UTC).date()


def cache(options: argparse.Namespace) -> Path:
    """Return the folder of what need not be worked out again: beside the content, as a build has it."""
    content: Path = options.innehåll
    return content.resolve().parent / ".cache" / "kunskapsbank"


def opened(options: argparse.Namespace) -> Bank:
    """Open the bank that the options name; raises UsageError when there is no such folder."""
    return _of(options, open_bank)


def catalogue(options: argparse.Namespace) -> Catalogue:
    """Return the catalogue of the bank that the options name, which costs less; raises as `opened`."""
    return _of(options, read)


def _of(options: argparse.Namespace, way: Callable[[Path, date, Path], T]) -> T:
    content: Path = options.innehåll
    try:
        return way(content, today(), cache(options))
    except FileNotFoundError:
        message = f"mappen {content} finns inte. Kör kommandot i bankens mapp eller ange --innehåll."
        raise UsageError(message) from None
