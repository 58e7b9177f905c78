"""A Swedish word in lower case → its stem, and the root that it shares with words derived alike.

Snowball's Swedish algorithm (version 3) takes at most one ending, and never "-an", so that "kostnad" and
"kostnader", "skola" and "skolan", "cykel" and "cyklar" get stems of their own. Here its endings are taken
until none is left, and five small repairs follow. A stem need not be a word; it must only be the same for all
forms of one word, and another for another word. The browser's client does the same, step by step.
"""

from __future__ import annotations

_VOWELS = frozenset("aeiouyåäö")
_BEFORE_S = frozenset("bcdfghjklmnoprtvy")
_BEFORE_OST = frozenset("iklnprtuv")

# Longest first: the first that fits is the one that is meant.
_ENDINGS = tuple(
    sorted(
        "a arna erna heterna orna ad e ade ande arne are aste en anden aren heten ern ar er heter or s as "
        "arnas ernas ornas es ades andes ens arens hetens erns at et andet het ast".split(),
        key=lambda ending: (-len(ending), ending),
    )
)
_NO_ET = tuple("iet cit dit alit ilit mit nit pit rit sit tit uit ivit kvit xit".split())
# These end words of their own as often as they are endings: bostad, plakat, konferens.
_OFTEN_PART = frozenset({"ad", "at", "ens"})
# After one of these the word may still end in what Snowball would take from its singular, and takes no more:
# kostnad|er, plats|en.
_OF_NOUNS = frozenset("en ens et ets er erna ernas ar arna arnas s an".split())
_SECOND = frozenset("ad at ens or ar er s het".split())
_PAIRS = ("dd", "gd", "nn", "dt", "gt", "kt", "tt")

# Plurals that change their vowel, as the last part of a word: "hyresbostäder" is a form of "hyresbostad".
_CHANGED = (
    ("bostäder", "bostad"), ("städer", "stad"), ("böcker", "bok"), ("nätter", "natt"), ("rötter", "rot"),
    ("fötter", "fot"), ("ledamöter", "ledamot"), ("stränder", "strand"), ("länder", "land"),
    ("döttrar", "dotter"), ("söner", "son"), ("bröder", "broder"), ("mödrar", "moder"), ("fäder", "fader"),
    ("bönder", "bonde"), ("tänder", "tand"), ("händerna", "hand"),
)  # fmt: skip
_AFTER_CHANGED = ("", "s", "na", "nas")
_MEN = ("männens", "männen", "mäns", "män")
_KEEP_AN = frozenset({"organ", "roman", "ocean", "orkan"})
_KEEP = frozenset("dans fors gips hals kors kurs lins mars puls vers".split())
_BARE_N = ("eln", "atorn", "ktorn", "otorn")
_WHOLE = {"året": "år", "årets": "år", "åren": "år", "årens": "år", "ögon": "öga", "öron": "öra"}


def _region(word: str) -> int:
    """Return where endings may begin: past the first vowels and a consonant, three letters in at least."""
    size = len(word)
    place = 0
    while place < size and word[place] not in _VOWELS:
        place += 1
    while place < size and word[place] in _VOWELS:
        place += 1
    return size if place >= size else max(place + 1, 3)


def _singular(word: str) -> str:
    """Return the word with a changed vowel changed back, where its plural is one of the irregular ones."""
    for plural, singular in _CHANGED:
        place = word.rfind(plural)
        if place >= 0 and word[place + len(plural) :] in _AFTER_CHANGED:
            return word[:place] + singular
    if not word.startswith("allmän"):
        for plural in _MEN:
            if word.endswith(plural):
                return word[: -len(plural)] + "man"
    return word


def _indefinite(word: str) -> str:
    """Return the word without the n of "cykeln" and "datorn", and the genitive s of "brukares"."""
    if word.endswith("ares"):
        return word[:-1]
    bare = word.removesuffix("s")
    return bare[:-1] if len(bare) >= 6 and bare.endswith(_BARE_N) else word


def _et_may_go(rest: str) -> bool:
    return len(rest) >= 4 and rest[-1] not in _VOWELS and not rest.endswith(_NO_ET)


