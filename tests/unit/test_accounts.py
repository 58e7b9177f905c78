"""The accounts of four years and the reports of districts, against what the sources say."""

import io
import re
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from support import ROOT, SAMPLE

from kunskapsbank.accounts import account, notice, year
from kunskapsbank.accounts.markdown import markdown
from kunskapsbank.accounts.paper import Draft, Form, Paper, line, marked, plain, strong
from kunskapsbank.accounts.plain_text import plain_text
from kunskapsbank.accounts.web import web
from kunskapsbank.accounts.word import LANGUAGE, STYLES, TemplateError, word
from kunskapsbank.bank import open_bank
from kunskapsbank.markup import body
from kunskapsbank.model.catalogue import Catalogue

TODAY = date(2026, 11, 27)
GOLDEN = ROOT / "tests/cases/accounts"
LIBREOFFICE = shutil.which("soffice") or shutil.which("libreoffice")

# What the five sources say, read by people: project, owners, whether it was granted money for the next year (None where
# no source tells), and figures that the account must have.
SOURCES = {
    2016: {
        "Stella – det tredelade föräldraskapet": (
            "Rinkeby-Kista, Södermalm och Skärholmen",
            None,
            ["273", "190", "2017"],
        ),
        "Implementering av Signs of Safety": ("Hässelby-Vällingby", None, []),
        "Barnen i centrum": ("Norrmalm och Östermalm", None, ["150"]),
        "Kasam – en bedömnings- och uppföljningsmetod för ungdomsmottagningen": ("Södermalm", None, ["145", "92"]),
        "Processtöd för arbete med rehabiliteringsärenden": ("Enskede-Årsta-Vantör", None, ["63 av 98", "9"]),
        "Öppenvård sydost": ("Skarpnäck, Enskede-Årsta-Vantör och Farsta", None, []),
        "Stärkt brukarinflytande": ("Södermalm", None, ["61 procent", "400"]),
        "Mina båda världar – stödgrupp till familjehemsplacerade barn": ("Farsta och Skarpnäck", None, ["21", "fyra"]),
    },
    2018: {
        "Samlarteam": ("Enskede-Årsta-Vantör", True, []),
        "Lösningsinriktad intensiv hemmabaserad familjebehandling (LIHF)": ("Farsta", True, []),
        "Kristeamets utvärdering": ("Farsta", True, []),
        "Stockholms regnbågsteam": ("Farsta", False, []),
        "Mätinstrument livskvalitet gruppbostad": ("Hägersten-Liljeholmen", True, []),
        "Brukarskola på boende- och behandlingsenheten": ("Socialförvaltningen", True, []),
        "Bostad direkt från gatan": ("Socialförvaltningen", False, []),
        "Bo kvar": ("Skärholmen", False, []),
        "Södermalmsmodellen": ("Södermalm", True, ["Sjuan"]),
        "Nya startpunkten": ("Östermalm", True, []),
        "Alternativ Family Care – mottagande av ensamkommande barn i familjehem": ("Skärholmen", False, []),
    },
    2020: {
        "Ett systematiskt, skyndsamt och tryggt förändringsarbete för en modern och hållbar socialtjänst": (
            "Hässelby-Vällingby",
            None,
            [],
        ),
    },
    2022: {
        "Våga anmäla våga vittna": ("Farsta", True, ["killar"]),
        "Ett systematiskt, skyndsamt och tryggt förändringsarbete för en modern och hållbar socialtjänst": (
            "Hässelby-Vällingby",
            False,
            [],
        ),
        "Studiecirklar i bostadssökning – Civilsamhället som resurs för nyanländas väg till egen bostad": (
            "Hässelby-Vällingby",
            True,
            [],
        ),
        "Civilsamhället som resurs för nyanländas väg till egen bostad": ("Hägersten-Älvsjö", True, []),
        "Utveckla arbetssätt och metoder för rehabiliteringsärenden inom ekonomiskt bistånd": (
            "Rinkeby-Kista",
            True,
            [],
        ),
        "Samlokalisering socialsekreterare och polis": ("Rinkeby-Kista och Spånga-Tensta", False, []),
        "Den placerade ungdomen och nätverket": ("Spånga-Tensta", True, []),
        "”Ingen ska lämnas utanför” – socialtjänstens barnrättsarbete för barn i ekonomisk utsatthet ur ett socialt "
        "hållbarhetsperspektiv": ("Skarpnäck", True, []),
    },
}
# Of each year: projects and trips as stated, projects counted, never begun, goes on, research, examples of analyses.
NUMBERS = {
    2016: (None, None, 8, 0, None, ["Uppföljning av motiverande samtal"], []),
    2018: (
        10,
        None,
        11,
        1,
        7,
        ["Globenmodellen", "Motiverande samtal i Stockholms stad", "Socialrådgivning på nätet"],
        ["Lösningsinriktad intensiv hemmabaserad familjebehandling (LIHF)", "Södermalmsmodellen"],
    ),
    2020: (9, None, 1, 0, None, [], []),
    2022: (
        8,
        12,
        8,
        0,
        6,
        [],
        ["Våga anmäla våga vittna", "Civilsamhället som resurs för nyanländas väg till egen bostad"],
    ),
}
# The rules of the call that was decided together with the account.
RULES = {
    2016: ["750\N{NO-BREAK SPACE}000 kronor", "tre ansökningar", "25\N{NO-BREAK SPACE}000 kronor"],
    2018: [
        "500\N{NO-BREAK SPACE}000 kronor",
        "två lokala utvecklingsprojekt och två studieresor",
        "tre år i rad",
        "25\N{NO-BREAK SPACE}000 kronor",
        "2 maj 2019",
        "20 september 2019",
        "7 juni 2020",
    ],
    2020: ["strategiskt värde för hela staden"],
    2022: [
        "500\N{NO-BREAK SPACE}000 kronor",
        "två lokala utvecklingsprojekt och två studieresor",
        "tre år i rad",
        "2 maj 2023",
        "8 september 2023",
        "2 juni 2024",
    ],
}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return open_bank(ROOT / "content", TODAY).catalogue


