"""Nothing but regular files with names that every system carries is read; nothing outside the content folder is."""

import os
import shutil
import socket
import sys
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from support import SAMPLE

from kunskapsbank.bank import open_bank
from kunskapsbank.model.catalogue import Catalogue
from kunskapsbank.reading import folder

TODAY = date(2026, 11, 22)
SECRET = "hemligt och utanför"
LINK = "är en symbolisk länk, och sådana följs inte"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are made otherwise there")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The sample, with a secret in a folder beside it."""
    shutil.copytree(SAMPLE, tmp_path / "content")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "evil.md").write_text(f"---\ntitel: {SECRET}\n---\n", "utf-8")
    (outside / "evil.txt").write_text(SECRET, "utf-8")
    (outside / "teman.yml").write_text(f"# {SECRET}\n", "utf-8")
    return tmp_path / "content"


def opened(content: Path) -> Catalogue:
    return open_bank(content, TODAY).catalogue


def socket_at(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(path))


MADE: dict[str, tuple[str, Callable[[Path], None], str]] = {
    "a link to a folder outside": ("projekt/trappan/ut", lambda path: path.symlink_to("../../../outside"), LINK),
    "a link to a file outside": ("resor/ut.md", lambda path: path.symlink_to("../../outside/evil.md"), LINK),
    "a link to an attachment outside": ("resor/u.txt", lambda path: path.symlink_to("../../outside/evil.txt"), LINK),
    "a link by its whole path": ("om/env.txt", lambda path: path.symlink_to("/proc/self/environ"), LINK),
    "a link to a file inside": ("resor/2022-malmo.md", lambda path: path.symlink_to("2021-malmo.md"), LINK),
    "a link to nothing": ("resor/a.md", lambda path: path.symlink_to("finns-inte.md"), LINK),
    "a link to itself": ("resor/a.md", lambda path: path.symlink_to("a.md"), LINK),
    "a loop": ("projekt/trappan/loop", lambda path: path.symlink_to("../trappan"), LINK),
    "a link to the folder above": ("projekt/upp", lambda path: path.symlink_to(".."), LINK),
    "a hidden link": ("projekt/.upp", lambda path: path.symlink_to(".."), LINK),
    "a device": ("projekt/trappan/z.txt", lambda path: path.symlink_to("/dev/zero"), LINK),
    "a pipe": ("projekt/trappan/f.md", os.mkfifo, "är ett namngivet rör, ingen vanlig fil"),
    "a hidden pipe": ("projekt/trappan/.f", os.mkfifo, "är ett namngivet rör, ingen vanlig fil"),
    "a socket": ("om/s.txt", socket_at, "är en socket, ingen vanlig fil"),
}


