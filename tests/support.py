"""What several tests build on: where the repository is, cases laid over the sample, and a whole build."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from markdown import Markdown
from playwright.sync_api import Page, Request

from kunskapsbank.bank import Bank
from kunskapsbank.model import facets
from kunskapsbank.model.catalogue import Catalogue
from kunskapsbank.model.vocabulary import Vocabularies
from kunskapsbank.pages import generate
from kunskapsbank.pages.models import SitePage
from kunskapsbank.pages.records import Views
from kunskapsbank.reading import settings_file, vocabulary_files
from kunskapsbank.settings import Settings
from kunskapsbank_mkdocs.markdown import CommonMarkExtension

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "tests/cases/sample"
TOOLS = ("mkdocs", "properdocs")
# In a case's folder, beside the files that an editor could have written: what is said of them, and what to take away.
EXPECTED, REMOVE = "expected.txt", "remove.txt"


@dataclass(frozen=True)
class Build:
    """What a build left: exit status, everything printed, and the folder of the site."""

    status: int
    output: str
    site: Path


@dataclass
class Watched:
    """A page in a browser and what went wrong on it."""

    page: Page
    faults: list[str] = field(default_factory=list)


def settings_of(content: Path) -> tuple[Settings, Vocabularies]:
    """Return the settings of a bank and its vocabularies, without reading more of it."""
    vocabularies, _ = vocabulary_files.load(content)
    settings, problems = settings_file.load(content / settings_file.FILE, vocabularies, date(2026, 11, 22))
    assert not problems
    return settings, vocabularies


def shown(source: str) -> str:
    """Return the HTML that the site shows of a Markdown text, but for what MkDocs makes of its links."""
    return Markdown(extensions=["toc", CommonMarkExtension()]).convert(source)


_PAGES: dict[int, tuple[Bank, tuple[SitePage, ...]]] = {}


def pages_of(bank: Bank) -> tuple[SitePage, ...]:
    """Return the pages of a bank, made once for each bank."""
    if id(bank) not in _PAGES:
        _PAGES[id(bank)] = bank, generate(bank)
    return _PAGES[id(bank)][1]


# Of a screen and of a phone.
WIDTHS = (1280, 390)
LIGHT_DARK = ("light", "dark")


def watch(page: Page, address: str) -> Watched:
    """Note console errors on a page, and requests to other hosts than the one at `address`."""
    watched = Watched(page)

    def on_request(asked: Request) -> None:
        if not asked.url.startswith((address, "data:", "blob:")):
            watched.faults.append(f"request to {asked.url}")

    page.on("request", on_request)
    page.on("pageerror", lambda error: watched.faults.append(str(error)))
    page.on(
        "console",
        lambda message: watched.faults.append(message.text) if message.type in {"error", "warning"} else None,
    )
    return watched


ALL_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# What a width, a colour or the size of the text can change of a page that is right in another.
RULES_OF_LOOKS = ("color-contrast", "target-size", "scrollable-region-focusable")


def assert_accessible(page: Page, rules: tuple[str, ...] = ALL_RULES, schemes: tuple[str, ...] = LIGHT_DARK) -> None:
    """See that axe finds nothing on the page as it stands, in light and in dark."""
    for scheme in schemes:
        # Without motion, or colours would still be on their way from one scheme to the other.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        # What is right is not told in detail: most of the time would go into that.
        results = Axe().run(page, options={"runOnly": list(rules), "resultTypes": ["violations"]})
        assert results.violations_count == 0, f"{scheme}: {results.generate_report()}"


@dataclass(frozen=True)
class Way:
    """A way of looking at a page: the screen's width, the scheme, whether the colours are one's own, how large text."""

    width: int
    scheme: str
    own_colours: bool = False
    text: int = 100
    rules: tuple[str, ...] = RULES_OF_LOOKS


WAYS = (
    Way(1280, "light", rules=ALL_RULES),
    Way(390, "dark", rules=ALL_RULES),
    Way(1280, "dark"),
    Way(390, "light"),
    Way(320, "light"),
    Way(1280, "light", own_colours=True),
    Way(1280, "light", text=200),
    Way(390, "light", text=200),
)
# Links and buttons that stand alone and are less than 24 by 24 pixels; in a sentence a link is as high as its line.
_SMALL = """() => [...document.querySelectorAll("a, button, summary, input, select, textarea")].filter((element) => {
  const isAlone = (one) => getComputedStyle(one).display !== "inline"
    || ![...one.parentNode.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
  const target = element.matches("[type=checkbox], [type=radio]") ? element.closest("label") ?? element : element;
  const { width, height } = target.getBoundingClientRect();
  // What only a screen reader sees is one pixel.
  return target.checkVisibility({ visibilityProperty: true }) && Math.min(width, height) > 1
    && Math.min(width, height) < 23.9 && isAlone(target);
}).map((element) => element.outerHTML.slice(0, 160))"""


def assert_accessible_in_every_way(page: Page) -> None:
    """See that the page, as it is loaded, is as it should be narrow and wide, light and dark, with large text."""
    for way in WAYS:
        page.set_viewport_size({"width": way.width, "height": 900})
        page.emulate_media(forced_colors="active" if way.own_colours else "none")
        page.evaluate("size => { document.documentElement.style.fontSize = size; }", f"{way.text}%")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{way}: the page scrolls sideways"
        assert page.evaluate(_SMALL) == [], way
        assert_accessible(page, way.rules, (way.scheme,))


def write_files(folder: Path, files: dict[str, str]) -> None:
    """Write texts into a folder, by name, with the folders around them."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def read_files(folder: Path) -> dict[str, str]:
    """Return the texts of all files in a folder, by name."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def lay_over(case: Path, content: Path) -> None:
    """Make of the sample in `content`, which is there already, what the folder `case` says."""
    if (case / REMOVE).exists():
        for name in (case / REMOVE).read_text("utf-8").split("\n"):
            (content / name).unlink() if name else None
    shutil.copytree(case, content, dirs_exist_ok=True, ignore=shutil.ignore_patterns(EXPECTED, REMOVE))


def build(tool: str, site: Path, content: Path | None = None, settings: str | None = None) -> Build:
    """Build `content` (the real one when not given) strictly with mkdocs or properdocs into `site`.

    `settings` is the text of another mkdocs.yml than the real one, for another content.
    """
    config = config_for(content, settings) if content else ROOT / "mkdocs.yml"
    command = [sys.executable, "-m", tool, "build", "--strict", "-f", str(config), "-d", str(site)]
    run = subprocess.run(command, env=surroundings(), capture_output=True, text=True, cwd=config.parent)
    return Build(run.returncode, run.stdout + run.stderr, site)


def config_for(content: Path, settings: str | None = None) -> Path:
    """Write a mkdocs.yml beside `content`, the real one or `settings`, and return its path."""
    config = content.parent / "mkdocs.yml"
    config.write_text(settings or (ROOT / "mkdocs.yml").read_text("utf-8"), "utf-8")
    return config


def surroundings() -> dict[str, str]:
    """Return the environment variables of a build."""
    return os.environ | {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "PYTHONUTF8": "1"}


def node() -> str:
    """Return the system's Node.js if it is new enough, else the one inside Playwright."""
    found = shutil.which("node")
    version = subprocess.run([found, "--version"], capture_output=True, text=True).stdout if found else ""
    if found and int(re.sub(r"v(\d+).*", r"\1", version.strip() or "v0")) >= 20:
        return found
    return str(Path(sysconfig.get_path("platlib"), "playwright", "driver", "node"))


def times_larger(bank: Bank, times: int) -> Views:
    """Return the bank with each record so many times, but for calls: there is one a year."""
    copies = [
        replace(record, id=f"{record.id}-{number}", file=record.file.replace("/", f"/{number}-", 1))
        for number in range(times)
        for record in bank.catalogue.records
        if not (number and record.call)
    ]
    texts = {record.file: "" for record in copies}
    catalogue = Catalogue(tuple(copies), (), {}, {}, {}, bank.catalogue.vocabularies, texts=texts)
    return Views(catalogue, facets.index(catalogue))


def calls_of(make: Callable[[Views], object], views: Views) -> int:
    """Return how many functions are called while a page is made."""
    count = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(note)
    try:
        make(views)
    finally:
        sys.setprofile(None)
    return count
