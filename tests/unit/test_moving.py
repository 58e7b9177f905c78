"""A document or a project is moved whole, with its files, links, id and old address, or not at all."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from support import SAMPLE

from kunskapsbank.bank import Bank, open_bank
from kunskapsbank.cli import main
from kunskapsbank.model.known import linked
from kunskapsbank.writing import moving

TODAY = date(2026, 11, 22)
REPORT, TRIP = "projekt/bryggan/2018-slutrapport.md", "resor/2021-malmo.md"

# Links in every way that they can be written.
ADDED = {
    REPORT: """
![Så gick det](2018-slutrapport-bild.png) och [tabellen](<siffror 2018.csv>).
Se [projektet](index.md#om), [planen][p] och <a href='2019-projektplan.md'>den igen</a>.

[p]: 2019-projektplan.md
""",
    TRIP: """
[Slutrapporten](../projekt/bryggan/2018-slutrapport.md#resultat) och [en](../projekt/bryggan/2018-slutrapport.md).
""",
    "om/index.md": """
[Bryggan](../projekt/bryggan/index.md) och [på nätet](https://example.se/projekt/bryggan/index.md).
""",
    "projekt/bryggan/index.md": "\n## Om\n\nText.\n",
}


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sample, with a page that is linked to in every way and files beside it."""
    content = tmp_path / "bank/content"
    shutil.copytree(SAMPLE, content)
    for file, text in ADDED.items():
        path = content / file
        path.write_text(path.read_text("utf-8") + text, "utf-8")
    shutil.copyfile(content / "projekt/bryggan/arbetsgang.png", content / "projekt/bryggan/2018-slutrapport-bild.png")
    (content / "projekt/bryggan/siffror 2018.csv").write_text("år;antal\n2018;3\n", "utf-8")
    (content / ".hidden").write_text("kvar", "utf-8")
    monkeypatch.chdir(content.parent)
    assert not opened(content).catalogue.errors
    return content


def opened(content: Path) -> Bank:
    return open_bank(content, TODAY)


def links_of(bank: Bank) -> dict[str, list[str]]:
    """Return where the links of each file lead, by the file."""
    return {
        one.file: [linked(one.file, link.target) + "#" + link.target.partition("#")[2] for link in one.body.links]
        for one in bank.catalogue.documents
        if one.body
    }


def moved(content: Path, source: str, target: str) -> moving.Move:
    move = moving.plan(opened(content).catalogue, source, target)
    moving.carry_out(move, content, TODAY, lambda: None)
    return move


@pytest.mark.parametrize(
    ("source", "target", "files"),
    [
        (
            REPORT,
            "projekt/bryggan/2018-rapport.md",
            {
                REPORT: "projekt/bryggan/2018-rapport.md",
                "projekt/bryggan/2018-slutrapport-bild.png": "projekt/bryggan/2018-rapport-bild.png",
            },
        ),
        (
            REPORT,
            "projekt/trappan",
            {
                REPORT: "projekt/trappan/2018-slutrapport.md",
                "projekt/bryggan/2018-slutrapport-bild.png": "projekt/trappan/2018-slutrapport-bild.png",
                "projekt/bryggan/siffror 2018.csv": "projekt/trappan/siffror 2018.csv",
            },
        ),
        (TRIP, "resor/2021-oresund.md", {TRIP: "resor/2021-oresund.md"}),
        (
            "projekt/bryggan/",
            "projekt/bron",
            {
                f"projekt/bryggan/{name}": f"projekt/bron/{name}"
                for name in (
                    "index.md", "2018-slutrapport.md", "2019-projektplan.md", "arbetsgang.png",
                    "2018-slutrapport-bild.png", "siffror 2018.csv",
                )
            },
        ),
    ],
    ids=["another name", "another project", "a trip", "a whole project"],
)  # fmt: skip
def test_all_links_lead_to_what_they_led_to(content: Path, source: str, target: str, files: dict[str, str]) -> None:
    before = opened(content)
    ids = {record.file: record.id for record in before.catalogue}
    move = moved(content, source, target)
    after = opened(content)
    assert not after.catalogue.errors
    assert move.files == files

    def now(file: str) -> str:
        name, _, place = file.partition("#")
        return f"{files.get(name, name)}#{place}"

    assert links_of(after) == {
        files.get(file, file): [now(leads) for leads in found] for file, found in links_of(before).items()
    }
    assert {record.file: record.id for record in after.catalogue} == {files.get(f, f): i for f, i in ids.items()}
    led_on = {address for record in after.catalogue for address in record.former}
    assert led_on == {record.url for record in before.catalogue if record.file in files} == {*move.led_on}
    assert (content / ".hidden").read_text("utf-8") == "kvar"
    assert not [path for path in content.rglob("*") if path.is_dir() and not any(path.iterdir())]


def test_what_is_not_concerned_is_as_it_was(content: Path) -> None:
    before = {path: path.read_bytes() for path in content.rglob("*") if path.is_file()}
    move = moved(content, TRIP, "resor/2021-oresund.md")
    changed = {path for path, data in before.items() if not path.exists() or path.read_bytes() != data}
    assert changed == {content / TRIP, content / REPORT}
    assert {*move.links} == {REPORT}


def test_there_and_back_again_leaves_one_way_on(content: Path) -> None:
    moved(content, TRIP, "resor/2021-oresund.md")
    moved(content, "resor/2021-oresund.md", TRIP)
    [trip] = [record for record in opened(content).catalogue if record.file == TRIP]
    assert trip.former == ("resor/2021-oresund/",)
    assert (trip.id, trip.url) == ("resor-2021-malmo", "resor/2021-malmo/")


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("projekt/finns-inte", "projekt/x", "är inget dokument eller projekt"),
        (REPORT, "projekt/bryggan/2019-projektplan.md", "finns redan"),
        ("projekt/bryggan", "projekt/trappan", "finns redan"),
        (REPORT, "resor", "är ingen plats för"),
        (REPORT, "../utanfor/x.md", "är ingen plats för"),
        ("projekt/bryggan", "projekt/con", "Windows"),
        ("projekt/bryggan", "projekt/Bryggan på nytt", "utan å, ä, ö och mellanslag: projekt/bryggan-pa-nytt"),
        (TRIP, "resor/2021-Malmö.md", "utan å, ä, ö och mellanslag: resor/2021-malmo.md"),
        (REPORT, REPORT, "ligger redan där"),
        (REPORT, "projekt/saknas", "Flytten skulle ge fel"),
        ("om/ord.md", "om/orden.md", "är inget dokument eller projekt"),
    ],
)
def test_what_cannot_be_moved_is_told_and_nothing_changes(
    content: Path, source: str, target: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in content.rglob("*") if path.is_file()}
    assert main(["move", source, target]) == 2
    assert told in capsys.readouterr().err
    assert {path: path.read_bytes() for path in content.rglob("*") if path.is_file()} == before
    assert not content.with_name(".content.bygge").exists()


def test_a_link_that_cannot_be_changed_for_certain_stops_it(content: Path) -> None:
    path = content / "om/index.md"
    path.write_text(path.read_text("utf-8") + "\n[Resan](../resor/2021&#45;malmo.md)\n", "utf-8")
    with pytest.raises(moving.MoveError, match=r"^om/index\.md:\d+: länken"):
        moving.plan(opened(content).catalogue, TRIP, "resor/2021-oresund.md")


def test_a_fault_while_writing_leaves_all_as_it_was(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    move = moving.plan(opened(content).catalogue, "projekt/bryggan", "projekt/bron")
    before = {path: path.read_bytes() for path in content.rglob("*") if path.is_file()}
    write = Path.write_text

    def full(path: Path, *arguments: str, **options: str) -> int:
        if path.name == "2018-slutrapport.md":
            raise OSError(28, "No space left on device")
        return write(path, *arguments, **options)

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="No space"):
        moving.carry_out(move, content, TODAY, lambda: None)
    assert {path: path.read_bytes() for path in content.rglob("*") if path.is_file()} == before


def test_the_command_says_what_it_did(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["move", "content/resor/2021-malmo.md", "resor/2021-oresund.md"]) == 0
    told = capsys.readouterr().out
    assert f"{TRIP} → resor/2021-oresund.md" in told
    assert f"Länkar som skrevs om: 1, i {REPORT}." in told
    assert "Den gamla adressen resor/2021-malmo/ leder vidare." in told


def test_it_is_not_run_in_the_folder_that_is_exchanged(
    content: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(content / "resor")
    assert main(["move", "--innehåll", str(content), TRIP, "resor/2021-oresund.md"]) == 2
    assert "i mappen ovanför content" in capsys.readouterr().err
