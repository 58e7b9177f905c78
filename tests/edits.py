"""What may happen to a bank between two builds of it, drawn by seed: what editors and operators do, and accidents."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

_WORDS = "barn stöd hemlöshet samtal familjehem återbetalning uppföljning kvällstid skuldrådgivning åtgärd".split()
WRITTEN = ("content", "egna")
"""The folders that editors and operators write to."""

_OVERRIDE = """{% extends "plain.html" %}{% block lead %}<p>NUMMER</p>{% endblock %}"""


@dataclass(frozen=True)
class Bank:
    """A folder with content and mkdocs.yml, and what a build leaves there: site and .cache."""

    root: Path

    @property
    def texts(self) -> list[Path]:
        """The Markdown files."""
        return sorted((self.root / "content").rglob("*.md"))

    @property
    def site(self) -> list[Path]:
        """The files of the site."""
        return sorted(path for path in (self.root / "site").rglob("*") if path.is_file())

    @property
    def cache(self) -> list[Path]:
        """The files that a build keeps for the next one."""
        return sorted(path for path in (self.root / ".cache").rglob("*") if path.is_file())


def change(bank: Bank, random: Random) -> str:
    """Do one thing to the bank, and return what was done."""
    act = random.choice(_ACTS)
    return f"{act.__name__.lstrip('_')}: {act(bank, random)}"


def _sentence(random: Random) -> str:
    return f"{' '.join(random.choices(_WORDS, k=8)).capitalize()}."


def _substituted(path: Path, pattern: str, new: str) -> None:
    """Replace the first match in a file; what has none is left as it is."""
    text = path.read_text("utf-8")
    path.write_text(re.sub(pattern, lambda _: new, text, count=1, flags=re.MULTILINE), "utf-8")


def _say_more(bank: Bank, random: Random) -> str:
    path = random.choice(bank.texts)
    path.write_text(f"{path.read_text('utf-8')}\n{_sentence(random)}\n", "utf-8")
    return path.name


def _say_otherwise(bank: Bank, random: Random) -> str:
    path = random.choice(bank.texts)
    head, mark, text = path.read_text("utf-8").rpartition("\n---\n")
    words = text.split(" ")
    words[random.randrange(len(words))] += f" {random.choice(_WORDS)}"
    path.write_text(f"{head}{mark}{' '.join(words)}", "utf-8")
    return path.name


def _say_less(bank: Bank, random: Random) -> str:
    path = random.choice(bank.texts)
    lines = path.read_text("utf-8").rstrip("\n").split("\n")
    if not lines[-1].startswith(("#", "---")):
        path.write_text("\n".join(lines[:-1]) + "\n", "utf-8")
    return path.name


def _add_a_heading(bank: Bank, random: Random) -> str:
    path = random.choice(bank.texts)
    path.write_text(f"{path.read_text('utf-8')}\n## Mer om {random.choice(_WORDS)}\n\n{_sentence(random)}\n", "utf-8")
    return path.name


def _retitle(bank: Bank, random: Random) -> str:
    path = random.choice(bank.texts)
    _substituted(path, "^titel: .*$", f"titel: {random.choice(_WORDS).capitalize()} och {random.choice(_WORDS)}")
    return path.name


def _sum_up(bank: Bank, random: Random) -> str:
    path = random.choice(bank.texts)
    _substituted(path, "^sammanfattning: .*$", f"sammanfattning: {_sentence(random)}")
    return path.name


def _file_elsewhere(bank: Bank, random: Random) -> str:
    path = random.choice(bank.texts)
    themes = random.choice(("[barn och unga]", "[socialpsykiatri]", "[hemlöshet och boende, barn och unga]"))
    _substituted(path, r"^teman: .*$", f"teman: {themes}")
    return f"{path.name} {themes}"


def _make_a_mistake(bank: Bank, random: Random) -> str:
    path = random.choice(bank.texts)
    path.write_text(f"{path.read_text('utf-8')}\nSe [här](finns-inte.md).\n", "utf-8")
    return path.name


def _copy(bank: Bank, random: Random) -> str:
    reports = [path for path in bank.texts if path.parent.parent.name == "projekt" and path.name != "index.md"]
    path = random.choice(reports)
    new = path.with_name(f"{path.stem}-{random.randrange(2, 5)}.md")
    shutil.copy(path, new)
    _substituted(new, "^titel: .*$", f"titel: {_sentence(random)}")
    return new.name


def _delete(bank: Bank, random: Random) -> str:
    path = random.choice([path for path in bank.texts if path.name != "index.md"] or bank.texts)
    path.unlink()
    return path.name


def _rename(bank: Bank, random: Random) -> str:
    path = random.choice([path for path in bank.texts if path.name != "index.md"] or bank.texts)
    path.rename(path.with_name(f"{path.stem}-x.md"))
    return path.name


def _explain(bank: Bank, random: Random) -> str:
    path = bank.root / "content/vokabular/teman.yml"
    _substituted(path, "^    förklaring: .*$", f"    förklaring: {_sentence(random)}")
    return path.name


def _call_otherwise(bank: Bank, random: Random) -> str:
    path = bank.root / "content/vokabular/metoder.yml"
    text = path.read_text("utf-8")
    names = re.findall("^    namn: (.*)$", text, re.MULTILINE)
    name = random.choice(names)
    _substituted(path, f"^    namn: {re.escape(name)}$", f"    namn: {name} och mer\n    synonymer: [{name}]")
    return name


def _settle(bank: Bank, random: Random) -> str:
    path = bank.root / "content/banken.yml"
    what = random.choice(("namn", "organisation"))
    _substituted(path, f"^{what}: .*$", f"{what}: {random.choice(_WORDS).capitalize()}")
    return what


def _configure(bank: Bank, random: Random) -> str:
    path = bank.root / "mkdocs.yml"
    if random.random() < 0.5:
        _substituted(path, "^site_name: .*$", f"site_name: {random.choice(_WORDS).capitalize()}banken")
    else:
        _substituted(path, "^site_url: .*$", f"site_url: https://{random.choice('abc')}.example.se/bank/")
    return path.name


def _override(bank: Bank, random: Random) -> str:
    template = bank.root / "egna/list.html"
    template.parent.mkdir(exist_ok=True)
    template.write_text(_OVERRIDE.replace("NUMMER", str(random.randrange(100))), "utf-8")
    config = bank.root / "mkdocs.yml"
    if "custom_dir" not in config.read_text("utf-8"):
        _substituted(config, "^  name: material$", "  name: material\n  custom_dir: egna")
    return template.name


def _touch_the_site(bank: Bank, random: Random) -> str:
    if not bank.site:
        return ""
    path = random.choice(bank.site)
    path.write_text("ändrad för hand", "utf-8")
    (path.parent / "lagd-dit-for-hand.html").write_text("hej", "utf-8")
    return path.name


def _lose_of_the_site(bank: Bank, random: Random) -> str:
    found = random.sample(bank.site, min(20, len(bank.site)))
    for path in found:
        path.unlink()
    return f"{len(found)} filer"


def _damage_the_cache(bank: Bank, random: Random) -> str:
    for path in bank.cache:
        data = bytearray(path.read_bytes())
        if data and random.random() < 0.5:
            del data[random.randrange(len(data)) :]
        for _ in range(3):
            if data:
                data[random.randrange(len(data))] = random.randrange(256)
        path.write_bytes(data)
    return f"{len(bank.cache)} filer"


def _lose_the_cache(bank: Bank, random: Random) -> str:
    shutil.rmtree(bank.root / ".cache", ignore_errors=True)
    return ""


def _nothing(bank: Bank, random: Random) -> str:
    return ""


_ACTS: tuple[Callable[[Bank, Random], str], ...] = (
    # What is done most often.
    *(_say_more, _say_more, _say_more, _say_otherwise, _say_otherwise, _say_less),
    *(_add_a_heading, _retitle, _sum_up, _file_elsewhere, _make_a_mistake, _copy),
    *(_delete, _rename, _explain, _call_otherwise, _settle, _configure, _override, _touch_the_site, _lose_of_the_site),
    *(_damage_the_cache, _lose_the_cache, _nothing),
)