@pytest.fixture(scope="module")
def papers(catalogue: Catalogue) -> dict[int, Paper]:
    assert catalogue.account_words is not None
    return {of: account.account(catalogue, of, catalogue.account_words) for of in SOURCES}


def of_district(catalogue: Catalogue, of: int, name: str) -> Paper:
    assert catalogue.account_words is not None
    district = catalogue.vocabularies["ägare"].find(name)
    assert district is not None
    return notice.notice(catalogue, of, district, catalogue.account_words)


def under(paper: Paper, heading: str) -> str:
    """Return the words from a heading to the next of its level or above."""
    found: list[str] = []
    level = 0
    for part in markdown(paper).split("\n"):
        marks = re.match("(#+) ", part)
        if marks and level and len(marks[1]) <= level:
            break
        if part.lstrip("#").strip().replace("\\", "") == heading:
            level = len(marks[1]) if marks else 0
        elif level:
            found.append(part.replace("\\", ""))
    return "\n".join(found)


@pytest.mark.parametrize("of", SOURCES)
def test_account_is_as_it_was_read(papers: dict[int, Paper], of: int) -> None:
    assert markdown(papers[of]) == (GOLDEN / f"{of}.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("of", "name"), [(2018, "Hässelby-Vällingby"), (2020, "Hässelby-Vällingby"), (2022, "Hässelby-Vällingby")]
)
def test_report_of_a_district_is_as_it_was_read(catalogue: Catalogue, of: int, name: str) -> None:
    golden = GOLDEN / f"{of}-hasselby-vallingby.md"
    assert markdown(of_district(catalogue, of, name)) == golden.read_text("utf-8")


@pytest.mark.parametrize("of", SOURCES)
def test_account_has_every_project_of_the_source_with_owner_figures_and_what_came_next(
    papers: dict[int, Paper], catalogue: Catalogue, of: int
) -> None:
    table = papers[of].tables[0]
    rows = {plain(row[0]).replace('"', "”"): [plain(cell) for cell in row] for row in table.rows}
    assert set(rows) == set(SOURCES[of])
    again = next((place for place, head in enumerate(table.heads) if head == f"Medel även {of + 1}"), None)
    for title, (owners, goes_on, figures) in SOURCES[of].items():
        assert rows[title][1] == owners
        assert (again is None) == (goes_on is None)
        if again is not None:
            assert rows[title][again] == ("Ja" if goes_on else "–")
        told = under(papers[of], title)
        assert [figure for figure in figures if figure not in told] == []


