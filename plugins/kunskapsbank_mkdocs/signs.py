"""What a system tells of the files in a folder → whether any is another than it was, without a look at their bytes.

A system changes the times of a file with whatever is done to it. So one of the same size and times, in the same place
on the disk, has the same bytes. That cannot be said of a file that was changed just before it was looked at, as its
clock goes in ticks, nor where a system does not tell when a file was changed: there the bytes are looked at too.
"""

from __future__ import annotations

import os
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING

from kunskapsbank.files.digest import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# How long a tick may be, of a file system that counts no less than seconds, as FAT does, and of all others.
_COARSE_NS, _FINE_NS = 2_500_000_000, 50_000_000
_SECOND_NS = 1_000_000_000
# On Windows a system tells when a file was made, and when it was written only as whoever wrote it says.
_IS_TOLD = os.name == "posix"


def signs(folder: Path, now_ns: int) -> dict[str, str]:
    """Return what is told of all that lies in a folder, by path, sorted; hidden files too. Links are not followed.

    `now_ns` are the nanoseconds since 1970. Raises OSError where a folder or a file cannot be read, or goes meanwhile.
    """
    found = {}
    for name, path, info in _entries(folder):
        told = _told(info)
        tick = _FINE_NS if info.st_ctime_ns % _SECOND_NS else _COARSE_NS
        is_sure = _IS_TOLD and info.st_ctime_ns < now_ns - tick
        found[name] = told if is_sure or not S_ISREG(info.st_mode) else f"{told} {_digest(path)}"
    return dict(sorted(found.items()))


def changed(folder: Path, known: Mapping[str, str]) -> set[str]:
    """Return what lies in a folder and is not as `signs` once found it, or was there and is no more; raises as that."""
    left = dict(known)
    found = {name for name, path, info in _entries(folder) if not _is(path, info, left.pop(name, ""))}
    return found | left.keys()


def _is(path: str, info: os.stat_result, sign: str) -> bool:
    told, _, digest = sign.partition(" ")
    return _told(info) == told and (not digest or _digest(path) == digest)


def _told(info: os.stat_result) -> str:
    if S_ISDIR(info.st_mode):
        # What lies in it is looked at; its times tell only of that.
        return f"{info.st_mode:o}"
    return f"{info.st_mode:o}:{info.st_size}:{info.st_mtime_ns}:{info.st_ctime_ns}:{info.st_ino}"


def _digest(path: str) -> str:
    return digest_of(Path(path).read_bytes())


def _entries(folder: Path) -> Iterator[tuple[str, str, os.stat_result]]:
    """Yield the name in the folder, the path and what is told of each. A site has ten files for each document."""
    waiting = [("", str(folder))]
    while waiting:
        place, path = waiting.pop()
        with os.scandir(path) as entries:
            for entry in entries:
                name, info = f"{place}{entry.name}", os.lstat(entry.path)
                yield name, entry.path, info
                if S_ISDIR(info.st_mode):
                    waiting.append((f"{name}/", entry.path))
