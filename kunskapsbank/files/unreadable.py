"""What is raised where a file cannot be read: the reason, and a sentence for the editor."""

from __future__ import annotations

from enum import StrEnum

from kunskapsbank.problems import BankError


class Reason(StrEnum):
    """Why a file cannot be taken in."""

    NOT_OPENED = "not opened"
    WRONG_KIND = "wrong kind"
    DAMAGED = "damaged"
    LOCKED = "locked"
    TOO_LARGE = "too large"
    HAS_CODE = "has code"
    NO_TEXT = "no text"
    NO_MEMORY = "no memory"


_SENTENCES = {
    Reason.DAMAGED: (
        "filen är skadad och går inte att öppna. Öppna den i programmet som den skrevs i och spara den på nytt."
    ),
    Reason.LOCKED: "filen är skyddad med lösenord. Öppna den, ta bort lösenordet, spara och försök igen.",
    Reason.TOO_LARGE: (
        "filen packas upp till mer än ett dokument kan vara. Spara den på nytt i Word eller LibreOffice, och försök "
        "igen."
    ),
    Reason.HAS_CODE: (
        "filen innehåller kod (DOCTYPE) som inte hör hemma i ett dokument. Spara den på nytt i Word eller LibreOffice."
    ),
    Reason.NO_TEXT: "filen har ingen text. Öppna den och se efter att den innehåller rapporten.",
    Reason.NO_MEMORY: "filen är för stor för datorns minne. Dela upp den, eller gör bilderna mindre.",
    Reason.WRONG_KIND: "filen är inget dokument som banken kan läsa. Spara texten som .docx, .odt eller .pdf.",
}


class UnreadableError(BankError):
    """A file that cannot be taken in; the text says in Swedish what it is and what to do instead."""

    def __init__(self, reason: Reason, sentence: str = "") -> None:
        """Take the reason, and the sentence where the usual one for it does not say enough."""
        self.reason = reason
        super().__init__(sentence or _SENTENCES[reason])
