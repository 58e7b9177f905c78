"""The MIT licence of the code, and those of what it is installed with and what it carries."""

import re
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from zipfile import ZipFile

import pytest
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from support import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PAGE = (ROOT / "docs/licences.md").read_text("utf-8")
# Whoever uses what is under one of these may do with our code what the MIT licence says.
FREE = re.compile(r"\b(MIT|BSD|Apache|PSF|Python Software Foundation|HPND|ISC|0BSD|CC0|Unlicense|Public Domain)\b")
ON_FILES = re.compile(r"\b(MPL|Mozilla Public License)\b")
REACHING = re.compile(r"GPL|GNU|EUPL|CDDL|SSPL", re.IGNORECASE)


def installed(wanted: list[str], seen: set[str]) -> Iterator[metadata.Distribution]:
    """Yield the distributions that are needed, with those that they need, each once."""
    for requirement in map(Requirement, wanted):
        name = canonicalize_name(requirement.name)
        if name in seen or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        seen.add(name)
        found = metadata.distribution(name)
        yield found
        yield from installed(found.requires or [], seen)


NEEDED = sorted(installed(PROJECT["dependencies"], set()), key=lambda found: found.name.lower())


def licence(found: metadata.Distribution) -> str:
    """Return all that a distribution says of its licence in its metadata."""
    about = found.metadata
    said = [about.get("License-Expression"), (about.get("License") or "")[:100], *about.get_all("Classifier", [])]
    return "; ".join(text for text in said if text and not (text.count("::") and not text.startswith("License")))


@pytest.mark.parametrize("found", NEEDED, ids=lambda found: found.name)
def test_no_package_that_is_needed_forbids_the_mit_licence(found: metadata.Distribution) -> None:
    said = licence(found)
    assert FREE.search(said) or ON_FILES.search(said), said
    assert not REACHING.search(said), said
    # Those that ask something of who changes them are named.
    assert not ON_FILES.search(said) or re.search(rf"\b{found.name}\b", PAGE), said


def test_the_wheel_says_what_may_be_done_with_it_and_carries_the_notices(tmp_path: Path) -> None:
    assert f"`{PROJECT['license']}`" in PAGE
    built = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with ZipFile(next(built)) as wheel:
        names = wheel.namelist()
        about = next(wheel.read(name).decode() for name in names if name.endswith(".dist-info/METADATA"))
    assert f"License-Expression: {PROJECT['license']}\n" in about
    notices = {name.partition(".dist-info/licenses/")[2] for name in names if ".dist-info/licenses/" in name}
    carried = [*(ROOT / "kunskapsbank").rglob("*LICENCE*"), *(ROOT / "plugins").rglob("*LICENCE*")]
    assert notices == {"LICENSE", *(path.relative_to(ROOT).as_posix() for path in carried)}
