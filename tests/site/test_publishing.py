"""A build that goes wrong, or is ended in the middle, leaves the site that was there whole, and says why in Swedish."""

import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support import TOOLS, build, config_for, surroundings

pytestmark = pytest.mark.site

OLD = "<h1>Den gamla sajten</h1>"


def files(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


def around(site: Path) -> list[str]:
    """What a build left beside the site, but for its lock."""
    return [path.name for path in site.parent.glob(f".{site.name}.*") if path.suffix != ".lock"]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "web" / "site"
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(OLD, "utf-8")
    (folder / ".htaccess").write_text("ErrorDocument 404 /404.html", "utf-8")
    return folder


@pytest.mark.parametrize("tool", TOOLS)
def test_the_new_site_takes_the_place_of_the_old_one(tool: str, sample: Path, site: Path) -> None:
    assert build(tool, site, sample).status == 0
    first = {path: path.stat().st_ino for path in site.rglob("*") if path.is_file()}
    assert (site / "projekt/bryggan/index.html").is_file()
    assert (site / ".htaccess").is_file()
    assert build(tool, site, sample).status == 0
    # What did not change is the same file: its date stays, and browsers keep what they have.
    assert {path: path.stat().st_ino for path in site.rglob("*") if path.is_file()} == first
    assert around(site) == []


@pytest.mark.parametrize("tool", TOOLS)
def test_a_link_that_only_mkdocs_misses_leaves_the_old_site(tool: str, sample: Path, site: Path) -> None:
    before = files(site)
    # An anchor that no text of the bank has: pages that are made have theirs from the templates.
    page = sample / "om" / "index.md"
    page.write_text(page.read_text("utf-8") + "\n[Bort](../stadsdelar/index.md#finns-inte)\n", "utf-8")
    built = build(tool, site, sample)
    assert built.status != 0
    assert "finns-inte" in built.output
    assert files(site) == before
    assert around(site) == []
    assert "Traceback" not in built.output


@pytest.mark.parametrize("tool", TOOLS)
def test_a_limit_on_what_may_be_written_leaves_the_old_site(tool: str, sample: Path, site: Path) -> None:
    before = files(site)
    config = config_for(sample)
    command = [sys.executable, "-m", tool, "build", "--strict", "-f", str(config), "-d", str(site)]
    run = subprocess.run(
        command,
        env=surroundings(),
        capture_output=True,
        text=True,
        cwd=config.parent,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
    )
    assert run.returncode != 0
    assert "en fil blir större än vad som får skrivas här" in run.stdout + run.stderr
    assert "är som den var" in run.stdout + run.stderr
    assert "Traceback" not in run.stdout + run.stderr
    assert files(site) == before
    assert around(site) == []


def test_a_place_where_nothing_can_be_written_is_named(sample: Path, tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("en fil", "utf-8")
    built = build("mkdocs", tmp_path / "fil" / "site", sample)
    assert built.status != 0
    assert "site går inte att skriva: en fil ligger där en mapp ska vara. Sajten är som den var." in built.output
    assert "Traceback" not in built.output


def test_addresses_that_name_files_are_refused(sample: Path, site: Path) -> None:
    before = files(site)
    settings = config_for(sample).read_text("utf-8") + "\nuse_directory_urls: false\n"
    built = build("mkdocs", site, sample, settings)
    assert built.status != 0
    assert "mkdocs.yml: use_directory_urls: bankens adresser är mappar" in built.output
    assert files(site) == before


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "Sajten byggs utan adress. Ange adressen där banken ska ligga"),
        ("http://127.0.0.1:8000/", "Sajten byggs för http://127.0.0.1:8000/. Ange adressen där banken ska ligga"),
        ("https://bank.example/", ""),
    ],
)
def test_who_publishes_without_an_address_is_told(address: str, said: str, sample: Path, site: Path) -> None:
    settings = (
        config_for(sample)
        .read_text("utf-8")
        .replace('!ENV [KUNSKAPSBANK_URL, "http://127.0.0.1:8000/"]', f'"{address}"')
    )
    built = build("mkdocs", site, sample, settings)
    assert built.status == 0, built.output
    assert said in built.output
    assert ("Ange adressen" in built.output) == bool(said)


def test_two_builds_at_once_come_one_after_the_other(sample: Path, site: Path) -> None:
    config = config_for(sample)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(config), "-d", str(site)]
    runs = [
        subprocess.Popen(
            command, env=surroundings(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=config.parent
        )
        for _ in range(2)
    ]
    outputs = [run.communicate()[0] for run in runs]
    assert [run.returncode for run in runs] == [0, 0], outputs
    assert sum(f"Ett annat bygge av {site} pågår." in output for output in outputs) <= 1
    assert (site / "sok/index/manifest.json").is_file()
    assert around(site) == []


def test_a_killed_build_leaves_a_whole_site(sample: Path, site: Path) -> None:
    before = files(site)
    config = config_for(sample)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(config), "-d", str(site)]
    generator = random.Random(1)
    for _ in range(3):
        run = subprocess.Popen(
            command, env=surroundings(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=config.parent
        )
        beside = site.with_name(".site.bygge")
        while run.poll() is None and not (beside / "assets").exists():
            time.sleep(0.01)
        time.sleep(generator.random())
        run.send_signal(signal.SIGKILL)
        run.communicate()
        after = files(site)
        if after != before:
            assert after.keys() >= {"index.html", "404.html", "sitemap.xml", "sok/index/manifest.json"}
    assert build("mkdocs", site, sample).status == 0
    assert around(site) == []
    assert {path.name for path in site.parent.iterdir()} == {"site", ".site.bygge.lock"}
