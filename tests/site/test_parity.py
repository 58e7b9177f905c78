"""The browser's client, under Node.js on the exported index, gives the answers that Whoosh gives."""

import json
import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from attached_files import bank_with_files
from support import ROOT, node

from kunskapsbank.bank import Bank
from kunskapsbank.search import engine, export, ideas, language, naming
from kunskapsbank.search.asking import Asking
from kunskapsbank.search.documents import Document
from kunskapsbank.search.gathering import gathered
from kunskapsbank.search.index import Index, Reader
from kunskapsbank.search.numbering import numbered
from kunskapsbank.search.publishing import publish
from kunskapsbank.search.query import Hit, answer

pytestmark = pytest.mark.site

ASK = ROOT / "tests" / "js" / "ask.js"
LETTERS = "abcdefghijklmnopqrstuvwxyzåäö -:'"
CHOICES: list[dict[str, list[str]]] = [
    {"stadsdelar": ["farsta"]},
    {"stadsdelar": ["jarva", "sodermalm"]},
    {"ar": ["2018", "2016"], "typer": ["slutrapport"]},
    {"stadsdelar": ["farsta"], "typer": ["slutrapport", "projekt"], "ar": ["2018"]},
    {"teman": ["finns-inte"]},
    {"finns-inte": ["farsta"]},
    {"stadsdelar": ["farsta"], "finns-inte": ["farsta"]},
    {"stadsdelar": ["norra-innerstaden", "finns-inte"], "teman": []},
]


