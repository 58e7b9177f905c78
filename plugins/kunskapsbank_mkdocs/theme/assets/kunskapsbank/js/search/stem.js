// A Swedish word in lower case → its stem, and the root that it shares with words derived alike.
// The twin of stem.py, which tells why; tests/cases/analysis.json holds the two together.

import { irregular } from "./irregular.js";

const IS_DECIMAL = /^\p{Nd}+$/u;
// Asked about letters that a word may be too short to have.
/** @type {Set<string | undefined>} */
const VOWELS = new Set("aeiouyäåö");
/** @type {Set<string | undefined>} */
const BEFORE_S = new Set("bcdfghjklmnoprtvy");
/** @type {Set<string | undefined>} */
const BEFORE_OST = new Set("iklnprtuv");
const ENDINGS = (
  "a arna erna heterna orna ad e ade ande arne are aste en anden aren heten ern ar er heter or s as ena enas arnas " +
  "ernas ornas es ades andes ens arens hetens erns at et andet het ast"
)
  .split(" ")
  .sort((a, b) => b.length - a.length);
const NO_ET = "iet cit dit alit ilit mit nit pit rit sit tit uit ivit kvit xit".split(" ");
/** @type {Record<string, string[]>} */
const NOT_BEFORE = { ena: ["för", "ar", "sc", "r"], enas: ["för"], andet: ["amb", "örb"] };
const KEEP_ET = (
  "alfabet biljet budget buffet diet internet kabinet komet klarinet magnet paket planet poet racket raket staket " +
  "stipet tapet trumpet profet asket het arbet"
).split(" ");
const KEEP_OR = "uppror horror ator ktor motor kontor monitor humor terror junior senior".split(" ");
const OFTEN_PART = new Set(["ad", "at", "ens"]);
const KEEP_OFTEN = (
  "tomat senat sonat månad dekad nomad fasad arkad ballad sallad licens moderat privat separat desperat delikat " +
  "adekvat demens"
).split(" ");
const OF_NOUNS = new Set("en ens et ets er erna ernas ar arna arnas s an".split(" "));
const SECOND = new Set("ad at ens or ar er s het".split(" "));
/** @type {Record<string, number>} */
const LEAST_SECOND = { or: 0, at: 3, ad: 3 };
const PAIRS = ["dd", "gd", "nn", "dt", "gt", "kt", "tt"];
const MEN = ["männens", "männen", "mäns", "män"];
const KEEP_AN = new Set(
  "organ roman ocean orkan titan amerikan republikan veteran spontan banan vegan kanan".split(" "),
);
const KEEP = new Set("dans fors gips hals kors kurs lins mars puls vers".split(" "));
const KEEP_IN = (
  "icin vaccin eroin okain orfin ulin iplin rutin asin ermin oktrin kusin erlin ensin ardin askin otein tamin elfin " +
  "atin ordin ankin burin drin"
).split(" ");
const BARE_N = ["eln", "atorn", "ktorn", "otorn"];
const PAST = "rde llde mde mnde vde jde gde kte pte".split(" ");
const NO_PAST = "värde herde fjärde hårde".split(" ");
const DONE = "lld md mnd vd jd örd yrd".split(" ");
const NO_DONE = "hemd nämnd hävd skörd mörd börd nörd".split(" ");
const PASSIVE = "pts kts rts lts gts mts vts jts bts".split(" ");
const NEUTER = "bt lt mt rt vt jt pt nt vist".split(" ");
const NO_NEUTER = (
  "alt ält olt ilt bult kult mult salt halt fart start kvart part svart smart chart ort kort sport bert cert pert sert " +
  "vert xpert jurt mört smärt hjärt skjort stjärt ept ipt apt opt ript skämt samt jämt ent ant bunt strunt ont ynt " +
  "kint hint splint flint print sprint mint labyrint"
).split(" ");
const KEEP_R = "ändr undr vägr hindr lindr klandr fordr erövr bättr skildr klättr registr filtr hundr vandr odr".split(
  " ",
);

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
  const least = place === 0 ? 2 : 3;
  while (place < word.length && VOWELS.has(word[place])) place += 1;
  return place >= word.length ? word.length : Math.max(place + 1, least);
}

/** @param {string} word */
function singular(word) {
  if (!word.startsWith("allmän"))
    for (const plural of MEN) if (word.endsWith(plural)) return without(word, plural) + "man";
  return word;
}

/** @param {string} word */
function indefinite(word) {
  if (word.endsWith("ares")) return word.slice(0, -1);
  const bare = bareS(word);
  if (bare.length >= 6 && bare.endsWith("ium")) return bare.slice(0, -2);
  return bare.length >= 6 && endsWith(bare, BARE_N) ? bare.slice(0, -1) : word;
}

/** @param {string} word */
function present(word) {
  const active = word.endsWith("es") ? bareS(word) : word;
  if (endsWith(active, PAST) && !endsWith(active, NO_PAST) && active.length >= 5) return active.slice(0, -2);
  if (endsWith(word, PASSIVE)) word = word.slice(0, -1);
  const done = word.endsWith("a") ? word.slice(0, -1) : word;
  if (endsWith(done, DONE) && !endsWith(done, NO_DONE) && done.length >= 4) return done.slice(0, -1);
  return word.length >= 4 && endsWith(word, NEUTER) && !endsWith(word, NO_NEUTER) ? word.slice(0, -1) : word;
}

