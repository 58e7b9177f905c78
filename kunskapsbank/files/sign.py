"""What a system tells of a file → whether it is another than it was, without a look at its bytes.

A system changes the times of a file with whatever is done to it. So one of the same size and times, in the same place
on the disk, has the same bytes. That cannot be said of a file that was changed just before it was looked at, as its
clock goes in ticks, nor where a system does not tell when a file was changed.
"""

from __future__ import annotations

from pathlib import Path, PosixPath
from stat import S_ISREG
from typing import Protocol

# How long a tick may be, of a file system that counts no less than seconds, as FAT does, and of all others.
_COARSE_NS, _FINE_NS = 2_500_000_000, 50_000_000
_SECOND_NS = 1_000_000_000
# On Windows a system tells when a file was made, and when it was written only as whoever wrote it says.
_IS_TOLD = isinstance(Path(), PosixPath)


class Status(Protocol):
    """What a system tells of a file, as `os.stat_result` has it."""

    @property
    def st_mode(self) -> int: ...  # noqa: D102
    @property
    def st_size(self) -> int: ...  # noqa: D102
    @property
    def st_mtime_ns(self) -> int: ...  # noqa: D102
    @property
    def st_ctime_ns(self) -> int: ...  # noqa: D102
    @property
    def st_ino(self) -> int: ...  # noqa: D102


def told(info: Status) -> str:
    """Return what is told of a file, in a line."""
    return f"{info.st_mode:o}:{info.st_size}:{info.st_mtime_ns}:{info.st_ctime_ns}:{info.st_ino}"


def is_sure(info: Status, now_ns: int) -> bool:
    """Tell whether a file that is told the same of later has the bytes that it had at a moment.

    `now_ns` are the nanoseconds from 1970 to that moment.
    """
    tick = _FINE_NS if info.st_ctime_ns % _SECOND_NS else _COARSE_NS
    return _IS_TOLD and info.st_ctime_ns < now_ns - tick


def sure(path: Path, now_ns: int) -> str:
    """Return what is told of a file where `is_sure`, else "", also for what is no file."""
    try:
        info = path.lstat()
    except OSError:
        return ""
    return told(info) if S_ISREG(info.st_mode) and is_sure(info, now_ns) else ""


def is_as(path: Path, sign: str) -> bool:
    """Tell whether what `sure` returned of a file is told of it still; raises OSError where it is gone."""
    return bool(sign) and told(path.lstat()) == sign
