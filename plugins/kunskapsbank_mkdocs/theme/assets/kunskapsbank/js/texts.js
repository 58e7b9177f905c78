// Numbers and names → the Swedish sentences of the search page that are not in its template.

const LONGEST = 60;

/** @param {number} count */
const number = (count) => count.toLocaleString("sv-SE");

/** @param {string} text what somebody typed, of any length */
export const cut = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** @param {number} count */
export const unit = (count) => (count === 1 ? "träff" : "träffar");

/** @param {number} total */
export const hits = (total) => (total === 0 ? "Inga träffar" : `${number(total)} ${unit(total)}`);

/** @param {number} total */
export const newestHits = (total) => (total > 1 ? `${hits(total)}, de nyaste först` : hits(total));

/** @param {number} total */
export const everything = (total) => `Allt i banken: ${number(total)} sidor, de nyaste först`;

/** @param {number} total */
export const showHits = (total) => (total === 0 ? "Visa tips" : `Visa ${hits(total)}`);

/**
 * @param {number} shown
 * @param {number} total
 */
export const part = (shown, total) => `Visar ${number(shown)} av ${number(total)}`;

/** @param {number} count */
export const chosen = (count) => (count === 0 ? "" : `${count} ${count === 1 ? "valt" : "valda"}`);

/**
 * @param {string} filter
 * @param {string} term
 */
export const unknown = (filter, term) =>
  `Banken har inget filter ”${cut(term)}” under ${filter}. Sökningen är gjord utan det.`;

/**
 * @param {string[]} names
 * @param {number} total
 */
export const without = (names, total) => `Utan ${names.join(" eller ")}: ${hits(total)}`;

/** @param {number} total */
export const withoutAll = (total) => `Utan filter: ${hits(total)}`;

export const FAULT = "Sökningen fungerar inte just nu";
export const UNKNOWN_FAULT = "Något gick fel. Ladda om sidan och försök igen.";
