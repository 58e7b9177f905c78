"""A small bank with files beside its documents."""

import shutil
from datetime import date
from pathlib import Path

import word_cases
from pdf_files import pdf, text
from support import ROOT

from kunskapsbank.bank import Bank, open_bank


def bank_with_files(content: Path) -> Bank:
    """Return the sample with a PDF of two pages beside one report and a Word file that another links to."""
    shutil.copytree(ROOT / "tests/cases/sample", content)
    stairs, bridge = content / "projekt/trappan", content / "projekt/bryggan"
    pages = [
        [text(72, 700, "Trappan tog hand om hundar i Farsta.")],
        [text(72, 700, "Sjutton kattugglor bodde i en gammal kvarn.")],
    ]
    (stairs / "2016-slutrapport-original.pdf").write_bytes(pdf(*pages))
    words = "Kommunen köpte trettio lastcyklar. Det gjorde vardagen lättare, och cyklarna används ännu."
    (bridge / "bilaga ett.docx").write_bytes(word_cases.file(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"))
    (bridge / "damaged.pdf").write_bytes(b"%PDF-1.7\n")
    report = bridge / "2018-slutrapport.md"
    links = "\n\nLäs [bilagan](bilaga%20ett.docx) och [en trasig](damaged.pdf).\n"
    report.write_text(report.read_text("utf-8") + links, "utf-8")
    return open_bank(content, date(2026, 11, 22))
