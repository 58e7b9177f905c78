// Documents found by words, and chosen facet terms → those that have what was chosen, and counts for what could be
// chosen next. The twin of query.py: any of a facet's terms, but something of every facet chosen.

/**
 * How many there would be with a term chosen, by the id of its facet and its own.
 * @typedef {Record<string, Record<string, number>>} Counts
 */

/**
 * Tells which terms of a facet, by its place, a document has: their places among the facet's terms.
 * @typedef {(facet: number, number: number) => number[]} TermsOf
 */

/** What was chosen, as the places of terms among those of their facets. */
export class Choice {
  /**
   * @param {{id: string, terms: {id: string, count: number}[]}[]} facets
   * @param {Object<string, Iterable<string>>} chosen ids of terms by the id of their facet
   */
  constructor(facets, chosen) {
    this.facets = facets;
    /**
     * Per chosen facet, by its place, its terms; none where no such term is known, and then no document has it.
     * @type {Map<number | string, number[]>}
     */
    this.chosen = new Map();
    for (const [facet, ids] of Object.entries(chosen)) {
      const wanted = new Set(ids);
      const place = facets.findIndex(({ id }) => id === facet);
      const terms = facets[place]?.terms ?? [];
      if (wanted.size)
        this.chosen.set(
          place >= 0 ? place : facet,
          [...terms.keys()].filter((term) => wanted.has(terms[term].id)),
        );
    }
  }

  get isEmpty() {
    return this.chosen.size === 0;
  }

  /**
   * Return the documents that miss at most one of the chosen facets, all others being of no account; ascending.
   * @param {(facet: number, term: number) => number[]} documentsWith
   */
  nearly(documentsWith) {
    /** @type {Map<number, number>} */
    const found = new Map();
    for (const [facet, terms] of this.chosen) {
      const having = typeof facet === "number" ? terms.flatMap((term) => documentsWith(facet, term)) : [];
      for (const number of new Set(having)) found.set(number, (found.get(number) ?? 0) + 1);
    }
    const numbers = [...found.keys()].filter((number) => (found.get(number) ?? 0) >= this.chosen.size - 1);
    return numbers.sort((a, b) => a - b);
  }

  /**
   * Return the hits that have what was chosen.
   * @template {{number: number}} Hit
   * @param {Hit[]} found
   * @param {TermsOf} termsOf
   */
  hits(found, termsOf) {
    return this.isEmpty ? found : found.filter(({ number }) => !this.#missed(number, termsOf).length);
  }

  /**
   * Return for each of some facets how many hits there would be with each of its terms chosen instead.
   * @param {{number: number}[]} found
   * @param {TermsOf} termsOf
   * @param {string[]} ids
   */
  counts(found, termsOf, ids) {
    const all = found.map(({ number }) => ({ number, missed: this.#missed(number, termsOf) }));
    /** @type {Counts} */
    const counts = {};
    for (const [place, { id, terms }] of this.facets.entries()) {
      if (!ids.includes(id)) continue;
      const counted = terms.map(() => 0);
      // The terms of one facet add to each other, so what is chosen in the facet itself does not narrow its counts.
      for (const { number, missed } of all)
        if (missed.every((facet) => facet === place)) for (const term of termsOf(place, number)) counted[term] += 1;
      counts[id] = Object.fromEntries(terms.map((term, own) => [term.id, counted[own]]));
    }
    return counts;
  }

  /**
   * Return the counts that need no documents where no words were asked for: of all facets where nothing is chosen, and of
   * the only one that anything is chosen of.
   * @returns {Counts}
   */
  known() {
    const [only] = this.chosen.size === 1 ? this.chosen.keys() : [];
    const known = this.facets.filter((_, place) => this.isEmpty || place === only);
    return Object.fromEntries(
      known.map(({ id, terms }) => [id, Object.fromEntries(terms.map((term) => [term.id, term.count]))]),
    );
  }

  /**
   * Return the facets of which a document has none of the chosen terms.
   * @param {number} number
   * @param {TermsOf} termsOf
   */
  #missed(number, termsOf) {
    /** @type {(number | string)[]} */
    const missed = [];
    for (const [facet, wanted] of this.chosen) {
      const own = typeof facet === "number" ? termsOf(facet, number) : [];
      if (!wanted.some((term) => own.includes(term))) missed.push(facet);
    }
    return missed;
  }
}
