// The client under Node.js, and an index to ask: one from a folder, or a small one written here by hand.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { VERSION } from "#search/analysis.js";
import { lexicon } from "#search/lexicon.js";

/**
 * @typedef {import("#search/shards.js").Read} Read
 * The files of an index, or what is to stand in their place: nothing, for one that cannot be read.
 * @typedef {Record<string, Buffer<ArrayBuffer> | undefined>} Files
 * By number of document: the impact, then the blocks.
 * @typedef {Record<number, number[]>} Postings
 * A small index: each of the `documents` with its `facets` ("stad:farsta"); `parts` of compounds by first key; `words` and
 * `known` stems by key; `meanings` a group a line; `inLeaf` terms in a leaf, and a root of at most `fanOut` keys.
 * @typedef {object} Content
 * @property {(Partial<import("#search/shards.js").Stored> & {facets?: string[]})[]} documents
 * @property {Record<string, Postings>} terms
 * @property {{id: string, terms: string[]}[]} facets
 * @property {Record<string, Partial<import("#search/lexicon.js").LexiconShard>>} parts
 * @property {Record<string, string[]>} words
 * @property {Record<string, string[]>} known
 * @property {string[]} meanings
 * @property {number} [inLeaf]
 * @property {number} [fanOut]
 * @property {string} [folder]
 */

/**
 * Return the lexicon in kunskapsbank/search/lexicon.txt.
 * @param {string} text
 */
export function lexiconOf(text) {
  /** @type {import("#search/lexicon.js").LexiconShard} */
  const shard = { first: {}, last: {}, short: [], never: [], whole: [] };
  let section = "";
  for (const line of text.split("\n")) {
    if (line.startsWith("[")) section = line.slice(1, -1);
    else if (line && !line.startsWith("#")) {
      const [form, cost, stem] = line.split(" ");
      if (section === "first") shard.first[form] = stem ? [Number(cost), stem] : [Number(cost)];
      else if (section === "last") shard.last[form] = Number(cost);
      else if (section === "short" || section === "never" || section === "whole") shard[section].push(form);
    }
  }
  return lexicon(shard);
}

/**
 * Return a function that reads the files of an exported index as a browser would fetch them.
 * @param {string} folder
 * @returns {Read}
 */
export const reader = (folder) => (path) => readFile(join(folder, path));

/**
 * @param {number} number
 * @returns {number[]}
 */
const varint = (number) => (number < 128 ? [number] : [(number & 127) | 128, ...varint(number >> 7)]);
/** @param {number[]} numbers */
const ascending = (numbers) => numbers.flatMap((number, place) => varint(number - (numbers[place - 1] ?? 0)));
/** @param {string} text */
const utf8 = (text) => [...Buffer.from(text)];
/** @param {unknown} value */
const json = (value) => utf8(JSON.stringify(value));
/** @param {number[]} bytes */
const sized = (bytes) => [...varint(bytes.length), ...bytes];

/**
 * Return a word as someone without å, ä and ö would type it.
 * @param {string} text
 */
export const plain = (text) => text.replace(/[åä]/g, "a").replace(/ö/g, "o");

/** @param {Postings} postings */
function packedPostings(postings) {
  const numbers = Object.keys(postings).map(Number);
  const packed = numbers.flatMap((number, place) => {
    const [impact, ...blocks] = postings[number];
    return [number - (numbers[place - 1] ?? 0), impact, blocks.length].flatMap(varint).concat(ascending(blocks));
  });
  return [...varint(numbers.length), ...packed];
}

/**
 * Return the files of a small index, by path, as export.py would write them.
 *
 * @param {Content} content
 * @returns {Record<string, Buffer<ArrayBuffer>>}
 */
export function indexFiles(content) {
  const { documents, terms, facets, parts, words, known, meanings, inLeaf = 2, fanOut = 64 } = content;
  const { folder = "0123456789abcdef" } = content;
  /** @type {Record<string, Buffer<ArrayBuffer>>} */
  const files = {};
  /**
   * @param {string} path
   * @param {number[]} bytes
   */
  const put = (path, bytes) => (files[`${folder}/${path}`] = gzipSync(Buffer.from(bytes)));

  /** @type {[string, string][]} */
  const byKey = Object.keys(terms).map((term) => [plain(term), term]);
  byKey.sort(([a, x], [b, y]) => compare(a, b) || compare(x, y));
  let firsts = inGroups(byKey, inLeaf).map((leaf, number) => {
    put(
      `t/0/${number}.kb`,
      leaf.flatMap(([, term]) => [...sized(utf8(term)), ...sized(packedPostings(terms[term]))]),
    );
    return leaf[0][0];
  });
  let levels = 1;
  for (; firsts.length > fanOut; levels += 1)
    firsts = inGroups(firsts, 64).map((group, number) => {
      put(`t/${levels}/${number}.kb`, json(group));
      return group[0];
    });

  const names = facets.flatMap(({ id, terms: ids }) => ids.map((term) => `${id}:${term}`));
  /** @param {string} name */
  const having = (name) => [...documents.keys()].filter((number) => documents[number].facets?.includes(name));
  const ofDocuments = documents.map(({ facets: own = [] }) => {
    const ordinals = own.map((name) => names.indexOf(name)).sort((a, b) => a - b);
    return [...varint(ordinals.length), ...ascending(ordinals)];
  });
  inGroups(ofDocuments, 256).forEach((shard, number) => put(`f/${number}.kb`, shard.flat()));
  names.forEach((name, ordinal) => having(name).length && put(`b/${ordinal}.kb`, ascending(having(name))));

  documents.forEach((document, number) => put(`d/${number}.kb`, json({ ...BARE, id: `d${number}`, ...document })));
  Object.values(parts).forEach((shard, number) => put(`p/${number}.kb`, json({ ...NO_PARTS, ...shard })));
  for (const [key, lines] of Object.entries(words)) put(`w/${key}.kb`, utf8(lines.join("\n")));
  Object.values(known).forEach((lines, number) => put(`k/${number}.kb`, utf8(lines.join("\n"))));
  const manifest = {
    format: 2,
    analysis: VERSION,
    block: 8,
    folder,
    documents: documents.length,
    facets: facets.map(({ id, terms: ids }) => ({
      id,
      key: id,
      label: id,
      terms: ids.map((term) => ({ id: term, label: term, count: having(`${id}:${term}`).length })),
    })),
    meanings: gzipSync(Buffer.from(meanings.join("\n"))).toString("base64"),
    terms: { levels, first: firsts },
    parts: Object.keys(parts),
    words: Object.keys(words),
    known: Object.keys(known),
  };
  return { ...files, "manifest.json": Buffer.from(JSON.stringify(manifest)) };
}

/**
 * @param {string} a
 * @param {string} b
 */
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
/**
 * @template Item
 * @param {Item[]} list
 * @param {number} size
 */
const inGroups = (list, size) =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, number) => list.slice(number * size, (number + 1) * size));
const BARE = {
  url: "",
  title: "",
  kind: "",
  years: "",
  owners: "",
  summary: "",
  headings: "",
  body: "",
  result: "",
  project: "",
};
const NO_PARTS = { first: {}, last: {}, short: [], never: [], whole: [] };

/**
 * Return a function that reads files from memory, and notes in `read.paths` what was read.
 * @param {Files} files
 */
export function memory(files) {
  /** @param {string} path */
  const read = async (path) => {
    read.paths.push(path);
    const bytes = files[path];
    if (!bytes) throw new Error(`404 ${path}`);
    return bytes;
  };
  /** @type {string[]} */
  read.paths = [];
  return read;
}
