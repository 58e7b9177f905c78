"""What a system tells of the files in a folder → whether any is another than it was, without a look at their bytes.

Where `kunskapsbank.files.sign` is not sure of a file, the bytes are looked at too.
"""

from __future__ import annotations

import os
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING

from kunskapsbank.files import sign
from kunskapsbank.files.digest import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def signs(folder: Path, now_ns: int) -> dict[str, str]:
    """Return what is told of all that lies in a folder, by path, sorted; hidden files too. Links are not followed.

    `now_ns` are the nanoseconds since 1970. Raises OSError where a folder or a file cannot be read, or goes meanwhile.
    """
    return dict(sorted((name, _sign(path, info, now_ns)) for name, path, info in _entries(folder)))


def again(folder: Path, known: Mapping[str, str], touched: Iterable[str], now_ns: int) -> dict[str, str]:
    """Return what `signs` would find now, where it found `known` and nothing but some files was touched since."""
    found = dict(known)
    for name in touched:
        found.pop(name, None)
        path = folder / name
        try:
            found[name] = _sign(str(path), path.lstat(), now_ns)
        except FileNotFoundError:
            pass
        for around in path.relative_to(folder).parents:
            if not (folder / around).is_dir():
                found.pop(around.as_posix(), None)
            elif around.name and around.as_posix() not in found:
                found[around.as_posix()] = _told((folder / around).lstat())
    return dict(sorted(found.items()))


def changed(folder: Path, known: Mapping[str, str]) -> set[str]:
    """Return what lies in a folder and is not as `signs` once found it, or was there and is no more; raises as that."""
    left = dict(known)
    found = {name for name, path, info in _entries(folder) if not _is(path, info, left.pop(name, ""))}
    return found | left.keys()


def _sign(path: str, info: os.stat_result, now_ns: int) -> str:
    told = _told(info)
    is_sure = sign.is_sure(info, now_ns) or not S_ISREG(info.st_mode)
    return told if is_sure else f"{told} {_digest(path)}"


def _is(path: str, info: os.stat_result, known: str) -> bool:
    told, _, digest = known.partition(" ")
    return _told(info) == told and (not digest or _digest(path) == digest)


def _told(info: os.stat_result) -> str:
    if S_ISDIR(info.st_mode):
        # What lies in it is looked at; its times tell only of that.
        return f"{info.st_mode:o}"
    return sign.told(info)


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
