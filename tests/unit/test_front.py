"""What others build on: these names, each with what it stands for, and one class that all errors are of."""

import importlib
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import kunskapsbank

ROOT = Path(__file__).parents[2]
FRONT = {
    "Bank": "kunskapsbank.bank",
    "BankError": "kunskapsbank.problems",
    "ContentError": "kunskapsbank.problems",
    "Problem": "kunskapsbank.problems",
    "Severity": "kunskapsbank.problems",
    "SnapshotError": "kunskapsbank.model.snapshot",
    "TakenError": "kunskapsbank.intake.placing",
    "TemplateError": "kunskapsbank.accounts.word",
    "UnreadableError": "kunskapsbank.files.unreadable",
    "open_bank": "kunskapsbank.bank",
}
MODULES = [
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in sorted((ROOT / "kunskapsbank").rglob("*.py"))
]


def test_the_front_is_just_this() -> None:
    assert {name: getattr(kunskapsbank, name).__module__ for name in kunskapsbank.__all__} == FRONT


def test_another_name_is_not_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'opened'"):
        kunskapsbank.opened  # noqa: B018


def test_the_front_alone_loads_nothing_else() -> None:
    fresh = subprocess.run(
        [sys.executable, "-c", "import sys, kunskapsbank; print(*(m for m in sys.modules if 'kunskapsbank.' in m))"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert fresh.stdout.split() == []


def test_every_error_is_of_one_class() -> None:
    own = {
        found
        for module in MODULES
        for _, found in inspect.getmembers(importlib.import_module(module), inspect.isclass)
        if issubclass(found, BaseException) and found.__module__.startswith("kunskapsbank")
    }
    assert {error.__name__ for error in own} >= {"ContentError", "UnreadableError", "UsageError"}
    assert [error for error in own if not issubclass(error, kunskapsbank.BankError)] == []
