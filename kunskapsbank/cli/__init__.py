"""The command `kunskapsbank`: arguments in, one call of the library, text or JSON out, in Swedish."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from kunskapsbank.cli import check, search
from kunskapsbank.cli.parsing import Parser, UsageError, shared_options

if TYPE_CHECKING:
    from collections.abc import Sequence

# Each command is a module with `add(commands, shared)`, which adds its parser and sets `run`, options → exit status.
_COMMANDS = (search, check)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status: 0 well, 1 the content has errors, 2 the command was wrong."""
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
    except UsageError as error:
        print(f"kunskapsbank: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader of our output, `head` say, has had enough. Keep Python from complaining when it closes the pipe.
        sys.stdout = open(os.devnull, "w")
        return 0
    return status


def _parser() -> Parser:
    parser = Parser(prog="kunskapsbank", description="Sök i kunskapsbanken och kontrollera dess innehåll.")
    commands: Any = parser.add_subparsers(title="kommandon", metavar="kommando", required=True, parser_class=Parser)
    shared = shared_options()
    for command in _COMMANDS:
        command.add(commands, shared)
    return parser
