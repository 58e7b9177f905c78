"""How far a long build has come, for whoever waits at a terminal, and where the time of a build went."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable

PROFILE = "KUNSKAPSBANK_PROFILE"
"""The variable of the environment that asks for where the time went: `scripts/build --profile` sets it."""

# Nobody needs to be told of what takes a moment, nor more often than the eye follows.
_PATIENCE, _BETWEEN = 2.0, 0.2
_CLEAR = "\r\x1b[K"


class Progress:
    """Tells what is done, how much of it and how long it will take, on one line that goes when all is done."""

    def __init__(self, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        """Tell on a stream, sys.stderr where none is given; nothing is told but at a terminal, and nothing in CI."""
        self._stream = sys.stderr if stream is None else stream
        self._clock = clock
        self._is_shown = self._stream.isatty() and not os.environ.get("CI")
        self._what, self._begun, self._told = "", 0.0, 0.0

    def step(self, what: str, done: int, total: int) -> None:
        """Take note that so much of something is done."""
        if not self._is_shown:
            return
        now = self._clock()
        if what != self._what:
            self.end()
            self._what, self._begun, self._told = what, now, 0.0
        if now - self._begun >= _PATIENCE and now - self._told >= _BETWEEN and 0 < done < total:
            self._told = now
            left = (now - self._begun) / done * (total - done)
            self._stream.write(f"{_CLEAR}{what}: {done} av {total}, {_duration(left)} kvar")
            self._stream.flush()

    def end(self) -> None:
        """Take the line away, so that something else can be told."""
        if self._told:
            self._stream.write(_CLEAR)
            self._stream.flush()
        self._what, self._told = "", 0.0


class Stages:
    """The stages of a build, each with its CPU time and what the clock says."""

    def __init__(self, look_up: Callable[[], None] = lambda: None) -> None:
        """Begin the first one; `look_up` is called after each, and may raise."""
        self._look_up = look_up
        self._last = self._now()
        self._found: list[tuple[str, float, float]] = []

    def mark(self, name: str) -> None:
        """End a stage, whose name tells what was done in it, and begin the next."""
        cpu, clock = self._now()
        self._found.append((name, cpu - self._last[0], clock - self._last[1]))
        self._last = (cpu, clock)
        self._look_up()

    def told(self) -> str:
        """Return the stages as lines, and their sum."""
        total = ("tillsammans", sum(one[1] for one in self._found), sum(one[2] for one in self._found))
        lines = (f"  {cpu:7.2f} {clock:7.2f}  {name}".replace(".", ",") for name, cpu, clock in (*self._found, total))
        return "\n".join(("Var tiden gick, i sekunder (processorn, klockan):", *lines))

    @staticmethod
    def _now() -> tuple[float, float]:
        return time.process_time(), time.monotonic()


def _duration(seconds: float) -> str:
    return f"{seconds / 60:.0f} min" if seconds >= 90 else f"{max(1, round(seconds))} s"
