"""Content folder → the regular files in it, each once by its composed name, and every entry that may not lie there.

Nothing is followed: a symbolic link, a device, a pipe or a socket is a problem, not a file, and nothing outside the
folder is looked at. So is a name that another system cannot carry. Each entry is looked at once.
"""

from __future__ import annotations

import re
import stat
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.files.faults import why_unread
from kunskapsbank.problems import Problem
from kunskapsbank.swedish.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_RENAME = "Byt namn: a–z, siffror och bindestreck."
_ONLY_FILES = "Ta bort den: i innehållet får bara vanliga filer och mappar ligga."
_SPECIAL = (
    (stat.S_ISFIFO, "är ett namngivet rör, ingen vanlig fil"),
    (stat.S_ISSOCK, "är en socket, ingen vanlig fil"),
    (stat.S_ISBLK, "är en enhet, ingen vanlig fil"),
    (stat.S_ISCHR, "är en enhet, ingen vanlig fil"),
)
# What Windows calls a folder that leads elsewhere, IO_REPARSE_TAG_MOUNT_POINT.
_JUNCTION = 0xA0000003
# learn.microsoft.com/windows/win32/fileio/naming-a-file: signs and names that Windows keeps for itself.
_SIGNS = re.compile(r'[<>:"|?*\\]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\.|$)", re.IGNORECASE)
_NO_TEXT = re.compile(r"[\ud800-\udfff]")
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Zl", "Zp"})
# Emacs leaves such a link to nowhere beside a file that is being edited.
_EDITOR_LOCK = ".#"


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of a content folder, by path, sorted: each name with / and composed letters, and where it lies."""

    files: tuple[tuple[str, Path], ...]
    problems: tuple[Problem, ...]


def walk(content: Path, under: str = "") -> Folder:
    """Find every file of the content folder, or of its folder `under`. Hidden files are left out.

    Raises nothing: what cannot be opened is a problem.
    """
    walker = _Walker(content)
    if not under or stat.S_ISDIR(_mode(content / under)):
        walker.walk(under)
    return Folder(tuple(walker.files), tuple(walker.problems))


def is_no_file(path: Path) -> bool:
    """Tell whether something lies there that is neither a file nor a folder: a link, say, wherever it leads."""
    mode = _mode(path)
    return bool(mode) and not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _mode(path: Path) -> int:
    try:
        return path.lstat().st_mode
    except OSError:
        return 0


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry as it is named on the disk; `is_read` is false of what is only looked through for links."""

    place: tuple[str, ...]
    path: Path
    mode: int
    is_link: bool
    is_read: bool

    @property
    def file(self) -> str:
        return normalise("/".join(self.place))


def _entry(place: tuple[str, ...], path: Path, is_read: bool) -> _Entry:
    info = path.lstat()
    is_link = stat.S_ISLNK(info.st_mode) or getattr(info, "st_reparse_tag", 0) == _JUNCTION
    return _Entry((*place, path.name), path, info.st_mode, is_link, is_read and path.name[0] != ".")


class _Walker:
    def __init__(self, content: Path) -> None:
        self.content = content
        self.files: list[tuple[str, Path]] = []
        self.problems: list[Problem] = []

    def problem(self, place: tuple[str, ...], message: str, hint: str) -> None:
        self.problems.append(Problem(_shown(normalise("/".join(place))) or ".", 1, "", message, hint))

    def walk(self, under: str) -> None:
        """Go through the folders, by name; those that are still to come wait in a list, however deep they lie."""
        start = tuple(under.split("/")) if under else ()
        waiting = list(reversed(self.entries(start, self.content.joinpath(*start), is_read=True)))
        while waiting:
            entry = waiting.pop()
            if stat.S_ISDIR(entry.mode):
                waiting.extend(reversed(self.entries(entry.place, entry.path, entry.is_read)))
            elif entry.is_read:
                self.files.append((entry.file, entry.path))

    def entries(self, place: tuple[str, ...], path: Path, is_read: bool) -> list[_Entry]:
        """Return the files and folders of a folder that may lie there."""
        try:
            entries = [_entry(place, inner, is_read) for inner in sorted(path.iterdir())]
        except OSError as error:
            self.problem(place, f"mappen går inte att öppna ({why_unread(error)})", "Kontrollera mappens behörighet.")
            return []
        kept = [entry for entry in entries if self.is_regular(entry)]
        refused = self.badly_named([entry for entry in kept if entry.is_read])
        return [entry for entry in kept if entry.place not in refused]

    def is_regular(self, entry: _Entry) -> bool:
        mode = entry.mode
        if entry.is_link:
            if not (entry.place[-1].startswith(_EDITOR_LOCK) and not entry.path.exists()):
                hint = "Ta bort länken. Ska det som den leder till publiceras: lägg själva filen eller mappen här."
                self.problem(entry.place, "är en symbolisk länk, och sådana följs inte", hint)
            return False
        if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
            return True
        what = next((told for is_one, told in _SPECIAL if is_one(mode)), "är ingen vanlig fil")
        self.problem(entry.place, what, _ONLY_FILES)
        return False

    def badly_named(self, entries: list[_Entry]) -> set[tuple[str, ...]]:
        """Note names that another system cannot carry, or takes for another's in the folder; returns where they are."""
        refused: set[tuple[str, ...]] = set()
        taken: dict[str, str] = {}
        # Small letters first, as the one with capitals is the one to rename.
        for entry in sorted(entries, key=lambda entry: entry.place[-1].swapcase()):
            first = taken.setdefault(normalise(entry.place[-1]).casefold(), entry.place[-1])
            what = "mappar" if stat.S_ISDIR(entry.mode) else "filer"
            if fault := _fault_beside(entry.place[-1], first, what):
                self.problem(entry.place, *fault)
                refused.add(entry.place)
        return refused


def badly_named(file: str, others: Iterable[str]) -> Problem | None:
    """Return what is wrong with the name of a file, or of a folder that it lies in, beside the other files' names.

    All are relative to the content folder and composed.
    """
    parts = tuple(file.split("/"))
    beside = [tuple(other.split("/")) for other in others]
    for depth, name in enumerate(parts):
        names = {other[depth] for other in beside if other[:depth] == parts[:depth] and len(other) > depth} | {name}
        alike = (other for other in names if other.casefold() == name.casefold())
        what = "filer" if depth == len(parts) - 1 else "mappar"
        if fault := _fault_beside(name, min(alike, key=str.swapcase), what):
            return Problem(_shown("/".join(parts[: depth + 1])), 1, "", *fault)
    return None


def _fault_beside(name: str, first: str, what: str) -> tuple[str, str] | None:
    """Return what is wrong with a name and what to do; `first` is the first in its folder that some take for it."""
    if first != name and normalise(first) == normalise(name):
        return f"två {what} har samma namn", "Namnen ser lika ut men skrivs olika: ta bort den ena."
    if first != name:
        fault = f"namnet skiljer sig från {_shown(first)} bara i stora och små bokstäver"
        return fault, "Byt namn på den ena: Windows och Mac tar dem för samma."
    fault = _fault(normalise(name))
    return (fault, _RENAME) if fault else None


def _fault(name: str) -> str:
    """Return what another system would not have in a name; "" where nothing is wrong with it."""
    if _NO_TEXT.search(name):
        return "filens namn går inte att läsa"
    for character in name:
        if unicodedata.category(character) in _UNSEEN:
            return f"namnet innehåller ett osynligt tecken (U+{ord(character):04X})"
    if sign := _SIGNS.search(name):
        return f"namnet innehåller tecknet {sign[0]}, som Windows inte kan ha i namn"
    if name[-1] in ". ":
        return f"namnet slutar på {'punkt' if name[-1] == '.' else 'mellanslag'}, och det kan namn i Windows inte göra"
    if _RESERVED.match(name):
        return f"namnet {name.partition('.')[0]} har Windows för sig självt"
    return ""


def _shown(file: str) -> str:
    """Return a name as it can be printed on one line."""
    text = file.encode("utf-8", "replace").decode()
    return "".join("�" if unicodedata.category(character) in _UNSEEN else character for character in text)
