import gzip
import json
import os
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path

import pytest
from browser import CountingServer, Fetch, ask, type_in

PAGE = """<!doctype html><link rel="icon" href="data:,"><script>
const ask = async (question) => (await (await fetch(`/${question}.json?now`)).json()).length;
</script>"""


def test_the_server_compresses_and_counts_what_it_sends(tmp_path: Path) -> None:
    text, packed = b'["ord"]' * 100, bytes(range(256))
    (tmp_path / "a.json").write_bytes(text)
    (tmp_path / "b.pf_index").write_bytes(packed)
    with CountingServer(tmp_path) as server:
        connection = HTTPConnection(server.address.removeprefix("http://"))
        bodies = []
        for path in "/a.json?ts=1", "/b.pf_index", "/missing":
            connection.request("GET", path)
            bodies.append(connection.getresponse().read())
        connection.close()
        assert gzip.decompress(bodies[0]) == text
        assert bodies[1] == packed
        assert server.take() == (Fetch("/a.json", len(bodies[0])), Fetch("/b.pf_index", 256))
        assert server.take() == ()


@pytest.mark.browser
def test_each_question_is_charged_with_its_own_fetches(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    (tmp_path / "ett.json").write_text("[1]", "utf-8")
    (tmp_path / "två.json").write_text("[1, 2]", "utf-8")
    chromium = os.environ.get("KUNSKAPSBANK_CHROMIUM", "")
    asked = [["ett", "två", "ett"], ["två", "tre", "ett"]]
    with ThreadPoolExecutor(1) as aside:  # other tests' browser is open in this thread, and two would not do
        visits = aside.submit(ask, tmp_path, "page.html", asked, chromium).result()
    hits = [[answer.hits for answer in visit] for visit in visits]
    assert hits == [[1, 2, 1], [2, None]], "an answer that fails ends the visit"
    one, two, again = visits[0]
    assert [fetch.path for fetch in one.fetches] == ["/ett.json"]
    assert [fetch.path for fetch in two.fetches] == ["/två.json"]
    assert (again.hits, again.fetches) == (1, ()), "the browser keeps what it has"
    assert one.bytes == one.fetches[0].bytes


TYPED = """<!doctype html><link rel="icon" href="data:,"><input><ol><li>allt</li></ol><script>
document.querySelector("input").oninput = async ({ target }) => {
  const words = await (await fetch(`/${target.value.length}.json`)).json();
  setTimeout(() => document.querySelector("ol").replaceChildren(...words.map(() => document.createElement("li"))), 50);
};
</script>"""


@pytest.mark.browser
def test_what_is_typed_is_timed_from_the_last_key(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(TYPED, "utf-8")
    for length in range(1, 4):
        (tmp_path / f"{length}.json").write_text(json.dumps(list(range(length))), "utf-8")
    chromium = os.environ.get("KUNSKAPSBANK_CHROMIUM", "")
    with ThreadPoolExecutor(1) as aside:
        [[first, second]] = aside.submit(
            type_in, tmp_path, "page.html", "input", "ol", [["abc", "de"]], chromium
        ).result()
    assert [fetch.path for fetch in first.fetches] == ["/page.html", "/1.json", "/2.json", "/3.json"]
    assert (first.hits, second.hits) == (3, 2)
    assert second.fetches == ()
    assert 50 < first.milliseconds < 1000
