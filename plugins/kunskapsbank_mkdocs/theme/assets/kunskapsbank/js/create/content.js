// A text → what shuts readers out of it, and hints where it is heavy to read. The twin of the library's checks
// accessibility.py and plain_swedish.py; patterns, limits and messages come from there: `rules.content`.
// @ts-check

import { cells, read as readBlocks } from "./blocks.js";
import { problemAt } from "./fields.js";
import { oneLine, read as readInline } from "./inline.js";
import { expressions, filled } from "./patterns.js";
import { letters, sentences } from "./sentences.js";
import { quoted } from "./text.js";

/**
 * @typedef {import("./draft.js").Source} Source
 * @typedef {import("./fields.js").Problem} Problem
 * @typedef {import("./blocks.js").Block} Block
 * @typedef {import("./inline.js").Inline} Inline
 * @typedef {import("./inline.js").Link} Link
 * @typedef {import("./sentences.js").Sentence} Sentence
 * @typedef {{block: Block, found: Inline}[]} Text
 * Tells a problem: its line, the name of its rule and of its message, and the words of the message.
 * @typedef {(line: number, rule: string, told: string, words?: {[name: string]: string | number}) => Problem} Tell
 * @typedef {(text: Text, tell: Tell, rules: any) => Generator<Problem>} Check
 */

/**
 * Return errors and remarks on a text.
 * @param {Source} source
 * @param {any} rules skapa/regler.json
 * @returns {Problem[]}
 */
export function check(source, rules) {
  const { blocks, references } = readBlocks(source.body, source.bodyLine, rules);
  const text = blocks.map((block) => ({ block, found: readInline(block, references, rules) }));
  const { accessibility } = rules.content;
  /** @type {(severity: "fel" | "anmärkning") => Tell} */
  const tell = (severity) => (line, rule, told, words = {}) => {
    const [message, hint] = accessibility.told[told].map((/** @type {string} */ one) => filled(one, words));
    return problemAt(source, line, "", message, hint, severity, accessibility.rules[rule]);
  };
  return [
    ...ERRORS.flatMap((one) => [...one(text, tell("fel"), accessibility)]),
    ...REMARKS.flatMap((one) => [...one(text, tell("anmärkning"), accessibility)]),
    ...plainSwedish(source, text, rules),
  ];
}

/** @type {Check} */
function* alternatives(text, tell) {
  for (const { alternative, line } of text.flatMap(({ found }) => found.pictures)) {
    if (!alternative) yield tell(line, "alternative", "noAlternative");
  }
}

/** @type {Check} */
function* poorAlternatives(text, tell, rules) {
  const { fileName, placeholder, generated } = expressions(rules.patterns, "isu");
  for (const { alternative, line } of text.flatMap(({ found }) => found.pictures)) {
    const words = { alternative: quoted(alternative) };
    if (fileName.test(alternative) || placeholder.test(alternative)) yield tell(line, "description", "poorAlternative", words);
    else if (generated.test(alternative)) yield tell(line, "description", "generatedAlternative", words);
  }
}

/** @type {Check} */
function* levels(text, tell) {
  let before = 1;
  for (const { block: { form, level, line }, found } of text) {
    if (form !== "heading") continue;
    const words = oneLine(found.words);
    const marks = "#".repeat(level);
    if (!words && !found.pictures.length) yield tell(line, "level", "emptyHeading", { marks });
    else if (level > before + 1) {
      const [marksBefore, right] = ["#".repeat(before), "#".repeat(before + 1)];
      yield tell(line, "level", before === 1 ? "firstTooDeep" : "skipped",
        { heading: quoted(words), words, level, marks, before, marksBefore, right });
    }
    before = level;
  }
}

/** @type {Check} */
function* heads(text, tell, rules) {
  const { row, htmlTable, htmlHead } = expressions(rules.patterns, "isu");
  for (const { block: { form, line, markdown } } of text) {
    const lines = markdown.split("\n");
    if (form === "table") {
      if (!cells(lines[0]).some(Boolean)) yield tell(line, "head", "noHead");
    } else if (form === "paragraph" || form === "item") {
      const rows = lines.flatMap((one, number) => (row.test(one) ? [number] : []));
      if (rows.length > 1) yield tell(line + rows[0], "head", "noTable");
    } else if (form === "html") {
      const table = htmlTable.exec(markdown);
      if (table && !htmlHead.test(markdown)) {
        yield tell(line + markdown.slice(0, table.index).split("\n").length - 1, "head", "noHeadHtml");
      }
    }
  }
}

/** @type {Check} */
function* headCells(text, tell) {
  for (const { block } of text) {
    if (block.form !== "table") continue;
    const row = cells(block.markdown.split("\n")[0]);
    for (const [place, cell] of row.entries()) {
      if (place && !cell && row.some(Boolean)) yield tell(block.line, "column", "emptyHeadCell", { column: place + 1 });
    }
  }
}

/** @type {(text: Text) => Link[]} */
const linksOf = (text) => text.flatMap(({ found }) => found.links);

