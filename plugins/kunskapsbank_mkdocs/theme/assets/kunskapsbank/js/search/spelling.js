// A word that is not in the index → the word of the documents that was most likely meant.

import { folded, unaccented } from "./text.js";

const SHORTEST = 4;
const LONG = 6;

/**
 * Return where words like this one are kept: under its two first letters, or as if one of them were misplaced.
 * @param {string} word
 */
export function keysOf(word) {
  const [a, b, c = ""] = unaccented(word);
  return [...new Set([a + b, b + a, a + c])];
}

/**
 * Return how many letters are put in, taken out, replaced or exchanged with the next; above `most` it is all one.
 * @param {string} from
 * @param {string} to
 * @param {number} most
 */
function distance(from, to, most) {
  /** @type {number[]} */
  let before = [];
  let last = Array.from({ length: to.length + 1 }, (_, place) => place);
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const other = from[i - 1] === to[j - 1] ? 0 : 1;
      row[j] = Math.min(row[j - 1] + 1, last[j] + 1, last[j - 1] + other);
      const areExchanged = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (areExchanged) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[to.length];
}

/**
 * Return the word most like `word`, of those the one in most documents; null if none is like it.
 * @param {string} word
 * @param {[string, number][]} known words with the number of documents that have them
 */
export function nearest(word, known) {
  const most = word.length < SHORTEST ? 0 : word.length < LONG ? 1 : 2;
  const plain = unaccented(word);
  /** @type {{candidate: string, far: number, count: number} | null} */
  let best = null;
  for (const [candidate, count] of known) {
    if (candidate === word || Math.abs(candidate.length - word.length) > most) continue;
    const far = distance(plain, unaccented(candidate), most);
    const isBetter = !best || far < best.far || (far === best.far && count > best.count);
    if (far <= most && isBetter) best = { candidate, far, count };
  }
  return best && best.candidate;
}

/**
 * Return the question with words replaced; all else stays as it was typed.
 * @param {string} question
 * @param {{word: string, start: number, end: number, instead: string}[]} corrections
 */
export function corrected(question, corrections) {
  let text = question.normalize("NFC");
  for (const { word, start, end, instead } of [...corrections].sort((a, b) => b.start - a.start)) {
    const place = start + folded(text.slice(start, end)).indexOf(word);
    text = text.slice(0, place) + instead + text.slice(place + word.length);
  }
  return text;
}
