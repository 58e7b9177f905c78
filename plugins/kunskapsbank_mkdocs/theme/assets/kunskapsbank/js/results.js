// Answer → what the page shows of it. Whatever comes from the bank or the reader is put in as text, never as HTML.

import * as texts from "./texts.js";

/**
 * @typedef {{ text: string, mark: boolean }[]} Parts a text with the words that were searched marked
 *
 * @typedef {object} Shown a hit as it is shown
 * @property {string} url relative to the site's root
 * @property {Parts} titleParts
 * @property {Parts} passage
 * @property {string} kind
 * @property {string} years
 * @property {string} owners
 * @property {string} summary
 * @property {boolean} example
 */

export class Results {
  #element;
  #root;

  /**
   * @param {HTMLElement} element
   * @param {string} root the address of the site, with end slash
   */
  constructor(element, root) {
    this.#element = element;
    this.#root = root;
    this.heading = this.#find("[data-kb-heading]");
    this.more = /** @type {HTMLButtonElement} */ (this.#find("[data-kb-more] button"));
  }

  /** Say that an answer is on its way; what is shown stays until it comes. */
  wait() {
    this.#element.setAttribute("aria-busy", "true");
  }

  /**
   * @param {object} answer
   * @param {string} answer.heading
   * @param {boolean} answer.ordered whether there is an order to choose
   * @param {string[]} answer.notes
   * @param {Shown[]} answer.hits the first of them
   * @param {number} answer.total
   */
  show({ heading, ordered, notes, hits, total }) {
    this.#begin(heading, notes);
    this.#find("[data-kb-order]").hidden = !ordered;
    this.#list.replaceChildren(...hits.map((hit) => this.#hit(hit)));
    this.#tellMore(hits.length, total);
  }

  /**
   * Add hits after those shown, and move the focus to the first of them.
   *
   * @param {Shown[]} hits
   * @param {{ total: number, problems: string[] }} answer
   */
  add(hits, { total, problems }) {
    const items = hits.map((hit) => this.#hit(hit));
    this.#list.append(...items);
    const told = this.#find("[data-kb-notes]");
    told.append(...problems.filter((problem) => !told.textContent?.includes(problem)).map(note));
    this.#tellMore(this.#list.childElementCount, total);
    items[0]?.querySelector("a")?.focus();
  }

  /**
   * Say that there is no answer, and why.
   *
   * @param {string} reason
   */
  fail(reason) {
    this.#begin(texts.FAULT, [reason]);
    this.#list.replaceChildren();
    this.#tellMore(0, 0);
    this.help({ advice: false });
  }

  /**
   * @param {string} words
   * @param {string} address
   */
  suggest(words, address) {
    const paragraph = this.#find("[data-kb-spelling]");
    const link = /** @type {HTMLAnchorElement} */ (paragraph.querySelector("a"));
    link.textContent = words;
    link.href = address;
    paragraph.hidden = false;
  }

  /**
   * Show ways on where there are no hits.
   *
   * @param {{ advice: boolean }} options whether the words may be to blame
   */
  help({ advice }) {
    this.#find("[data-kb-advice]").hidden = !advice;
    this.#find("[data-kb-relax]").hidden = true;
    this.#find("[data-kb-help]").hidden = false;
  }

  /**
   * Show which filters to take away, and what that would give.
   *
   * @param {{ text: string, act: () => void }[]} ways
   */
  relax(ways) {
    const part = this.#find("[data-kb-relax]");
    part.querySelector("ul")?.replaceChildren(...ways.map((way) => this.#button("[data-kb-way]", way)));
    part.hidden = ways.length === 0;
  }

  /**
   * Show what is chosen, each with a way to take it away.
   *
   * @param {{ text: string, act: () => void }[]} chosen
   */
  chips(chosen) {
    const part = this.#find("[data-kb-chips]");
    part.querySelector("ul")?.replaceChildren(...chosen.map((chip) => this.#button("[data-kb-chip]", chip)));
    part.hidden = chosen.length === 0;
  }

  /**
   * Move the focus to a chip or, when there are none, to the heading.
   *
   * @param {number} place
   */
  focusChip(place) {
    const chips = /** @type {NodeListOf<HTMLElement>} */ (this.#element.querySelectorAll("[data-kb-chips] li button"));
    (chips[Math.min(place, chips.length - 1)] ?? this.heading).focus();
  }

  /**
   * @param {string} heading
   * @param {string[]} notes
   */
  #begin(heading, notes) {
    this.#element.setAttribute("aria-busy", "false");
    this.#element.querySelector("[data-kb-slow]")?.remove();
    this.heading.textContent = heading;
    this.#find("[data-kb-notes]").replaceChildren(...notes.map(note));
    this.#find("[data-kb-spelling]").hidden = true;
    this.#find("[data-kb-help]").hidden = true;
  }

  /**
   * @param {number} shown
   * @param {number} total
   */
  #tellMore(shown, total) {
    const part = this.#find("[data-kb-more]");
    part.hidden = shown >= total;
    this.#find("[data-kb-more] span").textContent = texts.part(shown, total);
  }

  /** @param {Shown} hit */
  #hit(hit) {
    const item = this.#made("[data-kb-hit]");
    const link = /** @type {HTMLAnchorElement} */ (item.querySelector("a"));
    link.href = this.#root + hit.url;
    link.append(...marked(hit.titleParts));
    if (!hit.example) item.querySelector(".kb-tag")?.remove();
    item.querySelector(".kb-row__facts")?.append(...separated([capitalised(hit.kind), hit.years, hit.owners]));
    const passage = hit.passage.length ? hit.passage : [{ text: hit.summary, mark: false }];
    item.querySelector(".kb-row__text")?.append(...marked(passage));
    return item;
  }

  /**
   * @param {string} template
   * @param {{ text: string, act: () => void }} action
   */
  #button(template, { text, act }) {
    const item = this.#made(template);
    /** @type {HTMLElement} */ (item.querySelector("[data-kb-name]")).textContent = text;
    item.querySelector("button")?.addEventListener("click", act);
    return item;
  }

  get #list() {
    return this.#find("[data-kb-hits]");
  }

  /** @param {string} selector */
  #find(selector) {
    return /** @type {HTMLElement} */ (this.#element.querySelector(selector));
  }

  /** @param {string} selector of a template in the page */
  #made(selector) {
    const template = /** @type {HTMLTemplateElement} */ (document.querySelector(`template${selector}`));
    return /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
  }
}

/** @param {string} text */
function note(text) {
  const element = document.createElement("p");
  element.textContent = text;
  const box = document.createElement("div");
  box.className = "kb-notice";
  box.append(element);
  return box;
}

/** @param {Parts} parts */
function marked(parts) {
  return parts.map(({ text, mark }) => {
    if (!mark) return text;
    const element = document.createElement("mark");
    element.textContent = text;
    return element;
  });
}

/**
 * Return facts with a dot between for the eye and a comma for the ear.
 *
 * @param {string[]} facts
 */
function separated(facts) {
  return facts
    .filter(Boolean)
    .flatMap((fact, place) => (place ? [span("kb-dot", " · "), span("kb-sr", ", "), fact] : [fact]));
}

/**
 * @param {string} name
 * @param {string} text
 */
function span(name, text) {
  const element = document.createElement("span");
  element.className = name;
  element.textContent = text;
  if (name === "kb-dot") element.ariaHidden = "true";
  return element;
}

/** @param {string} text */
const capitalised = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
