// Words inside a paragraph, heading or cell: HTML elements → Markdown on one or several lines. The twin of
// kunskapsbank/intake/spans.py, which tells why.
// @ts-check

const INVISIBLE = /[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u2028\u2029\u2060\ufeff\ufffe\uffff]/g;
const SPACES = /[ \t\n\r\f\x85]+/g;
const BLANK = " \u00a0";
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const LOWERED = "₀₁₂₃₄₅₆₇₈₉";
/** @type {{[name: string]: string}} */
const MARKS = { strong: "**", b: "**", em: "*", i: "*" };
/** Elements that hold no text of the document. */
export const DROPPED = new Set(
  ("aside audio button canvas embed footer form head iframe input link meta nav noscript object option script select " +
    "style svg template textarea title video").split(" "),
);
const FOOTNOTE = /^#((?:footnote|endnote)-\w+)$/;
const FOOTNOTE_BACK = /^#(?:footnote|endnote)-ref-/;
const MADE_BY_PROGRAM = new RegExp(
  " ?(?:Automatiskt genererad beskrivning|AI-genererat innehåll kan vara felaktigt|" +
    "Description automatically generated|AI-generated content may be incorrect)\\.?$",
);
const OUTSIDE = /^(?:https?:\/\/|mailto:|tel:)[^\s\x00-\x1f]/i;
const SHOWN = 40;

/** What the parts of one document need of each other while it is written: see Page in spans.py. */
export class Page {
  /** @param {{[key: string]: string}} names */
  constructor(names) {
    this.names = names;
    /** @type {Map<string, string>} */
    this.anchors = new Map();
    /** @type {Set<string>} */
    this.knownNotes = new Set();
    /** @type {Map<string, number>} */
    this.notes = new Map();
    /** @type {string[]} */
    this.pictures = [];
    /** @type {string[]} */
    this.remarks = [];
  }

  /** Note something that the editor should look at, once. @param {string} text */
  remark(text) {
    if (!this.remarks.includes(text)) this.remarks.push(text);
  }
}

/** The element's name, or "" for a node that is no element. @param {Node} node */
export const nameOf = (node) => (node.nodeType === 1 ? /** @type {Element} */ (node).localName : "");

/** Whether a node is text of the document. @param {Node} node */
export const isText = (node) => node.nodeType === 3;

/** Whether an element holds one of these. @type {(node: Node, names: Iterable<string>) => boolean} */
export const holds = (node, names) => /** @type {Element} */ (node).querySelector([...names].join(",")) !== null;

/** @type {(text: string, characters: string) => string} */
function stripped(text, characters) {
  let start = 0;
  let end = text.length;
  while (start < end && characters.includes(text[start])) start++;
  while (end > start && characters.includes(text[end - 1])) end--;
  return text.slice(start, end);
}

/** Return the words of elements on one line, without any marks. @param {Iterable<Node>} nodes */
export function textOf(nodes) {
  return stripped(words(nodes).replace(SPACES, " "), " ");
}

/** @param {Iterable<Node>} nodes @returns {string} */
function words(nodes) {
  return [...nodes].map((node) => {
    if (isText(node)) return (node.nodeValue ?? "").replace(INVISIBLE, "");
    const name = nameOf(node);
    if (name === "br") return " ";
    return name && !DROPPED.has(name) ? words(node.childNodes) : "";
  }).join("");
}

/**
 * Return elements as Markdown, a list of lines where there are line breaks; what begins a line is escaped.
 * @type {(nodes: Iterable<Node>, page: Page) => string[]}
 */
export function lines(nodes, page) {
  return inline(nodes, page, new Set()).split("\n").map((one) => stripped(one.replace(/ +/g, " "), " "))
    .filter(Boolean).map(lineStart);
}

/**
 * Return elements as Markdown on one line, where only a line's own marks must not be escaped: a heading, a cell.
 * @type {(nodes: Iterable<Node>, page: Page) => string}
 */
export function line(nodes, page) {
  const written = inline(nodes, page, new Set()).replaceAll("\n", " ");
  return stripped(written.replace(/\s+/g, (space) => (space.includes("\u00a0") ? space : " ")), " ");
}

/** @type {(nodes: Iterable<Node>, page: Page, within: Set<string>) => string} */
function inline(nodes, page, within) {
  let written = "";
  let before = "";
  for (const node of nodes) {
    let part = "";
    let mark = "";
    if (nameOf(node)) {
      part = element(/** @type {Element} */ (node), page, within);
      mark = MARKS[nameOf(node)] ?? "";
    } else if (isText(node)) {
      const text = escaped((node.nodeValue ?? "").replace(INVISIBLE, "").replace(SPACES, " "));
      part = within.has("a") ? withoutBrackets(text) : text;
    }
    if (part.startsWith("[") && written.endsWith("!")) {
      written = `${written.slice(0, -1)}\\!`;
    } else if (mark && mark === before && written.endsWith(mark) && part.startsWith(mark)) {
      written = written.slice(0, -mark.length);
      part = part.slice(mark.length);
    }
    written += part;
    before = mark;
  }
  return written;
}

