// The analysis in JavaScript gives what it gives in Python: tests/cases/analysis.json, made by scripts/make_cases.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { Analyser, VERSION } from "#search/analysis.js";
import { parse } from "#search/asked.js";
import { split } from "#search/compound.js";
import { withoutAccents } from "#search/lexicon.js";
import { Meanings } from "#search/meanings.js";
import { idf } from "#search/ranking.js";
import { alike, furtherKeysOf, keysOf } from "#search/spelling.js";
import { root, stem } from "#search/stem.js";
import { STOP_WORDS } from "#search/stopwords.js";
import { folded, unaccented, words } from "#search/text.js";

import { lexiconOf, meaningsOf } from "./support.js";

const cases = JSON.parse(readFileSync(new URL("../cases/analysis.json", import.meta.url), "utf8"));
const LEXICON = new URL("../../kunskapsbank/search/lexicon.txt", import.meta.url);
const lexicon = lexiconOf(readFileSync(LEXICON, "utf8"));
const analyser = new Analyser(lexicon, withoutAccents(lexicon), new Meanings(meaningsOf(cases.meanings)));
const vocabulary = {
  /** @param {string} term */
  has: (term) => cases.vocabulary.includes(term),
  /** @param {string} plain */
  accented: (plain) =>
    cases.vocabulary.filter((/** @type {string} */ term) => term !== plain && unaccented(term) === plain),
  /** @param {string} word */
  isWord: (word) => cases.known.includes(word),
  /** @param {string} word */
  alike: (word) => alike(word, cases["surface words"]),
};

/** @param {import("#search/analysis.js").Term[]} terms */
const pairs = (terms) => terms.map(({ text, weight }) => [text, weight]);
/**
 * A place in halves of characters, as JavaScript counts, in whole ones, as Python does.
 * @param {string} text
 * @param {number} place
 */
const inCharacters = (text, place) => Array.from(text.normalize("NFC").slice(0, place)).length;

test("the version is the same", () => assert.equal(VERSION, cases.version));

test("the stop words are the same", () => assert.deepEqual([...STOP_WORDS].sort(), cases["stop words"]));

for (const [word, stemmed, rooted, parts, terms, open] of cases.words)
  test(`the word "${word}"`, () => {
    assert.equal(stem(word), stemmed);
    assert.equal(root(stemmed), rooted);
    assert.deepEqual(
      split(word, lexicon).map((part) => [part.form, part.stem]),
      parts,
    );
    assert.deepEqual(pairs(analyser.terms(word)), terms);
    assert.deepEqual(pairs(analyser.terms(word, true)), open);
  });

for (const [text, plain, found] of cases.texts)
  test(`the words of "${text.slice(0, 60)}"`, () => {
    assert.equal(folded(text), plain);
    const given = Array.from(words(text), ({ text: word, pieces, isOpen, start, end, isSign }) => [
      word,
      pieces,
      isOpen,
      inCharacters(text, start),
      inCharacters(text, end),
      isSign,
    ]);
    assert.deepEqual(given, found);
  });

for (const [text, concepts] of cases.questions)
  test(`the question "${text.slice(0, 60)}"`, () => {
    const given = analyser
      .question(text, vocabulary)
      .map(({ word, start, end, terms, absent, near, instead }) => [
        word,
        inCharacters(text, start),
        inCharacters(text, end),
        pairs(terms),
        absent,
        near,
        instead,
      ]);
    assert.deepEqual(given, concepts);
  });

for (const [text, asked] of cases.asked)
  test(`what is asked by "${text.slice(0, 60)}"`, () => {
    const { isEmpty, beginning, ...given } = parse(text, cases["facet keys"]);
    assert.deepEqual(given, asked);
    assert.equal(isEmpty, !Array.from(words(given.text)).length);
    assert.equal(beginning, given.texts.find((wanted) => wanted.isPrefix)?.words.at(-1) ?? "");
  });

for (const [word, keys, further, found] of cases.misspelt)
  test(`the misspelt "${word}"`, () => {
    assert.deepEqual(keysOf(word), keys);
    assert.deepEqual(furtherKeysOf(word), further);
    assert.deepEqual(alike(word, cases["surface words"]), found);
  });

test("how much a term tells is the same", () => {
  for (const [documents, told] of cases.idf)
    told.forEach((/** @type {number} */ worth, /** @type {number} */ place) =>
      assert.equal(idf(documents, place + 1), worth),
    );
});
