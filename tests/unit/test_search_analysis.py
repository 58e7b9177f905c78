"""The analysis and the ranking, on Swedish as staff and editors write it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from kunskapsbank.search import concepts, lexicon, spelling
from kunskapsbank.search.analysis import Analyser
from kunskapsbank.search.compound import split
from kunskapsbank.search.meanings import meanings
from kunskapsbank.search.occurrences import BLOCK
from kunskapsbank.search.ranking import Posting, blocks, idf, impacts, lengths, pivots, rank
from kunskapsbank.swedish.stem import root, stem
from kunskapsbank.swedish.words import folded, unaccented, words

LEXICON = lexicon.load(Path(lexicon.__file__).with_name("lexicon.txt"))
GROUPS = meanings(
    [
        ("försörjningsstöd", "ekonomiskt bistånd"),
        ("MI", "motiverande samtal"),
        ("hemlös", "bostadslös"),
        ("hemlöshet", "bostadslöshet"),
        ("Järva", "Rinkeby-Kista", "Spånga-Tensta"),
        ("EB", "ekonomiskt bistånd"),
    ]
)
ANALYSER = Analyser(LEXICON, GROUPS)


class Bank:
    """A handful of one-field documents, to be searched."""

    def __init__(self, *texts: str) -> None:
        fields = [{"body": ANALYSER.field(text)} for text in texts]
        middling = pivots([lengths(document) for document in fields])
        self.size = len(texts)
        self.postings: dict[str, list[Posting]] = {}
        for number, document in enumerate(fields):
            places = blocks(document, BLOCK)
            for term, impact in impacts(document, middling).items():
                self.postings.setdefault(term, []).append(Posting(number, impact, places.get(term, ())))

    def __contains__(self, term: object) -> bool:
        return term in self.postings

    def accented(self, plain: str) -> list[str]:
        return sorted(term for term in self.postings if term != unaccented(term) and unaccented(term) == plain)

    def is_word(self, word: str) -> bool:
        return False

    def alike(self, word: str) -> list[tuple[str, int]]:
        return []

    def find(self, question: str) -> list[int]:
        hits = rank(concepts.question(ANALYSER, question, self), self.postings, self.size)
        return [hit.document for hit in hits]


def written(word: str) -> str:
    return "+".join(part.form for part in split(word, LEXICON)) or word


def test_forms_of_one_word_are_each_among_the_words_of_a_text() -> None:
    found = ANALYSER.field("Barn, barnet och barnens hälso- och sjukvård i Vantör-Årsta")
    assert found.written == {"barn", "barnet", "barnens", "hälso", "sjukvård", "vantör", "årsta"}
    assert found.wholes == {"vantörårsta"}
    assert found.weights["barn"] == 3 * 8


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rinkeby-Kista", ["rinkebykista"]),
        ("EU:s", ["eu"]),
        ("FoU-medel, 750 000 kr", ["foumedel", "750000", "kr"]),
        ("2016–2018 och 2019-05-02", ["2016", "2018", "och", "2019", "05", "02"]),
        ("idé Müller ØRE", ["ide", "muller", "öre"]),
        ("å\u030a A\u030aRSTA", ["å\u030a"[0], "årsta"]),
        ("<b>&amp;</b> \U0001f600 .*[", ["b", "amp", "b"]),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert [word.text for word in words(text)] == expected


def test_a_word_keeps_its_pieces_and_its_place() -> None:
    word = next(words("i Enskede-Årsta-Vantör."))
    assert word.text == "i"
    *_, last = words("i Enskede-Årsta-Vantör.")
    assert last.pieces == ("enskede", "årsta", "vantör")
    assert "i Enskede-Årsta-Vantör."[last.start : last.end] == "Enskede-Årsta-Vantör"


def test_folding_keeps_places() -> None:
    text = "Åsa bor på Ölandsgatan 3, ﬁn idé; İstanbul ẞ"
    assert len(folded(text)) == len(text)


@pytest.mark.parametrize(
    "forms",
    [
        "polis polisen poliser polisernas",
        "ungdom ungdomar ungdomarnas ungdomens",
        "brukare brukares brukaren brukarnas",
        "hemlös hemlösa hemlöst hemlöshet hemlösheten hemlösas",
        "kostnad kostnader kostnaderna kostnadens",
        "skola skolan skolor skolorna skolans",
        "förälder föräldrar föräldrarnas föräldern",
        "cykel cyklar cykeln",
        "bostad bostaden bostäder bostäderna bostads",
        "insats insatser insatsen insatserna",
        "universitet universitetet universiteten",
        "verksamhet verksamheten verksamheter verksamheternas",
        "resultat resultatet resultaten",
        "kompetens kompetensen kompetenser",
        "miljö miljön",
        "ekonomi ekonomin",
        "social sociala socialt",
        "år året åren årets",
        "barn barnet barnen barnens",
        "boende boenden boendes",
        "stöd stödet stödja",
    ],
)
def test_forms_of_a_word_share_a_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1, {form: stem(form) for form in forms.split()}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("placering", "placerad"),
        ("utredning", "utreda"),
        ("vaccination", "vaccinera"),
        ("ekonomi", "ekonomisk"),
        ("kommun", "kommunal"),
    ],
)
def test_words_derived_alike_share_a_root(one: str, other: str) -> None:
    assert root(stem(one)) == root(stem(other))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("vräkningsförebyggande", "vräknings+förebyggande"),
        ("familjehemsplacerade", "familjehems+placerade"),
        ("boendestödjare", "boende+stödjare"),
        ("jämställdhetsanalys", "jämställdhets+analys"),
        ("socialsekreterare", "social+sekreterare"),
        ("kvinnojour", "kvinno+jour"),
        ("rättshjälpsärenden", "rätts+hjälps+ärenden"),
        ("gatuvåld", "gatu+våld"),
        ("placering", "placering"),
        ("insatser", "insatser"),
        ("bostadslös", "bostadslös"),
        ("handläggare", "handläggare"),
        ("förebyggande", "förebyggande"),
        ("bostad", "bostad"),
        ("utveckling", "utveckling"),
        ("arbetslöshet", "arbetslöshet"),
        (
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        ),
    ],
)
def test_split(word: str, expected: str) -> None:
    assert written(word) == expected


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("familjehemsplacerade", "familjehem och placering av barn"),
        ("familjehem placering", "stöd till familjehemsplacerade barn"),
        ("vräkningsförebyggande", "vräkning"),
        ("vräkning", "vräkningsförebyggande arbete"),
        ("hemlösa", "hemlöshet i staden"),
        ("hemlöshet", "bostadslösa män"),
        ("bostadslös", "hemlösa kvinnor"),
        ("boendestödjare", "boendestöd"),
        ("boendestöd", "boendestödjarnas uppdrag"),
        ("jämställdhet", "jämställdhetsanalyser"),
        ("jämställdhetsanalys", "jämställdheten i projektet"),
        ("polis", "polisens"),
        ("polisen", "polis"),
        ("ungdom", "ungdomarna"),
        ("brukare", "brukares"),
        ("Kista", "Rinkeby-Kista"),
        ("Rinkeby-Kista", "Rinkeby och Kista"),
        ("epost", "e-post"),
        ("EU", "EU:s regler"),
        ("hälsovård", "hälso- och sjukvård"),
        ("2018", "pengar för 2017–2018"),
        ("750000", "750 000 kronor"),
        ("försörjningsstöd", "ekonomiskt bistånd"),
        ("ekonomiskt bistånd", "försörjningsstödet"),
        ("MI", "motiverande samtal"),
        ("motiverande samtal", "utbildning i MI"),
        ("Järva", "Spånga-Tensta"),
        ("jamstalldhet", "jämställdhet"),
        ("foraldrar", "föräldrarna"),
        ("foraldraskapsstod", "stöd i föräldraskapet"),
        ("vrakning", "vräkningshotade"),
        ("placerad", "placering"),
    ],
)
def test_a_question_finds(question: str, text: str) -> None:
    bank = Bank("helt andra ord", text)
    assert bank.find(question) == [1]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("bostad", "bosta boston bostik stad"),
        ("bostad", "staden bor här"),
        ("förebyggande", "för barn och byggande"),
        ("placering", "ring mig"),
        ("insatser", "satsen"),
        ("socialsekreterare", "sekret kret"),
        ("hål", "hal"),
        ("får", "far"),
        ("ålder", "alder"),
        ("handläggare", "hand i hand"),
        ("och att det som", "och att det som"),
        ("?!", "?!"),
    ],
)
def test_a_question_does_not_find(question: str, text: str) -> None:
    assert Bank("helt andra ord", text).find(question) == []


def test_the_whole_word_is_worth_more_than_its_parts() -> None:
    bank = Bank("stöd i boende", "boendestöd", *["helt andra ord"] * 4)
    assert bank.find("boendestöd") == [1, 0]


def test_a_small_part_of_a_compound_is_no_answer() -> None:
    bank = Bank("vräkningsförebyggande", "förebyggande", *["förebyggande hälsovård"] * 9)
    assert bank.find("vräkningsförebyggande") == [0]


def test_more_of_the_question_is_worth_more() -> None:
    bank = Bank(
        "vräkning vräkning vräkning vräkning hyra lägenhet",
        "skulder och vräkning lägenhet hyra gata",
        "gata hyra lägenhet",
    )
    assert bank.find("vräkning skulder")[0] == 1


def test_words_close_together_are_worth_more() -> None:
    far = "tidigt " + "annat innehåll " * 30 + " stöd"
    close = "annat innehåll " * 15 + " tidigt stöd " + "annat innehåll " * 15
    assert Bank(far, close).find("tidigt stöd")[0] == 1


def test_a_word_counts_once_however_often_it_is_asked() -> None:
    assert [concept.word for concept in concepts.question(ANALYSER, "stöd stöd stöd")] == ["stöd"]


def test_a_question_split_by_the_parts_of_the_index_gives_the_same_parts_where_they_occur() -> None:
    texts = "vräkningsförebyggande arbete", "familjehemsplacerade barn", "kvinnojour i gatuvåld"
    bank = Bank(*texts)
    within = LEXICON.within(bank.postings.keys())
    assert len(within.first) < len(LEXICON.first) / 100
    for word in "vräkningsförebyggande familjehemsplacerade kvinnojour gatuvåld arbetsförebyggande".split():
        assert split(word, within) == split(word, LEXICON)


def test_a_long_question_is_no_trouble() -> None:
    generator = random.Random(1)
    letters = "abcdefghijklmnopqrstuvwxyzåäö -:'"
    concepts.question(ANALYSER, "".join(generator.choice(letters) for _ in range(5000)))
    assert len(concepts.question(ANALYSER, "å" * 5000)[0].word) <= 60


def test_idf_is_whole_and_falls() -> None:
    values = [idf(1000, having) for having in range(1, 1000)]
    assert all(isinstance(value, int) and value >= 0 for value in values)
    assert values == sorted(values, reverse=True)


@pytest.mark.parametrize(
    ("word", "key"),
    [("guppboende", "gr"), ("bsrn", "ba"), ("fsrsta", "fa"), ("sola", "sk"), ("nhemlös", "he")],
)
def test_a_letter_at_the_beginning_may_be_missing_or_wrong(word: str, key: str) -> None:
    assert key in spelling.further_keys(word)
    assert key not in spelling.keys(word)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("kristäam", "kristeamet"),  # the texts have only another form
        ("sajlvbestammande", "självbestämmande"),  # without dots, and a slip
        ("hoadring", "hoarding"),  # no text has it, but it means something
    ],
)
def test_a_slip_leads_to_the_word_that_was_meant(wrong: str, right: str) -> None:
    known = ["kristeamet", "självbestämmande", "hoarding", "horn", "sjal"]
    having = {word: 1 for word in known if word != "hoarding"}
    found = spelling.alike(wrong, known, lambda word: having.get(word, 0), {"hoarding"})
    assert [word for word, _ in found] == [right]


def test_two_slips_and_another_form_are_too_much() -> None:
    assert not spelling.alike("muller", ["till"], lambda _: 1)


class Misspelling(Bank):
    """A bank of the words given, whose readers slip."""

    def alike(self, word: str) -> list[tuple[str, int]]:
        known = {"bedömning", "hemlösa", "ekonomi", "bostadslös"}
        return [*spelling.alike(word, known, lambda _: 1)]


def test_a_compound_is_mended_by_one_of_its_parts() -> None:
    bank = Misspelling("Bedömning av hur lämplig någon är.", "Annat.")
    (concept,) = concepts.question(ANALYSER, "lämplighetsbedömninggar", bank)
    assert concept.instead == ("lämplighetsbedömning",)
    assert bank.find("lämplighetsbedömninggar") == [0]


def test_what_a_misspelt_word_means_is_found() -> None:
    bank = Misspelling("De är hemlösa.", "Annat.")
    assert bank.find("bosttadslös") == [0]


def test_a_phrase_with_a_slip_in_it_means_what_it_means() -> None:
    bank = Misspelling("De får ekonomiskt bistånd.", "Annat.")
    known = meanings([("dålig ekonomi", "ekonomiskt bistånd")])
    (group,) = known.names
    found = concepts.question(Analyser(LEXICON, known), "dålig ekonmi", bank)
    assert all(group in [term.text for term in concept.terms] for concept in found)
