// Swedish running text → words in normal form, each with the pieces it was written in. The twin of words.py.

import { isDecimal } from "./stem.js";

const LONGEST_WORD = 60;
const SOFT = "\u00ad";
/** @type {Record<string, string>} */
const SAME = {
  æ: "ä",
  ø: "ö",
  ł: "l",
  đ: "d",
  ħ: "h",
  ð: "d",
  ŋ: "n",
  ı: "i",
  "\u2010": "-",
  "\u2011": "-",
  "\u2019": "'",
  "\u00a0": " ",
  "\u202f": " ",
  "\u2009": " ",
  "\u200c": SOFT,
  "\u200d": SOFT,
  "\u2060": SOFT,
  "\ufeff": SOFT,
  "\u200b": SOFT,
};
/** @type {Record<string, string>} */
const SPELT = {
  œ: "oe",
  ß: "ss",
  þ: "th",
  ĳ: "ij",
  ﬀ: "ff",
  ﬁ: "fi",
  ﬂ: "fl",
  ﬃ: "ffi",
  ﬄ: "ffl",
  ﬅ: "st",
  ﬆ: "st",
  [SOFT]: "",
};
const IS_SPELT = new RegExp(`[${Object.keys(SPELT).join("")}]`, "g");

// What is a space, a digit, a letter or a sign of the two: as Python says, which JavaScript's \s, \d and \w do not.
const SPACE = String.raw`\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000`;
const DIGIT = String.raw`\p{Nd}`;
const LETTER = String.raw`[\p{L}\p{Nl}\p{No}]`;
const SIGN = String.raw`[\p{L}\p{N}]`;
const SIGNS = String.raw`${SIGN}(?:${SIGN}|\xad)*`;
const SPACED = `${DIGIT}{1,3}(?: ${DIGIT}{3})+(?:,${DIGIT}+)?(?!${SIGN})`;
const ENDING = `(?::${LETTER}{1,5}(?!${SIGN}))?`;
const WORD = new RegExp(
  `(?<spaced>${SPACED})|(?<number>${DIGIT}+(?:[.,]${DIGIT}+)+)|` +
    `(?<word>${SIGNS}(?:[-']${SIGNS})*)${ENDING}(?<open>-(?=[${SPACE},]))?`,
  "gu",
);
const THOUSANDS = /^\p{Nd}{1,3}(?:\.\p{Nd}{3})+$/u;
const NUMBERED =
  /(?<![\p{L}\p{N}])(?:fas|del|steg|nivå|punkt|kapitel|kap|avsnitt|bilaga|tabell|figur|sida|sid|s|nr|nummer|version|linje|klass|årskurs|åk|grupp|typ|etapp|omgång|artikel|vecka|kategori|plan|rum|modul|spår)\.? $/u;
const AFTER_DIGIT = /\p{Nd}[ -]$/u;
const BEFORE_DIGIT = /^[ -]\p{Nd}/u;
const IS_CAPITAL = /\p{Uppercase}/u;
const NOT_FOLDED = /[^ -@[-~åäö]/gu;
const IS_MARK = /^\p{Mn}$/u;
const BLANK = new RegExp(`^[${SPACE}]*$`);

/**
 * One word of a text: `text` without its inner hyphens, `pieces` what stood between them, `isOpen` where it breaks off
 * with a hyphen ("hälso-"), `start` and `end` its place in the text's normal form C, `isSign` where a single letter is
 * more than a letter ("plan B", "F 17").
 * @typedef {{text: string, pieces: string[], isOpen: boolean, start: number, end: number, isSign: boolean}} Word
 */

/**
 * What characters become, worked out when one is first met.
 * @type {Map<string, string>}
 */
const FOLDED = new Map();

/** @param {string} character */
function fold(character) {
  let found = FOLDED.get(character);
  if (found === undefined) FOLDED.set(character, (found = foldedAnew(character)));
  return found;
}

/** @param {string} character */
function foldedAnew(character) {
  const lowered = character === "İ" ? "i" : character.toLowerCase();
  const lower = size(lowered) === 1 ? (SAME[lowered] ?? lowered) : character;
  if ("åäö".includes(lower)) return lower;
  const [bare, ...rest] = lower.normalize("NFD");
  return rest.every((mark) => IS_MARK.test(mark)) ? bare : lower;
}

/**
 * Tell whether there is nothing but spaces in a text.
 * @param {string} text
 */
export const isBlank = (text) => BLANK.test(text);

/**
 * Return how many characters (not halves of them) a text has.
 * @param {string} text
 */
export const size = (text) => Array.from(text).length;

/** @param {string} text */
const cut = (text) => (text.length > LONGEST_WORD ? Array.from(text).slice(0, LONGEST_WORD).join("") : text);

/**
 * Return `text` in lower case without foreign accents, character for character of its normal form C.
 * @param {string} text
 */
export const folded = (text) => text.normalize("NFC").replace(NOT_FOLDED, fold);

/**
 * Return a folded word as someone without å, ä and ö would type it.
 * @param {string} word
 */
export const unaccented = (word) => word.replace(/[åä]/g, "a").replace(/ö/g, "o");

/**
 * Return the words of `text` in order.
 * @returns {Generator<Word>}
 * @param {string} text
 */
export function* words(text) {
  const written = text.normalize("NFC");
  const plain = folded(written);
  for (const match of plain.matchAll(WORD)) {
    const { spaced: thousands, number, word, open } = match.groups ?? {};
    const start = match.index;
    const end = start + match[0].length;
    if (word === undefined) {
      for (const digits of thousands ? spaced(thousands, plain, written, start) : separated(number))
        yield { text: digits, pieces: [digits], isOpen: false, start, end, isSign: false };
      continue;
    }
    const spoken = word.replace(IS_SPELT, (character) => SPELT[character]);
    const pieces = spoken.split(/[-']/).map(cut);
    if (pieces.length > 1 && pieces.every(isDecimal)) {
      for (const piece of pieces) yield { text: piece, pieces: [piece], isOpen: false, start, end, isSign: false };
      continue;
    }
    const isSign = isSigns(pieces, written, plain, start, end);
    yield { text: cut(pieces.join("")), pieces, isOpen: open !== undefined, start, end, isSign };
  }
}

/**
 * @param {string} number
 * @param {string} plain
 * @param {string} written
 * @param {number} start
 */
function spaced(number, plain, written, start) {
  const isBound = Array.from(number).some((sign, place) => sign === " " && written[start + place] !== " ");
  if (!isBound && NUMBERED.test(plain.slice(Math.max(0, start - 12), start))) return number.split(" ");
  return [number.replaceAll(" ", "")];
}

/** @param {string} number */
function separated(number) {
  if (THOUSANDS.test(number)) return [number.replaceAll(".", "")];
  const parts = number.split(/[.,]/);
  const areYears = parts.every((part) => part.length === 4);
  return parts.length === 2 && !areYears ? [parts.join(",")] : parts;
}

/**
 * @param {string[]} pieces
 * @param {string} written
 * @param {string} plain
 * @param {number} start
 * @param {number} end
 */
function isSigns(pieces, written, plain, start, end) {
  if (pieces.every((piece) => size(piece) > 1)) return false;
  if (plain.slice(start, end).includes("-") || pieces.some(isDecimal)) return true;
  if (AFTER_DIGIT.test(plain.slice(Math.max(0, start - 2), start)) || BEFORE_DIGIT.test(plain.slice(end, end + 2)))
    return true;
  return IS_CAPITAL.test(written.slice(start, end));
}
