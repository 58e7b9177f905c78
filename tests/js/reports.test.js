// What the browser says of a file for its kind and year, its money and its likeness to others is what the library
// says: tests/cases/create/reports.json, made by scripts/make_cases.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const SCRIPTS = "../../plugins/kunskapsbank_mkdocs/theme/assets/kunskapsbank/js/create/";
const { check } = await import(new URL(`${SCRIPTS}reports.js`, import.meta.url));

const { rules, cases } = JSON.parse(readFileSync(new URL("../cases/create/reports.json", import.meta.url), "utf8"));
const ORDER = ["line", "field", "message"];
const compare = (one, other) => {
  const key = ORDER.find((name) => one[name] !== other[name]);
  return key === undefined ? 0 : one[key] < other[key] ? -1 : 1;
};

for (const { name, source, problems } of cases)
  test(`remarks on ${name}`, () => assert.deepEqual(check(source, rules).sort(compare), problems));

test("a file that the bank has is not to be written over", () => {
  const { source } = cases.find((one) => one.source.file.startsWith("resor/"));
  const file = "resor/2021-malmo.md";
  const [problem] = check({ ...source, file }, rules).filter((one) => one.severity === "fel");

  assert.equal(problem.message, "filen finns redan i banken: resor/2021-malmo.md");
  assert.equal(problem.rule, "dubblett");
});

test("a file with faults in its fields is not judged", () => {
  const { source } = cases.find((one) => one.problems.length);
  assert.deepEqual(check({ ...source, fields: { ...source.fields, publicerad: "i går" } }, rules), []);
});
