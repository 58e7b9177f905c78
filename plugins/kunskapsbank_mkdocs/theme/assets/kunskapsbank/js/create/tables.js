// A table with joined cells and any number of heads → a table of Markdown. The twin of kunskapsbank/intake/tables.py,
// which tells why.
// @ts-check

/**
 * A cell as the original has it: its Markdown, whether it is marked as a head, or stands out as one, and its reach.
 * @typedef {{text: string, isMarked: boolean, isHead: boolean, across: number, down: number}} Cell
 * A place in the table: its text, whether it names a row or column, and whether a joined cell reaches it.
 * @typedef {{text: string, isHead: boolean, fromLeft: boolean, fromAbove: boolean}} Place
 * @typedef {import("./spans.js").Page} Page
 */

/** @type {Place} */
const EMPTY = { text: "", isHead: false, fromLeft: false, fromAbove: false };

/**
 * Return the table, nothing where it has no text; `inHead` says which rows the original has in its head.
 * @type {(rows: Cell[][], inHead: boolean[], page: Page) => string[]}
 */
export function written(rows, inHead, page) {
  const places = gridOf(rows);
  const filled = [...places.keys()].filter((number) => places[number].some((place) => place.text));
  if (!filled.length) return [];
  const grid = filled.map((number) => places[number]);
  const marked = filled.map((number) => inHead[number] || rows[number].every((cell) => cell.isMarked));
  if (grid.flat().some((place) => place.fromLeft || place.fromAbove)) {
    page.remark("En tabell har sammanslagna celler, som inte finns i banken. Kontrollera tabellen.");
  }
  let heads = [...marked, false].indexOf(false);
  if (heads === grid.length) heads = 1;
  heads ||= guessedHeads(grid, page);
  if (heads === 1 && grid.length > 2 && goesOn(grid[0], grid[1])) heads = 2;
  const head = heads ? oneHead(grid.slice(0, heads)) : grid[0].map(() => "");
  const body = grid.slice(heads).map((row) => row.map((place) => (place.fromLeft ? "" : place.text)));
  const lines = [head, ...body].map((row) => `| ${row.join(" | ")} |`);
  lines.splice(1, 0, `|${" --- |".repeat(head.length)}`);
  return [lines.map((line) => line.replace(/ +/g, " ")).join("\n")];
}

/** Return the places in rows, all equally long; a joined cell is at each place that it reaches. @param {Cell[][]} rows */
function gridOf(rows) {
  /** @type {Map<number, Place>[]} */
  const grid = rows.map(() => new Map());
  for (const [number, row] of rows.entries()) {
    let column = 0;
    for (const { text, isHead, across, down } of row) {
      while (grid[number].has(column)) column++;
      for (let under = 0; under < Math.min(down, rows.length - number); under++) {
        for (let beside = 0; beside < across; beside++) {
          if (grid[number + under].has(column + beside)) continue;
          grid[number + under].set(column + beside, { text, isHead, fromLeft: beside > 0, fromAbove: under > 0 });
        }
      }
      column += across;
    }
  }
  const width = Math.max(0, ...grid.flatMap((found) => [...found.keys()].map((column) => column + 1)));
  return grid.map((found) => Array.from({ length: width }, (_, column) => found.get(column) ?? EMPTY));
}

/**
 * Return how many rows of a table without heads are taken for heads, one or none, and say so.
 * @type {(grid: Place[][], page: Page) => number}
 */
function guessedHeads(grid, page) {
  const table = `Tabellen som börjar med ”${unmarked(grid[0].find((place) => place.text)?.text ?? "")}”`;
  if (grid.every((row) => row[0].isHead && !row.slice(1).some((place) => place.isHead))) {
    page.remark(`${table} saknar rubrikrad. Skriv vad kolumnerna innehåller i den tomma raden överst.`);
    return 0;
  }
  if (!grid[0].every((place) => place.isHead || !place.text)) {
    page.remark(`${table} saknar rubrikrad i originalet. Den första raden har blivit rubriker.`);
  }
  return 1;
}

/**
 * Tell whether a row parts the joined heads above it: words under each of them, and nothing else.
 * @type {(head: Place[], row: Place[]) => boolean}
 */
function goesOn(head, row) {
  const isJoined = (/** @type {number} */ column) => Boolean(head[column].fromLeft || head[column + 1]?.fromLeft);
  return head.some((place) => place.fromLeft) && row.every((place, column) =>
    isJoined(column) ? /^\P{Nd}/u.test(place.text) : !place.text || place.fromAbove);
}

/** Return rows of heads as one: "Antal hushåll: Våren". @param {Place[][]} rows */
function oneHead(rows) {
  if (rows.length === 1) return rows[0].map((place) => (place.fromLeft ? "" : unmarked(place.text)));
  const columns = rows[0].map((_, column) => rows.map((row) => unmarked(row[column].text)));
  return columns.map((column) => [...new Set(column.filter(Boolean))].join(": "));
}

/** @param {string} text */
const unmarked = (text) => text.replace(/(?<!\\)\*\*/g, "");
