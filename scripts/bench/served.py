"""How long whoever writes must wait: from a saved file to the page that a resident server shows."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from statistics import median

from builders import Layout

# A first build of a large site takes its time; a change does not.
_LONGEST_START, _LONGEST_CHANGE = 1200.0, 300.0


class NotServed(Exception):
    """A server that did not show what it should."""


def seconds_from_save_to_page(layout: Layout, times: int = 5) -> float:
    """Start the server of a layout, save a document some times, and return the median of the seconds.

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
            begun = time.monotonic()
            layout.edit_body(words)
            _wait(address, words, _LONGEST_CHANGE)
            found.append(time.monotonic() - begun)
        return median(found)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


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
