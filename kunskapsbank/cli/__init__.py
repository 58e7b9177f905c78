"""The command `kunskapsbank`: arguments in, one call of the library, text or JSON out, in Swedish."""

from __future__ import annotations

import gc
import io
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

from kunskapsbank.cli import called
from kunskapsbank.cli.asking import StoppedError
from kunskapsbank.cli.parsing import Parser, UsageError, shared_options, without_minus
from kunskapsbank.swedish.text import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

# The commands and their modules, each with `add(commands, shared)`, which adds its parser and sets `run`, options →
# exit status. Some take long to load, so that only what is asked for is.
_COMMANDS = {
    "search": "search",
    "check": "check",
    "new": "new",
    "import": "intake",
    "move": "move",
    "account": "account",
    "followup": "followup",
    "export": "export",
    "archive": "export",
    "schema": "schema",
    "build": "site",
    "serve": "site",
    "init": "init",
}
# After so many new values circles of them are looked for, and so many times among the young before among all.
_LOOKED_FOR = (10_000, 20, 20)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Returns the exit status: 0 well, 1 the content has errors, 2 the command was wrong, 130 the questions were ended.
    """
    for stream in (sys.stdout, sys.stderr):
        # A terminal that has no → shows ?; that is no reason to end with a traceback.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    written = sys.argv[1:] if arguments is None else arguments
    composed = without_minus([_composed(word) for word in written])
    options = _parser(composed).parse_args(composed)
    # A command holds very many values until it ends, and makes few circles of them.
    gc.set_threshold(*_LOOKED_FOR)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except UsageError as error:
        print(f"kunskapsbank: {error}", file=sys.stderr)
        return 2
    except StoppedError:
        print("Avbrutet. Inget har skrivits.", file=sys.stderr)
        return 130
    except KeyboardInterrupt:
        print("Avbrutet.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of our output, `head` say, has had enough. Keep Python from complaining when it closes the pipe.
        sys.stdout = open(os.devnull, "w")
        return 0
    return status


def _composed(word: str) -> str:
    """Return an argument with the name of its flag as the parser knows it; a file's name is left as its disk has it."""
    name, equals, value = word.partition("=")
    return f"{normalise(name)}{equals}{value}" if word.startswith("--") else word


def _parser(arguments: Sequence[str]) -> Parser:
    parser = Parser(prog=called.command(), description="Sök i kunskapsbanken, lägg till i den och kontrollera den.")
    version = _version() if "--version" in arguments else ""
    parser.add_argument("--version", action="version", version=version, help="visa vilken version programmet har")
    commands: Any = parser.add_subparsers(title="kommandon", metavar="kommando", required=True, parser_class=Parser)
    shared = shared_options(arguments)
    asked = _COMMANDS.get(arguments[0]) if arguments else None
    for name in [asked] if asked else dict.fromkeys(_COMMANDS.values()):
        import_module(f"kunskapsbank.cli.{name}").add(commands, shared)
    return parser


def _version() -> str:
    # What tells it takes long to load.
    from importlib import metadata

    return f"kunskapsbank {metadata.version('kunskapsbank')}"