def ask(folder: Path, asked: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put questions to the client, all in one run."""
    run = subprocess.run(
        [node(), ASK, folder], input=json.dumps(asked), capture_output=True, encoding="utf-8", timeout=300
    )
    assert run.returncode == 0, run.stderr
    answers: list[dict[str, Any]] = json.loads(run.stdout)
    return answers


@pytest.fixture(scope="module")
def reader(bank: Bank, found: list[Document], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """The Whoosh index, open."""
    analyser = language.analyser(bank.catalogue.vocabularies, bank.catalogue.words)
    index = Index(tmp_path_factory.mktemp("whoosh") / "index", analyser, language.known_words(), bank.index.facets)
    with index.reader(found) as opened:
        yield opened


def questions() -> list[str]:
    """Return the questions of the file, and some that do not fit a line."""
    lines = (ROOT / "tests/cases/parity_questions.txt").read_text("utf-8").split("\n")
    generator = random.Random(1)
    return [
        *(line for line in lines if line and not line.startswith("# ")),
        " barn \t\n unga\x1f\u3000äldre\x85\ufeff",
        "".join(generator.choice(LETTERS) for _ in range(5000)),
        " ".join(generator.choices("barn unga hemlöshet vräkning stöd metoder familjehemsplacerade".split(), k=700))[
            :5000
        ],
        "å" * 5000,
        "barn\n" * 1000,
    ]


def by_whoosh(
    reader: Reader, bank: Bank, found: list[Document], question: str, chosen: dict[str, list[str]]
) -> tuple[list[tuple[str, float]], dict[str, dict[str, int]], Asking]:
    """Return ids with scores, the counts, and what was asked, as on the command line."""
    asking = Asking(found, bank.index, question)
    ranked = asking.ranked(reader) if question.strip() else None
    choice = {facet: frozenset(terms) for facet, terms in chosen.items()}
    answered = answer({document.id: document for document in found}, ranked, choice, bank.index.filters)
    counts = {facet: dict(counts) for facet, counts in answered.counts.items()}
    return [(hit.document.id, hit.score) for hit in answered.hits], counts, asking


def assert_same(
    given: dict[str, Any],
    found: list[Document],
    hits: list[tuple[str, float]],
    counts: dict[str, dict[str, int]],
    asking: Asking,
) -> None:
    assert tuple(given["problems"]) == asking.misunderstood
    documents = numbered(found)
    assert [documents[hit["number"]].id for hit in given["hits"]] == [document_id for document_id, _ in hits]
    assert [hit["score"] for hit in given["hits"]] == pytest.approx([score for _, score in hits], rel=1e-12, abs=1e-9)
    assert given["total"] == len(hits)
    counted = {
        facet: {term: count for term, count in terms.items() if count} for facet, terms in given["counts"].items()
    }
    assert counted == counts


def test_the_same_documents_in_the_same_order(
    reader: Reader, bank: Bank, found: list[Document], exported: Path
) -> None:
    asked = questions()
    assert len(asked) >= 200
    answers = ask(exported, [{"words": question, "show": 10} for question in asked])
    by_id = {document.id: document for document in found}
    answered = together = 0
    for question, given in zip(asked, answers, strict=True):
        hits, counts, asking = by_whoosh(reader, bank, found, question, {})
        terms = [[(term.text, term.weight) for term in concept.terms] for concept in asking.concepts]
        assert [[(term["text"], term["weight"]) for term in concept["terms"]] for concept in given["concepts"]] == terms
        assert_same(given, found, hits, counts, asking)
        groups = gathered([Hit(by_id[document_id], score) for document_id, score in hits[:10]])
        assert given["groups"] == [[hit.document.id for hit in group] for group in groups]
        together += sum(len(group) > 1 for group in groups)
        told = [(concept.absent, concept.near, [*concept.instead]) for concept in asking.concepts]
        assert [(concept["absent"], concept["near"], concept["instead"]) for concept in given["concepts"]] == told
        answered += bool(given["hits"])
    assert answered >= 150
    assert together >= 100


def test_the_same_is_named_and_offered_as_filters(
    reader: Reader, bank: Bank, found: list[Document], exported: Path
) -> None:
    chosen = {"teman": ["hemloshet-och-boende"], "ar": ["2016"]}
    asked: list[dict[str, Any]] = [{"words": question} for question in questions()]
    asked += [{"words": "hemlöshet i Farsta 2018", "chosen": chosen}]
    names = naming.names(bank)
    boxes = offers = 0
    for one, given in zip(asked, ask(exported, asked), strict=True):
        asking = Asking(found, bank.index, one["words"])
        named = names.found(one["words"], asking.text, asking.quoted)
        assert [[box["heading"], box["label"], box["note"], box["url"]] for box in given["boxes"]] == [
            [box.heading, box.label, box.note, box.url] for box in named.boxes
        ]
        both = {**one.get("chosen", {}), **{facet: [*terms] for facet, terms in named.chosen.items()}}
        total = len(by_whoosh(reader, bank, found, named.words, both)[0]) if named.labels else 0
        expected = {"words": named.words, "chosen": both, "labels": [*named.labels], "total": total}
        assert given["narrowed"] == (expected if total else None), one
        boxes += bool(named.boxes)
        offers += bool(total)
    assert boxes >= 10
    assert offers >= 8


def test_an_idea_is_near_the_same_projects(bank: Bank, found: list[Document], exported: Path, tmp_path: Path) -> None:
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "tests/cases/ideas").glob("*.txt"))]
    texts += [document.body for document in found[:15]]
    texts += [" ".join(questions()[:150]), "1 2 3 och", "kattuggla", "barn " * 3000]
    compared = 0
    for text, given in zip(texts, ask(exported, [{"idea": text} for text in texts]), strict=True):
        mine = engine.compare(bank, tmp_path / "index", text)
        assert (given["words"], given["audiences"]) == ([*mine.words], [*mine.audiences])
        assert given["problems"] == []
        assert [(near["tried"], near["same"], near["other"]) for near in given["projects"]] == [
            (ideas.written(near.tried), [*near.same], [*near.other]) for near in mine.projects
        ]
        scores = [near.score for near in mine.projects]
        assert [near["score"] for near in given["projects"]] == pytest.approx(scores, rel=1e-12)
        compared += bool(mine.projects)
    assert compared >= 20


def test_files_beside_documents_are_searched_and_shown_alike(tmp_path: Path) -> None:
    filed = bank_with_files(tmp_path / "content")
    publish(filed, tmp_path / "cache", tmp_path / "sok")
    asked = ["kattuggla", "cyklar lättare vardag", "hundar i Farsta", "hushåll bostad", "kvarn", "kommunen"]
    files = 0
    for question, given in zip(asked, ask(tmp_path / "sok", [{"words": one, "show": 5} for one in asked]), strict=True):
        result = engine.search(filed, tmp_path / "index", question, {})
        assert [shown["id"] for shown in given["shown"]] == [hit.document.id for hit in result.hits[:5]]
        for shown, hit in zip(given["shown"], result.hits, strict=False):
            found = result.in_file(hit)
            assert (shown["inFile"] is None) == (found is None)
            if found:
                passage = "".join(piece["text"] for piece in shown["inFile"]["passage"])
                assert (shown["inFile"]["where"], shown["inFile"]["url"], passage) == (
                    found.where,
                    found.url,
                    found.passage,
                )
                files += 1
    assert files >= 4


@pytest.mark.parametrize("chosen", CHOICES, ids=str)
def test_the_same_with_filters(
    reader: Reader, bank: Bank, found: list[Document], exported: Path, chosen: dict[str, list[str]]
) -> None:
    asked = [
        "",
        " \x1f\t",
        "stöd",
        "barn unga",
        "hemlöshet",
        "och",
        "kattuggla",
        "Rinkeby-Kista",
        "stöd till föräldrar",
    ]
    answers = ask(exported, [{"words": question, "chosen": chosen} for question in asked])
    for question, given in zip(asked, answers, strict=True):
        assert_same(given, found, *by_whoosh(reader, bank, found, question, chosen))


def test_without_words_everything_newest_first(
    reader: Reader, bank: Bank, found: list[Document], exported: Path
) -> None:
    [given] = ask(exported, [{"words": "  "}])
    assert [hit["number"] for hit in given["hits"]] == list(numbered(found))
    assert_same(given, found, *by_whoosh(reader, bank, found, "  ", {}))


def test_newest_first_are_the_same_documents(bank: Bank, exported: Path, tmp_path: Path) -> None:
    asked: list[dict[str, Any]] = [{"words": "stöd barn"}, {"words": "stöd barn", "sort": "newest", "show": 200}]
    best, newest = ask(exported, asked)
    mine = engine.search(bank, tmp_path / "index", "stöd barn", {}, newest=True)
    assert [shown["id"] for shown in newest["shown"]] == [hit.document.id for hit in mine.hits]
    enough = sorted(hit["number"] for hit in best["hits"] if hit["isEnough"])
    rest = [hit["number"] for hit in best["hits"] if not hit["isEnough"]]
    assert 0 < len(enough) < len(best["hits"])
    assert [hit["number"] for hit in newest["hits"]] == enough + rest


def test_hits_are_shown_with_what_answers_marked(found: list[Document], exported: Path) -> None:
    [given] = ask(exported, [{"words": "vräkningsförebyggande", "show": 2}])
    for hit, shown in zip(given["hits"], given["shown"], strict=False):
        document = numbered(found)[hit["number"]]
        assert (shown["id"], shown["url"], shown["title"]) == (document.id, document.url, document.title)
        assert "".join(piece["text"] for piece in shown["titleParts"]) == document.title
        assert any("vräk" in piece["text"].lower() for piece in shown["passage"] if piece["mark"])


def test_a_word_that_is_being_typed_finds_what_begins_so(exported: Path) -> None:
    whole, typed, done, finished = ask(
        exported,
        [
            {"words": "samlokalisering"},
            {"words": "samlokaliser", "typing": True},
            {"words": "samlokalis", "typing": False},
            {"words": "samlokalis ", "typing": True},
        ],
    )
    assert whole["hits"][0]["number"] in [hit["number"] for hit in typed["hits"]]
    assert done["hits"] == finished["hits"] == []


@pytest.mark.parametrize(
    ("question", "instead", "as_typed"),
    [
        ("hemlöshett", ["hemlöshet"], '"hemlöshett"'),
        ("polsien och Socialtjensten 2018", ["polisen", "socialtjänsten"], '"polsien" och "Socialtjensten" 2018'),
        ("missbrukk", ["missbruk"], '"missbrukk"'),
    ],
)
def test_a_misspelt_word_is_taken_for_the_nearest_and_can_be_asked_as_it_was(
    exported: Path, question: str, instead: list[str], as_typed: str
) -> None:
    given, right, typed = ask(exported, [{"words": words} for words in (question, " ".join(instead), as_typed)])
    assert given["corrected"] == {"instead": instead, "asTyped": as_typed}
    assert right["hits"][0]["number"] in [hit["number"] for hit in given["hits"][:3]]
    assert typed["hits"] == []


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("hemlöshet", []),
        ("2019", []),
        ("kattuggla", [("kattuggla", None)]),
        ("demens", [("demens", "aldreomsorg")]),
        ("Socialbidrag och knark", [("Socialbidrag", "ekonomiskt-bistand"), ("knark", "missbruk-och-beroende")]),
        ("våld i nära relationer", [("våld i nära relationer", "vald-i-nara-relationer")]),
    ],
)
def test_a_real_word_is_never_taken_for_another(
    exported: Path, question: str, told: list[tuple[str, str | None]]
) -> None:
    [given] = ask(exported, [{"words": question}])
    assert given["corrected"] is None
    assert [(absent["word"], absent["theme"] and absent["theme"]["id"]) for absent in given["absent"]] == told


def test_a_title_in_quotes_finds_its_page_first(found: list[Document], exported: Path) -> None:
    for given, document in zip(
        ask(exported, [{"words": f'"{document.title}"'} for document in found]), found, strict=True
    ):
        first = numbered(found)[given["hits"][0]["number"]]
        assert first.title == document.title


def test_the_rest_answers_when_shards_are_lost(found: list[Document], exported: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(exported, tmp_path / "sok"))
    asked = [{"words": question, "show": 5} for question in ("hemlöshet barn", "stöd", "vräkningsförebyggande")]
    whole = ask(folder, asked)
    for number, path in enumerate(sorted(folder.rglob("*.kb"))):
        if number % 3 == 0:
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        elif number % 3 == 1:
            path.unlink()
    answers = ask(folder, asked)
    assert any(given["problems"] for given in answers)
    for before, given in zip(whole, answers, strict=True):
        assert given["total"] <= len(found)
        assert len(given["problems"]) == len({*given["problems"]}) <= 3
        assert before["problems"] == []


def test_every_number_is_found_where_there_are_many(tmp_path: Path) -> None:
    generator = random.Random(7)
    texts = [
        " ".join([f"{place % 10},5", *(str(generator.randrange(10_000)) for _ in range(400))]) for place in range(60)
    ]
    documents = [
        Document(f"d{place}", f"d{place}/", "Siffror", "", (), (), False, "", "", "", {}, {}, body=text)
        for place, text in enumerate(texts)
    ]
    export.write(tmp_path, documents, None, language.analyser({}), language.known_words())
    leaves = json.loads((tmp_path / "manifest.json").read_bytes())["leaves"]
    assert " !" in leaves
    asked = sorted({number for text in texts for number in text.split()[:2]})
    answers = ask(tmp_path, [{"words": number} for number in asked])
    found = {document.id: number for number, document in numbered(documents).items()}
    for number, given in zip(asked, answers, strict=True):
        having = {found[f"d{place}"] for place, text in enumerate(texts) if number in text.split()}
        assert {hit["number"] for hit in given["hits"]} == having
