"""Whole sites, built once a session in a subprocess as an operator would build them."""

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from support import ROOT, TOOLS, WIDTHS, Build, Watched, build, watch

Once = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session", params=TOOLS)
def real(request: pytest.FixtureRequest, once: Once) -> Build:
    """The real content, built by each tool."""
    return built(once(f"real-{request.param}", partial(build_into, request.param)))


@pytest.fixture(scope="session")
def site(once: Once) -> Path:
    """The folder of the real content's site, built once more."""
    found = built(once("site", partial(build_into, "mkdocs")))
    assert found.status == 0, found.output
    return found.site


def build_into(tool: str, folder: Path) -> None:
    """Build the real content into `folder`, and keep what was printed and the exit status beside the site."""
    done = build(tool, folder / "site")
    (folder / "output.txt").write_text(done.output, "utf-8")
    (folder / "status.txt").write_text(str(done.status), "ascii")


def built(folder: Path) -> Build:
    """Return the build that `build_into` left in `folder`."""
    status = int((folder / "status.txt").read_text("ascii"))
    return Build(status, (folder / "output.txt").read_text("utf-8"), folder / "site")


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A copy of the small sample bank, to be changed by the test."""
    return Path(shutil.copytree(ROOT / "tests" / "cases" / "sample", tmp_path / "bank" / "content"))


@pytest.fixture(scope="session")
def address(site: Path, serve: Callable[[Path], str]) -> str:
    """Where the real content's site is served, without end slash."""
    return serve(site)


@pytest.fixture(params=WIDTHS)
def watched(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Watched]:
    """A page of a certain width that notes console errors and requests to other hosts."""
    context = browser.new_context(viewport={"width": request.param, "height": 900}, locale="sv-SE")
    watched = watch(context.new_page(), address)
    yield watched
    context.close()
