"""Whose bank it is: names, what an owner is called, mail domains, money, and since when something is asked for.

What differs between cities and is no list of terms. It is read from `content/banken.yml` (`reading/settings_file.py`)
and handed to whoever needs it; the values by default are those of a bank that says nothing of itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kunskapsbank.swedish.phrases import capitalised, genitive


@dataclass(frozen=True, slots=True)
class OwnerWords:
    """What an owner of projects is called: one and several of them, as they stand in a sentence without an article.

    `address` is the folder of their pages. `office` and `offices` are what they are called as authorities, `board` and
    `boards` the committees above them; "" where they are called nothing else.
    """

    one: str = "ägare"
    several: str = "ägare"
    address: str = "agare"
    office: str = ""
    offices: str = ""
    board: str = "nämnd"
    boards: str = "nämnder"

    @property
    def key(self) -> str:
        """The word in questions and options of the command line: one word, without spaces."""
        return self.one.lower().replace(" ", "-")

    @property
    def as_office(self) -> str:
        """What one is called as an authority."""
        return self.office or self.one

    @property
    def as_offices(self) -> str:
        """What several are called as authorities."""
        return self.offices or self.several


@dataclass(frozen=True, slots=True)
class Mail:
    """The organisation's mail `domains`, and the names of `mailboxes` in them that are no person's."""

    domains: tuple[str, ...] = ()
    mailboxes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Equality:
    """From which year of money gender-equality analyses are asked for, and the id of the source that says so."""

    asked_from: int = 0
    source: str = ""


@dataclass(frozen=True, slots=True)
class Money:
    """The ids of the forms of money for projects and for study trips."""

    projects: frozenset[str] = frozenset()
    trips: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Examples:
    """What hints and help show: the name of an owner ("" for none chosen), and the folder of a project."""

    owner: str = ""
    project: str = "ljusare-kvallar"

    @property
    def an_owner(self) -> str:
        """The owner, or a word in its place."""
        return self.owner or "NAMN"


@dataclass(frozen=True, slots=True)
class Licence:
    """Under which licence the data of the bank may be used: its short name, and where it can be read."""

    name: str = "CC0-1.0"
    address: str = "https://creativecommons.org/publicdomain/zero/1.0/deed.sv"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a bank.

    `administration` and `committee` are written as they stand within a sentence ("socialförvaltningen"). `places` are
    the beginnings of names of squares in -plan, which else is the ending of documents. `broken` says that the file had
    problems: some values may be those by default.
    """

    name: str = "Kunskapsbanken"
    organisation: str = ""
    administration: str = "förvaltningen"
    committee: str = "nämnden"
    contact: str = ""
    owner: OwnerWords = field(default_factory=OwnerWords)
    mail: Mail = field(default_factory=Mail)
    equality: Equality = field(default_factory=Equality)
    money: Money = field(default_factory=Money)
    places: tuple[str, ...] = ()
    examples: Examples = field(default_factory=Examples)
    licence: Licence = field(default_factory=Licence)
    broken: bool = False

    @property
    def sender(self) -> str:
        """Who stands behind the bank, as at the head of a page: "Förvaltningen, Staden"."""
        return ", ".join(part for part in (capitalised(self.administration), self.organisation) if part)

    @property
    def contact_url(self) -> str:
        """Where a link to the editors leads; "" where the contact is neither an address of mail nor of the web."""
        if self.contact.startswith(("https://", "http://")):
            return self.contact
        return f"mailto:{self.contact}" if "@" in self.contact and " " not in self.contact else ""

    def within(self, name: str) -> str:
        """Return a name as it stands within a sentence: the administration's own is no name there."""
        return self.administration if name.casefold() == self.administration.casefold() else name

    @property
    def administrations(self) -> str:
        """The administration in the genitive."""
        return genitive(self.administration)
