"""Find a Chromium and a Firefox for the tests, and the Node.js that drives them, or have them installed."""

import os
import shutil
import subprocess
import sysconfig

from _environment import PYTHON, VENV, install_system_package, is_debian, surroundings

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe",
    r"%LocalAppData%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe",
    r"%ProgramFiles%\Microsoft\Edge\Application\msedge.exe",
)


def chromium() -> str:
    """Return the path of a Chromium, installed if need be; "" stands for Playwright's own."""
    playwright_node()  # Playwright needs it whatever the browser
    found = os.environ.get("KUNSKAPSBANK_CHROMIUM") or _find()
    if found:
        return found
    # Only Debian has Chromium as a plain package; Ubuntu's is a snap, which containers cannot run.
    if is_debian() and install_system_package("chromium"):
        return _find()
    install = [PYTHON, "-m", "playwright", "install", "chromium"]
    if subprocess.run(install, env=surroundings()).returncode != 0:
        print("No browser: the browser tests will fail. Install Chromium or Chrome by hand.", flush=True)
    return ""


def firefox() -> str:
    """Return the path of a Firefox, installed if need be; "" where there is none, and its tests are left out."""
    found = os.environ.get("KUNSKAPSBANK_FIREFOX") or _firefox()
    if not found and is_debian() and install_system_package("firefox-esr"):
        found = _firefox()
    return found


def playwright_node() -> str:
    """Return the path of the Node.js inside Playwright, which lacks one library on a bare Debian."""
    library = sysconfig.get_path("platlib", "venv", {"base": str(VENV), "platbase": str(VENV)})
    node = os.path.join(library, "playwright", "driver", "node.exe" if os.name == "nt" else "node")
    if subprocess.run([node, "--version"], capture_output=True).returncode != 0:
        install_system_package("libatomic1")
    return node


def _firefox() -> str:
    return shutil.which("firefox-esr") or shutil.which("firefox") or ""


def _find() -> str:
    paths = [*map(shutil.which, NAMES), *map(os.path.expandvars, PLACES)]
    return next((path for path in paths if path and os.path.isfile(path)), "")
