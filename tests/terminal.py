"""The command `kunskapsbank` in a terminal, and the person who sits there."""

import codecs
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from support import ROOT

_RUN = "import sys; from kunskapsbank.cli import main; sys.exit(main())"
_PATIENCE = 120


class Terminal:
    """A person at a terminal: types lines, reads what is shown."""

    def __init__(self, *words: str) -> None:
        self.master, slave = pty.openpty()
        termios.tcsetwinsize(slave, (24, 100))
        self.process = subprocess.Popen(
            [sys.executable, "-c", _RUN, *words],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=os.environ | {"PYTHONUTF8": "1", "TERM": "dumb"},
            cwd=ROOT,
            start_new_session=True,
        )
        os.close(slave)
        self.shown = ""
        self._seen = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def until(self, expected: str, meanwhile: Callable[[], object] = lambda: None) -> str:
        """Read until the text is shown, and return what came since last time up to it.

        `meanwhile` is done first, and again each time that nothing was shown for five seconds.
        """
        end = time.monotonic() + _PATIENCE
        silent = 0
        while expected not in self.shown[self._seen :]:
            assert time.monotonic() < end, f"{expected!r} was never shown in {self.shown!r}"
            if silent % 5 == 0:
                meanwhile()
            before = self.shown
            assert self._read() or expected in self.shown[self._seen :], f"{expected!r} was not shown in {self.shown!r}"
            silent = silent + 1 if self.shown == before else 1
        start, self._seen = self._seen, self.shown.index(expected, self._seen) + len(expected)
        return self.shown[start : self._seen]

    def answer(self, questions: Iterable[tuple[str, str]]) -> None:
        """Answer each question when it is shown."""
        for question, answer in questions:
            self.until(question)
            self.type(answer)

    def type(self, text: str) -> None:
        """Press keys."""
        os.write(self.master, text.encode())

    def interrupt_until(self, expected: str) -> None:
        """Press Ctrl-C until the text is shown: a signal that comes just before the program waits for keys is lost."""
        self.until(expected, lambda: self.process.send_signal(signal.SIGINT))

    def status(self) -> int:
        """Read to the end and return the exit status."""
        while self._read():
            pass
        return self.process.wait(_PATIENCE)

    def end(self) -> None:
        """End what is still running."""
        self.process.kill()
        self.process.wait(_PATIENCE)
        os.close(self.master)

    def _read(self) -> bool:
        """Read what is shown within a second; tell whether more may come."""
        ready, _, _ = select.select([self.master], [], [], 1)
        try:
            data = os.read(self.master, 65536) if ready else b""
        except OSError:
            # Linux says so where the other end is closed.
            return False
        self.shown += self._decoder.decode(data).replace("\r\n", "\n")
        return True


@contextmanager
def in_terminal(*words: str) -> Iterator[Terminal]:
    """Run the command in a terminal of its own, which is closed at the end."""
    terminal = Terminal(*words)
    try:
        yield terminal
    finally:
        terminal.end()
