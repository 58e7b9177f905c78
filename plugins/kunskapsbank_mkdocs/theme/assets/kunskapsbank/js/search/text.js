// Swedish running text → words in normal form. The twin of text.py.

const LONGEST_WORD = 60;
const SAME = { æ: "ä", ø: "ö", "\u2010": "-", "\u2011": "-", "\u2019": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " " };
const WORD =
  /(?<number>\p{Nd}{1,3}(?: \p{Nd}{3})+(?![\p{L}\p{N}])|\p{Nd}+(?:[.,]\p{Nd}+)+)|(?<word>[\p{L}\p{N}]+(?:[-'][\p{L}\p{N}]+)*)(?::(?<ending>\p{L}{1,5})(?![\p{L}\p{N}]))?(?<open>-(?=[\s,]))?/gu;

function foldCharacter(character) {
  let lower = character.toLowerCase();
  lower = [...lower].length === 1 ? (SAME[lower] ?? lower) : character;
  if ("åäö".includes(lower)) return lower;
  const bare = lower.normalize("NFD").replace(/\p{M}/gu, "");
  return [...bare].length === 1 ? bare : lower;
}

export const folded = (text) => Array.from(text.normalize("NFC"), foldCharacter).join("");
export const unaccented = (word) => word.replace(/[åä]/g, "a").replace(/ö/g, "o");

export function* words(text) {
  for (const match of folded(text).matchAll(WORD)) {
    const { number, word, open } = match.groups;
    const start = match.index;
    const end = start + match[0].length;
    if (number !== undefined) {
      const digits = number.replace(/[ .,]/g, "");
      yield { text: digits, pieces: [digits], isOpen: false, start, end };
      continue;
    }
    const pieces = word.split(/[-']/).map((piece) => piece.slice(0, LONGEST_WORD));
    if (pieces.length > 1 && pieces.every((piece) => /^\p{Nd}+$/u.test(piece))) {
      for (const piece of pieces) yield { text: piece, pieces: [piece], isOpen: false, start, end };
      continue;
    }
    yield { text: pieces.join("").slice(0, LONGEST_WORD), pieces, isOpen: open !== undefined, start, end };
  }
}
