import { Hono } from "hono";
import { html } from "hono/html";
import type { ConsentText } from "../../../schema/consent.ts";
import type { PlatformState } from "../../../schema/platform.ts";
import type { SurplusToday } from "../../../schema/today.ts";
import type { Api, ApiFor } from "../frame/api.ts";
import { headers, ownForms } from "../frame/headers.ts";
import { languageOf, page, speaks } from "../frame/page.ts";
import { read } from "../frame/read.ts";
import { ConsentTextPage } from "./consent-text.tsx";
import { Home } from "./home.tsx";
import { Platforms } from "./platforms.tsx";
import { figuresOf, namesIn, regionsOf, showingFigures } from "./showing-figures.tsx";
import { TodayNow } from "./today.tsx";

type Given = {
  apiFor: ApiFor;
  isSandbox: boolean;
  /** What time it is for the gateway; this machine's where absent. */
  now?(): string;
};

const today = async (api: Api, at: string) => {
  const { items } = await read<{ items: SurplusToday[] }>(api, "/v1/today");
  return { items, at };
};

/** A part of a page without which the rest is still good. */
const orNothing = <Part,>(part: Promise<Part>): Promise<Part | undefined> => part.catch(() => undefined);

/** What anybody may read, whoever they are. */
export const everybodysPages = ({ apiFor, isSandbox, now = () => new Date().toISOString() }: Given): Hono =>
  new Hono()
    .get("/", speaks, async (c) => {
      const [api, language] = [apiFor(c), languageOf(c)];
      const [shown, figures, regions] = await Promise.all([
        orNothing(today(api, now())),
        orNothing(figuresOf(api, {})),
        orNothing(regionsOf(api)),
      ]);
      const named = namesIn(language, regions ?? []);
      const home = (
        <Home language={language} isSandbox={isSandbox} today={shown} figures={figures} named={named} />
      );
      return page(c, home, { sent: ownForms });
    })
    .get("/today", speaks, async (c) => {
      const part = <TodayNow language={languageOf(c)} {...(await today(apiFor(c), now()))} />;
      return c.html(html`${part}`, 200, { ...headers, vary: "accept-language" });
    })
    .get("/platforms", speaks, async (c) => {
      const { items: platforms } = await read<{ items: PlatformState[] }>(apiFor(c), "/v1/platforms");
      const shown = (
        <Platforms language={languageOf(c)} isSandbox={isSandbox} platforms={platforms} at={now()} />
      );
      return page(c, shown);
    })
    .route("/figures", showingFigures({ apiFor, isSandbox }))
    .get("/consent-text/:version", speaks, async (c) => {
      const version = c.req.param("version");
      const reply = await apiFor(c)(`/v1/consent-texts/${encodeURIComponent(version)}`);
      const written = reply.ok ? ((await reply.json()) as ConsentText).texts : {};
      const shown = <ConsentTextPage language={languageOf(c)} version={version} written={written} />;
      return page(c, shown, { sent: headers, status: reply.ok ? 200 : 404 });
    });
