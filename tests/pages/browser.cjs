// The printed handout in a real browser: node browser.cjs FOLDER CHROMIUM, with NODE_PATH set.
// For each page of the folder: console messages, requests, accessibility, how wide it is on a phone,
// PDFs for A4 and Letter, a screenshot. Prints what it found as JSON.
const fs = require("fs");
const path = require("path");
const { pathToFileURL } = require("url");
const puppeteer = require("puppeteer-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const [folder, executablePath] = process.argv.slice(2);
const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];
const RULES = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function look(browser, name) {
  const page = await browser.newPage();
  const messages = [];
  const requests = [];
  page.on("console", (message) => messages.push(message.text()));
  page.on("pageerror", (error) => messages.push(String(error)));
  page.on("request", (request) => requests.push(request.url()));
  await page.setViewport({ width: 900, height: 1000 });
  await page.goto(pathToFileURL(path.join(folder, name)).href);
  const base = path.join(folder, name.replace(/\.html$/, ""));
  await page.screenshot({ path: `${base}.png`, fullPage: true });
  for (const format of ["A4", "Letter"]) await page.pdf({ path: `${base}.${format}.pdf`, format });
  await page.setViewport({ width: 320, height: 640 });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  // Chromium takes no picture of more than 16,384 pixels: such a page is shown from its beginning.
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.screenshot({ path: `${base}.phone.png`, fullPage: height < 16384 });
  const seen = { messages: [...messages], requests: [...requests], overflow };
  // The page's own policy is asked for up to here; the checker below needs to add its script.
  const results = await page.evaluate(`${axe}; axe.run({ runOnly: ${JSON.stringify(RULES)}, rules: { "color-contrast-enhanced": { enabled: true } } })`);
  seen.axe = results.violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(" ")}`);
  seen.unsure = results.incomplete.map((each) => each.id);
  seen.passes = results.passes.length;
  await page.close();
  return seen;
}

(async () => {
  const userDataDir = path.join(folder, "browser");
  const browser = await puppeteer.launch({ executablePath, headless: true, userDataDir, args: FLAGS });
  try {
    const found = {};
    for (const name of fs.readdirSync(folder).filter((each) => each.endsWith(".html")).sort()) {
      found[name] = await look(browser, name);
    }
    console.log(JSON.stringify(found, null, 1));
  } finally {
    await browser.close();
  }
})();
