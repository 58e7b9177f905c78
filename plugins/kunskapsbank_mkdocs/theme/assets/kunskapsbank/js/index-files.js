// The address of the index → a function that reads its files.

/**
 * Return a function that reads a file of the index in `folder`. A name stays when the content changes, so the server is
 * asked whether a copy still holds.
 *
 * @param {string} folder with end slash, relative to the page
 * @returns {import("./search/files.js").Read}
 */
export const reader = (folder) => async (path, signal) => {
  const response = await fetch(new URL(folder + path, location.href), { cache: "no-cache", signal });
  if (!response.ok) throw new Error(`${response.status} ${path}`);
  return new Uint8Array(await response.arrayBuffer());
};
