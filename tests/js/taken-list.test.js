// A list to take away: what a spreadsheet in Swedish makes of it.

import assert from "node:assert/strict";
import test from "node:test";
import { listed } from "../../plugins/kunskapsbank_mkdocs/theme/assets/kunskapsbank/js/taken-list.js";

/** @type {any} */
const hit = {
  title: "Våga; vittna",
  kind: "projekt",
  years: "2022–2023",
  owners: "Farsta",
  url: "projekt/a/",
  summary: 'Ett "citat".',
};

test("a list has a byte order mark, a head, and semicolons within quotes", () => {
  assert.equal(
    listed([hit], "https://banken.example/b/"),
    "\ufefftitel;typ;år;ägare;adress;sammanfattning\r\n" +
      '"Våga; vittna";projekt;2022–2023;Farsta;https://banken.example/b/projekt/a/;"Ett ""citat""."\r\n',
  );
});

test("no cell is a formula", () => {
  const [, row] = listed([{ ...hit, title: "=1+1", summary: "@a" }], "https://banken.example/").split("\r\n");
  assert.ok(row.startsWith(" =1+1;"));
  assert.ok(row.endsWith("; @a"));
});
