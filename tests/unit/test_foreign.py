from collections.abc import Callable

import pytest

from kunskapsbank.bank import Bank
from kunskapsbank_mkdocs.foreign import marked, words

KNOWN = (("Signs of Safety", "en"), ("Safety", "en"), ("Q&A", "en"), ("Gemeinde", "de"), ("Straße", "de"))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Om Signs of Safety.</p>", '<p>Om <span lang="en">Signs of Safety</span>.</p>'),
        ("<h1>signs of safety</h1>", '<h1><span lang="en">signs of safety</span></h1>'),
        ("<p>Q&amp;A, Gemeinde</p>", '<p><span lang="en">Q&amp;A</span>, <span lang="de">Gemeinde</span></p>'),
        ("<p>STRAßE, Straße</p>", '<p><span lang="de">STRAßE</span>, <span lang="de">Straße</span></p>'),
        ("<p>\u017fafety, Safety</p>", '<p>\u017fafety, <span lang="en">Safety</span></p>'),
        ('<a title="Safety" href="/Safety/">x</a>', '<a title="Safety" href="/Safety/">x</a>'),
        ("<title>Safety</title><script>Safety</script>", "<title>Safety</title><script>Safety</script>"),
        ("<option>Safety</option><textarea>Safety</textarea>", "<option>Safety</option><textarea>Safety</textarea>"),
        ("<p>Safetys säkerhet, osafety</p>", "<p>Safetys säkerhet, osafety</p>"),
    ],
)
def test_foreign_words_tell_their_language(html: str, expected: str) -> None:
    assert marked(html, KNOWN) == expected


def test_nothing_is_marked_where_nothing_is_known() -> None:
    assert marked("<p>Safety</p>", ()) == "<p>Safety</p>"


def test_the_vocabularies_say_which_words_are_foreign(bank: Bank) -> None:
    assert ("Signs of Safety", "en") in words(bank.catalogue.vocabularies)


def test_a_language_that_is_no_code_is_told(
    sample_with: Callable[[dict[str, str]], Bank], written: Callable[..., str]
) -> None:
    file = "vokabular/metoder.yml"
    changed = written(file, ("  - id:", "  - främmande: [{språk: Engelska, ord: [outreach]}]\n    id:"))
    [problem] = sample_with({file: changed}).catalogue.problems
    assert "språk" in problem.field
    assert "är 'Engelska', som inte är koden för ett språk" in problem.message
