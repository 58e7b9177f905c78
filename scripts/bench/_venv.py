"""Run a benchmark in the project's `.venv`, whatever Python it was started with.

Standard library only: this runs before anything is installed.
"""

import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(1, str(Path(__file__).resolve().parents[1]))  # all scripts share _environment

from _environment import PYTHON, VENV, prepare, surroundings


def enter() -> None:
    """Return at once inside `.venv`; elsewhere run this program again inside it, from the same folder."""
    if Path(sys.prefix).resolve() == VENV.resolve():
        return
    prepare()
    sys.stdout.flush()
    command = [PYTHON, *sys.argv]
    if os.name != "nt":
        os.execve(PYTHON, command, surroundings())
    sys.exit(subprocess.call(command, env=surroundings()))
