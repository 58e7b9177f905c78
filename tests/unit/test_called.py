"""The launcher, and what the command says that it is called."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from support import ROOT

from kunskapsbank.cli import called


def test_the_name_is_what_it_was_started_as(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(called.COMMAND, raising=False)
    assert called.command() == "kunskapsbank"
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "argv", [".venv/bin/kunskapsbank", "check"])
    assert called.command() == ".venv/bin/kunskapsbank"
    monkeypatch.setenv(called.COMMAND, "python3 scripts/kunskapsbank")
    assert called.command() == "python3 scripts/kunskapsbank"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("content/projekt/ljusare-kvallar", "content/projekt/ljusare-kvallar"),
        ("Hägersten-Älvsjö", "Hägersten-Älvsjö"),
        ("Örebro bank å/content", '"Örebro bank å/content"'),
        ("-x", '"-x"'),
        ('en "bra" start', r'"en \"bra\" start"'),
    ],
)
def test_what_is_shown_to_be_typed_is_in_quotes_where_it_must_be(text: str, expected: str) -> None:
    assert called.typed(text) == expected


def test_the_content_is_found_from_any_folder_of_the_bank(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(called.CONTENT, raising=False)
    monkeypatch.chdir(ROOT)
    assert called.content() == Path("content")
    monkeypatch.chdir(ROOT / "content" / "projekt")
    assert called.content() == Path("..")
    monkeypatch.chdir(tmp_path)
    assert called.content() == Path("content")
    monkeypatch.setenv(called.CONTENT, str(ROOT / "content"))
    assert called.content() == ROOT / "content"


def test_the_launcher_hands_on_its_arguments_and_how_it_was_started(tmp_path: Path) -> None:
    """The launcher as it is, but with the Python at hand in place of a .venv of its own."""
    (tmp_path / "_environment.py").write_text(
        "import os, subprocess, sys\nfrom pathlib import Path\n"
        f"ROOT = Path({str(ROOT)!r})\n"
        "def prepare(): pass\n"
        "def become_python(*arguments, folder):\n"
        "    sys.exit(subprocess.call([sys.executable, *arguments], cwd=folder))\n",
        "utf-8",
    )
    launcher = tmp_path / "kunskapsbank"
    launcher.write_bytes((ROOT / "scripts/kunskapsbank").read_bytes())
    run = subprocess.run(
        [sys.executable, str(launcher), "new", "slutrapport", "--projekt", "finns inte", "--år", "2025"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
    )
    assert run.returncode == 2
    assert "--projekt: 'finns inte' finns inte." in run.stderr
    told = subprocess.run(
        [sys.executable, str(launcher), "new", "--help"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
    )
    python = "py" if os.name == "nt" else "python3"
    assert f"{python} {launcher} new" in told.stdout
