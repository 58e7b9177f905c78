// The hits of an answer → a list to take away, as Swedish Excel opens it: a byte order mark, semicolons, Windows' lines.

/** @typedef {{ title: string, kind: string, years: string, owners: string, url: string, summary: string }} Listed */

const NAME = "kunskapsbanken-lista.csv";
const HEAD = ["titel", "typ", "år", "ägare", "adress", "sammanfattning"];
// What a spreadsheet would take for the beginning of a formula.
const FORMULA = /^[=+\-@\t\r]/;

/** @param {string} value */
function cell(value) {
  const text = FORMULA.test(value) ? ` ${value}` : value;
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * @param {Listed[]} hits in their order
 * @param {string} root the address of the site, with end slash
 * @returns {string} the list as CSV
 */
export function listed(hits, root) {
  const rows = hits.map(({ title, kind, years, owners, url, summary }) => [
    title,
    kind,
    years,
    owners,
    new URL(url, root).href,
    summary,
  ]);
  return `\ufeff${[HEAD, ...rows].map((row) => row.map(cell).join(";")).join("\r\n")}\r\n`;
}

/**
 * Hand the list over as a file.
 *
 * @param {string} list
 */
export function handOver(list) {
  const address = URL.createObjectURL(new Blob([list], { type: "text/csv;charset=utf-8" }));
  const link = Object.assign(document.createElement("a"), { href: address, download: NAME });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address));
}
