// The fields of a content file → their values, and what is wrong with them. The twin of kunskapsbank/fields.py and
// schema.py, whose messages are repeated here letter by letter; tests/cases/create/check.json holds them together.
// @ts-check

import { slugify } from "./draft.js";
import { fold, listed, nearest, quoted, size, yearsText } from "./text.js";

/**
 * @typedef {import("./draft.js").Source} Source
 * @typedef {import("./draft.js").Value} Value
 * A fault as in kunskapsbank/problems.py.
 * @typedef {{file: string, line: number, field: string, message: string, hint: string, severity: "fel" | "anmärkning",
 *   rule: string}} Problem
 * What forms.py makes, and `today` as 2026-11-22.
 * @typedef {any} Rules
 * Where a value stands: its key as told, its line, its path in `Source.lines`, and an example of it.
 * @typedef {{source: Source, rules: Rules, problems: Problem[], field: string, path: string, example: string,
 *   line: number}} Reading
 */

const DAY = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
const NUMBER = /^([0-9]{1,12}|[0-9]{1,3}([ \u00a0\u202f.][0-9]{3}){1,3})$/;
const RANGE = /^([0-9]{4})\s*[-–—]\s*([0-9]{4})$/;

/** @type {(rules: Rules, attribute: string) => string} */
export const keyOf = (rules, attribute) => fieldOf(rules, attribute).key;

/** @type {(rules: Rules, attribute: string) => any} */
export const fieldOf = (rules, attribute) => rules.fields.find((/** @type {any} */ rule) => rule.attribute === attribute);

/** @type {(rule: any, kind: string | null) => boolean} */
export const appliesTo = (rule, kind) => rule.required.includes(kind) || rule.optional.includes(kind);

/**
 * Return the term with an id or a name, or undefined.
 * @param {Rules} rules
 * @param {string} vocabulary
 * @param {string} name
 */
export function findTerm(rules, vocabulary, name) {
  const wanted = fold(name);
  return rules.vocabularies[vocabulary].terms.find((/** @type {any} */ term) =>
    [term.id, ...namesOf(term)].some((known) => fold(known) === wanted),
  );
}

/** @type {(term: any) => string[]} */
const namesOf = (term) => [term.label, ...(term.synonyms ?? []), ...(term.abbreviations ?? [])];

/** @type {(rules: Rules, kind: string) => string} */
export const kindLabel = (rules, kind) => findTerm(rules, rules.vocabularyOf.kinds, kind).label;

/**
 * Read the fields of a file.
 * @param {Source} source
 * @param {Rules} rules
 * @returns {{kind: string | null, values: {[attribute: string]: any}, problems: Problem[]}} `values` by attribute
 */
export function read(source, rules) {
  const rule = fieldOf(rules, "kind");
  /** @type {Problem[]} */
  const problems = [];
  const kind = kindOf(source, rules, rule.key);
  const kept = Object.keys(source.fields).filter((key) => !isMisplaced(source, rules, kind, key, problems));
  const fields = kind === null ? rules.fields : rules.fields.filter((/** @type {any} */ one) => appliesTo(one, kind));
  const top = { source, rules, problems, field: "", path: "", example: "", line: 1 };
  const values = readFields(Object.fromEntries(kept.map((key) => [key, source.fields[key]])), fields, top);
  for (const one of rules.fields) {
    const isRequired = kind === null ? one.key === rule.key : one.required.includes(kind);
    if (isRequired && !(one.key in source.fields)) problems.push(missing(one, { ...top, line: firstLine(source) }));
  }
  checkOneYear(source, rules, kind, values, problems);
  return { kind, values, problems };
}

/** @type {(source: Source, rules: Rules, key: string) => string | null} */
function kindOf(source, rules, key) {
  const written = source.fields[key];
  const term = typeof written === "string" ? findTerm(rules, rules.vocabularyOf.kinds, written) : undefined;
  return rules.kinds.includes(term?.id) ? term.id : null;
}

