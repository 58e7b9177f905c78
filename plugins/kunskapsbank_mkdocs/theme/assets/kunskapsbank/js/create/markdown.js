// Simple HTML → Markdown in the bank's dialect. The twin of kunskapsbank/intake/markdown.py, which tells why.
// @ts-check

import { slugify } from "./draft.js";
import { DROPPED, Page, holds, isText, line, lines, nameOf, textOf } from "./spans.js";
import * as tables from "./tables.js";

/**
 * A document as Markdown: its title, "" where it has none, the keys of the pictures that it shows, in order, and what
 * the editor should look at.
 * @typedef {{markdown: string, title: string, pictures: string[], remarks: string[]}} Written
 * @typedef {{level: number, isPromoted: boolean}} Heading
 */

const HEADING = /^h[1-6]$/;
const BLOCKS = new Set(
  ("address article blockquote body center dd details div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 header hr " +
    "html li main ol p pre section summary table tbody td tfoot th thead tr ul caption").split(" "),
);
const OPAQUE = new Set(["ul", "ol", "table", "blockquote", "dl", "pre"]);
const LONGEST_HEADING = 80;
const DEEPEST = 6;
const INDENT = "    ";
const NO_CODE = "ul, ol, blockquote";
const LIST = /^(?:- |[0-9]+\. )/;
const NUMBER = /^[1-9][0-9]{0,3}$/;

/**
 * Turn HTML into Markdown; `names` maps the `src` of each picture to the file name to link to.
 * @type {(html: string, names: {[key: string]: string}) => Written}
 */
export function write(html, names) {
  const root = new DOMParser().parseFromString(html, "text/html").body;
  const page = new Page(names);
  const notes = takenNotes(root);
  page.knownNotes = new Set(notes.keys());
  const title = takenTitle(root);
  const writer = new Writer(page, levels(root, page));
  const blocks = [...writer.blocks(root.childNodes), ...writer.footnotes(notes)];
  return { markdown: blocks.length ? `${blocks.join("\n\n")}\n` : "", title, pictures: page.pictures, remarks: page.remarks };
}

/** Take the footnotes' texts out of the tree. @param {Element} root @returns {Map<string, Element>} */
function takenNotes(root) {
  const notes = new Map();
  for (const item of [...root.querySelectorAll("li[id]")]) {
    if (!/^(footnote|endnote)-\w+$/.test(item.id)) continue;
    const around = item.parentElement;
    if (!notes.has(item.id)) notes.set(item.id, item);
    item.remove();
    if (around && around !== root && ["ol", "ul"].includes(around.localName) && !holds(around, ["li"])) around.remove();
  }
  return notes;
}

/** Take the title out of the tree. @param {Element} root */
function takenTitle(root) {
  const titles = [...root.querySelectorAll("h1")];
  let found = titles.find((heading) => heading.classList.contains("title"));
  if (!found && titles.length === 1 && !saysSomethingBefore(titles[0], root)) found = titles[0];
  if (!found || holds(found, ["img"])) return "";
  found.remove();
  return textOf(found.childNodes);
}

/** @type {(heading: Element, root: Element) => boolean} */
function saysSomethingBefore(heading, root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node && node !== heading; node = walker.nextNode()) {
    if (isText(node) && (node.nodeValue ?? "").trim()) return true;
  }
  return false;
}

/** Return each heading's level in the bank, and note where links to it lead. @type {(root: Element, page: Page) => Map<Node, Heading>} */
function levels(root, page) {
  const found = new Map();
  /** @type {number[]} */
  const open = [];
  /** @type {Set<string>} */
  const used = new Set();
  for (const tag of topBlocks(root)) {
    const isPromoted = !HEADING.test(tag.localName);
    if (isPromoted && !looksLikeHeading(tag)) continue;
    const words = textOf(tag.childNodes);
    if (!words) continue;
    let level = Math.min(open.length + 2, DEEPEST);
    if (!isPromoted) {
      const source = Number(tag.localName[1]);
      while (open.length && open[open.length - 1] >= source) open.pop();
      open.push(source);
      level = Math.min(open.length + 1, DEEPEST);
    }
    found.set(tag, { level, isPromoted });
    const anchor = unique(slugify(words), used);
    for (const inner of [tag, ...tag.querySelectorAll("[id]")]) if (inner.id) page.anchors.set(inner.id, anchor);
  }
  return found;
}