@pytest.mark.parametrize("of", SOURCES)
def test_stated_numbers_are_told_apart_from_counted_ones(papers: dict[int, Paper], of: int) -> None:
    projects, trips, counted, never, again, research, examples = NUMBERS[of]
    figures = {plain(row[0]): (plain(row[1]), plain(row[2])) for row in papers[of].tables[-1].rows}
    assert papers[of].tables[-1].heads[1:] == ("Enligt källan", "I kunskapsbanken")
    assert figures["Projekt som beviljades medel"] == (str(projects or "anges inte"), str(counted))
    assert figures["Studieresor som beviljades medel"] == (str(trips or "anges inte"), "0")
    assert figures["Projekt som aldrig startade"][1] == str(never)
    known = "framgår inte" if again is None else str(again)
    assert figures[f"Projekt som fick medel även för {of + 1}"][1] == known
    assert figures["Forskningsrapporter"][1] == str(len(research))
    assert figures["Slutrapporter i original"][1] == "0"
    assert figures["Projekt vars jämställdhetsanalys är omnämnd"][1] == str(len(examples))


@pytest.mark.parametrize("of", SOURCES)
def test_research_analyses_direction_and_rules_are_those_of_the_source(papers: dict[int, Paper], of: int) -> None:
    *_, research, examples = NUMBERS[of]
    assert re.findall(r"^- \*\*(.*?)\*\*", under(papers[of], f"Redovisning av forskning {of}"), re.M) == research
    equality = under(papers[of], "Jämställdhetsanalys")
    assert set(re.findall(r"^- \*\*(.*?)\*\*", equality, re.M)) == set(examples)
    # Nobody asked before 2018.
    assert ("innan jämställdhetsanalyser efterfrågades" in equality) == (of < 2018)
    direction = under(papers[of], f"Inriktning {of + 2} – medel för lokala utvecklingsprojekt och studieresor")
    assert [rule for rule in RULES[of] if rule not in direction] == []
    assert "kronor" in direction or of == 2020


def test_sources_that_disagree_are_told_of(papers: dict[int, Paper]) -> None:
    told = under(papers[2018], "Redovisning av lokala utvecklingsprojekt 2018")
    assert "tio projekt beviljades pengar" in told
    assert "nio redovisas" in told
    assert "startade aldrig" in told
    assert "Alternativ Family Care" in told
    assert "källan anger tio, och kunskapsbanken har elva" in under(papers[2018], "Kvar att fylla i")


def test_what_is_not_known_is_gathered_once_and_says_where_it_can_be_found(papers: dict[int, Paper]) -> None:
    left = under(papers[2018], "Kvar att fylla i")
    # One line a project, with the place where its report is to be found.
    assert len(re.findall(r"^- Resultat för .*bilaga 1\.$", left, re.M)) == 10
    assert len(re.findall(r"^- Resultat för .*bilaga \d\.$", under(papers[2022], "Kvar att fylla i"), re.M)) == 8
    assert "åtta projekt som inte finns i kunskapsbanken" in under(papers[2020], "Kvar att fylla i")
    assert "tolv studieresor" in under(papers[2022], "Kvar att fylla i")
    for paper in papers.values():
        gaps = {span.text for words in paper.lines() for span in words if span.form is Form.GAP}
        listed = under(paper, "Kvar att fylla i").lower()
        assert [gap for gap in gaps if gap.lower() not in listed and not gap.startswith("resultatet")] == []


def test_district_of_today_reports_what_its_predecessors_did(catalogue: Catalogue) -> None:
    own = under(of_district(catalogue, 2022, "Järva"), "Projekt i Järva 2022")
    assert "Rinkeby-Kista och Spånga-Tensta" in own
    headings = [part.strip("# ") for part in own.split("\n") if part.startswith("#")]
    assert set(headings) == {
        "Utveckla arbetssätt och metoder för rehabiliteringsärenden inom ekonomiskt bistånd",
        "Samlokalisering socialsekreterare och polis",
        "Den placerade ungdomen och nätverket",
    }


def test_examples_are_in_no_account(catalogue: Catalogue) -> None:
    assert catalogue.account_words is not None
    examples = [record.title for record in catalogue if record.example]
    assert examples
    for of in year.years(catalogue):
        written = markdown(account.account(catalogue, of, catalogue.account_words))
        assert [title for title in examples if title in written] == []


