"""A finished document and the files beside it → the content folder: all of it or nothing, and never over anything."""

from __future__ import annotations

import re
import secrets
import shutil
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kunskapsbank.model.catalogue import ASSET_TYPES
from kunskapsbank.problems import BankError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

# Begins with a dot, so that the bank passes over what a killed import leaves.
STAGING = ".import-"
_MOST_TRIES = 1_000


class TakenError(BankError):
    """The document is there already; the text is its path."""


def place(content: Path, file: str, text: str, beside: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write a document and the files that it links to; returns their paths, the document's first.

    `file` is the document's path relative to `content`, `beside` has name → bytes. The files get names of their own
    that begin with the document's, and the links in `text` follow. Each is written whole in a hidden folder beside and
    then given its name, the document last: whatever interrupts it, there is no half file, and no document that lacks
    its pictures. Raises TakenError where the document exists, ValueError for a kind of file that the bank does not
    publish, and OSError; then nothing is left.
    """
    target = content / file
    if target.exists() or target.is_symlink():
        raise TakenError(str(target))
    if wrong := [name for name in beside if PurePosixPath(name).suffix.lower() not in ASSET_TYPES]:
        raise ValueError(wrong[0])
    new_folders = _missing_folders(target.parent)
    # What is being given a name: the whole file in the hidden folder, and its path to be.
    named: list[tuple[Path, Path]] = []
    staging = target.parent / f"{STAGING}{secrets.token_hex(8)}"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        staging.mkdir()
        names: dict[str, str] = {}
        for number, (name, data) in enumerate(beside.items()):
            whole = staging / str(number)
            whole.write_bytes(data)
            names[name] = _give_free_name(whole, target.parent / f"{target.stem}-{name}", named).name
        whole = staging / "document"
        whole.write_text(linked(text, names), encoding="utf-8", newline="\n")
        _give_name(whole, target, named)
    except BaseException as error:
        # Ctrl-C too.
        _take_back(named)
        _remove(staging)
        _remove_empty(new_folders)
        if isinstance(error, FileExistsError):
            raise TakenError(str(target)) from None
        raise
    _remove(staging)
    return target, *(path for _, path in named[:-1])


def linked(text: str, names: Mapping[str, str]) -> str:
    """Return a Markdown text with the links to files beside it changed, from the key to the value of `names`."""
    if not names:
        return text
    either = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    pattern = rf"(?<=\]\()(?:{either})(?=[)\s])|(?<=src=\")(?:{either})(?=\")|(?<=\]: )(?:{either})(?=\s|$)"
    return re.sub(pattern, lambda match: names[match[0]], text)


def _give_free_name(whole: Path, wanted: Path, named: list[tuple[Path, Path]]) -> Path:
    """Give a file the name that is wanted, or the next that is free."""
    for number in range(1, _MOST_TRIES):
        path = wanted if number == 1 else wanted.with_stem(f"{wanted.stem}-{number}")
        try:
            _give_name(whole, path, named)
        except FileExistsError:
            continue
        return path
    raise FileExistsError(wanted)


def _give_name(whole: Path, path: Path, named: list[tuple[Path, Path]]) -> None:
    """Give a file its name in one step, and note it in `named`; raises FileExistsError where the name is taken."""
    # Noted first, as Ctrl-C may come at any point; `_take_back` looks whether it came so far.
    named.append((whole, path))
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


def _take_back(named: Sequence[tuple[Path, Path]]) -> None:
    """Remove what was given a name, and nothing that had the name before."""
    for whole, path in named:
        try:
            if not whole.exists() or path.samefile(whole):
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
