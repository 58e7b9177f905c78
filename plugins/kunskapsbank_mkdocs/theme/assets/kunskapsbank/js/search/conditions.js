// A question's phrases, fields and words that must not be there → which of the documents found are answers. The twin of
// conditions.py.

import { isSame, normal, yearsAsked } from "./asked.js";
import { pieces } from "./pieces.js";
import { stem } from "./stem.js";
import { folded, unaccented } from "./text.js";

/** The texts of so many documents are looked into, the best first. */
export const MOST_READ = 60;
export const NOT_ALL_READ = `Bara de ${MOST_READ} bästa träffarna har jämförts med citat och fält ord för ord.`;

/** @typedef {Record<import("./asked.js").Attribute, string>} Texts */

/** What a document must be besides ranked. */
export class Conditions {
  #asked;
  #barredPhrases;

  /** @param {import("./asked.js").Asked} asked */
  constructor(asked) {
    this.#asked = asked;
    const whole = asked.texts.filter(({ isPrefix }) => !isPrefix).map((text) => text.words);
    const needed = [...asked.phrases, ...whole].flatMap((words) => pieces(words.join(" ")));
    /** The stems that a document must have, and those that it must not. */
    this.needed = [...new Set(needed.map((piece) => stem(piece.text)))];
    this.barred = asked.without.filter((phrase) => phrase.length === 1).map(([word]) => stem(word));
    this.#barredPhrases = asked.without.filter((phrase) => phrase.length > 1);
  }

  /** Whether the texts must be looked into. */
  get mustRead() {
    return this.#asked.phrases.length + this.#asked.texts.length + this.#barredPhrases.length > 0;
  }

  /**
   * Tell whether the texts of a document have all phrases as written and all words in fields.
   * @param {Texts} texts
   */
  hold(texts) {
    const normals = [texts.title, texts.summary, texts.headings, texts.body].map(normal);
    return (
      this.#asked.phrases.every((phrase) => normals.some((words) => has(words, phrase))) &&
      !this.#barredPhrases.some((phrase) => normals.some((words) => has(words, phrase))) &&
      this.#asked.texts.every((wanted) => standsIn(texts[wanted.attribute], wanted))
    );
  }

  /**
   * Tell whether the question is one phrase, and that is the whole title.
   * @param {string} title
   */
  isTitle(title) {
    return this.#asked.isAllQuoted && isSame(normal(title), this.#asked.phrases[0]);
  }
}

/**
 * @param {string[]} words
 * @param {string[]} phrase
 */
function has(words, phrase) {
  for (let place = 0; place <= words.length - phrase.length; place += 1)
    if (phrase.every((word, number) => words[place + number] === word)) return true;
  return false;
}

/**
 * @param {string} text
 * @param {import("./asked.js").InText} wanted
 */
function standsIn(text, { words, isPrefix }) {
  const found = normal(text);
  const stems = new Set(found.map(stem));
  const whole = words.slice(0, -1);
  const last = words[words.length - 1];
  const begins = isPrefix ? found.some((word) => word.startsWith(last)) : stems.has(stem(last));
  return begins && whole.every((word) => stems.has(stem(word)));
}

/**
 * Return the ids of the terms that are meant by what somebody typed: the whole label, another whole name ("MI"), the
 * beginning of a label ("häg*"), years from and to, or else a word of the label.
 * @param {string} value
 * @param {{id: string, label: string, names: string[]}[]} terms
 * @param {boolean} isYears
 */
export function termsMeant(value, terms, isYears) {
  const ids = terms.map(({ id }) => id);
  const years = isYears ? yearsAsked(value, ids) : null;
  if (years) return years;
  const wanted = slug(value);
  if (!wanted) return [];
  /** @param {(term: {id: string, label: string, names: string[]}) => boolean} fits */
  const those = (fits) => terms.filter(fits).map(({ id }) => id);
  if (value.endsWith("*")) return those(({ label }) => slug(label).startsWith(wanted));
  const exact = those(({ id, label }) => id === wanted || slug(label) === wanted);
  if (exact.length) return exact;
  const named = those(({ names }) => names.some((name) => slug(name) === wanted));
  return named.length ? named : those(({ label }) => slug(label).split("-").includes(wanted));
}

/** @param {string} text */
function slug(text) {
  return unaccented(folded(text))
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}
