// A content file that is being written → remarks on what its kind and year ask for, on its money, and on what is in the
// bank already. The twin of kunskapsbank/checks/reports.py, whose messages are repeated here letter by letter;
// tests/cases/create/reports.json holds them together.
// @ts-check

import { words } from "../search/text.js";
import { isDecimal } from "../search/stem.js";
import { check as checkDuplicates } from "./duplicates.js";
import { findTerm, keyOf, problemAt, read } from "./fields.js";
import { check as checkLimits } from "./limits.js";
import { defaultId } from "./record.js";
import { fold } from "./text.js";

/**
 * @typedef {import("./draft.js").Source} Source
 * @typedef {import("./fields.js").Problem} Problem
 * @typedef {import("./fields.js").Rules} Rules
 * A heading ("" for what stands before the first), its level, its line in the body from 0, and its own text.
 * @typedef {{heading: string, level: number, line: number, text: string}} Section
 * What a rule is given: the file and what was read of it.
 * @typedef {{source: Source, rules: Rules, kind: string, values: {[attribute: string]: any}, project: string,
 *   id: string}} Draft
 */

const HAS_WORDS = /[\p{L}\p{N}]/u;

/** Return the remarks on a file whose fields have no faults; a faulty one is not judged. */
export function check(/** @type {Source} */ source, /** @type {Rules} */ rules) {
  const { kind, values, problems } = read(source, rules);
  if (problems.length || kind === null) return [];
  const project = projectOf(source, kind, values, rules);
  const draft = { source, rules, kind, values, project, id: values.id ?? defaultId(source.file) };
  return [...RULES.flatMap((rule) => rule(draft)), ...checkLimits(draft), ...checkDuplicates(draft)];
}

/** Return the id of the project that a document belongs to, "" for none. */
function projectOf(/** @type {Source} */ source, /** @type {string} */ kind, /** @type {any} */ values,
  /** @type {Rules} */ rules) {
  if (!rules.draft.projectDocuments.includes(kind)) return values.project ?? "";
  const folder = source.file.slice(0, source.file.lastIndexOf("/"));
  return rules.projects.find((/** @type {any} */ one) => `projekt/${one.folder}` === folder)?.id ?? "";
}

/** @type {(draft: Draft, attribute: string, message: string, hint: string, rule: string) => Problem} */
function remark({ source, rules }, attribute, message, hint, rule) {
  const key = keyOf(rules, attribute);
  return problemAt(source, source.lines[key], key, message, hint, "anmärkning", rule);
}

/** @type {(draft: Draft, line: number, message: string, hint: string, rule: string) => Problem} */
const inBody = ({ source }, line, message, hint, rule) =>
  problemAt(source, source.bodyLine + line, "", message, hint, "anmärkning", rule);

/**
 * Return a body in sections, without comments and code.
 * @returns {Section[]}
 */
function sections(/** @type {string} */ body, /** @type {any} */ data) {
  const shown = body.replace(new RegExp(data.notShown, "gms"), (code) => "\n".repeat(code.split("\n").length - 1));
  const found = [...shown.matchAll(new RegExp(data.heading, "gm"))];
  const ends = [...found.map((match) => match.index ?? 0), shown.length];
  const first = { heading: "", level: 0, line: 0, text: shown.slice(0, ends[0]) };
  return [
    first,
    ...found.map((match, number) => ({
      heading: match[2] || match[3] || "",
      level: match[1] ? match[1].length : match[4].startsWith("=") ? 1 : 2,
      line: shown.slice(0, match.index).split("\n").length - 1,
      text: shown.slice((match.index ?? 0) + match[0].length, ends[number + 1]),
    })),
  ];
}

/** What a text says, in lower case: the headings that have text under them, and all text. */
const told = (/** @type {Section[]} */ text) =>
  text
    .filter((part) => HAS_WORDS.test(part.text))
    .flatMap(({ heading, text: own }) => [heading.toLowerCase(), own.toLowerCase()]);

