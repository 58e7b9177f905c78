"""The table of the settings in `banken.yml`: key, attribute, how it is read, and help in Swedish."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kunskapsbank.markup import frontmatter
from kunskapsbank.model import vocabulary
from kunskapsbank.reading.fields import (
    FieldRule,
    Reading,
    Shape,
    group,
    identifier,
    reads,
    term_of,
    terms_of,
    text,
    texts,
    year,
)
from kunskapsbank.settings import Equality, Examples, Licence, Mail, Money, OwnerWords

if TYPE_CHECKING:
    from kunskapsbank.markup.frontmatter import Node


@reads(Shape("text"))
def _domain(node: Node, reading: Reading) -> str | None:
    """Read a mail domain, without what stands before it in an address."""
    found = text(node, reading)
    if found and (bare := re.fullmatch(r"@([\w-]+(?:\.[\w-]+)+)", found)):
        hint = f"Skriv domänen utan @: {reading.written(f'[{bare[1]}]')}"
        reading.problem(node.line, f"{frontmatter.described(node)}, men ska vara en domän", hint)
        return None
    if found and ("@" in found or "." not in found or " " in found):
        reading.wrong(node, "en domän")
        return None
    return found.lower() if found else None


@reads(Shape("text"))
def _address(node: Node, reading: Reading) -> str | None:
    """Read an address of the web, which a page may link to."""
    found = text(node, reading)
    if found and not re.fullmatch(r"https?://[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]\S*)?", found):
        reading.wrong(node, "en adress som börjar med https:// eller http://")
        return None
    return found


def _each(read_one: Any) -> Any:
    """Return a reader of a list of such texts; a single one is a list of one."""

    @reads(Shape("texts"))
    def read(node: Node, reading: Reading) -> tuple[str, ...]:
        nodes = node.values if isinstance(node, frontmatter.Items) else (node,)
        return tuple(found for one in nodes if (found := read_one(one, reading)))

    return read


OWNER_FIELDS = (
    FieldRule("en", "one", "En", text, "område", "Vad en ägare kallas, utan en eller ett."),
    FieldRule("flera", "several", "Flera", text, "områden", "Vad flera ägare kallas."),
    FieldRule(
        "adress",
        "address",
        "Adress",
        identifier,
        "omraden",
        "Mappen där ägarnas sidor ligger på webbplatsen. Ändra den aldrig.",
    ),
    FieldRule("förvaltning", "office", "Förvaltning", text, "områdeskontor", "Vad en ägare är som myndighet."),
    FieldRule("förvaltningar", "offices", "Förvaltningar", text, "områdeskontor", "Vad flera är."),
    FieldRule("nämnd", "board", "Nämnd", text, "områdesnämnd", "Vad nämnden över en ägare kallas."),
    FieldRule("nämnder", "boards", "Nämnder", text, "områdesnämnder", "Vad flera sådana nämnder kallas."),
)
MAIL_FIELDS = (
    FieldRule(
        "domäner",
        "domains",
        "Domäner",
        _each(_domain),
        "[kommunen.se]",
        "Det som står efter @ i organisationens e-postadresser.",
    ),
    FieldRule(
        "funktioner",
        "mailboxes",
        "Funktioner",
        texts,
        "[registrator, diarium]",
        "Namn på brevlådor som ingen enskild äger. Sådana adresser får stå i texter.",
    ),
)
EQUALITY_FIELDS = (
    FieldRule("från", "asked_from", "Från", year, "2018", "Första årets pengar som en analys efterfrågas för."),
    FieldRule(
        "källa",
        "source",
        "Källa",
        term_of(vocabulary.SOURCES),
        "originalrapport",
        "Var det står att analyser efterfrågas, om det framgår.",
    ),
)
MONEY_FIELDS = (
    FieldRule(
        "projekt", "projects", "Projekt", terms_of(vocabulary.FUNDING), "[{medel}]", "Pengar som projekt kan få."
    ),
    FieldRule("resor", "trips", "Resor", terms_of(vocabulary.FUNDING), "[{medel}]", "Pengar som studieresor kan få."),
)
EXAMPLE_FIELDS = (
    FieldRule("ägare", "owner", "Ägare", text, "{ägare}", "Den ägare som hjälptexter nämner."),
    FieldRule("projekt", "project", "Projekt", identifier, "ljusare-kvallar", "Mappen för det projekt som de nämner."),
)
LICENCE_PAGE = Licence().address
LICENCE_FIELDS = (
    FieldRule("namn", "name", "Namn", text, "CC0-1.0", "Licensens korta namn."),
    FieldRule("adress", "address", "Adress", _address, LICENCE_PAGE, "Var licensen går att läsa."),
)


def _made(kind: type, *, of_terms: bool = False) -> Any:
    """Return what makes a value of a class; terms are kept by their ids."""

    def make(**values: Any) -> object:
        return kind(**{name: _ids(value) if of_terms else value for name, value in values.items()})

    return make


def _ids(value: Any) -> Any:
    if isinstance(value, tuple):
        return frozenset(term.id for term in value)
    return value.id if hasattr(value, "id") else value


FILE_FIELDS = (
    FieldRule("namn", "name", "Namn", text, "Kunskapsbanken", "Vad banken heter."),
    FieldRule("organisation", "organisation", "Organisation", text, "Exempelstads kommun", "Kommunen eller staden."),
    FieldRule(
        "förvaltning",
        "administration",
        "Förvaltning",
        text,
        "socialförvaltningen",
        "Förvaltningen som ansvarar för banken, så som den skrivs inne i en mening.",
    ),
    FieldRule(
        "nämnd",
        "committee",
        "Nämnd",
        text,
        "socialnämnden",
        "Nämnden som beslutar om pengarna, så som den skrivs inne i en mening.",
    ),
    FieldRule(
        "kontakt",
        "contact",
        "Kontakt",
        text,
        "fou@kommunen.se",
        "Hur läsaren når redaktionen: en funktionsbrevlåda, en adress på webben eller ett par ord.",
    ),
    FieldRule(
        "ägare",
        "owner",
        "Ägare",
        group(OWNER_FIELDS, _made(OwnerWords), required=("one", "several", "address")),
        "en: område\nflera: områden\nadress: omraden",
        "Vad den eller de som äger projekten kallas.",
    ),
    FieldRule(
        "e-post",
        "mail",
        "E-post",
        group(MAIL_FIELDS, _made(Mail), required=("domains",)),
        "domäner: [kommunen.se]\nfunktioner: [registrator, diarium]",
        "Vilka e-postadresser som inte hör till någon enskild.",
    ),
    FieldRule(
        "jämställdhetsanalys",
        "equality",
        "Jämställdhetsanalys",
        group(EQUALITY_FIELDS, _made(Equality, of_terms=True), required=("asked_from",)),
        "från: 2018",
        "Sedan när jämställdhetsanalyser efterfrågas, och var det står.",
    ),
    FieldRule(
        "pengar",
        "money",
        "Pengar",
        group(MONEY_FIELDS, _made(Money, of_terms=True), required=("projects", "trips")),
        "projekt: [utvecklingsmedel]\nresor: [resemedel]",
        "Vilka av termerna i medel.yml som är pengar till projekt och vilka som är pengar till resor.",
    ),
    FieldRule(
        "platser på -plan",
        "places",
        "Platser på -plan",
        texts,
        "[Björns, Stationsplan]",
        "Början på namn på platser som slutar på plan, så att adresser dit känns igen.",
    ),
    FieldRule(
        "exempel",
        "examples",
        "Exempel",
        group(EXAMPLE_FIELDS, _made(Examples)),
        "ägare: {ägare}\nprojekt: ljusare-kvallar",
        "Vad hjälptexter och felmeddelanden tar som exempel.",
    ),
    FieldRule(
        "licens",
        "licence",
        "Licens",
        group(LICENCE_FIELDS, _made(Licence), required=("name", "address")),
        f"namn: CC0-1.0\nadress: {LICENCE_PAGE}",
        "Vad andra får göra med bankens uppgifter.",
    ),
)
REQUIRED = ("name", "organisation", "administration", "committee", "owner", "mail", "equality", "money")
