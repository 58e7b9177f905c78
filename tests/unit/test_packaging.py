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


def test_wheel_has_every_file(tmp_path: Path) -> None:
    folders = [ROOT / package for package in PACKAGES]
    expected = {
        path.relative_to(folder.parent).as_posix()
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    built = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with ZipFile(next(built)) as wheel:
        packed = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert packed == expected
