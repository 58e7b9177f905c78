// The client under Node.js, and an index to ask: one from a folder, or a small one written here by hand.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const SCRIPTS = new URL("../../plugins/kunskapsbank_mkdocs/theme/assets/kunskapsbank/js/search/", import.meta.url);

/** Import a module of the client. */
export const client = (name) => import(new URL(name, SCRIPTS));

/** Return the lexicon in kunskapsbank/search/lexicon.txt. */
export async function lexiconOf(text) {
  const { lexicon } = await client("lexicon.js");
  const shard = { first: {}, last: {}, short: [], never: [], whole: [] };
  let section = "";
  for (const line of text.split("\n")) {
    if (line.startsWith("[")) section = line.slice(1, -1);
    else if (line && !line.startsWith("#")) {
      const [form, cost, stem] = line.split(" ");
      if (section === "first") shard.first[form] = stem ? [Number(cost), stem] : [Number(cost)];
      else if (section === "last") shard.last[form] = Number(cost);
      else shard[section].push(form);
    }
  }
  return lexicon(shard);
}

/** Return a function that reads the files of an exported index as a browser would fetch them. */
export const reader = (folder) => (path) => readFile(join(folder, path));

const varint = (number) => (number < 128 ? [number] : [(number & 127) | 128, ...varint(number >> 7)]);
const ascending = (numbers) => numbers.flatMap((number, place) => varint(number - (numbers[place - 1] ?? 0)));
const utf8 = (text) => [...Buffer.from(text)];
const json = (value) => utf8(JSON.stringify(value));
const sized = (bytes) => [...varint(bytes.length), ...bytes];

/** Return a word as someone without å, ä and ö would type it. */
export const plain = (text) => text.replace(/[åä]/g, "a").replace(/ö/g, "o");

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
 * @param {object} content `documents`, each with its `facets` ("stad:farsta"); `terms`, {term: {document: [impact,
 *   ...blocks]}}, `inLeaf` of them in a leaf, and a root of at most `fanOut` keys; `facets`, [{id, terms: [id]}];
 *   `parts`, {first key: shard}; `words`, {key: lines}; `synonyms`; `folder`
 */
export function indexFiles(content) {
  const { documents, terms, facets, parts, words, synonyms, inLeaf = 2, fanOut = 64 } = content;
  const { folder = "0123456789abcdef" } = content;
  const files = {};
  const put = (path, bytes) => (files[`${folder}/${path}`] = gzipSync(Buffer.from(bytes)));

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
  const manifest = {
    format: 1,
    analysis: 1,
    block: 8,
    folder,
    documents: documents.length,
    facets: facets.map(({ id, terms: ids }) => ({
      id,
      key: id,
      label: id,
      terms: ids.map((term) => ({ id: term, label: term, count: having(`${id}:${term}`).length })),
    })),
    synonyms,
    terms: { levels, first: firsts },
    parts: Object.keys(parts),
    words: Object.keys(words),
  };
  return { ...files, "manifest.json": Buffer.from(JSON.stringify(manifest)) };
}

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const inGroups = (list, size) =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, number) => list.slice(number * size, (number + 1) * size));
const BARE = { url: "", title: "", kind: "", years: "", owners: "", summary: "", body: "", example: false };
const NO_PARTS = { first: {}, last: {}, short: [], never: [], whole: [] };

/** Return a function that reads files from memory, and notes in `read.paths` what was read. */
export function memory(files) {
  const read = async (path) => {
    read.paths.push(path);
    if (!files[path]) throw new Error(`404 ${path}`);
    return files[path];
  };
  read.paths = [];
  return read;
}
