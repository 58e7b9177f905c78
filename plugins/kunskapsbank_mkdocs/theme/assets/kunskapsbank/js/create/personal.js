// Text → the personal data in it that must not be published, and figures on groups so small that somebody may be known.
// The twin of kunskapsbank/checks/personal.py, which tells why; tests/cases/create/personal.json holds the two together.
// @ts-check

import * as smallGroups from "./small-groups.js";

/**
 * @typedef {import("./draft.js").Source} Source
 * @typedef {import("./fields.js").Problem} Problem
 * @typedef {{start: number, end: number, rule: string}} Finding Places in the text as JavaScript counts, its end not in it.
 * @typedef {(match: RegExpExecArray) => Finding | undefined} Judge
 */

const [NUMBER, COORDINATION] = ["personnummer", "samordningsnummer"];
const [PHONE, MAIL, ADDRESS] = ["telefonnummer", "e-postadress", "gatuadress"];
const SHORTEST_PHONE = 8;
const SHORTEST_FOREIGN = 9;
const LONGEST_PHONE = 15;
const LONGEST_MAIL_NAME = 64;
const LONGEST_STREET = 40;

/** @type {Map<string, RegExp>} */
const made = new Map();

/** Return a pattern from Python, made once. */
function pattern(/** @type {string} */ source) {
  const found = made.get(source) ?? new RegExp(source, "gu");
  made.set(source, found);
  found.lastIndex = 0;
  return found;
}

const has = (/** @type {string} */ source, /** @type {string} */ text) => pattern(source).test(text);

/**
 * Return the personal data in `text`, in order; what is both an identity number and a telephone is the former.
 * @param {string} text
 * @param {any} rules skapa/regler.json
 * @returns {Finding[]}
 */
export function find(text, rules) {
  const p = rules.personal.patterns;
  const numbers = all(p.personal, text, (match) => identity(match, p));
  const phones = all(p.phone, text, (match) => telephone(match, p)).filter(
    (phone) => !numbers.some((number) => number.start < phone.end && phone.start < number.end),
  );
  const mails = all(p.mail, text, (match) => mail(match, p));
  const houses = all(p.house, text, (match) => address(match, p));
  const flats = all(p.flat, text, (match) => finding(match, ADDRESS));
  const found = [...numbers, ...phones, ...mails, ...houses, ...flats];
  return found.sort((a, b) => a.start - b.start || a.end - b.end || (a.rule < b.rule ? -1 : 1));
}

/**
 * Return `text` with the name of the rule in the place of all personal data.
 * @param {string} text
 * @param {any} rules
 */
export function masked(text, rules) {
  for (let found = find(text, rules); found.length; found = find(text, rules)) {
    for (const { start, end, rule } of apart(found).reverse())
      text = `${text.slice(0, start)}[${rule}]${text.slice(end)}`;
  }
  return text.replace(pattern(rules.personal.patterns.cut), "…");
}

/**
 * Return the problem without the personal data that its file's name, its message or its remedy quote.
 * @param {Problem} problem
 * @param {any} rules
 * @returns {Problem}
 */
export const discreet = (problem, rules) => ({
  ...problem,
  file: masked(problem.file, rules),
  message: masked(problem.message, rules),
  hint: masked(problem.hint, rules),
});

/**
 * Return an error for each line with personal data and for a file's name that has some, and a remark for each line
 * with a small group.
 * @param {Source} source
 * @param {any} rules
 * @returns {Problem[]}
 */
export function check(source, rules) {
  const { words, inText, inName, rename, allowInText, allowInFields, allowFile } = rules.personal;
  const told = new Set();
  /** @type {Problem[]} */
  const problems = [];
  for (const { start, rule } of find(source.text, rules)) {
    const line = source.text.slice(0, start).split("\n").length;
    if (told.has(`${line} ${rule}`)) continue;
    told.add(`${line} ${rule}`);
    const [what, remedy] = words[rule];
    const inBody = line >= source.bodyLine;
    const hint = `${remedy} ${(inBody ? allowInText : allowInFields).replace("{rule}", rule)}`;
    const message = inText.replace("{what}", what);
    const field = smallGroups.fieldAt(source, line);
    problems.push({ file: source.file, line, field, message, hint, severity: "fel", rule });
  }
  for (const rule of new Set(find(source.file, rules).map((found) => found.rule))) {
    const message = inName.replace("{what}", words[rule][0]);
    const hint = `${rename} ${allowFile.replace("{rule}", rule)}`;
    problems.push({ file: source.file, line: 1, field: "", message, hint, severity: "fel", rule });
  }
  return [...problems, ...smallGroups.check(source, rules)];
}

