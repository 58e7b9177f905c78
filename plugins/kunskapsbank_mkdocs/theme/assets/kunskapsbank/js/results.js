// Answer → what the page shows of it. Whatever comes from the bank or the reader is put in as text, never as HTML.

import { marking } from "./marked.js";
import { gathered } from "./search/gathering.js";
import { textFragment } from "./text-fragment.js";
import * as texts from "./texts.js";

/**
 * @typedef {import("./marked.js").Parts} Parts
 *
 * @typedef {object} Shown a hit as it is shown
 * @property {string} id
 * @property {string} project the id of the project that it is of, "" where it stands alone
 * @property {number} score
 * @property {string} title
 * @property {{ where: string, url: string, passage: Parts } | null} inFile where a file beside it answers better
 * @property {string} url relative to the site's root
 * @property {Parts} titleParts
 * @property {Parts} passage
 * @property {string} kind
 * @property {string} years
 * @property {string} owners
 * @property {string} summary
 * @property {string} result
 */

// Milliseconds without an answer before it is said that one is looked for.
const PATIENCE = 150;

export class Results {
  #element;
  #root;
  #marked;
  #patience = 0;
  #isEmpty = false;
  /** The rows that are shown, by the project that each is of. @type {Map<string, HTMLElement>} */
  #rows = new Map();
  #shown = 0;
  #together = false;
  #isRanked = true;
  /** @type {IntersectionObserver | undefined} */
  #near;

