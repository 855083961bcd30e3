import { type Context, Hono } from "hono";
import { etag } from "hono/etag";
import type { Figures } from "../../../schema/figures.ts";
import type { Language, RegionId } from "../../../schema/primitives.ts";
import type { Region } from "../../../schema/region.ts";
import type { Api, ApiFor } from "../frame/api.ts";
import { headers, ownForms } from "../frame/headers.ts";
import { languageOf, page, speaks } from "../frame/page.ts";
import { ApiAway, read } from "../frame/read.ts";
import { texts } from "../texts/texts.ts";
import { draw } from "./charts/draw.ts";
import { keepPictures } from "./charts/kept-pictures.ts";
import { charts, isChart } from "./charts/options.ts";
import { type Theme, themes } from "./charts/palette.ts";
import type { Width } from "./charts/parts.ts";
import { openTurns } from "./charts/turns.ts";
import { FiguresPage } from "./figures.tsx";
import { askedIn, type FiguresAsked, queryOf } from "./figures-asked.ts";
import type { Named } from "./figures-told.ts";

type Given = { apiFor: ApiFor; isSandbox: boolean };

export const figuresOf = (api: Api, asked: FiguresAsked): Promise<Figures> =>
  read<Figures>(api, `/v1/figures${queryOf(asked)}`);

export const regionsOf = async (api: Api): Promise<Region[]> =>
  (await read<{ items: Region[] }>(api, "/v1/regions")).items;

export const namesIn =
  (language: Language, regions: readonly Region[]): Named =>
  (region: RegionId) =>
    regions.find(({ id }) => id === region)?.name[language] ?? region;

/** What was asked for where it can be answered, and otherwise what is told by itself. */
const answered = async (api: Api, asked: FiguresAsked) => {
  try {
    return { asked, figures: await figuresOf(api, asked), isRefused: false };
  } catch (error) {
    if (!(error instanceof ApiAway && [400, 404].includes(error.status))) throw error;
    return { asked: {}, figures: await figuresOf(api, {}), isRefused: true };
  }
};

/** A picture is opened alone as well, and then runs nothing and loads nothing; its own styles are attributes. */
const ofPicture = {
  ...headers,
  "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  "content-type": "image/svg+xml; charset=utf-8",
  "cache-control": "public, max-age=300",
};

const fiveMinutes = { keptMs: 300_000, letters: 4 * 1024 * 1024 };

/** So many wait for their picture; whoever comes then is told to come back. */
const waitingAtMost = 24;
class TooMany extends Error {}

const themeIn = (c: Context): Theme => themes.find((each) => each === c.req.query("theme")) ?? "light";
const widthIn = (c: Context): Width => (c.req.query("width") === "narrow" ? "narrow" : "wide");

export const showingFigures = ({ apiFor, isSandbox }: Given): Hono => {
  const kept = keepPictures(fiveMinutes);
  const inTurn = openTurns(waitingAtMost);
  return new Hono()
    .get("/", speaks, async (c) => {
      const [api, language] = [apiFor(c), languageOf(c)];
      const regions = await regionsOf(api);
      const { asked, figures, isRefused } = await answered(api, askedIn(c.req.query()));
      const named = namesIn(language, regions);
      const shown = (
        <FiguresPage
          language={language}
          isSandbox={isSandbox}
          asked={asked}
          figures={figures}
          regions={regions}
          named={named}
          isRefused={isRefused}
        />
      );
      return page(c, shown, { sent: ownForms, status: isRefused ? 400 : 200 });
    })
    .get("/:file{[a-z]+\\.svg}", speaks, etag(), async (c, next) => {
      const name = c.req.param("file").replace(".svg", "");
      if (!isChart(name)) return next();
      const [language, theme, width] = [languageOf(c), themeIn(c), widthIn(c)];
      const asked = askedIn(c.req.query());
      const picture = await kept(queryOf(asked, { name, language, theme, width }), async () => {
        const api = apiFor(c);
        const [regions, figures] = [await regionsOf(api), await figuresOf(api, asked)];
        const drawn = { figures, named: namesIn(language, regions), language, theme, width };
        const { title } = texts[language].figures[name];
        const picture = inTurn(() => draw(charts[name](drawn), width, title));
        if (!picture) throw new TooMany("pictures are being drawn");
        return picture;
      }).catch((error: unknown) => {
        if (error instanceof TooMany) return undefined;
        throw error;
      });
      if (picture === undefined)
        return c.body(null, 503, { "retry-after": "5", "cache-control": "no-store" });
      return c.body(picture, 200, { ...ofPicture, vary: "accept-language" });
    });
};
