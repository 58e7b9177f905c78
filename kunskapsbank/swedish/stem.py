"""A Swedish word in lower case → its stem, and the root that it shares with words derived alike.

Snowball's Swedish algorithm (version 3) takes at most one ending, and never "-an", so that "kostnad" and
"kostnader", "skola" and "skolan", "cykel" and "cyklar" get stems of their own. Here its endings are taken
until none is left; forms that no ending explains are listed (`irregular`), and the past tenses and neuters of
"hörde", "glömt", "snabbt" go before the endings. What makes another word of a word ("-lig", "-ning") is left
to the root. A stem need not be a word; it must only be the same for all forms of one word, and another for
another word. The browser's client does the same, step by step.
"""

from __future__ import annotations

from functools import lru_cache

from kunskapsbank.swedish.irregular import irregular

_VOWELS = frozenset("aeiouyåäö")
_BEFORE_S = frozenset("bcdfghjklmnoprtvy")
_BEFORE_OST = frozenset("iklnprtuv")

_ENDINGS = frozenset(
    "a arna erna heterna orna ad e ade ande arne are aste en anden aren heten ern ar er heter or s as "
    "ena enas arnas ernas ornas es ades andes ens arens hetens erns at et andet het ast".split()
)
# How long the endings are that end in a letter, longest first.
_SIZES = {
    last: sorted({len(ending) for ending in _ENDINGS if ending[-1] == last}, reverse=True)
    for last in {ending[-1] for ending in _ENDINGS}
}
_NO_ET = tuple("iet cit dit alit ilit mit nit pit rit sit tit uit ivit kvit xit".split())
# Nouns that end in -et or -or themselves.
_NOT_BEFORE = {"ena": ("för", "ar", "sc", "r"), "enas": ("för",), "andet": ("amb", "örb")}
_KEEP_ET = tuple(
    "alfabet biljet budget buffet diet internet kabinet komet klarinet magnet paket planet poet racket raket staket "
    "stipet tapet trumpet profet asket het arbet".split()
)
_KEEP_OR = ("uppror", "horror", "ator", "ktor", "motor", "kontor", "monitor", "humor", "terror", "junior", "senior")
# These end words of their own as often as they are endings: bostad, plakat, konferens.
_OFTEN_PART = frozenset({"ad", "at", "ens"})
_KEEP_OFTEN = tuple(
    "tomat senat sonat månad dekad nomad fasad arkad ballad sallad licens moderat privat separat desperat delikat "
    "adekvat demens".split()
)
# After one of these the word may still end in what Snowball would take from its singular, and takes no more:
# kostnad|er, plats|en.
_OF_NOUNS = frozenset("en ens et ets er erna ernas ar arna arnas s an".split())
_SECOND = frozenset("ad at ens or ar er s het".split())
_LEAST_SECOND = {"or": 0, "at": 3, "ad": 3}
_PAIRS = ("dd", "gd", "nn", "dt", "gt", "kt", "tt")

_MEN = ("männens", "männen", "mäns", "män")
_KEEP_AN = frozenset("organ roman ocean orkan titan amerikan republikan veteran spontan banan vegan kanan".split())
_KEEP = frozenset("dans fors gips hals kors kurs lins mars puls vers".split())
# "ekonomin" and "terapin" are forms; these end in -in themselves.
_KEEP_IN = tuple(
    "icin vaccin eroin okain orfin ulin iplin rutin asin ermin oktrin kusin erlin ensin ardin askin otein tamin elfin "
    "atin ordin ankin burin drin".split()
)
_BARE_N = ("eln", "atorn", "ktorn", "otorn")

