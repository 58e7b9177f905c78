// The index's files → what they say: fetches them, unpacks them, keeps them, and alone knows their format, which
// kunskapsbank/search/export.py describes.

import { VERSION } from "./analysis.js";
import { isWord } from "./known.js";
import { lexicon, withoutAccents } from "./lexicon.js";
import { Meanings } from "./meanings.js";
import { alike, keysOf } from "./spelling.js";
import { unaccented } from "./text.js";

const FORMAT = 2;
const FAN_OUT = 64;
const DOCUMENTS_IN_FACET_SHARD = 256;
const MOST_LEAVES = 4;

/**
 * Reads a file of the index; rejects if there is none.
 * @typedef {(path: string) => Promise<Uint8Array<ArrayBuffer>>} Read
 * What the index says of itself.
 * @typedef {{format: number, analysis: number, folder: string, documents: number,
 *   facets: {id: string, key: string, label: string, terms: {id: string, label: string, count: number}[]}[],
 *   meanings: string, terms: {levels: number, first: string[]}, parts: string[], words: string[],
 *   known: string[]}} Manifest
 * What it keeps of a document.
 * @typedef {{id: string, url: string, title: string, kind: string, years: string, owners: string, summary: string,
 *   headings: string, body: string, result: string, project: string}} Stored
 */

/**
 * @template Held
 * @typedef {(bytes: Uint8Array<ArrayBuffer>) => Held} Decode
 */

/** A search that is not possible; the message is for the reader and says what to do. */
export class SearchError extends Error {}

/** Reads numbers and texts off packed bytes. */
class Packed {
  static #decoder = new TextDecoder();
  #bytes;
  #place = 0;

  /** @param {Uint8Array<ArrayBuffer>} bytes */
  constructor(bytes) {
    this.#bytes = bytes;
  }

  get isAtEnd() {
    return this.#place >= this.#bytes.length;
  }

  /** Return the next number: seven bits a byte, the lowest first. */
  number() {
    for (let found = 0, shift = 0; this.#place < this.#bytes.length; shift += 7) {
      const byte = this.#bytes[this.#place];
      this.#place += 1;
      found |= (byte & 0x7f) << shift;
      if (byte < 0x80) return found;
    }
    throw new RangeError("A packed number is cut off.");
  }

  /**
   * Return `count` ascending numbers: the first itself, then the differences.
   * @param {number} count
   * @returns {number[]}
   */
  ascending(count) {
    let last = 0;
    return Array.from({ length: count }, () => (last += this.number()));
  }

  /** Return the next bytes, before which stands how many they are. */
  bytes() {
    const size = this.number();
    this.#place += size;
    return this.#bytes.subarray(this.#place - size, this.#place);
  }

  text() {
    return Packed.#decoder.decode(this.bytes());
  }
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
const text = (bytes) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);
/** @param {Uint8Array<ArrayBuffer>} bytes */
const json = (bytes) => JSON.parse(text(bytes));

/**
 * A leaf: the packed postings of each of its terms.
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
function leaf(bytes) {
  const packed = new Packed(bytes);
  const found = new Map();
  while (!packed.isAtEnd) found.set(packed.text(), packed.bytes());
  return found;
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {import("./ranking.js").Posting[]}
 */
function postings(bytes) {
  const packed = new Packed(bytes);
  let document = 0;
  return Array.from({ length: packed.number() }, () => {
    document += packed.number();
    return { document, impact: packed.number(), blocks: packed.ascending(packed.number()) };
  });
}

/**
 * The ordinals of each document's facet terms.
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
function facetShard(bytes) {
  const packed = new Packed(bytes);
  const found = [];
  while (!packed.isAtEnd) found.push(packed.ascending(packed.number()));
  return found;
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
function numbers(bytes) {
  const packed = new Packed(bytes);
  const found = [];
  let last = 0;
  while (!packed.isAtEnd) found.push((last += packed.number()));
  return found;
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
function partShard(bytes) {
  const typed = lexicon(json(bytes));
  return { typed, plain: withoutAccents(typed) };
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {[string, number][]}
 */
function wordShard(bytes) {
  const lines = text(bytes).split("\n").filter(Boolean);
  return lines.map((line) => line.split(" ")).map(([word, count]) => [word, Number(count)]);
}

