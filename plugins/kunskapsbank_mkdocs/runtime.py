"""The Python that runs in the browser, and the library that it runs there, as files of the site.

The library and what it needs are taken from where the build itself runs them, so that the page *Skapa rapport* and the
command line are of the same versions.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import brotli

import kunskapsbank
from kunskapsbank import checks
from kunskapsbank.model import snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

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
# Diagnoses, what leans on packages that are not there, and what is done with a whole bank.
_FILES_LEFT_OUT = frozenset(
    {
        *("bs4/builder/_html5lib.py", "bs4/builder/_lxml.py", "bs4/diagnose.py"),
        *("kunskapsbank/checks/kept_bank.py", "kunskapsbank/writing/moving.py", "kunskapsbank/writing/new_bank.py"),
    }
)
_FOLDERS_LEFT_OUT = frozenset(
    {
        *("__pycache__", "cli", "test", "tests"),
        # Of Markdown, what ours does without.
        *("attrs", "dollarmath", "field_list", "gfm", "gfm_autolink", "texmath"),
    }
)
# From so many bytes on it pays to lay a compressed file beside.
_LARGE = 20_000
# As old as a zip archive can tell, so that the same content gives the same bytes.
_DATE = (1980, 1, 1, 0, 0, 0)
# How hard files are packed: a step more takes twice as long, for two hundredths.
_QUALITY = 5
# What files are packed with: another version may pack them otherwise.
_PACKER = f"{brotli.__version__} {_QUALITY}"


@dataclass(frozen=True, slots=True)
class Made:
    """A file of the site: its path there, what it is made of, as a key, and how it is made."""

    path: str
    key: str
    make: Callable[[], bytes]


@dataclass(frozen=True)
class Runtime:
    """Where the page finds its Python: addresses in the site, and all the files."""

    start: Mapping[str, Any]
    """What the worker is handed, as JSON: addresses from the root of the site, and Pyodide's lock."""
    files: tuple[Made, ...]


def create_files(bank: Catalogue) -> tuple[Made, ...]:
    """Return all that the page *Skapa rapport* fetches.

    The names of the files change with what is in them, so that no browser keeps an old one; START names them. Raises
    FileNotFoundError where an installed package has no list of its files.
    """
    known = checks.snapshot(bank)
    found = runtime()
    files, start = list(found.files), dict(found.start)
    for name, text in (("snapshot", known.to_json()), ("runs", known.runs_to_json())):
        data = text.encode()
        start[name] = f"skapa/{name}-{_digest(data)}.json"
        files += of_data(start[name], data)
    return (*of_data(START, json.dumps(start).encode()), *files)


def with_other_runs(site: Path, changed: Mapping[str, frozenset[int]]) -> dict[str, bytes | None]:
    """Return the files that `create_files` would make otherwise if some documents had other runs of words.

    They are by name, None for one that goes. `site` is what was made without. Raises OSError, ValueError and KeyError
    where it is not.
    """
    start = json.loads((site / START).read_bytes())
    old = start["runs"]
    data = snapshot.with_other_runs((site / old).read_text("utf-8"), changed).encode()
    start["runs"] = f"skapa/runs-{_digest(data)}.json"
    files = (*of_data(START, json.dumps(start).encode()), *of_data(start["runs"], data))
    gone = (f"{old}{ending}" for ending in ("", ".gz", ".br"))
    return {**{name: None for name in gone if (site / name).is_file()}, **{one.path: one.make() for one in files}}


def runtime() -> Runtime:
    """Return what is the same for every bank; raises as `create_files`."""
    record = json.loads((PYODIDE / "runtime.json").read_text("utf-8"))
    files: list[Made] = []
    base = f"{FOLDER}/{record['version']}-{_digest((PYODIDE / 'runtime.json').read_bytes())}"
    for name, known in record["files"].items():
        files += _of_pyodide(f"{base}/{name}", (PYODIDE / f"{name}.br").read_bytes(), known["bytes"])
    for licence in sorted(PYODIDE.glob("LICENCE-*.txt")):
        files += of_data(f"{base}/{licence.name}", licence.read_bytes(), 0)
    start = {"base": f"{base}/", "lock": record["lock"]}
    for name, archive in (("library", library()), ("pdf", pdf())):
        start[name] = f"{FOLDER}/{name}-{_digest(archive)}.zip"
        files += of_data(start[name], archive)
    return Runtime(start, tuple(files))


def of_data(path: str, data: bytes, size: int | None = None) -> list[Made]:
    """Return a file of the site, and where it is large the same in Brotli, as GitLab Pages looks for it.

    `size` is how large it is to count, None for as large as it is.
    """

    def packed() -> bytes:
        return bytes(brotli.compress(data, quality=_QUALITY, lgwin=22))

    return _beside(path, _whole_digest(data), len(data) if size is None else size, lambda: data, packed)


def _of_pyodide(path: str, small: bytes, size: int) -> list[Made]:
    """Return a file that is known in Brotli, as `of_data` does; `size` is how large it is."""
    return _beside(path, _whole_digest(small), size, lambda: brotli.decompress(small), lambda: small)


def _beside(path: str, key: str, size: int, make: Callable[[], bytes], pack: Callable[[], bytes]) -> list[Made]:
    whole = Made(path, f"{path} {key}", make)
    return [whole, Made(f"{path}.br", f"{path}.br {key} {_PACKER}", pack)] if size >= _LARGE else [whole]


def library() -> bytes:
    """Return the archive of the library and of what it needs."""
    package = Path(kunskapsbank.__file__).parent
    paths = {path.relative_to(package.parent).as_posix(): path for path in package.rglob("*.py")}
    own = {
        name: path.read_bytes()
        for name, path in paths.items()
        if name.split("/")[1] not in _ROOMS_LEFT_OUT and name not in _FILES_LEFT_OUT
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
    return _whole_digest(data)[:12]


def _whole_digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