# Past tenses: what goes of each, and what only looks like one.
_PAST = ("rde", "llde", "mde", "mnde", "vde", "jde", "gde", "kte", "pte")
_NO_PAST = ("värde", "herde", "fjärde", "hårde")
_DONE = ("lld", "md", "mnd", "vd", "jd", "örd", "yrd")
_NO_DONE = ("hemd", "nämnd", "hävd", "skörd", "mörd", "börd", "nörd")
# A neuter's t, or a supine's, after one of these; and the words whose own it is.
_NEUTER = ("bt", "lt", "mt", "rt", "vt", "jt", "pt", "nt", "vist")
_NO_NEUTER = tuple(
    "alt ält olt ilt bult kult mult salt halt "
    "fart start kvart part svart smart chart ort kort sport bert cert pert sert vert xpert jurt mört smärt hjärt "
    "skjort stjärt "
    "ept ipt apt opt ript skämt samt jämt "
    "ent ant bunt strunt ont ynt kint hint splint flint print sprint mint labyrint".split()
)
# Verbs in -ra after a consonant, whose r is their own: "ändra", but not "säkra" and "syster, systrar".
_KEEP_R = tuple(
    "ändr undr vägr hindr lindr klandr fordr erövr bättr skildr klättr registr filtr hundr vandr odr".split()
)


def _region(word: str) -> int:
    """Return where endings may begin: past the first vowels and a consonant, three letters in at least.

    Two letters in where the word begins with a vowel: "öka", "ägare".
    """
    size = len(word)
    place = 0
    while place < size and word[place] not in _VOWELS:
        place += 1
    least = 2 if place == 0 else 3
    while place < size and word[place] in _VOWELS:
        place += 1
    return size if place >= size else max(place + 1, least)


def _singular(word: str) -> str:
    """Return the word with "män" made "man"."""
    if word.endswith(_MEN) and not word.startswith("allmän"):
        for plural in _MEN:
            if word.endswith(plural):
                return word[: -len(plural)] + "man"
    return word


def _indefinite(word: str) -> str:
    """Return the word without the n of "cykeln" and "datorn", and the genitive s of "brukares"."""
    if word.endswith("ares"):
        return word[:-1]
    bare = word.removesuffix("s")
    if len(bare) >= 6 and bare.endswith("ium"):
        return bare[:-2]
    return bare[:-1] if len(bare) >= 6 and bare.endswith(_BARE_N) else word


def _present(word: str) -> str:
    """Return the word without the d and t of its past tenses and its neuter: "hörde", "glömda", "snabbt"."""
    bare = word.removesuffix("s") if word.endswith("es") else word
    if bare.endswith(_PAST) and not bare.endswith(_NO_PAST) and len(bare) >= 5:
        return bare[:-2]
    if word.endswith(("pts", "kts", "rts", "lts", "gts", "mts", "vts", "jts", "bts")):
        word = word[:-1]
    bare = word.removesuffix("a")
    if bare.endswith(_DONE) and not bare.endswith(_NO_DONE) and len(bare) >= 4:
        return bare[:-1]
    if len(word) >= 4 and word.endswith(_NEUTER) and not word.endswith(_NO_NEUTER):
        return word[:-1]
    return word


def _may_go(ending: str, rest: str) -> bool:
    """Say whether `ending` is one after `rest`, where it may also be the end of the word itself."""
    if ending == "et":
        return (
            (rest[-1] not in _VOWELS or rest[-1] == "i")
            and not rest.endswith(_NO_ET)
            and not (rest + ending).endswith(_KEEP_ET)
        )
    if ending == "s":
        return rest[-1] in _BEFORE_S
    if ending == "or":
        return not (rest + ending).endswith(_KEEP_OR)
    if ending in _OFTEN_PART:
        return not (rest + ending).endswith(_KEEP_OFTEN) and not (ending == "ad" and rest.endswith("st"))
    if ending == "ar":
        return not rest.endswith("b") or rest.endswith("bb")
    return True


def _ending(word: str, region: int) -> str:
    """Return the longest ending of the word, or "" where it has none that may go."""
    room = len(word) - region
    for size in _SIZES.get(word[-1], ()):
        ending = word[-size:]
        if size > room or ending not in _ENDINGS:
            continue
        rest = word[:-size]
        if ending in _NOT_BEFORE and rest.endswith(_NOT_BEFORE[ending]):
            continue
        if ending == "s" and rest.endswith("et") and (inner := _ending(rest, region)):
            return inner + "s"
        return ending if _may_go(ending, rest) else ""
    return ""