def _may_go(ending: str, rest: str) -> bool:
    """Say whether `ending` is one after `rest`, where it may also be the end of the word itself."""
    if ending == "et":
        return _et_may_go(rest)
    if ending == "s":
        return rest[-1] in _BEFORE_S
    if ending in _OFTEN_PART:
        return len(rest) >= 4 and not (ending == "ad" and rest.endswith("st"))
    return True


def _ending(word: str, region: int) -> str:
    """Return the longest ending of the word, or "" where it has none that may go."""
    for ending in _ENDINGS:
        rest = word[: len(word) - len(ending)]
        if len(rest) < region or not word.endswith(ending):
            continue
        if ending == "s" and rest.endswith("et") and (inner := _ending(rest, region)):
            return inner + "s"
        return ending if _may_go(ending, rest) else ""
    return ""


def _without_an(word: str) -> str:
    """Return the word without the "-an" of "skolan", "frågans", "ansökan"."""
    bare = word.removesuffix("s")
    return bare[:-2] if len(bare) >= 5 and bare.endswith("an") and bare not in _KEEP_AN else word


def _without_suffix(word: str, region: int) -> str:
    """Return the word without "-lig", "-ig", "-els", and the t of "-fullt", "-löst"."""
    room = len(word) - region
    if word.endswith("fullt") and room >= 5:
        return word[:-1]
    if word.endswith(("lig", "els")) and room >= 3:
        return word[:-3]
    if word.endswith("öst") and room >= 3 and word[-4] in _BEFORE_OST:
        return word[:-1]
    if word.endswith("ig") and room >= 2:
        return word[:-2]
    return word


def _repaired(word: str) -> str:
    """Return one spelling for what inflection writes in two: social(t), cyk(e)l, föräld(r), hem(m)."""
    size = len(word)
    if size >= 6 and word.endswith(("alt", "ellt", "ilt")):
        word = word[:-1]
    if size >= 4:
        if size >= 5 and word.endswith("el") and word[-3] not in _VOWELS:
            word = word[:-2] + "l"
        elif word.endswith("r") and word[-2] not in _VOWELS and word[-2] != "r":
            word = word[:-1]
        elif word.endswith(("ttn", "ckn", "pn")):
            word = word[:-1]
    if (len(word) >= 5 and word.endswith("in")) or word.endswith("jön"):
        word = word[:-1]
    if len(word) >= 4 and word.endswith(("mm", "nn")):
        word = word[:-1]
    return word[:-1] if word.endswith("dj") else word


def _bare(word: str) -> str:
    """Return the word without its endings."""
    region = _region(word)
    ending = ""
    while word not in _KEEP:
        before, ending = ending, "an" if (rest := _without_an(word)) != word else _ending(word, region)
        if before:
            rest = word[: len(word) - len(ending)]
            may_go = before in _OF_NOUNS and ending in _SECOND and not (ending == "er" and before.startswith("ar"))
            if not may_go or (ending != "or" and len(rest) < 4):
                break
        if not ending:
            break
        word = rest if ending == "an" else word[: len(word) - len(ending)]
    if word.endswith(_PAIRS) and len(word) - 2 >= region:
        word = word[:-1]
    return _without_suffix(word, region)


def stem(word: str) -> str:
    """Return the stem of a word in lower case: "stadsdelarnas" gives "stadsdel"."""
    if len(word) < 3 or word.isdecimal():
        return word
    if word in _WHOLE:
        return _WHOLE[word]
    return _repaired(_bare(_indefinite(_singular(word))))


# Suffix, and how many letters must stand before it; longest first.
_DERIVED = (
    ("isering", 4), ("isation", 4), ("ering", 4), ("ation", 4), ("itet", 4), ("skap", 5), ("ning", 4),
    ("iser", 4), ("uell", 4), ("isk", 4), ("ing", 4), ("ell", 5), ("ism", 3), ("ist", 4), ("er", 4),
    ("al", 5), ("i", 5),
)  # fmt: skip


def root(stemmed: str) -> str:
    """Return what a stem shares with words derived alike: placering and placer(ad) give "plac"."""
    for suffix, least in _DERIVED:
        if stemmed.endswith(suffix) and len(stemmed) - len(suffix) >= least:
            rest = stemmed[: -len(suffix)]
            return stem(rest) if suffix == "skap" else rest
    return stemmed
