"""How often what the text suggests is what the editors chose: precision and recall per field, on the real content.

The front matter is taken away; what is left is what an imported report would have: a title, a summary, and the text.
A project's documents are held against what they inherit from it. `--utan-titel` takes the title away too, as it tells
the kind and the year; `--visa` prints each difference.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kunskapsbank.model.kinds import Kind
from kunskapsbank.model.vocabulary import WITHOUT_ANALYSIS
from kunskapsbank.reading import loading, schema
from kunskapsbank.suggest import suggestions

if TYPE_CHECKING:
    from kunskapsbank.model.record import Record
    from kunskapsbank.suggest.evidence import Suggestion

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 24)
GROUPS = {
    "slutrapporter": {Kind.FINAL_REPORT},
    "planer och förstudier": {Kind.PLAN, Kind.PILOT_STUDY, Kind.INTERIM_REPORT},
    "resor och forskning": {Kind.TRAVEL_REPORT, Kind.RESEARCH_REPORT},
}
FIELDS = ("kind", "years", "owners", "audiences", "themes", "methods", "place", "gender_analysis")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--utan-titel", action="store_true")
    parser.add_argument("--visa", action="store_true")
    options = parser.parse_args()
    bank = loading.load(ROOT / "content", TODAY)
    attributes = {rule.key: rule.attribute for rule in schema.FIELDS}
    for name, kinds in GROUPS.items():
        records = [record for record in bank if record.kind in kinds]
        counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        for record in records:
            found: dict[str, dict[str, str]] = defaultdict(dict)
            text = text_of(record, not options.utan_titel)
            for one in suggestions.suggest(text, bank.vocabularies, bank.settings.equality.asked_from):
                found[attributes[one.key]][value_of(one)] = one.passage
            for attribute in FIELDS:
                right, suggested = chosen(record, attribute), set(found[attribute])
                for place, number in enumerate((right & suggested, suggested - right, right - suggested)):
                    counts[attribute][place] += len(number)
                if options.visa and right != suggested:
                    extra = {value: found[attribute][value] for value in suggested - right}
                    print(f"  {record.id} {attribute}: för mycket {extra}, saknas {sorted(right - suggested)}")
        print(f"\n{name} ({len(records)})")
        print(f"{'fält':<20}{'rätt':>6}{'fel':>6}{'saknas':>8}{'precision':>11}{'recall':>8}")
        for attribute in FIELDS:
            right_ones, wrong, missed = counts[attribute]
            if right_ones + wrong + missed:
                precision = share(right_ones, right_ones + wrong)
                recall = share(right_ones, right_ones + missed)
                key = schema.key_of(attribute)
                print(f"{key:<20}{right_ones:>6}{wrong:>6}{missed:>8}{precision:>11}{recall:>8}")


def text_of(record: Record, with_title: bool) -> str:
    title = f"# {record.title}\n\n" if with_title else ""
    return f"{title}## Sammanfattning\n\n{record.summary}\n\n{record.body.markdown}"


def value_of(suggestion: Suggestion) -> str:
    value = suggestion.value
    return str(next(iter(value.values()))) if isinstance(value, dict) else str(value)


def chosen(record: Record, attribute: str) -> set[str]:
    if attribute == "years":
        return set(map(str, record.years))
    if attribute == "kind":
        return {{"forstudie": "förstudie"}.get(record.kind, str(record.kind))}
    if attribute == "place":
        return {record.place} - {""}
    if attribute == "gender_analysis":
        analysis = record.gender_analysis
        return {analysis.status.label} if analysis and analysis.status.id not in WITHOUT_ANALYSIS else set()
    return {term.label for term in getattr(record, attribute)}


def share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}".replace(".", ",") if whole else "–"


if __name__ == "__main__":
    main()
