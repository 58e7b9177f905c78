// What a reader asks for → hits, counts and passages, from the files of the index. The only module that a page needs:
//
//   const bank = await openBank((path) => fetch(`index/${path}`).then(...bytes));
//   const answer = await bank.search({ words: "stöd till unga", chosen: { teman: ["hemloshet"] } });
//   const shown = await bank.show(answer.hits.slice(0, 10), answer);

import { Analyser, BEGINNING, MOST_BEGINNINGS, PART } from "./analysis.js";
import { parse } from "./asked.js";
import { Beside } from "./beside.js";
import { Conditions, MOST_READ, NOT_ALL_READ, termsMeant } from "./conditions.js";
import { AUDIENCES, compared, considered, nearestOf, Plainly, spokenOf, weightiest } from "./ideas.js";
import { sharded } from "./lexicon.js";
import { Marker } from "./passages.js";
import { pieces } from "./pieces.js";
import { Choice } from "./query.js";
import { rank } from "./ranking.js";
import { Index, SearchError } from "./shards.js";
import { folded, isBlank } from "./text.js";

export { SearchError };

/**
 * All hits, best first; for each facet how many there would be with each of its terms chosen instead; Swedish sentences
 * for what could not be read or understood; the words that no text has; the question with other words for those that
 * were taken for misspelt, and as it must be written to be asked as it was; the words that were asked for.
 * @typedef {{total: number, hits: import("./ranking.js").Hit[], counts: import("./query.js").Counts,
 *   problems: string[], absent: Absent[], corrected: Corrected | null,
 *   concepts: import("./analysis.js").Concept[]}} Answer
 * A word or phrase that no text has, what it is nearest to ("" where nothing is known), and the nearest theme.
 * @typedef {{word: string, near: string, theme: {id: string, facet: string, label: string, count: number} | null}} Absent
 * @typedef {{instead: string[], asTyped: string}} Corrected
 * The words that are left, the terms to choose for the others, what those are called, and how many hits that gives.
 * @typedef {{words: string, chosen: Record<string, string[]>, labels: string[], total: number}} Narrowed
 * @typedef {import("./passages.js").Piece} Piece
 * @typedef {{id: string, url: string, title: string, kind: string, years: string, owners: string, summary: string,
 *   result: string, project: string, passage: Piece[], titleParts: Piece[], score: number}} Shown
 */

/**
 * Return the bank, ready to be asked; rejects with a SearchError where its index is of no use to this client.
 * @param {import("./shards.js").Read} read reads a file of the index, rejects if there is none
 */
export async function openBank(read) {
  if (typeof DecompressionStream === "undefined")
    throw new SearchError("Sökningen behöver en nyare webbläsare. Uppdatera den, eller bläddra i banken i stället.");
  return new Bank(await Index.open(read), new Beside(read));
}

// So many hits are looked at for the projects that they are of.
const MOST_COMPARED = 20;
// The ids of two facets that a question may name.
const YEARS = "ar";
const THEMES = "teman";

/** The index as it is asked about a question whose last word may still lack its end. */
class Unfinished {
  #index;
  #last;

  /**
   * @param {Index} index
   * @param {string} last
   */
  constructor(index, last) {
    this.#index = index;
    this.#last = last;
  }

  /** @param {string} term */
  has(term) {
    return this.#index.has(term);
  }

  /** @param {string} plain */
  accented(plain) {
    return this.#index.accented(plain);
  }

  /** @param {string} word */
  isWord(word) {
    return word === this.#last || this.#index.isWord(word);
  }

  /** @param {string} word */
  alike(word) {
    return this.#index.alike(word);
  }
}

class Bank {
  #index;
  #beside;
  #analyser;

