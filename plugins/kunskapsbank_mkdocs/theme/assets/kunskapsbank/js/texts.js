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
 * @param {number} headings under how many the hits stand: those of one project stand under one
 */
export function part(shown, total, headings) {
  const some = shown < total ? `${number(shown)} av ${number(total)}` : `alla ${number(total)}`;
  if (headings >= shown) return `Visar ${some}`;
  const under = headings === 1 ? "en rubrik" : `${number(headings)} rubriker`;
  return `Visar ${some} träffar, samlade under ${under}`;
}

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

/** @param {number} count */
export const taken = (count) => `Listan med ${hits(count)} är hämtad`;

/**
 * @param {string} words
 * @param {string} address
 */
export const asked = (words, address) =>
  words ? `Sökning: ${words} (${address})` : `Alla sidor i banken (${address})`;

export const SEARCHING = "Söker …";
export const GO_ON = "Skriv vidare …";

/** @param {string[]} words */
const inQuotes = (words) => listed(words.map((word) => `”${cut(word)}”`));

/** @param {string[]} words */
export const instead = (words) => inQuotes(words);

/**
 * Return the sentence on a word that no text has, and what of it leads to the nearest theme.
 *
 * @param {import("./search/client.js").Absent} absent
 * @returns {{ text: string, link: string, after: string }}
 */
export function absent({ word, near, theme }) {
  const isSame = theme && theme.label.toLowerCase() === word.toLowerCase();
  if (isSame && !theme.count)
    return { text: "Temat ", link: theme.label, after: " finns, men inget dokument hör till det än." };
  const text = `Ordet ”${cut(word)}” finns inte i någon text.`;
  if (theme)
    return {
      text: `${text} Närmast: temat `,
      link: theme.label,
      after: theme.count ? "." : ", som inget dokument hör till än.",
    };
  const isNear = near && near.toLowerCase() !== word.toLowerCase();
  return { text: isNear ? `${text} Närmast: ${near}.` : text, link: "", after: "" };
}

/** @param {import("./search/client.js").Narrowed} narrowed */
export function narrowed({ words, labels, total }) {
  const asked = words ? ` och sök ${inQuotes([words])}` : "";
  return `Filtrera på ${labels.join(", ")}${asked}: ${hits(total)}`;
}

/** @param {string[]} words */
export const listed = (words) =>
  words.length > 1 ? `${words.slice(0, -1).join(", ")} och ${words.at(-1)}` : (words[0] ?? "");

const NUMBERS = ["Inget", "Ett", "Två", "Tre", "Fyra", "Fem"];
export const COMPARING = "Jämför …";
export const UNTOLD = "Vad arbetet ledde till framgår inte av källan.";

/** @param {number} count */
export const nearest = (count) =>
  count === 0
    ? "Inget projekt i banken liknar idén"
    : count === 1
      ? "Det närmaste projektet"
      : `De ${NUMBERS[count].toLowerCase()} närmaste projekten`;

/** @param {string[]} audiences */
export const groups = (audiences) =>
  audiences.length
    ? `Målgrupper i din text: ${listed(audiences).toLowerCase()}.`
    : "Din text nämner ingen av bankens målgrupper.";

/**
 * Return how a project and the idea differ in target group.
 *
 * @param {import("./search/ideas.js").Near} near
 * @param {boolean} hasGroups
 */
export function difference({ tried, same, other }, hasGroups) {
  if (!tried.audiences.length) return "Projektets målgrupp framgår inte.";
  if (!same.length) return `${hasGroups ? "Annan målgrupp" : "Målgrupp"}: ${listed(other)}.`;
  return `Samma målgrupp: ${listed(same)}.` + (other.length ? ` Projektet hade också ${listed(other)}.` : "");
}

/**
 * Return what the comparison means for an application.
 *
 * @param {import("./search/ideas.js").Near[]} projects
 */
export function verdict(projects) {
  if (!projects.length) return "Sök också på enskilda ord: andra kan ha kallat det något annat.";
  const same = projects.filter((near) => near.same.length).length;
  return same
    ? `${NUMBERS[same]} av de närmaste projekten har en målgrupp som din text nämner. ` +
        "Skriv vad som är nytt jämfört med det de prövade."
    : "Inget av de närmaste projekten har en målgrupp som din text nämner. Läs ändå hur de arbetade.";
}

export const FAULT = "Sökningen fungerar inte just nu";
export const UNKNOWN_FAULT = "Något gick fel. Ladda om sidan och försök igen.";
