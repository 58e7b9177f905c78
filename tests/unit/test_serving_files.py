"""What a server is given: compressed files beside those of the site, and settings that fit the site's addresses."""

import gzip
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import brotli
import pytest
from support import ROOT

from kunskapsbank_mkdocs import runtime

SERVING = ROOT / "docs/serving"


@pytest.fixture
def compress(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], tuple[int, int, int]]:
    """What scripts/compress runs."""
    monkeypatch.syspath_prepend(str(ROOT / "scripts/serving"))
    sys.modules.pop("compress", None)
    import compress

    found: Callable[[Path], tuple[int, int, int]] = compress.compress
    return found


def test_texts_get_compressed_files_beside_them(
    tmp_path: Path, compress: Callable[[Path], tuple[int, int, int]]
) -> None:
    page, small, picture = (tmp_path / name for name in ("sida/index.html", "kort.txt", "bild.png"))
    page.parent.mkdir()
    page.write_text("<p>Hemlöshet</p>" * 100, "utf-8")
    small.write_text("kort", "utf-8")
    picture.write_bytes(b"\x89PNG" * 400)
    gone = tmp_path / "borta.html.gz"
    gone.write_bytes(b"")

    files, before, after = compress(tmp_path)
    assert (files, before) == (1, page.stat().st_size)
    assert after < before / 10
    assert gzip.decompress((tmp_path / "sida/index.html.gz").read_bytes()) == page.read_bytes()
    assert brotli.decompress((tmp_path / "sida/index.html.br").read_bytes()) == page.read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == {"sida", "kort.txt", "bild.png"}
    assert compress(tmp_path) == (0, 0, 0)


def test_a_changed_page_is_compressed_again(tmp_path: Path, compress: Callable[[Path], tuple[int, int, int]]) -> None:
    page = tmp_path / "index.html"
    page.write_text("gammal " * 100, "utf-8")
    compress(tmp_path)
    page.write_text("ny " * 300, "utf-8")
    os.utime(page, (page.stat().st_atime + 10, page.stat().st_mtime + 10))
    assert compress(tmp_path)[0] == 1
    assert brotli.decompress((tmp_path / "index.html.br").read_bytes()) == page.read_bytes()


def test_what_the_build_has_laid_a_file_in_brotli_beside_gets_the_other_too(
    tmp_path: Path, compress: Callable[[Path], tuple[int, int, int]]
) -> None:
    python = tmp_path / "library-0123456789ab.zip"
    python.write_bytes(b"import re\n" * 1000)
    laid = python.with_name(f"{python.name}.br")
    laid.write_bytes(b"as the build packed it")
    (tmp_path / "archive.zip").write_bytes(b"PK" * 1000)
    assert compress(tmp_path) == (1, 10_000, len(b"as the build packed it"))
    assert laid.read_bytes() == b"as the build packed it"
    assert gzip.decompress(python.with_name(f"{python.name}.gz").read_bytes()) == python.read_bytes()
    assert len([*tmp_path.iterdir()]) == 4
    assert compress(tmp_path) == (0, 0, 0)


def test_what_may_be_kept_for_ever_has_a_hash_in_its_address() -> None:
    settings = (SERVING / "nginx.conf").read_text("utf-8")
    kept = re.findall(r'^\s+"~(.+)"\s+"public, max-age=31536000, immutable";$', settings, re.MULTILINE)
    assert kept
    for path in (made.path for made in runtime.runtime().files):
        assert any(re.search(pattern, f"/{path}") for pattern in kept), path
        assert re.search(r"-[0-9a-f]{12}[./]", path), path
    for path in ("/", "/sok/", "/sok/index/manifest.json", "/sok/index/n.kb", "/assets/kunskapsbank/css/layout.css"):
        assert not any(re.search(pattern, path) for pattern in kept), path


def test_the_settings_of_iis_are_xml_and_say_the_same() -> None:
    root = ElementTree.parse(SERVING / "web.config").getroot()
    told = {header.get("name"): header.get("value") for header in root.iter("add") if header.get("name")}
    nginx = (SERVING / "nginx.conf").read_text("utf-8")
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"):
        assert re.search(rf'add_header {name} "?{re.escape(str(told[name]))}"? always;', nginx), name
    for pattern in (match.get("url") for match in root.iter("match") if match.get("url")):
        re.compile(str(pattern))
