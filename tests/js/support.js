// The client under Node.js, and an index to ask: one from a folder, or a small one written here by hand.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { VERSION } from "#search/analysis.js";
import { lexicon } from "#search/lexicon.js";

/**
 * @typedef {import("#search/files.js").Read} Read
 * The files of an index, or what is to stand in their place: nothing, for one that cannot be read.
 * @typedef {Record<string, Buffer<ArrayBuffer> | undefined>} Files
 * By number of document: the impact, then the blocks.
 * @typedef {Record<number, number[]>} Postings
 * A small index: each of the `documents` with its `facets` ("stad:farsta"); `parts` of compounds by first key; `words` and
 * `known` stems by key; `meanings` a group a line; `written` words by stem; `inLeaf` keys in a leaf. A document's text may
 * be in `pieces`.
 * @typedef {object} Content
 * @property {(Partial<import("#search/shards.js").Stored & import("#search/conditions.js").Texts> &
 *   {facets?: string[], pieces?: string[]})[]} documents
 * @property {Record<string, Postings>} terms
 * @property {{id: string, terms: string[]}[]} facets
 * @property {Record<string, Partial<import("#search/lexicon.js").LexiconShard>>} parts
 * @property {Record<string, string[]>} words
 * @property {Record<string, string[]>} known
 * @property {string[]} meanings
 * @property {Record<string, string>} [written]
 * @property {number} [inLeaf]
 * @property {string} [version]
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

/**
 * Return the path of the leaf that begins with a key.
 * @param {string} key
 */
export const leafPath = (key) => `t/-${key.replace(/[^a-z0-9]/g, (sign) => `_${sign.charCodeAt(0).toString(16)}_`)}.kb`;

/** @param {Postings} postings */
function packedPostings(postings) {
  const numbers = Object.keys(postings).map(Number);
  const [impacts, blocks] = [
    numbers.map((number) => postings[number][0]),
    numbers.map((number) => postings[number].slice(1)),
  ];
  const sizes = blocks.map(({ length }) => length);
  return [
    ...varint(numbers.length),
    ...ascending(numbers),
    ...[...impacts, ...sizes].flatMap(varint),
    ...blocks.flatMap(ascending),
  ];
}

/**
 * A group as a case tells of it: `broader` are the places of other groups, with how many steps off they are.
 * @typedef {{name: string, theme: string, phrases: string[], broader: number[][]}} Meaning
 */

/**
 * Return groups of words as an index gives them.
 * @param {Meaning[]} groups
 */
export function meaningsOf(groups) {
  const terms = groups.map(({ phrases }) => `=${phrases[0].replaceAll(" ", "_")}`);
  const all = groups.map(({ phrases }, place) => ({
    term: terms[place],
    phrases: phrases.map((phrase) => phrase.split(" ")),
  }));
  /** @type {Map<string, import("#search/meanings.js").Told>} */
  const told = new Map();
  groups.forEach(({ name, theme, broader }, place) =>
    told.set(terms[place], { name, theme, broader: broader.map(([other, steps]) => [terms[other], steps]) }),
  );
  return {
    /** @param {string} stem */
    groups: (stem) => all.filter(({ phrases }) => phrases.some(([first]) => first === stem)),
    /** @param {string} term */
    group: (term) => all.find((group) => group.term === term),
    told: () => told,
  };
}

/**
 * @param {string} line name, theme, broader groups and phrases
 * @returns {Meaning}
 */
function meaning(line) {
  const [name, theme, broader, phrases] = line.split("\t");
  const above = broader.split(" ").filter(Boolean);
  return { name, theme, phrases: phrases.split("|"), broader: above.map((pair) => pair.split(":").map(Number)) };
}

/**
 * Return the files of a small index, by path, as export.py would write them.
 *
 * @param {Content} content
 * @returns {Record<string, Buffer<ArrayBuffer>>}
 */