/** @type {(tag: Element, page: Page, within: Set<string>) => string} */
function element(tag, page, within) {
  const name = { b: "strong", i: "em" }[tag.localName] ?? tag.localName;
  if (DROPPED.has(name)) return "";
  if (name === "br") return "\n";
  if (name === "img") return picture(tag, page);
  if ((name === "strong" || name === "em") && !within.has(name)) {
    return marked(inline(tag.childNodes, page, new Set([...within, name])), MARKS[name]);
  }
  if (name === "a" && !within.has("a")) return link(tag, page, within);
  if ((name === "sup" || name === "sub") && !holds(tag, ["a", "img"])) {
    return escaped(textOf(tag.childNodes)).replace(/[0-9]/g, (digit) => (name === "sup" ? RAISED : LOWERED)[Number(digit)]);
  }
  if (["s", "del", "strike"].includes(name)) {
    const struck = shown(textOf(tag.childNodes));
    page.remark(`Texten ”${struck}” är överstruken i originalet. Ta bort den om den inte ska vara med.`);
  }
  return inline(tag.childNodes, page, within);
}

/** Put marks round the words, with the spaces outside. @type {(text: string, mark: string) => string} */
function marked(text, mark) {
  return text.split("\n").map((part) => {
    const inner = stripped(part, BLANK);
    if (!inner) return part;
    const start = part.indexOf(inner);
    return `${part.slice(0, start)}${mark}${inner}${mark}${part.slice(start + inner.length)}`;
  }).join("\n");
}

/** @type {(tag: Element, page: Page) => string} */
function picture(tag, page) {
  const key = tag.getAttribute("src") ?? "";
  if (!Object.hasOwn(page.names, key)) {
    page.remark("En bild gick inte att ta med. Lägg till den för hand om den behövs.");
    return "";
  }
  if (!page.pictures.includes(key)) page.pictures.push(key);
  const whole = (tag.getAttribute("alt") ?? "").replace(INVISIBLE, "").split(/\s+/).filter(Boolean).join(" ");
  const said = whole.replace(MADE_BY_PROGRAM, "");
  const alt = withoutBrackets(escaped(said));
  if (said !== whole && said) {
    page.remark(`Beskrivningen ”${shown(said)}” av en bild är skriven av ett program. Läs den och rätta den.`);
  }
  if (!alt) {
    page.remark(`Bilden ${page.names[key]} saknar beskrivning. Skriv den inom hakparenteserna: ![beskrivning].`);
  }
  return `![${alt}](${page.names[key]})`;
}

/** @type {(tag: Element, page: Page, within: Set<string>) => string} */
function link(tag, page, within) {
  const address = (tag.getAttribute("href") ?? "").trim().replace(/^(?=www\.)/i, "https://");
  const called = FOOTNOTE.exec(address);
  if (called && page.knownNotes.has(called[1])) {
    if (!page.notes.has(called[1])) page.notes.set(called[1], page.notes.size + 1);
    return `[^${page.notes.get(called[1])}]`;
  }
  if (FOOTNOTE_BACK.test(address)) return "";
  const inner = inline(tag.childNodes, page, new Set([...within, "a"]));
  if (!stripped(inner, `${BLANK}\n`) || !address) return inner;
  const anchor = address.startsWith("#") ? page.anchors.get(address.slice(1)) : undefined;
  if (anchor !== undefined) return around(inner, `#${anchor}`);
  if (OUTSIDE.test(address)) return around(inner, address);
  page.remark(`Länken ”${shown(textOf(tag.childNodes))}” pekar på något som inte finns i banken. Bara texten är kvar.`);
  return inner;
}

/** Make a link of the words, with the spaces and line breaks outside. @type {(inner: string, address: string) => string} */
function around(inner, address) {
  const found = stripped(inner, `${BLANK}\n`);
  const start = inner.indexOf(found);
  const target = address.replace(/[\s()<>"\\^`{|}\x00-\x1f]/g,
    (character) => `%${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(2, "0")}`);
  return `${inner.slice(0, start)}[${found.replace(/[ \n]+/g, " ")}](${target})${inner.slice(start + found.length)}`;
}

/** @param {string} text */
function shown(text) {
  const characters = Array.from(text);
  return characters.length <= SHOWN ? text : `${characters.slice(0, SHOWN).join("")}…`;
}

/** Return `text` so that Markdown shows it as it is, wherever on a line it stands but first. @param {string} text */
export function escaped(text) {
  return text.replace(/&(?=[#\p{L}\p{N}_])/gu, "&amp;").replaceAll("<", "&lt;")
    .replace(/\\(?=[!-/:-@[-`{-~]|\s*$)|[`*{]/g, "\\$&")
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_")
    .replace(/[[\]](?=[\^([:])|\[(?=[^\]]*\][([:])|!(?=\[)/g, "\\$&");
}

/** Escape all brackets in an escaped text. @param {string} text */
const withoutBrackets = (text) => text.replace(/(?<!\\)((?:\\\\)*)([[\]])/g, "$1\\$2");

/** Escape what at the start of a line would make it something else than text. @param {string} text */
function lineStart(text) {
  const line = text.replace(/^(\p{Nd}+)([.)])(?=\s|$)/u, "$1\\$2").replace(/^(\[\^[0-9]+\]):/, "$1&#58;");
  if (/^(?:[-+](?:\s|$)|#|>|!{3}|[-|](?=[-|: ]*$))/.test(line)) return `\\${line}`;
  return /^(?::(?=\s|[-|: ]*$)|=+$|~{3})/.test(line) ? `&#${line.charCodeAt(0)};${line.slice(1)}` : line;
}
