// The filters of the search page: what can be chosen, what is chosen, and how many hits each term would give.

import * as texts from "./texts.js";

/**
 * @typedef {object} Term
 * @property {HTMLInputElement} box
 * @property {HTMLElement} item
 * @property {HTMLElement} count
 * @property {HTMLElement} unit
 * @property {string} name
 */

/**
 * @typedef {object} Group
 * @property {string} name
 * @property {Map<string, Term>} terms
 * @property {HTMLDetailsElement} element
 * @property {HTMLElement} chosen
 * @property {HTMLButtonElement | null} all the button that shows all terms, in a group that is cut
 * @property {number} shown how many terms are shown of one that is
 * @property {boolean} hasAny whether any document of the bank has a term of it
 */

export class Filters {
  /** @type {Map<string, Group>} */
  #groups = new Map();
  #chosen;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#chosen = find(root, "summary [data-kb-chosen]");
    for (const element of root.querySelectorAll("[data-kb-filter]")) this.#add(/** @type {any} */ (element));
  }

  /** The ids of those whose counts are in sight; on a narrow screen all are behind a button. */
  get seen() {
    const groups = [...this.#groups];
    const areShown = groups.some(([, { element }]) => element.checkVisibility());
    return areShown ? groups.filter(([, { element }]) => element.open).map(([id]) => id) : [];
  }

  get ids() {
    return [...this.#groups.keys()];
  }

  /**
   * @param {string} filter
   * @param {string} term
   */
  has(filter, term) {
    return this.#groups.get(filter)?.terms.has(term) ?? false;
  }

  /** @param {string} filter */
  nameOf(filter) {
    return this.#groups.get(filter)?.name ?? "";
  }

  /**
   * @param {string} filter
   * @param {string} term
   */
  termName(filter, term) {
    return this.#groups.get(filter)?.terms.get(term)?.name ?? "";
  }

  /** What is chosen, by the ids of filters and terms; only filters with any. */
  get chosen() {
    /** @type {Record<string, string[]>} */
    const chosen = {};
    for (const [id, { terms }] of this.#groups) {
      const ticked = [...terms].filter(([, term]) => term.box.checked).map(([value]) => value);
      if (ticked.length) chosen[id] = ticked;
    }
    return chosen;
  }

  set chosen(chosen) {
    for (const [id, group] of this.#groups) {
      for (const [value, term] of group.terms) term.box.checked = chosen[id]?.includes(value) ?? false;
      // What is chosen must not be hidden in a closed group.
      if (chosen[id]) group.element.open = true;
    }
  }

  /** Say beside each name how many terms are chosen, and keep those in sight. */
  tell() {
    let total = 0;
    for (const group of this.#groups.values()) {
      const count = [...group.terms.values()].filter((term) => term.box.checked).length;
      group.chosen.textContent = texts.chosen(count);
      total += count;
      this.#cut(group);
    }
    this.#chosen.textContent = texts.chosen(total);
  }

  /** @param {Record<string, Record<string, number>>} counts hits by the ids of filters that are counted, and of terms */
  show(counts) {
    for (const [id, group] of this.#groups) {
      if (!counts[id]) continue;
      for (const [value, term] of group.terms) {
        const count = counts[id][value] ?? 0;
        term.count.textContent = String(count);
        term.unit.textContent = texts.unit(count);
        term.item.classList.toggle("kb-choice--none", count === 0);
      }
      this.#order(group);
      this.#cut(group);
    }
  }

  /**
   * Put the terms with most hits first; not under the hand of somebody who is choosing.
   *
   * @param {Group} group
   */
  #order({ terms, element }) {
    if ("kbOrdered" in element.dataset || element.contains(document.activeElement)) return;
    const items = [...terms.values()].sort(byHits).map(({ item }) => item);
    items[0]?.parentElement?.append(...items);
  }

  /** @param {HTMLDetailsElement} element */
  #add(element) {
    /** @type {Map<string, Term>} */
    const terms = new Map();
    let id = "";
    for (const item of /** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll("[data-kb-term]"))) {
      const box = /** @type {HTMLInputElement} */ (find(item, "input"));
      id = box.name;
      const [count, unit] = [find(item, "[data-kb-count]"), find(item, "[data-kb-unit]")];
      terms.set(box.value, { box, item, count, unit, name: textOf(item, "[data-kb-name]") });
    }
    const all = /** @type {HTMLButtonElement | null} */ (element.querySelector("[data-kb-all]"));
    const shown = [...terms.values()].filter((term) => !term.item.hidden).length;
    const name = textOf(element, "summary [data-kb-name]");
    const hasAny = [...terms.values()].some((term) => hitsOf(term) > 0);
    const group = { name, terms, element, chosen: find(element, "[data-kb-chosen]"), all, shown, hasAny };
    all?.addEventListener("click", () => {
      const expanded = all.getAttribute("aria-expanded") !== "true";
      all.setAttribute("aria-expanded", String(expanded));
      all.textContent = (expanded ? all.dataset.fewer : all.dataset.more) ?? "";
      this.#cut(group);
    });
    if (id) this.#groups.set(id, group);
  }

  /**
   * Show the terms that would give hits, of a long group those with most; what is chosen or has the focus always.
   *
   * @param {Group} group
   */
  #cut({ terms, element, all, shown, hasAny }) {
    const useful = [...terms.values()].filter((term) => hitsOf(term) > 0).sort(byHits);
    const expanded = !all || all.getAttribute("aria-expanded") === "true";
    const most = new Set(expanded ? useful : useful.slice(0, shown));
    let isEmpty = true;
    for (const term of terms.values()) {
      const shows = most.has(term) || term.box.checked || term.box === document.activeElement;
      term.item.hidden = !shows;
      if (shows) isEmpty = false;
    }
    if (all) all.hidden = useful.length <= shown;
    // What is closed is not counted, and nothing vanishes under the hand of somebody who has just opened it.
    const mayGive = !element.open && hasAny;
    element.hidden = isEmpty && !mayGive && !element.contains(document.activeElement);
  }
}

/** @param {Term} term */
const hitsOf = ({ count }) => Number(count.textContent);

/** @type {(one: Term, other: Term) => number} */
const byHits = (one, other) => hitsOf(other) - hitsOf(one);

/**
 * @param {ParentNode} root
 * @param {string} selector
 */
function find(root, selector) {
  return /** @type {HTMLElement} */ (root.querySelector(selector));
}

/**
 * @param {ParentNode} root
 * @param {string} selector
 */
function textOf(root, selector) {
  return find(root, selector).textContent ?? "";
}
