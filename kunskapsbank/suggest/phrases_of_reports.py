"""The turns of phrase by which a report tells its year, its place, its diary number and its gender-equality analysis.

The browser goes by the same patterns, so they keep to what regular expressions mean alike in Python and JavaScript:
neither \\b nor \\w, which in JavaScript know no å, ä and ö.
"""

from __future__ import annotations

import re

LETTER = "0-9A-Za-zÀ-ÖØ-öø-ÿ"
_MONTHS = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
_A_YEAR = "(?:19|20)[0-9][0-9]"

# Matched against text in lower case, but for `place` and `reference`, whose answers are quoted as they were written.
# In them « and » stand for the beginning and the end of a word, and ~ for the rest of one.
_SOURCES = {
    # A year by itself: no part of a diary number or an amount.
    "year": rf"(?<![{LETTER}/.,:-])({_A_YEAR})(?![{LETTER}]|[-/.,:][0-9])",
    # Before a year that names a programme or a law.
    "other year": r"(?:agenda|vision|lag|sfs|prop\.|programmet)[ \t]*$",
    # Before or after the year of the money.
    "money before": r"(?:projektår(?:et)?|under(?: hela)?|(?:medel|pengar|plan|planen) för|rapport)[ \t]*$",
    "money after": r"^[ \t]*års (?:medel|pengar|projekt|arbete)",
    "day": rf"«(?:({_A_YEAR})-[01][0-9]-[0-3][0-9]|[0-3]?[0-9] (?:{_MONTHS}) ({_A_YEAR}))»",
    # Where a trip went: a name after a word for going. "Studiebesök hos socialtjänsten i Malmö".
    "place": r"«(?:[Ss]tudie)?(?:[Rr]esan?|[Bb]esök(?:et|te)?|[Åå]kte|[Rr]este)(?: [a-zåäö]+)?(?: [a-zåäö]+)?"
    r"(?: [a-zåäö]+)? (?:till|i) ([A-ZÅÄÖ][a-zåäöéü]+)",
    "reference": r"(?:[Dd]nr|[Dd]iarienr|[Dd]iarienummer)[.:]*[ \t]*([0-9][0-9A-ZÅÄÖa-zåäö./-]*[0-9])"
    r"|(?<![0-9.])([0-9]+(?:\.[0-9]+)+-[0-9]+/[0-9][0-9][0-9][0-9])(?![0-9])",
    "summary": r"^(?:sammanfattning|sammandrag)»",
    "equality": r"jämställ|«kön(?:en|ens|et|s)?»|könsuppdel|könsfördel|könsskillnad",
    "women": r"kvinn(?:a|or)|flick(?:a|or)|tjej",
    "men": r"«män(?:nen|nens|s)?»|pojk(?:e|ar)|kill(?:e|ar)",
    "analysis": r"analys",
    # An analysis to come, one made, and what was done about what it showed.
    "later": r"«(?:ska|kommer att|planer~|senare|nästa år|sista år~)»",
    "done": r"«(?:genomförd~|genomfört|gjord~|gjort|visa(?:r|de)|undersök~|jämför~|analysera~)»",
    "acted": r"«(?:åtgärd~|ändra~|anpassa~|införde~|aktivt|mer jämställd~)»",
    "not": r"«(?:ingen|inte|saknas|aldrig)»",
    "digit": r"[0-9]",
}


def _written_out(source: str) -> str:
    begins, ends, rest = f"(?<![{LETTER}])", f"(?![{LETTER}])", "[a-zà-öø-ÿ]*"
    return source.replace("«", begins).replace("»", ends).replace("~", rest)


SOURCES: dict[str, str] = {name: _written_out(source) for name, source in _SOURCES.items()}
"""Per cue the source of its regular expression, for Python and JavaScript alike."""

CUES: dict[str, re.Pattern[str]] = {name: re.compile(source) for name, source in SOURCES.items()}