/**
 * Stems and forms, each with what it is known as.
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
function knownShard(bytes) {
  const lines = text(bytes).split("\n");
  return new Map(lines.map((line) => line.split(" ")).map(([known, sort = "1"]) => [known, Number(sort)]));
}

/**
 * What words mean to each other: a group a line, its name, theme, broader groups and phrases.
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
function meaningsOf(bytes) {
  const lines = text(bytes).split("\n").filter(Boolean);
  return new Meanings(
    lines.map((line) => {
      const [name, theme, broader, phrases] = line.split("\t");
      const above = broader.split(" ").filter(Boolean);
      return { name, theme, phrases: phrases.split("|"), broader: above.map((pair) => pair.split(":").map(Number)) };
    }),
  );
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
export async function unpacked(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * Files that are fetched when first wanted, unpacked and kept. What is worked out from them does not wait: it takes
 * what is here, and is worked out again (`settle`) when what it wanted besides has come.
 */
class Shards {
  #read;
  #folder;
  /** @type {Map<string, any>} */
  #kept = new Map();
  /** @type {Map<string, Promise<void>>} */
  #coming = new Map();
  /** @type {Map<string, Decode<any>> | null} */
  #wanted = null;
  /** @type {Set<string> | null} */
  #failed = null;

  /**
   * @param {Read} read
   * @param {string} folder
   */
  constructor(read, folder) {
    this.#read = read;
    this.#folder = folder;
  }

  /**
   * Return what a file holds; undefined while it is not here, null if it cannot be read.
   * @template Held
   * @param {string} path
   * @param {Decode<Held>} decode
   * @returns {Held | null | undefined}
   */
  take(path, decode) {
    const found = this.#kept.get(path);
    if (found === undefined) this.#wanted?.set(path, decode);
    if (found === null) this.#failed?.add(path);
    return found;
  }

