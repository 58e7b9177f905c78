// What words mean to each other: groups of phrases that mean the same, and which are broader. The twin of meanings.py;
// what it says is only what the index has here.

/**
 * A group: its term, and its phrases as stems.
 * @typedef {{term: string, phrases: string[][]}} Group
 * What is told of one: what it is called, the id of the nearest theme ("" where none is), and the broader groups, nearest
 * first, with how many steps off each is.
 * @typedef {{name: string, theme: string, broader: [string, number][]}} Told
 */

export const GROUP_MARK = "=";

/**
 * Return what groups mean of which all are here, without what is told of them.
 * @param {Group[]} all
 */
export function whole(all) {
  /** @type {Map<string, Group[]>} */
  const byStart = new Map();
  for (const group of all)
    for (const start of new Set(group.phrases.map(([first]) => first)))
      byStart.set(start, [...(byStart.get(start) ?? []), group]);
  return new Meanings({
    groups: (stem) => byStart.get(stem) ?? [],
    group: (term) => all.find((group) => group.term === term),
    told: () => null,
  });
}

export class Meanings {
  #index;

  /**
   * @param {{groups: (stem: string) => Group[], group: (term: string) => Group | undefined,
   *   told: () => Map<string, Told> | null | undefined}} index
   */
  constructor(index) {
    this.#index = index;
  }

  /**
   * Return the [length, group] of every phrase that begins at `place`, the longest first.
   * @param {string[]} stems
   * @param {number} place
   * @returns {[number, string][]}
   */
  at(stems, place) {
    const found = this.#index
      .groups(stems[place])
      .flatMap(({ term, phrases }) => phrases.map((phrase) => /** @type {const} */ ([phrase, term])))
      .filter(([phrase]) => phrase.every((part, number) => part === stems[place + number]));
    return found.sort(([a], [b]) => b.length - a.length).map(([phrase, term]) => [phrase.length, term]);
  }

  /**
   * Return the group that a word alone is a phrase of.
   * @param {string} stem
   */
  ofWord(stem) {
    return this.#index
      .groups(stem)
      .find(({ phrases }) => phrases.some(([one, ...more]) => one === stem && !more.length))?.term;
  }

  /**
   * Return the phrases of a group.
   * @param {string} term
   */
  phrases(term) {
    return this.#index.group(term)?.phrases ?? [];
  }

  /**
   * Return the groups broader than one, nearest first, with how many steps off they are.
   * @param {string} term
   * @returns {[string, number][]}
   */
  broader(term) {
    return this.#told(term)?.broader ?? [];
  }

  /**
   * Return what a group is called.
   * @param {string} term
   */
  name(term) {
    return this.#told(term)?.name ?? "";
  }

  /**
   * Return the id of the theme nearest to a group; "" where none is.
   * @param {string} term
   */
  theme(term) {
    return this.#told(term)?.theme ?? "";
  }

  /** @param {string} term */
  #told(term) {
    return this.#index.told()?.get(term);
  }
}