def test_year_without_a_decision_has_its_grants_and_asks_for_the_direction(catalogue: Catalogue) -> None:
    assert catalogue.account_words is not None
    paper = account.account(catalogue, 2023, catalogue.account_words)
    assert paper.title == "Redovisning av forskning och lokala utvecklingsprojekt 2023"
    assert len(paper.tables[0].rows) == 6
    assert "Inriktning och regler för ett kommande år" in under(paper, "Kvar att fylla i")


def test_original_takes_the_place_of_the_digest(tmp_path: Path) -> None:
    content = Path(shutil.copytree(ROOT / "content", tmp_path / "content"))
    report = content / "projekt/samlarteam/2018-slutrapport.md"
    written = report.read_text("utf-8").replace("belägg: ingen redovisning\n", "resultat: Tolv personer fick hjälp.\n")
    report.write_text(written.replace("innehav: sammandrag\n", ""), "utf-8")
    catalogue = open_bank(content, TODAY).catalogue
    assert catalogue.errors == ()
    assert catalogue.account_words is not None
    paper = account.account(catalogue, 2018, catalogue.account_words)
    figures = {plain(row[0]): plain(row[2]) for row in paper.tables[-1].rows}
    assert (figures["Slutrapporter i original"], figures["Sammandrag av redovisningen"]) == ("1", "9")
    assert "Tolv personer fick hjälp." in under(paper, "Samlarteam")
    left = under(paper, "Kvar att fylla i")
    assert left.count("- Resultat för ") == 9
    assert "Resultat för Samlarteam" not in left


HOSTILE = "<script>alert(1)</script> | *a* `b` [c](d) # & _e_ ~~f~~ \\"


def hostile() -> Paper:
    draft = Draft()
    draft.heading(1, HOSTILE)
    draft.paragraph(strong(HOSTILE), HOSTILE)
    draft.paragraph("1. no list, and - none")
    draft.bullets([line(HOSTILE)], numbered=True)
    draft.table(HOSTILE, ("a", HOSTILE), [(line(HOSTILE), line("x\ny"))])
    return Paper(HOSTILE, HOSTILE, HOSTILE, (marked("Datum [dag]"),), tuple(draft.blocks))


def test_no_format_takes_words_for_markup() -> None:
    words = body.parse("x.md", markdown(hostile()), 1)[0]
    assert HOSTILE in words.text
    assert not words.links
    assert "<script>" not in web(hostile())
    assert HOSTILE in plain_text(hostile())
    assert HOSTILE in [paragraph.text for paragraph in docx.Document(io.BytesIO(word(hostile(), TODAY))).paragraphs]


def opened(data: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(data))


def test_word_file_has_real_headings_captions_lists_and_repeated_heads(papers: dict[int, Paper]) -> None:
    paper = papers[2018]
    document = opened(word(paper, TODAY))
    about = document.core_properties
    assert (about.title, about.author, about.language) == (paper.title, "Socialförvaltningen", LANGUAGE)
    assert (about.created.date() if about.created else None) == TODAY
    languages = {mark.get(qn("w:val")) for mark in document.styles.element.iter(qn("w:lang"))}
    assert languages == {LANGUAGE}
    by_style: dict[str, list[str]] = {}
    for paragraph in document.paragraphs:
        by_style.setdefault(str(paragraph.style and paragraph.style.name), []).append(paragraph.text)
    assert by_style["Title"] == [paper.title]
    for level in (1, 2, 3):
        assert by_style[f"Heading {level}"] == [one.text for one in paper.headings if one.level == level]
    assert by_style["Caption"] == [f"Tabell {one.number}. {one.caption}" for one in paper.tables]
    assert len(document.tables) == len(paper.tables)
    for made, table in zip(document.tables, paper.tables, strict=True):
        assert [[cell.text for cell in row.cells] for row in made.rows] == [
            list(table.heads),
            *[[plain(cell) for cell in row] for row in table.rows],
        ]
        heads = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in made.rows]
        assert heads == [True, *[False] * len(table.rows)]
        said = made._tbl.tblPr.find(qn("w:tblCaption"))
        assert said is not None
        assert said.get(qn("w:val")) == table.caption
    fields = [field.text.split()[0] for field in document.element.iter(qn("w:instrText"))]
    assert fields == ["TOC", *["SEQ"] * len(paper.tables)]
    marks = [mark.get(qn("w:fldCharType")) for mark in document.element.iter(qn("w:fldChar"))]
    assert marks == ["begin", "separate", "end"] * len(fields)
    names = {mark.get(qn("w:name")) for mark in document.element.iter(qn("w:bookmarkStart"))}
    assert {link.get(qn("w:anchor")) for link in document.element.iter(qn("w:hyperlink"))} <= names
    assert len(names) == len(paper.headings)