def _without_an(word: str) -> str:
    """Return the word without the "-an" of "skolan", "frågans", "ansökan"."""
    bare = word.removesuffix("s")
    least = 4 if word[0] in _VOWELS else 5
    return bare[:-2] if len(bare) >= least and bare.endswith("an") and bare not in _KEEP_AN else word


def _without_suffix(word: str, region: int) -> str:
    """Return the word without the t of "-fullt", "-löst"."""
    room = len(word) - region
    if word.endswith("fullt") and room >= 5:
        return word[:-1]
    if word.endswith("öst") and room >= 3 and word[-4] in _BEFORE_OST:
        return word[:-1]
    return word


def _repaired(word: str, is_inflected: bool) -> str:
    """Return one spelling for what inflection writes in two: social(t), cyk(e)l, föräld(r), hem(m)."""
    size = len(word)
    if size >= 6 and word.endswith(("alt", "elt", "ellt", "ilt")):
        word = word[:-1]
    if size >= 4:
        if word.endswith("el") and word[-3] not in _VOWELS:
            word = word[:-2] + "l"
        elif (
            is_inflected
            and word.endswith("r")
            and word[-2] not in _VOWELS
            and word[-2] != "r"
            and not word.endswith(_KEEP_R)
        ):
            word = word[:-1]
        elif word.endswith(("ttn", "ckn", "pn")):
            word = word[:-1]
    if word.endswith("jön") or (len(word) >= 6 and word.endswith("in") and not word.endswith(_KEEP_IN)):
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
            may_go = (
                before in _OF_NOUNS
                and ending in _SECOND
                and not (ending in {"er", "ar", "or"} and before.startswith("ar"))
            )
            may_go |= before in {"et", "ets"} and ending == "en"
            may_go &= not (ending == "s" and (rest.endswith("el") or before.startswith("ar")))
            if not may_go or len(rest) < _LEAST_SECOND.get(ending, 4):
                break
        if not ending:
            break
        word = rest if ending == "an" else word[: len(word) - len(ending)]
    if word.endswith(_PAIRS) and (len(word) - 2 >= region or (len(word) >= 4 and word.endswith(("kt", "gt", "dt")))):
        word = word[:-1]
    return _without_suffix(word, region)


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """Return the stem of a word in lower case: "barnens" gives "barn"."""
    if len(word) < 3 or word.isdecimal():
        return word
    if found := irregular(word):
        return found
    bare = _bare(_present(_indefinite(_singular(word))))
    return _repaired(bare, bare != word)


# What a rule would take for something else.
_MADE_OF = (("bokning", "boka"), ("förslag", "föreslå"), ("avslag", "avslå"), ("anslag", "anslå"), ("insk", "in"))
# Suffix, and how many letters must stand before it; longest first.
_DERIVED = (
    ("isering", 4), ("isation", 4), ("ering", 4), ("ation", 4), ("itet", 4), ("skap", 5), ("ning", 4),
    ("iser", 4), ("uell", 4), ("isk", 4), ("ing", 4), ("ell", 5), ("ism", 3), ("ist", 4), ("er", 4),
    ("els", 3), ("al", 5), ("i", 5),
)  # fmt: skip
_ANY_DERIVED = tuple(ending for ending, _ in (*_MADE_OF, *_DERIVED))


def root(stemmed: str) -> str:
    """Return what a stem shares with words derived alike: placering and placer(ad) give "plac"."""
    if not stemmed.endswith(_ANY_DERIVED):
        return stemmed
    for ending, base in _MADE_OF:
        if stemmed.endswith(ending):
            return stemmed[: -len(ending)] + base
    for suffix, least in _DERIVED:
        if stemmed.endswith(suffix) and len(stemmed) - len(suffix) >= least:
            rest = stemmed[: -len(suffix)]
            return stem(rest) if suffix == "skap" else rest
    return stemmed
