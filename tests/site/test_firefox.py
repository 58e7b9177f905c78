"""The pages with scripts in Firefox too: Debian's, over WebDriver BiDi."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support import ROOT, SAMPLE, node

from kunskapsbank.bank import open_bank
from kunskapsbank.exports import redirects
from kunskapsbank.intake import conversion

REPORT = ROOT / "tests/cases/documents/slutrapport.docx"
TRIP, FORMER, NOW = "resor/2021-malmo.md", "resor/oresund/", "resor/2021-malmo/"

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
def old(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> str:
    """The address that a trip had before, where a page leads on to the trip's."""
    content = Path(shutil.copytree(SAMPLE, tmp_path_factory.mktemp("flyttat") / "content"))
    trip, site = content / TRIP, content.parent / "site"
    trip.write_text(trip.read_text("utf-8").replace("\ntyp:", f"\näldre adresser: [{FORMER}]\ntyp:", 1), "utf-8")
    made = dict(redirects.files(open_bank(content, date(2026, 11, 28)).catalogue, ""))
    for place, text in {**made, NOW + "index.html": "<!DOCTYPE html><title>Resan</title><h1>Resan</h1>"}.items():
        (site / place).parent.mkdir(parents=True, exist_ok=True)
        (site / place).write_text(text, "utf-8")
    return f"{serve(site)}/{FORMER}"


@pytest.fixture(scope="module")
def seen(firefox: str, address: str, old: str) -> dict[str, Any]:
    """What a reader saw who searched, filtered, went back, typed on, made a file of a report in Word, read feeds and
    opened an old address.
    """
    command = [node(), ROOT / "tests/js/firefox.js", firefox, address, REPORT, old]
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


def test_both_feeds_of_what_is_new_are_read(seen: dict[str, Any]) -> None:
    atom, of_json = seen["feeds"]
    assert len(atom) == 50
    assert atom == of_json


def test_an_old_address_leads_on(seen: dict[str, Any]) -> None:
    assert seen["ledOn"]["address"].endswith(f"/{NOW}")
    assert seen["ledOn"]["heading"] == "Resan"


def test_nothing_went_wrong_and_nothing_was_asked_elsewhere(seen: dict[str, Any]) -> None:
    assert seen["faults"] == []
    assert "firefox" in seen["version"].lower()