export function indexFiles(content) {
  const { documents, terms, facets, parts, words, known, meanings, written = {}, inLeaf = 2 } = content;
  const { version = "0123456789abcdef" } = content;
  /** @type {Record<string, Buffer<ArrayBuffer>>} */
  const files = {};
  /**
   * @param {string} path
   * @param {number[]} bytes
   */
  const put = (path, bytes) => (files[path] = gzipSync(Buffer.from(bytes)));

  const groups = meanings.map(meaning);
  const { groups: groupsAt, told } = meaningsOf(groups);
  const starts = [...new Set(groups.flatMap(({ phrases }) => phrases.map((phrase) => phrase.split(" ")[0])))];
  /** @param {string} term */
  const keysOf = (term) =>
    term.startsWith("=")
      ? starts.filter((start) => groupsAt(start).some((group) => group.term === term)).map(plain)
      : [plain(term)];
  /** @type {[string, string, number[]][]} */
  const entries = Object.entries(terms).flatMap(([term, postings]) =>
    keysOf(term).map((key) => /** @type {[string, string, number[]]} */ ([key, term, packedPostings(postings)])),
  );
  for (const [stem, lines] of Object.entries(written)) entries.push([plain(stem), `/${stem}`, utf8(lines)]);
  for (const start of documents.length ? starts : []) {
    const lines = groupsAt(start).map(({ phrases }) => phrases.map((phrase) => phrase.join(" ")).join("|"));
    entries.push([plain(start), `|${start}`, utf8(lines.join("\n"))]);
  }
  entries.sort(([a, x], [b, y]) => compare(a, b) || compare(x, y));
  const keys = [...new Set(entries.map(([key]) => key))];
  const leaves = inGroups(keys, inLeaf).map((own) => {
    const those = entries.filter(([key]) => own.includes(key));
    put(
      leafPath(own[0]),
      those.flatMap(([, name, bytes]) => [...sized(utf8(name)), ...sized(bytes)]),
    );
    return own[0];
  });
  const lines = Array.from(told(), ([term, { name, theme, broader }]) => {
    const terms = [...told().keys()];
    return [term, name, theme, broader.map(([other, steps]) => `${terms.indexOf(other)}:${steps}`).join(" ")].join(
      "\t",
    );
  });
  put("m.kb", utf8(lines.join("\n")));

  const names = facets.flatMap(({ id, terms: ids }) => ids.map((term) => `${id}:${term}`));
  /** @param {string} name */
  const having = (name) => [...documents.keys()].filter((number) => documents[number].facets?.includes(name));
  const numbers = [...documents.keys()];
  for (const { id, terms: ids } of facets) {
    const sets = documents.map(({ facets: own = [] }) =>
      [...ids.keys()].filter((place) => own.includes(`${id}:${ids[place]}`)),
    );
    const packed = [...varint(sets.length), ...sets.flatMap((set) => [...varint(set.length), ...ascending(set)])];
    put(`f/${id}-0.kb`, [...packed, ...numbers.flatMap(varint)]);
  }
  put("n.kb", ascending(numbers));
  names.forEach((name) => having(name).length && put(`b/${name.replace(":", ".")}.kb`, ascending(having(name))));

  documents.forEach((document, number) => {
    const { title = "", summary = "", headings = "", body = "", pieces = [body], facets: _, ...head } = document;
    put(`d/${number}.kb`, json({ title, summary, headings, body }));
    pieces.forEach((text, piece) =>
      put(
        `h/${number}-${piece}.kb`,
        json({
          ...{ ...BARE, id: `d${number}`, title, summary, ...head },
          ...{ text, begins: piece === 0, ends: piece === pieces.length - 1 },
        }),
      ),
    );
  });
  Object.values(parts).forEach((shard, number) => put(`p/${number}.kb`, json({ ...NO_PARTS, ...shard })));
  for (const [key, lines] of Object.entries(words)) put(`w/${key}.kb`, utf8(lines.join("\n")));
  Object.values(known).forEach((lines, number) => put(`k/${number}.kb`, utf8(lines.join("\n"))));
  const manifest = {
    format: 5,
    analysis: VERSION,
    version,
    piece: 24,
    documents: documents.length,
    facets: facets.map(({ id, terms: ids }) => ({
      id,
      key: id,
      label: id,
      terms: ids.map((term) => ({ id: term, label: term, names: [], count: having(`${id}:${term}`).length })),
    })),
    leaves: leaves.map((key, place) => `${String.fromCharCode(48 + (leaves[place - 1] ?? "").length)}${key}`).join("!"),
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
const BARE = { url: "", kind: "", years: "", owners: "", result: "", project: "" };
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
