"""A folder filled beside a published one → the published one, so that a web server always finds a whole site."""

from __future__ import annotations

import ctypes
import errno
import shutil
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from kunskapsbank.files.digest import digest_of

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

# renameat2(2): exchange two names at once; both paths are taken from where the process stands.
_RENAME_EXCHANGE = 2
_AT_FDCWD = -100
# The folder that is filled, the published one while the two change names, and the lock, beside the published folder
# (".site.bygge") or, where that cannot be, inside it (".bygge").
_FILLED, _REPLACED, _LOCK = ".bygge", ".gammal", ".bygge.lock"
# What a system answers where a folder cannot be renamed: it is a mount point, lies on another disk or in a layer of
# a container, is open in another program, or belongs to somebody else.
_FIXED = {errno.EBUSY, errno.EXDEV, errno.EACCES, errno.EPERM, errno.EINVAL, errno.ENOTSUP, errno.EROFS}
_NOT_HERE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}


class Way(Enum):
    """How a new site takes the place of the old one."""

    AT_ONCE = "at once"
    """One step: whenever the process is killed, a whole site is there."""

    IN_TWO = "in two steps"
    """Between the steps there is no folder for an instant; should the process be killed there, `prepare` mends it."""

    FILE_BY_FILE = "file by file"
    """The folder cannot be renamed. Each file is whole, but until the last one the site is of both kinds."""


@dataclass
class Filling:
    """A folder to fill, and the site that it is to take the place of. Others must wait until it is ended."""

    site: Path
    folder: Path
    is_beside: bool
    _lock: FileLock | None
    _is_ended: bool = False
    _taken: set[str] = field(default_factory=set)

    def take_over(self, name: str, digest: str) -> bool:
        """Let a file of the site be one of the filled folder's, if its bytes have this digest; tell whether it is.

        Whoever has changed the site by hand, or taken files away, so gets nothing of that into the new one.
        """
        old, new = self.site / name, self.folder / name
        try:
            if not S_ISREG(old.lstat().st_mode):
                return False
            data = old.read_bytes()
        except OSError:
            return False
        if digest_of(data) != digest:
            return False
        try:
            new.hardlink_to(old)
        except FileNotFoundError:
            new.parent.mkdir(parents=True, exist_ok=True)
            _link(old, new)
        except FileExistsError:
            # Taken over before, or written: never through a name that the site has too.
            new.unlink()
            _link(old, new)
        except OSError:
            shutil.copy2(old, new)
        self._taken.add(name)
        return True

    def publish(self) -> Way:
        """Let what was filled take the place of the site, and return how.

        Files that have not changed are the very files of the old site, not copies. Hidden files at the top of the old
        site (`.htaccess`, `.well-known`) are kept, as MkDocs keeps them. Raises OSError; then the site is as before, or
        where files are replaced one by one, as far as that went.
        """
        try:
            if self.site.is_dir():
                _keep_hidden(self.site, self.folder)
                _link_unchanged(self.site, self.folder, self._taken)
                shutil.copymode(self.site, self.folder)
            way = self._replace()
        finally:
            self.end()
        return way

    def end(self) -> None:
        """Take away what was filled and let others begin; harmless when that is done already."""
        if self._is_ended:
            return
        self._is_ended = True
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.rmtree(_replaced(self.site), ignore_errors=True)
        if self._lock:
            self._lock.release()

    def _replace(self) -> Way:
        if self.is_beside:
            try:
                return _exchange(self.folder, self.site)
            except OSError as error:
                if error.errno not in _FIXED:
                    raise
        _move_files(self.folder, self.site)
        return Way.FILE_BY_FILE


def prepare(site: Path, wait: Callable[[], None] | None) -> Filling:
    """Return an empty folder to fill in place of `site`, which need not exist.

    First mends what a killed process has left. `wait` is called once if another process is filling a folder for the
    same site; then its end is waited for. None stands for a site that no other process knows. Raises OSError where
    neither the folder around the site nor the site itself can be written to.
    """
    site = site.resolve()
    site.parent.mkdir(parents=True, exist_ok=True)
    lock, is_beside = locked(site, wait) if wait else (None, True)
    replaced = _replaced(site)
    if replaced.exists() and not site.exists():
        replaced.rename(site)
    folder = site.with_name(f".{site.name}{_FILLED}") if is_beside else site / _FILLED
    filling = Filling(site, folder, is_beside, lock)
    for left in (folder, replaced):
        if left.is_symlink():
            # What it leads to is not ours.
            left.unlink()
        shutil.rmtree(left, ignore_errors=True)
    try:
        folder.mkdir(exist_ok=True)
    except OSError:
        filling.end()
        raise
    return filling


