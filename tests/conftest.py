"""What all tests share: settings, what is made once for all of them, a web server and a browser."""

import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings
from playwright.sync_api import Browser, expect, sync_playwright
from support import ROOT

from kunskapsbank.bank import Bank, open_bank
from kunskapsbank.search import beside, export, language
from kunskapsbank.search.documents import Document, documents

# A closed network must not disturb: Chromium would call home, and wait for it.
BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# Where other tests run at the same time, what takes a second takes many.
expect.set_options(timeout=60_000)

# How long an example takes is the machine's affair: nothing is to fail because others were at work.
settings.register_profile("kunskapsbank", deadline=None)
settings.load_profile("kunskapsbank")

# A shell lets what it starts in the background ignore Ctrl-C, and all that is started from there would ignore it too.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], object]], Path]:
    """A function that has a folder filled once in a run, whichever of the processes that share the tests is first."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def filled(name: str, fill: Callable[[Path], object]) -> Path:
        folder = shared / f"once-{name}"
        with FileLock(f"{folder}.lock"):
            if not folder.exists():
                half = folder.with_suffix(".half")
                shutil.rmtree(half, ignore_errors=True)
                half.mkdir()
                fill(half)
                half.rename(folder)
        return folder

    return filled


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium; scripts/test says which (empty: Playwright's own)."""
    path = os.environ.get("KUNSKAPSBANK_CHROMIUM", shutil.which("chromium") or shutil.which("google-chrome"))
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path or None, args=BROWSER_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """A function that serves a folder as a static host would; it returns the address, without end slash."""
    with ExitStack() as at_end:

        def start(folder: Path) -> str:
            server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
            threading.Thread(target=server.serve_forever, daemon=True).start()
            at_end.callback(server.server_close)
            at_end.callback(server.shutdown)
            return f"http://127.0.0.1:{server.server_port}"

        yield start


@pytest.fixture(scope="session")
def bank() -> Bank:
    """The real content."""
    return open_bank(ROOT / "content", date(2026, 11, 27))


@pytest.fixture(scope="session")
def found(bank: Bank) -> list[Document]:
    """The real content's documents, newest first."""
    return list(documents(bank.catalogue, bank.index))


@pytest.fixture(scope="session")
def exported(bank: Bank, found: list[Document], once: Callable[[str, Callable[[Path], object]], Path]) -> Path:
    """The folder of the real content's exported index."""
    swedish = language.analyser(bank.catalogue.vocabularies, bank.catalogue.words)

    def fill(folder: Path) -> None:
        export.write(folder, found, bank.index, swedish, language.known_words())
        beside.write(folder, bank, found)

    return once("sok", fill)


class _Handler(SimpleHTTPRequestHandler):
    # On Windows the registry may say otherwise, and then no ES module loads.
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".js": "text/javascript"}

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, "404.html")
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""
