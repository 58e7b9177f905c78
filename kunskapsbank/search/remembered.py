"""What was worked out of a key, remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Value = TypeVar("Value")


class Remembered(dict[str, Value]):
    """Values by key, made when they are first asked for. To ask for one that is there takes no call of Python's.

    Where there are too many all are forgotten. That is cheaper than to know which of them was asked for last.
    """

    def __init__(self, make: Callable[[str], Value], most: int) -> None:
        """Remember so many values at most."""
        super().__init__()
        self._make = make
        self._most = most

    def __missing__(self, key: str) -> Value:
        """Return the value of a key that is not there."""
        if len(self) >= self._most:
            self.clear()
        value = self[key] = self._make(key)
        return value
