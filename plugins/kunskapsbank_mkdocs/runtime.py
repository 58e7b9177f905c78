"""The Python that runs in the browser, and the library that it runs there, as files of the site.

The library and what it needs are taken from where the build itself runs them, so that the page *Skapa rapport* and the
command line are of the same versions.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import brotli

import kunskapsbank
from kunskapsbank import checks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kunskapsbank.model.catalogue import Catalogue

HERE = Path(__file__).parent
PYODIDE = HERE / "pyodide"
FOLDER = "assets/kunskapsbank/pyodide"
START = "skapa/start.json"

# What of the library a page in a browser has no use for: rooms, and what builds on them.
_ROOMS_LEFT_OUT = frozenset({"accounts", "bank.py", "cli", "exports", "pages", "search", "store.py"})
_DISTRIBUTIONS = ("beautifulsoup4", "markdown-it-py", "mdit-py-plugins", "mdurl", "pyyaml")
# Large, and needed only by those who have a pdf.
_PDF = ("pypdf",)
_FILES_LEFT_OUT = frozenset({"bs4/diagnose.py"})
_FOLDERS_LEFT_OUT = frozenset({"__pycache__", "cli", "test", "tests"})
# From so many bytes on it pays to lay compressed files beside.
_LARGE = 20_000
# As old as a zip archive can tell, so that the same content gives the same bytes.
_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Runtime:
    """Where the page finds its Python: addresses in the site, and all the files by their paths in the site."""

    start: Mapping[str, Any]
    """What the worker is handed, as JSON: addresses from the root of the site, and Pyodide's lock."""
    files: Mapping[str, bytes]


def create_files(bank: Catalogue) -> dict[str, bytes]:
    """Return all that the page *Skapa rapport* fetches, by paths in the site.

    The names of the files change with what is in them, so that no browser keeps an old one; START names them. Raises
    FileNotFoundError where an installed package has no list of its files.
    """
    snapshot = checks.snapshot(bank)
    files = dict(runtime().files)
    start = dict(runtime().start)
    for name, text in (("snapshot", snapshot.to_json()), ("runs", snapshot.runs_to_json())):
        data = text.encode()
        start[name] = f"skapa/{name}-{_digest(data)}.json"
        files |= beside(start[name], data)
    return {START: json.dumps(start).encode(), **files}


@cache
def runtime() -> Runtime:
    """Return what is the same for every bank; raises as `create_files`."""
    record = json.loads((PYODIDE / "runtime.json").read_text("utf-8"))
    files: dict[str, bytes] = {}
    base = f"{FOLDER}/{record['version']}-{_digest((PYODIDE / 'runtime.json').read_bytes())}"
    for name in record["files"]:
        small = (PYODIDE / f"{name}.br").read_bytes()
        files |= beside(f"{base}/{name}", brotli.decompress(small), small)
    for licence in sorted(PYODIDE.glob("LICENCE-*.txt")):
        files[f"{base}/{licence.name}"] = licence.read_bytes()
    start = {"base": f"{base}/", "lock": record["lock"]}
    for name, archive in (("library", library()), ("pdf", pdf())):
        start[name] = f"{FOLDER}/{name}-{_digest(archive)}.zip"
        files |= beside(start[name], archive)
    return Runtime(start, files)


def beside(path: str, data: bytes, small: bytes | None = None) -> dict[str, bytes]:
    """Return a file of the site, and where it is large the same compressed, as GitLab Pages looks for it.

    `small` is the file in Brotli, where that is known.
    """
    files = {path: data}
    if len(data) >= _LARGE:
        files[f"{path}.gz"] = gzip.compress(data, 6, mtime=0)
        files[f"{path}.br"] = small or brotli.compress(data, quality=9, lgwin=22)
    return files


def library() -> bytes:
    """Return the archive of the library and of what it needs."""
    package = Path(kunskapsbank.__file__).parent
    own = {
        path.relative_to(package.parent).as_posix(): path.read_bytes()
        for path in package.rglob("*.py")
        if path.relative_to(package).parts[0] not in _ROOMS_LEFT_OUT
    }
    own["start.py"] = (HERE / "browser" / "start.py").read_bytes()
    return _zipped(own | _installed(_DISTRIBUTIONS))


def pdf() -> bytes:
    """Return the archive of what reads pdf."""
    return _zipped(_installed(_PDF))


def _installed(names: tuple[str, ...]) -> dict[str, bytes]:
    """Return the Python files of installed distributions, and their licences, which must go with them."""
    return {path: data for name in names for path, data in _files(metadata.distribution(name))}


def _files(distribution: metadata.Distribution) -> Iterator[tuple[str, bytes]]:
    listed = distribution.files
    if listed is None:
        raise FileNotFoundError(f"{distribution.name} has no list of its files: install it with pip.")
    for file in listed:
        is_licence = ".dist-info" in file.parts[0] and file.name.upper().startswith(("LICENSE", "LICENCE", "COPYING"))
        is_code = file.suffix == ".py" and not _FOLDERS_LEFT_OUT & {*file.parts} and str(file) not in _FILES_LEFT_OUT
        if is_licence or (is_code and ".." not in file.parts):
            yield file.as_posix(), Path(str(distribution.locate_file(file))).read_bytes()


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """Return an archive, the same for the same files. Stored, as the whole is compressed on its way."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, _DATE), files[name])
    return target.getvalue()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]
