// What a reader asks for → hits, counts and passages, from the files of the index. The only module that a page needs:
//
//   const bank = await openBank((path) => fetch(`index/${path}`).then(...bytes));
//   const answer = await bank.search({ words: "stöd till unga", chosen: { stadsdelar: ["farsta"] } });
//   const shown = await bank.show(answer.hits.slice(0, 10), answer);

import { Analyser, PART } from "./analysis.js";
import { sharded } from "./lexicon.js";
import { Marker } from "./passages.js";
import { Choice } from "./query.js";
import { rank } from "./ranking.js";
import { Index, SearchError } from "./shards.js";
import { corrected, keysOf, nearest } from "./spelling.js";
import { isDecimal } from "./stem.js";
import { isBlank } from "./text.js";

export { SearchError };

const MOST_BEGINNINGS = 20;
const BEGINNING = 4;
const MOST_CORRECTIONS = 3;

/**
 * All hits, best first; for each facet how many there would be with each of its terms chosen instead; Swedish sentences
 * for what could not be read; the question as it was perhaps meant; the words that were asked for.
 * @typedef {{total: number, hits: import("./ranking.js").Hit[], counts: import("./query.js").Counts,
 *   problems: string[], spelling: string | null, concepts: import("./analysis.js").Concept[]}} Answer
 * @typedef {import("./passages.js").Piece} Piece
 * @typedef {{id: string, url: string, title: string, kind: string, years: string, owners: string, summary: string,
 *   example: boolean, passage: Piece[], titleParts: Piece[]}} Shown
 */

/**
 * Return the bank, ready to be asked; rejects with a SearchError where its index is of no use to this client.
 * @param {import("./shards.js").Read} read reads a file of the index, rejects if there is none
 */
export async function openBank(read) {
  if (typeof DecompressionStream === "undefined")
    throw new SearchError("Sökningen behöver en nyare webbläsare. Uppdatera den, eller bläddra i banken i stället.");
  return new Bank(await Index.open(read));
}

class Bank {
  #index;
  #analyser;

  /** @param {Index} index */
  constructor(index) {
    this.#index = index;
    /** @param {"typed" | "plain"} kind */
    const parts = (kind) => sharded((form) => index.parts(form)?.[kind]);
    this.#analyser = new Analyser(parts("typed"), parts("plain"), index.manifest.synonyms);
    /** How many documents there are, and the facets with all their terms. */
    this.documents = index.manifest.documents;
    this.facets = index.manifest.facets;
  }

  /**
   * Ask by words (none: everything, newest first) and by chosen terms: any of a facet's, but something of every facet.
   * @param {object} [asked]
   * @param {string} [asked.words]
   * @param {Object<string, Iterable<string>>} [asked.chosen] ids of terms by the id of their facet
   * @param {"relevance" | "newest"} [asked.sort]
   * @param {boolean} [asked.typing] whether the last word may still lack its end
   * @returns {Promise<Answer>}
   */
  async search({ words = "", chosen = {}, sort = "relevance", typing = false } = {}) {
    const index = this.#index;
    index.forgive();
    const failed = new Set();
    const choice = new Choice(this.facets, chosen);
    /** @param {number} number */
    const facetsOf = (number) => index.facetsOf(number);
    if (isBlank(words)) {
      /** @param {number} ordinal */
      const documentsWith = (ordinal) => (choice.terms[ordinal].count ? index.documentsWith(ordinal) : []);
      const browsed = await index.settle(() => choice.browsed(this.documents, documentsWith, facetsOf), failed);
      const problems = await this.#problems(failed);
      return { total: browsed.hits.length, ...browsed, problems, spelling: null, concepts: [] };
    }
    const concepts = await index.settle(() => this.#concepts(words, typing), failed);
    const found = rank(concepts, (term) => index.postings(term), this.documents);
    const { hits, counts } = await index.settle(() => choice.answer(found, facetsOf), failed);
    if (sort === "newest") hits.sort((a, b) => a.number - b.number);
    const spelling = failed.size ? null : await this.#spelling(words, concepts);
    return { total: hits.length, hits, counts, problems: await this.#problems(failed), spelling, concepts };
  }

  /**
   * Return what is shown of hits. A document that cannot be read is left out, and a problem added to the answer.
   * @param {import("./ranking.js").Hit[]} hits
   * @param {Answer} answer
   * @returns {Promise<Shown[]>}
   */
  async show(hits, answer) {
    const failed = new Set();
    const documents = await this.#index.settle(() => hits.map(({ number }) => this.#index.document(number)), failed);
    const news = (await this.#problems(failed)).filter((problem) => !answer.problems.includes(problem));
    answer.problems.push(...news);
    const marker = new Marker(answer.concepts, this.#analyser);
    return documents
      .filter((document) => document != null)
      .map(({ body, ...shown }) => ({
        ...shown,
        passage: marker.passage({ summary: shown.summary, body }),
        titleParts: marker.marked(shown.title),
      }));
  }

  /**
   * Return the words asked for, with all their terms; takes the postings too, so that they come at the same time.
   * @param {string} words
   * @param {boolean} typing
   */
  #concepts(words, typing) {
    const index = this.#index;
    const concepts = this.#analyser.question(words, index);
    const last = concepts.findLast(({ end }) => end === words.normalize("NFC").length);
    if (typing && last && !this.#isKnown(last)) {
      const beginnings = index.beginning(last.word).slice(0, MOST_BEGINNINGS);
      const known = new Set(last.terms.map(({ text }) => text));
      last.terms.push(...beginnings.filter((text) => !known.has(text)).map((text) => ({ text, weight: BEGINNING })));
    }
    for (const { terms } of concepts) for (const { text } of terms) index.postings(text);
    return concepts;
  }

  /**
   * Tell whether the word, or a part of it, occurs. While that is not known, it is taken to.
   * @param {import("./analysis.js").Concept} concept
   */
  #isKnown({ terms }) {
    return terms.some(({ text, weight }) => weight >= PART && this.#index.has(text) !== false);
  }

  /**
   * Return the question as it was perhaps meant, with words of the documents for those that do not occur.
   * @param {string} words
   * @param {import("./analysis.js").Concept[]} concepts
   */
  async #spelling(words, concepts) {
    const unknown = concepts.filter((concept) => !isDecimal(concept.word) && !this.#isKnown(concept));
    const corrections = await this.#index.settle(() =>
      unknown.slice(0, MOST_CORRECTIONS).map((concept) => {
        const known = keysOf(concept.word).flatMap((key) => this.#index.words(key));
        return { ...concept, instead: nearest(concept.word, known) };
      }),
    );
    const found = corrections.flatMap(({ instead, ...concept }) => (instead ? [{ ...concept, instead }] : []));
    return found.length ? corrected(words, found) : null;
  }

  /**
   * Return sentences for the reader about files that could not be read.
   * @param {Set<string>} failed
   */
  async #problems(failed) {
    if (!failed.size) return [];
    if (await this.#index.isReplaced()) return ["Kunskapsbanken har uppdaterats sedan sidan öppnades. Ladda om sidan."];
    const kinds = new Set(Array.from(failed, (path) => path[0]));
    const problems = [];
    if (kinds.has("t") || kinds.has("p"))
      problems.push("En del av sökningens index gick inte att läsa, så träffar kan saknas. Försök igen om en stund.");
    if (kinds.has("f") || kinds.has("b"))
      problems.push("En del av filtren gick inte att läsa, så urval och antal kan vara fel. Försök igen om en stund.");
    if (kinds.has("d")) problems.push("Några av träffarna gick inte att visa. Försök igen om en stund.");
    return problems;
  }
}
