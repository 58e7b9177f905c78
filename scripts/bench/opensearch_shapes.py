#!/usr/bin/env python3
"""Hold the files of `kunskapsbank export opensearch` against OpenSearch's own specification of its API.

Needs a copy of the repository opensearch-api-specification, which is no part of this one, and the exported folder:
`opensearch_shapes.py SPECIFICATION FOLDER`. What the specification leaves open, any value fits.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from _venv import enter

_INDEX = "spec/namespaces/indices.yaml#/components/requestBodies/indices.create"
_SEARCH = "spec/namespaces/_core.yaml#/components/requestBodies/search"
_FILTERS = "spec/schemas/_common.analysis.yaml#/components/schemas/"


def main() -> int:
    enter()
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0], allow_abbrev=False)
    parser.add_argument("specification", type=Path, help="the repository's folder, which holds spec/")
    parser.add_argument("folder", type=Path, help="what was exported")
    options = parser.parse_args()
    faults = list(found(options.specification, options.folder))
    print("\n".join(faults) if faults else "All requests are of the documented shapes.")
    return 1 if faults else 0


def found(specification: Path, folder: Path) -> Iterator[str]:
    """Yield what is of another shape: file, place in it, and what the specification says."""
    index = json.loads((folder / "index.json").read_text("utf-8"))
    yield from _held(specification, _body(_INDEX), index, "index.json")
    # What a filter may be is one of many forms; each is held against its own, so that a wrong word in one is seen.
    for name, chosen in index["settings"]["analysis"]["filter"].items():
        form = "".join(word.capitalize() for word in chosen["type"].split("_"))
        yield from _held(specification, f"{_FILTERS}{form}TokenFilter", chosen, f"index.json: {name}", strict=True)
    for path in sorted(folder.glob("fragor/*.json")):
        yield from _held(specification, _body(_SEARCH), json.loads(path.read_text("utf-8")), f"fragor/{path.name}")
    for path in sorted(folder.glob("*.ndjson")):
        lines = path.read_text("utf-8").split("\n")
        if lines.pop() != "" or len(lines) % 2:
            yield f"{path.name}: pairs of lines, and a line end after the last"
        for action, record in zip(lines[::2], lines[1::2], strict=True):
            if [*json.loads(action)] != ["index"] or len(json.loads(action)["index"]["_id"].encode()) > 512:
                yield f"{path.name}: {action}"
            if unknown := json.loads(record).keys() - index["mappings"]["properties"].keys():
                yield f"{path.name}: {action}: {unknown} has no place in the index"


def _body(request: str) -> str:
    return f"{request}/content/application~1json/schema"


def _held(specification: Path, place: str, value: Any, told: str, strict: bool = False) -> Iterator[str]:
    import jsonschema
    import yaml
    from referencing import Registry, Resource
    from referencing.jsonschema import DRAFT202012

    def retrieve(uri: str) -> Resource[Any]:
        contents = yaml.safe_load((specification / uri).read_text("utf-8"))
        return Resource(contents=contents, specification=DRAFT202012)

    file, _, pointer = place.partition("#")
    schema = retrieve(file).contents
    for step in pointer.strip("/").split("/"):
        schema = schema[step.replace("~1", "/")]
    registry: Registry[Any] = Registry(retrieve=retrieve)  # type: ignore[call-arg]
    # Alternatives of the specification overlap, so that what fits one may fit another too.
    any_of = jsonschema.Draft202012Validator.VALIDATORS["anyOf"]
    lenient = jsonschema.validators.extend(jsonschema.Draft202012Validator, {"oneOf": any_of})
    for fault in lenient({"$ref": place}, registry=registry).iter_errors(value):
        yield f"{told}: {'/'.join(map(str, fault.absolute_path))}: {fault.message[:300]}"
    if strict:
        known = _properties(specification, schema, file)
        if unknown := value.keys() - known:
            yield f"{told}: {sorted(unknown)} is not documented; known are {sorted(known)}"


def _properties(specification: Path, schema: Any, file: str) -> set[str]:
    """Return the names that a schema gives to its properties, those of what it builds on too."""
    import yaml

    names = set(schema.get("properties", ()))
    for part in schema.get("allOf", ()):
        if "$ref" in part:
            other, _, pointer = part["$ref"].partition("#")
            target = str(Path(file).parent / other) if other else file
            contents = yaml.safe_load((specification / target).read_text("utf-8"))
            for step in pointer.strip("/").split("/"):
                contents = contents[step]
            names |= _properties(specification, contents, target)
        else:
            names |= _properties(specification, part, file)
    return names


if __name__ == "__main__":
    sys.exit(main())
