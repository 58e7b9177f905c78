"""What is raised where a file cannot be read."""

from __future__ import annotations


class UnreadableError(Exception):
    """A file that cannot be taken in; the text says in Swedish what it is and what to do instead."""
