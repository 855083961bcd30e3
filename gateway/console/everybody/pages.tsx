import { Hono } from "hono";
import type { ConsentText } from "../../../schema/consent.ts";
import type { ApiFor } from "../frame/api.ts";
import { headers } from "../frame/headers.ts";
import { languageOf, page, speaks } from "../frame/page.ts";
import { ConsentTextPage } from "./consent-text.tsx";
import { Home } from "./home.tsx";

type Given = { apiFor: ApiFor; isSandbox: boolean };

/** What anybody may read, whoever they are. */
export const everybodysPages = ({ apiFor, isSandbox }: Given): Hono =>
  new Hono()
    .get("/", (c) => page(c, <Home sandbox={isSandbox} />))
    .get("/consent-text/:version", speaks, async (c) => {
      const version = c.req.param("version");
      const reply = await apiFor(c)(`/v1/consent-texts/${encodeURIComponent(version)}`);
      const written = reply.ok ? ((await reply.json()) as ConsentText).texts : {};
      const shown = <ConsentTextPage language={languageOf(c)} version={version} written={written} />;
      return page(c, shown, { sent: headers, status: reply.ok ? 200 : 404 });
    });