/** @type {(source: Source, rules: Rules, kind: string | null, key: string, problems: Problem[]) => boolean} */
function isMisplaced(source, rules, kind, key, problems) {
  const rule = rules.fields.find((/** @type {any} */ one) => one.key === key);
  if (!rule || kind === null || appliesTo(rule, kind)) return false;
  const kinds = rules.kinds.filter((/** @type {string} */ one) => appliesTo(rule, one));
  const used = listed(kinds.map((/** @type {string} */ one) => kindLabel(rules, one)));
  problems.push(
    problemAt(source, source.lines[key], key, `fältet hör inte till typen ${kindLabel(rules, kind)}`,
      `Ta bort fältet, eller ändra ${keyOf(rules, "kind")}. Fältet används för ${used}.`),
  );
  return true;
}

/**
 * @param {Source} source
 * @param {number | undefined} line
 * @param {string} field
 * @param {string} message
 * @param {string} hint
 * @param {"fel" | "anmärkning"} severity
 * @returns {Problem}
 */
export function problemAt(source, line, field, message, hint, severity = "fel", rule = "") {
  return { file: source.file, line: line ?? 1, field, message, hint, severity, rule };
}

/** The line that a missing field is told at: that of the --- before the first one. @type {(source: Source) => number} */
function firstLine(source) {
  const lines = Object.keys(source.fields).map((key) => source.lines[key]);
  return Math.max(1, (lines.length ? Math.min(...lines) : 2) - 1);
}

/** @type {(rule: any, reading: Reading) => Problem} */
function missing(rule, reading) {
  const field = reading.field ? `${reading.field} → ${rule.key}` : rule.key;
  const hint = `${rule.help} Skriv till exempel ${asWritten(rule.key, rule.example)}`;
  return problemAt(reading.source, reading.line, field, "fältet saknas", hint);
}

/** @type {(key: string, value: string) => string} */
const asWritten = (key, value) =>
  /\n|^[\p{L}\p{N}_ ]+: /u.test(value) ? `${key}:\n      ${value}` : `${key}: ${value}`;

/** @type {(source: Source, rules: Rules, kind: string | null, values: any, problems: Problem[]) => void} */
function checkOneYear(source, rules, kind, values, problems) {
  const years = values.years ?? [];
  if (kind === null || kind === "projekt" || years.length < 2) return;
  const key = keyOf(rules, "years");
  const line = source.lines[`${key}/0`] ?? source.lines[key];
  const message = `är ${yearsText(years)}, men bara ett projekt kan ha flera år`;
  problems.push(problemAt(source, line, key, message, `Skriv ett år, till exempel ${key}: ${years[years.length - 1]}`));
}

/** @type {(table: {[key: string]: Value}, fields: any[], reading: Reading) => {[attribute: string]: any}} */
function readFields(table, fields, reading) {
  /** @type {{[attribute: string]: any}} */
  const values = {};
  for (const rule of fields) {
    if (!(rule.key in table)) continue;
    const field = reading.field ? `${reading.field} → ${rule.key}` : rule.key;
    const path = reading.path ? `${reading.path}/${rule.key}` : rule.key;
    const inner = { ...reading, field, path, example: rule.example, line: reading.source.lines[path] };
    const written = table[rule.key];
    if (isEmpty(written)) {
      const hint = copyThis(inner);
      problem(inner, "fältet saknar värde", rule.required.length ? hint : `Ta bort fältet, eller s${hint.slice(1)}`);
      continue;
    }
    const value = READERS[rule.shape.name](written, inner, rule.shape);
    if (value !== null && value !== undefined) values[rule.attribute] = value;
  }
  return values;
}

/** @type {(value: Value) => boolean} */
const isEmpty = (value) => (typeof value === "string" ? !value : !Object.keys(value).length);

