// A Markdown body → its blocks, each with its line. The twin of kunskapsbank/blocks.py, with the same patterns, which
// come from there: `rules.content.blocks`.
// @ts-check

import { expressions } from "./patterns.js";

/**
 * @typedef {"heading" | "paragraph" | "item" | "table" | "html" | "code"} Form
 * @typedef {{form: Form, line: number, markdown: string, level: number}} Block
 * @typedef {{blocks: Block[], references: Map<string, string>}} Text
 * @typedef {{[name: string]: RegExp}} Expressions
 */

// What means nothing in Markdown is covered while the text is read: moved to a private range of Unicode.
const PRIVATE = 0xe000;
const NOTHING = "\ue000";
const FENCED = "\ue001";
const COVERED = /[\ue000-\ue07e]/g;

/**
 * Take a Markdown body apart; `firstLine` is its first line in the file.
 * @param {string} source
 * @param {number} firstLine
 * @param {any} rules skapa/regler.json
 * @returns {Text}
 */
export function read(source, firstLine, rules) {
  const patterns = expressions(rules.content.blocks, "su");
  const code = new RegExp(patterns.code.source, "gms");
  const escape = new RegExp(patterns.escape.source, "gsu");
  const text = source
    .replace(code, (whole, fence, ticks) => codeCovered(whole, fence, ticks))
    .replace(escape, (_, character) => NOTHING + covered(character));
  return new Reader(text.replaceAll("\t", "    ").split("\n"), firstLine, patterns).read();
}

/** Return the cells of a line of a table, without the spaces around them. */
export function cells(/** @type {string} */ row) {
  return trimmed(row).replace(/^\|/, "").replace(/\|$/, "").split("|").map(trimmed);
}

/** Return a text with the characters of code and escapes as they are shown. */
export function uncovered(/** @type {string} */ markdown) {
  return markdown.replace(COVERED, (character) =>
    character > FENCED ? String.fromCharCode(character.charCodeAt(0) - PRIVATE) : "");
}

/** Return the name of an address in the form that `Text.references` has it. */
export const referenceKey = (/** @type {string} */ name) => name.toLowerCase().split(/\s+/).filter(Boolean).join(" ");

/** @type {(text: string) => string} */
const covered = (text) =>
  text.replace(/[!-/:-@[-`{-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + PRIVATE));

/** @type {(text: string) => string} */
const trimmed = (text) => text.replace(/^ +| +$/g, "");

/** @type {(whole: string, fence: string | undefined, ticks: string | undefined) => string} */
function codeCovered(whole, fence, ticks) {
  if (whole.startsWith("<!--")) return whole.replace(/[^\n]/g, " ");
  if (fence) return whole.replace(/[^\n]/g, FENCED);
  const { length } = ticks ?? "";
  const edge = NOTHING.repeat(length);
  return edge + covered(whole.slice(length, -length)) + edge;
}

/** Goes through the lines once, as the reader in blocks.py. */
class Reader {
  /** @type {Block[]} */
  #blocks = [];
  /** @type {Map<string, string>} */
  #references = new Map();
  #depth = 0;
  #afterBlank = true;
  /** @type {Form} */
  #form = "paragraph";
  #start = 0;
  /** @type {string[]} */
  #open = [];
  #lines;
  #firstLine;
  #patterns;

  /** @param {string[]} lines @param {number} firstLine @param {Expressions} patterns */
  constructor(lines, firstLine, patterns) {
    this.#lines = lines;
    this.#firstLine = firstLine;
    this.#patterns = patterns;
  }

  /** @returns {Text} */
  read() {
    for (let number = 0; number < this.#lines.length;) number += this.#line(number);
    this.#end();
    return { blocks: this.#blocks, references: this.#references };
  }

  #end() {
    if (this.#open.length) this.#add(this.#form, this.#start, this.#open.join("\n"));
    this.#form = "paragraph";
    this.#open = [];
  }

  /** @param {Form} form @param {number} number @param {string} markdown */
  #add(form, number, markdown, level = 0) {
    this.#blocks.push({ form, line: this.#firstLine + number, markdown, level });
  }

  /** Return a line without its indent and the marks of a quotation; "" after the last line. @param {number} number */
  #bare(number) {
    return (this.#lines[number] ?? "").replace(this.#patterns.quote, "");
  }

  /** Read the line and return how many lines were read. @param {number} number */
  #line(number) {
    const bare = this.#bare(number);
    if (!bare.trim()) {
      this.#end();
      this.#afterBlank = true;
      return 1;
    }
    const indent = this.#lines[number].search(/[^ ]/);
    const level = Math.floor(indent / 4);
    if (this.#afterBlank) this.#depth = Math.min(this.#depth, level);
    this.#afterBlank = false;
    if (bare.startsWith(FENCED) || (!this.#open.length && level > this.#depth)) {
      this.#end();
      this.#add("code", number, "");
      return 1;
    }
    const content = this.#opened(bare, level);
    return this.#table(number, content) || this.#heading(number, content, indent) || this.#text(number, content);
  }

  /** Begin what the line opens; return what else stands on it. @param {string} content @param {number} level */
  #opened(content, level) {
    const { admonition, ruler, attributes } = this.#patterns;
    if (admonition.test(content)) {
      this.#end();
      this.#depth = level + 1;
      return "";
    }
    if (!this.#open.length && (ruler.test(content) || this.#isReference(content))) return "";
    /** @type {[string, Form][]} */
    const openings = [["item", "item"], ["definition", "item"], ["footnote", "paragraph"]];
    for (const [name, form] of openings) {
      const found = this.#patterns[name].exec(content);
      if (!found) continue;
      if (name === "definition" && this.#open.length) this.#form = "item";
      this.#end();
      this.#form = form;
      this.#depth = level + 1;
      return content.slice(found[0].length);
    }
    return attributes.test(content) ? "" : content;
  }

  /** @param {string} content */
  #isReference(content) {
    const found = this.#patterns.reference.exec(content);
    if (found) this.#references.set(referenceKey(found[1]), found[2]);
    return found !== null;
  }

  /** @param {number} number @param {string} content */
  #table(number, content) {
    const below = this.#bare(number + 1);
    const isTable = content.includes("|") && below.includes("|") && this.#patterns.dashes.test(below);
    if (this.#open.length || !isTable || cells(content).length !== cells(below).length) return 0;
    const rows = [content];
    for (let row; (row = trimmed(this.#bare(number + rows.length)));) rows.push(row);
    this.#add("table", number, rows.join("\n"));
    this.#end();
    return rows.length;
  }

  /** @param {number} number @param {string} content @param {number} indent */
  #heading(number, content, indent) {
    const { heading, headingAttributes, underline } = this.#patterns;
    const hashes = indent % 4 === 0 ? heading.exec(content) : null;
    const isText = content && !this.#open.length && this.#form === "paragraph";
    const below = isText && !hashes ? underline.exec(this.#bare(number + 1)) : null;
    if (!hashes && !below) return 0;
    this.#end();
    const words = hashes ? hashes[2] : content;
    const level = hashes ? hashes[1].length : below?.[1] ? 1 : 2;
    this.#add("heading", number, trimmed(words.replace(headingAttributes, "")), level);
    return hashes ? 1 : 2;
  }

  /** @param {number} number @param {string} content */
  #text(number, content) {
    if (this.#open.length) this.#open.push(content);
    else if (content) {
      if (this.#patterns.html.test(content)) this.#form = "html";
      this.#start = number;
      this.#open = [content];
    }
    return 1;
  }
}
