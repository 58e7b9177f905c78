"""Run JavaScript beside this file under Node.js, with the packages of package.json in `.cache/bench`."""

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from metrics import DEPTH

HERE = Path(__file__).resolve().parent
CACHE = HERE.parents[1] / ".cache" / "bench"


def ask(script: str, queries: Sequence[str], **surroundings: Any) -> list[list[str]]:
    """Put the queries to `js/<script>` and return its rankings.

    The script gets one JSON object on standard input: `queries`, `depth` and all of `surroundings`. It prints
    one JSON list with a list of names, best first, for each query; its chatter goes to standard error.
    """
    request = json.dumps({**surroundings, "queries": list(queries), "depth": DEPTH})
    done = subprocess.run(command(script), input=request, capture_output=True, encoding="utf-8")
    if done.returncode != 0:
        sys.exit(f"{script} failed:\n{done.stderr.strip()}")
    rankings: list[list[str]] = json.loads(done.stdout)
    return rankings


def command(script: str) -> list[str]:
    """Return the command that runs `js/<script>`; a search index of 10 000 documents is allowed 8 GB."""
    return [node(), "--max-old-space-size=8192", str(HERE / "js" / script)]


def node() -> str:
    """Return the path of Node.js."""
    return _program("node")


def packages() -> Path:
    """Return the folder with `node_modules`, installed if package.json has changed since."""
    wanted, installed = HERE / "package.json", CACHE / "package.json"
    if (CACHE / "installed").is_file() and installed.read_bytes() == wanted.read_bytes():
        return CACHE
    print("Installing the peers with npm ...", file=sys.stderr, flush=True)
    CACHE.mkdir(parents=True, exist_ok=True)
    (CACHE / "installed").unlink(missing_ok=True)
    shutil.copyfile(wanted, installed)
    # Exact versions are in package.json; a lock file would name the host that each package came from.
    quietly = ("--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
    if subprocess.run([_program("npm"), "install", *quietly], cwd=CACHE, stdout=sys.stderr).returncode != 0:
        sys.exit("The peers could not be installed; npm says why above. --peers '' leaves them out.")
    (CACHE / "installed").touch()
    return CACHE


def _program(name: str) -> str:
    if path := shutil.which(name):
        return path
    sys.exit(f"There is no {name}: install Node.js 20 or later with npm. --peers '' needs neither.")
