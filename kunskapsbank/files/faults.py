"""What a system says when it cannot write or read → why, in Swedish."""

from __future__ import annotations

import errno

_REASONS = {
    errno.ENOSPC: "disken är full",
    errno.EDQUOT: "kvoten på disken är slut",
    errno.EFBIG: "en fil blir större än vad som får skrivas här (se ulimit -f)",
    errno.EROFS: "disken är skrivskyddad",
    errno.EACCES: "du har inte rätt att skriva där",
    errno.EPERM: "du har inte rätt att skriva där",
    errno.EBUSY: "mappen används av ett annat program",
    errno.ENOENT: "mappen finns inte",
    errno.EISDIR: "en mapp ligger där en fil ska vara",
    errno.ENOTDIR: "en fil ligger där en mapp ska vara",
    errno.EEXIST: "en fil ligger där en mapp ska vara",
    errno.ENAMETOOLONG: "ett namn blir längre än vad som får skrivas här",
    errno.EMFILE: "för många filer är öppna (se ulimit -n)",
    errno.ENFILE: "för många filer är öppna på datorn",
    errno.EIO: "disken svarar inte som den ska",
}
# What is another thing of a file that was to be read.
_UNREAD = {
    errno.ENOENT: "den finns inte",
    errno.EACCES: "du saknar behörighet",
    errno.EPERM: "du saknar behörighet",
    errno.EISDIR: "det är en mapp",
}


def why(error: OSError) -> str:
    """Return why something could not be written, to stand after a colon; the system's own words where it is rare."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


def why_unread(error: OSError) -> str:
    """Return why something could not be opened and read, as `why` does."""
    return _UNREAD.get(error.errno or 0) or why(error)
