"""Bank → files that an OpenSearch takes: an index with Swedish analysis, the records in bulk, and questions to ask it.

For a bank that has outgrown static files. The analysis is OpenSearch's own Swedish stemmer with three filters of ours:
what means the same, what is wider, and the parts of compounds. It is near to `analysis`, not equal to it: OpenSearch
splits a compound into all parts that it knows where we take the likeliest, and takes one ending where we take all.
How near is measured with Lucene: `scripts/bench/own_questions.py --lucene`.
Shapes by the OpenSearch documentation (docs.opensearch.org): Create index, Bulk, Search, and each token filter.
"""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any

from kunskapsbank.model import facets
from kunskapsbank.search import documents, language
from kunskapsbank.search.compound import SHORTEST_COMPOUND, split
from kunskapsbank.search.ranking import WEIGHTS
from kunskapsbank.swedish.pieces import pieces
from kunskapsbank.swedish.stem import stem
from kunskapsbank.swedish.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kunskapsbank.bank import Bank
    from kunskapsbank.model.facets import Facet
    from kunskapsbank.search.documents import Document

INDEX = "kunskapsbanken"
MOST_BYTES = 5_000_000
"""Of a bulk file; OpenSearch takes requests of up to 100 MB, and small ones are soon done."""

Json = dict[str, Any]

# What each text of a document is called in the index.
_NAMES = {"title": "titel", "summary": "sammanfattning", "headings": "rubriker", "names": "namn", "body": "text"}
# What parts of a compound count beside the whole word, as in `analysis`, and what is narrower or broader.
_OF_PARTS, _OF_WIDER = 0.5, 0.4
_SHORTEST_PART = 3
_PLAIN = ["å => a", "ä => a", "ö => o", "é => e"]


def files(bank: Bank) -> dict[str, str]:
    """Return the texts of all files by their names: the index, bulk files, questions, and how to go about it."""
    found = list(documents.documents(bank.catalogue, bank.index))
    made = {"index.json": _text(index(bank, found))}
    for number, lines in enumerate(bulk(bank, found), start=1):
        made[f"poster-{number:04}.ndjson"] = lines
    made |= {f"fragor/{name}.json": _text(question) for name, question in questions().items()}
    made["LAS-MIG.md"] = _READ_ME.format(index=INDEX, count=len(found))
    return made


def index(bank: Bank, found: Iterable[Document]) -> Json:
    """Return the body of the request that makes the index: its analysis and its fields."""
    chosen = {
        facet.id: {"type": "integer" if facet.id == facets.YEAR.id else "keyword"} for facet in bank.index.filters
    }
    shown = {"adress": "keyword", "id": "keyword"}
    fields: Json = {name: _searched() for name in _NAMES.values()}
    fields |= {name: {"type": kind, "index": name == "id"} for name, kind in shown.items()}
    return {
        "settings": {"number_of_shards": 1, "analysis": _analysis(bank, found)},
        "mappings": {"dynamic": "strict", "properties": fields | chosen},
    }


def bulk(bank: Bank, found: Iterable[Document]) -> Iterator[str]:
    """Yield bulk files: for each record a line that says what to do, and one with the record."""
    labels = {(entry.facet.id, entry.term.id): entry.term.label for entry in bank.index}
    lines: list[str] = []
    size = 0
    for document in found:
        pair = (_line({"index": {"_id": document.id}}), _line(_record(document, bank.index.filters, labels)))
        added = sum(len(line.encode()) for line in pair)
        if lines and size + added > MOST_BYTES:
            yield "".join(lines)
            lines, size = [], 0
        lines += pair
        size += added
    if lines:
        yield "".join(lines)


