import { Hono } from "hono";
import type { PlatformState } from "../../../schema/platform.ts";
import type { PlatformHistory } from "../../../schema/platform-history.ts";
import type { Reconciliation } from "../../../schema/reconciliation.ts";
import { ownForm } from "../frame/own-form.ts";
import { show } from "../frame/page.ts";
import { textIn } from "../frame/sent.ts";
import { deskOf, orNothing } from "./desk.ts";
import { PlatformPage } from "./platform-page.tsx";
import { Platforms } from "./platforms.tsx";
import { back, doneIn, missing, openTo } from "./replies.tsx";

type Listed = { items: PlatformState[] };

/** How the platforms are and have been; and what can be had of them again. */
export const platformsPages = (): Hono => {
  const app = new Hono();
  app.use(openTo("GET /v1/platforms/{platform}/history"));
  app.get("/", async (c) => {
    const desk = deskOf(c);
    const platforms = await desk.read<Listed>("/v1/platforms");
    const names = platforms.ok ? platforms.value.items.map(({ name }) => name) : [];
    const read = names.map((name) => desk.read<PlatformHistory>(`/v1/platforms/${name}/history?days=2`));
    const histories = (await Promise.all(read)).flatMap((each) => orNothing(each) ?? []);
    return show(
      c,
      <Platforms desk={desk} platforms={platforms} histories={histories} notice={doneIn(desk)} />,
    );
  });
  app.get("/:platform", async (c) => {
    const desk = deskOf(c);
    const listed = orNothing(await desk.read<Listed>("/v1/platforms"))?.items ?? [];
    const platform = listed.find(({ name }) => name === c.req.param("platform"));
    if (!platform) return missing(c, desk);
    const days = [2, 7, 30].find((each) => String(each) === desk.query("days")) ?? 2;
    const path = `/v1/platforms/${platform.name}`;
    const history = await desk.read<PlatformHistory>(`${path}/history?days=${days}`);
    const account = platform.capabilities.includes("booking")
      ? orNothing(await desk.read<Reconciliation>(`${path}/reconciliation`))
      : undefined;
    return show(
      c,
      <PlatformPage
        desk={desk}
        platform={platform}
        history={history}
        account={account}
        days={days}
        notice={doneIn(desk)}
      />,
    );
  });
  app.post("/:platform", ownForm(4096), async (c) => {
    const desk = deskOf(c);
    const name = c.req.param("platform");
    const form = await c.req.parseBody();
    const path = `/v1/platforms/${encodeURIComponent(name)}`;
    const acts = {
      compare: { path: `${path}/reconciliation`, done: "compared" },
      believe: { path: `${path}/reading`, json: { missing: Number(form.missing) }, done: "believed" },
      halt: { path: `${path}/reading/halt`, done: "rested" },
      read: { path: `${path}/reading`, json: {}, done: "read" },
    };
    const asked = textIn(form, "do");
    // A form may say anything, also the name of what every object has.
    const act: { path: string; json?: unknown; done: string } =
      Object.entries(acts).find(([name]) => name === asked)?.[1] ?? acts.read;
    const reply = await desk.send("POST", act.path, act.json);
    return back(c, desk, `/agency/platforms/${encodeURIComponent(name)}`, reply, act.done);
  });
  return app;
};
