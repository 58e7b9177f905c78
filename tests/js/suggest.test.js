// The browser suggests what Python does: tests/cases/create/suggest.json, of the texts in tests/cases/create/suggest.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const SCRIPTS = "../../plugins/kunskapsbank_mkdocs/theme/assets/kunskapsbank/js/create/";
const { suggest } = await import(new URL(`${SCRIPTS}suggest.js`, import.meta.url));

const { rules, cases } = JSON.parse(readFileSync(new URL("../cases/create/suggest.json", import.meta.url), "utf8"));

test("there are cases", () => assert.ok(cases.length > 5));

for (const { name, text, suggestions } of cases)
  test(`what ${name} suggests`, () => assert.deepEqual(suggest(text, { suggest: rules }), suggestions));