def _replaced(site: Path) -> Path:
    return site.with_name(f".{site.name}{_REPLACED}")


def locked(site: Path, wait: Callable[[], None]) -> tuple[FileLock, bool]:
    """Return a lock that is held, and whether the folder to fill can lie beside the site."""
    places = [(site.with_name(f".{site.name}{_LOCK}"), True)]
    if site.is_mount():
        places.clear()
    if site.is_dir():
        places.append((site / _LOCK, False))
    for path, is_beside in places:
        lock = FileLock(path)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            wait()
            lock.acquire()
        except OSError:
            if path == places[-1][0]:
                raise
            continue
        return lock, is_beside
    raise AssertionError("a mount point is a folder")


def _keep_hidden(site: Path, folder: Path) -> None:
    for path in site.iterdir():
        new = folder / path.name
        if path.name.startswith(".") and path.name not in {_FILLED, _LOCK} and not new.exists():
            if path.is_dir() and not path.is_symlink():
                shutil.copytree(path, new, symlinks=True, copy_function=_link)
            elif path.is_symlink():
                new.symlink_to(path.readlink())
            else:
                _link(path, new)


def _link_unchanged(site: Path, folder: Path, taken: Container[str]) -> None:
    """Let what is the same in both be the same file: its date stays, and no disk is taken for it.

    `taken` are the names of those that are the same file already, which of a large site are nearly all.
    """
    linked = folder / _FILLED
    start = len(str(folder)) + 1
    for new in _files(folder):
        name = str(new)[start:]
        if name in taken:
            continue
        old = site / name
        if not _are_alike(old, new):
            continue
        try:
            linked.hardlink_to(old)
        except OSError:
            return  # Not on this disk, or not for this user: the copies do as well.
        linked.replace(new)


def _are_alike(old: Path, new: Path) -> bool:
    """Tell whether two files have the same bytes and are not the same already. Asked of every file of a large site."""
    try:
        of_old = old.lstat()
    except OSError:
        return False
    of_new = new.lstat()
    if not (S_ISREG(of_old.st_mode) and S_ISREG(of_new.st_mode)) or of_old.st_size != of_new.st_size:
        return False
    return of_old.st_ino != of_new.st_ino and old.read_bytes() == new.read_bytes()


def _link(old: str | Path, new: str | Path) -> str:
    try:
        Path(new).hardlink_to(old)
    except OSError:
        shutil.copy2(old, new)
    return str(new)


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            yield from _files(path)
        else:
            yield path


def _exchange(folder: Path, site: Path) -> Way:
    """Give `folder` the name of `site`; what had the name is left under the other, or under that of the replaced."""
    if not site.exists():
        folder.rename(site)
        return Way.AT_ONCE
    if exchanged(folder, site):
        return Way.AT_ONCE
    replaced = _replaced(site)
    site.rename(replaced)
    try:
        folder.rename(site)
    except OSError:
        replaced.rename(site)
        raise
    return Way.IN_TWO


def exchanged(one: Path, other: Path) -> bool:
    """Exchange two names at once; return False where the system or the file system cannot."""
    rename = _renameat2()
    if rename is None:
        return False
    if rename(_AT_FDCWD, bytes(one), _AT_FDCWD, bytes(other), _RENAME_EXCHANGE) == 0:
        return True
    if (code := ctypes.get_errno()) in _NOT_HERE:
        return False
    raise OSError(code, errno.errorcode.get(code, ""), str(other))


@cache
def _renameat2() -> Callable[..., int] | None:
    """Return the system's function; None where there is none, as on macOS and Windows."""
    try:
        function = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return None
    function.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint]
    function.restype = ctypes.c_int
    return function


def _move_files(folder: Path, site: Path) -> None:
    """Replace the files of the site one by one: first what pages ask for, then pages, and last take away the rest."""
    new = {path.relative_to(folder) for path in _files(folder)}
    for name in sorted(new, key=lambda name: (name.suffix == ".html", name)):
        target = site / name
        if target.is_dir() and not target.is_symlink():
            shutil.rmtree(target)
        for around in reversed(target.relative_to(site).parents):
            if (site / around).is_file():
                (site / around).unlink()
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            (folder / name).replace(target)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            beside = target.with_name(f"{target.name}{_FILLED}")
            shutil.copy2(folder / name, beside)
            beside.replace(target)
    for path in list(_files(site)):
        name = path.relative_to(site)
        if name not in new and not name.parts[0].startswith("."):
            path.unlink()
    _without_empty(site)


def _without_empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink() and not path.name.startswith("."):
            _without_empty(path)
            if not any(path.iterdir()):
                path.rmdir()
