"""How long the page *Skapa rapport* takes until it can take a Word file, beside a bare Pyodide of the same files.

Each round is a browser of its own that has never seen the site: a first visit to either page, and a second. Prints the
medians, what was sent (compressed as GitLab Pages does) and the memory of the browser's largest process.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

ROOT = Path(__file__).resolve().parents[2]
WORD_FILE = ROOT / "tests/cases/documents/slutrapport.docx"
# Starts Pyodide as the page does, in a worker, and nothing more.
BARE_WORKER = """
const { base, lock } = START;
const [{ loadPyodide }, { default: createPyodideModule }] = await Promise.all([
  import(`${base}pyodide.js`), import(`${base}pyodide.asm.js`),
]);
await loadPyodide({ indexURL: base, lockFileContents: lock, createPyodideModule });
postMessage("ready");
"""
BARE = """
const worker = new Worker("bare-worker.js", { type: "module" });
worker.onmessage = () => { document.body.dataset.ready = ""; };
"""


class Handler(SimpleHTTPRequestHandler):
    """Sends the compressed file that lies beside, as GitLab Pages does, and lets browsers keep it for ten minutes."""

    protocol_version = "HTTP/1.1"
    sent: list[int]

    def __init__(self, *arguments: object, sent: list[int], **options: object) -> None:
        self.sent = sent
        super().__init__(*arguments, **options)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = self.translate_path(self.path)
        if os.path.isdir(path):
            path = os.path.join(path, "index.html")
        small = f"{path}.br"
        is_small = os.path.exists(small)
        try:
            data = Path(small if is_small else path).read_bytes()
        except OSError:
            self.send_error(404)
            return
        self.sent.append(len(data))
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "max-age=600")
        if is_small:
            self.send_header("Content-Encoding", "br")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *arguments: object) -> None:
        pass


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    chromium = os.environ.get("KUNSKAPSBANK_CHROMIUM") or None
    with tempfile.TemporaryDirectory(prefix="create-page-") as folder:
        site = Path(folder, "site")
        build = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(ROOT / "mkdocs.yml"), "-d", str(site)]
        subprocess.run(build, check=True, env=os.environ | {"PYTHONUTF8": "1"})
        sent: list[int] = []
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(site), sent=sent))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        found: dict[str, list[float]] = defaultdict(list)
        with sync_playwright() as playwright:
            for number in range(rounds):
                # Whichever comes first finds the machine as the other left it: they take turns.
                for what in ("bare", "page") if number % 2 else ("page", "bare"):
                    with tempfile.TemporaryDirectory(prefix="profile-") as profile:
                        context = playwright.chromium.launch_persistent_context(
                            profile, executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"]
                        )
                        visits(context, what, address, site, sent, found)
                        context.close()
        print(f"medians of {rounds}")
        for name, values in sorted(found.items()):
            print(f"{name:40} {statistics.median(values):8.2f}")


def visits(
    context: BrowserContext, what: str, address: str, site: Path, sent: list[int], found: dict[str, list[float]]
) -> None:
    """Visit a page twice, and note how long it took."""
    if what == "bare" and not (site / "bare").exists():
        lay_bare(address, site)
    for visit in ("first", "second"):
        page = context.new_page()
        before = len(sent)
        began = time.perf_counter()
        page.goto(f"{address}/{'skapa/' if what == 'page' else 'bare/'}")
        page.wait_for_selector("[data-ready]", state="attached", timeout=120_000)
        found[f"{what}: {visit} visit, seconds until ready"].append(time.perf_counter() - began)
        # What nobody waits for comes after.
        page.wait_for_timeout(2500)
        found[f"{what}: {visit} visit, megabytes sent"].append(sum(sent[before:]) / 1e6)
        if what == "page":
            use(page, visit, found)
            found[f"{what}: {visit} visit, memory in megabytes"].append(largest() / 1e6)
        page.close(run_before_unload=False)


def use(page: Page, visit: str, found: dict[str, list[float]]) -> None:
    """Take in a Word file and change the form."""
    page.get_by_role("radio", name="Slutrapport", exact=True).check()
    page.select_option("#falt-projekt-mapp", "samlarteam")
    page.fill("#falt-ar", "2019")
    idle(page)
    began = time.perf_counter()
    page.set_input_files("#skapa-fil", WORD_FILE)
    page.wait_for_selector("[data-kb-received] .kb-notice")
    found[f"page: {visit} visit, seconds for a Word file"].append(time.perf_counter() - began)
    idle(page)
    # As the editor has it: from the key until the verdict on the screen is another.
    taken = page.evaluate(
        """() => new Promise((resolve) => {
          const began = performance.now();
          const place = document.querySelector("[data-kb-problems]");
          new MutationObserver(() => resolve(performance.now() - began)).observe(place, { childList: true });
          const field = document.querySelector("#falt-sammanfattning");
          field.value = "En text om arbetet.";
          field.dispatchEvent(new Event("input", { bubbles: true }));
        })"""
    )
    found[f"page: {visit} visit, seconds for a change"].append(taken / 1000)


def idle(page: Page) -> None:
    page.wait_for_timeout(200)
    page.wait_for_selector("[data-kb-create]:not([data-busy])")


def lay_bare(address: str, site: Path) -> None:
    """Put the bare page beside the others, with the runtime that the real page names."""
    start = json.loads((site / "skapa/start.json").read_text("utf-8"))
    start["base"] = f"{address}/{start['base']}"
    (site / "bare").mkdir()
    (site / "bare/index.html").write_text('<!doctype html><body><script type="module" src="bare.js"></script>', "utf-8")
    (site / "bare/bare.js").write_text(BARE, "utf-8")
    (site / "bare/bare-worker.js").write_text(BARE_WORKER.replace("START", json.dumps(start)), "utf-8")


def largest() -> int:
    """Return the bytes that the largest of the browser's processes holds, where the system tells."""
    sizes = [0]
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:
            continue
        if "chrom" in lines.get("Name", "") and "VmRSS" in lines:
            sizes.append(int(lines["VmRSS"].split()[0]) * 1024)
    return max(sizes)


if __name__ == "__main__":
    main()