def questions() -> dict[str, Json]:
    """Return questions to ask, as bodies of search requests, by what they show."""
    words = {"query": _by_words("familjehem vräkning"), "highlight": {"fields": {"text": {"number_of_fragments": 1}}}}
    theme, year = facets.THEME, facets.YEAR
    chosen: dict[Facet, list[Any]] = {theme: ["barn och unga"], year: [2016, 2018]}
    return {
        "ord": {**words, "_source": ["titel", "adress", "sammanfattning"]},
        "filter": {
            "query": _by_words("stöd"),
            "post_filter": _chosen(chosen),
            # A count is what there would be if that term was chosen too: by all filters but the facet's own.
            "aggs": {
                facet.id: {
                    "filter": _chosen({other: terms for other, terms in chosen.items() if other != facet}),
                    "aggs": {"antal": {"terms": {"field": facet.id, "size": 100}}},
                }
                for facet in (theme, year, facets.KIND)
            },
        },
        "citat": {"query": {"match_phrase": {"text.exakt": "råd och stöd"}}},
        "utan-prickar": {"query": {"multi_match": {"query": "vrakning", "fields": _fields(".utan_prickar")}}},
        "menade-du": {
            "size": 0,
            "suggest": {"text": "famliehem", "ord": {"term": {"field": "text.exakt", "suggest_mode": "missing"}}},
        },
        "nyast": {"query": {"match_all": {}}, "sort": [{year.id: {"order": "desc"}}]},
    }


def _chosen(terms: Mapping[Facet, list[Any]]) -> Json:
    return {"bool": {"filter": [{"terms": {facet.id: values}} for facet, values in terms.items()]}}


def _by_words(text: str) -> Json:
    """Return a query by words: as they are and what means the same; their parts; what is wider; close together."""
    return {
        "bool": {
            "must": {
                "bool": {
                    "should": [
                        {"multi_match": {"query": text, "type": "most_fields", "fields": _fields()}},
                        {"multi_match": {"query": text, "type": "most_fields", "fields": _fields(".delar", _OF_PARTS)}},
                        {
                            "multi_match": {
                                "query": text,
                                "type": "most_fields",
                                "fields": _fields(),
                                "analyzer": "sv_vidare",
                                "boost": _OF_WIDER,
                            }
                        },
                    ]
                }
            },
            "should": [{"match_phrase": {"text": {"query": text, "slop": 8, "analyzer": "sv"}}}],
        }
    }


def _fields(part: str = "", share: float = 1) -> list[str]:
    return [f"{name}{part}^{WEIGHTS.fields[field].boost * share:g}" for field, name in _NAMES.items()]


def _searched() -> Json:
    return {
        "type": "text",
        "analyzer": "sv",
        "search_analyzer": "sv_fraga",
        "fields": {
            "delar": {"type": "text", "analyzer": "sv_delar"},
            "exakt": {"type": "text", "analyzer": "sv_exakt"},
            "utan_prickar": {"type": "text", "analyzer": "sv_utan_prickar"},
        },
    }


def _analysis(bank: Bank, found: Iterable[Document]) -> Json:
    same, wider = _meanings(bank)
    first, last = _parts(found)
    return {
        "char_filter": {"utan_prickar": {"type": "mapping", "mappings": _PLAIN}},
        "filter": {
            "sv_stam": {"type": "stemmer", "language": "swedish"},
            "sv_samma": {"type": "synonym_graph", "synonyms": same, "lenient": True},
            "sv_vidare": {"type": "synonym_graph", "synonyms": wider, "lenient": True},
            "sv_delar": {
                "type": "dictionary_decompounder",
                "word_list": sorted({*first, *last}),
                "min_word_size": SHORTEST_COMPOUND,
                "min_subword_size": _SHORTEST_PART,
                "max_subword_size": 22,
                "only_longest_match": True,
            },
            "sv_delars_stam": {
                "type": "stemmer_override",
                "rules": [f"{form} => {whole}" for form, whole in sorted(first.items()) if form != whole],
            },
            "sv_en_gang": {"type": "unique", "only_on_same_position": True},
        },
        "analyzer": {
            "sv": _analyzer("lowercase", "sv_stam"),
            "sv_fraga": _analyzer("lowercase", "sv_stam", "sv_samma"),
            "sv_vidare": _analyzer("lowercase", "sv_stam", "sv_vidare"),
            "sv_delar": _analyzer("lowercase", "sv_stam", "sv_delar", "sv_delars_stam", "sv_en_gang"),
            "sv_exakt": _analyzer("lowercase"),
            "sv_utan_prickar": {**_analyzer("lowercase", "sv_stam"), "char_filter": ["utan_prickar"]},
        },
    }


def _analyzer(*filters: str) -> Json:
    return {"type": "custom", "tokenizer": "standard", "filter": list(filters)}


