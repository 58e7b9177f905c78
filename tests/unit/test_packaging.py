import json
import re
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PACKAGES = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
WANTED = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]
LOCK = (ROOT / "requirements/lock.txt").read_text("utf-8")


@pytest.fixture(scope="module")
def locked() -> dict[str, set[str]]:
    versions: dict[str, set[str]] = {}
    for line in LOCK.splitlines():
        if line[:1].isalnum():
            name, version = line.split(" ")[0].split("==")
            versions.setdefault(name, set()).add(version)
    return versions


@pytest.mark.parametrize("wanted", WANTED)
def test_lock_fits_pyproject(wanted: str, locked: dict[str, set[str]]) -> None:
    requirement = Requirement(wanted)
    versions = locked.get(canonicalize_name(requirement.name), set())
    assert versions, "run scripts/lock"
    assert all(version in requirement.specifier for version in versions), "run scripts/lock"


def test_lock_names_no_registry() -> None:
    assert "://" not in LOCK
    assert "--index" not in LOCK
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text("utf-8")


def test_npm_lock_fits_package_json() -> None:
    wanted, locked = (json.loads((ROOT / name).read_text("utf-8")) for name in ("package.json", "package-lock.json"))
    assert locked["packages"][""]["devDependencies"] == wanted["devDependencies"], "run npm install"
    for name, version in wanted["devDependencies"].items():
        assert locked["packages"][f"node_modules/{name}"]["version"] == version
    assert all("integrity" in package for path, package in locked["packages"].items() if path)


def test_editors_are_told_the_same_as_those_who_check() -> None:
    told = (ROOT / ".editorconfig").read_text("utf-8")
    widths = {int(width) for width in re.findall(r"max_line_length = (\d+)", told)}
    prettier = json.loads((ROOT / ".prettierrc.json").read_text("utf-8"))["printWidth"]
    assert widths == {PROJECT["tool"]["ruff"]["line-length"]} == {prettier}
    named = re.findall(r"\[scripts/\{(.+)\}\]", told)[0].split(",")
    scripts = [path.name for path in (ROOT / "scripts").iterdir() if path.is_file() and not path.suffix]
    assert sorted(named) == sorted(scripts)
    assert {f"scripts/{name}" for name in named} <= set(PROJECT["tool"]["ruff"]["extend-include"])


def test_wheel_has_every_file(tmp_path: Path) -> None:
    folders = [ROOT / package for package in PACKAGES]
    expected = {
        path.relative_to(folder.parent).as_posix()
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    shared = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    for source, place in shared.items():
        files = [*(ROOT / source).rglob("*")] if (ROOT / source).is_dir() else [ROOT / source]
        expected |= {(Path(place) / path.relative_to(ROOT / source)).as_posix() for path in files}
    built = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with ZipFile(next(built)) as wheel:
        packed = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert packed == expected
