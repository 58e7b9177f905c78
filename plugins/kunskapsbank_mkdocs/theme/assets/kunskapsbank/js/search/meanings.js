// What words mean to each other: groups of phrases that mean the same, and which are broader. The twin of meanings.py.

/**
 * A group: what it is called, the id of the nearest theme ("" where none is), its phrases as stems with spaces between,
 * the first of which gives its term, and the places of the broader groups, nearest first, with how many steps off each is.
 * @typedef {{name: string, theme: string, phrases: string[], broader: number[][]}} Group
 */

export const GROUP_MARK = "=";

export class Meanings {
  /** @type {Map<string, [string[], string][]>} */
  #phrases = new Map();
  #groups;
  /** @type {Map<string, Group>} */
  #byTerm = new Map();

  /** @param {Group[]} groups */
  constructor(groups) {
    this.#groups = groups;
    for (const group of groups) {
      const term = termOf(group);
      this.#byTerm.set(term, group);
      for (const phrase of group.phrases) {
        const stems = phrase.split(" ");
        const known = this.#phrases.get(stems[0]) ?? [];
        known.push([stems, term]);
        this.#phrases.set(stems[0], known);
      }
    }
    for (const known of this.#phrases.values()) known.sort(([a], [b]) => b.length - a.length);
  }

  /**
   * Return the [length, group] of every phrase that begins at `place`, the longest first.
   * @param {string[]} stems
   * @param {number} place
   * @returns {[number, string][]}
   */
  at(stems, place) {
    const phrases = this.#phrases.get(stems[place]) ?? [];
    const begins = phrases.filter(([phrase]) => phrase.every((part, number) => part === stems[place + number]));
    return begins.map(([phrase, group]) => [phrase.length, group]);
  }

  /**
   * Return the group that a word alone is a phrase of.
   * @param {string} stem
   */
  ofWord(stem) {
    return this.#phrases.get(stem)?.find(([phrase]) => phrase.length === 1)?.[1];
  }

  /**
   * Return the groups broader than one, nearest first, with how many steps off they are.
   * @param {string} term
   * @returns {[string, number][]}
   */
  broader(term) {
    const found = this.#byTerm.get(term)?.broader ?? [];
    return found.map(([place, steps]) => [termOf(this.#groups[place]), steps]);
  }

  /**
   * Return what a group is called.
   * @param {string} term
   */
  name(term) {
    return this.#byTerm.get(term)?.name ?? "";
  }

  /**
   * Return the id of the theme nearest to a group; "" where none is.
   * @param {string} term
   */
  theme(term) {
    return this.#byTerm.get(term)?.theme ?? "";
  }
}

/** @param {Group} group */
const termOf = ({ phrases }) => GROUP_MARK + phrases[0].replaceAll(" ", "_");
