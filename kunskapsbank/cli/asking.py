"""Questions in the terminal: one asks until the answer can be used, and says why where it cannot."""

from __future__ import annotations

import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from kunskapsbank.problems import BankError
from kunskapsbank.swedish.text import fold, nearest, normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Answer = TypeVar("Answer")

# A longer list scrolls away before it is read; it is shown when asked for.
_SHOWN = 30


class RefusedError(BankError):
    """An answer that cannot be used; the text says why and what to write instead, in Swedish."""


class StoppedError(BankError):
    """The editor ended the questions with Ctrl-C or Ctrl-D."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: its value, the label shown, and the other names it may be called by."""

    value: str
    label: str
    names: tuple[str, ...] = ()


def can_ask() -> bool:
    """Tell whether somebody sits at a terminal, both to read and to answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


@contextmanager
def between_questions() -> Iterator[None]:
    """Take Ctrl-C for the end of the questions also where none is shown at the moment: raises StoppedError."""
    try:
        yield
    except KeyboardInterrupt:
        raise StoppedError from None


def ask(question: str, read: Callable[[str], Answer], default: str = "") -> Answer:
    """Return what `read` makes of the answer; it raises RefusedError for one that cannot be used.

    Enter alone answers with `default`, which is shown in brackets. Raises StoppedError.
    """
    with suppress(ImportError):
        import readline  # noqa: F401  arrow keys, where the system has it
    prompt = f"{question} [{default}]: " if default else f"{question}: "
    while True:
        try:
            answer = normalise(input(prompt)).strip() or default
        except (EOFError, KeyboardInterrupt):
            print()
            raise StoppedError from None
        except UnicodeDecodeError:
            print("  Svaret går inte att läsa. Terminalen måste använda UTF-8.")
            continue
        try:
            if not answer:
                raise RefusedError("Svaret är tomt. Skriv ett svar, eller avbryt med Ctrl-C.")
            return read(answer)
        except RefusedError as error:
            print(f"  {error}")


def choose(question: str, choices: Sequence[Choice], default: str = "") -> str:
    """Return the value of the choice that the editor names or gives the number of; raises StoppedError."""
    _show(question, choices)
    return ask(_invitation(choices), lambda answer: chosen(answer, choices), default)


def choose_several(question: str, choices: Sequence[Choice], default: str = "") -> tuple[str, ...]:
    """Return the values of one or more choices, named or numbered, with commas between; raises StoppedError."""
    _show(question, choices)

    def read(answer: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(chosen(part, choices) for part in answer.split(",") if part.strip()))

    return ask(f"{_invitation(choices)}, flera med komma", read, default)


def _show(question: str, choices: Sequence[Choice]) -> None:
    print(question)
    if len(choices) <= _SHOWN:
        _list(choices)


def _list(choices: Sequence[Choice]) -> None:
    for number, choice in enumerate(choices, 1):
        print(f"  {number:>3}. {choice.label}")


def _invitation(choices: Sequence[Choice]) -> str:
    return "Skriv nummer eller namn" if len(choices) <= _SHOWN else "Skriv namn, eller ? för att se alla"


def chosen(answer: str, choices: Sequence[Choice]) -> str:
    """Return the value of the choice with this number or name; raises RefusedError with the nearest names."""
    written = answer.strip()
    if written == "?":
        _list(choices)
        raise RefusedError("Skriv nummer eller namn.")
    named = {fold(name): choice for choice in reversed(choices) for name in _names(choice)}
    if found := named.get(fold(written)):
        return found.value
    if written.isdecimal() and 1 <= int(written) <= len(choices):
        return choices[int(written) - 1].value
    raise RefusedError(f"'{written}' finns inte. {near(written, choices)}".rstrip())


def near(written: str, choices: Sequence[Choice]) -> str:
    """Return "Menade du …?" with the choices most like what was written, three at most; "" when none is."""
    inside = [choice for choice in choices if any(fold(written) in fold(name) for name in _names(choice))]
    close = nearest(written, (name for choice in choices for name in _names(choice)))
    like = [choice for choice in choices if close in _names(choice)]
    labels = dict.fromkeys(f"'{choice.label}'" for choice in [*like, *inside])
    return f"Menade du {' eller '.join([*labels][:3])}?" if labels else ""


def _names(choice: Choice) -> tuple[str, ...]:
    return (choice.value, choice.label, *choice.names)
