"""What the command was started as, so that every text that names it names what works where it is shown."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

from kunskapsbank.model import vocabulary

NAME = "kunskapsbank"
# Set by scripts/kunskapsbank, which sets up what it needs by itself: how it was started, and the content beside it.
COMMAND, CONTENT = "KUNSKAPSBANK_COMMAND", "KUNSKAPSBANK_CONTENT"


def command() -> str:
    """Return what to type for the command where it was started: its name wherever the shell finds it by that."""
    if told := os.environ.get(COMMAND):
        return told
    is_found = Path(sys.argv[0]).stem != NAME or shutil.which(NAME)
    return NAME if is_found else typed(sys.argv[0])


def typed(text: str) -> str:
    """Return a text as it is typed on a command line, in quotes where a shell would take it for several."""
    return text if re.fullmatch(r"[\w./\\:@–][\w./\\:@–-]*", text) else '"{}"'.format(text.replace('"', r"\""))


def content() -> Path:
    """Return the bank's content: that of the bank in which the command was started, else the launcher's own.

    Just `content` where there is none, which is then told of.
    """
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "content" / vocabulary.FOLDER).is_dir():
            return Path(os.path.relpath(folder / "content"))
    return Path(os.environ.get(CONTENT, "content"))
