import { randomUUID } from "node:crypto";
import { type Context, Hono } from "hono";
import type { Campaign, CampaignRehearsal } from "../../../schema/campaign.ts";
import { momentOf, wallOf } from "../frame/clock.ts";
import { ownForm } from "../frame/own-form.ts";
import { show } from "../frame/page.ts";
import { textIn } from "../frame/sent.ts";
import { languages } from "../texts/texts.ts";
import { knownWord } from "../texts/word-for.ts";
import { NewCampaignPage } from "./campaign-form.tsx";
import { CampaignPage, CampaignsPage } from "./campaigns.tsx";
import { type Desk, deskOf, orNothing, regionsOf } from "./desk.ts";
import { problemIn } from "./frame.tsx";
import { markOf } from "./mark.ts";
import { vaccines } from "./policy-fields.ts";
import { actOn, back, doneIn, goTo, missing, openTo } from "./replies.tsx";

type List = { items: Campaign[] };

const text = (form: URLSearchParams, name: string): string => (form.get(name) ?? "").trim();

/** A whole number within these; nothing where the field is empty, and a fault where it is something else. */
const numberIn = (
  form: URLSearchParams,
  name: string,
  most: number,
  faults: Set<string>,
): number | undefined => {
  const typed = text(form, name);
  if (typed === "") return undefined;
  const value = Number(typed);
  if (!Number.isInteger(value) || value < 0 || value > most) faults.add(name);
  return value;
};

const planIn = (form: URLSearchParams, faults: Set<string>) => {
  const name = Object.fromEntries(languages.map((each) => [each, text(form, `name.${each}`)]));
  for (const each of languages) if (!name[each]) faults.add(`name.${each}`);
  const regions = form.getAll("region");
  if (regions.length === 0) faults.add("regions");
  const id = text(form, "id");
  if (!/^[a-z][a-z0-9-]{0,47}$/.test(id)) faults.add("id");
  const startsAt = momentOf(text(form, "startsAt"));
  if (!startsAt) faults.add("startsAt");
  const consentText = text(form, "consentText");
  if (!consentText) faults.add("consentText");
  const chosen = vaccines.filter((each) => form.getAll("vaccines").includes(each));
  const [minimumAge, intervalDays] = [
    numberIn(form, "minimumAge", 120, faults),
    numberIn(form, "intervalDays", 730, faults),
  ];
  const [underAge, from] = [text(form, "underAge"), text(form, "of")];
  return {
    id,
    name,
    regions,
    startsAt,
    policy: {
      consentText,
      ...(minimumAge === undefined ? {} : { minimumAge }),
      ...(intervalDays === undefined ? {} : { intervalDays }),
      ...(underAge ? { underAge } : {}),
      ...(chosen.length > 0 ? { vaccines: chosen } : {}),
    },
    ...(from ? { from } : {}),
  };
};

type Rest = Partial<Parameters<typeof NewCampaignPage>[0]> & { form: URLSearchParams };
const draw = async (c: Context, desk: Desk, { form, faults = new Set(), ...rest }: Rest) => {
  const campaigns = orNothing(await desk.read<List>("/v1/campaigns"))?.items ?? [];
  const page = {
    desk,
    form,
    faults,
    campaigns,
    regions: await regionsOf(desk),
    once: form.get("once") || randomUUID(),
  };
  return show(c, <NewCampaignPage {...page} {...rest} />, faults.size > 0 ? 422 : 200);
};

/** The field in which the API found something: `/policy/consentText`, `/name/fr`, `/regions/0`. */
const fieldAt = (pointer: string): string => {
  const [, first = "", second = ""] = pointer.split("/");
  if (first === "policy") return second;
  return first === "name" ? `name.${second}` : first;
};

const planned = async (c: Context, desk: Desk) => {
  const form = new URLSearchParams(await c.req.text());
  const faults = new Set<string>();
  const plan = planIn(form, faults);
  if (faults.size > 0) {
    const says = desk.say(desk.words.policy.faultsFound, { n: faults.size });
    return draw(c, desk, { form, faults, notice: { says, bad: true } });
  }
  const mark = markOf(plan);
  if (form.get("do") === "order" && form.get("tried") === mark) {
    const ordered = await desk.send<Campaign>("POST", "/v1/campaigns", plan, form.get("once") ?? undefined);
    if (ordered.ok) return goTo(c, desk, `/agency/campaigns/${plan.id}`, { done: "begun" });
    const found = new Set(ordered.issues.map(({ at }) => fieldAt(at)));
    return draw(c, desk, { form, faults: found, notice: { says: problemIn(desk, ordered.code), bad: true } });
  }
  const reply = await desk.send<CampaignRehearsal>("POST", "/v1/campaigns/rehearsal", plan);
  if (reply.ok) return draw(c, desk, { form, rehearsed: { rehearsal: reply.value, mark } });
  const found = new Set(reply.issues.map(({ at }) => fieldAt(at)));
  if (reply.code === "campaign_known") found.add("id");
  return draw(c, desk, { form, faults: found, notice: { says: problemIn(desk, reply.code), bad: true } });
};

const acts = { halt: "askingHalted", resume: "askingResumed", "take-back": "campaignTakenBack" };

/** Campaigns, and how a later one begins with the people of an earlier one. */
export const campaignPages = (): Hono => {
  const app = new Hono();
  app.use(openTo("GET /v1/campaigns"));
  app.get("/", async (c) => {
    const desk = deskOf(c);
    const [listed, regions] = await Promise.all([desk.read<List>("/v1/campaigns"), regionsOf(desk)]);
    return show(c, <CampaignsPage desk={desk} listed={listed} regions={regions} notice={doneIn(desk)} />);
  });
  app.get("/new", (c) => {
    const desk = deskOf(c);
    const startsAt = wallOf(desk.now() + 24 * 3_600_000);
    const form = new URLSearchParams({ startsAt });
    for (const { id } of desk.caller.regions) form.append("region", id);
    return draw(c, desk, { form });
  });
  app.post("/new", ownForm(8192), (c) => planned(c, deskOf(c)));
  app.get("/:id", async (c) => {
    const desk = deskOf(c);
    const campaign = orNothing(
      await desk.read<Campaign>(`/v1/campaigns/${encodeURIComponent(c.req.param("id"))}`),
    );
    if (!campaign) return missing(c, desk);
    return show(c, <CampaignPage desk={desk} campaign={campaign} notice={doneIn(desk)} />);
  });
  app.post("/:id", ownForm(4096), async (c) => {
    const desk = deskOf(c);
    const id = encodeURIComponent(c.req.param("id"));
    const act = textIn(await c.req.parseBody(), "do");
    const done = knownWord(acts, act);
    if (!done) return missing(c, desk);
    const reply = await actOn<Campaign>(desk, `/v1/campaigns/${id}`, act);
    return back(c, desk, `/agency/campaigns/${id}`, reply, done);
  });
  return app;
};
