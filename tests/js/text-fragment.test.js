// The passage of a hit → what browsers look for on its page.

import assert from "node:assert/strict";
import test from "node:test";
import { textFragment } from "../../plugins/kunskapsbank_mkdocs/theme/assets/kunskapsbank/js/text-fragment.js";

/** @param {string} passage words with those of the question in brackets */
const pieces = (passage) =>
  passage
    .split(/(\[[^\]]+\])/)
    .filter(Boolean)
    .map((text) => ({ text: text.replace(/[[\]]/g, ""), mark: text.startsWith("[") }));

/** @param {string} passage */
const looked = (passage) => decodeURIComponent(textFragment(pieces(passage)).replace("#:~:text=", ""));

test("a few words around the first that was asked for are looked for", () => {
  assert.equal(
    looked("… Där fick de unga mer [vård] i hemmet än de hade haft före [vården] …"),
    "de unga mer vård i hemmet än de hade",
  );
});

test("only the block that it stands in is looked into", () => {
  assert.equal(looked("Förra stycket.\nNy [vård] ges.\nNästa stycke"), "Ny vård ges.");
});

test("dots that stand for more are not looked for", () => {
  assert.equal(looked("… Ny [vård] …"), "Ny vård");
});

test("what has a meaning in the directive is encoded", () => {
  assert.equal(textFragment(pieces("a-b, & [c] d")), "#:~:text=a%2Db%2C%20%26%20c%20d");
});

test("without a word of the question there is nothing to go to", () => {
  assert.equal(textFragment(pieces("Bara en inledning.")), "");
  assert.equal(textFragment([]), "");
});
