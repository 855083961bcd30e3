import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { palettes } from "../../gateway/console/everybody/charts/palette.ts";
import { pages } from "../../gateway/console/pages.tsx";
import { languages, texts } from "../../gateway/console/texts/texts.ts";
import { millis } from "../../schema/primitives.ts";
import { announced, openScene, type Scene } from "../http/scene.ts";
import { pastEvening } from "../support/evening.ts";

/* The pages for anybody, as a browser without scripts gets them, over the API itself. */

let scene: Scene;
let app: ReturnType<typeof pages>;
beforeAll(async () => {
  scene = await openScene();
  app = pages({ api: scene.app.request });
  app.route("/", scene.app);
  scene.clock.advance((millis(scene.clock.now()) - Date.parse("2021-04-14T09:00:00Z")) / -60_000);
});
afterAll(() => scene.close());

const html = { accept: "text/html,application/xhtml+xml" };
const open = async (path: string, headers: Record<string, string> = html) => {
  const reply = await app.request(path, { headers });
  return { status: reply.status, headers: reply.headers, text: await reply.text() };
};
/** As it is written into a page. */
const written = (text: string) => text.replaceAll("&", "&amp;").replaceAll("'", "&#39;");

describe("the first page", () => {
  test.each(languages)("in %s asks for the postcode first, and leads to the list", async (language) => {
    const { text } = await open(`/?lang=${language}`);
    const words = texts[language].home;
    expect(text).toContain(`<html lang="${language}">`);
    expect(text).toMatch(/<form[^>]*method="get" action="\/register"/);
    expect(text.indexOf(words.postcode)).toBeLessThan(text.indexOf(words.today.title));
    for (const each of [words.title, words.first, words.second, words.third, words.work.go])
      expect(text).toContain(written(each));
  });

  test("shows today's doses without a script, and as of when", async () => {
    await announced(scene, 3);
    const { text } = await open("/?lang=en");
    expect(text).toContain("looking for 3 people");
    expect(text).toContain("As it was at");
    expect(text.match(/<i class="dose free">/g)).toHaveLength(1 + 3);
    const part = await open("/today?lang=en");
    expect(part.text).toContain("looking for 3 people");
    expect(part.text).not.toContain("<html");
  });

  test("is there where the API is away", async () => {
    const alone = pages({ api: () => new Response(null, { status: 503 }) });
    const reply = await alone.request("/?lang=en", { headers: html });
    expect(reply.status).toBe(200);
    expect(await reply.text()).toContain(texts.en.home.title);
  });
});