  /**
   * @param {Index} index
   * @param {Beside} beside
   */
  constructor(index, beside) {
    this.#index = index;
    this.#beside = beside;
    /** @param {"typed" | "plain"} kind */
    const parts = (kind) => sharded((form) => index.parts(form)?.[kind]);
    this.#analyser = new Analyser(parts("typed"), parts("plain"), index.meanings);
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
      const browsed = await index.settle(() => this.#browsed(choice), failed);
      const problems = await this.#problems(failed);
      return { total: browsed.hits.length, ...browsed, problems, absent: [], corrected: null, concepts: [] };
    }
    const asked = parse(words, this.#facetKeys);
    const concepts = await index.settle(() => this.#concepts(asked, typing), failed);
    const conditions = new Conditions(asked);
    const notes = [...asked.notes];
    const ranked = asked.isEmpty
      ? this.#everything(asked)
      : rank(concepts, (term) => index.postings(term), this.documents);
    const allowed = await index.settle(() => this.#allowed(ranked, asked, conditions), failed);
    notes.push(...allowed.notes);
    let found = allowed.hits;
    if (conditions.mustRead) {
      if (found.length > MOST_READ) notes.push(NOT_ALL_READ);
      const read = found.slice(0, MOST_READ);
      const documents = await index.settle(() => read.map(({ number }) => index.document(number)), failed);
      const titles = new Set(read.filter((_, place) => conditions.isTitle(documents[place]?.title ?? "")));
      found = read.filter((_, place) => documents[place] && conditions.hold(documents[place]));
      found.sort((a, b) => Number(titles.has(b)) - Number(titles.has(a)));
    }
    const { hits, counts } = await index.settle(() => choice.answer(found, facetsOf), failed);
    if (sort === "newest")
      hits.sort((a, b) => Number(b.isEnough) - Number(a.isEnough) || (a.isEnough ? a.number - b.number : 0));
    const problems = [...notes, ...(await this.#problems(failed))];
    // Of words whose files could not be read nothing is known.
    const known = failed.size ? [] : concepts;
    const told = { absent: this.#absent(words, known), corrected: this.#corrected(words, known) };
    return { total: hits.length, hits, counts, problems, ...told, concepts };
  }

  /**
   * Return what a question names, and how it is asked with names taken as filters (null where there is nothing to gain).
   * @param {object} asked
   * @param {string} asked.words
   * @param {Object<string, Iterable<string>>} [asked.chosen] the terms that are chosen already
   * @returns {Promise<{boxes: import("./naming.js").Named[], narrowed: Narrowed | null}>}
   */
  async named({ words, chosen = {} }) {
    const names = isBlank(words) ? null : await this.#beside.names();
    if (!names) return { boxes: [], narrowed: null };
    const { text, phrases } = parse(words, this.#facetKeys);
    const found = names.found(words, text, new Set(phrases.flat()));
    if (!found.labels.length) return { boxes: found.boxes, narrowed: null };
    const before = Object.entries(chosen).map(([facet, terms]) => [facet, [...terms]]);
    const both = { ...Object.fromEntries(before), ...found.chosen };
    const { total } = await this.search({ words: found.words, chosen: both });
    const { boxes, labels } = found;
    return { boxes, narrowed: total ? { words: found.words, chosen: both, labels, total } : null };
  }

  /**
   * Return an idea beside the bank: the words that were asked for, the target groups it speaks of, the nearest projects,
   * and sentences on what could not be read.
   * @param {string} text
   */
  async compare(text) {
    const index = this.#index;
    index.forgive();
    const failed = new Set();
    const names = this.#beside.names();
    const words = considered(text, index.meanings);
    const concepts = await index.settle(() => {
      const found = this.#analyser.question(words.join(" "), new Plainly(index), new Set(words));
      for (const { terms } of found) for (const term of terms) index.postings(term.text);
      return found;
    }, failed);
    const asked = weightiest(text, concepts, (term) => index.postings(term).length, this.documents);
    const hits = rank(asked, (term) => index.postings(term), this.documents).slice(0, MOST_COMPARED);
    const stored = await index.settle(() => hits.map(({ number }) => index.document(number)), failed);
    const near = nearestOf(hits.map(({ score }, place) => ({ score, project: stored[place]?.project ?? "" })));
    const spoken = spokenOf(text, (await names)?.of(AUDIENCES) ?? [], index.meanings);
    const tried = await Promise.all(near.map(([project]) => this.#beside.tried(project)));
    const projects = near.flatMap(([, score], place) => {
      const project = tried[place];
      return project ? [compared(project, score, spoken)] : [];
    });
    const problems = await this.#problems(failed);
    if (projects.length < near.length && !problems.length)
      problems.push("Några av projekten gick inte att visa. Försök igen om en stund.");
    return { words: asked.map(({ word }) => word), audiences: spoken.map(({ label }) => label), projects, problems };
  }

  get #facetKeys() {
    return this.facets.map(({ key }) => key);
  }

  /** @param {Choice} choice */
  #browsed(choice) {
    /** @param {number} ordinal */
    const documentsWith = (ordinal) => (choice.terms[ordinal].count ? this.#index.documentsWith(ordinal) : []);
    return choice.browsed(this.documents, documentsWith, (number) => this.#index.facetsOf(number));
  }

  /**
   * Return every document, where something else than words is asked for.
   * @param {import("./asked.js").Asked} asked
   * @returns {import("./ranking.js").Hit[]}
   */
  #everything({ facets }) {
    if (!facets.length) return [];
    return Array.from({ length: this.documents }, (_, number) => ({ number, score: 0, isEnough: true }));
  }

  /**
   * Return the hits that have all stems and terms that they must and none that they must not, and what to tell.
   * @param {import("./ranking.js").Hit[]} hits
   * @param {import("./asked.js").Asked} asked
   * @param {Conditions} conditions
   */
  #allowed(hits, asked, { needed, barred }) {
    const index = this.#index;
    /** @param {string} term */
    const having = (term) => new Set(index.postings(term).map(({ document }) => document));
    const sets = needed.map(having);
    const without = barred.map(having);
    /** @type {string[]} */
    const notes = [];
    const ordinals = this.facets.flatMap(({ id, terms }) => terms.map((term) => `${id} ${term.id}`));
    for (const { key, value } of asked.facets) {
      const facet = this.facets.find((known) => folded(known.key) === key);
      if (!facet) continue;
      const meant = termsMeant(value, facet.terms, facet.id === YEARS);
      const chosen = new Set(meant.map((id) => ordinals.indexOf(`${facet.id} ${id}`)));
      if (chosen.size)
        hits = hits.filter(({ number }) => index.facetsOf(number).some((ordinal) => chosen.has(ordinal)));
      else notes.push(`Banken har inget filter ”${value}” under ${facet.label}. Sökningen är gjord utan det.`);
    }
    const allowed = hits.filter(
      ({ number }) => sets.every((set) => set.has(number)) && !without.some((set) => set.has(number)),
    );
    return { hits: allowed, notes };
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
      .map((document, place) => document && { ...document, score: hits[place].score })
      .filter((document) => document != null)
      .map(({ body, ...shown }) => ({
        ...shown,
        passage: marker.passage({ summary: shown.summary, body }),
        titleParts: marker.marked(shown.title),
      }));
  }

  /**
   * Return the words asked for, with all their terms; takes the postings too, so that they come at the same time.
   * @param {import("./asked.js").Asked} asked
   * @param {boolean} typing
   */
  #concepts({ text, beginning, phrases }, typing) {
    const index = this.#index;
    const last = typing ? pieces(text).findLast(({ end }) => end === text.length) : undefined;
    const begins = last ? index.beginning(last.text) : [];
    // What may still lack its end is not taken for misspelt.
    const isBegun = last !== undefined && (begins.length > 0 || index.has(last.text) === undefined);
    const concepts = this.#analyser.question(
      text,
      isBegun ? new Unfinished(index, last.text) : index,
      new Set(phrases.flat()),
    );
    const begun = concepts.find(({ word }) => word === (isBegun ? last.text : beginning));
    if (begun && (begun.word === beginning || !this.#isKnown(begun))) {
      const known = new Set(begun.terms.map((term) => term.text));
      const found = isBegun ? begins : index.beginning(beginning);
      const more = found.slice(0, MOST_BEGINNINGS).filter((term) => !known.has(term));
      begun.terms.push(...more.map((term) => ({ text: term, weight: BEGINNING })));
    }
    if (begun && !begun.near) begun.absent = false;
    for (const { terms } of concepts) for (const term of terms) index.postings(term.text);
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
   * Return the words that no text has, and what they are nearest to.
   * @param {string} words
   * @param {import("./analysis.js").Concept[]} concepts
   */
  #absent(words, concepts) {
    const { meanings } = this.#index;
    const written = words.normalize("NFC");
    /** @type {Map<string, Absent>} */
    const found = new Map();
    for (const { word, absent, instead, near, nearStart, nearEnd } of concepts) {
      if (!absent || instead.length) continue;
      const typed = near ? written.slice(nearStart, nearEnd) : word;
      found.set(typed, { word: typed, near: meanings.name(near), theme: this.#theme(meanings.theme(near)) });
    }
    return [...found.values()];
  }

  /** @param {string} id */
  #theme(id) {
    const facet = this.facets.find((known) => known.id === THEMES);
    const theme = facet?.terms.find((term) => term.id === id);
    return facet && theme ? { id, facet: facet.id, label: theme.label, count: theme.count } : null;
  }

  /**
   * Return what was asked for words that were taken for misspelt, and how to ask for them as they were typed.
   * @param {string} words
   * @param {import("./analysis.js").Concept[]} concepts
   * @returns {Corrected | null}
   */
  #corrected(words, concepts) {
    const wrong = concepts.filter(({ instead }) => instead.length);
    if (!wrong.length) return null;
    let asTyped = words.normalize("NFC");
    for (const { start, end } of [...wrong].sort((a, b) => b.start - a.start))
      asTyped = `${asTyped.slice(0, start)}"${asTyped.slice(start, end)}"${asTyped.slice(end)}`;
    return { instead: wrong.flatMap(({ instead }) => instead), asTyped };
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
    if (kinds.has("t") || kinds.has("p") || kinds.has("w") || kinds.has("k"))
      problems.push("En del av sökningens index gick inte att läsa, så träffar kan saknas. Försök igen om en stund.");
    if (kinds.has("f") || kinds.has("b"))
      problems.push("En del av filtren gick inte att läsa, så urval och antal kan vara fel. Försök igen om en stund.");
    if (kinds.has("d")) problems.push("Några av träffarna gick inte att visa. Försök igen om en stund.");
    return problems;
  }
}
