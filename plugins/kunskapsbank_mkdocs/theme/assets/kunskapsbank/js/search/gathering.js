// Hits → those of one project together, where the best of them stands. The twin of gathering.py.

/** Hits whose scores are at least this share of the best one's answer as well: one with results stands first. */
const EQUALS = 0.9;

/**
 * Return hits in groups, the best first: those of one project, and each that stands alone for itself. In a group the
 * best is first, or one that answers as well and tells of results; the others keep their order.
 * In an order of time it is the first.
 * @template {{id: string, project: string, result: string, score: number}} Hit
 * @param {Hit[]} hits
 * @param {boolean} [isRanked] whether the best are first
 * @returns {Hit[][]}
 */
export function gathered(hits, isRanked = true) {
  /** @type {Map<string, Hit[]>} */
  const groups = new Map();
  for (const hit of hits) {
    const key = hit.project || `/${hit.id}`;
    const group = groups.get(key);
    if (group) group.push(hit);
    else groups.set(key, [hit]);
  }
  return Array.from(groups.values(), (group) => {
    const best = group[0];
    const asGood = group.find(({ result, score }) => result && score >= best.score * EQUALS);
    const first = (isRanked && asGood) || best;
    return [first, ...group.filter((hit) => hit !== first)];
  });
}
