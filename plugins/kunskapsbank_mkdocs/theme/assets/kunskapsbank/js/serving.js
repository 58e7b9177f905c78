// While whoever writes looks at the site: what is wrong with the content now, at the top of every page. The server
// writes the file (serving.py) and loads the page again when it changes.

const root = new URL("../../../", import.meta.url);
/** @type {{heading: string, faults: string[]}} */
const { heading, faults } = await (await fetch(new URL("serve-fel.json", root), { cache: "no-store" })).json();

/**
 * @param {string} name
 * @param {string} text
 */
function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

if (heading) {
  const strip = document.createElement("section");
  strip.className = "kb-faults";
  strip.setAttribute("role", "alert");
  const list = document.createElement("ul");
  list.append(...faults.map((fault) => element("li", fault)));
  strip.append(element("strong", heading), list);
  document.body.prepend(strip);
}
