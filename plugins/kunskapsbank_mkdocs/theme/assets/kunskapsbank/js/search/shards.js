// The index's files → what they say of words and documents, and which file that stands in. Their format is described in
// kunskapsbank/search/export.py.

import { VERSION } from "./analysis.js";
import { Files } from "./files.js";
import { isWord } from "./known.js";
import { GROUP_MARK, Meanings, whole } from "./meanings.js";
import * as packed from "./packed.js";
import { alike, furtherKeysOf, keysOf } from "./spelling.js";
import { stem } from "./stem.js";
import { unaccented } from "./text.js";

const FORMAT = 5;
const NUMBERS_IN_FACET_FILE = 32_768;
const MOST_LEAVES = 4;
const FEW_LEAVES = 2;
const WORDS_MARK = "/";
const MEANING_MARK = "|";

/**
 * @typedef {import("./files.js").Read} Read
 * What the index says of itself.
 * @typedef {{format: number, analysis: number, version: string, piece: number, documents: number,
 *   facets: {id: string, key: string, label: string,
 *     terms: {id: string, label: string, names: string[], count: number}[]}[],
 *   leaves: string, parts: string[], words: string[], known: string[]}} Manifest
 * What it shows of a document as a hit, with a piece of its text: whether that is its beginning, and its end. `project` is
 * the id of the project that it is of, "" where it stands alone.
 * @typedef {{id: string, url: string, title: string, kind: string, years: string, owners: string, summary: string,
 *   result: string, project: string, attached?: number, text: string, begins: boolean, ends: boolean}} Stored
 */

/** A search that is not possible; the message is for the reader and says what to do. */
export class SearchError extends Error {}

/**
 * @param {Read} read
 * @returns {Promise<Manifest>}
 */
async function readManifest(read) {
  let manifest;
  try {
    manifest = packed.json(await read("manifest.json"));
  } catch {
    throw new SearchError("Sökningen gick inte att starta: indexet gick inte att hämta. Ladda om sidan om en stund.");
  }
  if (manifest?.format === FORMAT && manifest.analysis === VERSION) return manifest;
  throw new SearchError(
    "Sökningen gick inte att starta: indexet är av en annan version än sidan. Ladda om sidan. " +
      "Hjälper det inte behöver webbplatsen byggas om.",
  );
}

/**
 * Return the place of the last of the sorted `firsts` that is not after `key`; the first place where all are.
 * @template {string | number} Key
 * @param {Key[]} firsts
 * @param {Key} key
 */
