"""A published folder of which a few files are to be others → the same exchanged for a spare that has them, in one step.

The spare is a folder beside the published one with the very same files (hard links). So an exchange costs what changes,
and nobody ever finds files of two builds together. It is looked through before each use: whatever became of it, by a
killed process or somebody's hand, it is first made like the published folder.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kunskapsbank.files import exchange

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_SPARE = ".reserv"


def keep(site: Path) -> bool:
    """Make the spare of a published folder, so that it is there when it is needed; tell whether that could be done.

    Nobody else may be publishing to the folder.
    """
    site = site.resolve()
    try:
        _alike(site, _spare(site))
    except OSError:
        # No hard links here, or no room: then it is done without.
        drop(site)
        return False
    return True


def drop(site: Path) -> None:
    """Take the spare of a published folder away; harmless where there is none."""
    shutil.rmtree(_spare(site.resolve()), ignore_errors=True)


def seen(site: Path) -> tuple[int, int]:
    """Return what tells a published folder from those that were or will be exchanged for it; raises OSError."""
    found = site.stat()
    return found.st_ino, found.st_ctime_ns


def change(
    site: Path, files: Mapping[str, bytes | None], was: tuple[int, int], wait: Callable[[], None]
) -> set[str] | None:
    """Exchange a published folder for one with these files, None for one that goes, and all its others.

    Returns the names of all files of which the system now tells anything else than before, None where that cannot be
    done, or the folder is not the one that was `seen`; then it is as it was. `wait` is called if another process is
    publishing to it, and its end waited for.
    """
    site = site.resolve()
    spare = _spare(site)
    try:
        lock, is_beside = exchange.locked(site, wait)
    except OSError:
        return None
    try:
        if not is_beside or seen(site) != was:
            return None
        touched = _alike(site, spare)
        for name, data in files.items():
            _put(spare / name, data)
        if not exchange.exchanged(spare, site):
            return None
        # Now the spare is what was published before.
        with suppress(OSError):
            for name, data in files.items():
                _put(spare / name, data if data is None else site / name)
        return touched | files.keys()
    except OSError:
        return None
    finally:
        lock.release()


def _spare(site: Path) -> Path:
    return site.with_name(f".{site.name}{_SPARE}")


def _put(path: Path, data: bytes | Path | None) -> None:
    """Let a file have this data, or be another, or go; what had its name before stays as it is under other names."""
    path.unlink(missing_ok=True)
    if data is None:
        with suppress(OSError):
            path.parent.rmdir()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(data, Path):
        path.hardlink_to(data)
    else:
        path.write_bytes(data)


def _alike(site: Path, spare: Path) -> set[str]:
    """Let the spare have what lies in the published folder and nothing else; return the names of what it had not."""
    if spare.is_symlink():
        # What it leads to is not ours.
        spare.unlink()
    spare.mkdir(exist_ok=True)
    linked: set[str] = set()
    for folder, in_site, in_spare in _folders(str(site), str(spare)):
        for name in in_spare.keys() - in_site.keys():
            _take_away(in_spare.pop(name))
        for name, entry in in_site.items():
            own, place = in_spare.get(name), f"{spare}/{folder}{name}"
            if entry.is_dir(follow_symlinks=False):
                if own and not own.is_dir(follow_symlinks=False):
                    _take_away(own)
                if not os.path.isdir(place):
                    os.mkdir(place)
                    shutil.copymode(entry.path, place)
            elif not own or own.inode() != entry.inode() or own.is_dir(follow_symlinks=False):
                if own:
                    _take_away(own)
                os.link(entry.path, place, follow_symlinks=False)
                linked.add(f"{folder}{name}")
    shutil.copymode(site, spare)
    return linked


def _folders(site: str, spare: str) -> Iterator[tuple[str, dict[str, os.DirEntry[str]], dict[str, os.DirEntry[str]]]]:
    """Yield each folder of the site, outer ones first, with what lies in it, and in the same of the spare."""
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        in_site, in_spare = _entries(f"{site}/{folder}"), _entries(f"{spare}/{folder}")
        yield folder, in_site, in_spare
        waiting += [f"{folder}{name}/" for name, entry in in_site.items() if entry.is_dir(follow_symlinks=False)]


def _entries(folder: str) -> dict[str, os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return {entry.name: entry for entry in entries}


def _take_away(entry: os.DirEntry[str]) -> None:
    if entry.is_dir(follow_symlinks=False):
        shutil.rmtree(entry.path)
    else:
        os.unlink(entry.path)
