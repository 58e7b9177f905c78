"""From a report in Word to a branch that a merge request can be made of, by both ways that the guide tells of.

A new project and its first report: on the page *Skapa rapport*, and by `kunskapsbank import`. Each way does what an
editor would, runs the very commands that it is shown, pushes to a repository of its own, and is done when `check` has
no errors on the branch. Prints every step and the seconds that the machine took; leaves with 1 where it is stuck.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
WORD_FILE = ROOT / "tests/cases/documents/slutrapport.docx"
PROJECT, OWNER, YEAR = "Ljusare kvällar", "Farsta", "2025"
FOLDER = "projekt/ljusare-kvallar"
SUMMARY = "Ett team prövade ett nytt sätt att möta familjer, och fler fick hjälp i tid."
SHOWN = "Arbetsgången i fyra steg"
PATIENCE = 180_000
COMMAND = (sys.executable, "-c", "import sys; from kunskapsbank.cli import main; sys.exit(main())")
HEAD = ["git", "rev-parse", "HEAD"]
SURROUNDINGS = os.environ | {
    "PYTHONPATH": str(ROOT),
    "PYTHONUTF8": "1",
    "NO_MKDOCS_2_WARNING": "1",
    "GIT_AUTHOR_NAME": "Redaktör",
    "GIT_AUTHOR_EMAIL": "redaktor@example.org",
    "GIT_COMMITTER_NAME": "Redaktör",
    "GIT_COMMITTER_EMAIL": "redaktor@example.org",
}


class StuckError(Exception):
    """A way that does not lead there; the text says where."""


class Way:
    """One way, told step by step as it is gone."""

    def __init__(self, name: str, folder: Path) -> None:
        print(f"\n{name}")
        self.folder = folder
        self.steps = 0
        self.start = self.last = time.perf_counter()

    def step(self, what: str) -> None:
        """Tell of a step that has been taken."""
        now = time.perf_counter()
        self.steps += 1
        print(f"  {self.steps:>2}. {what:<74} {now - self.last:6.1f} s", flush=True)
        self.last = now

    def run(self, command: str | list[str]) -> str:
        """Run a command in the repository, a text as a shell does; returns what it printed."""
        is_text = isinstance(command, str)
        done = subprocess.run(
            command, shell=is_text, cwd=self.folder, env=SURROUNDINGS, capture_output=True, text=True, encoding="utf-8"
        )
        if done.returncode:
            raise StuckError(f"{command}\n{done.stdout}{done.stderr}")
        return done.stdout

    def hand_in(self, commands: list[str]) -> None:
        """Run the commands of git that were shown, and see that the branch has all, and nothing that is wrong."""
        for command in commands:
            self.run(command)
            self.step(command if len(command) < 74 else f"{command[:70]} …")
        if left := self.run(["git", "status", "--porcelain"]):
            raise StuckError(f"not on the branch: {left}")
        branch = self.run(["git", "branch", "--show-current"]).strip()
        if self.run(["git", "ls-remote", "origin", f"refs/heads/{branch}"]).split()[:1] != [self.run(HEAD).strip()]:
            raise StuckError(f"{branch} was not pushed")
        said = self.run([*COMMAND, "check", f"content/{FOLDER}"])
        self.step(f"check: {said.strip().splitlines()[-1]}")
        print(f"      {self.steps} steps, {time.perf_counter() - self.start:.1f} s")


def repository(folder: Path, name: str) -> Path:
    """Return a clone of this repository, whose origin takes the options that GitLab makes a merge request of."""
    origin = folder / f"{name}.git"
    subprocess.run(["git", "clone", "-q", "--bare", str(ROOT), str(origin)], check=True)
    subprocess.run(["git", "-C", str(origin), "config", "receive.advertisePushOptions", "true"], check=True)
    subprocess.run(["git", "clone", "-q", str(origin), str(folder / name)], check=True)
    return folder / name


def in_browser(way: Way, page: Page, address: str) -> None:
    """Go the way of the page Skapa rapport."""
    page.goto(f"{address}/skapa/")
    page.locator("[data-ready]").wait_for(timeout=PATIENCE)
    way.step("open Skapa rapport, and wait until it has started")
    page.get_by_role("radio", name="Slutrapport", exact=True).check()
    page.locator("#falt-projekt-mapp").select_option(label="Nytt projekt")
    page.locator("#falt-ar").fill(YEAR)
    way.step("choose Slutrapport and Nytt projekt, write the year")
    page.locator("#skapa-fil").set_input_files(WORD_FILE)
    page.get_by_text("följde med").wait_for(timeout=PATIENCE)
    settled(page)
    way.step("hand over the file from Word")
    page.locator("#falt-nytt-projekt-titel").fill(PROJECT)
    page.locator("#falt-nytt-projekt-sammanfattning").fill(SUMMARY)
    for key, term in (("ägare", OWNER), ("målgrupper", "Barn"), ("teman", "Barn och unga"), ("status", "Avslutat")):
        field = page.locator(f"[data-kb-field='nytt projekt/{key}']")
        for folded in field.locator("details").all():
            folded.evaluate("details => { details.open = true }")
        role = "radio" if key == "status" else "checkbox"
        field.get_by_role(role, name=re.compile(f"^{term}")).first.check()  # type: ignore[arg-type]
    way.step("fill in the new project: name, summary, owner, target group, theme, status")
    page.locator("#falt-sammanfattning").fill(SUMMARY)
    settled(page)
    way.step("fill in the report's summary")
    text = page.locator("#skapa-text")
    described = re.sub(r"!\[\]\(", f"![{SHOWN}](", text.input_value())
    text.fill(described)
    settled(page)
    way.step("say what the pictures show")
    verdict = page.locator("#steg-kontroll [data-kb-verdict]").inner_text()
    if not verdict.startswith("Inga fel"):
        raise StuckError(page.locator("[data-kb-problems]").inner_text())
    way.step(f"read Kontrollera: {verdict}")
    with page.expect_download() as download:
        page.get_by_role("button", name="Hämta paketet").click()
    name = download.value.suggested_filename
    download.value.save_as(way.folder.parent / name)
    way.step(f"download {name}")
    commands = str(page.locator(".kb-howto__commands").text_content()).splitlines()
    # The package is where browsers put it, not in the repository.
    commands = [command.replace(f" {name} ", f" ../{name} ") for command in commands]
    if not shutil.which("unzip"):
        unpack = f"{sys.executable} -m zipfile -e ../{name} . && rm LÄS-MIG.txt"
        commands = [unpack if command.startswith("unzip") else command for command in commands]
    way.hand_in(commands)


def settled(page: Page) -> None:
    """Wait until all that is filled in has been looked at."""
    page.locator("[data-kb-create]:not([data-busy])").wait_for(timeout=PATIENCE)


def by_command(way: Way) -> None:
    """Go the way of the command line."""
    shutil.copy(WORD_FILE, way.folder.parent / WORD_FILE.name)
    words = ["--typ", "slutrapport", "--nytt-projekt", PROJECT, "--ägare", OWNER, "--år", YEAR]
    said = way.run([*COMMAND, "import", f"../{WORD_FILE.name}", *words])
    way.step(f"import {WORD_FILE.name} {' '.join(words)}")
    values = {
        "sammanfattning": SUMMARY,
        "målgrupper": "barn och unga i utsatthet",
        "teman": "barn och unga",
        "status": "avslutat",
    }
    for file in sorted((way.folder / "content" / FOLDER).glob("*.md")):
        text = re.sub(r"^# Förslag.*\n", "", file.read_text("utf-8"), flags=re.MULTILINE)
        for key, value in values.items():
            text = re.sub(rf"^{key}:$\n(?!  )", f"{key}: {value}\n", text, flags=re.MULTILINE)
        file.write_text(text.replace("![](", f"![{SHOWN}]("), "utf-8")
        way.step(f"look through {file.name}: confirm suggestions, fill in what is empty")
    way.run([*COMMAND, "check", f"content/{FOLDER}"])
    way.step(f"check content/{FOLDER}")
    way.hand_in([line.strip() for line in said.splitlines() if line.startswith("  git ")])


class Handler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", type=Path, help="a site that is built already")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = Path(temporary)
        site = options.site or folder / "site"
        if not options.site:
            build = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", "mkdocs.yml", "-d", str(site)]
            subprocess.run(build, cwd=ROOT, env=SURROUNDINGS, check=True)
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(site)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        program = os.environ.get("KUNSKAPSBANK_CHROMIUM") or None
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(locale="sv-SE")
        page.set_default_timeout(PATIENCE)
        try:
            in_browser(
                Way("In the browser", repository(folder, "browser")),
                page,
                f"http://127.0.0.1:{server.server_port}",
            )
            by_command(Way("By command", repository(folder, "command")))
        except StuckError as error:
            print(f"\nStuck: {error}")
            return 1
        finally:
            browser.close()
            server.shutdown()
    return 0


if __name__ == "__main__":
    sys.exit(main())
