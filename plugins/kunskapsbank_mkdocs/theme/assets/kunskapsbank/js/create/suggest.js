// A report's text → suggested fields, each with the passage it came from, for an editor to confirm. The twin of
// kunskapsbank/suggest.py, which tells why; tests/cases/create/suggest.json holds the two together.
// @ts-check

import { IN_SUMMARY, mentioned, sentences } from "./mentions.js";

/**
 * What suggest.py says to the browser: `rules.suggest` of skapa/regler.json.
 * @typedef {{keys: {[attribute: string]: string}, analysisKeys: {[attribute: string]: string},
 *   terms: {[attribute: string]: import("./mentions.js").Pattern[]}, methods: import("./mentions.js").Pattern[],
 *   owners: {label: string, names: string[], years: [number, number], others: string[], citywide: boolean}[],
 *   kinds: {id: string, label: string, names: string[], headings: string[]}[], withoutAnalysis: string[],
 *   travel: string, statuses: {[id: string]: string}, analysisFrom: number, years: [number, number],
 *   limits: {[name: string]: number}, cues: {[name: string]: string}, meaning: {[stem: string]: string}}} Rules
 * A value for the field `key`, one term at a time where it takes several, and the passage that speaks for it.
 * @typedef {{key: string, value: import("./draft.js").Value, passage: string}} Suggestion
 * The rules with their patterns ready to use.
 * @typedef {Omit<Rules, "cues"> & {cues: {[name: string]: RegExp}}} By
 * @typedef {import("./mentions.js").Sentence} Sentence
 */

const LETTER = "0-9A-Za-zÀ-ÖØ-öø-ÿ";
const IN_WORD = new RegExp(`[${LETTER}]`);

/** Adds up what speaks for each of several answers, and keeps the passage that does so most. */
class Tally {
  scores = new Map();
  passages = new Map();
  #most = new Map();

