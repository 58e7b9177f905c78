"""Ask questions in a real browser, and count and time what comes of each, from a server on this machine."""

import gzip
import mimetypes
import threading
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Page

# What static servers compress; all else, such as Pagefind's files, goes out as it is.
_COMPRESSIBLE = ("text/", "application/javascript", "application/json", "application/wasm", "image/svg+xml")
_TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".json": "application/json"}
_GZIP_LEVEL = 6
_PATIENCE_SECONDS = 180
_ASK = """async ([question, patience]) => {
    const asked = performance.now();
    const hits = await Promise.race([ask(question), new Promise((resolve) => setTimeout(resolve, patience, null))]);
    return [hits, performance.now() - asked];
}"""
# Notes when a key was last pressed, and when what then changed under RESULTS first and last was on the screen.
_WATCH = """
window.pressed = window.first = window.shown = 0;
addEventListener("keydown", () => { window.pressed = performance.now(); }, true);
addEventListener("DOMContentLoaded", () => {
  const painted = () => requestAnimationFrame(() => setTimeout(() => {
    if (window.shown < window.pressed) window.first = performance.now();
    window.shown = performance.now();
  }));
  new MutationObserver(painted).observe(document.querySelector("RESULTS"), { childList: true, subtree: true });
});
"""
_STATE = """([results, quiet]) => [
    shown - pressed,
    document.querySelector(results).childElementCount,
    shown > pressed && performance.now() - shown > quiet,
]"""
# When what was fetched was asked for and there, in milliseconds; the page itself is none of it.
_TIMES = "() => performance.getEntriesByType('resource').map(({ startTime, responseEnd }) => [startTime, responseEnd])"
# The same of what was asked for after the last key and was there before anything changed.
_TIMES_OF_TYPING = """() => performance.getEntriesByType("resource")
    .map(({ startTime, responseEnd }) => [startTime, responseEnd])
    .filter(([start, end]) => start >= pressed && end <= first)"""
# A phone in a bad place: bytes a second either way, and milliseconds there and back.
_SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
_ROUND_TRIP_SECONDS = 0.1  # long beside all that the machine does between a file and the next that it leads to
_BETWEEN_KEYS_MS = 100  # a good typist
_QUIET_MS = 2000  # what has not changed for so long is the answer


@dataclass(frozen=True, slots=True)
class Fetch:
    """One answer of the server: the address without its query, and the bytes of its body as sent."""

    path: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one question: the number of hits, None if no answer came, all that was fetched, and the time.

    The time is that from asking until all is there; where the question was typed, from its last key until what was
    found is on the screen, and the hits are those shown.
    """

    hits: int | None
    fetches: tuple[Fetch, ...]
    milliseconds: float

    @property
    def bytes(self) -> int:
        """The bytes of all bodies as sent; headers are left out, for they differ from server to server."""
        return sum(fetch.bytes for fetch in self.fetches)


class CountingServer(AbstractContextManager["CountingServer"]):
    """A static server on 127.0.0.1 that compresses and remembers what it has sent."""

    def __init__(self, folder: Path, delay: float = 0) -> None:
        """Serve the files of `folder`, each so many seconds after it was asked for."""
        self._fetches: list[Fetch] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(folder, self._fetches, delay))
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> "CountingServer":
        """Start to serve, in a thread."""
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stop."""
        self._server.shutdown()
        self._server.server_close()

    def take(self) -> tuple[Fetch, ...]:
        """Return what has been sent since this was last asked."""
        taken = tuple(self._fetches)
        del self._fetches[: len(taken)]
        return taken


def ask(site: Path, page: str, visits: Sequence[Sequence[str]], chromium: str) -> list[list[Answer]]:
    """Return the answers to the questions of each visit; each visit starts with an empty cache.

    `page` is a file of the site whose script defines `ask(question)`, a promise of the number of hits, kept
    when all that a reader sees of them is there. What loading the page fetches, the page itself left out,
    counts for the first question.
    """
    from playwright.sync_api import Error, sync_playwright

    answers: list[list[Answer]] = []
    with CountingServer(site) as server, sync_playwright() as playwright:
        for queries in visits:
            browser = playwright.chromium.launch(executable_path=chromium or None, args=["--no-sandbox"])
            visitor = browser.new_page()
            server.take()
            visitor.goto(f"{server.address}/{page}")
            answers.append([])
            for query in queries:
                try:
                    hits, milliseconds = visitor.evaluate(_ASK, [query, _PATIENCE_SECONDS * 1000])
                except Error:  # the page ran out of memory
                    hits, milliseconds = None, 0
                fetches = tuple(fetch for fetch in server.take() if fetch.path != f"/{page}")
                answers[-1].append(Answer(hits, fetches, milliseconds))
                if hits is None:
                    break
            browser.close()
    return answers


