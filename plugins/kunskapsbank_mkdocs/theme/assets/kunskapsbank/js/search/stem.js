// A Swedish word in lower case → its stem, and the root that it shares with words derived alike.
// The twin of stem.py, which tells why; tests/cases/analysis.json holds the two together.

const IS_DECIMAL = /^\p{Nd}+$/u;
// Asked about letters that a word may be too short to have.
/** @type {Set<string | undefined>} */
const VOWELS = new Set("aeiouyäåö");
/** @type {Set<string | undefined>} */
const BEFORE_S = new Set("bcdfghjklmnoprtvy");
/** @type {Set<string | undefined>} */
const BEFORE_OST = new Set("iklnprtuv");
const ENDINGS = (
  "a arna erna heterna orna ad e ade ande arne are aste en anden aren heten ern ar er heter or s as arnas ernas " +
  "ornas es ades andes ens arens hetens erns at et andet het ast"
)
  .split(" ")
  .sort((a, b) => b.length - a.length);
const NO_ET = "iet cit dit alit ilit mit nit pit rit sit tit uit ivit kvit xit".split(" ");
const OFTEN_PART = new Set(["ad", "at", "ens"]);
const OF_NOUNS = new Set("en ens et ets er erna ernas ar arna arnas s an".split(" "));
const SECOND = new Set("ad at ens or ar er s het".split(" "));
const PAIRS = ["dd", "gd", "nn", "dt", "gt", "kt", "tt"];
const CHANGED = [
  ["bostäder", "bostad"],
  ["städer", "stad"],
  ["böcker", "bok"],
  ["nätter", "natt"],
  ["rötter", "rot"],
  ["fötter", "fot"],
  ["ledamöter", "ledamot"],
  ["stränder", "strand"],
  ["länder", "land"],
  ["döttrar", "dotter"],
  ["söner", "son"],
  ["bröder", "broder"],
  ["mödrar", "moder"],
  ["fäder", "fader"],
  ["bönder", "bonde"],
  ["tänder", "tand"],
  ["händerna", "hand"],
];
const AFTER_CHANGED = new Set(["", "s", "na", "nas"]);
const MEN = ["männens", "männen", "mäns", "män"];
const KEEP_AN = new Set(["organ", "roman", "ocean", "orkan"]);
const KEEP = new Set("dans fors gips hals kors kurs lins mars puls vers".split(" "));
const BARE_N = ["eln", "atorn", "ktorn", "otorn"];
const WHOLE = new Map([
  ["året", "år"],
  ["årets", "år"],
  ["åren", "år"],
  ["årens", "år"],
  ["ögon", "öga"],
  ["öron", "öra"],
]);

/**
 * @param {string} word
 * @param {string[]} endings
 */
const endsWith = (word, endings) => endings.some((ending) => word.endsWith(ending));
/**
 * @param {string} word
 * @param {string} ending
 */
const without = (word, ending) => word.slice(0, word.length - ending.length);
/** @param {string} word */
const bareS = (word) => (word.endsWith("s") ? word.slice(0, -1) : word);

/** @param {string} word */
function region(word) {
  let place = 0;
  while (place < word.length && !VOWELS.has(word[place])) place += 1;
  while (place < word.length && VOWELS.has(word[place])) place += 1;
  return place >= word.length ? word.length : Math.max(place + 1, 3);
}

/** @param {string} word */
function singular(word) {
  for (const [plural, one] of CHANGED) {
    const place = word.lastIndexOf(plural);
    if (place >= 0 && AFTER_CHANGED.has(word.slice(place + plural.length))) return word.slice(0, place) + one;
  }
  if (!word.startsWith("allmän"))
    for (const plural of MEN) if (word.endsWith(plural)) return without(word, plural) + "man";
  return word;
}

/** @param {string} word */
function indefinite(word) {
  if (word.endsWith("ares")) return word.slice(0, -1);
  const bare = bareS(word);
  return bare.length >= 6 && endsWith(bare, BARE_N) ? bare.slice(0, -1) : word;
}

/** @param {string} rest */
const etMayGo = (rest) => rest.length >= 4 && !VOWELS.has(rest.at(-1)) && !endsWith(rest, NO_ET);

/**
 * @param {string} ending
 * @param {string} rest
 * @returns {boolean}
 */
function mayGo(ending, rest) {
  if (ending === "et") return etMayGo(rest);
  if (ending === "s") return BEFORE_S.has(rest.at(-1));
  if (OFTEN_PART.has(ending)) return rest.length >= 4 && !(ending === "ad" && rest.endsWith("st"));
  return true;
}

