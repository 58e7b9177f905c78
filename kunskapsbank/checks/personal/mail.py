"""A text as a reader meets it → the e-mail addresses in it that may be a person's; mailboxes of functions pass."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LETTER = r"0-9A-Za-z\u00c0-\u024f"
_DOMAIN = rf"[{_LETTER}][{_LETTER}-]{{0,62}}(?:\.[{_LETTER}-]{{1,63}}){{0,8}}(?:\.| \. )[A-Za-z]{{2,24}}(?![{_LETTER}])"
_AT = re.compile(
    rf"(?:[ \n]{{0,2}}@[ \n]{{0,2}}| ?[-<]at[->] ?)({_DOMAIN})|"
    # Written out: anna snabel-a exempel punkt se.
    rf" (?:at|snabel-?a) ([{_LETTER}-]{{1,63}}(?: ?(?:dot|punkt|\.) ?[{_LETTER}-]{{1,63}}){{0,4}}"
    r" ?(?:dot|punkt|\.) ?(?:se|com|nu|org|net|eu|fi|no|dk|info|name))(?![0-9A-Za-z])",
    re.IGNORECASE,
)
# What a text has that has an address, in small letters: sooner seen.
_SOME = ("@", "snabel", *(f"{before}at{after}" for before in " <-" for after in " >-"))
_NAME = re.compile(rf"[{_LETTER}._%+'-]*[{_LETTER}_][._%+'-]*$")
# anna punkt svensson snabel-a …
_NAME_IN_WORDS = re.compile(rf"[{_LETTER}-]+(?: (?:dot|punkt) [{_LETTER}-]+)*$")
_LONGEST_NAME = 64

# An address of the organisation passes that begins with the name of a mailbox, whatever unit follows, or that ends with
# one of these: registrator.norr@kommunen.se, sof.diarium@kommunen.se.
_ENDINGS = ("registrator", "diarium", "kontaktcenter")
# What units are called anywhere; a mailbox with other words than these, or those of the organisation, after its
# function has a person's name in it.
_UNIT = re.compile(
    r"(?:[a-z]*(?:forvaltning|namnd|enhet|avdelning|omsorg|kontor|stod|tjanst|jour|center|centrum|team|grupp|skola|vard|"
    r"verksamhet|mottagning|bostad|boende|familj|stad|malm|holm|kyrka|gard|sjo|by|berg|inge|sta|strand|tjansten|"
    r"forvaltningen|enheten|staden)|sdf|sof|sdn|fou|social[a-z]*|barn[a-z]*|unga?[a-z]*|aldre[a-z]*|vuxen[a-z]*|ekonomi[a-z]*|"
    r"norra|sodra|ostra|vastra|innerstaden|city|och|"
    r"it|hr|ls|kommunikation|hemlos[a-z]*|flykting[a-z]*|familje[a-z]*|funktion[a-z]*|[a-z]{1,3}[0-9]+|[0-9]+)"
)
# The first names that most people in Sweden have, among those who sign reports.
_FIRST_NAMES = frozenset(
    "agneta ahmed ake alexander alexandra ali amanda amina anders andreas ann anna annika anton asa astrid axel "
    "barbro beatrice bengt birgitta bjorn bo camilla carina carl carolina caroline cecilia charlotte christer "
    "christian christina daniel david elin elisabet elisabeth ella ellen elsa emelie emil emma eric erik eva "
    "fatima filip fredrik frida gun gunilla gunnar gustav hanna hannah hans hassan helen helena henrik ida inger "
    "ingrid isabella jakob jan jenny jens jessica joakim johan johanna johannes john jonas josefin julia kajsa "
    "karin karl katarina kenneth kerstin klara kristian kristina lars leif lena lennart lina linda linn linnea "
    "lisa louise lovisa madeleine magnus maja malin margareta maria marie martin matilda mats mattias michael "
    "mikael mohamed monica monika nathalie niklas nils ola olof oscar oskar patrik per peter petra pia rebecka "
    "rikard robert roger rolf ronja samuel sandra sara sebastian simon sofia sofie stefan sten stig susanne sven "
    "terese theresa therese thomas tobias tomas tommy torbjorn ulf ulla ulrika veronica veronika victor victoria "
    "viktor viktoria wilhelm yvonne".split()
)
_SURNAME = re.compile(r"[a-z]{2,}(?:sson|sdotter|qvist|kvist|strom|lund|gren|blom|stedt|lind)")


@dataclass(frozen=True, slots=True)
class Mailboxes:
    """The mailboxes of an organisation that are no person's.

    `functions` are their names, `domains` those of the organisation, and `units` words of what its parts are called,
    all in small letters a–z.
    """

    domains: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    units: frozenset[str] = frozenset()

    def has(self, address: str) -> bool:
        """Tell whether an address is one of them."""
        match = _functional(self.domains, self.functions).fullmatch(address.lower())
        if not match:
            return False
        parts = [part for part in re.split("[._-]", match["after"] or match["before"] or "") if part]
        if any(part in _FIRST_NAMES or _SURNAME.fullmatch(part) for part in parts):
            return False
        # Two words or more that no unit is called: a first name and a surname, or an initial.
        return sum(not (part in self.units or _UNIT.fullmatch(part)) for part in parts) < 2


NOBODYS = Mailboxes()
"""Of whom no mailboxes are known."""


@cache
def _functional(domains: tuple[str, ...], functions: tuple[str, ...]) -> re.Pattern[str]:
    if not domains or not functions:
        return re.compile("(?!)")
    named = "|".join(map(re.escape, functions))
    return re.compile(
        rf"(?:(?:{named})(?P<after>(?:[._-][a-z0-9-]+)*)|(?P<before>[a-z0-9-]+)[._-](?:{'|'.join(_ENDINGS)}))"
        rf"@(?:[a-z0-9-]+\.)*(?:{'|'.join(map(re.escape, domains))})"
    )


def find(text: str, mailboxes: Mailboxes) -> Iterator[tuple[int, int]]:
    """Yield where each address starts and ends that is none of these mailboxes."""
    folded = text.casefold()
    if not any(sign in folded for sign in _SOME):
        return
    place = 0
    while match := _AT.search(text, place):
        place = match.end()
        first = max(0, match.start() - _LONGEST_NAME)
        before = text[first : match.start()]
        name = (_NAME_IN_WORDS if match[2] else _NAME).search(before)
        if name and not (match[1] and mailboxes.has(f"{name[0]}@{match[1]}")):
            yield first + name.start(), match.end()