/** @type {Check} */
function* emptyLinks(text, tell) {
  for (const { words, hasPicture, line, target } of linksOf(text)) {
    if (!words && !hasPicture) yield tell(line, "emptyLink", "emptyLink", { target: quoted(target) });
  }
}

/** @type {Check} */
function* linkWords(text, tell, rules) {
  const { address } = expressions(rules.patterns, "isu");
  for (const { words, isLinked, line, target } of linksOf(text)) {
    const shown = quoted(words);
    if (!isLinked) {
      const whole = target.startsWith("http") ? target : `https://${target}`;
      yield tell(line, "link", "bareAddress", { text: shown, target: whole });
    } else if (address.test(words)) yield tell(line, "link", "addressAsText", { text: shown });
    else if (rules.emptyWords.includes(plain(words, rules))) yield tell(line, "link", "poorLink", { text: shown });
  }
}

/** @type {Check} */
function* sameWords(text, tell, rules) {
  /** @type {Map<string, Link>} */
  const first = new Map();
  for (const link of linksOf(text)) {
    const words = plain(link.words, rules);
    const known = first.get(words) ?? link;
    first.set(words, known);
    if (words && !rules.emptyWords.includes(words) && known.target !== link.target) {
      yield tell(link.line, "link", "sameText", { text: quoted(link.words), first: known.line });
    }
  }
}

/** @type {(words: string, rules: any) => string} */
const plain = (words, rules) => words.toLowerCase().replace(new RegExp(rules.patterns.edge, "gisu"), "");

/** @type {Check} */
function* emptySections(text, tell) {
  for (const [place, { block, found }] of text.entries()) {
    if (block.form !== "heading" || !found.words.trim()) continue;
    const after = text[place + 1]?.block;
    if (!after || (after.form === "heading" && after.level <= block.level)) {
      yield tell(block.line, "empty", "emptySection", { heading: quoted(found.words) });
    }
  }
}

/** @type {Check} */
function* boldHeadings(text, tell, rules) {
  const { bold, sentenceEnd } = expressions(rules.patterns, "isu");
  for (const { block: { form, line, markdown }, found } of text) {
    const words = oneLine(found.words);
    const isBold = form === "paragraph" && bold.test(markdown.replace(/^ +| +$/g, ""));
    if (isBold && words.split(" ").length <= rules.headingWords && !sentenceEnd.test(words)) {
      yield tell(line, "bold", "boldHeading", { text: quoted(words), words });
    }
  }
}

const ERRORS = [alternatives, levels, heads, emptyLinks];
const REMARKS = [poorAlternatives, headCells, linkWords, sameWords, emptySections, boldHeadings];

/** @type {(source: Source, text: Text, rules: any) => Generator<Problem>} */
function* plainSwedish(source, text, rules) {
  const told = rules.content.plainSwedish;
  const full = new RegExp(told.fullSentence, "u");
  /** @type {(line: number, field: string, name: string, text: string, words: number) => Problem} */
  const remark = (line, field, name, text, words) => {
    const [message, hint] = told.told[name];
    const limit = told.limits[name];
    return problemAt(source, line, field, filled(message, { text: quoted(text), words }), filled(hint, { limit }),
      "anmärkning", told.rules[name]);
  };
  const isLong = (/** @type {Sentence} */ { words }) => words.length > told.limits.sentence;

  const summary = source.fields[told.summary];
  if (typeof summary === "string") {
    const line = source.lines[told.summary];
    for (const one of sentences(summary, line, rules).filter(isLong)) {
      yield remark(line, told.summary, "sentence", one.text, one.words.length);
    }
  }
  /** @type {Sentence[]} */
  const whole = [];
  for (const { block, found } of text) {
    if (block.form !== "paragraph" && block.form !== "item") continue;
    const these = sentences(found.words, block.line, rules);
    for (const one of these.filter(isLong)) yield remark(one.line, "", "sentence", one.text, one.words.length);
    const count = these.reduce((sum, { words }) => sum + words.length, 0);
    if (count > told.limits.paragraph) yield remark(block.line, "", "paragraph", these[0].text, count);
    if (block.form === "paragraph" || full.test(these.at(-1)?.text ?? "")) whole.push(...these);
  }
  const measured = lix(whole, rules);
  if (measured > told.limits.lix && whole.flatMap(({ words }) => words).length >= told.fewestWords) {
    const [message, hint] = told.told.lix;
    yield problemAt(source, 1, "", filled(message, { lix: measured }), hint, "anmärkning", told.rules.lix);
  }
}

/** Return the readability index of the sentences, as a whole number; 0 for none. */
function lix(/** @type {Sentence[]} */ text, /** @type {any} */ rules) {
  const total = text.flatMap(({ words }) => words);
  if (!total.length) return 0;
  const long = total.filter((word) => letters(word, rules) > rules.content.plainSwedish.longWord).length;
  const parts = total.length * text.length;
  return Math.floor((Math.floor((2 * (total.length ** 2 + 100 * long * text.length)) / parts) + 1) / 2);
}
