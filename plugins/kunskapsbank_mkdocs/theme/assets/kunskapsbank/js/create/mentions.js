// A report's text → its sentences, and where in them the terms of a vocabulary are mentioned, however inflected.
// The twin of kunskapsbank/mentions.py, which tells why; tests/cases/create/suggest.json holds the two together.
// @ts-check

import { root, stem } from "../search/stem.js";
import { STOP_WORDS } from "../search/stopwords.js";
import { words } from "../search/text.js";

const IN_TITLE = 16;
const IN_HEADING = 8;
export const IN_SUMMARY = 8;
const IN_TEXT = 4;
const ENOUGH = 60;
const SAME = 100;
const AKIN = 70;
const SHORTEST_PART = 6;
const LONGEST_PASSAGE = 160;

const MARKUP = [
  [/!\[([^\]\n]*)\]\([^)\n]*\)/g, "$1"],
  [/\[([^\]\n]*)\]\([^)\n]*\)/g, "$1"],
  [/\[\^[^\]\n]*\]:?/g, ""],
  [/<[^>\n]*>/g, ""],
  [/[*_`|]+/g, " "],
  [/\\(.)/g, "$1"],
];
const AGENT = ["e", "en", "es", "ens", "na", "nas"];
const WRITTEN = /[0-9A-Za-zÀ-ÖØ-öø-ÿ]+/g;
const SENTENCE_END = /(?<=[.!?])[ \t]+(?=[A-ZÅÄÖ”"(0-9])/;

/**
 * What a term is recognised by: names as stems with their weights, and abbreviations, which count as written.
 * @typedef {{label: string, names: [string, number][][], exact: string[]}} Pattern
 * A term that a text mentions: how much in all, and the sentence that does so most.
 * @typedef {{label: string, score: number, passage: string}} Mention
 */

const oneSpace = (text) => text.split(/\s+/).filter(Boolean).join(" ");

/** A sentence, heading or row of a table; `weight` says how much what is mentioned here counts. */
export class Sentence {
  /** @type {Set<string>} */
  #forms;
  /** @type {Set<string>} */
  #stems;
  /** @type {Set<string>} */
  #roots;
  /** @type {Set<string>} */
  #abbreviations;

  /**
   * @param {string} text
   * @param {number} weight
   * @param {number} heading its level, 0 for a sentence
   * @param {{cues: {[name: string]: RegExp}, meaning: {[stem: string]: string}}} by
   */
  constructor(text, weight, heading, by) {
    this.text = text;
    this.weight = weight;
    this.heading = heading;
    this.lower = text.toLowerCase();
    this.by = by;
  }

  /** The words that say something, in lower case. */
  get forms() {
    this.#forms ??= new Set(
      [...words(this.text)].flatMap((word) => word.pieces).filter((piece) => !STOP_WORDS.has(piece)),
    );
    return this.#forms;
  }

  get stems() {
    this.#stems ??= new Set([...this.forms].map((form) => this.by.meaning[stem(form)] ?? stem(form)));
    return this.#stems;
  }

  get roots() {
    this.#roots ??= new Set([...this.stems].map(root));
    return this.#roots;
  }

  get abbreviations() {
    this.#abbreviations ??= new Set(this.text.match(WRITTEN));
    return this.#abbreviations;
  }

  /** Tell whether there is something in the sentence for each of these cues. */
  says(...cues) {
    return cues.every((cue) => this.by.cues[cue].test(this.lower));
  }

  /** The sentence, shortened at a space. */
  get passage() {
    if (this.text.length <= LONGEST_PASSAGE) return this.text;
    const longer = this.text.slice(0, LONGEST_PASSAGE + 1);
    const wholeWords = longer.slice(0, Math.max(longer.lastIndexOf(" "), 0));
    return `${wholeWords || this.text.slice(0, LONGEST_PASSAGE)} …`;
  }
}

const plain = (line) => oneSpace(MARKUP.reduce((text, [pattern, put]) => text.replace(pattern, String(put)), line));

/** Return the sentences of a text in Markdown, or plain text; the first heading of level 1 is the title. */
export function sentences(markdown, by) {
  /** @type {Sentence[]} */
  const found = [];
  let paragraph = [];
  let weight = IN_TEXT;
  const close = () => {
    const parts = oneSpace(paragraph.join(" ")).split(SENTENCE_END);
    for (const part of parts) if (part) found.push(new Sentence(part, weight, 0, by));
    paragraph = [];
  };
  const text = markdown.replace(/<!--[^]*?-->/g, " ").normalize("NFC").replaceAll("\r\n", "\n");
  for (const line of text.split("\n")) {
    const heading = /^(#{1,6})[ \t]+(.*)/.exec(line);
    const starts = /^[ \t]*([-*+]|[0-9]+[.)])[ \t]+/.exec(line);
    if (heading || starts || !line.trim() || line.trimStart().startsWith("|")) close();
    if (heading) {
      const level = heading[1].length;
      const title = plain(heading[2]);
      weight = by.cues.summary.test(title.toLowerCase()) ? IN_SUMMARY : IN_TEXT;
      found.push(new Sentence(title, level === 1 ? IN_TITLE : IN_HEADING, level, by));
    } else paragraph.push(plain(starts ? line.slice(starts[0].length) : line));
  }
  close();
  return found.filter((sentence) => sentence.text);
}

/**
 * Return the terms that the sentences mention, most first, in the order of the vocabulary where they tie.
 * @param {Sentence[]} found
 * @param {Pattern[]} terms
 * @returns {Mention[]}
 */
export function mentioned(found, terms) {
  const mentions = terms.map((pattern) => {
    let score = 0;
    let best = 0;
    let passage = "";
    for (const sentence of found) {
      const worth = sentence.weight * strength(sentence, pattern);
      score += worth;
      if (worth > best) [best, passage] = [worth, sentence.passage];
    }
    return { label: pattern.label, score, passage };
  });
  return mentions.filter(({ score }) => score).sort((a, b) => b.score - a.score);
}

/** Return how surely the sentence names the term, in per cent; 0 where too little of its name is there. */
function strength(sentence, pattern) {
  if (pattern.exact.some((abbreviation) => sentence.abbreviations.has(abbreviation))) return 100;
  let best = 0;
  for (const name of pattern.names) {
    let total = 0;
    let there = 0;
    for (const [wanted, weight] of name) {
      total += weight;
      there += weight * likeness(sentence, wanted, name.length > 1);
    }
    best = Math.max(best, Math.floor(there / total));
  }
  return best >= ENOUGH ? best : 0;
}

/** Return how surely a word of a name stands in the sentence, in per cent; a word alone needs more than its root. */
function likeness(sentence, wanted, amongOthers) {
  if (sentence.stems.has(wanted)) return SAME;
  const beginning = wanted.endsWith("-") ? wanted.slice(0, -1) : wanted;
  if (beginning !== wanted && AGENT.some((ending) => sentence.forms.has(beginning + ending))) return SAME;
  if (amongOthers && sentence.roots.has(root(wanted))) return AKIN;
  return beginning.length >= SHORTEST_PART && [...sentence.forms].some((form) => isPart(form, beginning)) ? AKIN : 0;
}

const isPart = (form, wanted) => form !== wanted && (form.startsWith(wanted) || form.endsWith(wanted));