@pytest.mark.parametrize(("file", "make", "message"), MADE.values(), ids=MADE)
def test_what_is_no_file_is_told_once_and_never_read(
    file: str, make: Callable[[Path], None], message: str, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(content)
    make(content / file)
    found = opened(content)
    assert [(problem.file, problem.line, problem.message) for problem in found.errors] == [(file, 1, message)]
    assert found.errors[0].hint
    assert SECRET not in "".join((*found.texts.values(), *map(str, found.problems)))
    assert file not in {*found.assets, *found.texts}


@pytest.mark.skipif(sys.platform != "linux" or os.getuid() != 0, reason="a device is made by root")
def test_a_device_is_told(content: Path) -> None:
    os.mknod(content / "om/null.txt", 0o600 | 0o020000, os.makedev(1, 3))
    assert [problem.message for problem in opened(content).errors] == ["är en enhet, ingen vanlig fil"]


def test_vocabularies_are_not_followed_either(content: Path) -> None:
    (content / "vokabular/teman.yml").unlink()
    (content / "vokabular/teman.yml").symlink_to(content.parent / "outside/teman.yml")
    found = opened(content)
    assert [(problem.file, problem.message) for problem in found.errors] == [("vokabular/teman.yml", LINK)]
    assert SECRET not in "".join(found.texts.values())


def test_a_link_in_the_place_of_all_vocabularies_is_told(content: Path) -> None:
    (content / "vokabular").rename(content.parent / "vokabular")
    (content / "vokabular").symlink_to(content.parent / "vokabular")
    assert ("vokabular", LINK) in {(problem.file, problem.message) for problem in opened(content).errors}


def test_the_content_itself_may_be_a_link(content: Path) -> None:
    (content.parent / "link").symlink_to(content)
    assert opened(content.parent / "link").errors == ()


def test_the_mark_of_a_file_that_is_open_in_an_editor_is_let_be(content: Path) -> None:
    (content / "om/.#index.md").symlink_to("anna@dator.1234:1700000000")
    assert opened(content).errors == ()


NAMES = {
    "om/a\nb.md": "namnet innehåller ett osynligt tecken (U+000A)",
    "om/a\x07.md": "namnet innehåller ett osynligt tecken (U+0007)",
    "om/\u202ecod.md": "namnet innehåller ett osynligt tecken (U+202E)",
    "om/a\u200b.md": "namnet innehåller ett osynligt tecken (U+200B)",
    "om/CON.md": "namnet CON har Windows för sig självt",
    "om/nul": "namnet nul har Windows för sig självt",
    "om/Aux.tar.txt": "namnet Aux har Windows för sig självt",
    "om/com1.txt": "namnet com1 har Windows för sig självt",
    "om/LPT9.png": "namnet LPT9 har Windows för sig självt",
    "om/slut.": "namnet slutar på punkt, och det kan namn i Windows inte göra",
    "om/slut.md ": "namnet slutar på mellanslag, och det kan namn i Windows inte göra",
    "om/vad?.md": "namnet innehåller tecknet ?, som Windows inte kan ha i namn",
    "om/a:b.md": "namnet innehåller tecknet :, som Windows inte kan ha i namn",
    "om/a\\b.md": "namnet innehåller tecknet \\, som Windows inte kan ha i namn",
    'om/"a".md': 'namnet innehåller tecknet ", som Windows inte kan ha i namn',
    "projekt/slut./index.md": "namnet slutar på punkt, och det kan namn i Windows inte göra",
    "projekt/con/index.md": "namnet con har Windows för sig självt",
    "projekt/Trappan/2016-slutrapport.md": "namnet skiljer sig från trappan bara i stora och små bokstäver",
    "resor/2021-MALMO.md": "namnet skiljer sig från 2021-malmo.md bara i stora och små bokstäver",
}


@pytest.mark.parametrize("file", NAMES)
def test_a_name_that_another_system_cannot_carry_is_told_once(file: str, content: Path) -> None:
    (content / file).parent.mkdir(exist_ok=True)
    (content / file).write_text(f"---\ntitel: {SECRET}\n---\n", "utf-8")
    found = opened(content)
    assert [problem.message for problem in found.errors] == [NAMES[file]]
    assert "\n" not in found.errors[0].file
    assert SECRET not in "".join(found.texts.values())


@pytest.mark.parametrize("name", ["console.txt", "com10.txt", "a.b.txt", ".dold", "nulla.txt", "Å, ä & ö (1).txt"])
def test_other_names_are_let_be(name: str, content: Path) -> None:
    (content / "om" / name).write_text("Text", "utf-8")
    assert opened(content).errors == ()


def test_a_picture_with_decomposed_letters_is_found(content: Path) -> None:
    picture = content / "projekt/bryggan/arbetsgang.png"
    picture.rename(picture.with_name(unicodedata.normalize("NFD", "arbetsgång.png")))
    for file in sorted((content / "projekt/bryggan").glob("*.md")):
        file.write_text(file.read_text("utf-8").replace("arbetsgang.png", "arbetsgång.png"), "utf-8")
    found = opened(content)
    assert found.errors == ()
    assert found.assets["projekt/bryggan/arbetsgång.png"].exists()


def test_each_entry_is_looked_at_once_however_many_and_deep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = tmp_path.joinpath(*["d"] * 300)
    deep.mkdir(parents=True)
    for number in range(2_000):
        (deep / f"{number}.md").touch()
    opened_folders: list[Path] = []
    iterdir = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda path: opened_folders.append(path) or iterdir(path))
    found = folder.walk(tmp_path)
    assert len(found.files) == 2_000
    assert len(opened_folders) == len(set(opened_folders)) == 301
    assert found.problems == ()


@pytest.mark.skipif(os.getuid() == 0, reason="root opens every folder")
def test_a_folder_that_cannot_be_opened_is_told(content: Path) -> None:
    (content / "om").chmod(0)
    [problem] = folder.walk(content).problems
    (content / "om").chmod(0o700)
    assert (problem.file, problem.hint) == ("om", "Kontrollera mappens behörighet.")
