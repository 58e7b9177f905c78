// Problems → those that the editor has not allowed on their line, with a reason. The twin of
// kunskapsbank/checks/allowed.py, which tells how an exception is written.
// @ts-check

import { listed, nearest, quoted } from "./text.js";

/**
 * @typedef {import("./draft.js").Source} Source
 * @typedef {import("./fields.js").Problem} Problem
 * @typedef {{line: number, rule: string, reason: string, isWhole: boolean}} Mark
 */

/**
 * Return the problems of one file that are not allowed, with errors for exceptions that cannot be used.
 * @param {Problem[]} problems
 * @param {Source} source
 * @param {any} rules skapa/regler.json
 * @returns {Problem[]}
 */
export function apply(problems, source, rules) {
  const found = marks(source, rules);
  const usable = found.filter((mark) => rules.allowed.rules.includes(mark.rule) && mark.reason);
  const isAllowed = (/** @type {Problem} */ problem) =>
    usable.some((mark) => mark.rule === problem.rule && isFor(mark, problem, source));
  return [...problems.filter((problem) => !isAllowed(problem)), ...faults(found, source, rules)];
}

/**
 * Return a remark for each exception that none of these problems needs.
 * @param {Problem[]} problems all of the file's, before `apply`
 * @param {Source} source
 * @param {any} rules
 * @returns {Problem[]}
 */
export function unused(problems, source, rules) {
  const { rule, rules: known, unused: [message, hint] } = rules.allowed;
  return marks(source, rules)
    .filter((mark) => known.includes(mark.rule) && mark.reason)
    .filter((mark) => !problems.some((problem) => mark.rule === problem.rule && isFor(mark, problem, source)))
    .map((mark) => ({ ...at(source, mark), message: message.replace("{rule}", () => mark.rule), hint, severity: "anmärkning", rule }));
}

/** @type {(source: Source, mark: Mark) => {file: string, line: number, field: string}} */
const at = (source, mark) => ({ file: source.file, line: mark.line, field: "" });

/** @type {(mark: Mark, problem: Problem, source: Source) => boolean} */
function isFor(mark, problem, source) {
  if (mark.line === problem.line) return true;
  if (problem.field && problem.line < source.bodyLine) {
    const tops = Object.entries(source.lines).filter(([path, line]) => !path.includes("/") && line <= problem.line);
    if (mark.line === Math.max(...tops.map(([, line]) => line))) return true;
  }
  return mark.isWhole && problem.line === 1 && !problem.field;
}

/** @type {(found: Mark[], source: Source, rules: any) => Problem[]} */
function faults(found, source, rules) {
  const { rule, rules: known, noReason, unknown } = rules.allowed;
  /** @type {Problem[]} */
  const problems = [];
  for (const mark of found) {
    if (!known.includes(mark.rule)) {
      const close = nearest(mark.rule, known);
      const hint = close ? unknown[1].replace("{rule}", close) : unknown[2].replace("{rules}", listed(known));
      const message = unknown[0].replace("{rule}", () => quoted(mark.rule));
      problems.push({ ...at(source, mark), message, hint, severity: "fel", rule });
    } else if (!mark.reason) {
      const [message, hint] = noReason.map((/** @type {string} */ text) => text.replace("{rule}", () => mark.rule));
      problems.push({ ...at(source, mark), message, hint, severity: "fel", rule });
    }
  }
  return problems;
}

/** @type {(source: Source, rules: any) => Mark[]} */
function marks(source, rules) {
  const { text, fields, fence, code, own } = rules.allowed.patterns;
  const mark = (/** @type {number} */ line, /** @type {RegExpMatchArray} */ found, isWhole = false) => ({
    line,
    rule: found[1].toLowerCase(),
    reason: (found[2] ?? "").trim(),
    isWhole,
  });
  /** @type {Mark[]} */
  const found = [];
  let open = "";
  source.text.split("\n").forEach((line, place) => {
    if (place + 1 < source.bodyLine) {
      const match = line.match(new RegExp(fields, "u"));
      if (match) found.push(mark(place + 1, match, new RegExp(own, "u").test(line)));
      return;
    }
    const edge = line.match(new RegExp(fence, "u"));
    if (edge && (!open || edge[1].startsWith(open))) open = open ? "" : edge[1];
    else if (!open) {
      const shown = line.replace(new RegExp(code, "gu"), "");
      for (const match of shown.matchAll(new RegExp(text, "gu"))) found.push(mark(place + 1, match));
    }
  });
  return found;
}
