"""While the site is served to whoever writes it: what is right stays on show, and what is wrong is told on the page."""

import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser, Page, expect
from support import TOOLS, config_for, surroundings

from kunskapsbank.model.record import url_of
from kunskapsbank_mkdocs.catalogue import CataloguePlugin

pytestmark = [pytest.mark.site, pytest.mark.browser]

PATIENCE = 60_000


class Served:
    """A running server, and what it prints."""

    def __init__(self, tool: str, content: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", tool, "serve", "--strict", "--livereload", "-a", f"127.0.0.1:{port}"]
        self.process = subprocess.Popen(
            [*command, "-f", str(config_for(content))],
            env=surroundings(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            cwd=content.parent,
        )
        self._lines: Queue[str] = Queue()
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.put(line)

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        self.process.send_signal(how)
        self.process.wait()
        self._reader.join()
        assert self.process.stdout
        self.process.stdout.close()

    def until(self, text: str) -> str:
        """Return what is printed up to the line with `text`."""
        printed = ""
        while text not in printed:
            try:
                printed += self._lines.get(timeout=PATIENCE / 1000)
            except Empty:
                raise AssertionError(f"{text!r} was not printed, but:\n{printed}") from None
        return printed


@pytest.fixture(params=TOOLS[:1])
def served(request: pytest.FixtureRequest, sample: Path) -> Iterator[Served]:
    server = Served(request.param, sample)
    server.until("Serving on")
    yield server
    server.end()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    opened.set_default_timeout(PATIENCE)
    yield opened
    opened.close()


@pytest.mark.parametrize("served", TOOLS, indirect=True)
def test_faults_are_shown_on_the_last_good_page_until_they_are_mended(served: Served, sample: Path, page: Page) -> None:
    about = sample / "om" / "index.md"
    right = about.read_text("utf-8")
    page.goto(f"{served.address}/om/")
    heading = page.locator("h1").inner_text()
    expect(page.get_by_role("alert")).to_have_count(0)

    about.write_text(right.replace("titel:", "tittel:"), "utf-8")
    printed = served.until("fel i innehållet, se ovan")
    assert "om/index.md:2: tittel: okänt fält" in printed
    assert "Traceback" not in printed
    expect(page.get_by_role("alert")).to_contain_text("fel i innehållet. Sidorna visas som de var innan.")
    expect(page.get_by_role("alert")).to_contain_text("om/index.md:2: tittel: okänt fält")
    expect(page.locator("h1")).to_have_text(heading)
    # On every page, and still there when it is loaded again.
    page.goto(f"{served.address}/projekt/")
    expect(page.get_by_role("alert")).to_contain_text("Menade du titel?")

    about.write_text(right + "\nEtt nytt stycke.\n", "utf-8")
    expect(page.get_by_role("alert")).to_have_count(0)
    page.goto(f"{served.address}/om/")
    expect(page.locator("main")).to_contain_text("Ett nytt stycke.")


def test_a_warning_that_ends_a_strict_build_is_no_end_of_the_server(served: Served, sample: Path, page: Page) -> None:
    about = sample / "om" / "index.md"
    right = about.read_text("utf-8")
    page.goto(f"{served.address}/om/")
    about.write_text(right + "\n[Bort](../stadsdelar/index.md#finns-inte)\n\nHalva.\n", "utf-8")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("Halva.")
    about.write_text(right + "\nHela.\n", "utf-8")
    expect(page.locator("main")).to_contain_text("Hela.")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_the_content_folder_goes_away_and_comes_back(served: Served, sample: Path, page: Page) -> None:
    page.goto(f"{served.address}/om/")
    away = shutil.move(sample, sample.with_name("undan"))
    served.until("Mappen content finns inte.")
    expect(page.get_by_role("alert")).to_contain_text("Sidorna visas som de var tills den är tillbaka.")
    about = Path(away) / "om" / "index.md"
    about.write_text(about.read_text("utf-8") + "\nTillbaka.\n", "utf-8")
    shutil.move(away, sample)
    expect(page.locator("main")).to_contain_text("Tillbaka.")
    expect(page.get_by_role("alert")).to_have_count(0)
    # And it is watched as before.
    about = sample / "om" / "index.md"
    about.write_text(about.read_text("utf-8") + "\nÄnnu en gång.\n", "utf-8")
    expect(page.locator("main")).to_contain_text("Ännu en gång.")


def test_a_saved_text_is_shown_before_the_rest_is_built(served: Served, sample: Path, page: Page) -> None:
    report = sample / "projekt/bryggan/2018-slutrapport.md"
    page.goto(f"{served.address}/projekt/bryggan/2018-slutrapport/")
    report.write_text(report.read_text("utf-8") + "\nEn mening om skuldrådgivning.\n", "utf-8")
    printed = served.until("Documentation built")
    assert "Visar projekt/bryggan/2018-slutrapport.md som sparades." in printed
    assert "Traceback" not in printed
    expect(page.locator("main")).to_contain_text("En mening om skuldrådgivning.")
    # What the rest of the site makes of it comes with the build of the whole.
    page.goto(f"{served.address}/sok/?q=skuldrådgivning")
    expect(page.locator("main")).to_contain_text("En mening om skuldrådgivning.")


def test_what_is_shown_at_once_is_what_the_build_of_the_whole_makes_of_it(sample: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    texts = ["projekt/bryggan/2018-slutrapport.md", "projekt/bryggan/index.md", "om/index.md", "resor/2021-malmo.md"]
    plugin = built_as_served(sample, site)
    for number, file in enumerate(texts):
        path = sample / file
        link = f"{'../' * file.count('/')}projekt/bryggan/index.md"
        added = f"## Mer {number}\n\nSe [projektet]({link}) och MI, om familjehem och återbetalning.\n"
        path.write_text(f"{path.read_text('utf-8')}\n{added}", "utf-8")
    assert plugin._saved
    assert plugin._saved.shown() == {*texts}
    pages = [site / url_of(file) / "index.html" for file in texts]
    shown = [page.read_bytes() for page in pages]
    assert all(b"familjehem och \xc3\xa5terbetalning" in page for page in shown)
    built_as_served(sample, site)
    assert [page.read_bytes() for page in pages] == shown


@pytest.mark.parametrize("change", [("titel: ", "titel: Ny "), ("\n", "\n[Bort](finns-inte.md)\n")])
def test_what_more_than_its_page_shows_or_is_wrong_is_left_to_the_build_of_the_whole(
    change: tuple[str, str], sample: Path, tmp_path: Path
) -> None:
    plugin = built_as_served(sample, tmp_path / "site")
    path = sample / "projekt/bryggan/2018-slutrapport.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace(*change, 1) if change[0] != "\n" else text + change[1], "utf-8")
    assert plugin._saved
    assert plugin._saved.shown() == frozenset()
    path.write_text(text, "utf-8")
    (sample / "projekt/bryggan/2019-slutrapport.md").write_text(text, "utf-8")
    assert plugin._saved.shown() == frozenset()


def built_as_served(sample: Path, site: Path) -> CataloguePlugin:
    """Build the bank as the server does, and return the plugin that knows it then."""
    config = load_config(str(config_for(sample)), site_dir=str(site))
    config.plugins.on_startup(command="serve", dirty=False)
    config.site_url = "http://127.0.0.1:8000/"
    build(config, serve_url=config.site_url)
    plugin = config.plugins["kunskapsbank/catalogue"]
    assert isinstance(plugin, CataloguePlugin)
    return plugin


def test_nothing_is_left_when_the_server_ends(sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    server = Served("mkdocs", sample)
    server.until("Serving on")
    with urllib.request.urlopen(f"{server.address}/om/") as answer:
        assert answer.status == 200
    server.end(signal.SIGINT)
    assert list((tmp_path / "tmp").iterdir()) == []
