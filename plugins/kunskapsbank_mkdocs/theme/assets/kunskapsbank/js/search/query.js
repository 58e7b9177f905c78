// Documents found by words, and chosen facet terms → those that have what was chosen, and counts for what could be
// chosen next. The twin of query.py: any of a facet's terms, but something of every facet chosen.

/**
 * How many there would be with a term chosen, by the id of its facet and its own.
 * @typedef {Record<string, Record<string, number>>} Counts
 */

/** What was chosen, as ordinals: places among the terms of all facets. */
export class Choice {
  /**
   * @param {{id: string, terms: {id: string, count: number}[]}[]} facets
   * @param {Object<string, Iterable<string>>} chosen ids of terms by the id of their facet
   */
  constructor(facets, chosen) {
    this.facets = facets;
    const terms = facets.flatMap((facet, place) => facet.terms.map(({ id, count }) => ({ facet: place, id, count })));
    this.terms = terms;
    /**
     * Per chosen facet its ordinals; none where no such term is known, and then no document has it.
     * @type {Map<number | string, number[]>}
     */
    this.chosen = new Map();
    for (const [facet, ids] of Object.entries(chosen)) {
      const wanted = new Set(ids);
      const place = facets.findIndex(({ id }) => id === facet);
      const ordinals = [...terms.keys()].filter((at) => terms[at].facet === place && wanted.has(terms[at].id));
      if (wanted.size) this.chosen.set(place >= 0 ? place : facet, ordinals);
    }
  }

  get isEmpty() {
    return this.chosen.size === 0;
  }

  /**
   * Return the documents that miss at most one of the chosen facets, all others being of no account; ascending.
   * @param {(ordinal: number) => number[]} documentsWith
   */
  nearly(documentsWith) {
    /** @type {Map<number, number>} */
    const found = new Map();
    for (const ordinals of this.chosen.values())
      for (const number of new Set(ordinals.flatMap(documentsWith))) found.set(number, (found.get(number) ?? 0) + 1);
    const numbers = [...found.keys()].filter((number) => (found.get(number) ?? 0) >= this.chosen.size - 1);
    return numbers.sort((a, b) => a - b);
  }

  /**
   * Return the hits that have what was chosen, and for each facet how many there would be with each of its terms chosen
   * instead.
   * @template {{number: number}} Hit
   * @param {Hit[]} found
   * @param {(number: number) => number[]} facetsOf
   * @returns {{hits: Hit[], counts: Counts}}
   */
  answer(found, facetsOf) {
    const counted = this.terms.map(() => 0);
    /** @type {Hit[]} */
    const hits = [];
    for (const hit of found) {
      const ordinals = facetsOf(hit.number);
      const missed = [...this.chosen].filter(([, wanted]) => !wanted.some((ordinal) => ordinals.includes(ordinal)));
      if (!missed.length) hits.push(hit);
      // The terms of one facet add to each other, so what is chosen in the facet itself does not narrow its counts.
      if (missed.length < 2)
        for (const ordinal of ordinals)
          if (!missed.length || this.terms[ordinal].facet === missed[0][0]) counted[ordinal] += 1;
    }
    return { hits, counts: this.#counts(counted) };
  }

  /**
   * Return the answer where no words were asked for: everything, newest first, as far as it was chosen.
   * @param {() => number[]} documents
   * @param {(ordinal: number) => number[]} documentsWith
   * @param {(number: number) => number[]} facetsOf
   * @returns {{hits: import("./ranking.js").Hit[], counts: Counts}}
   */
  browsed(documents, documentsWith, facetsOf) {
    /** @param {number} number */
    const hit = (number) => ({ number, score: 0, isEnough: true });
    const all = this.terms.map(({ count }) => count);
    if (this.isEmpty) return { hits: documents().map(hit), counts: this.#counts(all) };
    const answer = this.answer(this.nearly(documentsWith).map(hit), facetsOf);
    const [only] = this.chosen.keys();
    // With one facet chosen every document counts for it, and how many those are is known.
    const facet = typeof only === "number" ? this.facets[only] : undefined;
    if (this.chosen.size === 1 && facet) answer.counts[facet.id] = this.#counts(all)[facet.id];
    return answer;
  }

  /**
   * @param {number[]} counted
   * @returns {Counts}
   */
  #counts(counted) {
    /** @type {Counts} */
    const counts = Object.fromEntries(this.facets.map(({ id }) => [id, {}]));
    this.terms.forEach(({ facet, id }, ordinal) => (counts[this.facets[facet].id][id] = counted[ordinal]));
    return counts;
  }
}
