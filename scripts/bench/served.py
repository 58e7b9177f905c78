"""How long whoever writes must wait: from a saved file to the page that a resident server shows."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from builders import Layout

# A first build of a large site takes its time; a change does not.
_LONGEST_START, _LONGEST_CHANGE = 1200.0, 300.0


class NotServed(Exception):
    """A server that did not show what it should."""


@dataclass(frozen=True, slots=True)
class Wait:
    """From a saved file to its page: seconds of the clock, and CPU seconds of the server, None where none can tell."""

    seconds: float
    cpu_seconds: float | None


def waits_from_save_to_page(layout: Layout, times: int = 5) -> list[Wait]:
    """Start the server of a layout, save a document some times, and return what was waited each time.

    Raises NotServed for a server that never shows the page or the change.
    """
    port = _free_port()
    command = [word.replace("{port}", str(port)) for word in layout.serve]
    environment = {**os.environ, **layout.environment}
    process = subprocess.Popen(
        command,
        cwd=layout.folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        address = f"http://127.0.0.1:{port}/{layout.page}"
        _wait(address, "</html>", _LONGEST_START)
        found = []
        for number in range(times):
            words = f"Mening nummer {number + 1} som är ny."
            # What watches files may need a moment between two changes.
            time.sleep(1)
            used, begun = _cpu_seconds(process.pid), time.monotonic()
            layout.edit_body(words)
            _wait(address, words, _LONGEST_CHANGE)
            waited, now = time.monotonic() - begun, _cpu_seconds(process.pid)
            found.append(Wait(waited, None if used is None or now is None else now - used))
        return found
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _cpu_seconds(process: int) -> float | None:
    """Return what a running process has used, where the system tells it in a file."""
    try:
        told = Path(f"/proc/{process}/stat").read_text("utf-8")
    except OSError:
        return None
    # After the name of the program, which may hold spaces: user time and system time are the 14th and 15th of all.
    user, system = told.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _wait(address: str, words: str, longest: float) -> None:
    until = time.monotonic() + longest
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=longest) as answer:
                if words in answer.read().decode():
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(0.02)
    raise NotServed(f"{address} does not show {words!r}")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
