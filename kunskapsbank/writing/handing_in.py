"""How finished files get into the bank's repository: by GitLab's website, and by git; in Swedish, as they are shown.

The steps on the website are those of GitLab's own manual ("Web IDE": New Folder, Upload, Create a new branch, Create
MR): the Upload file of its file list can name no folder, and takes one file at a time.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Delivery:
    """What is handed in: paths from the root of the repository, the document's first; all lie in one folder.

    `title` is the document's, `is_new_folder` tells that the bank lacks the folder.
    """

    paths: tuple[str, ...]
    title: str
    is_new_folder: bool = False

    @property
    def folder(self) -> PurePosixPath:
        """Where all of it lies."""
        return PurePosixPath(self.paths[0]).parent

    @property
    def name(self) -> str:
        """What the branch and the package are called: "samlarteam-2019-slutrapport"."""
        file = PurePosixPath(self.paths[0])
        return file.parent.name if file.stem == "index" else f"{file.parent.name}-{file.stem}"

    @property
    def message(self) -> str:
        """What the change is called."""
        return f"Lägg in {self.title or self.name}"


def on_the_web(delivery: Delivery) -> tuple[str, ...]:
    """Return the steps in GitLab for whoever has unpacked the package; what is to be typed stands in backticks."""
    folder = delivery.folder
    steps = [
        "Packa upp paketet på din dator. I Windows: högerklicka på det och välj Extrahera alla.",
        f"Öppna mappen `{folder.parent if delivery.is_new_folder else folder}` i GitLab. Välj Code och sedan Open in "
        "Web IDE. I äldre GitLab heter knappen Web IDE eller ligger under Edit.",
    ]
    if delivery.is_new_folder:
        steps.append(
            f"Högerklicka på `{folder.parent}` i listan Explorer till vänster, välj New Folder och skriv "
            f"`{folder.name}`."
        )
    count = len(delivery.paths)
    what = "filen som ligger" if count == 1 else f"alla {count} filer som ligger"
    steps += [
        f"Högerklicka på mappen `{folder}` i listan Explorer till vänster, välj Upload och markera {what} i "
        f"mappen `{folder}` i det uppackade paketet.",
        f"Välj Source Control till vänster och skriv `{delivery.message}` i rutan. Välj Create new branch i menyn "
        f"bredvid knappen Commit, och kalla din branch `{delivery.name}`.",
        "Välj Create MR i rutan som visas nere till höger, och sedan Create merge request.",
    ]
    return tuple(steps)


def by_git(delivery: Delivery, package: str = "") -> tuple[str, ...]:
    """Return the commands for whoever has the repository and git, in its root; `package` is the zip to unpack first."""
    paths = shlex.join(delivery.paths)
    unpacked = [f'unzip -n {shlex.quote(package)} "{PurePosixPath(delivery.paths[0]).parts[0]}/*"'] if package else []
    return (
        f"git switch -c {shlex.quote(delivery.name)}",
        *unpacked,
        f"git add {paths}",
        f"git commit -m {shlex.quote(delivery.message)}",
        "git push -u -o merge_request.create origin HEAD",
    )


def read_me(delivery: Delivery, package: str) -> str:
    """Return the text that lies in a package beside its files."""
    files = [f"  {path}" for path in delivery.paths]
    steps = [f"{number}. {step.replace('`', '')}" for number, step in enumerate(on_the_web(delivery), 1)]
    commands = [f"  {command}" for command in by_git(delivery, package)]
    return "\n".join(
        [
            f"{delivery.title or delivery.name}: filer till kunskapsbanken",
            "",
            "Varje fil ligger i den mapp där den ska ligga i banken:",
            *files,
            "Den här filen ska inte med.",
            "",
            "SÅ LÄMNAR DU IN I GITLAB",
            *steps,
            "",
            "ELLER MED GIT, i mappen med bankens filer (skriv var paketet ligger, om det ligger någon annanstans)",
            *commands,
            "",
            "En automatisk kontroll startar. Sedan läser en kollega förslaget och godkänner det.",
            "",
        ]
    )


def shown(commands: Sequence[str]) -> str:
    """Return commands under each other, as they are shown in a terminal."""
    return "\n".join(f"  {command}" for command in commands)