/** Yield paragraphs and headings that stand neither in a list, a table nor a quotation. @param {Element} node @returns {Generator<Element>} */
function* topBlocks(node) {
  for (const child of node.children) {
    const name = child.localName;
    if (name === "p" || HEADING.test(name)) yield child;
    else if (BLOCKS.has(name) && !OPAQUE.has(name)) yield* topBlocks(child);
  }
}

/** @param {Element} paragraph */
function looksLikeHeading(paragraph) {
  const words = textOf(paragraph.childNodes);
  const bold = textOf([...paragraph.childNodes].filter((child) => ["strong", "b"].includes(nameOf(child))));
  return Boolean(words) && words === bold && Array.from(words).length <= LONGEST_HEADING && !/[.,:;!?…]$/.test(words);
}

/** @type {(slug: string, used: Set<string>) => string} */
function unique(slug, used) {
  let found = slug;
  for (let number = 1; used.has(found) || !found; number++) found = `${slug}_${number}`;
  used.add(found);
  return found;
}

/** Writes blocks: each is a text of one or several lines, without empty lines round it. */
class Writer {
  /** @type {(page: Page, levels: Map<Node, Heading>) => void} */
  constructor(page, levels) {
    this.page = page;
    this.levels = levels;
  }

  /** @param {Iterable<Node>} nodes @returns {string[]} */
  blocks(nodes) {
    const found = [];
    /** @type {Node[]} */
    let loose = [];
    for (const node of nodes) {
      const name = nameOf(node);
      if (name && (BLOCKS.has(name) || holds(node, BLOCKS))) {
        found.push(...this.paragraph(loose));
        loose = [];
        if (!DROPPED.has(name)) found.push(...this.block(/** @type {Element} */ (node)));
      } else {
        loose.push(node);
      }
    }
    return [...found, ...this.paragraph(loose)];
  }

  /** @param {Element} tag @returns {string[]} */
  block(tag) {
    const heading = this.levels.get(tag);
    if (heading) return this.heading(tag, heading);
    if (tag.localName === "ul" || tag.localName === "ol") return this.listing(tag);
    if (tag.localName === "table") return this.table(tag);
    if (tag.localName === "blockquote") {
      const inner = this.blocks(tag.childNodes).join("\n\n");
      return inner ? [inner.replace(/^.*$/gm, (one) => (one ? `> ${one}` : ">"))] : [];
    }
    if (tag.localName === "pre") return this.code(tag);
    if (tag.localName === "dt" || HEADING.test(tag.localName)) {
      if (!textOf(tag.childNodes)) return this.paragraph([...tag.childNodes]);
      const words = line(tag.childNodes, this.page);
      return words ? [`**${words.replaceAll("**", "")}**`] : [];
    }
    if (tag.localName === "hr") return [];
    return this.blocks(tag.childNodes);
  }

  /** @param {Node[]} nodes */
  paragraph(nodes) {
    const written = lines(nodes, this.page);
    return written.length ? [written.join("  \n")] : [];
  }