/**
 * @param {string} word
 * @param {number} from
 * @returns {string}
 */
function endingOf(word, from) {
  for (const ending of ENDINGS) {
    if (word.length - ending.length < from || !word.endsWith(ending)) continue;
    const rest = without(word, ending);
    if (ending === "s" && rest.endsWith("et")) {
      const inner = endingOf(rest, from);
      if (inner) return inner + "s";
    }
    return mayGo(ending, rest) ? ending : "";
  }
  return "";
}

/** @param {string} word */
function withoutAn(word) {
  const bare = bareS(word);
  return bare.length >= 5 && bare.endsWith("an") && !KEEP_AN.has(bare) ? bare.slice(0, -2) : word;
}

/**
 * @param {string} word
 * @param {number} from
 */
function withoutSuffix(word, from) {
  const room = word.length - from;
  if (word.endsWith("fullt") && room >= 5) return word.slice(0, -1);
  if (endsWith(word, ["lig", "els"]) && room >= 3) return word.slice(0, -3);
  if (word.endsWith("öst") && room >= 3 && BEFORE_OST.has(word.at(-4))) return word.slice(0, -1);
  if (word.endsWith("ig") && room >= 2) return word.slice(0, -2);
  return word;
}

/** @param {string} word */
function bare(word) {
  const from = region(word);
  let ending = "";
  while (!KEEP.has(word)) {
    const before = ending;
    let rest = withoutAn(word);
    if (rest !== word) ending = "an";
    else {
      ending = endingOf(word, from);
      rest = without(word, ending);
    }
    if (before) {
      const left = without(word, ending);
      const may = OF_NOUNS.has(before) && SECOND.has(ending) && !(ending === "er" && before.startsWith("ar"));
      if (!may || (ending !== "or" && left.length < 4)) break;
    }
    if (!ending) break;
    word = rest;
  }
  if (endsWith(word, PAIRS) && word.length - 2 >= from) word = word.slice(0, -1);
  return withoutSuffix(word, from);
}

/** @param {string} word */
function repaired(word) {
  const size = word.length;
  if (size >= 6 && endsWith(word, ["alt", "ellt", "ilt"])) word = word.slice(0, -1);
  if (size >= 4) {
    if (size >= 5 && word.endsWith("el") && !VOWELS.has(word.at(-3))) word = word.slice(0, -2) + "l";
    else if (word.endsWith("r") && !VOWELS.has(word.at(-2)) && word.at(-2) !== "r") word = word.slice(0, -1);
    else if (endsWith(word, ["ttn", "ckn", "pn"])) word = word.slice(0, -1);
  }
  if ((word.length >= 5 && word.endsWith("in")) || word.endsWith("jön")) word = word.slice(0, -1);
  if (word.length >= 4 && endsWith(word, ["mm", "nn"])) word = word.slice(0, -1);
  return word.endsWith("dj") ? word.slice(0, -1) : word;
}

/**
 * Tell whether a word is digits and nothing else.
 * @param {string} word
 */
export const isDecimal = (word) => IS_DECIMAL.test(word);

/**
 * Return the stem of a word in lower case: "stadsdelarnas" gives "stadsdel".
 * @param {string} word
 * @returns {string}
 */
export function stem(word) {
  if (word.length < 3 || isDecimal(word)) return word;
  return WHOLE.get(word) ?? repaired(bare(indefinite(singular(word))));
}

/** @type {[string, number][]} */
const DERIVED = [
  ["isering", 4],
  ["isation", 4],
  ["ering", 4],
  ["ation", 4],
  ["itet", 4],
  ["skap", 5],
  ["ning", 4],
  ["iser", 4],
  ["uell", 4],
  ["isk", 4],
  ["ing", 4],
  ["ell", 5],
  ["ism", 3],
  ["ist", 4],
  ["er", 4],
  ["al", 5],
  ["i", 5],
];

/**
 * Return what a stem shares with words derived alike: placering and placer(ad) give "plac".
 * @param {string} stemmed
 */
export function root(stemmed) {
  for (const [suffix, least] of DERIVED)
    if (stemmed.endsWith(suffix) && stemmed.length - suffix.length >= least) {
      const rest = without(stemmed, suffix);
      return suffix === "skap" ? stem(rest) : rest;
    }
  return stemmed;
}
