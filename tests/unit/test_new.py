"""`kunskapsbank new` as an editor runs it: with all said, with questions in a terminal, and with what is wrong."""

import shutil
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from support import ROOT
from terminal import Terminal, in_terminal

from kunskapsbank.bank import open_bank
from kunskapsbank.cli import asking, main
from kunskapsbank.cli.asking import Choice, RefusedError
from kunskapsbank.markup import frontmatter
from kunskapsbank.problems import Severity

SAMPLE = ROOT / "tests/cases/sample"
TODAY = date(2026, 11, 22)
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "content"))


@pytest.fixture
def new(content: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """A function that runs `kunskapsbank new` with the words given and returns status, output and error output."""

    def run(*words: str) -> tuple[int, str, str]:
        try:
            status = main(["new", *words, "--innehåll", str(content)])
        except SystemExit as stop:
            status = int(str(stop.code))
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def fields(path: Path) -> dict[str, object]:
    """Return key → text, or what is no text, of a file's fields."""
    table = frontmatter.parse(path.name, path.read_bytes()).fields
    return {entry.key: getattr(entry.value, "text", entry.value) for entry in table}


KINDS = [
    (("slutrapport", "--projekt", "bryggan", "--år", "2020"), "projekt/bryggan/2020-slutrapport.md"),
    (("projektplan", "bryggan", "--år", "2020"), "projekt/bryggan/2020-projektplan.md"),
    (("förstudie", "--projekt", "Trappan", "--år", "2015"), "projekt/trappan/2015-forstudie.md"),
    (("förstudie", "--projekt", "Trappan"), "projekt/trappan/forstudie.md"),
    (("delrapport", "--projekt", "trappan", "--år=2016"), "projekt/trappan/2016-delrapport.md"),
    (("projekt", "Våga fråga", "--ägare", "Farsta", "--år", "2025-2026"), "projekt/vaga-fraga/index.md"),
    (("resa", "Åbo", "--ägare", "Farsta,Storby", "--år", "2026"), "resor/2026-abo.md"),
    (("forskning", "Vad hände sedan: en uppföljning"), "forskning/vad-hande-sedan-en-uppfoljning.md"),
    (("utlysning", "2027"), "utlysningar/2027.md"),
]


@pytest.mark.parametrize(("words", "file"), KINDS, ids=[words[0] for words, _ in KINDS])
def test_every_kind_becomes_a_file_that_lacks_only_what_is_left(
    words: tuple[str, ...], file: str, new: Run, content: Path
) -> None:
    before = files(content)
    status, output, error = new(*words)

    assert (status, error) == (0, "")
    assert set(files(content)) - set(before) == {file}
    assert output.startswith(f"Skapade {content / file}\n")
    problems = [one for one in open_bank(content, TODAY).catalogue.problems if one.severity is Severity.ERROR]
    assert {one.file for one in problems} <= {file}
    assert {one.message for one in problems} <= {"fältet saknar värde"}
    for key in {one.field.split(" → ")[0] for one in problems}:
        assert f"\n  {key}: " in output
    text = (content / file).read_text("utf-8")
    assert f"publicerad: {datetime.now(UTC).date()}" in text


def test_a_new_project_and_its_first_document_are_begun_in_one_go(new: Run, content: Path) -> None:
    before = files(content)
    words = ("slutrapport", "--nytt-projekt", "Våga fråga", "--ägare", "Farsta", "--år", "2026")
    status, output, error = new(*words)

    assert (status, error) == (0, "")
    added = ["projekt/vaga-fraga/2026-slutrapport.md", "projekt/vaga-fraga/index.md"]
    assert sorted(set(files(content)) - set(before)) == added
    assert fields(content / added[0])["titel"] == "Slutrapport 2026: Våga fråga"
    assert "ägare" not in fields(content / added[0])
    assert fields(content / added[1])["titel"] == "Våga fråga"
    problems = [one for one in open_bank(content, TODAY).catalogue.problems if one.severity is Severity.ERROR]
    assert {one.message for one in problems} <= {"fältet saknar värde"}
    assert f"kör sedan kunskapsbank check {content / added[1]} {content / added[0]}" in output
    assert f"git add content/{added[0]} content/{added[1]}\n" in output

    (content / added[1]).unlink()
    assert new(*words)[0] == 2
    assert sorted(set(files(content)) - set(before)) == added[:1]


def test_what_to_type_next_has_a_folder_with_spaces_in_quotes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: Path
) -> None:
    there = Path(shutil.move(content, tmp_path / "Örebro bank å"))
    words = ["--nytt-projekt", "Våga fråga", "--ägare", "Farsta", "--år", "2026", "--innehåll", str(there)]
    assert main(["new", "slutrapport", *words]) == 0
    assert f'check "{there / "projekt/vaga-fraga/index.md"}" "' in capsys.readouterr().out


