"""The pages with scripts in Firefox too: Debian's, over WebDriver BiDi."""

import json
import os
import shutil
import subprocess
from typing import Any

import pytest
from support import ROOT, node

from kunskapsbank.intake import conversion

REPORT = ROOT / "tests/cases/documents/slutrapport.docx"

pytestmark = [pytest.mark.site, pytest.mark.browser]


@pytest.fixture(scope="module")
def firefox() -> str:
    """The path of a Firefox that can be driven. Left out where there is none, but never in CI."""
    found = os.environ.get("KUNSKAPSBANK_FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
    missing = "no Firefox: install firefox-esr" if not found else ""
    if not (ROOT / "node_modules/puppeteer-core").is_dir():
        missing = "no puppeteer-core: run npm ci"
    if missing and "CI" in os.environ:
        pytest.fail(missing)
    if missing or not found:
        pytest.skip(missing)
    return found


@pytest.fixture(scope="module")
def seen(firefox: str, address: str) -> dict[str, Any]:
    """What a reader saw who searched, filtered, went back, typed on, and made a file of a report in Word."""
    command = [node(), ROOT / "tests/js/firefox.js", firefox, address, REPORT]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=900)
    assert run.returncode == 0, run.stderr
    answer: dict[str, Any] = json.loads(run.stdout)
    return answer


def test_a_search_is_answered(seen: dict[str, Any]) -> None:
    assert seen["asked"]["heading"].endswith("träffar")
    assert any("hem" in mark.lower() for mark in seen["asked"]["marked"])
    assert len(seen["asked"]["titles"]) >= 5


def test_a_filter_narrows_it_and_going_back_takes_it_away(seen: dict[str, Any]) -> None:
    assert seen["filtered"]["address"].startswith(seen["asked"]["address"] + "&")
    number, of_all = (int(seen[which]["heading"].split()[0]) for which in ("filtered", "asked"))
    assert 0 < number < of_all
    assert seen["back"] == seen["asked"]


def test_hits_come_while_typing(seen: dict[str, Any]) -> None:
    assert "heml%C3%B6shet" in seen["typed"]["address"]
    assert seen["typed"]["titles"]


def test_a_report_in_word_becomes_text_as_on_the_command_line(seen: dict[str, Any]) -> None:
    assert seen["created"].strip() == conversion.convert(REPORT).markdown.strip()


def test_nothing_went_wrong_and_nothing_was_asked_elsewhere(seen: dict[str, Any]) -> None:
    assert seen["faults"] == []
    assert "firefox" in seen["version"].lower()
