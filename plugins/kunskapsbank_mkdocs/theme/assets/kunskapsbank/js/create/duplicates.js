// A new project or document beside the names, years and places of what is in the bank. The twin of
// kunskapsbank/checks/duplicates.py; only the comparison of whole texts is left to `kunskapsbank check`.
// @ts-check

import { isDecimal, stem } from "../search/stem.js";
import { STOP_WORDS } from "../search/stopwords.js";
import { words } from "../search/text.js";
import { keyOf, kindLabel, problemAt } from "./fields.js";
import { dateText, fold, yearsText } from "./text.js";

/**
 * @typedef {import("./reports.js").Draft} Draft
 * @typedef {import("./fields.js").Problem} Problem
 * A record of the bank, as duplicates.py hands it over.
 * @typedef {{file: string, id: string, kind: string, project: string, names: string[], years: number[],
 *   today: string[], published: string}} Known
 * A title or alias, as the words of it that tell.
 * @typedef {{text: string, words: string[], joined: string, stems: Set<string>, numbers: Set<string>}} Name
 */

const RULE = "dubblett";
const YEAR = /^(?:19|20)[0-9]{2}$/;

/** @type {(draft: Draft) => Problem[]} */
export function check(draft) {
  const { source, rules, kind } = draft;
  /** @type {Known[]} */
  const records = rules.reports.duplicates.records;
  if (records.some((record) => record.file === source.file)) {
    const hint = "Ändra i den filen i stället, eller välj ett annat år eller namn: annars skrivs den över.";
    return [problemAt(source, 1, "", `filen finns redan i banken: ${source.file}`, hint, "fel", RULE)];
  }
  return kind === "projekt" ? ofProject(draft, records) : ofDocument(draft, records);
}

/** @returns {Name} */
function name(/** @type {string} */ text, /** @type {any} */ data) {
  const found = Array.from(words(text), (word) => word.text);
  const telling = found.filter((word) => !data.unnamed.includes(word) && !YEAR.test(word));
  const kept = telling.length ? telling : found.length ? found : [fold(text)];
  const sayMore = kept.filter((word) => !STOP_WORDS.has(word));
  return {
    text, words: kept, joined: kept.join(" "),
    stems: new Set((sayMore.length ? sayMore : kept).map((word) => stem(word))),
    numbers: new Set(kept.filter((word) => isDecimal(word))),
  };
}

/** @type {<Item>(one: Set<Item>, other: Set<Item>) => boolean} */
const isWithin = (one, other) => [...one].every((item) => other.has(item));

/** @type {<Item>(one: Set<Item>, other: Set<Item>) => boolean} */
const isSame = (one, other) => one.size === other.size && isWithin(one, other);

/** Tell whether two names may be one, written otherwise; one within the other only counts for the same owner. */
function isNear(/** @type {Name} */ one, /** @type {Name} */ other, /** @type {boolean} */ sameOwner,
  /** @type {any} */ data) {
  if (!isSame(one.numbers, other.numbers)) return false;
  if (isSame(one.stems, other.stems)) return true;
  const [shorter, longer] = one.stems.size <= other.stems.size ? [one, other] : [other, one];
  if (sameOwner && isWithin(shorter.stems, longer.stems)) {
    return shorter.stems.size > 1 || shorter.words.some((word) => Array.from(word).length >= data.tellingWord);
  }
  const most = Math.min(slipsOf(one, data), slipsOf(other, data));
  return most > 0 && slips(Array.from(one.joined), Array.from(other.joined), most) <= most;
}

function slipsOf(/** @type {Name} */ { joined }, /** @type {any} */ data) {
  const size = Array.from(joined).length;
  if (size < data.shortName) return 0;
  return Math.min(data.mostSlips, Math.max(1, Math.floor(size / data.lettersASlip)));
}

/**
 * Return how many slips of the keys make one name of the other, or `most` + 1 when there are more.
 * @param {string[]} one
 * @param {string[]} other
 * @param {number} most
 */
function slips(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  /** @type {number[]} */
  let before = [];
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const [letter, otherLetter] = [one[row - 1], other[column - 1]];
      let cost = Math.min(last[column] + 1, current[column - 1] + 1, last[column - 1] + Number(letter !== otherLetter));
      const isSwapped = row > 1 && column > 1 && letter === other[column - 2] && one[row - 2] === otherLetter;
      if (isSwapped) cost = Math.min(cost, before[column - 2] + 1);
      current.push(cost);
    }
    if (Math.min(...current) > most) return most + 1;
    [before, last] = [last, current];
  }
  return last[last.length - 1];
}

/** @type {(draft: Draft, message: string, hint: string) => Problem} */
function remark({ source, rules }, message, hint) {
  const key = keyOf(rules, "title");
  return problemAt(source, source.lines[key], key, message, hint, "anmärkning", RULE);
}

/** What records are sorted by, oldest first. */
const arrival = (/** @type {Known} */ { published, file }) => published + file.replace(/\.md$/, "");

