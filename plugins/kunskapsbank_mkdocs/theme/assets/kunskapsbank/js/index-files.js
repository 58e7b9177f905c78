// The address of the index → a function that reads its files.

/**
 * Return a function that reads a file of the index in `folder`. Those in a folder of their own never change; the others
 * are asked for anew, or an old one would lead nowhere.
 *
 * @param {string} folder with end slash, relative to the page
 * @returns {import("./search/shards.js").Read}
 */
export const reader = (folder) => async (path) => {
  const cache = /^[0-9a-f]{16}\//.test(path) ? "default" : "no-cache";
  const response = await fetch(new URL(folder + path, location.href), { cache });
  if (!response.ok) throw new Error(`${response.status} ${path}`);
  return new Uint8Array(await response.arrayBuffer());
};
