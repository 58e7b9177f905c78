import random
from pathlib import Path

import pytest
from kills import Bank, damaged, killed

pytestmark = pytest.mark.site


def test_killed_builds_and_damaged_caches_leave_one_of_two_whole_sites(tmp_path: Path) -> None:
    bank = Bank(tmp_path)
    assert set(bank.whole.values()) == {"first", "second"}
    assert killed(bank, 2, random.Random(1))["half a site"] == 0
    assert damaged(bank, 2, random.Random(1)) == {"right": 2, "broken": 0}
    # Half a site would be found.
    (bank.site / "404.html").unlink()
    assert bank.found() not in bank.whole
