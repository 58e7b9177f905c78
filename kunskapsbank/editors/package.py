"""The finished files of a document → one zip to download, with every file at its path and the steps to hand it in."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kunskapsbank.writing import handing_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from kunskapsbank.writing.handing_in import Delivery

READ_ME = "LÄS-MIG.txt"


def name_of(delivery: Delivery) -> str:
    """Return the name of the package."""
    return f"{delivery.name}.zip"


def packed(files: Mapping[str, bytes], delivery: Delivery, today: date) -> bytes:
    """Return the zip of files by their paths in the repository, and of what to do with them; the same for the same."""
    target = io.BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as package:
        texts = {READ_ME: handing_in.read_me(delivery, name_of(delivery)).encode()}
        for path, data in (texts | {**files}).items():
            entry = ZipInfo(path, (today.year, today.month, today.day, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            # Or what unpacks it may leave files that nobody can read.
            entry.external_attr = 0o644 << 16
            package.writestr(entry, data)
    return target.getvalue()
