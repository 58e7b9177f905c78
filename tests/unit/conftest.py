"""The sample bank, as it is and with files laid over it."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kunskapsbank.bank import Bank, open_bank

SAMPLE = Path(__file__).parents[2] / "tests/cases/sample"
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def sample() -> Bank:
    """The sample bank."""
    return open_bank(SAMPLE, TODAY)


@pytest.fixture
def sample_with(tmp_path: Path) -> Callable[..., Bank]:
    """A function that opens the sample with other files: path → text, or None for a file that is not there."""

    def opened(files: dict[str, str | None]) -> Bank:
        content = tmp_path / "content"
        shutil.copytree(SAMPLE, content)
        for name, text in files.items():
            path = content / name
            if text is None:
                path.unlink()
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, "utf-8")
        return open_bank(content, TODAY)

    return opened


@pytest.fixture(scope="session")
def written() -> Callable[..., str]:
    """A function that returns a file of the sample with some texts replaced: (old, new), …"""

    def text(file: str, *changes: tuple[str, str]) -> str:
        found = (SAMPLE / file).read_text("utf-8")
        for old, new in changes:
            assert old in found
            found = found.replace(old, new, 1)
        return found

    return text
