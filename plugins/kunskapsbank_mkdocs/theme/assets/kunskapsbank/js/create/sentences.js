// Swedish running text → its sentences, each with its line and its words. The twin of kunskapsbank/sentences.py, with
// the same patterns and abbreviations, which come from there: `rules.content.sentences`.
// @ts-check

import { HARD_BREAK, oneLine } from "./inline.js";
import { expressions } from "./patterns.js";

/** @typedef {{text: string, line: number, words: string[]}} Sentence */

/**
 * Return the sentences of a paragraph that begins on `line`; what has no words is no sentence.
 * @param {string} text
 * @param {number} line
 * @param {any} rules skapa/regler.json
 */
export function sentences(text, line, rules) {
  const { patterns, abbreviations, longest } = rules.content.sentences;
  const { end, last, initial, word } = expressions(patterns, "gu");
  /** @type {Sentence[]} */
  const found = [];
  let start = 0;
  const add = (/** @type {number} */ to) => {
    const written = text.slice(start, to).replaceAll(HARD_BREAK, " ");
    const words = written.match(word);
    if (!words) return;
    const before = text.slice(0, start) + (/^[ \n\u00a0]*/.exec(written)?.[0] ?? "");
    found.push({ text: oneLine(written), line: line + before.split("\n").length - 1, words });
  };
  for (const match of text.matchAll(end)) {
    const to = match.index + match[0].length;
    const ending = text.slice(Math.max(start, to - longest), to).match(last)?.[0] ?? "";
    if (abbreviations.includes(ending.toLowerCase()) || ending.match(initial)) continue;
    add(to);
    start = to;
  }
  add(text.length);
  return found;
}

/** Return how many letters a word has. @param {string} word @param {any} rules */
export const letters = (word, rules) =>
  (word.match(expressions(rules.content.sentences.patterns, "gu").letter) ?? []).length;
