import sys

import pytest
from measure import CommandFailed, Cost, measure


def test_a_command_costs_what_its_children_cost() -> None:
    small = measure([sys.executable, "-c", "pass"])
    work = "held = bytearray(200_000_000); sum(range(10**7))"
    cost = measure([sys.executable, "-c", f"import subprocess; subprocess.run([{sys.executable!r}, '-c', '{work}'])"])
    assert 0 < small.cpu_seconds < cost.cpu_seconds
    assert small.peak_bytes < 100_000_000 < 200_000_000 < cost.peak_bytes < 300_000_000


def test_a_large_caller_does_not_count() -> None:
    held = bytearray(300_000_000)
    assert measure([sys.executable, "-c", "pass"]).peak_bytes < len(held) / 3


def test_what_a_failing_command_said_is_told() -> None:
    with pytest.raises(CommandFailed, match="no such bank"):
        measure([sys.executable, "-c", "import sys; sys.exit('no such bank')"])
    with pytest.raises(CommandFailed, match=r"not done in 0\.2 seconds"):
        measure([sys.executable, "-c", "import time; time.sleep(5)"], timeout=0.2)


def test_costs_add_up() -> None:
    assert Cost(1, 5) + Cost(2, 3) == Cost(3, 5)
