"""Counts what MkDocs, or ProperDocs, warns of: what is warned of must be told again by the next build."""

from __future__ import annotations

import logging

# Their loggers, under which plugins log too.
_LOGGERS = ("mkdocs", "properdocs")


class Warned(logging.Handler):
    """Counts the warnings while it is in use."""

    def __init__(self) -> None:
        """Count nothing yet."""
        super().__init__(logging.WARNING)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Take note of a warning, or of what is worse."""
        self.count += 1

    def begin(self) -> None:
        """Count from now on."""
        self.count = 0
        for name in _LOGGERS:
            logging.getLogger(name).addHandler(self)

    def end(self) -> int:
        """Count no longer, and return the count; harmless where nothing was begun."""
        for name in _LOGGERS:
            logging.getLogger(name).removeHandler(self)
        return self.count
