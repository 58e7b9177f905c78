// What somebody typed → what is asked: words to rank by, phrases that must stand as written, words that must not be
// there, and fields. The twin of asked.py, which shows the signs.

import { MOST_WORDS } from "./analysis.js";
import { pieces } from "./pieces.js";
import { folded, words } from "./text.js";

/** @type {Record<string, Attribute>} */
const TEXTS = { titel: "title", sammanfattning: "summary", rubriker: "headings", text: "body" };
const QUOTE = '["“”„«»]';
const NO_QUOTE = '[^"“”„«»]';
const BEFORE = "(?<![^ \\t\\r\\n\\u00a0(])";
const LETTER = String.raw`[\p{L}\p{Nl}\p{No}]`;
const SIGN = String.raw`[\p{L}\p{N}]`;
const TOKEN = new RegExp(
  `(?<minus>${BEFORE}-)?(?:${BEFORE}(?<ofPhrase>${LETTER}+):)?${QUOTE}(?<phrase>${NO_QUOTE}*)${QUOTE}` +
    `|${BEFORE}-(?<without>${SIGN}[^ \\t\\r\\n\\u00a0"“”„«»]*)` +
    `|${BEFORE}(?<key>${LETTER}+):(?<value>(?:>=|<=|>|<)?${SIGN}[^ \\t\\r\\n\\u00a0"“”„«»)]*)`,
  "gu",
);
const IS_QUOTE = new RegExp(QUOTE, "g");
const RANGE = /^(?<sign>>=|<=|>|<)?(?<first>[0-9]{4})(?<to>[-–—](?<last>[0-9]{4})?)?$/;
const LONGEST_ENDING = 5;

/**
 * @typedef {"title" | "summary" | "headings" | "body"} Attribute
 * Words that must stand in a text of the document; `isPrefix` where the last may go on.
 * @typedef {{attribute: Attribute, words: string[], isPrefix: boolean}} InText
 * A term that the document must have, by the key of its facet and as it was typed.
 * @typedef {{key: string, value: string}} InFacet
 * A question taken apart: `text` is all of it with signs blanked out, so that places in it are places in the question.
 * @typedef {{text: string, phrases: string[][], without: string[][], texts: InText[], facets: InFacet[],
 *   notes: string[], isAllQuoted: boolean, isEmpty: boolean, beginning: string}} Asked
 */

/** What has been read of a question so far. */
class Reading {
  /** @type {string[][]} */
  phrases = [];
  /** @type {string[][]} */
  without = [];
  /** @type {InText[]} */
  texts = [];
  /** @type {InFacet[]} */
  facets = [];
  /** @type {string[]} */
  notes = [];

  /**
   * @param {string} text
   * @param {string[]} facetKeys
   */
  constructor(text, facetKeys) {
    this.text = text;
    this.facetKeys = facetKeys;
    this.keys = new Set([...Object.keys(TEXTS), ...facetKeys.map(folded)]);
  }

  /**
   * @param {number} start
   * @param {number} end
   */
  blank(start, end) {
    this.text = this.text.slice(0, start) + " ".repeat(end - start) + this.text.slice(end);
  }
}

/**
 * Take a question apart.
 * @param {string} question
 * @param {string[]} facetKeys the keys that a chosen term can be asked by
 * @returns {Asked}
 */
export function parse(question, facetKeys) {
  const written = question.normalize("NFC");
  const reading = new Reading(written, facetKeys);
  for (const match of written.matchAll(TOKEN)) {
    const { phrase, without } = match.groups ?? {};
    if (phrase !== undefined) readPhrase(match, reading);
    else if (without !== undefined) readWithout(match, reading);
    else readField(match, reading);
  }
  if (reading.text.search(QUOTE) >= 0) {
    reading.notes.push("Ett citattecken saknar sitt par, så orden söks vart för sig.");
    reading.text = reading.text.replace(IS_QUOTE, " ");
  }
  const { text, phrases, without, texts, facets, notes } = reading;
  const asked = normal(text);
  const isEmpty = asked.length === 0;
  if (without.length && isEmpty && !facets.length)
    notes.push("Frågan säger bara vad som inte ska finnas med. Skriv också ett ord som du söker.");
  if (new Set(pieces(text).map((piece) => piece.text)).size > MOST_WORDS)
    notes.push(`Frågan är lång. Bara de ${MOST_WORDS} första orden används.`);
  const isAllQuoted = phrases.length === 1 && isSame(asked, phrases[0]);
  const beginning = texts.find(({ isPrefix }) => isPrefix)?.words.at(-1) ?? "";
  return { text, phrases, without, texts, facets, notes, isAllQuoted, isEmpty, beginning };
}

