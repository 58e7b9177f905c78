#!/usr/bin/env python3
"""Take in reports of one size and of twice that size; print a Markdown table of the seconds and of their ratio.

A ratio of 2 is linear. The largest are 100 000 words and 8 000 rows of a table; each is read, and its text written, in
a process of its own.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

SENTENCE = "Projektet arbetade med familjer i Farsta under året och gav stöd till föräldrar."


def word_words(count: int) -> bytes:
    from documents import para, run
    from word_cases import file

    return file("".join(para(run(" ".join([SENTENCE] * 5))) for _ in range(count // 60)))


def word_runs(count: int) -> bytes:
    """One paragraph, each word a run of its own."""
    from documents import para, run
    from word_cases import file

    words = SENTENCE.split()
    return file(para("".join(run(f"{words[n % 12]} ", "<w:b/>" if n % 3 else "") for n in range(count))))


def word_notes(count: int) -> bytes:
    from documents import WORD_NAMESPACES, para, run
    from word_cases import file

    called = "".join(para(run(SENTENCE) + f'<w:r><w:footnoteReference w:id="{n}"/></w:r>') for n in range(count))
    notes = "".join(f'<w:footnote w:id="{n}">{para(run(SENTENCE))}</w:footnote>' for n in range(count))
    return file(called, {"word/footnotes.xml": f"<w:footnotes {WORD_NAMESPACES}>{notes}</w:footnotes>"})


def word_headings(count: int) -> bytes:
    from documents import of_style, para, run
    from word_cases import file

    return file("".join(of_style("Rubrik2", "Resultat") + para(run(f"- punkt {n}")) for n in range(count)))


def word_rows(count: int) -> bytes:
    from word_cases import cell, file

    rows = "".join(f"<w:tr>{''.join(cell(f'cell {n} {column}') for column in range(4))}</w:tr>" for n in range(count))
    return file(f"<w:tbl>{rows}</w:tbl>")


def odt_words(count: int) -> bytes:
    from odt_cases import file, p

    return file("".join(p(" ".join([SENTENCE] * 5)) for _ in range(count // 60)))


def odt_rows(count: int) -> bytes:
    from odt_cases import CELL, file

    rows = "".join(
        f"<table:table-row>{''.join(CELL.format(f'cell {n} {column}') for column in range(4))}</table:table-row>"
        for n in range(count)
    )
    return file(f"<table:table>{rows}</table:table>")


def html_words(count: int) -> bytes:
    return f"<html><body>{f'<p>{SENTENCE}</p>' * (count // 12)}</body></html>".encode()


def pdf_words(count: int) -> bytes:
    from pdf_files import pdf, text

    pages = range(count // 600)
    return pdf(*[[text(72, 780 - 14 * row, f"{page} {row} {SENTENCE}") for row in range(50)] for page in pages])


def pdf_rows(count: int) -> bytes:
    from pdf_files import pdf, text

    def row(page: int, number: int) -> list[str]:
        return [text(72 + 110 * column, 780 - 14 * number, f"cell {page} {number}") for column in range(4)]

    return pdf(*[[cell for number in range(50) for cell in row(page, number)] for page in range(count // 50)])


INPUTS = {
    "Word, words": (word_words, 50_000, "docx"),
    "Word, words that are runs in one paragraph": (word_runs, 50_000, "docx"),
    "Word, notes": (word_notes, 2_000, "docx"),
    "Word, headings alike and typed lists": (word_headings, 2_000, "docx"),
    "Word, rows of a table": (word_rows, 4_000, "docx"),
    "OpenDocument, words": (odt_words, 50_000, "odt"),
    "OpenDocument, rows of a table": (odt_rows, 4_000, "odt"),
    "web page, words": (html_words, 50_000, "html"),
    "PDF, words": (pdf_words, 50_000, "pdf"),
    "PDF, rows of tables": (pdf_rows, 4_000, "pdf"),
}
TIMED = """
import json, sys, time
sys.path[:0] = json.loads(sys.argv[1])
from kunskapsbank.intake import conversion
data = sys.stdin.buffer.read()
start = time.process_time()
report = conversion.read(data, "rapport." + sys.argv[2])
conversion.finish(report, {})
print(time.process_time() - start)
"""


def seconds(data: bytes, ending: str) -> float:
    """Return the seconds of CPU that a report takes; what is loaded for it is counted."""
    command = [sys.executable, "-c", TIMED, json.dumps([str(ROOT)]), ending]
    return float(subprocess.run(command, input=data, capture_output=True, check=True).stdout)


def main() -> int:
    argparse.ArgumentParser(description=__doc__).parse_args()
    print("| | size | seconds | of twice the size | ratio |\n| --- | ---: | ---: | ---: | ---: |")
    for name, (make, size, ending) in INPUTS.items():
        once, twice = seconds(make(size), ending), seconds(make(2 * size), ending)
        print(f"| {name} | {size} | {once:.1f} | {twice:.1f} | {twice / once:.1f} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
