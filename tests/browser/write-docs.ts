import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openBrowser } from "../support/browser.ts";

/*
 * Goes all ways of the pages in a browser, as the tests do, and writes docs/pages.md with a picture of each state that they
 * looked at: on a telephone and at a desk, light and dark.
 *   npm run pages:show
 */

const docs = fileURLToPath(new URL("../../docs/", import.meta.url));
const taken = await mkdtemp(join(tmpdir(), "everydose-pictures-"));

const walk = (): Promise<number> =>
  new Promise((resolve) => {
    const env = { ...process.env, EVERYDOSE_PICTURES: taken };
    const vitest = fileURLToPath(new URL("../../node_modules/vitest/vitest.mjs", import.meta.url));
    const args = [vitest, "run", "--project", "browser"];
    spawn(process.execPath, args, { stdio: "inherit", env }).on("close", (code) => resolve(code ?? 1));
  });

const rooms = {
  everybody: "For everybody",
  volunteer: "For volunteers and their helpers",
  staff: "For a centre's staff",
  agency: "For an agency",
} as const;
const shots = ["telephone-light", "telephone-dark", "desk-light", "desk-dark"];

type Shown = { name: string; title: string; path: string };
const shown = async (): Promise<Shown[]> => {
  const names = (await readdir(taken)).filter((each) => each.endsWith(".json")).sort();
  return Promise.all(
    names.map(async (each) => ({
      name: each.slice(0, -".json".length),
      ...(JSON.parse(await readFile(join(taken, each), "utf8")) as Omit<Shown, "name">),
    })),
  );
};

/** The four pictures of a state beside each other, as one. */
const compose = async (all: readonly Shown[]) => {
  const browser = await openBrowser();
  const page = await browser.newPage({ viewport: { width: 1600, height: 420 } });
  const session = await page.context().newCDPSession(page);
  for (const { name } of all) {
    const images = await Promise.all(
      shots.map(async (shot) => {
        const data = (await readFile(join(taken, `${name}.${shot}.png`))).toString("base64");
        return `<img height="400" src="data:image/png;base64,${data}">`;
      }),
    );
    await page.setContent(
      `<body style="margin:0;padding:10px;display:flex;gap:10px;background:#9aa">${images.join("")}</body>`,
    );
    const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 75 });
    await writeFile(join(docs, "pages", `${name}.webp`), Buffer.from(data, "base64"));
  }
  await browser.close();
};

const sectionOf = ([room, heading]: [string, string], all: readonly Shown[]): string => {
  const own = all.filter(({ name }) => name.startsWith(`${room}-`));
  const says = ({ name, title, path }: Shown) => {
    const state = name.slice(room.length + 1).replaceAll("-", " ");
    return `### ${state}\n\n\`${path}\`: ${title}\n\n![${title}: ${state}](pages/${name}.webp)\n`;
  };
  return `## ${heading}\n\n${own.map(says).join("\n")}`;
};

const introduction = `# The pages

Written by \`npm run pages:show\`, which goes the ways of \`tests/browser/\` and takes a picture of each state that they look
at: on a telephone (360 px wide) and at a desk (1440), light and dark. The same run judges each state by WCAG 2.2 AA with
axe-core, and by whether anything has to be scrolled sideways at 360, 640, 820 or 1440 px.
`;

const code = await walk();
if (code === 0) {
  const all = await shown();
  await rm(join(docs, "pages"), { recursive: true, force: true });
  await mkdir(join(docs, "pages"));
  await compose(all);
  const sections = Object.entries(rooms).map((room) => sectionOf(room, all));
  await writeFile(join(docs, "pages.md"), [introduction, ...sections].join("\n"));
  process.stdout.write(`${all.length} states in docs/pages.md\n`);
}
await rm(taken, { recursive: true, force: true });
process.exitCode = code;
