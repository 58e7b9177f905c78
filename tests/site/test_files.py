"""MkDocs is handed no file that the bank does not know, and each under its composed name."""

import shutil
import unicodedata
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import Files, get_files
from support import ROOT, SAMPLE


@pytest.fixture
def content(tmp_path: Path) -> Path:
    shutil.copytree(SAMPLE, tmp_path / "content")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path / "mkdocs.yml")
    return tmp_path / "content"


def handed(content: Path, late: dict[str, str] | None = None) -> Files:
    """Return what MkDocs goes on with; `late` are files that come after the bank was read, as while serving."""
    config = load_config(str(content.parent / "mkdocs.yml"), nav=None)
    config.plugins.on_startup(command="build", dirty=False)
    config = config.plugins.on_config(config)
    for name, text in (late or {}).items():
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_text(text, "utf-8")
    files = get_files(config)
    files.add_files_from_theme(config.theme.get_env(), config)
    return config.plugins.on_files(files, config=config)


def test_what_the_bank_does_not_know_is_kept_out(content: Path) -> None:
    late = {"om/evil.html": "<script>", "om/nytt.txt": "ny", "projekt/trappan/ny.md": "ny", "om/evil.js": "ny"}
    names = {file.src_uri for file in handed(content, late)}
    assert not names & late.keys()
    assert "projekt/bryggan/arbetsgang.png" in names
    assert any(name.startswith("assets/kunskapsbank/css/") for name in names)


def test_a_picture_with_decomposed_letters_is_published_under_its_composed_name(content: Path) -> None:
    picture = content / "projekt/bryggan/arbetsgang.png"
    decomposed = picture.with_name(unicodedata.normalize("NFD", "arbetsgång.png"))
    picture.rename(decomposed)
    for file in sorted((content / "projekt/bryggan").glob("*.md")):
        file.write_text(file.read_text("utf-8").replace("arbetsgang.png", "arbetsgång.png"), "utf-8")
    found = handed(content).get_file_from_path("projekt/bryggan/arbetsgång.png")
    assert found is not None
    assert found.content_bytes == decomposed.read_bytes()
