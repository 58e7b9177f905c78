// Figures split by sex where a group is so small that its members may be known. The twin of
// kunskapsbank/checks/small_groups.py, which tells why.
// @ts-check

/**
 * @typedef {import("./draft.js").Source} Source
 * @typedef {import("./fields.js").Problem} Problem
 * @typedef {{[name: string]: RegExp}} Patterns
 */

/**
 * Return a remark for each line that counts a group of one sex smaller than five, in words or in a table.
 * @param {Source} source
 * @param {any} rules skapa/regler.json
 * @returns {Problem[]}
 */
export function check(source, rules) {
  const { rule, message, hint, allowInText, allowInFields } = rules.smallGroups;
  return lines(source.text, rules).map((line) => ({
    file: source.file,
    line,
    field: fieldAt(source, line),
    message,
    hint: `${hint} ${line >= source.bodyLine ? allowInText : allowInFields}`,
    severity: "anmärkning",
    rule,
  }));
}

/**
 * Return the 1-based lines of `text` with a small group.
 * @param {string} text
 * @param {any} rules
 * @returns {number[]}
 */
export function lines(text, rules) {
  /** @type {[string, string][]} */
  const sources = Object.entries(rules.smallGroups.patterns);
  const patterns = Object.fromEntries(sources.map(([name, source]) => [name, new RegExp(source, "u")]));
  const rows = text.split("\n");
  const inTables = rowsWithSmallCells(rows, patterns);
  return rows
    .map((_, place) => place + 1)
    .filter((number) => {
      const row = rows[number - 1];
      return inTables.has(number) || isCounted(row, patterns) || patterns.stated.test(row);
    });
}

/**
 * Return the key of the field that has this line of the file; "" in the body and above the first field.
 * @param {Source} source
 * @param {number} line
 */
export function fieldAt(source, line) {
  if (line >= source.bodyLine - 1) return "";
  let [key, nearest] = ["", 0];
  for (const [path, at] of Object.entries(source.lines)) {
    if (!path.includes("/") && at <= line && at > nearest) [key, nearest] = [path, at];
  }
  return key;
}

/** @type {(row: string, patterns: Patterns) => boolean} */
function isCounted(row, patterns) {
  const matches = row.matchAll(new RegExp(patterns.counted.source, "gu"));
  return Array.from(matches).some((match) => !patterns.notBefore.test(row.slice(0, match.index)));
}

/** @type {(rows: string[], patterns: Patterns) => Set<number>} */
function rowsWithSmallCells(rows, patterns) {
  /** @type {Set<number>} */
  const found = new Set();
  /** @type {boolean[]} */
  let columns = [];
  rows.forEach((row, place) => {
    if (!row.includes("|")) columns = [];
    else if (place && patterns.delimiters.test(row)) {
      columns = cells(rows[place - 1], patterns).map((cell) => namesSex(cell, patterns));
    } else if (columns.length) {
      const own = cells(row, patterns);
      const inRow = namesSex(own[0], patterns);
      if (own.some((cell, column) => patterns.small.test(cell) && (inRow || columns[column]))) found.add(place + 1);
    }
  });
  return found;
}

/** @type {(row: string, patterns: Patterns) => string[]} */
function cells(row, patterns) {
  const inner = row.replace(new RegExp(patterns.comment.source, "gu"), "").trim();
  return inner.replace(/^\|/, "").replace(/\|$/, "").split("|");
}

/** @type {(cell: string, patterns: Patterns) => boolean} */
function namesSex(cell, patterns) {
  const lower = cell.toLowerCase();
  return patterns.sexHead.test(lower) && !patterns.noCount.test(lower);
}
