// The browser finds the personal data that Python finds: tests/cases/create/personal.json.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const SCRIPTS = "../../plugins/kunskapsbank_mkdocs/theme/assets/kunskapsbank/js/create/";
const load = (name) => import(new URL(`${SCRIPTS}${name}`, import.meta.url));
const { check, discreet, find, masked } = await load("personal.js");
const { lines } = await load("small-groups.js");
const { apply, unused } = await load("allowed.js");

const read = (name) => JSON.parse(readFileSync(new URL(`../cases/create/${name}`, import.meta.url), "utf8"));
const cases = read("personal.json");
const rules = read("personal-rules.json");

for (const [text, expected] of cases.texts)
  test(`in the text "${text.slice(0, 60)}"`, () => {
    const found = find(text, rules).map(({ rule, start, end }) => `${rule}: ${text.slice(start, end)}`);
    assert.deepEqual(found, expected);
  });

for (const [text, expected] of cases.masked)
  test(`the message "${text}" is masked`, () => assert.equal(masked(text, rules), expected));

for (const [text, isSmall] of cases["small groups"])
  test(`a small group in "${text}"`, () => assert.equal(lines(text, rules).length > 0, isSmall));

for (const { name, file, text, bodyLine, lines: keys, problems } of cases.files)
  test(`a file: ${name}`, () => {
    const source = { file, text: text.join("\n"), body: text.slice(bodyLine - 1).join("\n"), bodyLine, fields: {}, lines: keys };
    const all = check(source, rules);
    const told = [...apply(all, source, rules), ...unused(all, source, rules)];
    told.sort((a, b) => a.line - b.line || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0));
    assert.deepEqual(told.map(({ line, field, rule, severity }) => [line, field, rule, severity].filter(Boolean).join(" ")), problems);
    const messages = told.map((problem) => discreet(problem, rules)).map((one) => `${one.line} ${one.rule}: ${one.message}\n${one.hint}`);
    assert.deepEqual(messages, rules.messages[name]);
  });
