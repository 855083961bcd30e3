import { randomUUID } from "node:crypto";
import { type Context, Hono } from "hono";
import type { Policy, PolicyRules, Region } from "../../../schema/region.ts";
import type { Rehearsal } from "../../../schema/rehearsal.ts";
import { momentOf } from "../frame/clock.ts";
import type { Refused } from "../frame/own-desk.ts";
import { ownForm } from "../frame/own-form.ts";
import { show } from "../frame/page.ts";
import { centresOf, type Desk, deskOf, orNothing, regionsOf } from "./desk.ts";
import { problemIn } from "./frame.tsx";
import { markOf } from "./mark.ts";
import { Policies, PolicyPage } from "./policies.tsx";
import { isSame } from "./policy-difference.tsx";
import { NextPolicy } from "./policy-next.tsx";
import { type Faults, type Form, faultsAt, formOf, groupsIn, rulesIn, setGroups } from "./policy-reading.ts";
import { doneIn, goTo, missing, openTo } from "./replies.tsx";

type Read = { region: Region; inForce: Policy };

/** The region of the address and the policy in force there, where whoever asks reaches it. */
const readHere = async (c: Context, desk: Desk): Promise<Read | undefined> => {
  const region = (await regionsOf(desk)).find(({ id }) => id === c.req.param("region"));
  if (!region) return undefined;
  const campaign = desk.query("campaign");
  const query = campaign ? `?campaign=${encodeURIComponent(campaign)}` : "";
  const inForce = orNothing(await desk.read<Policy>(`/v1/regions/${region.id}/policy${query}`));
  return inForce && { region, inForce };
};

/** The next and the one before it change places, one goes, or one comes. */
const rearrange = (form: Form, act: string): boolean => {
  const groups = groupsIn(form);
  const [, what, place] = /^(up|down|remove)-(\d+)$/.exec(act) ?? [];
  const nth = Number(place);
  if (act === "add") groups.push({ name: "", fromAge: "", toAge: "", condition: "" });
  else if (what === "remove") groups.splice(nth, 1);
  else if (what) {
    const other = what === "up" ? nth - 1 : nth + 1;
    const [one, two] = [groups[nth], groups[other]];
    if (one && two) [groups[nth], groups[other]] = [two, one];
  } else return false;
  setGroups(form, groups);
  return true;
};

const whole = (text: string | null, most: number): number | undefined => {
  const value = Number(text);
  return text && Number.isInteger(value) && value >= 1 && value <= most ? value : undefined;
};

type Trial = { centre: string; vaccine: string; doses: number; usableUntil: string };

const trialIn = (desk: Desk, form: Form, faults: Faults): Trial | undefined => {
  const [doses, hours] = [whole(form.get("try.doses"), 200), whole(form.get("try.hours"), 47)];
  if (doses === undefined) faults.set("try.doses", "number");
  if (hours === undefined) faults.set("try.hours", "number");
  if (doses === undefined || hours === undefined) return undefined;
  const [centre, vaccine] = [form.get("try.centre") ?? "", form.get("try.vaccine") ?? ""];
  return { centre, vaccine, doses, usableUntil: new Date(desk.now() + hours * 3_600_000).toISOString() };
};

/** The same doses by the rules in force and by the next. */
const tryOut = async (
  desk: Desk,
  { trial, rules, before }: { trial: Trial; rules: PolicyRules; before: PolicyRules },
) => {
  const path = "/v1/policies/dry-run";
  const after = await desk.send<Rehearsal>("POST", path, { ...trial, rules });
  if (!after.ok) return after;
  const now = await desk.send<Rehearsal>("POST", path, { ...trial, rules: before });
  return now.ok ? { ok: true as const, value: { before: now.value, after: after.value } } : now;
};

const draw = async (
  c: Context,
  desk: Desk,
  {
    region,
    inForce,
    ...rest
  }: Read & Partial<Parameters<typeof NextPolicy>[0]> & { form: Form; faults?: Faults },
) => {
  const { form, faults = new Map() } = rest;
  const page = {
    desk,
    region,
    inForce,
    once: form.get("once") || randomUUID(),
    filled: { desk, form, faults },
    centres: await centresOf(desk, region.id),
  };
  return show(
    c,
    <NextPolicy {...page} notice={rest.notice} tried={rest.tried} />,
    faults.size > 0 ? 422 : 200,
  );
};

type Put = { reply?: Response; faults?: Faults; refused?: Refused };

const enact = async (
  c: Context,
  desk: Desk,
  here: Read,
  { form, rules }: { form: Form; rules: PolicyRules },
) => {
  const wall = form.get("from") ?? "";
  const from = wall ? momentOf(wall) : undefined;
  if (wall && !from) return { faults: new Map([["from", "invalid" as const]]) };
  const path = `/v1/regions/${here.region.id}/policies`;
  const once = form.get("once") ?? undefined;
  const reply = await desk.send<Policy>("POST", path, { rules, ...(from ? { from } : {}) }, once);
  if (!reply.ok) return { refused: reply };
  const done = Date.parse(reply.value.from) > desk.now() ? "planned" : "enacted";
  const { campaign } = rules;
  return { reply: goTo(c, desk, `/agency/regions/${here.region.id}/policy`, { done, campaign }) };
};

const written = async (c: Context, desk: Desk, here: Read) => {
  const form = new URLSearchParams(await c.req.text());
  const act = form.get("do") ?? "";
  if (rearrange(form, act)) return draw(c, desk, { ...here, form });
  const { inForce } = here;
  const { rules, faults } = rulesIn(form, inForce.rules);
  const trial = trialIn(desk, form, faults);
  if (faults.size > 0 || !trial) return draw(c, desk, { ...here, form, faults });
  if (isSame(desk, inForce.rules, rules)) {
    const notice = { says: desk.words.policy.difference.none, bad: true };
    return draw(c, desk, { ...here, form, notice });
  }
  const mark = markOf(rules);
  const isTried = form.get("tried") === mark && form.get("base") === String(inForce.version);
  const put: Put = act === "enact" && isTried ? await enact(c, desk, here, { form, rules }) : {};
  if (put.reply) return put.reply;
  const result = await tryOut(desk, { trial, rules, before: inForce.rules });
  const refused = put.refused ?? (result.ok ? undefined : result);
  const found = faultsAt(
    refused?.issues.map(({ at }) => at).filter((each) => each.startsWith("/rules")) ?? [],
  );
  const says = refused && problemIn(desk, refused.code);
  const again = act === "enact" && !isTried ? desk.words.policy.enact.tryFirst : undefined;
  return draw(c, desk, {
    ...here,
    form,
    faults: put.faults ?? found,
    notice: says ? { says, bad: true } : again ? { says: again, bad: true } : undefined,
    tried: result.ok ? { ...result.value, rules, mark } : undefined,
  });
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
    for (const [name, value] of [
      ["doses", "10"],
      ["hours", "5"],
    ])
      form.set(`try.${name}`, value ?? "");
    return draw(c, desk, { ...here, form });
  });
  app.post("/regions/:region/policy/next", ownForm(65_536), async (c) => {
    const desk = deskOf(c);
    const here = await readHere(c, desk);
    return here ? written(c, desk, here) : missing(c, desk);
  });
  return app;
};
