// The browser writes a content file as Python does: tests/cases/create/drafts.json.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const SCRIPTS = "../../plugins/kunskapsbank_mkdocs/theme/assets/kunskapsbank/js/create/";
const { draft, outline, place, suggested, written } = await import(new URL(`${SCRIPTS}draft.js`, import.meta.url));

const cases = JSON.parse(readFileSync(new URL("../cases/create/drafts.json", import.meta.url), "utf8"));
const { rules } = cases;

for (const { name, fields, body, notes, text } of cases.written)
  test(`a file is written: ${name}`, () => assert.equal(written(fields, body, notes, rules), text));

for (const { kind, project, year, name, path } of cases.place)
  test(`its place is ${path}`, () => assert.equal(place(kind, project, year, name, rules), path));

for (const { kind, year, body } of cases.outline)
  test(`the headings of ${kind} ${year}`, () => assert.equal(outline(kind, year, rules), body));

test("a draft knows the lines of its keys, of what stands inside them, and of the body", () => {
  const fields = { typ: "slutrapport", titel: " A ", medel: [{ år: "2018", form: "LUM" }], alias: ["b", "c"], år: [] };
  const source = draft("a.md", fields, "## Syfte", { typ: ["en", "två"] }, rules);

  const line = (path) => source.text.split("\n")[source.lines[path] - 1];
  assert.equal(line("typ"), "typ: slutrapport");
  assert.equal(line("alias/1"), "  - c");
  assert.equal(line("medel/0"), "  - år: 2018");
  assert.equal(line("medel/0/år"), "  - år: 2018");
  assert.equal(line("medel/0/form"), "    form: LUM");
  assert.equal(source.text.split("\n").slice(source.bodyLine - 1).join("\n"), source.body);
  assert.deepEqual(Object.keys(source.fields), ["titel", "typ", "alias", "år", "medel"]);
  assert.deepEqual([source.fields.titel, source.fields.år], ["A", ""]);
});

test("a key that the schema lacks is a mistake of ours", () => {
  assert.throws(() => written({ påhitt: "a" }, "", {}, rules), RangeError);
});

test("a suggestion names its passage", () => {
  assert.equal(suggested("a", rules), `${rules.suggested}: ”a”`);
  assert.equal(suggested("", rules), rules.suggested);
});
