"""What the library says of the texts and files in tests/cases/personal.json."""

import json
import shutil
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from support import ROOT, SAMPLE

from kunskapsbank import checks
from kunskapsbank.bank import open_bank
from kunskapsbank.checks import allowed, small_groups
from kunskapsbank.checks.personal.patterns import RULES
from kunskapsbank.problems import Problem

CASES = json.loads((ROOT / "tests/cases/personal.json").read_text("utf-8"))
TODAY = date(2026, 11, 22)


def problems(case: dict[str, Any]) -> list[Problem]:
    """Return what is told of one of the "files", by line and rule."""
    with TemporaryDirectory() as folder:
        content = Path(folder, "content")
        shutil.copytree(SAMPLE, content)
        (content / "projekt/trappan/2016-slutrapport.md").unlink()
        (content / case["file"]).write_text("\n".join(case["text"]), "utf-8")
        catalogue = open_bank(content, TODAY).catalogue
    found = {*catalogue.problems, *checks.remarks(catalogue)}
    ours = {*RULES, small_groups.RULE, allowed.RULE}
    return sorted((one for one in found if one.rule in ours), key=lambda one: (one.line, one.rule, one.message))