/**
 * Return every word of a text in normal form, with what stands between hyphens apart.
 * @param {string} text
 */
export const normal = (text) => Array.from(words(text), (word) => word.pieces).flat();

/**
 * @param {string[]} a
 * @param {string[]} b
 */
export const isSame = (a, b) => a.length === b.length && a.every((word, place) => word === b[place]);

/**
 * @param {RegExpMatchArray} match
 * @param {Reading} reading
 */
function readPhrase(match, reading) {
  const { minus, ofPhrase: key, phrase = "" } = match.groups ?? {};
  const from = match.index ?? 0;
  const to = from + match[0].length;
  const end = to - 1;
  const start = end - phrase.length;
  const found = normal(phrase);
  if (key && reading.keys.has(folded(key))) askField(folded(key), phrase, reading, from, to, start);
  else if (minus !== undefined) {
    reading.blank(from, to);
    if (found.length) reading.without.push(found);
  } else {
    reading.blank(start - 1, start);
    reading.blank(end, end + 1);
    if (found.length) reading.phrases.push(found);
  }
}

/**
 * @param {RegExpMatchArray} match
 * @param {Reading} reading
 */
function readWithout(match, reading) {
  const { without = "" } = match.groups ?? {};
  const from = match.index ?? 0;
  // 2016 -2018 is from one year to another.
  if (/[0-9]{4} $/.test(reading.text.slice(0, from)) && /^[0-9]{4}(?![\p{L}\p{N}])/u.test(without)) return;
  reading.blank(from, from + match[0].length);
  const found = normal(without);
  if (found.length) reading.without.push(found);
}

/**
 * @param {RegExpMatchArray} match
 * @param {Reading} reading
 */
function readField(match, reading) {
  const { key = "", value = "" } = match.groups ?? {};
  const from = match.index ?? 0;
  const to = from + match[0].length;
  if (reading.keys.has(folded(key))) askField(folded(key), value, reading, from, to, to - value.length);
  else if (!((key !== key.toLowerCase() || key.length < 3) && value.length <= LONGEST_ENDING)) {
    // "LVU:s" is a word with its ending.
    const known = [...Object.keys(TEXTS), ...reading.facetKeys].join(", ");
    reading.notes.push(`Det finns inget fält som heter ”${key}”. Fälten är ${known}.`);
    reading.blank(from + key.length, from + key.length + 1);
  }
}

/**
 * @param {string} key
 * @param {string} value
 * @param {Reading} reading
 * @param {number} from
 * @param {number} to
 * @param {number} start where the value begins
 */
function askField(key, value, reading, from, to, start) {
  if (!(key in TEXTS)) {
    reading.blank(from, to);
    reading.facets.push({ key, value });
    return;
  }
  // The words are ranked by too.
  reading.blank(from, start);
  reading.blank(start + value.length, to);
  const found = normal(value);
  if (found.length) reading.texts.push({ attribute: TEXTS[key], words: found, isPrefix: value.endsWith("*") });
}

/**
 * Return which of the years are meant by "2018", "2016-2018", "2016-" or ">2016"; null for anything else.
 * @param {string} value
 * @param {string[]} years
 */
export function yearsAsked(value, years) {
  const match = value.match(RANGE);
  if (!match) return null;
  const { sign = "", to, last } = match.groups ?? {};
  const first = Number(match.groups?.first);
  const isBelow = sign.startsWith("<");
  const lowest = isBelow ? 0 : sign === ">" ? first + 1 : first;
  const isOpen = sign !== "" || (to !== undefined && last === undefined);
  const below = sign === "<=" ? first : first - 1;
  const highest = isBelow ? below : isOpen ? 9999 : Number(last ?? first);
  return years.filter((year) => /^\d+$/.test(year) && lowest <= Number(year) && Number(year) <= highest);
}
