// Drive the site in Firefox, over WebDriver BiDi: node firefox.js FIREFOX ADDRESS REPORT OLD > what a reader saw, as JSON.
// REPORT is a Word file that is handed to *Skapa rapport*, OLD the address of a page that leads on to another.
// Used by tests/site/test_firefox.py.

import { launch } from "puppeteer-core";

const [executablePath, address, report, old] = process.argv.slice(2);
// Starting Python takes seconds, and much longer where other tests run at the same time.
const PATIENCE = 240_000;
const browser = await launch({
  browser: "firefox",
  executablePath,
  headless: true,
  // So high that all hits which are shown at first are near, and fetched.
  defaultViewport: { width: 1280, height: 2400 },
});

/** @type {string[]} */
const faults = [];
const page = await browser.newPage();
page.on("pageerror", (error) => faults.push(String(error)));
page.on("console", (message) => ["error", "warn"].includes(message.type()) && faults.push(message.text()));
page.on("request", (asked) => {
  if (
    !asked.url().startsWith(address) &&
    !asked.url().startsWith(new URL(old).origin) &&
    !/^(data|blob):/.test(asked.url())
  )
    faults.push(`request to ${asked.url()}`);
});

/** Wait until the search has answered, with all hits that are in sight; return what it says and the first titles. */
async function answer() {
  await page.waitForSelector("[data-kb-results][aria-busy=false]:not([data-kb-coming])");
  return page.evaluate(() => ({
    heading: document.querySelector("#traffar")?.textContent,
    titles: Array.from(document.querySelectorAll("[data-kb-hits] h3 a"), (link) => link.textContent),
    marked: Array.from(document.querySelectorAll("[data-kb-hits] mark"), (mark) => mark.textContent),
    address: location.pathname + location.search,
  }));
}

/** Hand the report to *Skapa rapport* and return the text that it makes of it. */
async function create() {
  await page.goto(`${address}/skapa/`);
  await page.waitForSelector("[data-kb-create][data-ready]", { timeout: PATIENCE });
  await page.click("input[name=typ][value=slutrapport]");
  const input = /** @type {import("puppeteer-core").ElementHandle<HTMLInputElement>} */ (await page.$("#skapa-fil"));
  await input.uploadFile(report);
  const text = await page.waitForFunction(
    () => /** @type {HTMLTextAreaElement | null} */ (document.querySelector("#skapa-text"))?.value,
    { timeout: PATIENCE },
  );
  return text.jsonValue();
}

/** Return what the feeds hold that a page names, as the browser itself reads them. */
async function feeds() {
  await page.goto(`${address}/nytt/`);
  return page.evaluate(async () => {
    const links = /** @type {HTMLLinkElement[]} */ ([...document.querySelectorAll("link[rel=alternate]")]);
    const found = links.map(async ({ href, type }) => {
      const text = await (await fetch(new URL(new URL(href).pathname, location.href))).text();
      if (type.endsWith("json")) return JSON.parse(text).items.map((/** @type {any} */ one) => one.title);
      const feed = new DOMParser().parseFromString(text, "application/xml");
      return Array.from(feed.querySelectorAll("parsererror, entry > title"), (title) => title.textContent);
    });
    return Promise.all(found);
  });
}

/** Return where an old address leads, and what stands there. */
async function ledOn() {
  await page.goto(old);
  await page.waitForFunction((before) => location.href !== before, {}, old);
  await page.waitForSelector("h1");
  return page.evaluate(() => ({ address: location.href, heading: document.querySelector("h1")?.textContent }));
}

try {
  await page.goto(`${address}/sok/?q=hem`);
  const asked = await answer();
  // The counts tell which terms leave something, but not all.
  const total = Number.parseInt(asked.heading ?? "", 10);
  for (const choice of await page.$$("[data-kb-filter][open] li:not([hidden]) label")) {
    const count = Number(await choice.$eval("[data-kb-count]", (element) => element.textContent));
    if (count > 0 && count < total) {
      await choice.click();
      break;
    }
  }
  await page.waitForFunction(() => location.search.includes("&"));
  const filtered = await answer();
  await page.goBack();
  await page.waitForFunction(() => !location.search.includes("&"));
  const back = await answer();
  await page.type("[data-kb-words]", "löshet");
  await page.waitForFunction(() => location.search.includes("heml%C3%B6shet"));
  const typed = await answer();
  // Last, as it asks before one leaves a page that is filled in.
  const told = { feeds: await feeds(), ledOn: await ledOn(), created: await create() };
  const seen = { asked, filtered, back, typed, ...told, faults, version: await browser.version() };
  process.stdout.write(JSON.stringify(seen));
} catch (error) {
  const shown = await page.evaluate(() => document.querySelector("main")?.innerText);
  process.stderr.write(`On ${page.url()} stood:\n${shown}\nFaults: ${faults.join("\n")}\n`);
  throw error;
} finally {
  await browser.close();
}
