"""Give every script an up-to-date `.venv`, and the surroundings to run its programs in.

Standard library only: this runs before anything is installed.
"""

import sys

# Python 3.6 must be able to read this file, or the message would never be shown.
if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(
        f"This needs Python 3.11 or later, but {sys.executable} is Python {sys.version.split()[0]}.\n"
        f"Start it with a newer Python, for example: python3.12 {sys.argv[0]}"
    )

import hashlib
import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements" / "lock.txt"
STAMP = VENV / "kunskapsbank.stamp"
PROGRAMS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = str(PROGRAMS / ("python.exe" if os.name == "nt" else "python"))
PIP = (PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input")


def prepare() -> None:
    """Make `.venv`, or bring it up to date, if anything it is made from has changed."""
    stamp = _stamp()
    if os.path.exists(PYTHON) and STAMP.is_file() and STAMP.read_text("ascii") == stamp:
        return
    # Not among what the program itself prints, which may be read by another.
    print("Setting up .venv (about half a minute; later starts skip this) ...", file=sys.stderr, flush=True)
    STAMP.unlink(missing_ok=True)
    if not _usable():
        _require_venv()
        _must("The folder .venv could not be made.", sys.executable, "-m", "venv", "--clear", str(VENV))
    _pip("install", "--require-hashes", "--requirement", str(LOCK))
    # Without build isolation hatchling too comes from the lock: nothing else is ever fetched.
    _pip("install", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    _must("requirements/lock.txt does not fit pyproject.toml: run scripts/lock.", *PIP, "check")
    STAMP.write_text(stamp, "ascii")


def surroundings() -> dict[str, str]:
    """Return the environment variables for the programs of `.venv`."""
    return {
        **os.environ,
        "PATH": os.pathsep.join((str(PROGRAMS), os.environ.get("PATH", os.defpath))),
        "VIRTUAL_ENV": str(VENV),
        "PYTHONUTF8": "1",  # or Windows reads Swedish letters in another encoding
        "NO_MKDOCS_2_WARNING": "1",  # Material's notice about MkDocs 2
        "DISABLE_MKDOCS_2_WARNING": "true",  # and ProperDocs'
    }


def become_python(*arguments: str, folder: str | Path = ROOT) -> None:
    """Run `.venv`'s Python in a folder, in place of this script: its signals and exit status are the script's."""
    os.chdir(folder)
    sys.stdout.flush()
    if os.name != "nt":
        os.execve(PYTHON, [PYTHON, *arguments], surroundings())
    try:  # after Windows' own exec the shell would not wait
        sys.exit(subprocess.call([PYTHON, *arguments], env=surroundings()))
    except KeyboardInterrupt:
        sys.exit(0)


def install_system_package(name: str) -> bool:
    """Install a package with apt-get if that can be done without a password; say whether it worked."""
    if not shutil.which("apt-get"):
        return False
    as_root = []
    if os.geteuid() != 0:
        as_root = ["sudo", "-n"]
        if not shutil.which("sudo") or subprocess.run([*as_root, "true"], capture_output=True).returncode:
            return False
    print(f"Installing the system's package {name} ...", flush=True)
    apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    for command in ("update",), ("install", "--yes", "--no-install-recommends", name):
        done = subprocess.run([*apt, *command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return done.returncode == 0  # a failed update alone does no harm: the old lists may do


def is_debian() -> bool:
    """Say whether this is Debian itself, not what is made from it."""
    release = Path("/etc/os-release")
    return release.is_file() and "ID=debian" in release.read_text("utf-8").splitlines()


def _stamp() -> str:
    """Hash all that `.venv` is made from. ROOT too: the editable install points there."""
    parts = [path.read_bytes() for path in (ROOT / "pyproject.toml", LOCK)]
    parts += [str(sys.implementation.cache_tag).encode(), os.fsencode(ROOT)]
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def _usable() -> bool:
    """Say whether `.venv` has a pip and the same Python as this script runs on."""
    if not os.path.exists(PYTHON):
        return False
    question = "import pip, sys; print(sys.implementation.cache_tag)"
    answer = subprocess.run([PYTHON, "-c", question], capture_output=True, text=True)
    return answer.stdout.strip() == sys.implementation.cache_tag


def _require_venv() -> None:
    """Stop with advice if this Python cannot make virtual environments, as on a bare Debian."""
    if find_spec("venv") and find_spec("ensurepip"):
        return
    package = f"python3.{sys.version_info.minor}-venv"
    if install_system_package(package):
        return
    sys.exit(
        f"{sys.executable} cannot make virtual environments: its module venv or ensurepip is missing.\n"
        f"On Debian and Ubuntu: sudo apt install {package}\n"
        "Elsewhere: install a complete Python 3.11 or later."
    )


def _pip(*arguments: str) -> None:
    _must("The packages could not be installed; pip says why above.", *PIP, "-qq", *arguments)


def _must(otherwise: str, *command: str) -> None:
    if subprocess.run(command).returncode != 0:
        sys.exit(otherwise)