  /**
   * Work something out, again and again until all that it takes is here; note in `failed` what cannot be read.
   * @template Value
   * @param {() => Value} attempt
   * @param {Set<string>} failed
   * @returns {Promise<Value>}
   */
  async settle(attempt, failed) {
    for (;;) {
      this.#wanted = new Map();
      this.#failed = new Set();
      const value = attempt();
      const wanted = this.#wanted;
      if (!wanted.size) this.#failed.forEach((path) => failed.add(path));
      this.#wanted = this.#failed = null;
      if (!wanted.size) return value;
      await Promise.all(Array.from(wanted, ([path, decode]) => this.#fetch(path, decode)));
    }
  }

  /** Try again, the next time, what could not be read. */
  forgive() {
    for (const [path, found] of this.#kept) if (found === null) this.#kept.delete(path);
  }

  /**
   * @param {string} path
   * @param {Decode<any>} decode
   * @returns {Promise<void>}
   */
  #fetch(path, decode) {
    let coming = this.#coming.get(path);
    if (!coming) this.#coming.set(path, (coming = this.#fetched(path, decode)));
    return coming;
  }

  /**
   * @param {string} path
   * @param {Decode<any>} decode
   */
  async #fetched(path, decode) {
    try {
      this.#kept.set(path, decode(await unpacked(await this.#read(`${this.#folder}/${path}`))));
    } catch {
      this.#kept.set(path, null);
    }
    this.#coming.delete(path);
  }
}

/**
 * @param {Read} read
 * @returns {Promise<Manifest>}
 */
async function readManifest(read) {
  let manifest;
  try {
    manifest = json(await read("manifest.json"));
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
 * Return the place of the last of the sorted `firsts` that is not after `key`.
 * @param {string[]} firsts
 * @param {string} key
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
 * The index. Its answers are undefined while a file that they need is not here, and as if nothing were there where one
 * cannot be read: ask inside `settle`.
 */
export class Index {
  #read;
  #shards;
  /** @type {WeakMap<Uint8Array, import("./ranking.js").Posting[]>} */
  #decoded = new WeakMap();
  /** @type {Map<string, string | null>} */
  #partPaths = new Map();

  /**
   * Return the index that `read` reads; rejects with a SearchError if it is of no use to this client.
   * @param {Read} read
   */
  static async open(read) {
    const manifest = await readManifest(read);
    const packed = Uint8Array.from(atob(manifest.meanings), (letter) => letter.charCodeAt(0));
    return new Index(read, manifest, meaningsOf(await unpacked(packed)));
  }

  /**
   * @param {Read} read
   * @param {Manifest} manifest
   * @param {Meanings} meanings
   */
  constructor(read, manifest, meanings) {
    this.meanings = meanings;
    this.#read = read;
    this.#shards = new Shards(read, manifest.folder);
    this.manifest = manifest;
  }

  /**
   * @template Value
   * @param {() => Value} attempt
   * @param {Set<string>} [failed]
   */
  settle = (attempt, failed = new Set()) => this.#shards.settle(attempt, failed);

  forgive = () => this.#shards.forgive();

  /** Tell whether another index lies there by now: the files of this one are gone. */
  async isReplaced() {
    try {
      return json(await this.#read("manifest.json")).folder !== this.manifest.folder;
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
    return path === null ? null : this.#shards.take(path, partShard);
  }

  /**
   * Tell whether a term occurs.
   * @param {string} term
   */
  has(term) {
    const terms = this.#leafOf(term);
    return terms && terms.has(term);
  }

  /**
   * Return the terms that are `plain` when å, ä and ö are typed as a, a and o.
   * @param {string} plain
   */
  accented(plain) {
    const terms = this.#leafOf(plain) ?? new Map();
    return [...terms.keys()].filter((term) => term !== plain && unaccented(term) === plain);
  }

  /**
   * Return the postings of a term.
   * @param {string} term
   * @returns {import("./ranking.js").Posting[]}
   */
  postings(term) {
    const bytes = this.#leafOf(term)?.get(term);
    if (!bytes) return [];
    let decoded = this.#decoded.get(bytes);
    if (!decoded) this.#decoded.set(bytes, (decoded = postings(bytes)));
    return decoded;
  }

  /**
   * Return the terms that begin as typed, with or without å, ä and ö, those in most documents first. Where they are
   * very many, only some are looked at.
   * @param {string} typed
   * @returns {string[]}
   */
  beginning(typed) {
    const key = unaccented(typed);
    const [first, last] = [this.#leafNumber(key), this.#leafNumber(`${key}\uffff`)];
    /** @type {[string, number][]} */
    const found = [];
    if (first == null || last == null) return [];
    for (let leaf = first; leaf <= Math.min(last, first + MOST_LEAVES - 1); leaf += 1)
      for (const [term, bytes] of this.#leaf(leaf) ?? [])
        if ((typed === key ? unaccented(term) : term).startsWith(typed)) found.push([term, new Packed(bytes).number()]);
    return found.sort(([, a], [, b]) => b - a).map(([term]) => term);
  }

  /**
   * Return the ordinals of a document's facet terms: their places among the terms of all facets.
   * @param {number} number
   */
  facetsOf(number) {
    const shard = this.#shards.take(`f/${Math.floor(number / DOCUMENTS_IN_FACET_SHARD)}.kb`, facetShard);
    return shard?.[number % DOCUMENTS_IN_FACET_SHARD] ?? [];
  }

  /**
   * Return the numbers of the documents with a facet term.
   * @param {number} ordinal
   */
  documentsWith(ordinal) {
    return this.#shards.take(`b/${ordinal}.kb`, numbers) ?? [];
  }

  /**
   * Return what is shown of a document.
   * @param {number} number
   * @returns {Stored | null | undefined}
   */
  document(number) {
    return this.#shards.take(`d/${number}.kb`, json);
  }

  /**
   * Return words of the documents that begin with two letters: [word, in how many documents].
   * @param {string} key
   */
  words(key) {
    return this.manifest.words.includes(key) ? (this.#shards.take(`w/${key}.kb`, wordShard) ?? []) : [];
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
   * Return the words of the documents most like one, each with what it costs to take it for them.
   * @param {string} word
   */
  alike(word) {
    return alike(
      word,
      keysOf(word).flatMap((key) => this.words(key)),
    );
  }

  /** @param {string} part */
  #known(part) {
    const keys = this.manifest.known;
    const key = unaccented(part).slice(0, 2);
    if (!keys.length || key < keys[0]) return new Map();
    const shard = this.#shards.take(`k/${placeOf(keys, key)}.kb`, knownShard);
    return shard === null ? new Map() : shard;
  }

  /** @param {string} term */
  #leafOf(term) {
    const number = this.#leafNumber(unaccented(term));
    return number === undefined ? undefined : number === null ? new Map() : this.#leaf(number);
  }

  /** @param {number} number */
  #leaf(number) {
    const found = this.#shards.take(`t/0/${number}.kb`, leaf);
    return found === null ? new Map() : found;
  }

  /**
   * Return the leaf in which terms of a routing key are; undefined if not known yet, null if there is none.
   * @param {string} key
   * @returns {number | null | undefined}
   */
  #leafNumber(key) {
    const { levels, first } = this.manifest.terms;
    if (!first.length) return null;
    let number = placeOf(first, key);
    for (let level = levels - 1; level > 0; level -= 1) {
      const firsts = this.#shards.take(`t/${level}/${number}.kb`, json);
      if (!firsts) return firsts;
      number = number * FAN_OUT + placeOf(firsts, key);
    }
    return number;
  }
}