/** @type {(draft: Draft, older: Known) => string} */
function age({ values }, older) {
  const came = dateText(older.published);
  return values.published === older.published
    ? `Båda kom in i banken den ${came}.`
    : `Den filen är äldre: den kom in i banken den ${came}.`;
}

/** Tell whether the text links to a file: then its author knows of it. */
function links(/** @type {Draft} */ { source }, /** @type {string} */ file) {
  const targets = Array.from(source.body.matchAll(/\]\(\s*<?([^)\s>#]+)/g), (match) => match[1]);
  const base = new URL(source.file, "http://bank.invalid/");
  return targets.some((target) => {
    try {
      return decodeURIComponent(new URL(target, base).pathname).normalize("NFC") === `/${file}`;
    } catch {
      return false; // No address; told by the check of links.
    }
  });
}

/** @type {(draft: Draft, records: Known[]) => Problem[]} */
function ofProject(draft, records) {
  const { rules, values, id } = draft;
  const data = rules.reports.duplicates;
  const own = [values.title, ...(values.aliases ?? [])].map((text) => name(text, data));
  const today = values.owners.flatMap((/** @type {any} */ owner) => data.today[owner.id]);
  return records.filter((record) => record.kind === "projekt").flatMap((record) => {
    const names = record.names.map((text) => name(text, data));
    const sameOwner = record.today.some((owner) => today.includes(owner));
    // In the order in which the library, which takes projects by id, finds the first.
    const pairs = id < record.id
      ? own.flatMap((one) => names.map((other) => [one, other]))
      : names.flatMap((other) => own.map((one) => [one, other]));
    const isLinked = links(draft, record.file);
    const found = pairs.find(([one, other]) =>
      one.joined === other.joined || (!isLinked && isNear(one, other, sameOwner, data)));
    return found ? [sameProject(draft, record, found[0], found[1])] : [];
  });
}

/** @type {(draft: Draft, older: Known, own: Name, other: Name) => Problem} */
function sameProject(draft, older, own, other) {
  const how = own.joined === other.joined ? "heter samma som" : "heter nästan samma som";
  const known = other.text === older.names[0] ? "" : `, som också kallas '${other.text}'`;
  const which = own.text === draft.values.title ? "projektet" : `det andra namnet '${own.text}'`;
  const hint =
    `${age(draft, older)} Är det samma projekt: lägg dokumenten i den äldre mappen och skriv det andra namnet som ` +
    `${keyOf(draft.rules, "aliases")} där. Är det två projekt: skilj namnen åt, eller länka från det ena till det ` +
    "andra.";
  return remark(draft, `${which} ${how} ${older.file}${known}`, hint);
}

/** @type {(draft: Draft, records: Known[]) => Problem[]} */
function ofDocument(draft, records) {
  const { rules, kind, values, project } = draft;
  const data = rules.reports.duplicates;
  const isCall = kind === rules.reports.call;
  const years = filedUnder(values);
  const problems = [];
  if (isCall || rules.draft.projectDocuments.includes(kind)) {
    const same = records.filter((record) =>
      record.kind === kind && record.project === project && String(record.years) === String(years));
    same.sort((a, b) => (arrival(a) < arrival(b) ? -1 : 1));
    if (same.length) problems.push(samePlace(draft, same[0], years));
  }
  if (isCall) return problems;
  const own = name(values.title, data);
  for (const record of records) {
    if (record.kind !== kind || isApart(record, project, years, data)) continue;
    const other = name(record.names[0], data);
    if (!isNear(own, other, false, data)) continue;
    const how = own.joined === other.joined ? "samma titel" : "nästan samma titel";
    const hint = `${age(draft, record)} Är det samma dokument: ta bort det ena. Är det två: skriv titlar som skiljer.`;
    problems.push(remark(draft, `${how} som ${record.file}`, hint));
  }
  return problems;
}

/** The years of the money, else that of the report. @type {(values: any) => number[]} */
const filedUnder = (values) => values.years ?? (values.report_year ? [values.report_year] : []);

/** @type {(draft: Draft, older: Known, years: number[]) => Problem} */
function samePlace(draft, older, years) {
  const label = kindLabel(draft.rules, draft.kind);
  const message = `det finns redan en ${label} för ${yearsText(years)}: ${older.file}`;
  const hint =
    `${age(draft, older)} Är det samma dokument: ta bort det ena. Är året fel: rätta fältet ` +
    `${keyOf(draft.rules, "years")}.`;
  return remark(draft, message, hint);
}

/** Tell whether a document of the bank cannot be this one: of the same project, or of other years. */
function isApart(/** @type {Known} */ record, /** @type {string} */ project, /** @type {number[]} */ years,
  /** @type {any} */ data) {
  if (project && record.project === project) return true;
  const pair = String([project, record.project].sort());
  if (project && data.alike.some((/** @type {string[]} */ alike) => String(alike) === pair)) return true;
  return Boolean(years.length && record.years.length && !years.some((year) => record.years.includes(year)));
}