/**
 * @param {string} ending
 * @param {string} rest
 * @returns {boolean}
 */
function mayGo(ending, rest) {
  const word = rest + ending;
  if (ending === "et")
    return (!VOWELS.has(rest.at(-1)) || rest.endsWith("i")) && !endsWith(rest, NO_ET) && !endsWith(word, KEEP_ET);
  if (ending === "s") return BEFORE_S.has(rest.at(-1));
  if (ending === "or") return !endsWith(word, KEEP_OR);
  if (OFTEN_PART.has(ending)) return !endsWith(word, KEEP_OFTEN) && !(ending === "ad" && rest.endsWith("st"));
  if (ending === "ar") return !rest.endsWith("b") || rest.endsWith("bb");
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
    if (endsWith(rest, NOT_BEFORE[ending] ?? [])) continue;
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
  const least = VOWELS.has(word[0]) ? 4 : 5;
  return bare.length >= least && bare.endsWith("an") && !KEEP_AN.has(bare) ? bare.slice(0, -2) : word;
}

/**
 * @param {string} word
 * @param {number} from
 */
function withoutSuffix(word, from) {
  const room = word.length - from;
  if (word.endsWith("fullt") && room >= 5) return word.slice(0, -1);
  if (word.endsWith("öst") && room >= 3 && BEFORE_OST.has(word.at(-4))) return word.slice(0, -1);
  return word;
}

/**
 * Tell whether a second ending may go after `before`, the first.
 * @param {string} before
 * @param {string} ending
 * @param {string} rest
 */
function mayFollow(before, ending, rest) {
  const isPlural = before.startsWith("ar");
  let may = OF_NOUNS.has(before) && SECOND.has(ending) && !(["er", "ar", "or"].includes(ending) && isPlural);
  may ||= (before === "et" || before === "ets") && ending === "en";
  return may && !(ending === "s" && (rest.endsWith("el") || isPlural)) && rest.length >= (LEAST_SECOND[ending] ?? 4);
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
    if (!ending || (before && !mayFollow(before, ending, rest))) break;
    word = rest;
  }
  const isShort = word.length >= 4 && endsWith(word, ["kt", "gt", "dt"]);
  if (endsWith(word, PAIRS) && (word.length - 2 >= from || isShort)) word = word.slice(0, -1);
  return withoutSuffix(word, from);
}

/**
 * @param {string} word
 * @param {boolean} isInflected
 */
function repaired(word, isInflected) {
  const size = word.length;
  if (size >= 6 && endsWith(word, ["alt", "elt", "ellt", "ilt"])) word = word.slice(0, -1);
  if (size >= 4) {
    const hasR = isInflected && word.endsWith("r") && !VOWELS.has(word.at(-2)) && word.at(-2) !== "r";
    if (word.endsWith("el") && !VOWELS.has(word.at(-3))) word = word.slice(0, -2) + "l";
    else if (hasR && !endsWith(word, KEEP_R)) word = word.slice(0, -1);
    else if (endsWith(word, ["ttn", "ckn", "pn"])) word = word.slice(0, -1);
  }
  const isDefinite = word.length >= 6 && word.endsWith("in") && !endsWith(word, KEEP_IN);
  if (word.endsWith("jön") || isDefinite) word = word.slice(0, -1);
  if (word.length >= 4 && endsWith(word, ["mm", "nn"])) word = word.slice(0, -1);
  return word.endsWith("dj") ? word.slice(0, -1) : word;
}

/**
 * Tell whether a word is digits and nothing else.
 * @param {string} word
 */
export const isDecimal = (word) => IS_DECIMAL.test(word);

/**
 * Return the stem of a word in lower case: "barnens" gives "barn".
 * @param {string} word
 * @returns {string}
 */
export function stem(word) {
  if (word.length < 3 || isDecimal(word)) return word;
  const listed = irregular(word);
  if (listed) return listed;
  const stemmed = bare(present(indefinite(singular(word))));
  return repaired(stemmed, stemmed !== word);
}

const MADE_OF = [
  ["bokning", "boka"],
  ["förslag", "föreslå"],
  ["avslag", "avslå"],
  ["anslag", "anslå"],
  ["insk", "in"],
];
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
  ["els", 3],
  ["al", 5],
  ["i", 5],
];

/**
 * Return what a stem shares with words derived alike: placering and placer(ad) give "plac".
 * @param {string} stemmed
 */
export function root(stemmed) {
  for (const [ending, base] of MADE_OF) if (stemmed.endsWith(ending)) return without(stemmed, ending) + base;
  for (const [suffix, least] of DERIVED)
    if (stemmed.endsWith(suffix) && stemmed.length - suffix.length >= least) {
      const rest = without(stemmed, suffix);
      return suffix === "skap" ? stem(rest) : rest;
    }
  return stemmed;
}
