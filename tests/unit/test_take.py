"""What readers take along of a page: references that programs read back, feeds that readers of feeds read."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from xml.etree import ElementTree

import bibtexparser
import feedparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from support import pages_of

from kunskapsbank.bank import Bank
from kunskapsbank.exports import citations, feeds, metadata, reference
from kunskapsbank.pages import take
from kunskapsbank.pages.models import Take
from kunskapsbank.pages.records import Views

SITE = "https://bank.example.se/kunskap/"
# As an editor could have written it, but for the line: fields are read on one line.
STRANGE = r"""Slut{rapport} \ 50 % & "våra" 'egna' <b>ord</b> #1 $5 a_b ~ ^ – åäö É 😀 </script>"""
REPORT = "projekt/bryggan/2018-slutrapport.md"


def files_of(bank: Bank, site: str = SITE) -> dict[str, str]:
    return {file.address: file.make() for file in take.files(Views(bank.catalogue, bank.index), site)}


def take_of(bank: Bank, file: str) -> Take:
    found = next(page.take for page in pages_of(bank) if page.file == file)
    assert found is not None
    return found


def named(bank: Bank, file: str) -> reference.Reference:
    found = take_of(bank, file).reference
    assert found is not None
    return found


@pytest.fixture
def strange(sample_with: Callable[..., Bank], written: Callable[..., str]) -> Bank:
    """The sample with a report whose title holds every sign that has a meaning in some format."""
    escaped = STRANGE.replace("\\", "\\\\").replace('"', '\\"')
    text = written(REPORT, ('"Slutrapport 2018: Bryggan"', f'"{escaped}"'), ("innehav: sammandrag\n", ""))
    bank = sample_with({REPORT: text})
    assert not bank.catalogue.errors
    return bank