def test_a_final_report_gets_what_the_bank_knows(new: Run, content: Path) -> None:
    new("slutrapport", "--projekt", "bryggan", "--år", "2020")
    path = content / "projekt/bryggan/2020-slutrapport.md"
    found, text = fields(path), path.read_text("utf-8")

    assert (found["titel"], found["typ"]) == ("Slutrapport 2020: Bryggan", "slutrapport")
    assert (found["år"], found["rapportår"], found["sammanfattning"]) == ("2020", "2021", "")
    assert "ägare" not in found
    assert "målgrupper" not in found
    assert "# Vad som prövades, för vem och vad det gav. Visas i listor.\n" in text
    assert "jämställdhetsanalys:\n  status:\n" in text
    assert "## Syfte och mål\n\n<!-- Hjälp: Vad projektet skulle förändra" in text


def test_money_before_2018_asks_for_no_analysis(new: Run, content: Path) -> None:
    new("slutrapport", "trappan", "--år", "2017")

    assert "ämställdhetsanalys" not in (content / "projekt/trappan/2017-slutrapport.md").read_text("utf-8").replace(
        "# Vad dokumentet säger om jämställdhet.\n# jämställdhetsanalys:", ""
    )


def test_an_optional_field_becomes_one_when_its_sign_is_taken_away(new: Run, content: Path) -> None:
    new("projekt", "Våga fråga", "--ägare", "Farsta", "--år", "2026")
    path = content / "projekt/vaga-fraga/index.md"
    text = path.read_text("utf-8").replace(
        "# medel:\n#   - år: 2018\n#     form: LUM", "medel:\n  - år: 2018\n    form: LUM"
    )

    assert "medel" not in fields(path)
    path.write_text(text, "utf-8")
    assert "medel" in fields(path)


def test_nothing_is_ever_written_over(new: Run, content: Path) -> None:
    before = files(content)
    status, output, error = new("slutrapport", "bryggan", "--år", "2018")

    assert (status, output) == (2, "")
    assert "2018-slutrapport.md finns redan, så inget har skrivits." in error
    assert files(content) == before


def test_a_file_that_cannot_be_written_is_told(new: Run, content: Path) -> None:
    shutil.rmtree(content / "resor")
    (content / "resor").write_text("ingen mapp", "utf-8")
    status, _, error = new("resa", "Åbo", "--ägare", "Farsta", "--år", "2026")

    assert status == 2
    assert "går inte att skriva" in error or "finns redan" in error


def test_decomposed_letters_are_the_same_letters(new: Run, content: Path) -> None:
    words = ("resa", "Malmö", "--ägare", "Socialförvaltningen", "--år", "2026")
    status, _, error = new(*(unicodedata.normalize("NFD", word) for word in words))

    assert (status, error) == (0, "")
    assert fields(content / "resor/2026-malmo.md")["plats"] == "Malmö"


WRONG = [
    ((), "det här saknas: typ, som är projekt, projektplan, förstudie"),
    (("slutraport",), "typ: 'slutraport' finns inte. Menade du 'slutrapport'?"),
    (("slutrapport",), "det här saknas: --projekt och --år."),
    (("slutrapport", "bryggan", "--nytt-projekt", "Ny", "--år", "2020"), "skriv antingen --projekt"),
    (("resa", "Åbo", "--nytt-projekt", "Ny"), "--nytt-projekt hör inte till reserapport."),
    (("slutrapport", "xyz", "--år", "2020"), 'skriv --nytt-projekt "Namnet" i stället för --projekt'),
    (("resa",), "det här saknas: namn (Vart gick resan?), --år och --ägare."),
    (("utlysning",), "det här saknas: året som pengarna gäller."),
    (("slutrapport", "brygan", "--år", "2020"), "--projekt: 'brygan' finns inte. Menade du 'Bryggan'?"),
    (("slutrapport", "xyz", "--år", "2020"), "--projekt: 'xyz' finns inte."),
    (("slutrapport", "bryggan", "--år", "två"), "--år: Är 'två', men ska vara ett årtal. Skriv till exempel 2018"),
    (("slutrapport", "bryggan", "--år", "2018-2019"), "bara ett projekt kan ha flera"),
    (("slutrapport", "bryggan", "--år", "1066"), "ett orimligt årtal"),
    (("slutrapport", "bryggan", "--år", "2020", "--ägare", "Farsta"), "ägaren hämtas från projektet"),
    (("resa", "Åbo", "--år", "2026", "--ägare", "Fasta"), "--ägare: 'Fasta' finns inte. Menade du 'Farsta'?"),
    (("resa", "Åbo", "--år", "2018", "--ägare", "Storby"), "Storby fanns inte 2018. Menade du 'Nordby' eller 'Sydby'?"),
    (("projekt", "bryggan", "--år", "2026", "--ägare", "Farsta"), "Projektet finns redan: Bryggan"),
    (("projekt", "x" * 201, "--år", "2026", "--ägare", "Farsta"), "namn: Är 201 tecken lång. Korta texten"),
    (("utlysning", "2027", "--projekt", "bryggan"), "--projekt hör inte till utlysning."),
    (("utlysning", "Sommar", "--år", "2027"), "'Sommar' behövs inte för utlysning"),
]


