// node renderer.cjs VISITS CHROMIUM, with NODE_PATH set. Loads each record in Smart Forms, clicks the last answer
// on the page, and prints the record that the form then gives, with the console's warnings.
const [visits, executablePath] = process.argv.slice(2);
const { questionnaire, records, clicked } = JSON.parse(require("fs").readFileSync(visits, "utf8"));
const contents = `
  import { createElement as make } from "react";
  import { createRoot } from "react-dom/client";
  import { QueryClientProvider } from "@tanstack/react-query";
  import * as smart from "@aehrc/smart-forms-renderer";
  const Form = () => make(smart.RendererThemeProvider, null,
    make(QueryClientProvider, { client: smart.useRendererQueryClient() }, make(smart.BaseRenderer)));
  window.read = smart.getResponse;
  window.load = (questionnaire, questionnaireResponse) => smart.buildForm({ questionnaire, questionnaireResponse })
    .then(() => createRoot(document.getElementById("form")).render(make(Form)));`;
const content = require("esbuild").buildSync({
  stdin: { contents, resolveDir: process.env.NODE_PATH }, bundle: true, write: false, outdir: "/",
  loader: { ".woff": "empty", ".woff2": "empty" }, define: { "process.env.NODE_ENV": '"development"', global: "window" },
}).outputFiles.find((file) => file.path.endsWith(".js")).text;

async function look(page, record) {
  const warnings = [];
  page.on("console", (message) => /warn|error/.test(message.type()) && warnings.push(message.text()));
  page.on("pageerror", (error) => warnings.push(String(error)));
  await page.setContent('<div id="form"></div>');
  await page.addScriptTag({ content });
  await page.evaluate((...both) => window.load(...both), questionnaire, record);
  await page.waitForSelector("input"); // the form is drawn
  await page.evaluate(() => [...document.querySelectorAll("input")].at(-1).click());
  await page.waitForFunction((id) => JSON.stringify(window.read()).includes(`"linkId":"${id}"`), {}, clicked);
  return { warnings, record: await page.evaluate(() => window.read()) };
}

require("puppeteer-core").launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] }).then(async (browser) => {
  const found = {};
  for (const name in records) found[name] = await look(await browser.newPage(), records[name]);
  await browser.close();
  console.log(JSON.stringify(found));
});