def rounds(site: Path, page: str, queries: Sequence[str], chromium: str) -> list[int]:
    """Return how many rounds of fetching the first question of a visit takes: each waits for the one before it.

    What a page needs to be asked at all counts too, the page itself left out.
    """
    from playwright.sync_api import sync_playwright

    found = []
    with CountingServer(site, _ROUND_TRIP_SECONDS) as server, sync_playwright() as playwright:
        for query in queries:
            browser = playwright.chromium.launch(executable_path=chromium or None, args=["--no-sandbox"])
            visitor = browser.new_page()
            visitor.goto(f"{server.address}/{page}")
            visitor.evaluate(_ASK, [query, _PATIENCE_SECONDS * 1000])
            found.append(depth(visitor.evaluate(_TIMES)))
            browser.close()
    return found


def depth(times: Sequence[tuple[float, float]]) -> int:
    """Return how many of some spans, each from its beginning to its end, lie one after the other at most."""
    count, end = 0, float("-inf")
    for begins, ends in sorted(times, key=lambda span: span[1]):
        if begins >= end:
            count, end = count + 1, ends
    return count


def type_in(
    site: Path, page: str, field: str, results: str, visits: Sequence[Sequence[str]], chromium: str
) -> list[list[Answer]]:
    """Type the questions of each visit into a field of a page, key by key; each visit starts with an empty cache.

    `field` and `results` are selectors; a hit is a child of `results`. Opening the page counts for the first question.
    """
    from playwright.sync_api import sync_playwright

    answers: list[list[Answer]] = []
    with CountingServer(site) as server, sync_playwright() as playwright:
        for queries in visits:
            browser = playwright.chromium.launch(executable_path=chromium or None, args=["--no-sandbox"])
            visitor = browser.new_page()
            visitor.add_init_script(_WATCH.replace("RESULTS", results))
            server.take()
            visitor.goto(f"{server.address}/{page}")
            visitor.wait_for_selector(f"{results} > *")
            answers.append([])
            for query in queries:
                visitor.click(field)
                visitor.keyboard.press("ControlOrMeta+A")
                visitor.keyboard.type(query, delay=_BETWEEN_KEYS_MS)
                answers[-1].append(_typed(visitor, results, server))
            browser.close()
    return answers


def type_slowly(
    site: Path, page: str, field: str, results: str, words: Sequence[str], chromium: str
) -> list[tuple[Answer, int]]:
    """Type each word into a field of a page, key by key, on a slow net; the page itself is there before that.

    With each answer comes how many rounds of fetching, each waiting for the one before it, lie between the last key and
    the first of what is then shown.
    """
    from playwright.sync_api import sync_playwright

    found = []
    with CountingServer(site) as server, sync_playwright() as playwright:
        for word in words:
            browser = playwright.chromium.launch(executable_path=chromium or None, args=["--no-sandbox"])
            visitor = browser.new_page()
            visitor.add_init_script(_WATCH.replace("RESULTS", results))
            visitor.goto(f"{server.address}/{page}")
            visitor.wait_for_selector(f"{results} > *")
            visitor.wait_for_timeout(_QUIET_MS)
            visitor.context.new_cdp_session(visitor).send("Network.emulateNetworkConditions", _SLOW)
            server.take()
            visitor.click(field)
            visitor.keyboard.type(word, delay=_BETWEEN_KEYS_MS)
            answer = _typed(visitor, results, server)
            found.append((answer, depth(visitor.evaluate(_TIMES_OF_TYPING))))
            browser.close()
    return found


def _typed(visitor: "Page", results: str, server: CountingServer) -> Answer:
    """Wait until what was typed is answered, and return what came of it."""
    # Not `wait_for_function`: the site's rules on content forbid what that does.
    state = [0.0, 0, False]
    for _ in range(_PATIENCE_SECONDS * 1000 // _QUIET_MS):
        visitor.wait_for_timeout(_QUIET_MS)
        state = visitor.evaluate(_STATE, [results, _QUIET_MS])
        if state[-1]:
            break
    milliseconds, hits, is_answered = state
    return Answer(hits if is_answered else None, server.take(), milliseconds)


def _handler(folder: Path, fetches: list[Fetch], delay: float) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            file = folder / path.lstrip("/")
            if not file.is_file():
                with suppress(ConnectionError):
                    self.send_error(404)
                return
            kind = _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            compressed = kind.startswith(_COMPRESSIBLE)
            body = _compressed(file) if compressed else file.read_bytes()
            time.sleep(delay)
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "max-age=600")
            if compressed:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            fetches.append(Fetch(path, len(body)))  # before the browser can have it and answer
            with suppress(ConnectionError):  # it wants it no longer
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: what counts is counted."""

    return Handler


@lru_cache(maxsize=64)
def _compressed(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), _GZIP_LEVEL, mtime=0)