  /** @type {(tag: Element, heading: Heading) => string[]} */
  heading(tag, heading) {
    const words = line(tag.childNodes, this.page).replace(/(?<!\\)\*+/g, "")
      .replace(/#+$/, (signs) => "\\#".repeat(signs.length));
    if (heading.isPromoted) {
      this.page.remark(`Raden ”${textOf(tag.childNodes)}” är fetstil i originalet och har blivit en rubrik.`);
    }
    return words ? [`${"#".repeat(heading.level)} ${words}`] : [];
  }

  /** @param {Element} tag */
  code(tag) {
    const text = (tag.textContent ?? "").replaceAll("\r\n", "\n").replace(/^\n+|\n+$/g, "");
    if (tag.closest(NO_CODE)) {
      const found = text.split("\n").flatMap((whole) => lines([document.createTextNode(whole)], this.page));
      return found.length ? [found.join("  \n")] : [];
    }
    const runs = Array.from(text.matchAll(/`+/g), ([run]) => run.length + 1);
    const fence = "`".repeat(Math.max(3, ...runs));
    return text.trim() ? [`${fence}\n${text}\n${fence}`] : [];
  }

  /** @param {Element} tag */
  listing(tag) {
    const items = [];
    const firstNumber = tag.getAttribute("start") ?? "";
    const start = NUMBER.test(firstNumber) ? Number(firstNumber) : 1;
    for (const [place, item] of this.items(tag).entries()) {
      const mark = tag.localName === "ol" ? `${start + place}.` : "-";
      const inner = this.blocks(item);
      if (!inner.length) continue;
      const text = inner.reduce((before, other, at) =>
        `${before}${LIST.test(other) && !LIST.test(inner[at - 1]) ? "\n" : "\n\n"}${other}`);
      items.push(`${mark} ${indented(text)}`);
    }
    return items.length ? [items.join("\n")] : [];
  }

  /** Return what stands in each item; a list right in a list belongs to the item before it. @param {Element} tag */
  items(tag) {
    /** @type {Node[][]} */
    const found = [];
    /** @type {Node[]} */
    let held = [];
    for (const child of tag.childNodes) {
      if (nameOf(child) === "li") {
        if (held.length) found.push(held);
        held = [...child.childNodes];
      } else if (nameOf(child) || (child.nodeValue ?? "").trim()) {
        held.push(child);
      }
    }
    return held.length ? [...found, held] : found;
  }

  /** @param {Element} tag */
  table(tag) {
    const rows = [...tag.querySelectorAll("tr")].filter((row) => row.closest("table") === tag);
    const cells = rows.map((row) => [...row.querySelectorAll("td,th")].filter((cell) => cell.closest("tr") === row));
    const caption = [...tag.querySelectorAll("caption")].flatMap((found) => this.blocks(found.childNodes));
    if (cells.flat().length <= 1) return [...caption, ...cells.flat().flatMap((cell) => this.blocks(cell.childNodes))];
    const inHead = rows.map((row) => row.closest("thead") !== null);
    return [...caption, ...tables.written(cells.map((row) => row.map((cell) => this.tableCell(cell))), inHead, this.page)];
  }

  /** @param {Element} tag @returns {tables.Cell} */
  tableCell(tag) {
    const text = this.cell(tag);
    const isMarked = tag.localName === "th";
    const isHead = isMarked || /^\*\*(?:(?!\*\*).)+\*\*$/.test(text);
    return { text, isMarked, isHead, across: span(tag, "colspan"), down: span(tag, "rowspan") };
  }

  /** @param {Element} tag */
  cell(tag) {
    return this.cellParts(tag.childNodes).filter(Boolean).join(" ").replaceAll("|", "\\|");
  }

  /** @param {Iterable<Node>} nodes @returns {string[]} */
  cellParts(nodes) {
    const found = [];
    /** @type {Node[]} */
    let loose = [];
    for (const node of nodes) {
      const name = nameOf(node);
      if (!BLOCKS.has(name)) {
        loose.push(node);
        continue;
      }
      found.push(line(loose, this.page));
      loose = [];
      const inner = this.cellParts(node.childNodes);
      if (name === "li") found.push(`${inner.filter(Boolean).join(" ")};`);
      else if (name === "ul" || name === "ol") found.push(inner.filter(Boolean).join(" ").replace(/;$/, ""));
      else found.push(...inner);
    }
    return [...found, line(loose, this.page)];
  }

  /** Return the definitions of the footnotes that are called, in that order. @param {Map<string, Element>} notes */
  footnotes(notes) {
    const found = [];
    // A note may call another, which then comes last.
    for (const [called, number] of this.page.notes) {
      const text = this.blocks(/** @type {Element} */ (notes.get(called)).childNodes).join("\n\n") || "–";
      found.push(`[^${number}]: ${indented(text)}`);
    }
    return found;
  }
}

/** Return the text with its lines after the first indented. @param {string} text */
const indented = (text) => text.replace(/\n(?=[^\n])/g, `\n${INDENT}`);

/** @type {(cell: Element, name: string) => number} */
function span(cell, name) {
  const written = cell.getAttribute(name) ?? "1";
  return /^[1-9][0-9]?$/.test(written) ? Number(written) : 1;
}
