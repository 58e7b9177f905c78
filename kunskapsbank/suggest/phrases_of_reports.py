"""The turns of phrase by which a report tells its year, its place, its diary number and its gender-equality analysis.

All are matched against text in lower case, but for PLACE and REFERENCE, whose answers are quoted as they were written.
"""

from __future__ import annotations

import re

Phrase = re.Pattern[str]

_MONTHS = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
_A_YEAR = "(?:19|20)[0-9]{2}"

YEAR = re.compile(rf"(?<![\w/.,:-])({_A_YEAR})(?!\w|[-/.,:][0-9])")
"""A year by itself: no part of a diary number or an amount."""

OTHER_YEAR = re.compile(r"(?:agenda|vision|lag|sfs|prop\.|programmet)\s*$")
"""Before a year that names a programme or a law."""

MONEY_BEFORE = re.compile(r"(?:projektår(?:et)?|under(?: hela)?|(?:medel|pengar|plan|planen) för|rapport)\s*$")
MONEY_AFTER = re.compile(r"\s*års (?:medel|pengar|projekt|arbete)")
"""Before and after the year of the money."""

DAY = re.compile(rf"\b(?:({_A_YEAR})-[01][0-9]-[0-3][0-9]|[0-3]?[0-9] (?:{_MONTHS}) ({_A_YEAR}))\b")

PLACE = re.compile(
    r"""\b(?:[Ss]tudie)?(?:[Rr]esan?|[Bb]esök(?:et|te)?|[Åå]kte|[Rr]este)   # words for going
    (?:\ [a-zåäö]+){0,3}\ (?:till|i)\ ([A-ZÅÄÖ][a-zåäöéü]+)""",
    re.VERBOSE,
)
"""Where a trip went: "studiebesök hos socialtjänsten i Malmö"."""

REFERENCE = re.compile(
    r"(?:[Dd]nr|[Dd]iarienr|[Dd]iarienummer)[.:]*\s*([0-9][0-9A-ZÅÄÖa-zåäö./-]*[0-9])"
    r"|(?<![0-9.])([0-9]+(?:\.[0-9]+)+-[0-9]+/[0-9]{4})(?![0-9])"
)
SUMMARY = re.compile(r"(?:sammanfattning|sammandrag)\b")

EQUALITY = re.compile(r"jämställ|\bkön(?:en|ens|et|s)?\b|könsuppdel|könsfördel|könsskillnad")
WOMEN = re.compile(r"kvinn(?:a|or)|flick(?:a|or)|tjej")
MEN = re.compile(r"\bmän(?:nen|nens|s)?\b|pojk(?:e|ar)|kill(?:e|ar)")
ANALYSIS = re.compile("analys")
LATER = re.compile(r"\b(?:ska|kommer att|planer\w*|senare|nästa år|sista år\w*)\b")
"""An analysis to come."""

DONE = re.compile(r"\b(?:genomförd\w*|genomfört|gjord\w*|gjort|visa(?:r|de)|undersök\w*|jämför\w*|analysera\w*)\b")
"""An analysis that was made."""

ACTED = re.compile(r"\b(?:åtgärd\w*|ändra\w*|anpassa\w*|införde\w*|aktivt|mer jämställd\w*)\b")
"""What was done about what an analysis showed."""

RESULTS = re.compile(r"resultat|effekt|måluppfyll|ledde till|uppnå")
"""A heading over what came of the work."""

ASKED = re.compile(r"enkät|intervju|fokusgrupp|brukarundersökning|telefonintervju")
"""Those whom the work is for have answered."""

BEFORE_AND_AFTER = re.compile(r"före och efter|före- och efter|innan och efter|baslinje|eftermätning")
COMPARED = re.compile(r"jämförelsegrupp|kontrollgrupp|jämfört med (?:en grupp|dem som inte)")
RESEARCHED = re.compile(r"forskare|forskningsstudie|universitet|högskola|vetenskaplig")

NOT = re.compile(r"\b(?:ingen|inte|saknas|aldrig)\b")
DIGIT = re.compile("[0-9]")