  /**
   * @param {HTMLElement} element
   * @param {string} root the address of the site, with end slash
   * @param {[string, string][]} foreign words of other languages, with their codes
   */
  constructor(element, root, foreign) {
    this.#element = element;
    this.#root = root;
    this.#marked = marking(foreign);
    this.heading = this.#find("[data-kb-heading]");
    this.more = /** @type {HTMLButtonElement} */ (this.#find("[data-kb-more] button"));
    this.take = /** @type {HTMLButtonElement} */ (this.#find("[data-kb-take] button"));
  }

  /**
   * Say that an answer is on its way; the hits that are shown stay until it comes.
   *
   * @param {{ atOnce?: boolean }} [options] whether to say so before it has taken any time
   */
  wait({ atOnce = false } = {}) {
    this.#element.setAttribute("aria-busy", "true");
    clearTimeout(this.#patience);
    const say = () => {
      this.heading.textContent = texts.SEARCHING;
      this.#find("[data-kb-help]").hidden = true;
    };
    // That there are no hits must not be said of a question that has no answer yet.
    if (this.#isEmpty || atOnce) say();
    else this.#patience = setTimeout(say, PATIENCE);
  }

  /** Whether the reader is among the hits. */
  get hasFocus() {
    return this.#list.contains(document.activeElement);
  }

  /**
   * Do something once, when the last of the hits is in sight or nearly so: it adds more.
   *
   * @param {() => void} act
   */
  whenNear(act) {
    const last = this.#list.lastElementChild;
    if (!last) return;
    this.#element.dataset.kbComing = "";
    this.#near = new IntersectionObserver(
      (seen) => {
        if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
        this.#near?.disconnect();
        act();
      },
      { rootMargin: "0px 0px 100% 0px" },
    );
    this.#near.observe(last);
  }

  /** Say that there is nothing to ask for yet, where only a letter has been typed. */
  goOn() {
    this.#begin(texts.GO_ON, []);
    this.named([], null);
  }

  /**
   * @param {object} answer
   * @param {string} answer.heading
   * @param {boolean} answer.ordered whether there is an order to choose
   * @param {string[]} answer.notes
   * @param {Shown[]} answer.hits the first of them
   * @param {number} answer.together of how many hits at a time those of one project are shown together, 0 for none
   * @param {boolean} answer.isRanked whether the best hits are first
   * @param {number} answer.total
   */
  show({ heading, ordered, notes, hits, together, isRanked, total }) {
    this.#begin(heading, notes);
    this.#find("[data-kb-order]").hidden = !ordered;
    this.#isEmpty = total === 0;
    this.#clear();
    // As if they had been asked for one lot after the other.
    [this.#together, this.#isRanked] = [together > 0, isRanked];
    const size = together || hits.length;
    for (let from = 0; from < hits.length; from += size) this.#put(hits.slice(from, from + size));
    this.#tellMore(total);
  }

  /**
   * Add hits after those shown, have the focus move to the first of them, and return the sentence on how many are shown.
   *
   * @param {Shown[]} hits
   * @param {{ total: number, problems: string[] }} answer
   * @param {{ isMoved: boolean }} focus
   */
  add(hits, { total, problems }, { isMoved }) {
    const links = this.#put(hits);
    this.tell(problems);
    const part = this.#tellMore(total);
    delete this.#element.dataset.kbComing;
    if (isMoved) links[0]?.focus();
    return part;
  }

  /**
   * Tell of problems that are not told yet.
   *
   * @param {string[]} problems
   */
  tell(problems) {
    const told = this.#find("[data-kb-notes]");
    told.append(...problems.filter((problem) => !told.textContent?.includes(problem)).map(note));
  }

  #clear() {
    this.#list.replaceChildren();
    this.#rows.clear();
    this.#shown = 0;
  }

  /**
   * Show hits after the others, those of a project that is shown already beneath its row; return the links to them.
   *
   * @param {Shown[]} hits
   */
  #put(hits) {
    this.#shown += hits.length;
    /** @type {(HTMLElement | null)[]} */
    const links = [];
    for (const group of this.#together ? gathered(hits, this.#isRanked) : hits.map((hit) => [hit])) {
      const project = this.#together ? group[0].project : "";
      let row = this.#rows.get(project);
      let others = group;
      if (!row) {
        row = this.#hit(group[0]);
        this.#list.append(row);
        if (project) this.#rows.set(project, row);
        links.push(row.querySelector("a"));
        others = group.slice(1);
      }
      const more = /** @type {HTMLElement} */ (row.querySelector(".kb-row__more"));
      const items = others.map((hit) => this.#other(hit));
      more.querySelector("ul")?.append(...items);
      if (items.length) more.hidden = false;
      links.push(...items.map((item) => item.querySelector("a")));
    }
    return links;
  }

  /** @param {Shown} hit */
  #other(hit) {
    const item = this.#made("[data-kb-other]");
    const link = /** @type {HTMLAnchorElement} */ (item.querySelector("a"));
    link.href = this.#root + hit.url;
    const { caption, name } = apart(hit);
    // What it is tells it apart; its name may be that of the hit above it.
    link.append(...(caption ? [caption] : this.#marked(name)));
    return item;
  }

  /**
   * Say that there is no answer, and why.
   *
   * @param {string} reason
   */
  fail(reason) {
    this.#begin(texts.FAULT, [reason]);
    this.named([], null);
    this.#clear();
    this.#tellMore(0);
    this.help({ advice: false });
  }

  /**
   * Say which words were asked for in place of misspelt ones, and offer to ask for those as they were typed.
   *
   * @param {string} instead
   * @param {string} asTyped
   * @param {string} address
   */
  corrected(instead, asTyped, address) {
    const paragraph = this.#find("[data-kb-spelling]");
    const link = /** @type {HTMLAnchorElement} */ (paragraph.querySelector("a"));
    /** @type {HTMLElement} */ (paragraph.querySelector("span")).textContent = instead;
    link.textContent = asTyped;
    link.href = address;
    paragraph.hidden = false;
  }

  /**
   * Tell of words that no text has, with a way to what is nearest.
   *
   * @param {{ text: string, link: string, after: string, address: string }[]} words
   */
  absent(words) {
    this.#find("[data-kb-absent]").replaceChildren(
      ...words.map(({ text, link, after, address }) => {
        const paragraph = document.createElement("p");
        paragraph.append(text);
        if (link) {
          const anchor = document.createElement("a");
          anchor.textContent = link;
          anchor.href = address;
          paragraph.append(anchor, after);
        }
        return paragraph;
      }),
    );
  }

  /**
   * Show what the question names, and a way to ask it with names taken as filters (null: none).
   *
   * @param {import("./search/naming.js").Named[]} boxes
   * @param {{ text: string, address: string } | null} narrowed
   */
  named(boxes, narrowed) {
    const list = this.#find("[data-kb-named]");
    list.replaceChildren(...boxes.map((box) => this.#box(box)));
    list.hidden = boxes.length === 0;
    const link = /** @type {HTMLAnchorElement} */ (this.#find("[data-kb-narrow]"));
    link.textContent = narrowed?.text ?? "";
    link.href = narrowed?.address ?? "";
    this.#find("[data-kb-narrowed]").hidden = !narrowed;
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
    clearTimeout(this.#patience);
    this.#near?.disconnect();
    delete this.#element.dataset.kbComing;
    this.#element.setAttribute("aria-busy", "false");
    this.#element.querySelector("[data-kb-slow]")?.remove();
    this.heading.textContent = heading;
    this.#find("[data-kb-notes]").replaceChildren(...notes.map(note));
    this.#find("[data-kb-spelling]").hidden = true;
    this.#find("[data-kb-absent]").replaceChildren();
    this.#find("[data-kb-help]").hidden = true;
  }

  /**
   * Tell how many of the hits are shown, where that is not to be seen: not all, or several under one heading.
   *
   * @param {number} total
   */
  #tellMore(total) {
    const [shown, rows] = [this.#shown, this.#list.childElementCount];
    const part = texts.part(shown, total, rows);
    this.#find("[data-kb-more]").hidden = shown >= total && rows >= shown;
    this.more.hidden = shown >= total;
    this.#find("[data-kb-take]").hidden = total === 0;
    this.#find("[data-kb-more] span").textContent = part;
    return part;
  }

  /** @param {import("./search/naming.js").Named} named */
  #box({ heading, label, note, url }) {
    const item = this.#made("[data-kb-box]");
    const link = /** @type {HTMLAnchorElement} */ (item.querySelector("a"));
    link.href = this.#root + url;
    link.append(...this.#marked([{ text: label, mark: false }]));
    /** @type {HTMLElement} */ (item.querySelector(".kb-box__kind")).textContent = `${heading}: `;
    item.querySelector(".kb-box__note")?.append(...this.#marked([{ text: note, mark: false }]));
    return item;
  }

  /** @param {Shown} hit */
  #hit(hit) {
    const item = this.#made("[data-kb-hit]");
    const link = /** @type {HTMLAnchorElement} */ (item.querySelector("a"));
    link.href = this.#root + hit.url + textFragment(hit.passage);
    const { caption, name } = apart(hit);
    link.querySelector(".kb-caption-of")?.append(caption ? `${caption} ` : "");
    link.querySelector(".kb-name")?.append(...this.#marked(name));
    const told = item.querySelector(".kb-tag");
    if (hit.result) told?.append(hit.result);
    else told?.remove();
    item.querySelector(".kb-row__facts span")?.append(hit.owners);
    const passage = hit.passage.length ? hit.passage : [{ text: hit.summary, mark: false }];
    const text = /** @type {HTMLElement} */ (item.querySelector(".kb-row__text"));
    if (hit.inFile) {
      const file = document.createElement("a");
      file.href = this.#root + hit.inFile.url;
      file.textContent = hit.inFile.where;
      text.append(file, ": ", ...this.#marked(hit.inFile.passage));
    } else text.append(...this.#marked(passage));
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

/**
 * Return a title as what it is and from when, and the name that is left: as pages/captions.py takes titles apart.
 *
 * @param {Shown} hit
 * @returns {{ caption: string, name: Parts }}
 */
function apart({ kind, years, titleParts }) {
  const caption = `${capitalised(kind)} ${years}`.trim();
  const title = titleParts.map(({ text }) => text).join("");
  const begins = title.toLowerCase().startsWith(kind.toLowerCase());
  const prefix = begins ? /^(?: \d{4})?: +(?=\S)/.exec(title.slice(kind.length)) : null;
  let over = prefix ? kind.length + prefix[0].length : 0;
  const name = [];
  for (const { text, mark } of titleParts) {
    if (over < text.length) name.push({ text: text.slice(over), mark });
    over = Math.max(0, over - text.length);
  }
  return { caption: title.toLowerCase() === caption.toLowerCase() ? "" : caption, name };
}

/** @param {string} text */
const capitalised = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
