// What the browser says of a text is what the library says: tests/cases/create/content.json, made by scripts/make_cases.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const SCRIPTS = "../../plugins/kunskapsbank_mkdocs/theme/assets/kunskapsbank/js/create/";
const { check } = await import(new URL(`${SCRIPTS}content.js`, import.meta.url));

const { rules, cases } = JSON.parse(readFileSync(new URL("../cases/create/content.json", import.meta.url), "utf8"));

for (const { name, source, problems } of cases)
  test(`what is told of ${name}`, () => assert.deepEqual(check(source, rules), problems));

test("every rule is told of in some case", () => {
  const { accessibility, plainSwedish } = rules.content;
  const told = new Set(cases.flatMap(({ problems }) => problems.map(({ rule }) => rule)));
  assert.deepEqual([...told].sort(), [...Object.values(accessibility.rules), ...Object.values(plainSwedish.rules)].sort());
});
