// A block of Markdown → what a reader meets in it: its words, its links with what they are called, its pictures. The
// twin of kunskapsbank/inline.py, with the same patterns, which come from there: `rules.content.inline`.
// @ts-check

import { referenceKey, uncovered } from "./blocks.js";
import { expressions } from "./patterns.js";

/**
 * @typedef {import("./blocks.js").Block} Block
 * @typedef {{alternative: string, line: number}} Picture
 * @typedef {{words: string, target: string, line: number, isLinked: boolean, hasPicture: boolean}} Link
 * @typedef {{words: string, links: Link[], pictures: Picture[]}} Inline
 */

export const HARD_BREAK = "\u2028";
const PICTURE = "\ufffc";

/**
 * @param {Block} block
 * @param {Map<string, string>} references the text's addresses by name
 * @param {any} rules skapa/regler.json
 * @returns {Inline}
 */
export function read(block, references, rules) {
  return new Reader(block, references, rules.content.inline).read();
}

/** Takes one thing after the other away from the Markdown, and leaves its words and line ends there. */
class Reader {
  /** @type {Link[]} */
  #links = [];
  /** @type {Picture[]} */
  #pictures = [];
  #left;
  #block;
  #references;
  #entities;
  #patterns;

  /** @param {Block} block @param {Map<string, string>} references @param {any} told */
  constructor(block, references, told) {
    this.#left = block.markdown;
    this.#block = block;
    this.#references = references;
    this.#entities = told.entities;
    this.#patterns = expressions(told.patterns, "gsu");
  }

  /** @returns {Inline} */
  read() {
    this.#take("break", () => HARD_BREAK);
    this.#take("note", () => "");
    this.#take("picture", ([, alternative], line) => this.#pictured(alternative, line));
    this.#take("htmlPicture", ([whole], line) => {
      const [found] = whole.matchAll(this.#patterns.alternative);
      return this.#pictured(found?.[1] || found?.[2] || "", line);
    });
    this.#take("link", ([, words, target], line) => this.#link(words, target, line));
    this.#take("htmlLink", ([, one, other, words], line) => this.#link(words, one || other || "", line));
    this.#take("referenceLink", ([whole, words, name], line) => {
      const target = this.#references.get(referenceKey(name || words));
      return target === undefined ? whole : this.#link(words, target, line);
    });
    this.#take("address", ([, target], line) => this.#link(target, target, line));
    this.#take("tag", () => "");
    this.#take("bare", ([target], line) => this.#link(target, target, line, false));
    const links = this.#links.sort((one, other) => one.line - other.line);
    return { words: this.#shown(this.#left), links, pictures: this.#pictures };
  }

  /**
   * Put what `taken` returns in each place of the pattern; no line end is lost.
   * @param {string} name
   * @param {(match: string[], line: number) => string} taken
   */
  #take(name, taken) {
    const text = this.#left;
    let [from, left, line] = [0, "", this.#block.line];
    for (const match of text.matchAll(this.#patterns[name])) {
      const before = text.slice(from, match.index);
      line += ends(before);
      const words = taken(match, line);
      left += before + words + "\n".repeat(Math.max(0, ends(match[0]) - ends(words)));
      line += ends(match[0]);
      from = match.index + match[0].length;
    }
    this.#left = left + text.slice(from);
  }

  /** @param {string} alternative @param {number} line */
  #pictured(alternative, line) {
    this.#pictures.push({ alternative: this.#oneLine(alternative), line });
    return PICTURE + alternative;
  }

  /** @param {string} words @param {string} target @param {number} line */
  #link(words, target, line, isLinked = true) {
    const bare = target.replace(this.#patterns.title, "").replace(/^[ \n]+|[ \n]+$/g, "");
    const address = uncovered(bare.replace(/^</, "").replace(/>$/, ""));
    const link = { words: this.#oneLine(words), target: address, line, isLinked, hasPicture: words.includes(PICTURE) };
    this.#links.push(link);
    return words.replace(this.#patterns.bare, (found) => found.replaceAll(":", "\ue03a").replaceAll("www.", "www\ue02e"));
  }

  /** @param {string} markdown */
  #shown(markdown) {
    const bare = markdown.replaceAll(PICTURE, " ").replace(this.#patterns.tag, "").replace(this.#patterns.emphasis, "");
    return uncovered(bare).replace(this.#patterns.entity, (_, name) => this.#entities[name]);
  }

  /** @param {string} markdown */
  #oneLine(markdown) {
    return oneLine(this.#shown(markdown).replaceAll(HARD_BREAK, " "));
  }
}

/** @type {(text: string) => number} */
const ends = (text) => text.split("\n").length - 1;

/** Return a text on one line, with single spaces. @type {(text: string) => string} */
export const oneLine = (text) => text.split(/\s+/).filter(Boolean).join(" ");
