"""Whole sites, built once a session in a subprocess as an operator would build them."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from support import ROOT, TOOLS, Build, build


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
