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
import { OUTSIDE, rank } from "./ranking.js";
import { Index, SearchError } from "./shards.js";
import { stem } from "./stem.js";
import { folded, isBlank, size } from "./text.js";

export { SearchError };

/**
 * All hits, best first; for each facet that has been counted (see `count`) how many there would be with each of its terms
 * chosen instead; Swedish sentences for what could not be read or understood; whether the index has been replaced, and
 * the question is to be asked of the new one; the words that no text has; the question with other words for those that
 * were taken for misspelt, and as it must be written to be asked as it was; the words that were asked for.
 * @typedef {{total: number, hits: import("./ranking.js").Hit[], counts: import("./query.js").Counts,
 *   problems: string[], isReplaced: boolean, absent: Absent[], corrected: Corrected | null,
 *   concepts: import("./analysis.js").Concept[]}} Answer
 * A word or phrase that no text has, what it is nearest to ("" where nothing is known), and the nearest theme.
 * @typedef {{word: string, near: string, theme: {id: string, facet: string, label: string, count: number} | null}} Absent
 * @typedef {{instead: string[], asTyped: string}} Corrected
 * The words that are left, the terms to choose for the others, what those are called, and how many hits that gives.
 * @typedef {{words: string, chosen: Record<string, string[]>, labels: string[], total: number}} Narrowed
 * @typedef {import("./passages.js").Piece} Piece
 * @typedef {Omit<import("./shards.js").Stored, "text" | "begins" | "ends"> & {passage: Piece[], titleParts: Piece[],
 *   score: number, inFile: {where: string, url: string, passage: Piece[]} | null}} Shown
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

const REPLACED = "Kunskapsbanken har uppdaterats sedan sidan öppnades. Ladda om sidan.";
// So many hits are looked at for the projects that they are of.
const MOST_COMPARED = 20;
// A word of fewer letters that is being typed can become too many others.
const SHORTEST_EXPECTED = 4;
// The ids of two facets that a question may name.
const YEARS = "ar";
const THEMES = "teman";
/** @type {{absent: Absent[], corrected: null, concepts: import("./analysis.js").Concept[]}} */
const NO_WORDS = { absent: [], corrected: null, concepts: [] };

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

  /** @param {string} word */
  isBegun(word) {
    return word === this.#last;
  }
}

class Bank {
  #index;
  #beside;
  #analyser;
  /** The words that were expected last. */
  #expected = "";
  /**
   * What answers were found by before anything chosen was looked at, for they are counted by it.
   * @type {WeakMap<Answer, {found: {number: number}[], choice: Choice}>}
   */
  #countable = new WeakMap();

  /**
   * @param {Index} index
   * @param {Beside} beside
   */
  constructor(index, beside) {
    this.#index = index;
    this.#beside = beside;
    /** @param {"typed" | "plain"} kind */
    const parts = (kind) => sharded((form) => index.parts(form)?.[kind]);
    this.#analyser = new Analyser(parts("typed"), parts("plain"), index.meanings, (word) => index.partsOf(word));
    /** How many documents there are, and the facets with all their terms. */
    this.documents = index.manifest.documents;
    this.facets = index.manifest.facets;
  }

