// Swedish running text → words in normal form, each with the pieces it was written in. The twin of text.py.

import { isDecimal } from "./stem.js";

const LONGEST_WORD = 60;
/** @type {Record<string, string>} */
const SAME = {
  æ: "ä",
  ø: "ö",
  "\u2010": "-",
  "\u2011": "-",
  "\u2019": "'",
  "\u00a0": " ",
  "\u202f": " ",
  "\u2009": " ",
};

// What is a space, a digit, a letter or a sign of the two: as Python says, which JavaScript's \s, \d and \w do not.
const SPACE = String.raw`\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000`;
const DIGIT = String.raw`\p{Nd}`;
const LETTER = String.raw`[\p{L}\p{Nl}\p{No}]`;
const SIGN = String.raw`[\p{L}\p{N}]`;
const NUMBER = `${DIGIT}{1,3}(?: ${DIGIT}{3})+(?!${SIGN})|${DIGIT}+(?:[.,]${DIGIT}+)+`;
const ENDING = `(?::${LETTER}{1,5}(?!${SIGN}))?`;
const WORD = new RegExp(
  `(?<number>${NUMBER})|(?<word>${SIGN}+(?:[-']${SIGN}+)*)${ENDING}(?<open>-(?=[${SPACE},]))?`,
  "gu",
);
const NOT_FOLDED = /[^ -@[-~åäö]/gu;
const IS_MARK = /^\p{Mn}$/u;
const BLANK = new RegExp(`^[${SPACE}]*$`);

/**
 * One word of a text: `text` without its inner hyphens, `pieces` what stood between them, `isOpen` where it breaks off
 * with a hyphen ("hälso-"), `start` and `end` its place in the text's normal form C.
 * @typedef {{text: string, pieces: string[], isOpen: boolean, start: number, end: number}} Word
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
  const lowered = character.toLowerCase();
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
  for (const match of folded(text).matchAll(WORD)) {
    const { number, word, open } = match.groups ?? {};
    const start = match.index;
    const end = start + match[0].length;
    if (number !== undefined) {
      const digits = number.replace(/[ .,]/g, "");
      yield { text: digits, pieces: [digits], isOpen: false, start, end };
      continue;
    }
    const pieces = word.split(/[-']/).map(cut);
    if (pieces.length > 1 && pieces.every(isDecimal)) {
      for (const piece of pieces) yield { text: piece, pieces: [piece], isOpen: false, start, end };
      continue;
    }
    yield { text: cut(pieces.join("")), pieces, isOpen: open !== undefined, start, end };
  }
}