/** @type {(reading: Reading, message: string, hint: string) => null} */
function problem(reading, message, hint) {
  reading.problems.push(problemAt(reading.source, reading.line, reading.field, message, hint));
  return null;
}

/** @type {(reading: Reading) => string} */
const keyIn = (reading) => reading.field.split(" → ").at(-1) ?? "";

/** @type {(reading: Reading) => string} */
const copyThis = (reading) => `Skriv till exempel ${asWritten(keyIn(reading), reading.example)}`;

/** @type {(written: Value, reading: Reading, expected: string) => null} */
const wrong = (written, reading, expected) =>
  problem(reading, `${described(written)}, men ska vara ${expected}`, copyThis(reading));

/** @type {(written: Value) => string} */
function described(written) {
  if (Array.isArray(written)) return "är en lista";
  if (typeof written !== "string") return "är en grupp av fält";
  return written ? `är ${quoted(written)}` : "är tomt";
}

/** @type {(written: Value, reading: Reading) => string | null} */
const readText = (written, reading) =>
  typeof written === "string" && written ? written : wrong(written, reading, "en text");

/**
 * Go through a list; a single value is a list of one.
 * @param {Value} written
 * @param {Reading} reading
 * @param {(value: Value, reading: Reading) => any} readOne
 */
function readEach(written, reading, readOne) {
  if (!Array.isArray(written)) return [readOne(written, reading)];
  return written.map((value, number) => {
    const path = `${reading.path}/${number}`;
    return readOne(value, { ...reading, path, line: reading.source.lines[path] });
  });
}

/** @type {(found: any[]) => any[]} */
const present = (found) => found.filter((value) => value !== null && value !== undefined);

/** @type {(written: Value, reading: Reading) => number | null} */
function readYear(written, reading) {
  if (typeof written !== "string" || !/^[0-9]{4}$/.test(written)) return wrong(written, reading, "ett årtal");
  const [first, last] = yearsWithinReason(reading.rules);
  const year = Number(written);
  if (year >= first && year <= last) return year;
  return problem(reading, `är ${written}, ett orimligt årtal`, `Skriv ett år mellan ${first} och ${last}.`);
}

/** @type {(rules: Rules) => [number, number]} */
const yearsWithinReason = (rules) => [
  rules.limits.firstYear, Number(rules.today.slice(0, 4)) + rules.limits.yearsAhead,
];

/** @type {(written: Value, reading: Reading) => number[] | null} */
function readYears(written, reading) {
  if (Array.isArray(written)) {
    const found = [...new Set(present(readEach(written, reading, readYear)))].sort((a, b) => a - b);
    return found.length ? found : null;
  }
  const ends = typeof written === "string" ? RANGE.exec(written) : null;
  if (!ends) {
    const year = readYear(written, reading);
    return year === null ? null : [year];
  }
  const first = readYear(ends[1], reading);
  const last = readYear(ends[2], reading);
  if (first === null || last === null) return null;
  if (last < first) {
    return problem(reading, `slutar ${last} men börjar ${first}`, `Skriv ${keyIn(reading)}: ${last}–${first}`);
  }
  return Array.from({ length: last - first + 1 }, (_, place) => first + place);
}

/** @type {(written: Value, reading: Reading) => string | null} */
function readDay(written, reading) {
  if (typeof written !== "string" || !DAY.test(written)) return wrong(written, reading, "ett datum");
  const [year, month, number] = written.split("-").map(Number);
  const found = new Date(Date.UTC(2000, month - 1, number));
  found.setUTCFullYear(year, month - 1, number);
  if (!year || found.getUTCMonth() !== month - 1 || found.getUTCDate() !== number) {
    return problem(reading, `är '${written}', en dag som inte finns`, copyThis(reading));
  }
  const [first, last] = yearsWithinReason(reading.rules);
  if (year >= first && year <= last) return written;
  return problem(reading, `är '${written}', ett orimligt år`, `Skriv ett datum mellan ${first} och ${last}.`);
}

