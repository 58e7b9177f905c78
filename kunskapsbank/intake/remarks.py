"""What an editor is told of a report that was taken in: one sentence a kind of thing, however often it occurs."""

from __future__ import annotations

from dataclasses import dataclass, field

from kunskapsbank.swedish.phrases import listed

# So many are named; of more, only the number is said.
_MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class Told:
    """How one kind of thing is told: of one, and of several.

    `{which}` is what or where it is, `{count}` the number. What says nothing of which it is has no `{which}`.
    """

    one: str
    several: str


@dataclass(slots=True)
class Remarks:
    """Gathers what there is to tell, in the order in which its kinds were first met."""

    _found: dict[Told, dict[str, int]] = field(default_factory=dict)

    def add(self, told: Told, which: str = "") -> None:
        """Note one thing; what is named is told once, however often it is noted."""
        known = self._found.setdefault(told, {})
        known[which] = 1 if which else known.get(which, 0) + 1

    def texts(self) -> tuple[str, ...]:
        """Return one sentence or two for each kind."""
        return tuple(_text(told, which) for told, which in self._found.items())


def _text(told: Told, found: dict[str, int]) -> str:
    count = sum(found.values())
    named = [which for which in found if which]
    if count == 1:
        return told.one.format(which="".join(named))
    more = len(named) - _MOST_NAMED
    shown = [*named[:_MOST_NAMED], f"{more} till"] if more > 0 else named
    return told.several.format(count=count, which=listed(shown))


# So much of what stands before is told of a place.
_TRAIL = 60


@dataclass(slots=True)
class Trail:
    """The text that was last read, by which an editor finds a place in the original."""

    _text: str = ""

    def passed(self, text: str) -> None:
        """Note the text that was last read."""
        self._text = f"{self._text}{text}"[-_TRAIL:]

    @property
    def place(self) -> str:
        """Where we are: "efter ”…”", the words that stand right before."""
        words = self._text.split()
        if len(self._text) == _TRAIL:
            words = words[1:]
        return f"efter {quoted(' '.join(words), _TRAIL)}" if words else "först i texten"


def quoted(text: str, longest: int = 40) -> str:
    """Return a text in quotation marks, shortened: to tell which of several things is meant."""
    short = " ".join(text.split())
    return f"”{short if len(short) <= longest else short[:longest].rstrip() + '…'}”"