def _meanings(bank: Bank) -> tuple[list[str], list[str]]:
    """Return rules for phrases that mean the same, and for those whose meaning is broader or narrower.

    Who asks for a word also finds what is narrower, and what is broader, for the texts may not have the word: here both
    ways at a lower weight, where `analysis` asks for what is broader only if need be.
    """
    vocabularies, listed = bank.catalogue.vocabularies, bank.catalogue.words
    known = language.analyser(vocabularies, listed).meanings
    phrases: dict[str, dict[str, None]] = {}
    for phrase in (*chain(*language.same(vocabularies, listed)), *chain(*language.narrower(listed))):
        stems = [piece.stem for piece in pieces(phrase)]
        whole = (group for length, group in known.at(stems, 0) if length == len(stems)) if stems else ()
        for group in whole:
            phrases.setdefault(group, {})[phrase.replace(",", " ")] = None
    beside: dict[str, dict[str, None]] = {}
    for low, above in known.broader.items():
        for high, _ in above:
            beside.setdefault(low, {})[high] = None
            beside.setdefault(high, {})[low] = None
    same = sorted(", ".join(group) for group in phrases.values() if len(group) > 1)
    wider = sorted(
        f"{phrase} => {', '.join((phrase, *chain(*(phrases.get(other, ()) for other in others))))}"
        for group, others in beside.items()
        for phrase in phrases.get(group, ())
    )
    return same, wider


def _parts(found: Iterable[Document]) -> tuple[dict[str, str], set[str]]:
    """Return what the compounds of the texts are made of: forms that begin them, with their stems, and the last stems.

    Only those of the bank: a part that no text has finds nothing, and each more splits words that are none.
    """
    lexicon = language.parts()
    written = {word.text for document in found for text in document.texts.values() for word in words(text)}
    first: dict[str, str] = {}
    last: set[str] = set()
    for word in written:
        *before, end = split(word, lexicon) or (None,)
        for part in before:
            if part and len(part.form) >= _SHORTEST_PART:
                first[part.form] = part.stem
        if end and len(end.stem) >= _SHORTEST_PART:
            last.add(stem(end.form))
    return first, last


def _record(document: Document, filters: Iterable[Facet], labels: Mapping[tuple[str, str], str]) -> Json:
    texts = {name: document.texts[field] for field, name in _NAMES.items()}
    terms = {
        facet.id: [labels.get((facet.id, term), term) for term in document.facets.get(facet.id, ())]
        for facet in filters
    }
    years = {facets.YEAR.id: [int(year) for year in terms[facets.YEAR.id]]}
    return {"id": document.id, "adress": document.url, **texts, **{**terms, **years}}


def _line(value: Json) -> str:
    return f"{json.dumps(value, ensure_ascii=False)}\n"


def _text(value: Json) -> str:
    return f"{json.dumps(value, ensure_ascii=False, indent=1)}\n"


_READ_ME = """# Kunskapsbanken i OpenSearch

{count} poster, en mappning med svensk analys, och exempel på frågor. Adressen nedan är exempel.

```
curl -X PUT  http://localhost:9200/{index} -H 'Content-Type: application/json' --data-binary @index.json
for fil in poster-*.ndjson; do
  curl -X POST http://localhost:9200/{index}/_bulk -H 'Content-Type: application/x-ndjson' --data-binary @$fil
done
curl -X POST http://localhost:9200/{index}/_search -H 'Content-Type: application/json' --data-binary @fragor/ord.json
```

- `index.json`: tre filter är bankens egna. `sv_samma` är ord som betyder samma sak, `sv_vidare` ord med vidare och
  snävare betydelse, och `sv_delar` ordleden i sammansättningar. Ordleden kommer ur banken: skriv filerna på nytt när
  mycket har lagts till.
- `poster-*.ndjson`: posterna. En post som finns redan skrivs över. Det som har tagits bort ur banken tas inte bort.
- `fragor/`: ord, filter med antal, citat, ord utan prickar, felstavade ord, och nyast först.

Filerna följer OpenSearch dokumentation. De har inte prövats mot en OpenSearch som kör. Filtren är prövade i Lucene 8,
som OpenSearch 1 bygger på. Ordleden bygger på wordfreq och får användas enligt CC BY-SA 4.0.
"""
