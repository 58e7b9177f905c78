"""Goes through Skapa rapport as the guide tells, and takes a picture of each step. Run by scripts/guide_pictures."""

import io
import os
import subprocess
import sys
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from PIL import Image, ImageOps
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "content" / "om" / "bilder"
REPORT = ROOT / "tests" / "cases" / "documents" / "slutrapport.docx"
ARGUMENTS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]


class Handler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""


def take(page: Page, step: str, name: str, height: int) -> None:
    """Take the top of a step, `height` pixels at most; few colours, so that the file is small."""
    page.evaluate("document.activeElement?.blur()")
    x, y, width, whole = page.locator(step).evaluate(
        "step => { const box = step.getBoundingClientRect(); return [box.x, box.y + scrollY, box.width, box.height]; }"
    )
    # Without the line that parts the steps, but in a frame, so that nobody takes the picture for the page itself.
    clip = {"x": x - 16, "y": y + 16, "width": width + 32, "height": min(height, whole) - 16}
    taken = Image.open(io.BytesIO(page.screenshot(full_page=True, clip=clip)))  # type: ignore[arg-type]
    path = PICTURES / f"{name}.png"
    ImageOps.expand(taken.convert("RGB"), border=2, fill="#8a949e").quantize(64).save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB")


def settled(page: Page) -> None:
    """Wait until the library has looked at all that is filled in."""
    page.locator("[data-kb-create]:not([data-busy])").wait_for()


def go_through(page: Page) -> None:
    page.locator("[data-complete]").wait_for(timeout=120_000)
    page.get_by_label("Slutrapport", exact=True).check()
    page.locator("#falt-projekt-mapp").select_option(label="Södermalmsmodellen")
    page.locator("#falt-ar").fill("2019")
    settled(page)
    take(page, "#steg-typ", "skapa-1", 900)
    page.locator("#skapa-fil").set_input_files(REPORT)
    page.get_by_text("följde med").wait_for()
    settled(page)
    take(page, "#steg-text", "skapa-2", 900)
    take(page, "#steg-uppgifter", "skapa-3", 640)
    take(page, "#steg-kontroll", "skapa-4", 700)
    take(page, "#steg-filer", "skapa-6", 1000)


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as site, sync_playwright() as playwright:
        subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q", "-d", site], cwd=ROOT, check=True)
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=site))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(
            executable_path=os.environ["KUNSKAPSBANK_CHROMIUM"] or None, args=ARGUMENTS
        )
        page = browser.new_page(viewport={"width": 1180, "height": 900}, locale="sv-SE")
        page.goto(f"http://127.0.0.1:{server.server_port}/skapa/")
        go_through(page)
        browser.close()
        server.shutdown()


if __name__ == "__main__":
    main()
