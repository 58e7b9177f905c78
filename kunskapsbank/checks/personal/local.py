"""Settings and vocabularies → what is known of an organisation where personal data is looked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.checks.personal.mail import NOBODYS, Mailboxes
from kunskapsbank.model import vocabulary
from kunskapsbank.swedish.phrases import genitive
from kunskapsbank.swedish.text import slugify

if TYPE_CHECKING:
    from kunskapsbank.model.vocabulary import Vocabularies
    from kunskapsbank.settings import Settings


@dataclass(frozen=True, slots=True)
class Local:
    """What is known of an organisation.

    `mailboxes` are those that nobody owns, `squares` the beginnings of names of places in -plan, and `names` the
    genitives of its own name and its owners', after which no street is called.
    """

    mailboxes: Mailboxes = NOBODYS
    squares: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @classmethod
    def of(cls, settings: Settings, vocabularies: Vocabularies) -> Local:
        """Return what the settings and the names of the owners say."""
        owners = vocabularies.get(vocabulary.OWNERS, ())
        labels = [name for term in owners for name in term.names]
        domains = [part for domain in settings.mail.domains for part in domain.split(".")[:-1]]
        names = [settings.organisation, settings.owner.one, settings.owner.as_office, *domains, *labels]
        units = {part for name in names for part in slugify(name).split("-") if part}
        functions = tuple(slugify(name) for name in settings.mail.mailboxes)
        called = [label for label in labels if re.fullmatch(r"\w+", label)]
        return cls(
            Mailboxes(settings.mail.domains, functions, frozenset(units)),
            settings.places,
            tuple(sorted({genitive(label) for label in called})),
        )


UNKNOWN = Local()
"""An organisation of which nothing is known."""
