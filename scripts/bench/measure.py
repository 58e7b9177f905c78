#!/usr/bin/env python3
"""Run a command and tell what it cost: CPU seconds, the most memory that any of its processes held, and the time.

A small program of its own, for the system counts the memory of whoever starts a command as the command's own
until the command has loaded itself: started from a large process, a small command would look large.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command used, its children's use included."""

    cpu_seconds: float
    peak_bytes: int
    wall_seconds: float = 0

    def __add__(self, other: "Cost") -> "Cost":
        """Return the cost of one command after the other."""
        return Cost(
            self.cpu_seconds + other.cpu_seconds,
            max(self.peak_bytes, other.peak_bytes),
            self.wall_seconds + other.wall_seconds,
        )


class CommandFailed(Exception):
    """A measured command that did not end well; the text is the end of what it said."""


def measure(
    command: Sequence[str],
    timeout: float = 3600,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Cost:
    """Run the command without input, its output unseen; return its cost.

    It runs in `folder`, and with `environment` besides the variables of this process.
    """
    with tempfile.TemporaryDirectory(prefix="measure-") as own:
        report, said = Path(own, "report.json"), Path(own, "said.txt")
        with said.open("wb") as output:
            measured = [sys.executable, __file__, str(report), str(timeout), *command]
            ended = subprocess.run(
                measured,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=folder,
                env={**os.environ, **(environment or {})},
            ).returncode
        if ended != 0:
            raise CommandFailed(said.read_text("utf-8", errors="replace")[-500:].strip())
        return Cost(**json.loads(report.read_text("ascii")))


def main() -> int:
    report, timeout, *command = sys.argv[1:]
    begun = time.monotonic()
    process = subprocess.Popen(command, start_new_session=True)
    try:
        ended = process.wait(float(timeout))
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # the command's own children too
        process.wait()
        print(f"not done in {timeout} seconds")
        return 1
    spent = time.monotonic() - begun
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    unit = 1 if sys.platform == "darwin" else 1024
    cost = {
        "cpu_seconds": used.ru_utime + used.ru_stime,
        "peak_bytes": used.ru_maxrss * unit,
        "wall_seconds": spent,
    }
    Path(report).write_text(json.dumps(cost), "ascii")
    return ended


if __name__ == "__main__":
    sys.exit(main())