function placeOf(firsts, key) {
  let [low, high] = [0, firsts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (firsts[middle] <= key) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

/**
 * Return the name of a leaf's file: letters and digits as they are, other signs by number.
 * @param {string} beginning
 */
const leafName = (beginning) => {
  const signs = Array.from(beginning, (sign) =>
    /[a-z0-9]/.test(sign) ? sign : `_${sign.codePointAt(0)?.toString(16)}_`,
  );
  return `-${signs.join("")}`;
};

/**
 * Return the words of the texts that are written under a stem.
 * @param {string} name
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
const written = (name, bytes) =>
  packed
    .text(bytes)
    .split("\n")
    .flatMap((line) => line.split(" ")[0].split(","))
    .map((word) => (word.startsWith("+") ? name.slice(WORDS_MARK.length) + word.slice(1) : word));

/**
 * The index. Its answers are undefined while a file that they need is not here, and as if nothing were there where one
 * cannot be read: ask inside `settle`.
 */
export class Index {
  #read;
  #files;
  #leaves;
  /** @type {WeakMap<Uint8Array, import("./ranking.js").Posting[]>} */
  #decoded = new WeakMap();
  /** @type {Map<string, string | null>} */
  #partPaths = new Map();
  /**
   * The stems that groups have been met by.
   * @type {Map<string, string>}
   */
  #met = new Map();

  /**
   * Return the index that `read` reads; rejects with a SearchError if it is of no use to this client.
   * @param {Read} read
   */
  static async open(read) {
    return new Index(read, await readManifest(read));
  }

  /**
   * @param {Read} read
   * @param {Manifest} manifest
   */
  constructor(read, manifest) {
    this.#read = read;
    this.#files = new Files(read);
    this.#leaves = packed.beginnings(manifest.leaves);
    this.manifest = manifest;
    this.meanings = new Meanings(this);
  }

  /**
   * @template Value
   * @param {() => Value} attempt
   * @param {Set<string>} [failed]
   * @param {AbortSignal} [signal]
   */
  settle = (attempt, failed = new Set(), signal) => this.#files.settle(attempt, failed, signal);

  /**
   * @param {() => unknown} attempt
   * @param {boolean} goesOn
   */
  expect = (attempt, goesOn) => this.#files.expect(attempt, goesOn);

  forgive = () => this.#files.forgive();

  /** Tell whether another index lies there by now, and files of this one may be gone or others. */
  async isReplaced() {
    try {
      return packed.json(await this.#read("manifest.json")).version !== this.manifest.version;
    } catch {
      return false;
    }
  }

  /**
   * Return the parts of compounds that begin as `form` does, {typed, plain}.
   * @param {string} form
   */
  parts(form) {
    const letters = form.slice(0, 2);
    let path = this.#partPaths.get(letters);
    if (path === undefined) {
      const keys = this.manifest.parts;
      const key = unaccented(letters);
      path = key >= keys[0] ? `p/${placeOf(keys, key)}.kb` : null;
      this.#partPaths.set(letters, path);
    }
    return path === null ? null : this.#files.take(path, packed.parts);
  }

  /**
   * Tell whether a term occurs.
   * @param {string} term
   */
  has(term) {
    return this.#leafOf(this.#keyOf(term))?.has(term);
  }

  /**
   * Return the terms that are `plain` when å, ä and ö are typed as a, a and o.
   * @param {string} plain
   */
  accented(plain) {
    const terms = this.#leafOf(unaccented(plain)) ?? new Map();
    return [...terms.keys()].filter((term) => term !== plain && unaccented(term) === plain);
  }

  /**
   * Return the postings of a term.
   * @param {string} term
   * @returns {import("./ranking.js").Posting[]}
   */
  postings(term) {
    const bytes = this.#leafOf(this.#keyOf(term))?.get(term);
    if (!bytes) return [];
    let decoded = this.#decoded.get(bytes);
    if (!decoded) this.#decoded.set(bytes, (decoded = packed.postings(bytes)));
    return decoded;
  }

  /**
   * Return what the parts of a word that a text has are found as, as `Analyser.parts` does; null where none has it.
   * @param {string} word
   * @returns {string[] | null | undefined}
   */
  partsOf(word) {
    const own = stem(word);
    const leaf = this.#leafOf(unaccented(own));
    const bytes = leaf?.get(WORDS_MARK + own);
    if (!bytes) return leaf && null;
    const written = word.startsWith(own) ? `+${word.slice(own.length)}` : word;
    const lines = packed.text(bytes).split("\n");
    const line = lines.map((line) => line.split(" ")).find(([words]) => words.split(",").includes(written));
    return line ? line.slice(1) : null;
  }

  /**
   * Return the groups of words that mean the same with a phrase that begins with a stem.
   * @param {string} own
   */
  groups(own) {
    const bytes = this.#leafOf(unaccented(own))?.get(MEANING_MARK + own);
    const found = bytes ? packed.groups(bytes) : [];
    for (const { term } of found) if (!this.#met.has(term)) this.#met.set(term, own);
    return found;
  }

  /**
   * Return the group of a term.
   * @param {string} term
   */
  group(term) {
    return this.groups(this.#startOf(term)).find((group) => group.term === term);
  }

  /** Return what words mean to each other, all of it: for a text of many words. */
  allMeanings() {
    return whole(this.#files.take("g.kb", packed.groups) ?? []);
  }

  /** Return what is told of groups, by their terms. */
  told() {
    return this.#files.take("m.kb", packed.told);
  }

  /**
   * Return the terms that begin as typed, with or without å, ä and ö, those in most documents first. Where they are
   * very many, only some are looked at.
   * @param {string} typed
   * @returns {string[]}
   */
  beginning(typed) {
    const key = unaccented(typed);
    const [first, last] = [placeOf(this.#leaves, key), placeOf(this.#leaves, `${key}\uffff`)];
    /** @type {[string, number][]} */
    const found = [];
    for (let place = first; place <= Math.min(last, first + MOST_LEAVES - 1); place += 1)
      for (const [term, bytes] of this.#leaf(place) ?? [])
        if ((typed === key ? unaccented(term) : term).startsWith(typed))
          found.push([term, new packed.Packed(bytes).number()]);
    return found.sort(([, a], [, b]) => b - a).map(([term]) => term);
  }

  /**
   * Return the words of the texts that begin as typed; undefined while that is not known, or where it would take many
   * leaves to know.
   * @param {string} typed
   */
  begun(typed) {
    const key = unaccented(typed);
    const [first, last] = [placeOf(this.#leaves, key), placeOf(this.#leaves, `${key}\uffff`)];
    if (last - first >= FEW_LEAVES) return undefined;
    const leaves = Array.from({ length: last - first + 1 }, (_, number) => this.#leaf(first + number));
    /** @type {string[]} */
    const found = [];
    for (const leaf of leaves) {
      if (!leaf) return undefined;
      for (const [name, bytes] of leaf) if (name[0] === WORDS_MARK) found.push(...written(name, bytes));
    }
    return found.filter((word) => word.startsWith(typed));
  }

  /**
   * Return which terms of a facet, by its place, a document has: their places among the facet's terms.
   * @param {number} facet
   * @param {number} number
   * @returns {number[]}
   */
  termsOf(facet, number) {
    const file = Math.floor(number / NUMBERS_IN_FACET_FILE);
    const rows = this.#files.take(`f/${this.manifest.facets[facet].id}-${file}.kb`, packed.facet);
    const numbers = this.documents();
    const start = file * NUMBERS_IN_FACET_FILE;
    const before = placeOf(numbers, start - 1);
    return rows?.[placeOf(numbers, number) - (numbers[before] < start ? before + 1 : 0)] ?? [];
  }

  /**
   * Return the numbers of the documents with a term of a facet, by their places; none is fetched for one that has none.
   * @param {number} facet
   * @param {number} term
   */
  documentsWith(facet, term) {
    const { id, terms } = this.manifest.facets[facet];
    return terms[term].count ? (this.#files.take(`b/${id}.${terms[term].id}.kb`, packed.numbers) ?? []) : [];
  }

  /** Return the numbers of all documents, the newest first. */
  documents() {
    return this.manifest.documents ? (this.#files.take("n.kb", packed.numbers) ?? []) : [];
  }

  /**
   * Return what is shown of a document, with the piece of its text in which a block is.
   * @param {number} number
   * @param {number} block
   * @returns {Stored | null | undefined}
   */
  document(number, block) {
    return this.#files.take(`h/${number}-${Math.floor(block / this.manifest.piece)}.kb`, packed.json);
  }

  /**
   * Return all texts of a document.
   * @param {number} number
   * @returns {import("./conditions.js").Texts | null | undefined}
   */
  texts(number) {
    return this.#files.take(`d/${number}.kb`, packed.json);
  }

  /**
   * Return words of documents or of meanings that begin with two letters: [word, in how many documents].
   * @param {string} key
   */
  words(key) {
    return this.manifest.words.includes(key) ? this.#files.take(`w/${key}.kb`, packed.words) : [];
  }

  /**
   * Tell whether a word is one, in the index or not. While that is not known, it is taken to be.
   * @param {string} word
   */
  isWord(word) {
    let isKnown = true;
    const is = isWord(word, (part) => {
      const found = this.#known(part);
      if (found === undefined) isKnown = false;
      return found?.get(part) ?? 0;
    });
    return is || !isKnown;
  }

  /**
   * Return the words of documents or of meanings most like one, each with what it costs to take it for them.
   * @param {string} word
   */
  alike(word) {
    for (const keys of [keysOf(word), furtherKeysOf(word)]) {
      const words = keys.map((key) => this.words(key));
      const found = alike(
        word,
        words.flatMap((those) => those ?? []),
      );
      // What is further off is not fetched before it is known that nothing is near.
      if (found.length || words.includes(undefined)) return found;
    }
    return [];
  }

  /** @param {string} part */
  #known(part) {
    const keys = this.manifest.known;
    const key = unaccented(part).slice(0, 2);
    if (!keys.length || key < keys[0]) return new Map();
    const shard = this.#files.take(`k/${placeOf(keys, key)}.kb`, packed.known);
    return shard === null ? new Map() : shard;
  }

  /** @param {string} term */
  #keyOf(term) {
    return unaccented(term.startsWith(GROUP_MARK) ? this.#startOf(term) : term);
  }

  /**
   * Return a stem that leads to a group: where it has been met, or else the first of its first phrase.
   * @param {string} term
   */
  #startOf(term) {
    return this.#met.get(term) ?? term.slice(GROUP_MARK.length).split("_")[0];
  }

  /**
   * Return the leaf in which what has a routing key is.
   * @param {string} key
   */
  #leafOf(key) {
    return this.#leaf(placeOf(this.#leaves, key));
  }

  /** @param {number} place */
  #leaf(place) {
    const beginning = this.#leaves[place];
    if (beginning === undefined) return new Map();
    const found = this.#files.take(`t/${leafName(beginning)}.kb`, packed.leaf);
    return found === null ? new Map() : found;
  }
}
