// Fields and a body → the text of a content file, and the place in the content folder where it belongs. The twin of
// kunskapsbank/drafts.py, which tells why; tests/cases/create/drafts.json holds the two together.
// @ts-check

/**
 * A front matter value: a text, a list or a group of fields.
 * @typedef {string | Value[] | {[key: string]: Value}} Value
 * What drafts.py says to the browser.
 * @typedef {{keys: string[], longestSlug: number, projectDocuments: string[], reserved: string[], suggested: string,
 *   outlines: {[kind: string]: {heading: string, help: string, from: number}[]}}} Rules
 * A content file, whole and taken apart: `lines` has the 1-based line of each key, with what stands inside it as paths
 * ("medel/0/år", "målgrupper/1"); `bodyLine` is the line that `body` begins on.
 * @typedef {{file: string, text: string, body: string, bodyLine: number, fields: {[key: string]: Value},
 *   lines: {[path: string]: number}}} Source
 */

const SPACE = /[ \t\r\n]+/g;
const INVISIBLE = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028\u2029\u2060\ufeff\ufffe\uffff]|\p{Cs}/gu;
const STARTS_PLAINLY = /^[A-Za-z0-9À-ÖØ-öø-ÿ(”]/;
const MISREAD = /: | #|:$/;
const WORDS = /^(null|true|false|yes|no|on|off|y|n)$/i;

/** Return `text` in normal form C on one line, with single spaces and without characters that nobody sees. */
export function cleaned(text) {
  return text.replace(INVISIBLE, "").normalize("NFC").replace(SPACE, " ").trim();
}

/** Return a text as YAML writes it on one line, in quotation marks where it could be misread. */
function scalar(value) {
  const text = typeof value === "string" ? cleaned(value) : "";
  if (!text || (STARTS_PLAINLY.test(text) && !MISREAD.test(text) && !WORDS.test(text))) return text;
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

/**
 * A line of YAML and the path of what begins on it, "" where nothing does.
 * @typedef {[line: string, paths: string[]]} Line
 * @returns {Line[]}
 */
function entry(key, value, path) {
  const nested = inner(value, path);
  if (!nested.length) return [[`${key}: ${scalar(value)}`.trimEnd(), [path]]];
  return [[`${key}:`, [path]], ...nested.map(([line, paths]) => /** @type {Line} */ ([`  ${line}`, paths]))];
}

/** @returns {Line[]} */
function inner(value, path) {
  if (typeof value === "string") return [];
  if (!Array.isArray(value)) return Object.entries(value).flatMap(([key, one]) => entry(key, one, `${path}/${key}`));
  return value.flatMap((item, number) => {
    const here = `${path}/${number}`;
    const nested = inner(item, here);
    const [[first, paths], ...rest] = nested.length ? nested : [[scalar(item), []]];
    const begins = /** @type {Line} */ ([`- ${first}`.trimEnd(), [here, ...paths]]);
    return [begins, ...rest.map(([line, own]) => /** @type {Line} */ ([`  ${line}`, own]))];
  });
}

const comment = (note) => `# ${" ".repeat(/^ */.exec(note)[0].length)}${cleaned(note)}`;

/** Return a value as it is read again: texts cleaned, "" where a list or a group is empty. */
function asRead(value) {
  if (typeof value === "string") return cleaned(value);
  if (Array.isArray(value)) return value.length ? value.map(asRead) : "";
  const entries = Object.entries(value);
  return entries.length ? Object.fromEntries(entries.map(([key, one]) => [key, asRead(one)])) : "";
}

/**
 * Return a content file as the checks take it.
 * @param {string} file its path, relative to the content folder
 * @param {{[key: string]: Value}} fields front matter keys, in any order
 * @param {string} body Markdown
 * @param {{[key: string]: string[]}} notes per key the comment lines above its field, without #
 * @param {Rules} rules
 * @returns {Source}
 */
export function draft(file, fields, body, notes, rules) {
  const unknown = [...Object.keys(fields), ...Object.keys(notes)].find((key) => !rules.keys.includes(key));
  if (unknown !== undefined) throw new RangeError(`${unknown} is no key of the schema`);
  const head = ["---"];
  const lines = {};
  for (const key of rules.keys) {
    head.push(...(notes[key] ?? []).map(comment));
    if (!(key in fields)) continue;
    for (const [line, paths] of entry(key, fields[key], key)) {
      head.push(line);
      for (const path of paths) lines[path] = head.length;
    }
  }
  head.push("---");
  const markdown = body.normalize("NFC").replaceAll("\r\n", "\n").replace(/^\n+|\n+$/g, "");
  const rest = markdown ? `\n${markdown}\n` : "";
  const read = Object.fromEntries(rules.keys.filter((key) => key in fields).map((key) => [key, asRead(fields[key])]));
  return { file, text: `${head.join("\n")}\n${rest}`, body: rest, bodyLine: head.length + 1, fields: read, lines };
}

/** Return the text of a content file; see `draft`. */
export const written = (fields, body, notes, rules) => draft("", fields, body, notes, rules).text;

/** Return the note above a field that was filled in from a passage of the text. */
export const suggested = (passage, rules) => (passage ? `${rules.suggested}: ”${passage}”` : rules.suggested);

/** Return an ASCII id for addresses: "Enskede-Årsta-Vantör" gives "enskede-arsta-vantor"; "" if nothing is left. */
export function slugify(text) {
  // What Python's casefold does beyond lower case: ß and the ligatures that Word and pdf files have.
  const folded = text.toLowerCase().replaceAll("ß", "ss").replace(/[\ufb00-\ufb06]/g, (one) => one.normalize("NFKD"));
  const bare = folded.normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  return bare.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}

function slug(rules, kind, ...parts) {
  let found = slugify(parts.filter(Boolean).join(" "));
  const longest = rules.longestSlug;
  if (found.length > longest) {
    const cut = found.slice(0, longest + 1);
    found = cut.slice(0, Math.max(cut.lastIndexOf("-"), 0)) || found.slice(0, longest);
  }
  return rules.reserved.includes(found) ? `${found}-${kind}` : found || "utan-namn";
}

/**
 * Return where a file belongs, relative to the content folder: "projekt/samlarteam/2018-slutrapport.md".
 * @param {string} kind the id of a kind of document
 * @param {string} project the project's folder; "" for what belongs to none
 * @param {number | null} year
 * @param {string} name a new project's or a research report's title, a trip's place
 * @param {Rules} rules
 */
export function place(kind, project, year, name, rules) {
  if (kind === "projekt") return `projekt/${project || slug(rules, kind, name)}/index.md`;
  if (rules.projectDocuments.includes(kind)) return `projekt/${project}/${slug(rules, kind, year, kind)}.md`;
  if (kind === "reserapport") return `resor/${slug(rules, kind, year, name)}.md`;
  if (kind === "utlysning") return `utlysningar/${slug(rules, kind, year)}.md`;
  return `forskning/${slug(rules, kind, name)}.md`;
}

/**
 * Return a body with the headings of a kind of document, each with its help as a comment that is not published.
 * @param {string} kind
 * @param {number | null} year that of the money; what is asked for from a later year on is left out
 * @param {Rules} rules
 */
export function outline(kind, year, rules) {
  const asked = (rules.outlines[kind] ?? []).filter((section) => year === null || section.from <= year);
  const comment = (help) => (help ? `\n<!-- Hjälp: ${help.replace(/-{2,}/g, "–")} -->\n` : "");
  return asked.map(({ heading, help }) => `## ${heading}\n${comment(help)}`).join("\n");
}