def test_numbered_lists_begin_anew(papers: dict[int, Paper]) -> None:
    document = opened(word(papers[2018], TODAY))
    ids = [
        paragraph._element.pPr.numPr.numId.val
        for paragraph in document.paragraphs
        if paragraph.style and paragraph.style.name == "List Number"
    ]
    assert len(ids) == 4
    assert len(set(ids)) == 2


@pytest.mark.skipif(LIBREOFFICE is None, reason="needs LibreOffice")
def test_libreoffice_opens_every_account_and_makes_pdf_of_it(papers: dict[int, Paper], tmp_path: Path) -> None:
    for of, paper in papers.items():
        (tmp_path / f"{of}.docx").write_bytes(word(paper, TODAY))
    command = [
        str(LIBREOFFICE),
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    files = [str(tmp_path / f"{of}.docx") for of in papers]
    run = subprocess.run([*command, "--outdir", str(tmp_path), *files], capture_output=True, text=True, check=True)
    assert "Error" not in run.stdout + run.stderr
    assert sorted(path.name for path in tmp_path.glob("*.pdf")) == [f"{of}.pdf" for of in papers]


def template(*missing: str, kind: str = "") -> bytes:
    document = docx.Document()
    for name in missing:
        document.styles[name].delete()
    document.add_paragraph("Brevhuvud")
    made = io.BytesIO()
    document.save(made)
    if not kind:
        return made.getvalue()
    other = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(other, "w") as new:
        for part in old.infolist():
            new.writestr(part.filename, old.read(part).replace(b"document.main+xml", kind.encode()))
    return other.getvalue()


@pytest.mark.parametrize("kind", ["", "template.main+xml"])
def test_own_template_keeps_its_text_and_styles(papers: dict[int, Paper], kind: str) -> None:
    document = opened(word(papers[2020], TODAY, template(kind=kind)))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[0] == "Brevhuvud"
    assert papers[2020].title in texts
    assert {mark.get(qn("w:val")) for mark in document.styles.element.iter(qn("w:lang"))} == {LANGUAGE}


def test_template_without_styles_is_told_which(papers: dict[int, Paper]) -> None:
    with pytest.raises(
        TemplateError, match=r"saknar formatmallarna Rubrik 2 \(Heading 2\) och Beskrivning \(Caption\)"
    ):
        word(papers[2020], TODAY, template("Heading 2", "Caption"))


@pytest.mark.parametrize(
    "data",
    [b"", b"Hej", b"PK\x03\x04", b"%PDF-1.7", (SAMPLE / "index.md").read_bytes(), template()[:2000]],
    ids=["empty", "text", "broken", "pdf", "markdown", "half"],
)
def test_what_is_no_word_file_is_no_template(papers: dict[int, Paper], data: bytes) -> None:
    with pytest.raises(TemplateError, match="är ingen Word-fil"):
        word(papers[2020], TODAY, data)


def test_other_packages_are_no_templates(papers: dict[int, Paper]) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("hej.txt", "hej")
    with pytest.raises(TemplateError, match="är ingen Word-fil"):
        word(papers[2020], TODAY, made.getvalue())
    with pytest.raises(TemplateError, match="är ingen Word-fil"):
        word(papers[2020], TODAY, template(kind="spreadsheet.main+xml"))


def test_every_style_that_is_used_is_asked_for(papers: dict[int, Paper]) -> None:
    document = opened(word(papers[2016], TODAY))
    used = {str(paragraph.style and paragraph.style.name) for paragraph in document.paragraphs}
    assert used - {"Normal", "toc 1", "toc 2"} == set(STYLES) - {"Table Grid"}