  add(answer, worth, sentence) {
    this.scores.set(answer, (this.scores.get(answer) ?? 0) + worth);
    if (worth <= (this.#most.get(answer) ?? 0)) return;
    this.#most.set(answer, worth);
    this.passages.set(answer, sentence.passage);
  }

  score(answer) {
    return this.scores.get(answer) ?? 0;
  }

  bestFirst() {
    return [...this.scores.keys()].sort((a, b) => this.score(b) - this.score(a));
  }
}

/**
 * Return the suggestions for a report's text, in Markdown or plain, in the order of the fields.
 * @param {string} text
 * @param {{suggest: Rules}} rules the parsed skapa/regler.json
 * @returns {Suggestion[]}
 */
export function suggest(text, { suggest: given }) {
  const cues = Object.fromEntries(Object.entries(given.cues).map(([name, source]) => [name, new RegExp(source)]));
  const by = { ...given, cues };
  const found = sentences(text, by);
  const kind = kindOf(found, by);
  const kindId = by.kinds.find(({ label }) => label === kind?.value)?.id ?? "";
  const year = yearOf(found, by);
  const number = year ? Number(year.value) : null;
  const asked = !by.withoutAnalysis.includes(kindId) && (number === null || number >= by.analysisFrom);
  const parts = [
    titleOf(found, by),
    kind,
    year,
    reportYearOf(found, number, by),
    ...ownersOf(found, number, by),
    ...Object.keys(by.terms).flatMap((attribute) => termsOf(found, attribute, by)),
    kindId === by.travel ? placeOf(found, by) : undefined,
    asked ? analysisOf(found, by) : undefined,
    summaryOf(found, by),
    referenceOf(found, by),
  ];
  return parts.filter((part) => part !== undefined);
}

/**
 * @param {Sentence[]} found
 * @param {By} by
 * @returns {Suggestion | undefined}
 */
function titleOf(found, by) {
  const title = found.find((sentence) => sentence.heading === 1);
  if (!title || title.text.length > by.limits.title) return undefined;
  return { key: by.keys.title, value: title.text, passage: title.passage };
}

/**
 * Return the kind that the text calls itself in its title or headings, or whose headings it has.
 * @param {Sentence[]} found
 * @param {By} by
 * @returns {Suggestion | undefined}
 */
function kindOf(found, by) {
  const tally = new Tally();
  for (const { label, names, headings } of by.kinds)
    for (const sentence of found)
      if (names.some((name) => beginsAWord(name, sentence.lower)))
        tally.add(label, sentence.heading ? sentence.weight * 2 : 1, sentence);
      else if (sentence.heading && headings.includes(sentence.lower)) tally.add(label, sentence.weight, sentence);
  const value = tally.bestFirst().find((kind) => tally.score(kind) >= by.limits.leastKind);
  return value && { key: by.keys.kind, value, passage: tally.passages.get(value) };
}

/** Tell whether a name does: "slutrapport" in "slutrapporten", but not "rapport" in "slutrapport". */
function beginsAWord(name, text) {
  let place = text.indexOf(name);
  while (place > 0 && IN_WORD.test(text[place - 1])) place = text.indexOf(name, place + 1);
  return place >= 0;
}

/** Return every match of a cue. @param {By} by */
const matches = (text, cue, by) => text.matchAll(new RegExp(by.cues[cue].source, "g"));

/**
 * Return the year of the money: the one that is spoken of most, more so after words that money goes with.
 * @param {Sentence[]} found
 * @param {By} by
 * @returns {Suggestion | undefined}
 */
function yearOf(found, by) {
  const [first, last] = by.years;
  const { around, leastYear, moneyYear } = by.limits;
  const tally = new Tally();
  for (const sentence of found)
    for (const match of matches(sentence.lower, "year", by)) {
      const before = sentence.lower.slice(Math.max(0, match.index - around), match.index);
      const end = match.index + match[0].length;
      if (Number(match[1]) < first || Number(match[1]) > last || by.cues["other year"].test(before)) continue;
      const money =
        by.cues["money before"].test(before) || by.cues["money after"].test(sentence.lower.slice(end, end + around));
      tally.add(match[1], sentence.weight * (money ? moneyYear : 1), sentence);
    }
  const years = [...tally.scores.keys()].filter((year) => tally.score(year) >= leastYear);
  const [value] = years.sort((a, b) => tally.score(b) - tally.score(a) || Number(a) - Number(b));
  return value && { key: by.keys.years, value, passage: tally.passages.get(value) };
}

/**
 * @param {Sentence[]} found
 * @param {number | null} year
 * @param {By} by
 * @returns {Suggestion | undefined}
 */
function reportYearOf(found, year, by) {
  for (const sentence of found.slice(0, by.limits.firstSentences))
    for (const match of matches(sentence.lower, "day", by)) {
      const value = match[1] ?? match[2];
      if (year !== null && year <= Number(value) && Number(value) <= year + by.limits.latestReport)
        return { key: by.keys.report_year, value, passage: sentence.passage };
    }
  return undefined;
}

/**
 * Return the administrations named most, by the name of the year.
 * @param {Sentence[]} found
 * @param {number | null} year
 * @param {By} by
 * @returns {Suggestion[]}
 */
function ownersOf(found, year, by) {
  const { most, ownerShare, leastCitywide } = by.limits;
  const names = by.owners.flatMap(({ label, names: own }) => own.map((name) => ({ name, label })));
  names.sort((a, b) => b.name.length - a.name.length);
  const tally = new Tally();
  for (const sentence of found)
    for (const label of named(sentence.lower, names)) tally.add(label, sentence.weight, sentence);
  const owners = new Map(by.owners.map((owner) => [owner.label, owner]));
  const labels = tally.bestFirst().slice(0, most);
  const settled = new Map();
  for (const label of labels) {
    const owner = owners.get(label);
    if (!owner || (owner.citywide && tally.score(label) < leastCitywide)) continue;
    const value = inUse(owner, year, owners);
    if (!value || settled.has(value) || tally.score(label) * 100 < tally.score(labels[0]) * ownerShare) continue;
    settled.set(value, tally.passages.get(label));
  }
  return Array.from(settled, ([value, passage]) => ({ key: by.keys.owners, value, passage }));
}

/** Return the owners that a sentence names, also in the genitive; of names inside one another, the longest. */
function named(text, names) {
  const found = [];
  for (const { name, label } of names) {
    if (!text.includes(name)) continue;
    const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const itself = new RegExp(`(?<![${LETTER}-])${escaped}(?::?s)?(?![${LETTER}])`, "g");
    if (text.search(itself) < 0) continue;
    found.push(label);
    text = text.replace(itself, " ");
  }
  return found;
}

/** Return the owner's name in the year; undefined where that is one of several. */
function inUse(owner, year, owners) {
  const holds = ({ years: [first, last] }) => year === null || (first <= year && year <= last);
  if (holds(owner)) return owner.label;
  const others = owner.others.filter((label) => holds(owners.get(label)));
  return others.length === 1 ? others[0] : undefined;
}

/**
 * @param {Sentence[]} found
 * @param {string} attribute
 * @param {By} by
 * @returns {Suggestion[]}
 */
function termsOf(found, attribute, by) {
  const { most, least, share } = by.limits;
  const mentions = mentioned(found, by.terms[attribute]);
  return mentions
    .slice(0, most)
    .filter(({ score }) => score >= least && score * 100 >= mentions[0].score * share)
    .map(({ label, passage }) => ({ key: by.keys[attribute], value: label, passage }));
}

/**
 * Return where a trip went: the name that follows most often on words for going.
 * @param {Sentence[]} found
 * @param {By} by
 * @returns {Suggestion | undefined}
 */
function placeOf(found, by) {
  const tally = new Tally();
  for (const sentence of found)
    for (const match of matches(sentence.text, "place", by)) tally.add(match[1], sentence.weight, sentence);
  const [value] = tally.bestFirst();
  return value && { key: by.keys.place, value, passage: tally.passages.get(value) };
}

/**
 * Return how far a gender-equality analysis has come by the words around it, the methods named, and the passage.
 * @param {Sentence[]} found
 * @param {By} by
 * @returns {Suggestion | undefined}
 */
function analysisOf(found, by) {
  /** @type {Sentence[]} */
  const about = [];
  /** @type {Sentence[]} */
  const compared = [];
  let under = false;
  for (const sentence of found)
    if (sentence.heading) under = sentence.says("equality");
    else {
      if (under || sentence.says("equality")) about.push(sentence);
      if (under || sentence.says("women", "men")) compared.push(sentence);
    }
  const methods = mentioned(about, by.methods).filter(({ score }) => score >= by.limits.least);
  const [status, passage] = statusOf(about, compared);
  if (!(status in by.statuses)) return undefined;
  /** @type {{[key: string]: import("./draft.js").Value}} */
  const value = { [by.analysisKeys.status]: by.statuses[status] };
  if (methods.length) value[by.analysisKeys.methods] = methods.map(({ label }) => label);
  return { key: by.keys.gender_analysis, value, passage };
}

/**
 * Return the id of the status and the passage that speaks for it; "" where the text says nothing.
 * @param {Sentence[]} about the sentences that speak of equality or stand under a heading that does
 * @param {Sentence[]} compared those that stand under one or speak of both sexes
 */
function statusOf(about, compared) {
  const said = about.filter((sentence) => !sentence.says("not"));
  const later = said.filter((sentence) => sentence.says("analysis", "later"));
  const rest = said.filter((sentence) => !later.includes(sentence));
  const done = rest.filter((sentence) => sentence.says("done"));
  const acted = rest.filter((sentence) => sentence.says("acted"));
  const split = compared.filter((sentence) => sentence.says("women", "men", "digit"));
  /** @type {[string, Sentence[]][]} */
  const statuses = [
    ["genomford-med-atgarder", done.length ? acted : []],
    ["genomford", done],
    ["planerad", later],
    ["konsuppdelad-statistik", split],
    ["namns", compared],
  ];
  const settled = statuses.find(([, evidence]) => evidence.length);
  return settled ? [settled[0], settled[1][0].passage] : ["", ""];
}

/**
 * Return the first sentences under the heading Sammanfattning, as many as the field has room for.
 * @param {Sentence[]} found
 * @param {By} by
 * @returns {Suggestion | undefined}
 */
function summaryOf(found, by) {
  let text = "";
  for (const sentence of found) {
    if (sentence.weight !== IN_SUMMARY || sentence.heading) continue;
    const longer = `${text} ${sentence.text}`.trim();
    if (longer.length > by.limits.summary) break;
    text = longer;
  }
  return text ? { key: by.keys.summary, value: text, passage: "" } : undefined;
}

/**
 * @param {Sentence[]} found
 * @param {By} by
 * @returns {Suggestion | undefined}
 */
function referenceOf(found, by) {
  for (const sentence of found) {
    const match = by.cues.reference.exec(sentence.text);
    if (match) return { key: by.keys.reference, value: match[1] ?? match[2], passage: sentence.passage };
  }
  return undefined;
}
