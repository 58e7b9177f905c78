"""Find Node.js for the tests, and the packages that check JavaScript."""

import os
import re
import shutil
import subprocess
import sys

from _browser import playwright_node
from _environment import ROOT, install_system_package, is_debian

PACKAGES = ROOT / "node_modules"
LOCK = ROOT / "package-lock.json"
STAMP = PACKAGES / "kunskapsbank.stamp"


def node() -> str:
    """Return the system's Node.js if it is new enough, else the one inside Playwright."""
    return _system_node() or playwright_node()


def checks() -> dict[str, list[str]]:
    """Return the commands that check format and types of JavaScript, by name; none where npm cannot be had.

    In CI that is no way out: there the command that is returned fails.
    """
    if not _installed():
        print("JavaScript's format and types are not checked: npm is missing or could not install.", flush=True)
        return {"npm": [sys.executable, "-c", "raise SystemExit(1)"]} if os.environ.get("CI") else {}
    prettier = str(PACKAGES / "prettier" / "bin" / "prettier.cjs")
    tsc = str(PACKAGES / "typescript" / "bin" / "tsc")
    return {
        "prettier": [node(), prettier, "--check", "."],
        "tsc": [node(), tsc, "--project", "."],
        "tsc tests/js": [node(), tsc, "--project", "tests/js"],
    }


def _system_node() -> str:
    found = shutil.which("node")
    if not found:
        return ""
    version = subprocess.run([found, "--version"], capture_output=True, text=True).stdout
    major = re.match(r"v(\d+)\.", version)
    return found if major and int(major[1]) >= 20 else ""


def _installed() -> bool:
    """Install the packages of package-lock.json where they are not there yet; say whether they are."""
    wanted = LOCK.read_bytes()
    if STAMP.is_file() and STAMP.read_bytes() == wanted:
        return True
    npm = shutil.which("npm")
    if not npm and is_debian() and install_system_package("npm"):
        npm = shutil.which("npm")
    if not npm:
        return False
    print("Installing what checks JavaScript with npm ...", flush=True)
    if subprocess.run([npm, "ci", "--loglevel=error"], cwd=ROOT).returncode != 0:
        return False
    STAMP.write_bytes(wanted)
    return True
