// Drive the site in Firefox, over WebDriver BiDi: node firefox.js FIREFOX ADDRESS > what a reader saw, as JSON.
// Used by tests/site/test_firefox.py.

import { launch } from "puppeteer-core";

const [executablePath, address] = process.argv.slice(2);
const browser = await launch({
  browser: "firefox",
  executablePath,
  headless: true,
  defaultViewport: { width: 1280, height: 900 },
});

/** @type {string[]} */
const faults = [];
const page = await browser.newPage();
page.on("pageerror", (error) => faults.push(String(error)));
page.on("console", (message) => ["error", "warn"].includes(message.type()) && faults.push(message.text()));
page.on("request", (asked) => {
  if (!asked.url().startsWith(address) && !asked.url().startsWith("data:")) faults.push(`request to ${asked.url()}`);
});

/** Wait until the search has answered; return what it says and the first titles. */
async function answer() {
  await page.waitForSelector("[data-kb-results][aria-busy=false]");
  return page.evaluate(() => ({
    heading: document.querySelector("#traffar")?.textContent,
    titles: Array.from(document.querySelectorAll("[data-kb-hits] h3 a"), (link) => link.textContent),
    marked: Array.from(document.querySelectorAll("[data-kb-hits] mark"), (mark) => mark.textContent),
    address: location.pathname + location.search,
  }));
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
  process.stdout.write(JSON.stringify({ asked, filtered, back, typed, faults, version: await browser.version() }));
} finally {
  await browser.close();
}
