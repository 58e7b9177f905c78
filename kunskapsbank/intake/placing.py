"""A finished document and the files beside it → the content folder: all of it or nothing, and never over anything."""

from __future__ import annotations

import secrets
import shutil
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from kunskapsbank.intake import naming
from kunskapsbank.model.catalogue import ASSET_TYPES
from kunskapsbank.problems import BankError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

# Begins with a dot, so that the bank passes over what a killed import leaves.
STAGING = ".import-"
# In the hidden folder: what was given which name, so far; the document; and the sign that somebody is at work.
_JOURNAL, _DOCUMENT, _LOCK = "named", "document", "lock"
_MOST_TRIES = 100


class TakenError(BankError):
    """The document is there already; the text is its path."""


def place(
    content: Path, file: str, text: str, beside: Mapping[str, bytes], pages: Mapping[str, str] | None = None
) -> tuple[Path, ...]:
    """Write a document and the files that it links to; returns their paths, the document's first.

    `file` is the document's path relative to `content`, `beside` has name → bytes. `pages` are other documents that
    come with it into the same folder, path → text: the page of a new project; their paths come last. The files get
    names of their own that begin with the document's, and the links in `text` follow. Each is written whole in a hidden
    folder beside and then given its name, the document last: whatever interrupts it, there is no half file, and no
    document that lacks its pictures; pictures without a document, which only a killed import leaves, are taken back by
    the next one. Raises TakenError where a document exists, ValueError for a kind of file that the bank does not
    publish, and OSError; then nothing is left.
    """
    target = content / file
    pages = pages or {}
    for path in (target, *(content / page for page in pages)):
        if path.exists() or path.is_symlink():
            raise TakenError(str(path))
    if wrong := [name for name in beside if PurePosixPath(name).suffix.lower() not in ASSET_TYPES]:
        raise ValueError(wrong[0])
    clear(content)
    new_folders = _missing_folders(target.parent)
    # What is being given a name: the whole file in the hidden folder, and its path to be.
    named: list[tuple[Path, Path]] = []
    staging = target.parent / f"{STAGING}{secrets.token_hex(8)}"
    lock: FileLock | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        lock = _begun(staging)
        names: dict[str, str] = {}
        for number, (name, data) in enumerate(beside.items()):
            whole = staging / str(number)
            whole.write_bytes(data)
            names[name] = _give_free_name(whole, target, name, named).name
        for number, (page, words) in enumerate(pages.items()):
            whole = staging / f"page-{number}"
            whole.write_text(words, encoding="utf-8", newline="\n")
            _give_name(whole, content / page, named)
        whole = staging / _DOCUMENT
        whole.write_text(naming.linked(text, names), encoding="utf-8", newline="\n")
        _give_name(whole, target, named)
    except BaseException as error:
        # Ctrl-C too.
        _take_back(named)
        if lock:
            lock.release()
        _remove(staging)
        _remove_empty(new_folders)
        if isinstance(error, FileExistsError):
            raise TakenError(str(target)) from None
        raise
    lock.release()
    _remove(staging)
    return target, *(path for _, path in named[:-1])


def _give_free_name(whole: Path, target: Path, name: str, named: list[tuple[Path, Path]]) -> Path:
    """Give a file beside a document the first of its names that is free."""
    for one in naming.wanted(target.name, name):
        path = target.with_name(one)
        try:
            _give_name(whole, path, named)
        except FileExistsError:
            continue
        return path
    raise FileExistsError(name)


def _give_name(whole: Path, path: Path, named: list[tuple[Path, Path]]) -> None:
    """Give a file its name in one step, and note it in `named`; raises FileExistsError where the name is taken."""
    # Noted first, as Ctrl-C and worse may come at any point; `_take_back` looks whether it came so far.
    named.append((whole, path))
    with (whole.parent / _JOURNAL).open("a", encoding="utf-8") as journal:
        journal.write(f"{whole.name}\t{path.name}\n")
    try:
        try:
            path.hardlink_to(whole)
        except FileExistsError:
            raise
        except OSError:
            # A file system without hard links (memory sticks, some network drives): an empty file keeps the name.
            path.open("xb").close()
            try:
                whole.replace(path)
            except BaseException:
                path.unlink(missing_ok=True)
                raise
    except FileExistsError:
        named.pop()
        raise


def _begun(staging: Path) -> FileLock:
    """Make the hidden folder and return the lock on it, which tells others that we are at work."""
    for _ in range(_MOST_TRIES):
        lock = FileLock(staging / _LOCK)
        try:
            staging.mkdir(exist_ok=True)
            lock.acquire()
        except FileNotFoundError:
            continue
        # Another may have taken the folder for a dead one's before it was locked.
        if (staging / _LOCK).exists():
            return lock
        lock.release()
    raise FileExistsError(staging)


def clear(content: Path) -> None:
    """Take back what imports that were killed have left: files with their names beside no document, and the rest.

    One that is still running is let alone.
    """
    for staging in _stagings(content):
        try:
            with FileLock(staging / _LOCK, timeout=0):
                _clear(staging)
                _remove(staging)
        except (Timeout, OSError):
            continue


def _stagings(content: Path) -> Iterator[Path]:
    """Yield the hidden folders of imports; unlike `rglob`, pass over folders that another takes away meanwhile."""
    waiting = [content]
    while waiting:
        try:
            found = [*waiting.pop().iterdir()]
        except OSError:
            continue
        for path in found:
            if path.name.startswith(STAGING):
                yield path
            elif path.is_dir() and not path.is_symlink():
                waiting.append(path)


def _clear(staging: Path) -> None:
    try:
        lines = (staging / _JOURNAL).read_text("utf-8").splitlines()
    except FileNotFoundError:
        return
    # The last name that was tried counts: the others were taken.
    tried = {number: name for number, _, name in (line.partition("\t") for line in lines)}
    named = [(staging / number, staging.parent / name) for number, name in tried.items()]
    if not named:
        return
    whole, document = named[-1]
    is_done = whole.name == _DOCUMENT and document.exists() and (not whole.exists() or document.samefile(whole))
    if not is_done:
        _take_back(named)


def _take_back(named: Sequence[tuple[Path, Path]]) -> None:
    """Remove what was given a name, and nothing that had the name before."""
    for whole, path in named:
        try:
            # An empty one only keeps the name where there are no hard links.
            if not whole.exists() or path.samefile(whole) or path.stat().st_size == 0:
                path.unlink()
        except FileNotFoundError:
            continue


def _missing_folders(folder: Path) -> list[Path]:
    """Return the folders that have to be made for this one, the innermost first."""
    return [one for one in (folder, *folder.parents) if not one.exists()]


def _remove(staging: Path) -> None:
    try:
        shutil.rmtree(staging, ignore_errors=True)
    finally:
        # Ctrl-C may have come meanwhile.
        shutil.rmtree(staging, ignore_errors=True)


def _remove_empty(folders: Sequence[Path]) -> None:
    for folder in folders:
        try:
            folder.rmdir()
        except OSError:
            # Somebody has put something there meanwhile.
            return
