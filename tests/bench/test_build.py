from datetime import date
from pathlib import Path

import build
import builders
import pytest
import served
from bank import Bank
from build import Built, Step, tables
from measure import Cost

from content import Content, write_content
from kunskapsbank.bank import open_bank
from kunskapsbank.model import facets
from kunskapsbank.model.kinds import Kind


def test_the_bank_that_is_built_has_every_kind_and_facet_and_no_errors(tmp_path: Path) -> None:
    assert write_content(Bank(60), tmp_path) == 60
    bank = open_bank(tmp_path / "content", date(2026, 11, 27))
    assert bank.catalogue.errors == ()
    assert len(bank.catalogue.records) == 60
    assert {record.kind for record in bank.catalogue.records} == set(Kind)
    used = {facet.id: sum(bool(entry.members) for entry in bank.index.of(facet)) for facet in facets.FACETS}
    assert min(used.values()) > 0, used
    texts = [file.body for file in Content(Bank(60)).files()]
    assert all(any(part in text for text in texts) for part in ("| --- |", "\n- ", "![", "](index.md)", "](../projekt"))


def test_a_larger_bank_begins_with_a_smaller() -> None:
    small, large = list(Content(Bank(20)).files()), list(Content(Bank(40)).files())
    assert large[: len(small)] == small


@pytest.mark.parametrize("make", [builders.ours, builders.material, builders.hugo])
def test_each_builder_lays_out_what_is_edited(
    make: builders.Builder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builders, "_hugo", lambda: Path("hugo"))
    layout = make(Content(Bank(20)), tmp_path)
    layout.edit_body()
    assert layout.body.read_text("utf-8").endswith(f"\n{builders.EDITED}\n")
    before = layout.theme.read_text("utf-8")
    layout.edit_theme()
    assert layout.theme.read_text("utf-8") != before


def built(cpu: float, peak: int) -> Built:
    step = Step(Cost(cpu, peak, 2 * cpu), 3, 4_000)
    return Built((step, step, Step(Cost(cpu / 4, peak, cpu / 2), 2, 1_500), step), 10, 2_000_000, None)


def test_the_tables_hold_each_program_against_stock_and_tell_how_it_grows() -> None:
    found = {100: {builders.STOCK: built(10, 10**8), "ours": built(20, 10**8)}}
    found[200] = {builders.STOCK: built(20, 2 * 10**8), "ours": built(60, 3 * 10**8)}
    first, _, growth = tables(found).split("\n\n")
    assert first.splitlines()[3] == "| ours | 20 (2) | 20 (2) | 5 (2) | 20 (2) | 10 | – | 100 | 2 | 2 | 2.0 |"
    assert growth.splitlines()[3] == "| ours | 100 → 200 | 1.50× | 3.00× in all | 100 → 300 |"


def test_what_a_program_builds_is_compared_file_by_file(tmp_path: Path) -> None:
    def make(_: Content, folder: Path) -> builders.Layout:
        script = "import pathlib; s = pathlib.Path('site'); s.mkdir(exist_ok=True); "
        script += "(s / 'a').write_text(pathlib.Path('a.md').read_text()); (s / 'b').write_text('b')"
        (folder / "a.md").write_text("a", "utf-8")
        (folder / "theme").write_text("x", "utf-8")
        command = [["python3", "-c", script]]
        return builders.Layout(folder, command, folder / "site", folder / "a.md", folder / "theme", ("x", "y"))

    done = build._built(make, Bank(1), serve=False)
    assert [(step.files, step.bytes) for step in done.steps] == [
        (2, 2),
        (0, 0),
        (1, len(f"a\n{builders.EDITED}\n".encode())),
        (0, 0),
    ]
    assert done.files == 2


def test_a_saved_file_is_seen_when_the_page_has_it(tmp_path: Path) -> None:
    (tmp_path / "sida").mkdir()
    body = tmp_path / "sida/index.html"
    body.write_text("<html></html>", "utf-8")
    command = ["python3", "-m", "http.server", "--bind", "127.0.0.1", "{port}"]
    layout = builders.Layout(tmp_path, [], tmp_path, body, body, ("", ""), serve=command, page="sida/")
    [wait] = served.waits_from_save_to_page(layout, times=1)
    assert wait.seconds > 0
    assert wait.cpu_seconds is None or wait.cpu_seconds >= 0