  /**
   * Ask by words (none: everything, newest first) and by chosen terms: any of a facet's, but something of every facet.
   * The hits are not counted, for that takes longer than to find them.
   * @param {object} [asked]
   * @param {string} [asked.words]
   * @param {Object<string, Iterable<string>>} [asked.chosen] ids of terms by the id of their facet
   * @param {"relevance" | "newest"} [asked.sort]
   * @param {boolean} [asked.typing] whether the last word may still lack its end
   * @param {AbortSignal} [asked.signal] tells when the answer is no longer wanted; then it rejects, as all do that take one
   * @returns {Promise<Answer>}
   */
  async search({ words = "", chosen = {}, sort = "relevance", typing = false, signal } = {}) {
    const index = this.#index;
    index.forgive();
    const failed = new Set();
    /** @type {<Value>(attempt: () => Value) => Promise<Value>} */
    const settle = (attempt) => index.settle(attempt, failed, signal);
    const choice = new Choice(this.facets, chosen);
    if (isBlank(words)) {
      const found = await settle(() => this.#browsed(choice));
      const hits = await settle(() => choice.hits(found, this.#termsOf));
      const told = await this.#told(failed);
      const answer = { total: hits.length, hits, counts: choice.known(), ...told, ...NO_WORDS };
      this.#countable.set(answer, { found, choice });
      return answer;
    }
    const asked = parse(words, this.#facetKeys);
    const concepts = await settle(() => this.#concepts(asked, typing));
    const conditions = new Conditions(asked);
    const notes = [...asked.notes];
    const ranked = asked.isEmpty
      ? await settle(() => this.#everything(asked))
      : rank(concepts, (term) => index.postings(term), this.documents);
    const allowed = await settle(() => this.#allowed(ranked, asked, conditions));
    notes.push(...allowed.notes);
    let found = allowed.hits;
    if (conditions.mustRead) {
      if (found.length > MOST_READ) notes.push(NOT_ALL_READ);
      const read = found.slice(0, MOST_READ);
      const documents = await settle(() => read.map(({ number }) => index.texts(number)));
      const titles = new Set(read.filter((_, place) => conditions.isTitle(documents[place]?.title ?? "")));
      found = read.filter((_, place) => {
        const texts = documents[place];
        return texts && conditions.hold(texts);
      });
      found.sort((a, b) => Number(titles.has(b)) - Number(titles.has(a)));
    }
    const hits = await settle(() => choice.hits(found, this.#termsOf));
    if (sort === "newest")
      hits.sort((a, b) => Number(b.isEnough) - Number(a.isEnough) || (a.isEnough ? a.number - b.number : 0));
    const { problems, isReplaced } = await this.#told(failed);
    // Of words whose files could not be read nothing is known.
    const known = failed.size ? [] : concepts;
    const ofWords = { absent: this.#absent(words, known), corrected: this.#corrected(words, known) };
    const told = { problems: [...notes, ...problems], isReplaced };
    const answer = { total: hits.length, hits, counts: {}, ...told, ...ofWords, concepts };
    this.#countable.set(answer, { found, choice });
    return answer;
  }

  /**
   * Fetch what words that are being typed will need, as far as they tell by now, but no hits: so the answer comes sooner
   * once they are asked. What only others needed is fetched no further; of those that go on so it may be needed still.
   * @param {string} words
   */
  expect(words) {
    const asked = parse(words, this.#facetKeys);
    const last = lastOf(asked.text);
    const finished = last ? { ...asked, text: asked.text.slice(0, last.start) } : asked;
    const goesOn = words.startsWith(this.#expected);
    this.#expected = words;
    return this.#index.expect(() => {
      this.#concepts(finished, false);
      if (!last || size(last.text) < SHORTEST_EXPECTED) return;
      const begun = this.#index.begun(last.text);
      const likely = begun?.length === 1 ? [last.text, ...begun] : [last.text];
      // What begins no word of the texts is divided as if it were whole.
      for (const word of likely)
        for (const { text } of this.#analyser.terms(word, last.isOpen, begun?.length !== 0)) this.#index.postings(text);
    }, goesOn);
  }

  /**
   * Return the counts of an answer, in which those of some facets are put where they are not there yet.
   * @param {Answer} answer
   * @param {string[]} [facets] their ids; all, if nothing else is said
   * @param {AbortSignal} [signal]
   */
  async count(answer, facets = this.facets.map(({ id }) => id), signal) {
    const countable = this.#countable.get(answer);
    const wanted = facets.filter((id) => !(id in answer.counts));
    if (!countable || !wanted.length) return answer.counts;
    const failed = new Set();
    const { found, choice } = countable;
    const counts = await this.#index.settle(() => choice.counts(found, this.#termsOf, wanted), failed, signal);
    await this.#tell(failed, answer);
    return Object.assign(answer.counts, counts);
  }

  /** Tell whether another index lies there by now; then this one may no longer be read whole. */
  isReplaced() {
    return this.#index.isReplaced();
  }

  /**
   * Return what a question names, and how it is asked with names taken as filters (null where there is nothing to gain).
   * @param {object} asked
   * @param {string} asked.words
   * @param {Object<string, Iterable<string>>} [asked.chosen] the terms that are chosen already
   * @param {AbortSignal} [asked.signal]
   * @returns {Promise<{boxes: import("./naming.js").Named[], narrowed: Narrowed | null}>}
   */
  async named({ words, chosen = {}, signal }) {
    const names = isBlank(words) ? null : await this.#beside.names();
    if (!names) return { boxes: [], narrowed: null };
    const { text, phrases } = parse(words, this.#facetKeys);
    const found = names.found(words, text, new Set(phrases.flat()));
    if (!found.labels.length) return { boxes: found.boxes, narrowed: null };
    const before = Object.entries(chosen).map(([facet, terms]) => [facet, [...terms]]);
    const both = { ...Object.fromEntries(before), ...found.chosen };
    const { total } = await this.search({ words: found.words, chosen: both, signal });
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
    const meanings = await index.settle(() => index.allMeanings(), failed);
    const words = considered(text, meanings);
    const concepts = await index.settle(() => {
      const found = this.#analyser.question(words.join(" "), new Plainly(index), new Set(words));
      for (const { terms } of found) for (const term of terms) index.postings(term.text);
      return found;
    }, failed);
    const asked = weightiest(text, concepts, (term) => index.postings(term).length, this.documents);
    const hits = rank(asked, (term) => index.postings(term), this.documents).slice(0, MOST_COMPARED);
    const stored = await index.settle(() => hits.map(({ number }) => index.document(number, 0)), failed);
    const near = nearestOf(hits.map(({ score }, place) => ({ score, project: stored[place]?.project ?? "" })));
    const spoken = spokenOf(text, (await names)?.of(AUDIENCES) ?? [], meanings);
    const tried = await Promise.all(near.map(([project]) => this.#beside.tried(project)));
    const projects = near.flatMap(([, score], place) => {
      const project = tried[place];
      return project ? [compared(project, score, spoken)] : [];
    });
    const { problems } = await this.#told(failed);
    if (projects.length < near.length && !problems.length)
      problems.push("Några av projekten gick inte att visa. Försök igen om en stund.");
    return { words: asked.map(({ word }) => word), audiences: spoken.map(({ label }) => label), projects, problems };
  }

  get #facetKeys() {
    return this.facets.map(({ key }) => key);
  }

  /** @type {import("./query.js").TermsOf} */
  #termsOf = (facet, number) => this.#index.termsOf(facet, number);

  /**
   * Return what is found where no words are asked for, newest first: what misses at most one of the chosen facets.
   * @param {Choice} choice
   * @returns {import("./ranking.js").Hit[]}
   */
  #browsed(choice) {
    const index = this.#index;
    const numbers = choice.isEmpty
      ? index.documents()
      : choice.nearly((facet, term) => index.documentsWith(facet, term));
    return numbers.map((number) => ({ number, score: 0, isEnough: true }));
  }

  /**
   * Return every document, where something else than words is asked for.
   * @param {import("./asked.js").Asked} asked
   * @returns {import("./ranking.js").Hit[]}
   */
  #everything({ facets }) {
    if (!facets.length) return [];
    return this.#index.documents().map((number) => ({ number, score: 0, isEnough: true }));
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
    for (const { key, value } of asked.facets) {
      const facet = this.facets.find((known) => folded(known.key) === key);
      if (!facet) continue;
      const meant = { [facet.id]: termsMeant(value, facet.terms, facet.id === YEARS) };
      const choice = new Choice(this.facets, meant);
      if (!choice.isEmpty) hits = choice.hits(hits, this.#termsOf);
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
   * @param {AbortSignal} [signal]
   * @returns {Promise<Shown[]>}
   */
  async show(hits, answer, signal) {
    const index = this.#index;
    const failed = new Set();
    const blocks = hits.map(({ number }) => this.#blockOf(number, answer.concepts));
    const stored = () => hits.map(({ number }, place) => index.document(number, blocks[place]));
    const documents = await index.settle(stored, failed, signal);
    await this.#tell(failed, answer);
    const marker = new Marker(answer.concepts, this.#analyser);
    const there = documents
      .map((document, place) => document && { ...document, score: hits[place].score })
      .filter((document) => document != null);
    return Promise.all(
      there.map(async ({ text, begins, ends, ...shown }) => {
        const own = { summary: shown.summary, text, begins, ends };
        const holds = shown.attached ? marker.holds(own) : marker.size;
        // Only where the document's own text does not answer it all.
        const files = holds < marker.size ? await this.#beside.attached(shown.id) : null;
        const inFile = files && marker.inFile(files, holds);
        return { ...shown, inFile, passage: marker.passage(own), titleParts: marker.marked(shown.title) };
      }),
    );
  }

  /**
   * Return the first of the blocks of a document's text that, with the next, have most different words, then most words.
   * @param {number} number
   * @param {import("./analysis.js").Concept[]} concepts
   */
  #blockOf(number, concepts) {
    /** @type {Map<number, Set<string>[]>} */
    const standing = new Map();
    concepts.forEach(({ terms }, word) => {
      for (const { text } of terms)
        for (const block of blocksIn(this.#index.postings(text), number)) {
          let words = standing.get(block);
          if (!words) standing.set(block, (words = concepts.map(() => new Set())));
          words[word].add(text);
        }
    });
    let best = { block: 0, different: 0, all: 0 };
    for (const block of [...standing.keys()].sort((a, b) => a - b)) {
      const words = concepts.map((_, word) =>
        [block, block + 1].reduce((sum, at) => sum + (standing.get(at)?.[word].size ?? 0), 0),
      );
      const [different, all] = [words.filter(Boolean).length, words.reduce((sum, size) => sum + size, 0)];
      if (different > best.different || (different === best.different && all > best.all))
        best = { block, different, all };
    }
    return best.block;
  }

  /**
   * Return the words asked for, with all their terms; takes the postings too, so that they come at the same time.
   * @param {import("./asked.js").Asked} asked
   * @param {boolean} typing
   */
  #concepts({ text, beginning, phrases }, typing) {
    const index = this.#index;
    const last = typing ? lastOf(text) : undefined;
    const has = last && index.has(stem(last.text));
    const begins = last && has === false ? index.beginning(last.text) : [];
    // What may still lack its end is not taken for misspelt.
    const isBegun = last !== undefined && (has !== false || begins.length > 0);
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
   * Tell in an answer of files that could not be read.
   * @param {Set<string>} failed
   * @param {Answer} answer
   */
  async #tell(failed, answer) {
    const { problems, isReplaced } = await this.#told(failed);
    answer.isReplaced ||= isReplaced;
    answer.problems.push(...problems.filter((problem) => !answer.problems.includes(problem)));
  }

  /**
   * Return sentences for the reader about files that could not be read.
   * @param {Set<string>} failed
   * @returns {Promise<{problems: string[], isReplaced: boolean}>}
   */
  async #told(failed) {
    if (!failed.size) return { problems: [], isReplaced: false };
    if (await this.#index.isReplaced()) return { problems: [REPLACED], isReplaced: true };
    const kinds = new Set(Array.from(failed, (path) => path[0]));
    const problems = [];
    if (["t", "p", "w", "k", "m", "g"].some((kind) => kinds.has(kind)))
      problems.push("En del av sökningens index gick inte att läsa, så träffar kan saknas. Försök igen om en stund.");
    if (["f", "b", "n"].some((kind) => kinds.has(kind)))
      problems.push("En del av filtren gick inte att läsa, så urval och antal kan vara fel. Försök igen om en stund.");
    if (["h", "d"].some((kind) => kinds.has(kind)))
      problems.push("Några av träffarna gick inte att visa. Försök igen om en stund.");
    return { problems, isReplaced: false };
  }
}

/**
 * Return the word that a question ends with; undefined where something follows it.
 * @param {string} text
 */
const lastOf = (text) => pieces(text).findLast(({ end }) => end === text.length);

/**
 * Return the blocks of a document's text in which a term stands.
 * @param {import("./ranking.js").Posting[]} postings
 * @param {number} number
 */
function blocksIn(postings, number) {
  let [low, high] = [0, postings.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (postings[middle].document < number) low = middle + 1;
    else high = middle;
  }
  const found = postings[low];
  return found?.document === number ? found.blocks.filter((block) => block < OUTSIDE) : [];
}
