// Check drafts: node check.js < {rules, cases: [{file, fields, body, beside}]} > [{text, problems}], as JSON.
// Used by tests/site/test_create_parity.py, which compares them with what the library says of the same files.

import { text } from "node:stream/consumers";

const SCRIPTS = new URL("../../plugins/kunskapsbank_mkdocs/theme/assets/kunskapsbank/js/create/", import.meta.url);
const { check } = await import(new URL("check.js", SCRIPTS));
const { draft } = await import(new URL("draft.js", SCRIPTS));

const { rules, cases } = JSON.parse(await text(process.stdin));
const answers = cases.map(({ file, fields, body, beside }) => {
  const source = { ...draft(file, fields, body, {}, rules.draft), beside };
  return { text: source.text, problems: check(source, rules) };
});
process.stdout.write(JSON.stringify(answers));
