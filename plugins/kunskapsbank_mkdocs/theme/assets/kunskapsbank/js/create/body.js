// A text in Markdown → what may not stand in it, and the links that lead nowhere. The twin of kunskapsbank/body.py and
// links.py, but for headings on other pages, which would have to be fetched.
// @ts-check

import { Marked } from "../vendor/marked.js";
import { slugify } from "./draft.js";
import { problemAt } from "./fields.js";
import { listed, nearest, quoted } from "./text.js";

/**
 * @typedef {import("./draft.js").Source & {beside?: string[]}} Source `beside` are the files that come with it
 * @typedef {import("./fields.js").Problem} Problem
 * @typedef {import("./fields.js").Rules} Rules
 */

// As in body.py; \w of Python is [\p{L}\p{N}_] here.
const LEVEL_ONE = "^ {0,3}#(?!#)|^.*\\S.*(?=\\n=+ *$)";
const CODE = /^(`{3,}|~{3,})[^\n]*\n[^]*?^\1 *$|(?<!`)(`+)(?!`)(?:(?!\n[ \t]*\n)[^])+?(?<!`)\2(?!`)|<!--(?!-?>)[^]*?-->/gm;
const TAG = /<(\/?)([a-zA-Z][^\s/>]*)((?:[^"'>]|"[^"]*"|'[^']*')*)>/g;
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?/g;
const SCHEME = /^\s*([a-zA-Z][a-zA-Z0-9+.-]*):/;

const markdown = new Marked();

/** @param {Source} source @param {Rules} rules @returns {Problem[]} what stops the text from being a page */
export function check(source, rules) {
  const found = [...conflicts(source, rules)];
  if (found.length) return found;
  const reader = new Reader(source, rules);
  reader.read();
  return reader.problems;
}

/** @param {Source} source @param {Rules} rules @returns {Problem[]} the links that lead nowhere */
export function checkLinks(source, rules) {
  const reader = new Reader(source, rules);
  reader.read();
  const known = new Set([...rules.files, source.file, ...(source.beside ?? [])]);
  return reader.links.flatMap(({ target, line }) => {
    const fault = brokenLink(source, target, known, reader.anchors, rules);
    return fault ? [problemAt(source, line, "", fault[0], fault[1])] : [];
  });
}

/** @type {(source: Source, rules: Rules) => Generator<Problem>} */
function* conflicts(source, rules) {
  const mark = new RegExp(`^(?:${rules.file.conflict})`);
  const hint = "Välj vilken text som ska gälla, och ta bort raderna som börjar med <<<, === och >>>.";
  for (const [place, line] of source.text.split("\n").entries()) {
    const message = `raden ${quoted(line)} visar att två ändringar krockar`;
    if (mark.test(line)) yield problemAt(source, place + 1, "", message, hint);
  }
}

/** Goes through a text once and leaves its problems, links and anchors. */
class Reader {
  /** @type {Problem[]} */
  problems = [];
  /** @type {{target: string, line: number}[]} */
  links = [];
  /** @type {string[]} */
  anchors = [];
  /** How often a pattern was looked for. @type {Map<string, number>} */
  #asked = new Map();
  #bare;

  /** @param {Source} source @param {Rules} rules */
  constructor(source, rules) {
    this.source = source;
    this.rules = rules;
    this.#bare = source.body.replace(CODE, (code) => code.replace(/[^\n]/g, " "));
  }

  read() {
    this.#headings();
    const tokens = markdown.lexer(this.source.body);
    markdown.walkTokens(tokens, (/** @type {any} */ token) => {
      if (token.type === "html") this.#html(token.raw, token.block);
      else if (token.type === "link" || token.type === "image") this.#link(token.href);
    });
  }

  /** Python-Markdown takes any line that begins with # for a heading, also without a space after it. */
  #headings() {
    const lines = this.#bare.split("\n");
    for (const [place, line] of lines.entries()) {
      const hashes = /^(#{1,6})(.*?)#*\s*$/.exec(line);
      const under = /^(=+|-+) *$/.exec(lines[place + 1] ?? "");
      const isText = line.trim() && !/^\s*([-*+>|#]|\d+\.)/.test(line);
      if (!hashes && !(under && isText)) continue;
      const level = hashes ? hashes[1].length : under?.[1].startsWith("=") ? 1 : 2;
      this.#heading(level, plain(hashes ? hashes[2].trim() : line.trim()));
    }
  }

  /** @param {number} level @param {string} text */
  #heading(level, text) {
    let anchor = slugify(text);
    for (let count = 1; this.anchors.includes(anchor); count++) anchor = `${slugify(text)}_${count}`;
    this.anchors.push(anchor);
    if (level > 1) return;
    const hint = "Rubriken överst på sidan är titeln. Börja rubrikerna i texten med ##.";
    this.#tell(this.#lineOf(LEVEL_ONE), `rubriken '${text}' har nivå 1 (#)`, hint);
  }

  /** @param {string} html @param {boolean} isBlock within a line, Python-Markdown takes <! and <? for text */
  #html(html, isBlock) {
    const rest = html.replace(/<!--[^]*?-->/g, "");
    const declared = isBlock ? /<[!?]/.exec(rest)?.[0] : undefined;
    if (declared) {
      const hint = `Ta bort koden. Om tecknet < ska synas i texten: skriv &lt;${declared[1]}`;
      this.#tell(this.#lineOf(escaped(declared)), `koden ${declared} får inte användas`, hint);
    }
    for (const [, end, name, attributes] of rest.matchAll(TAG)) {
      if (!end) this.#element(name.toLowerCase(), attributes);
    }
  }

  /** @param {string} name @param {string} attributes */
  #element(name, attributes) {
    const { body } = this.rules;
    if (!body.elements.includes(name)) {
      const hint = "Skriv texten med Markdown i stället, utan HTML. Om tecknet < ska synas i texten: skriv &lt;";
      this.#tell(this.#lineOf(pattern(`<${name}`)), `HTML-elementet <${name}> får inte användas`, hint);
      return;
    }
    const found = Array.from(attributes.matchAll(ATTRIBUTE), ([, key, value]) => [key.toLowerCase(), value ?? ""]);
    for (const key of [...new Set(found.map(([key]) => key))].sort()) {
      if (body.attributes.includes(key)) continue;
      this.#tell(this.#lineOf(pattern(key)), `HTML-attributet ${key} får inte användas`, "Ta bort det.");
    }
    for (const [key, value] of found) if (key === "href" || key === "src") this.#link(value.replace(/^["']|["']$/g, ""));
  }

  /** @param {string} target */
  #link(target) {
    const line = this.#lineOf(target.trim() ? pattern(target) : "\\]\\(\\s*\\)");
    const scheme = SCHEME.exec(target.replace(/[\x00-\x20]/g, ""))?.[1];
    const { schemes } = this.rules.body;
    if (!scheme || schemes.includes(scheme.toLowerCase())) {
      this.links.push({ target, line });
      return;
    }
    const safe = listed(schemes.map((/** @type {string} */ one) => `${one}:`), "eller");
    this.#tell(line, `länken börjar med ${scheme}:`, `En länk börjar med ${safe}, eller pekar på en fil i banken.`);
  }

  /** Return the line of the n-th place of a pattern, n being how often it was asked for. @param {string} pattern */
  #lineOf(pattern) {
    const skip = this.#asked.get(pattern) ?? 0;
    this.#asked.set(pattern, skip + 1);
    const places = Array.from(this.#bare.matchAll(new RegExp(pattern, "gimu")), (match) => match.index);
    if (!places.length) return this.source.bodyLine;
    const before = this.#bare.slice(0, places[Math.min(skip, places.length - 1)]);
    return this.source.bodyLine + before.split("\n").length - 1;
  }

  /** @param {number} line @param {string} message @param {string} hint */
  #tell(line, message, hint) {
    this.problems.push(problemAt(this.source, line, "", message, hint));
  }
}

