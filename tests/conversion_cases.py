"""The conversion cases, for any Python that has the library: run by the tests, and by the Python of the browser."""

import json
from collections.abc import Mapping


def results(cases: str, documents: Mapping[str, bytes]) -> str:
    """Return in JSON what becomes of the HTML of each case, and of each document, with its pictures made."""
    from kunskapsbank.intake import conversion, markdown

    found: dict[str, object] = {}
    for case in json.loads(cases):
        written = markdown.write(case["html"], case.get("names", {}))
        found[case["case"]] = [written.title, written.markdown, [*written.pictures], [*written.remarks]]
    for name, data in documents.items():
        read = conversion.read(bytes(data), name)
        report = conversion.finish(read, {picture.name: b"" for picture in read.pictures})
        found[name] = [report.title, report.markdown, [*report.pictures], [*report.remarks]]
    return json.dumps(found, ensure_ascii=False)
