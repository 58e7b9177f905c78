import shutil
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from support import EXPECTED, ROOT, SAMPLE, lay_over

from kunskapsbank.bank import open_bank

FOLDER = ROOT / "tests/cases/content-errors"
TODAY = date(2026, 11, 22)

REPORT = "projekt/trappan/2016-slutrapport.md"
PLAN = "projekt/bryggan/2019-projektplan.md"
WRITTEN = (SAMPLE / REPORT).read_text("utf-8")
TERMS = (SAMPLE / "vokabular/teman.yml").read_text("utf-8")


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


# Files that git, an editor or a file system might change: made here. `{}` stands for what makes the case.
BYTES: dict[str, dict[str, bytes]] = {
    "bytes-that-are-no-text": {
        "projekt/trappan/empty.md": b"",
        "projekt/trappan/only-spaces.md": b"\n  \n\t\n",
        "projekt/trappan/latin-1.md": WRITTEN.encode("latin-1"),
        "projekt/trappan/latin-1-in-the-text.md": WRITTEN.encode() + "Färre hushåll\n".encode("latin-1"),
        "projekt/trappan/utf-16.md": WRITTEN.encode("utf-16"),
        "projekt/trappan/utf-16-without-mark.md": "---\ntitel: Trappan\n".encode("utf-16-le"),
        "projekt/trappan/word.md": b"PK\x03\x04\x14\x00\x06\x00",
        "projekt/trappan/old-word.md": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "projekt/trappan/rtf.md": b"{\\rtf1\\ansi Trappan}",
        "projekt/trappan/pdf.md": b"%PDF-1.7\n",
    },
    "bytes-that-no-editor-shows": {
        "projekt/trappan/backspace.md": WRITTEN.replace("påhittad", "på\bhittad").encode(),
        "projekt/trappan/control.md": WRITTEN.replace("Färre", "\x85Färre").encode(),
        "projekt/trappan/line-separator.md": WRITTEN.replace("Färre hushåll", "Färre hushåll\u2028").encode(),
        "projekt/trappan/line-break-from-word.md": WRITTEN.replace("är påhittad", "är\vpåhittad").encode(),
        "projekt/trappan/zero-width-space.md": WRITTEN.replace("typ:", "\u200btyp:").encode(),
    },
    "bytes-that-turn-or-end-a-text": {
        "projekt/trappan/zero.md": WRITTEN.replace("påhittad", "på\0hittad").encode(),
        "projekt/trappan/override.md": WRITTEN.replace("är påhittad", "är \u202edattihåp\u202c").encode(),
        "projekt/trappan/isolate.md": WRITTEN.replace("titel: ", "titel: \u2067").encode(),
        "projekt/trappan/misread.md": WRITTEN.replace("är påhittad", "Ã\x84r påhittad").encode(),
    },
    "bytes-in-vocabularies": {
        "vokabular/teman.yml": TERMS.encode("latin-1"),
        "vokabular/metoder.yml": b"",
        "vokabular/utfall.yml": b"termer:\n  - id: slut\n    namn: sl\x00ut\n",
        "vokabular/medel.yml": b"PK\x03\x04",
    },
    "names-that-look-alike": {
        "resor/2021-växjö.md": (SAMPLE / "resor/2021-malmo.md").read_bytes(),
        decomposed("resor/2021-växjö.md"): (SAMPLE / "resor/2021-malmo.md").read_bytes(),
    },
    "fine-byte-order-mark": {
        REPORT: b"\xef\xbb\xbf" + WRITTEN.encode(),
        "vokabular/teman.yml": b"\xef\xbb\xbf" + TERMS.encode(),
    },
    "fine-windows-line-ends": {
        REPORT: WRITTEN.replace("\n", "\r\n").encode(),
        "vokabular/teman.yml": TERMS.replace("\n", "\r\n").encode(),
        PLAN: (SAMPLE / PLAN).read_text("utf-8").replace("\n", "\r").encode(),
    },
    "fine-decomposed-letters": {
        **{
            path.relative_to(SAMPLE).as_posix(): decomposed(path.read_text("utf-8")).encode()
            for folder in ("projekt", "vokabular", "om")
            for path in sorted((SAMPLE / folder).rglob("*.[my][dm]*"))
        },
        decomposed("projekt/trappan/2016-förstudie.md"): decomposed(
            WRITTEN.replace("slutrapport", "förstudie").replace(
                "Texten", "[Sidan](2016-förstudie.md#mal)\n\n## Mål\n\nTexten"
            )
        ).encode(),
        "om/ord.md": "---\ntitel: Ord\n---\n\n[Förstudien](../projekt/trappan/2016-förstudie.md)\n".encode(),
    },
}
CASES = sorted(path for path in FOLDER.iterdir())


# Two names that some file systems take for one.
SAME_NAME = {
    "names-that-differ-in-case": ("å", "Å"),
    "names-that-look-alike": ("å", decomposed("å")),
}


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_editor_is_told(case: Path, tmp_path: Path) -> None:
    if case.name in SAME_NAME:
        one, other = SAME_NAME[case.name]
        (tmp_path / one).touch()
        if (tmp_path / other).exists():
            pytest.skip("this file system takes the two names for one")
    content = tmp_path / "content"
    shutil.copytree(SAMPLE, content)
    lay_over(case, content)
    for name, data in BYTES.get(case.name, {}).items():
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_bytes(data)
    problems = "\n".join(map(str, open_bank(content, TODAY).catalogue.problems))
    assert problems == (case / EXPECTED).read_text("utf-8").removesuffix("\n")
