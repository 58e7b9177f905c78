// The bytes of the index's files → what they say. kunskapsbank/search/export.py tells which file holds what.

import { lexicon, withoutAccents } from "./lexicon.js";

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */

/** Reads numbers and texts off packed bytes. */
export class Packed {
  static #decoder = new TextDecoder();
  #bytes;
  #place = 0;

  /** @param {Bytes} bytes */
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

/** @param {Bytes} bytes */
export const text = (bytes) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);
/** @param {Bytes} bytes */
export const json = (bytes) => JSON.parse(text(bytes));

/**
 * A leaf: what is known of each of its names.
 * @param {Bytes} bytes
 * @returns {Map<string, Bytes>}
 */
export function leaf(bytes) {
  const packed = new Packed(bytes);
  const found = new Map();
  while (!packed.isAtEnd) found.set(packed.text(), packed.bytes());
  return found;
}

/**
 * @param {Bytes} bytes
 * @returns {import("./ranking.js").Posting[]}
 */
export function postings(bytes) {
  const packed = new Packed(bytes);
  const count = packed.number();
  const documents = packed.ascending(count);
  const impacts = Array.from({ length: count }, () => packed.number());
  const sizes = Array.from({ length: count }, () => packed.number());
  return documents.map((document, place) => {
    return { document, impact: impacts[place], blocks: packed.ascending(sizes[place]) };
  });
}

/**
 * What leaves begin with; of each is written a sign for how many letters the one before has that it lacks, and the rest.
 * @param {string} written
 */
export function beginnings(written) {
  let last = "";
  return written
    .split("!")
    .filter(Boolean)
    .map((part) => (last = last.slice(0, last.length - (part.charCodeAt(0) - 48)) + part.slice(1)));
}

/**
 * Which terms of a facet documents have, one after the other: their places among the facet's terms.
 * @param {Bytes} bytes
 */
export function facet(bytes) {
  const packed = new Packed(bytes);
  const sets = Array.from({ length: packed.number() }, () => packed.ascending(packed.number()));
  const found = [];
  while (!packed.isAtEnd) found.push(sets[packed.number()]);
  return found;
}

/** @param {Bytes} bytes */
export function numbers(bytes) {
  const packed = new Packed(bytes);
  const found = [];
  let last = 0;
  while (!packed.isAtEnd) found.push((last += packed.number()));
  return found;
}

/** @param {Bytes} bytes */
export function parts(bytes) {
  const typed = lexicon(json(bytes));
  return { typed, plain: withoutAccents(typed) };
}

/** @param {Bytes} bytes */
const lines = (bytes) => text(bytes).split("\n").filter(Boolean);

/**
 * Words, each with how many documents have it.
 * @param {Bytes} bytes
 * @returns {[string, number][]}
 */
export const words = (bytes) =>
  lines(bytes)
    .map((line) => line.split(" "))
    .map(([word, count]) => [word, Number(count)]);

/**
 * Stems and forms, each with what it is known as.
 * @param {Bytes} bytes
 */
export const known = (bytes) =>
  new Map(
    lines(bytes)
      .map((line) => line.split(" "))
      .map(([own, sort = "1"]) => [own, Number(sort)]),
  );

/**
 * What is told of groups of words that mean the same, by their terms.
 * @param {Bytes} bytes
 * @returns {Map<string, import("./meanings.js").Told>}
 */
export function told(bytes) {
  const rows = lines(bytes).map((line) => line.split("\t"));
  const terms = rows.map(([term]) => term);
  return new Map(
    rows.map(([term, name, theme, broader]) => {
      const above = broader
        .split(" ")
        .filter(Boolean)
        .map((pair) => pair.split(":").map(Number));
      return [term, { name, theme, broader: above.map(([place, steps]) => [terms[place], steps]) }];
    }),
  );
}

/**
 * The groups that a stem begins phrases of.
 * @param {Bytes} bytes
 * @returns {import("./meanings.js").Group[]}
 */
export const groups = (bytes) =>
  lines(bytes).map((line) => {
    const phrases = line.split("|").map((phrase) => phrase.split(" "));
    return { term: `=${phrases[0].join("_")}`, phrases };
  });
