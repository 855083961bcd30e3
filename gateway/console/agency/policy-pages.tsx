import { type Context, Hono } from "hono";
import type { Policy } from "../../../schema/region.ts";
import { ownForm } from "../frame/own-form.ts";
import { show } from "../frame/page.ts";
import { type Desk, deskOf, orNothing, regionsOf } from "./desk.ts";
import { Policies, PolicyPage } from "./policies.tsx";
import { formOf } from "./policy-reading.ts";
import { draw, type Read, written } from "./policy-writing.tsx";
import { doneIn, goTo, missing, openTo } from "./replies.tsx";

/** The region of the address and the policy in force there, where whoever asks reaches it. */
const readHere = async (c: Context, desk: Desk): Promise<Read | undefined> => {
  const region = (await regionsOf(desk)).find(({ id }) => id === c.req.param("region"));
  if (!region) return undefined;
  const campaign = desk.query("campaign");
  const query = campaign ? `?campaign=${encodeURIComponent(campaign)}` : "";
  const inForce = orNothing(await desk.read<Policy>(`/v1/regions/${region.id}/policy${query}`));
  return inForce && { region, inForce };
};

/** A region's rules: which are in force, which were, and the next. */
export const policyPages = (): Hono => {
  const app = new Hono();
  for (const path of ["/regions", "/regions/*"]) app.use(path, openTo("POST /v1/regions/{region}/policies"));
  app.get("/regions", async (c) => {
    const desk = deskOf(c);
    const regions = await regionsOf(desk);
    const [only] = regions;
    if (only && regions.length === 1) return goTo(c, desk, `/agency/regions/${only.id}/policy`);
    const read = regions.map(({ id }) => desk.read<Policy>(`/v1/regions/${id}/policy`));
    const inForce = (await Promise.all(read)).map(orNothing);
    return show(c, <Policies desk={desk} regions={regions} inForce={inForce} />);
  });
  app.get("/regions/:region/policy", async (c) => {
    const desk = deskOf(c);
    const here = await readHere(c, desk);
    if (!here) return missing(c, desk);
    const all =
      orNothing(await desk.read<{ items: Policy[] }>(`/v1/regions/${here.region.id}/policies`))?.items ?? [];
    const { campaign } = here.inForce.rules;
    const versions = all.filter(({ rules }) => rules.campaign === campaign);
    const campaigns = [...new Set(all.map(({ rules }) => rules.campaign as string))];
    return show(
      c,
      <PolicyPage desk={desk} versions={versions} campaigns={campaigns} {...here} notice={doneIn(desk)} />,
    );
  });
  app.get("/regions/:region/policy/next", async (c) => {
    const desk = deskOf(c);
    const here = await readHere(c, desk);
    if (!here) return missing(c, desk);
    const form = formOf(here.inForce.rules);
    form.set("try.doses", "10");
    form.set("try.hours", "5");
    return draw(c, desk, { ...here, form });
  });
  app.post("/regions/:region/policy/next", ownForm(65_536), async (c) => {
    const desk = deskOf(c);
    const here = await readHere(c, desk);
    return here ? written(c, desk, here) : missing(c, desk);
  });
  return app;
};
