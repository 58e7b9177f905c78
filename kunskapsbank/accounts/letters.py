"""What is missing → a letter to each owner that asks for it, ready to send but for its gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.accounts import plain_text
from kunskapsbank.accounts.follow_up import Sort, by_owner
from kunskapsbank.accounts.paper import Draft, line
from kunskapsbank.accounts.parts import owners_text

if TYPE_CHECKING:
    from kunskapsbank.accounts.follow_up import Lack
    from kunskapsbank.accounts.paper import Block, Line
    from kunskapsbank.model.account_words import AccountWords
    from kunskapsbank.model.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter: to whom, what about, and its text."""

    recipient: str
    subject: str
    blocks: tuple[Block, ...]

    def text(self) -> str:
        """Return the letter as plain text, to be put into a mail."""
        return f"Till: {self.recipient}\nÄrende: {self.subject}\n\n{plain_text.of_blocks(self.blocks)}"


def letters(catalogue: Catalogue, found: tuple[Lack, ...], words: AccountWords) -> tuple[Letter, ...]:
    """Return a letter to each owner of today, and last one to the own administration about what nobody owns."""
    wanted, nobodys = by_owner(catalogue, found)
    own = words.account.one("administration")
    subject = words.follow_up.one("subject")
    made = [_letter(words, one.owner.label, subject, "opening", one.lacks) for one in wanted]
    if nobodys:
        made.append(_letter(words, own, words.follow_up.one("own_subject", administration=own), "own_opening", nobodys))
    return tuple(made)


def _letter(words: AccountWords, recipient: str, subject: str, opening: str, lacks: tuple[Lack, ...]) -> Letter:
    say, draft = words.follow_up, Draft()
    draft.paragraph(say.one("greeting"))
    draft.paragraphs(say.all(opening, administration=recipient))
    for sort in Sort:
        asked = [lack for lack in lacks if lack.sort is sort and not _comes_with_another(lack, lacks)]
        if asked:
            draft.paragraph(f"{sort.asked}:")
            draft.bullets(_line(lack, recipient) for lack in asked)
    for name in ("answer", "closing", "signature"):
        draft.paragraphs(say.all(name))
    return Letter(recipient, subject, tuple(draft.blocks))


def _comes_with_another(lack: Lack, lacks: tuple[Lack, ...]) -> bool:
    """Tell whether a result is asked for that stands in a report that the same letter asks for."""
    return lack.sort is Sort.NO_RESULT and any(
        other.sort is Sort.NOT_HELD and other.year == lack.year and lack.project and other.project == lack.project
        for other in lacks
    )


def _line(lack: Lack, recipient: str) -> Line:
    year = "" if str(lack.year) in lack.what else f" ({lack.year})"
    # By the name that the owner had then, where that is another.
    then = "" if not lack.owners or recipient in {one.label for one in lack.owners} else _owned(lack)
    # Which source the bank's digest rests on helps nobody who has the report.
    told = "" if lack.sort is Sort.NO_RESULT else lack.told
    where = f"Enligt {told[:1].lower()}{told[1:]}" if lack.sort is Sort.NOT_HELD and told else told
    return line(" ".join(part for part in (f"{lack.what}{year}.", then, where) if part))


def _owned(lack: Lack) -> str:
    return f"Projektet ägdes av {owners_text(lack.owners)}."
