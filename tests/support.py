"""What several tests build on: where the repository is, and a whole build in a subprocess."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).parents[1]
TOOLS = ("mkdocs", "properdocs")


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


def build(tool: str, site: Path, content: Path | None = None) -> Build:
    """Build `content` (the real one when not given) strictly with mkdocs or properdocs into `site`."""
    config = ROOT / "mkdocs.yml"
    if content:
        config = content.parent / "mkdocs.yml"
        shutil.copy(ROOT / "mkdocs.yml", config)
    command = [sys.executable, "-m", tool, "build", "--strict", "-f", str(config), "-d", str(site)]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "PYTHONUTF8": "1"}
    run = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=config.parent)
    return Build(run.returncode, run.stdout + run.stderr, site)
