"""Another text of a page gives the pages that the whole bank would give, or is left to the whole."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from support import SAMPLE

from kunskapsbank.bank import Bank, open_bank
from kunskapsbank.kept import version
from kunskapsbank.pages import generate, related, retold
from kunskapsbank.pages.models import SitePage
from kunskapsbank.pages.records import Views
from kunskapsbank.pages.retold import Retold
from kunskapsbank.reading.loading import TEXTS
from kunskapsbank.reading.taken_apart import Shelf
from kunskapsbank.store import Store
from kunskapsbank_mkdocs.kept_texts import KeptTexts, Whole
from kunskapsbank_mkdocs.keys import Keys

TODAY = date(2026, 11, 27)


FILE = "projekt/bryggan/2019-projektplan.md"
REPORT = "projekt/bryggan/2018-slutrapport.md"


def added(more: str) -> Callable[[str], str]:
    return lambda text: f"{text}\n{more}\n"


def shown(pages: dict[str, SitePage]) -> dict[str, str]:
    keys = Keys()
    return {file: keys.of_page("", page, None) for file, page in pages.items()}


class Kept:
    """A bank, its pages, and what is kept of them, as a build leaves it."""

    def __init__(self, folder: Path) -> None:
        self.content, self.cache = folder / "content", folder / "cache"
        shutil.copytree(SAMPLE, self.content)
        self.write(REPORT, added("## Syfte\n\nAtt pröva om det går."))
        self.keep()

    def keep(self) -> None:
        bank, views, pages = self.built()
        self.shown = shown(pages)
        self.written = sorted(file for file, page in pages.items() if page.written)
        read = retold.read_by_views(bank.catalogue)
        kept = KeptTexts(self.cache, "1")
        kept.keep(Whole(retold.around(views, pages, read), ()), retold.texts(bank, pages.values(), read))
        kept.close()

    def built(self) -> tuple[Bank, Views, dict[str, SitePage]]:
        bank = open_bank(self.content, TODAY, self.cache)
        assert bank.catalogue.asked is not None
        bank.catalogue.asked.clear()
        views = Views(bank.catalogue, bank.index)
        return bank, views, {page.file: page for page in generate(bank, views)}

    def retold(self) -> Retold:
        kept = KeptTexts(self.cache, "1")
        whole = kept.whole()
        assert whole is not None
        shelf = Shelf(Store(self.cache / TEXTS, version()))
        return Retold(whole.around, kept.text, shelf, {}, lambda file: (self.content / file).read_bytes())

    def write(self, file: str, change: Callable[[str], str]) -> bytes:
        path = self.content / file
        path.write_text(change(path.read_text("utf-8")), "utf-8")
        return path.read_bytes()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return Kept(tmp_path_factory.mktemp("hel"))


@pytest.fixture
def kept(whole: Kept, tmp_path: Path) -> Kept:
    """The same in a folder of its own."""
    shutil.copytree(whole.content.parent, tmp_path / "bank")
    found = object.__new__(Kept)
    vars(found).update(vars(whole), content=tmp_path / "bank/content", cache=tmp_path / "bank/cache")
    return found


def test_what_a_sentence_more_changes_is_what_the_whole_makes_of_it(kept: Kept) -> None:
    taken = []
    for number, file in enumerate(kept.written):
        data = kept.write(file, added(f"En mening till, om HVB, LUM och en studiecirkel ({number})."))
        again = kept.retold()
        if again.add(file, data):
            taken.append(file)
            made = {page.file: page for page in again.pages() or ()}
            assert file in made
            assert {**kept.shown, **shown(made)} == shown(kept.built()[2])
        kept.write(file, lambda text: text.rpartition("\nEn mening till")[0])
    # Most of them; the others are told of elsewhere, or have a remark.
    assert len(taken) > len(kept.written) / 2


def test_the_order_of_links_is_more_than_a_text(kept: Kept) -> None:
    # The search takes up the files beside a text in that order.
    one, other = "[planen](2018-slutrapport.md)", "[projektet](index.md)"
    kept.write(FILE, added(f"Läs {one} och {other}."))
    kept.keep()
    assert kept.retold().add(FILE, kept.write(FILE, lambda text: text.replace("Läs", "Se")))
    assert not kept.retold().add(
        FILE, kept.write(FILE, lambda text: text.replace(f"{one} och {other}", f"{other} och {one}"))
    )


def test_a_sentence_that_tells_nothing_is_no_more_than_its_page(kept: Kept) -> None:
    again = kept.retold()
    assert again.add(FILE, kept.write(FILE, added("Så var det.")))
    # It is a digest, which its project's page shows too.
    assert [page.file for page in again.pages() or ()] == [FILE, "projekt/bryggan/index.md"]


@pytest.mark.parametrize(
    "change",
    {
        "a heading": added("## Mer om saken\n\nSå var det."),
        "a link": added("Se [början](../../index.md)."),
        "a link that leads nowhere": added("Se [här](finns-inte.md)."),
        "a comment": added("Så var det. <!-- tillåt lix: så -->"),
        "a field": lambda text: text.replace("titel: ", "titel: Den nya ", 1),
        "personal data": added("Det gällde 19121212-1212."),
        "what cannot be shown": added("<b>Så</b>"),
        "a line above": lambda text: text.replace("\n---\n", "\n# En kommentar\n---\n", 1),
        "no fields": lambda _: "Så var det.",
    }.items(),
    ids=lambda one: one[0],
)
def test_what_changes_more_is_left_to_the_whole(kept: Kept, change: tuple[str, Callable[[str], str]]) -> None:
    assert not kept.retold().add(FILE, kept.write(FILE, change[1]))


def test_what_an_account_tells_of_a_report_stands_on_its_page_too(kept: Kept) -> None:
    # Accounts tell what stands under the heading of the purpose, and of no other.
    data = kept.write(REPORT, lambda text: text.replace("## Syfte", "Så var det.\n\n## Syfte"))
    assert kept.retold().add(REPORT, data)
    assert not kept.retold().add(REPORT, kept.write(REPORT, added("Och om det räcker.")))


@pytest.mark.parametrize(
    ("projects", "changed", "expected"),
    [(0, 1, True), (0, 2, False), (1, 1, False), (12, 1, False), (13, 1, False), (14, 1, True), (14, 2, False)],
)
def test_a_word_that_few_projects_have_makes_them_alike(projects: int, changed: int, expected: bool) -> None:
    # Of twelve projects at the most, with one more or one less for each text that is another.
    assert related.tells_nothing(projects, changed) is expected


def test_a_word_of_the_field_may_make_other_pages_alike(kept: Kept) -> None:
    # The first project with it is like no other by it; which are alike by the second only the whole can tell.
    files = (FILE, "projekt/trappan/index.md")
    again = kept.retold()
    taken = [again.add(file, kept.write(file, added("De höll en studiecirkel."))) for file in files]
    assert taken == [True, False]


def test_a_file_that_had_no_page_is_left_to_the_whole(kept: Kept) -> None:
    assert not kept.retold().add("projekt/bryggan/2031-slutrapport.md", (kept.content / FILE).read_bytes())


def test_a_text_that_is_kept_no_more_is_left_to_the_whole(kept: Kept) -> None:
    (kept.cache / TEXTS).unlink()
    assert not kept.retold().add(FILE, kept.write(FILE, added("Så var det.")))


def test_what_is_not_asked_for_stays(kept: Kept) -> None:
    # Of a bank so large that a store would think of what nobody asks for.
    store = Store(kept.cache / "retold.sqlite", "1 1")
    for number in range(2000):
        store.put(f"{number}.md", "text", b"")
    store.write()
    store.close()
    for file in (FILE, "om/index.md"):
        again = KeptTexts(kept.cache, "1")
        assert again.whole() is not None
        assert again.text(file) is not None
        again.close()


def test_of_another_build_nothing_is_kept(kept: Kept) -> None:
    assert KeptTexts(kept.cache, "2").whole() is None


def test_what_is_kept_names_nothing_but_values(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(kept.cache / "retold.sqlite", "1 1")
    # What pickle would make a call of.
    store.put("", "around", b"cos\nsystem\n(S'true'\ntR.")
    store.put(FILE, "text", b"ckunskapsbank.store\nStore\n(tR.")
    store.save()
    again = KeptTexts(kept.cache, "1")
    assert again.whole() is None
    assert again.text(FILE) is None
