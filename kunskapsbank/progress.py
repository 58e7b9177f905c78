"""How work that takes long tells how far it has come: the library calls, whoever called it shows."""

from __future__ import annotations

from collections.abc import Callable

Tell = Callable[[str, int, int], None]
"""Is told what is being done, in Swedish, how much of it is done and of how much."""


def silent(what: str, done: int, total: int) -> None:
    """Tell nobody."""
