"""Whole sites, built once a session in a subprocess as an operator would build them."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Request
from support import ROOT, TOOLS, Build, Watched, build

WIDTHS = (1280, 390)


@pytest.fixture(scope="session", params=TOOLS)
def real(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The real content, built by each tool."""
    return build(request.param, tmp_path_factory.mktemp(request.param) / "site")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the real content's site."""
    built = build("mkdocs", tmp_path_factory.mktemp("site") / "site")
    assert built.status == 0, built.output
    return built.site


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
    watched = Watched(context.new_page())

    def on_request(asked: Request) -> None:
        if not asked.url.startswith((address, "data:", "blob:")):
            watched.faults.append(f"request to {asked.url}")

    watched.page.on("request", on_request)
    watched.page.on("pageerror", lambda error: watched.faults.append(str(error)))
    watched.page.on(
        "console",
        lambda message: watched.faults.append(message.text) if message.type in {"error", "warning"} else None,
    )
    yield watched
    context.close()