/** Return the sections whose heading holds any of `parts`. */
const under = (/** @type {Section[]} */ text, /** @type {string[]} */ parts) =>
  text.filter((section) => parts.some((part) => section.heading.toLowerCase().includes(part)));

/** Tell whether nothing is written under a heading, nor under the smaller ones below it. */
function isEmpty(/** @type {Section} */ section, /** @type {Section[]} */ text) {
  const following = text.slice(text.indexOf(section) + 1);
  const end = following.findIndex((other) => other.level <= section.level);
  return ![section, ...following.slice(0, end < 0 ? undefined : end)].some((part) => HAS_WORDS.test(part.text));
}

/** Return a pattern of the words about women and men or girls and boys. */
function gender(/** @type {any} */ data) {
  const begun = `(?:${data.genderBeginnings.join("|")})[\\p{L}\\p{N}]*`;
  const whole = `(?:${data.genderWords.join("|")})(?![\\p{L}\\p{N}])`;
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${begun}|${whole})`, "u");
}

/** @type {(draft: Draft) => Problem[]} */
function analysis(draft) {
  const { source, rules, kind, values } = draft;
  const data = rules.reports;
  if (!rules.draft.projectDocuments.includes(kind) || values.years[0] < data.askedFrom) return [];
  const found = values.gender_analysis;
  const mention = told(sections(source.body, data)).map((part) => gender(data).exec(part)?.[0]).find(Boolean);
  const status = found?.status ?? findTerm(rules, rules.vocabularyOf.analyses, data.missing);
  if (status.id === data.missing && !values.digest) {
    const state = found ? `är '${status.label}'` : "fältet saknas";
    const because = mention ? `texten nämner '${mention}'` : `pengarna gäller ${values.years[0]}`;
    const hint = mention ? data.hints.mentioned : data.hints.missing;
    return [remark(draft, "gender_analysis", `${state}, men ${because}`, hint, ANALYSIS)];
  }
  if (data.unjudged.includes(status.id)) return [];
  const problems = [];
  if (!found.summary) {
    const message = `fältet saknas, men status är '${status.label}'`;
    problems.push(analysisRemark(draft, "summary", message, data.hints.analysis));
  }
  if (!mention && !(values.digest && gender(data).test((found.summary ?? "").toLowerCase()))) {
    const message = `är '${status.label}', men texten säger inget om jämställdhet`;
    const hint = "Skriv i texten vad analysen visar om kvinnor och män, flickor och pojkar, eller ändra status.";
    problems.push(analysisRemark(draft, "status", message, hint));
  }
  return problems;
}

const ANALYSIS = "jämställdhetsanalys";

/** @type {(draft: Draft, attribute: string, message: string, hint: string) => Problem} */
function analysisRemark(draft, attribute, message, hint) {
  const found = remark(draft, "gender_analysis", message, hint, ANALYSIS);
  const { shape } = draft.rules.fields.find((/** @type {any} */ one) => one.attribute === "gender_analysis");
  const inner = shape.fields.find((/** @type {any} */ one) => one.attribute === attribute).key;
  return { ...found, field: `${found.field} → ${inner}` };
}

/** @type {(draft: Draft) => Problem[]} */
function summary(draft) {
  const { rules, kind, values, project } = draft;
  const data = rules.reports;
  if (!data.documents.includes(kind)) return [];
  const said = new Set([
    ...Array.from(words(values.title), (word) => word.text), ...data.emptyWords, ...data.duplicates.unnamed,
  ]);
  const written = Array.from(words(values.summary), (word) => word.text);
  const telling = written.filter((word) => !said.has(word) && !isDecimal(word));
  const tell = (/** @type {string} */ message) =>
    [remark(draft, "summary", message, data.hints.summary, "sammanfattning")];
  if (telling.length < data.fewestWords) return tell("säger för lite om innehållet");
  const beginning = written.slice(0, data.copiedWords).join(" ");
  if (data.summaries[project] === beginning) return tell("är nästan samma som projektets sammanfattning");
  return [];
}

/** @type {(draft: Draft) => Problem[]} */
function results(draft) {
  const { source, rules, kind } = draft;
  if (kind !== rules.reports.finalReport) return [];
  const text = sections(source.body, rules.reports);
  const found = under(text, rules.reports.results);
  const hint = "Skriv vad arbetet ledde till och hur ni vet det. Säger källan inget: skriv det.";
  if (!found.length) {
    const add = `Lägg till rubriken ## Resultat. ${hint}`;
    return [inBody(draft, 0, "texten har ingen rubrik om resultat", add, "resultat")];
  }
  if (!found.every((section) => isEmpty(section, text))) return [];
  return [inBody(draft, found[0].line, `under rubriken '${found[0].heading}' står ingenting`, hint, "resultat")];
}