/** @type {(source: string, text: string, judge: Judge) => Finding[]} */
function all(source, text, judge) {
  const search = new RegExp(source, "gu");
  const findings = [];
  for (let match = search.exec(text); match; match = search.exec(text)) {
    const found = judge(match);
    if (found) findings.push(found);
    else search.lastIndex = match.index + 1;
  }
  return findings;
}

/** @type {(match: RegExpExecArray, rule: string, start?: number) => Finding} */
const finding = (match, rule, start = match.index) => ({ start, end: match.index + match[0].length, rule });

/** @type {(match: RegExpExecArray, size: number) => string} */
const before = (match, size) => match.input.slice(Math.max(0, match.index - size), match.index);

/** @type {(match: RegExpExecArray, patterns: any) => Finding | undefined} */
function identity(match, patterns) {
  const digits = (/** @type {string} */ part) => part.replace(pattern(patterns.noDigit), "");
  const [year, month, day, last] = [match[0][0] + match[1], match[3], match[4], match[6]].map(digits);
  const isCoordination = Number(day) > 60;
  const inMonth = Number(day) - (isCoordination ? 60 : 0);
  if (inMonth < 1 || inMonth > days(Number(year.slice(-2)), Number(month)) || last.startsWith("000")) return undefined;
  if (!luhn(year.slice(-2) + month + day + last)) return undefined;
  const front = before(match, 3);
  const after = match.input.slice(match.index + match[0].length, match.index + match[0].length + 2);
  if (/^[0-9]/.test(after) && front.trim().slice(-2).toUpperCase() !== "SE") return undefined;
  if (match[2] && (/[0-9][-./ ]$/.test(front) || /^[-./ ][0-9]/.test(after))) return undefined;
  if (!match[2] && !match[5]) {
    if (/[A-Za-z]$/.test(front) && /^[A-Za-z]/.test(after)) return undefined;
    if (/[0-9][.]$/.test(front) || /^[.][0-9]/.test(after)) return undefined;
  }
  return finding(match, isCoordination ? COORDINATION : NUMBER);
}

/** @type {(year: number, month: number) => number} */
function days(year, month) {
  if (month === 2) return year % 4 ? 28 : 29;
  if ([4, 6, 9, 11].includes(month)) return 30;
  return month >= 1 && month <= 12 ? 31 : 0;
}

function luhn(/** @type {string} */ digits) {
  const doubled = Array.from(digits, (digit, place) => Number(digit) * (2 - (place % 2)));
  return doubled.reduce((sum, value) => sum + Math.floor(value / 10) + (value % 10), 0) % 10 === 0;
}

/** @type {(match: RegExpExecArray, patterns: any) => Finding | undefined} */
function telephone(match, patterns) {
  const count = match[0].replace(pattern(patterns.noDigit), "").length;
  const isForeign = match[0].startsWith("+") && !/^\+[^0-9]*46/.test(match[0]);
  if (count < (isForeign ? SHORTEST_FOREIGN : SHORTEST_PHONE) || count > LONGEST_PHONE) return undefined;
  if (isForeign && has(patterns.amount, match[0])) return undefined;
  if (has(patterns.fours, match[0]) && /[0-9]{4} $/.test(before(match, 5))) return undefined;
  return finding(match, PHONE);
}

/** @type {(match: RegExpExecArray, patterns: any) => Finding | undefined} */
function mail(match, patterns) {
  const front = before(match, LONGEST_MAIL_NAME);
  const name = pattern(patterns.mailName).exec("([".includes(match[0][0]) ? front.replace(/ +$/, "") : front);
  if (!name || has(patterns.functional, `${name[0]}@${match[1]}`.toLowerCase())) return undefined;
  return finding(match, MAIL, match.index - front.length + name.index);
}

/** @type {(match: RegExpExecArray, patterns: any) => Finding | undefined} */
function address(match, patterns) {
  const front = before(match, LONGEST_STREET);
  const street = pattern(patterns.street).exec(front);
  return street ? finding(match, ADDRESS, match.index - front.length + street.index) : undefined;
}

/** @type {(findings: Finding[]) => Finding[]} */
function apart(findings) {
  /** @type {Finding[]} */
  const kept = [];
  for (const found of findings) if (!kept.length || found.start >= kept[kept.length - 1].end) kept.push(found);
  return kept;
}
