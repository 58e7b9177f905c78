// A content file that is being written → every problem that `kunskapsbank check` would tell of it, in the same order.
// @ts-check

import * as allowed from "./allowed.js";
import * as body from "./body.js";
import * as content from "./content.js";
import * as fields from "./fields.js";
import * as personal from "./personal.js";
import * as record from "./record.js";
import * as reports from "./reports.js";

/**
 * @typedef {import("./body.js").Source} Source
 * @typedef {import("./fields.js").Problem} Problem
 * @typedef {import("./fields.js").Rules} Rules
 */

/** The order of kunskapsbank/problems.py. @type {(keyof Problem)[]} */
const ORDER = ["file", "line", "field", "message", "hint", "severity", "rule"];

/** @param {Source} source @param {Rules} rules @returns {Problem[]} */
export function check(source, rules) {
  const read = fields.read(source, rules);
  const inBody = body.check(source, rules);
  const form = [...read.problems, ...inBody, ...body.checkLinks(source, rules)];
  const found = [...personal.check(source, rules), ...content.check(source, rules)];
  // What cannot be read is not yet part of the bank, and is not compared with what is there.
  if (!read.problems.length && !inBody.length) {
    form.push(...record.check(read, source, rules));
    found.push(...reports.check(source, rules));
  }
  const kept = [...allowed.apply(found, source, rules), ...allowed.unused(found, source, rules)];
  const discreet = [...form, ...kept].map((problem) => personal.discreet(problem, rules));
  const told = new Map(discreet.map((problem) => [JSON.stringify(ORDER.map((key) => problem[key])), problem]));
  return [...told.values()].sort(compare);
}

/** @type {(one: Problem, other: Problem) => number} */
function compare(one, other) {
  const key = ORDER.find((name) => one[name] !== other[name]);
  return key === undefined ? 0 : one[key] < other[key] ? -1 : 1;
}
