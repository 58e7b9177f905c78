"""The knowledge bank as a library: content files in, a checked bank out. Knows nothing of MkDocs.

This is its front: what others build on. What a name stands for is loaded when it is asked for, so that a part of the
library can be had without the rest.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kunskapsbank.accounts.word import TemplateError
    from kunskapsbank.bank import Bank, open_bank
    from kunskapsbank.files.unreadable import UnreadableError
    from kunskapsbank.intake.placing import TakenError
    from kunskapsbank.model.snapshot import SnapshotError
    from kunskapsbank.problems import BankError, ContentError, Problem, Severity

__all__ = [
    "Bank",
    "BankError",
    "ContentError",
    "Problem",
    "Severity",
    "SnapshotError",
    "TakenError",
    "TemplateError",
    "UnreadableError",
    "open_bank",
]

_MODULES = {
    "Bank": "bank",
    "open_bank": "bank",
    "UnreadableError": "files.unreadable",
    "TakenError": "intake.placing",
    "TemplateError": "accounts.word",
    "SnapshotError": "model.snapshot",
    **dict.fromkeys(("BankError", "ContentError", "Problem", "Severity"), "problems"),
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
