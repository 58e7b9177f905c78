"""Swedish words that say nothing of what a text is about: left out of the index and of the question."""

from __future__ import annotations

STOP_WORDS = frozenset(
    """
    alla allt andra andras annan annat att av bara blev bli blir blivit bör de dem den denna deras dess dessa
    det detta dig din dina dit ditt du där därför då efter eller en enligt ens er era ert ett finns från får
    för genom ha hade han hans har henne hennes hon honom hos hur här i icke ingen inget inom inte ja jag kan
    kunde man med medan mellan men mer mest mig min mina mitt mot mycket många måste nej ni nog nu när någon
    något några och också om oss på samma samt sedan sig sin sina sitt själv ska skall skulle som så sådan
    sådana sådant till under upp ut utan vad var vara varför varit varje vars vart vem vems via vid vilka
    vilkas vilken vilket vill vore vår våra vårt än är även åt över
    """.split()
)