@pytest.mark.parametrize(("words", "expected"), WRONG, ids=[" ".join(words)[:40] for words, _ in WRONG])
def test_a_wrong_command_says_what_is_wrong_and_writes_nothing(
    words: tuple[str, ...], expected: str, new: Run, content: Path
) -> None:
    before = files(content)
    status, output, error = new(*words)

    assert (status, output) == (2, "")
    assert expected in error
    assert files(content) == before


def test_a_project_whose_page_has_errors_is_not_called_unknown(new: Run, content: Path) -> None:
    (content / "projekt/bryggan/index.md").write_text("---\ntitel: Bryggan\n---\n", "utf-8")
    _, _, error = new("slutrapport", "bryggan", "--år", "2020")

    assert "--projekt: projekt/bryggan/index.md har fel. Kör kunskapsbank check" in error


@pytest.fixture
def terminal(content: Path) -> Iterator[Callable[..., Terminal]]:
    """A function that runs the command in a terminal; what is still running at the end is ended."""
    with ExitStack() as at_end:
        yield lambda *words: at_end.enter_context(in_terminal(*words, "--innehåll", str(content)))


def test_in_a_terminal_what_is_missing_is_asked_for(terminal: Callable[..., Terminal], content: Path) -> None:
    person = terminal("new")
    assert "5. slutrapport" in person.until("Skriv nummer eller namn: ")
    person.type("slutraport\n")
    assert "'slutraport' finns inte. Menade du 'slutrapport'?" in person.until("Skriv nummer eller namn: ")
    person.type("5\n")
    assert "1. Bryggan" in person.until("Skriv nummer eller namn: ")
    person.type("9\n")
    person.until("'9' finns inte.")
    person.type("bryggan\n")
    # The first of the project's years that lacks a final report.
    person.until("Vilket år gäller pengarna? [2019]: ")
    person.type("snart\n")
    assert "ska vara ett årtal" in person.until("[2019]: ")
    person.type("\n")
    person.until("Nästa steg")

    assert person.status() == 0
    assert (content / "projekt/bryggan/2019-slutrapport.md").is_file()


def test_several_owners_can_be_named_or_numbered(terminal: Callable[..., Terminal], content: Path) -> None:
    person = terminal("new", "resa", "Åbo", "--år", "2026")
    owners = person.until("flera med komma: ")
    # Names that were no longer in use in 2026 are not offered.
    assert "Storby" in owners
    assert "Nordby" not in owners
    person.type("Nordby\n")
    person.until("flera med komma: ")
    person.type("1, storby\n")
    person.until("Nästa steg")

    assert person.status() == 0
    assert "ägare:\n  - Farsta\n  - Storby\n" in (content / "resor/2026-abo.md").read_text("utf-8")


@pytest.mark.parametrize("keys", ["\x03", "\x04"], ids=["ctrl-c", "ctrl-d"])
def test_ending_the_questions_writes_nothing(keys: str, terminal: Callable[..., Terminal], content: Path) -> None:
    before = files(content)
    person = terminal("new", "resa")
    person.until("Vart gick resan?")
    if keys == "\x03":
        person.interrupt_until("Avbrutet. Inget har skrivits.")
    else:
        person.until("Avbrutet. Inget har skrivits.", lambda: person.type(keys))

    assert person.status() == 130
    assert files(content) == before


CHOICES = (Choice("a-1", "Alfa", ("A",)), Choice("b-1", "Beta", ("Bettan",)), Choice("10", "Tio"))


@pytest.mark.parametrize(("answer", "value"), [("2", "b-1"), ("beta", "b-1"), ("BETTAN ", "b-1"), ("10", "10")])
def test_a_choice_is_made_by_number_or_any_name(answer: str, value: str) -> None:
    assert asking.chosen(answer, CHOICES) == value


@pytest.mark.parametrize(
    ("answer", "said"), [("4", "'4' finns inte."), ("bet", "Menade du 'Beta'?"), ("0", "finns inte")]
)
def test_a_choice_that_does_not_exist_is_refused(answer: str, said: str) -> None:
    with pytest.raises(RefusedError, match=said.replace("?", r"\?")):
        asking.chosen(answer, CHOICES)
