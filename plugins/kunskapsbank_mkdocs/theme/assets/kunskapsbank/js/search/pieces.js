// Text → the words that say something, each with its place. The twin of pieces.py.

import { isDecimal } from "./stem.js";
import { STOP_WORDS } from "./stopwords.js";
import { size, words } from "./text.js";

/**
 * A word, or what stands between the hyphens of one; `whole` is the word of the first of several pieces.
 * @typedef {{text: string, isOpen: boolean, whole: string, start: number, end: number}} Piece
 */

/**
 * Return the words of a text, or what stands between the hyphens of one, without those that say nothing.
 * @param {string} text
 */
export function pieces(text) {
  /** @type {Piece[]} */
  const found = [];
  for (const word of words(text)) {
    let whole = word.pieces.length > 1 ? word.text : "";
    word.pieces.forEach((piece, number) => {
      if (STOP_WORDS.has(piece) || (size(piece) < 2 && !isDecimal(piece) && !word.isSign)) return;
      const isOpen = word.isOpen && number === word.pieces.length - 1;
      found.push({ text: piece, isOpen, whole, start: word.start, end: word.end });
      whole = "";
    });
  }
  return found;
}

/**
 * Return the words of a text that say nothing, once each.
 * @param {string} text
 */
export function stopWords(text) {
  /** @type {Map<string, Piece>} */
  const found = new Map();
  for (const { pieces: parts, start, end } of words(text))
    for (const piece of parts)
      if (STOP_WORDS.has(piece)) found.set(piece, { text: piece, isOpen: false, whole: "", start, end });
  return [...found.values()];
}