/** @type {(vocabulary: string) => (written: Value, reading: Reading) => any} */
const readTermOf = (vocabulary) => (written, reading) => {
  const name = readText(written, reading);
  if (name === null) return null;
  const term = findTerm(reading.rules, vocabulary, name);
  return term ?? problem(reading, `okänd term ${quoted(name)}`, unknownTermHint(name, vocabulary, reading.rules));
};

/** @type {(name: string, vocabulary: string, rules: Rules) => string} */
function unknownTermHint(name, vocabulary, rules) {
  const { file, terms } = rules.vocabularies[vocabulary];
  const where = `Termerna står i ${file}.`;
  const parts = name.split(",").map((part) => part.trim());
  if (parts.length > 1 && parts.every((part) => findTerm(rules, vocabulary, part))) {
    return `Skriv flera termer inom hakparenteser: [${parts.join(", ")}].`;
  }
  const close = nearest(name, terms.flatMap(namesOf));
  const meant = close === undefined ? undefined : findTerm(rules, vocabulary, close);
  if (meant) return `Menade du '${meant.label}'? ${where}`;
  if (terms.length > rules.limits.fewTerms) return where;
  return `Välj mellan ${listed(terms.map((/** @type {any} */ term) => term.label))}.`;
}

/** @type {(written: Value, reading: Reading, shape: any) => {[attribute: string]: any} | null} */
function readGroup(written, reading, shape) {
  if (typeof written === "string" || Array.isArray(written)) {
    return wrong(written, reading, `en grupp av fälten ${listed(shape.fields.map((/** @type {any} */ one) => one.key))}`);
  }
  const values = readFields(written, shape.fields, reading);
  const first = Object.keys(written)[0];
  const required = shape.fields.filter((/** @type {any} */ one) => shape.required?.includes(one.key));
  for (const one of required) {
    const line = reading.source.lines[`${reading.path}/${first}`];
    if (!(one.key in written)) reading.problems.push(missing(one, { ...reading, line }));
  }
  return required.every((/** @type {any} */ one) => one.attribute in values) ? values : null;
}

/** By the names of fields.Shape. @type {{[shape: string]: (written: Value, reading: Reading, shape: any) => any}} */
const READERS = {
  text(written, reading, shape) {
    const found = readText(written, reading);
    if (found && shape.longest && size(found) > shape.longest) {
      problem(reading, `är ${size(found)} tecken lång`, `Korta texten till högst ${shape.longest} tecken.`);
    }
    return found;
  },
  texts: (written, reading) => present(readEach(written, reading, readText)),
  identifier(written, reading) {
    const found = readText(written, reading);
    if (!found || slugify(found) === found) return found;
    const message = `är ${quoted(found)}, men får bara ha små bokstäver a–z, siffror och bindestreck`;
    return problem(reading, message, `Skriv ${keyIn(reading)}: ${slugify(found) || "ett-id"}`);
  },
  "yes-no"(written, reading) {
    const answer = typeof written === "string" ? fold(written) : "";
    return ["ja", "nej"].includes(answer) ? answer === "ja" : wrong(written, reading, "ja eller nej");
  },
  number(written, reading) {
    const digits = typeof written === "string" ? written.replace(/\s*(kr|kronor)\.?$/, "") : "";
    return NUMBER.test(digits) ? Number(digits.replace(/[^0-9]/g, "")) : wrong(written, reading, "ett helt tal");
  },
  year: readYear,
  years: readYears,
  day: readDay,
  term: (written, reading, shape) => readTermOf(shape.vocabulary)(written, reading),
  terms: (written, reading, shape) => [...new Set(present(readEach(written, reading, readTermOf(shape.vocabulary))))],
  group: readGroup,
  list(written, reading, shape) {
    if (!Array.isArray(written)) return wrong(written, reading, "en lista där varje punkt börjar med -");
    return present(readEach(written, reading, (value, inner) => READERS[shape.item.name](value, inner, shape.item)));
  },
};
