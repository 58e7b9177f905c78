import json
import shutil
from pathlib import Path

import pytest
from peers import Lunr, article, material_worker, read_article, write_material_search, write_pages
from questions import Document

DOCUMENTS = [
    Document("stöd", "Boendestöd & <hem>", "Boendestödjare hjälper till.\nDe kommer hem."),
    Document("polis", "", "Polisen träffar ungdomar."),
]


def test_material_configures_a_swedish_site_as_we_say(tmp_path: Path) -> None:
    write_material_search(map(article, DOCUMENTS), tmp_path)
    index = json.loads((tmp_path / "search" / "search_index.json").read_text("utf-8"))
    assert index["config"] == {
        "lang": ["sv"],
        "separator": r"[\s\-]+",
        "pipeline": ["stopWordFilter"],
        "fields": {"title": {"boost": 1000.0}, "text": {"boost": 1.0}, "tags": {"boost": 1000000.0}},
    }
    assert index["docs"] == [
        {
            "location": "0/",
            "title": "Boendestöd &amp; &lt;hem&gt;",
            "text": "<p>Boendestödjare hjälper till.</p> <p>De kommer hem.</p>",
        },
        {"location": "1/", "title": "", "text": "<p>Polisen träffar ungdomar.</p>"},
    ]
    assert material_worker(tmp_path).is_file()


@pytest.mark.skipif(not shutil.which("node"), reason="needs Node.js")
def test_material_answers_as_on_a_site(tmp_path: Path) -> None:
    engine = Lunr()
    engine.build(DOCUMENTS, tmp_path)
    assert engine.search(["boende", "ungdom polis", "placering"]) == [["stöd"], ["polis"], []]


def test_an_article_comes_back_from_its_page(tmp_path: Path) -> None:
    articles = [article(document) for document in DOCUMENTS]
    write_pages(articles, tmp_path)
    assert [read_article((tmp_path / f"{number}.html").read_text("utf-8")) for number in (0, 1)] == articles