def read_ris(text: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = rispy.loads(text)
    return found


def read_bibtex(text: str) -> list[dict[str, str]]:
    library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert not library.failed_blocks
    return [{name: field.value for name, field in entry.fields_dict.items()} for entry in library.entries]


def test_a_title_of_any_signs_survives_every_format(strange: Bank) -> None:
    made = files_of(strange)
    path = "projekt/bryggan/2018-slutrapport/referens"
    [ris] = read_ris(made[f"{path}.ris"])
    [bibtex] = read_bibtex(made[f"{path}.bib"])
    [csl] = json.loads(made[f"{path}.csl.json"])
    assert ris["title"] == csl["title"] == STRANGE
    # The library reads the name of the circumflex as the letter that looks like it.
    assert bibtex["title"].replace("\N{MODIFIER LETTER CIRCUMFLEX ACCENT}", "^") == STRANGE
    atom = feedparser.parse(made["nytt/flode.xml"])
    assert STRANGE in [entry.title_detail.value for entry in atom.entries]
    assert STRANGE in [item["title"] for item in json.loads(made["nytt/flode.json"])["items"]]
    written = metadata.json_ld(named(strange, REPORT))
    assert "</script" not in written
    assert json.loads(written)["name"] == STRANGE


def test_an_original_is_its_owners_and_a_digest_the_bank_s(sample: Bank, strange: Bank) -> None:
    original, digest = named(strange, REPORT), named(sample, REPORT)
    assert original.authors == ("Nordby stadsdelsförvaltning", "Sydby stadsdelsförvaltning")
    assert (original.year, original.day, original.form) == (2019, None, "")
    assert digest.authors == ("Socialförvaltningen, Provstaden",)
    assert (digest.year, digest.day) == (2026, date(2026, 11, 21))
    assert digest.before + digest.title + digest.after == (
        "Socialförvaltningen, Provstaden (2026). Slutrapport 2018: Bryggan [sammandrag av en redovisning]. "
        "Kunskapsbanken."
    )
    assert original.before == "Nordby stadsdelsförvaltning och Sydby stadsdelsförvaltning (2019). "
    assert original.after.endswith(" Kunskapsbanken, Socialförvaltningen, Provstaden.")


def test_what_programs_are_told_is_what_the_record_says(sample: Bank) -> None:
    made = files_of(sample)
    path = "projekt/bryggan/2018-slutrapport/"
    [ris] = read_ris(made[f"{path}referens.ris"])
    [bibtex] = read_bibtex(made[f"{path}referens.bib"])
    [csl] = json.loads(made[f"{path}referens.csl.json"])
    assert ris["type_of_reference"] == "RPRT"
    assert ris["urls"] == [bibtex["url"]] == [csl["URL"]] == [f"{SITE}{path}"]
    assert ris["authors"] == ["Socialförvaltningen – Provstaden,"]
    assert "author = {{Socialförvaltningen, Provstaden}}," in made[f"{path}referens.bib"]
    assert csl["author"] == [{"literal": "Socialförvaltningen, Provstaden"}]
    assert ris["year"] == bibtex["year"] == "2026"
    assert csl["issued"] == {"date-parts": [[2026, 11, 21]]}
    assert ris["abstract"] == bibtex["abstract"] == csl["abstract"]
    [project] = json.loads(made["projekt/bryggan/referens.csl.json"])
    assert project["type"] == "webpage"


def test_a_list_holds_the_references_of_all_that_it_lists(sample: Bank) -> None:
    made = files_of(sample)
    for entry in sample.index:
        if not entry.members:
            assert take_of(sample, f"{entry.url}index.md").citations == ()
            continue
        assert [link.url for link in take_of(sample, f"{entry.url}index.md").citations] == [
            f"{entry.url}referenser.{form.ending}" for form in citations.FORMATS
        ]
        ids = [record.id for record in entry.members]
        assert [one["id"] for one in read_ris(made[f"{entry.url}referenser.ris"])] == ids
        assert [one["id"] for one in json.loads(made[f"{entry.url}referenser.csl.json"])] == ids
        assert len(read_bibtex(made[f"{entry.url}referenser.bib"])) == len(ids)


def test_every_file_that_a_page_leads_to_is_written(sample: Bank) -> None:
    made = files_of(sample)
    led_to = {link.url for page in pages_of(sample) if page.take for link in (*page.take.citations, *page.take.feeds)}
    assert led_to == {*made}


def test_examples_are_neither_cited_nor_followed(sample_with: Callable[..., Bank], written: Callable[..., str]) -> None:
    bank = sample_with({REPORT: written(REPORT, ("innehav: sammandrag\n", "innehav: sammandrag\nexempel: ja\n"))})
    assert next(page.take for page in pages_of(bank) if page.file == REPORT) is None
    assert not [name for name, text in files_of(bank).items() if "bryggan-2018-slutrapport" in text]


def test_originals_are_found_beside_their_documents(sample_with: Callable[..., Bank]) -> None:
    bank = sample_with({"projekt/bryggan/2018-slutrapport-original.pdf": "x" * 2_340_000, "projekt/bryggan/a.pdf": ""})
    [original] = take_of(bank, REPORT).originals
    assert (original.url, original.label) == ("projekt/bryggan/2018-slutrapport-original.pdf", "PDF, 2,3 MB")


# Feeds


ATOM = "{http://www.w3.org/2005/Atom}"


def atoms(made: dict[str, str]) -> Iterator[tuple[str, ElementTree.Element]]:
    return ((name, ElementTree.fromstring(text)) for name, text in made.items() if name.endswith("/flode.xml"))


def test_each_atom_feed_is_as_the_standard_says(sample: Bank) -> None:
    made = files_of(sample)
    for name, feed in atoms(made):
        read = feedparser.parse(made[name])
        assert not read.bozo
        assert read.version == "atom10"
        for parent in (feed, *feed.findall(f"{ATOM}entry")):
            for required in ("id", "title", "updated"):
                assert len(parent.findall(f"{ATOM}{required}")) == 1
                assert (parent.findtext(f"{ATOM}{required}") or "").strip()
        assert feed.findtext(f"{ATOM}author/{ATOM}name")
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        assert links == {"alternate": SITE + name.removesuffix("flode.xml"), "self": SITE + name}
        ids = [entry.id for entry in read.entries]
        assert len(set(ids)) == len(ids)
        assert all(one.startswith("tag:bank.example.se,2026:") for one in (read.feed.id, *ids))
        assert all(entry.link.startswith(SITE) and entry.summary for entry in read.entries)
        assert [entry.updated for entry in read.entries] == sorted((e.updated for e in read.entries), reverse=True)


def test_each_json_feed_is_as_its_standard_says(sample: Bank) -> None:
    made = files_of(sample)
    names = [name for name in made if name.endswith("/flode.json")]
    assert [name.removesuffix("json") for name in names] == [
        name.removesuffix("xml") for name in made if name.endswith("/flode.xml")
    ]
    for name in names:
        feed = json.loads(made[name])
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["title"]
        assert feed["feed_url"] == SITE + name
        for item in feed["items"]:
            assert isinstance(item["id"], str)
            assert item["content_text"]
            assert item["url"].startswith(SITE)
        atom = feedparser.parse(made[name.removesuffix("json") + "xml"])
        assert [(item["id"], item["title"]) for item in feed["items"]] == [(e.id, e.title) for e in atom.entries]


def test_a_feed_is_of_what_its_page_lists(sample: Bank) -> None:
    made = files_of(sample)
    for entry in sample.index:
        found = {item["url"] for item in json.loads(made[f"{entry.url}flode.json"])["items"]}
        assert found == {f"{SITE}{record.url}" for record in entry.members}
    assert take_of(sample, "index.md").feeds == take_of(sample, "nytt/index.md").feeds


def test_a_feed_changes_only_with_its_records(
    sample: Bank, sample_with: Callable[..., Bank], written: Callable[..., str]
) -> None:
    later = written("resor/2021-malmo.md", ("sammanfattning: ", "sammanfattning: Nytt. "))
    before, after = files_of(sample), files_of(sample_with({"resor/2021-malmo.md": later}))
    changed = {name for name in before if "flode" in name and before[name] != after[name]}
    assert "nytt/flode.xml" in changed
    assert "malgrupper/vrakningshotade/flode.xml" not in changed
    assert files_of(sample) == before


def test_a_feed_has_no_more_than_the_newest(sample: Bank) -> None:
    record = next(record for record in sample.catalogue.real if record.is_document)
    feed = feeds.of("Banken", "nytt/", [record] * 80, SITE, "Banken", date(2026, 1, 1))
    assert len(feed.entries) == feeds.LONGEST


def test_without_an_address_there_are_references_but_no_feeds(sample: Bank) -> None:
    made = files_of(sample, "")
    assert made
    assert not [name for name in made if "flode" in name]
    [csl] = json.loads(made["projekt/bryggan/referens.csl.json"])
    assert "URL" not in csl
    assert "DC.identifier" not in dict(metadata.tags(named(sample, REPORT)))


def test_the_head_of_a_report_says_what_zotero_reads(sample: Bank) -> None:
    told = metadata.tags(named(sample, REPORT), f"{SITE}x/")
    found = dict(told)
    # Of these the translator Embedded Metadata makes a report by an organisation.
    assert found["citation_title"] == "Slutrapport 2018: Bryggan"
    assert found["citation_technical_report_institution"] == "Socialförvaltningen, Provstaden"
    assert found["citation_author"] == "Socialförvaltningen – Provstaden,"
    assert found["citation_publication_date"] == "2026/11/21"
    assert found["citation_public_url"] == found["DC.identifier"] == f"{SITE}x/"
    project = dict(metadata.tags(named(sample, "projekt/bryggan/index.md"), SITE))
    assert not [name for name in project if name.startswith("citation_")]
    known = json.loads(metadata.json_ld(named(sample, REPORT), f"{SITE}x/"))
    assert (known["@type"], known["url"], known["inLanguage"]) == ("Report", f"{SITE}x/", "sv-SE")
