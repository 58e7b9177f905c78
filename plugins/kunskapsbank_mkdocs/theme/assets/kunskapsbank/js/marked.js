// The parts of a text → what is shown of it: the words that were searched are marked, and words of other languages tell
// which, so that a screen reader says them right. foreign.py does the latter to the pages.

/**
 * @typedef {{ text: string, mark: boolean }[]} Parts a text with the words that were searched marked
 */

/**
 * Return what shows the parts of a text, of which `foreign` are words of other languages with their codes.
 *
 * @param {[string, string][]} foreign
 * @returns {(parts: Parts) => (Node | string)[]}
 */
export function marking(foreign) {
  const languages = new Map(foreign.map(([word, language]) => [word.toLowerCase(), language]));
  const some = [...languages.keys()].sort((a, b) => b.length - a.length).map(bare);
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}_])(?:${some.join("|")})(?![\\p{L}\\p{N}_])`, "giu");
  return (parts) => {
    const whole = parts.map(({ text }) => text).join("");
    const found = languages.size ? [...whole.matchAll(pattern)] : [];
    const shown = [];
    let start = 0;
    for (const { 0: word, index } of found) {
      shown.push(...nodes(cut(parts, start, index)));
      const span = document.createElement("span");
      span.lang = languages.get(word.toLowerCase()) ?? "";
      span.append(...nodes(cut(parts, index, index + word.length)));
      shown.push(span);
      start = index + word.length;
    }
    return [...shown, ...nodes(cut(parts, start, whole.length))];
  };
}

/** @param {string} word */
const bare = (word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

/**
 * Return the parts of a text between two places in it.
 *
 * @param {Parts} parts
 * @param {number} from
 * @param {number} to
 */
function cut(parts, from, to) {
  const found = [];
  let place = 0;
  for (const { text, mark } of parts) {
    const own = text.slice(Math.max(0, from - place), Math.max(0, to - place));
    if (own) found.push({ text: own, mark });
    place += text.length;
  }
  return found;
}

/** @param {Parts} parts */
function nodes(parts) {
  return parts.map(({ text, mark }) => {
    if (!mark) return text;
    const element = document.createElement("mark");
    element.textContent = text;
    return element;
  });
}