describe("the page of the figures", () => {
  const region = { region: "wallonia", centre: "charleroi" };
  beforeAll(async () => {
    await pastEvening(scene.database.sql, { ...region, at: "2021-04-05T16:00:00Z", used: 1200, lost: 34 });
    await pastEvening(scene.database.sql, { ...region, at: "2021-04-06T16:00:00Z", used: 30, lost: 0 });
  });

  test.each(languages)("in %s says what the numbers say, and why some are missing", async (language) => {
    const { status, text } = await open(`/figures?lang=${language}`);
    expect(status).toBe(200);
    expect(text).toMatch(/1[.,\u202f\u00a0]264/);
    expect(text).toContain(written(texts[language].figures.protection.first));
    expect(text).not.toMatch(/\{\w+|undefined|NaN|\[object/);
  });

  test("has each chart in light and dark, wide and narrow, with its table and both downloads", async () => {
    const { text } = await open("/figures?lang=en&region=wallonia");
    for (const name of ["days", "regions", "speed", "ages"]) {
      const pictures = text.match(new RegExp(`/figures/${name}\\.svg[^"]*(theme=\\w+&amp;width=\\w+)`, "g"));
      expect(new Set(pictures).size, name).toBe(4);
    }
    expect(text.match(/<details>/g)).toHaveLength(4);
    expect(text).toContain("/v1/figures.csv?region=wallonia&amp;table=ages");
  });

  test.each(["days", "regions", "speed", "ages"])(
    "draws %s, with the language's numbers and no script",
    async (name) => {
      for (const theme of ["light", "dark"])
        for (const width of ["narrow", "wide"]) {
          const { status, headers, text } = await open(
            `/figures/${name}.svg?lang=de&theme=${theme}&width=${width}`,
            {},
          );
          expect(status).toBe(200);
          expect(headers.get("content-type")).toBe("image/svg+xml; charset=utf-8");
          expect(headers.get("cache-control")).toBe("public, max-age=300");
          expect(headers.get("etag")).toBeTruthy();
          expect(text).toMatch(/^<svg width="(?:340|760)" height="\d+"[^>]*><title>/);
          expect(text).not.toMatch(/<script|href="http|undefined|NaN/);
          // A quote within an attribute would make it no XML, and so no picture.
          for (const [, style] of text.matchAll(/style="([^>]*)"/g))
            expect(style?.split('" ')[0]).not.toContain('"');
        }
    },
  );

  test("is not drawn twice for the same question, and not sent to whoever has it", async () => {
    const path = "/figures/ages.svg?lang=en&theme=light&width=wide";
    const first = await open(path, {});
    const again = await open(path, { "if-none-match": first.headers.get("etag") ?? "" });
    expect(again.status).toBe(304);
  });

  test("says so where no doses were, and where days do not go together", async () => {
    expect((await open("/figures?lang=en&from=2020-01-01&until=2020-01-31")).text).toContain(
      texts.en.figures.none,
    );
    const refused = await open("/figures?lang=en&from=2021-04-10&until=2021-04-01");
    expect(refused.status).toBe(400);
    expect(refused.text).toContain(texts.en.figures.refused);
  });

  test("there is no other chart", async () => {
    expect((await open("/figures/names.svg", {})).status).toBe(404);
  });
});

test("its pictures have the colours of the pages", () => {
  const style = readFileSync(new URL("../../gateway/console/assets/style.css", import.meta.url), "utf8");
  const [light = "", dark = ""] = style.split("prefers-color-scheme: dark");
  for (const [theme, part] of [
    ["light", light],
    ["dark", dark],
  ] as const)
    for (const [name, colour] of Object.entries(palettes[theme]))
      expect(part).toContain(`--${name}: ${colour};`);
});

test.each(languages)(
  "the platforms' page in %s says of each whether it works, in words",
  async (language) => {
    const { text } = await open(`/platforms?lang=${language}`);
    const words = texts[language].platforms;
    expect(text).toContain("local-list");
    expect(text).toContain(written(words.does.roster));
    expect(text).toContain(written(words.states.unknown));
  },
);

describe("where there is no page, or it failed", () => {
  test.each(languages)("a browser is told so in %s, and how to go on", async (language) => {
    const { status, headers, text } = await open(`/nothing/here?lang=${language}`);
    expect(status).toBe(404);
    expect(headers.get("content-type")).toContain("text/html");
    expect(text).toContain(written(texts[language].fault.missing.title));
    expect(text).toContain(`href="/register?lang=${language}"`);
  });

  test("a program is answered with a problem document, and so is whoever opens an address of the API", async () => {
    for (const [path, headers] of [
      ["/nothing", {}],
      ["/v1/nothing", html],
    ] as const) {
      const { status, headers: told } = await open(path, headers);
      expect(status).toBe(404);
      expect(told.get("content-type")).toContain("application/problem+json");
    }
  });

  test("a gateway that is busy asks to come back, and says when", async () => {
    const busy = pages({ api: () => new Response(null, { status: 503, headers: { "retry-after": "5" } }) });
    const reply = await busy.request("/platforms?lang=en", { headers: html });
    expect(reply.status).toBe(503);
    expect(reply.headers.get("retry-after")).toBe("5");
    expect(await reply.text()).toContain(texts.en.fault.busy.title);
    expect((await busy.request("/platforms")).headers.get("content-type")).toContain("problem+json");
  });

  test("a page that throws is logged by its place in the code, without what it held", async () => {
    const lines: unknown[] = [];
    const log = { info: () => undefined, warn: (...line: unknown[]) => void lines.push(line) };
    const api = () => {
      throw new Error("An Peeters, 0470 12 34 56");
    };
    const reply = await pages({ api, log }).request("/platforms?lang=fr", { headers: html });
    expect(reply.status).toBe(500);
    expect(await reply.text()).toContain(texts.fr.fault.failed.title);
    expect(lines).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toContain("Peeters");
  });
});