/** @type {(draft: Draft) => Problem[]} */
function place(draft) {
  const { rules, kind, values } = draft;
  const data = rules.reports;
  if (kind !== data.travelReport) return [];
  const tell = (/** @type {string} */ message) => [remark(draft, "place", message, data.hints.place, "plats")];
  const name = fold(values.place);
  if (data.noPlaces.includes(name) || !HAS_WORDS.test(name) || isDecimal(name)) {
    return tell(`är '${values.place}', men ska vara namnet på en plats`);
  }
  const own = findTerm(rules, rules.vocabularyOf.owners, name);
  const today = data.duplicates.today;
  const owners = values.owners.flatMap((/** @type {any} */ owner) => today[owner.id]);
  if (!own || !today[own.id].some((/** @type {string} */ id) => owners.includes(id))) return [];
  return tell(`är '${values.place}', den förvaltning som gjorde resan`);
}

/** @type {(draft: Draft) => Problem[]} */
function lessons(draft) {
  const { source, rules, kind } = draft;
  const data = rules.reports;
  if (kind !== data.travelReport) return [];
  const text = sections(source.body, data);
  const found = under(text, data.lessons);
  if (found.some((section) => !isEmpty(section, text))) return [];
  if (told(text).some((part) => data.lessonsInText.some((/** @type {string} */ one) => part.includes(one)))) return [];
  if (found.length) {
    const hint = "Skriv vad som går att använda hemma, eller ta bort rubriken.";
    return [inBody(draft, found[0].line, `under rubriken '${found[0].heading}' står ingenting`, hint, "lärdomar")];
  }
  const hint = "Lägg till rubriken ## Vad vi tar med oss och skriv vad som går att använda hemma.";
  return [inBody(draft, 0, "texten säger inte vad resan lärde er", hint, "lärdomar")];
}

/** @type {(draft: Draft) => Problem[]} */
function reportYear(draft) {
  const { rules, kind, values } = draft;
  const [year] = values.years ?? [];
  if (!rules.reports.afterwards.includes(kind) || !values.report_year || !(values.report_year < year)) return [];
  const keys = [keyOf(rules, "report_year"), keyOf(rules, "years")];
  const hint = `En rapport lämnas tidigast det år som den handlar om. Rätta fältet ${keys[0]} eller fältet ${keys[1]}.`;
  return [remark(draft, "report_year", `är ${values.report_year}, men pengarna gäller ${year}`, hint, "rapportår")];
}

/** @type {(draft: Draft) => Problem[]} */
function status(draft) {
  const { rules, kind, values } = draft;
  const { newestCall, ongoing, yearsToAccount } = rules.reports;
  if (kind !== "projekt" || values.status.id !== ongoing || !newestCall) return [];
  const last = Math.max(...values.years, ...(values.grants ?? []).map((/** @type {any} */ grant) => grant.year));
  if (last + yearsToAccount > newestCall) return [];
  const message = `är '${values.status.label}', men de senaste medlen gäller ${last}`;
  const hint =
    `Den senaste utlysningen i banken gäller ${newestCall}. Ändra status, eller lägg till medel för senare år.`;
  return [remark(draft, "status", message, hint, "projektstatus")];
}

const RULES = [analysis, summary, results, place, lessons, reportYear, status];