/** @type {(text: string) => string} */
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");

/** Return a pattern for a text where it stands by itself: index.md, not ../index.md. @type {(text: string) => string} */
function pattern(text) {
  const start = /^[\p{L}\p{N}_./#-]/u.test(text) ? "(?<![\\p{L}\\p{N}_./#\\-])" : "";
  return `${start}${escaped(text)}(?![\\p{L}\\p{N}_#/\\-])`;
}

/** Return a line of Markdown without its marks. @type {(text: string) => string} */
function plain(text) {
  const words = (/** @type {any[]} */ tokens) =>
    tokens.map((/** @type {any} */ one) => (one.tokens ? words(one.tokens) : one.type === "html" ? "" : one.text)).join("");
  const bare = words(markdown.Lexer.lexInline(text));
  return bare.replace(/&(amp|lt|gt|quot|#39);/g, (/** @type {string} */ entity) => ENTITIES[entity]).split(/\s+/).join(" ").trim();
}

/** @type {{[entity: string]: string}} */
const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" };

/** @type {(source: Source, target: string, known: Set<string>, anchors: string[], rules: Rules) => string[] | undefined} */
function brokenLink(source, target, known, anchors, rules) {
  if (/^(?:[a-zA-Z][a-zA-Z0-9+.-]*:|\/\/)/.test(target)) return undefined;
  if (!target.trim()) return ["en länk saknar adress", "Skriv adressen inom parentesen: [text](adress)"];
  const [path, ...rest] = decoded(target).normalize("NFC").split("#");
  const anchor = rest.join("#");
  if (path.startsWith("/")) {
    return [`länken ${target} börjar med /`, "Skriv vägen från den här filen, till exempel ../stella/index.md"];
  }
  const folder = source.file.slice(0, source.file.lastIndexOf("/"));
  const file = path ? joined(folder, path) : source.file;
  if (known.has(file)) return file === source.file && anchor ? brokenAnchor(file, anchor, anchors) : undefined;
  const isAsset = rules.assetTypes.includes(/\.[^./]*$/.exec(file)?.[0].toLowerCase());
  const message = isAsset ? `filen ${target} finns inte` : `länken ${target} leder ingenstans`;
  const close = meant(file, known);
  if (close) return [message, `Menade du ${relative(close, folder)}?`];
  const beside = "Lägg filen bredvid texten, eller rätta namnet.";
  return [message, isAsset ? beside : "Rätta namnet, eller ta bort länken."];
}

/** @type {(file: string, anchor: string, anchors: string[]) => string[] | undefined} */
function brokenAnchor(file, anchor, anchors) {
  if (anchors.includes(anchor) || /^fn(ref)?:/.test(anchor)) return undefined;
  const close = nearest(anchor, anchors);
  const hint = close ? `Menade du #${close}?` : "Skriv rubriken med små bokstäver, a–z och bindestreck.";
  return [`rubriken #${anchor} finns inte på sidan ${file}`, hint];
}

/** @type {(target: string) => string} */
function decoded(target) {
  try {
    return decodeURIComponent(target);
  } catch {
    // A per cent sign that stands for itself.
    return target;
  }
}

/** @type {(folder: string, path: string) => string} */
function joined(folder, path) {
  /** @type {string[]} */
  const parts = [];
  for (const part of `${folder}/${path}`.split("/")) {
    if (part === ".." && parts.length && parts[parts.length - 1] !== "..") parts.pop();
    else if (part && part !== ".") parts.push(part);
  }
  return parts.join("/");
}

/** @type {(file: string, folder: string) => string} */
function relative(file, folder) {
  const [to, from] = [file.split("/"), folder ? folder.split("/") : []];
  while (from.length && to.length > 1 && from[0] === to[0]) {
    from.shift();
    to.shift();
  }
  return [...from.map(() => ".."), ...to].join("/");
}

/** Return the file that was meant: of another kind or name in the folder, in a folder beside it, or elsewhere. */
function meant(/** @type {string} */ file, /** @type {Set<string>} */ known) {
  for (const other of [`${file}/index.md`, `${file.replace(/(?<=[^/])\.[^./]*$/, "")}.md`]) {
    if (known.has(other)) return other;
  }
  const split = (/** @type {string} */ path) => [path.slice(0, Math.max(path.lastIndexOf("/"), 0)), path.slice(path.lastIndexOf("/") + 1)];
  const [folder, name] = split(file);
  const beside = new Map([...known].filter((other) => split(other)[0] === folder).map((other) => [split(other)[1], other]));
  const close = nearest(name, beside.keys());
  if (close) return beside.get(close);
  const same = [...known].filter((other) => split(other)[1] === name).sort();
  const [parent, last] = split(folder);
  const near = new Map(same.filter((other) => split(split(other)[0])[0] === parent).map((other) => [split(split(other)[0])[1], other]));
  const nearby = nearest(last, near.keys());
  if (nearby) return near.get(nearby);
  return same.length === 1 ? same[0] : undefined;
}
