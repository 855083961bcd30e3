import type { AskingProgress, Campaign, NewCampaign, RenewalState } from "../../../schema/campaign.ts";
import { refuse } from "../../../schema/errors.ts";
import type { CampaignId, Instant, RegionId } from "../../../schema/primitives.ts";
import type { PolicyRules } from "../../../schema/region.ts";
import * as audit from "../../store/audit.ts";
import * as campaigns from "../../store/campaigns.ts";
import type { Db } from "../../store/db.ts";
import * as outbox from "../../store/outbox.ts";
import * as places from "../../store/places.ts";
import * as renewals from "../../store/renewals.ts";
import { type Actor, type Deps, transact } from "../deps.ts";

/* A campaign that begins with the people of another is ordered, taken back, halted and resumed. */

const invalid = (at: string, detail: string) =>
  refuse("invalid_input", undefined, [{ in: "body", at, detail }]);

/** What a campaign comes to: whose people, and the rules of each of its regions. */
type Plan = {
  origin: CampaignId;
  startsAt: Instant;
  policies: { region: RegionId; rules: PolicyRules }[];
};

/** The earlier campaign's rules as they are when the later one begins, but for what it changes. */
export const plan = async (tx: Db, input: NewCampaign, now: Instant): Promise<Plan> => {
  const from = input.from ? await campaigns.byId(tx, input.from) : await campaigns.ofFiles(tx);
  if (!from || from.ended) return invalid("/from", "no such campaign");
  const startsAt = input.startsAt < now ? now : input.startsAt;
  const policies: Plan["policies"] = [];
  for (const [index, region] of input.regions.entries()) {
    const before = await places.policyInForce(tx, region, { at: startsAt, campaign: from.id });
    if (!before) return invalid(`/regions/${index}`, `${from.id} has no policy there`);
    const told = Object.entries(input.policy).filter(([, value]) => value !== undefined);
    const rules = { ...before.rules, ...Object.fromEntries(told), campaign: input.id };
    policies.push({ region, rules });
  }
  return { origin: from.id, startsAt, policies };
};

type Tally = Awaited<ReturnType<typeof renewals.tally>>;

const progress = (row: campaigns.CampaignRow, tally: Tally): AskingProgress | undefined => {
  if (row.askState === null) return undefined;
  const count = (states: RenewalState[], isSent = [true, false]) =>
    tally
      .filter(
        (each) => each.campaign === row.id && states.includes(each.state) && isSent.includes(each.isSent),
      )
      .reduce((sum, { people }) => sum + people, 0);
  return {
    ...{ state: row.askState, total: row.total, left: Math.max(0, row.total - row.seen) },
    written: count(["asked", "yes", "no", "over"], [true]),
    waiting: count(["asked"], [false]),
    ...{ yes: count(["yes"]), no: count(["no"]), silent: count(["asked"], [true]) },
    unreachable: count(["unreachable"]),
  };
};

const shown = (row: campaigns.CampaignRow, tally: Tally, now: Instant): Campaign => {
  const startsAt = campaigns.opened(row);
  return {
    ...{ id: row.id, name: row.name ?? undefined, regions: row.regions, from: row.origin ?? undefined },
    ...{ startsAt, state: row.ended ?? (startsAt > now ? "planned" : "in-force") },
    ...(row.orderedBy ? { orderedBy: row.orderedBy, orderedAt: row.openedAt } : {}),
    ...{ endedBy: row.endedBy ?? undefined, endedAt: row.endedAt ?? undefined },
    asking: progress(row, tally),
  };
};

const show = async (tx: Db, row: campaigns.CampaignRow, now: Instant): Promise<Campaign> =>
  shown(row, await renewals.tally(tx, [row.id]), now);

const note = (
  tx: Db,
  { id, origin, regions, startsAt }: campaigns.CampaignRow,
  said: { at: Instant; actor: Actor; event: string },
) => audit.note(tx, { ...said, facts: { campaign: id, from: origin, regions, startsAt } });

/** From the start of a campaign on, the people of the earlier one are asked, once each. */
export const orderCampaign = (deps: Deps, input: NewCampaign, actor: Actor): Promise<Campaign> =>
  transact(deps, async (tx) => {
    const now = deps.now();
    const { origin, startsAt, policies } = await plan(tx, input, now);
    const { id, name, regions } = input;
    const row =
      (await campaigns.add(tx, {
        ...{ id, name, origin, startsAt, openedAt: now, orderedBy: actor, askState: "waiting" },
        regions: [...new Set(regions)],
      })) ?? refuse("campaign_known");
    for (const { region, rules } of policies) await places.addPolicy(tx, { region, from: startsAt, rules });
    await outbox.enqueue(tx, [{ kind: "renew", campaign: id, at: startsAt }], now);
    await note(tx, row, { at: now, actor, event: "campaign.ordered" });
    return show(tx, row, now);
  });

export const listCampaigns = (deps: Deps): Promise<Campaign[]> =>
  transact(deps, async (tx) => {
    const rows = await campaigns.all(tx);
    const tally = await renewals.tally(
      tx,
      rows.map(({ id }) => id),
    );
    return rows.map((row) => shown(row, tally, deps.now()));
  });

export const readCampaign = (deps: Deps, id: CampaignId): Promise<Campaign> =>
  transact(deps, async (tx) => show(tx, (await campaigns.byId(tx, id)) ?? refuse("not_found"), deps.now()));

/** A campaign that still stands and asks people. */
const standing = async (tx: Db, id: CampaignId): Promise<campaigns.CampaignRow> => {
  const row = (await campaigns.lock(tx, id)) ?? refuse("not_found");
  return row.ended || row.askState === null ? refuse("campaign_over") : row;
};

/** Takes back what has not begun: nobody was asked, and nothing is left but the line in the history. */
export const takeBackCampaign = (deps: Deps, id: CampaignId, actor: Actor): Promise<Campaign> =>
  transact(deps, async (tx) => {
    const now = deps.now();
    const row = await standing(tx, id);
    if (campaigns.opened(row) <= now) refuse("campaign_begun");
    await campaigns.dropPolicies(tx, id);
    const ended = await campaigns.set(tx, id, { ended: "taken-back", endedBy: actor, endedAt: now });
    await note(tx, ended, { at: now, actor, event: "campaign.taken-back" });
    return show(tx, ended, now);
  });

/** Asks nobody further; whoever was asked may still answer. */
export const haltAsking = (deps: Deps, id: CampaignId, actor: Actor): Promise<Campaign> =>
  transact(deps, async (tx) => {
    const now = deps.now();
    const row = await standing(tx, id);
    if (row.askState === "halted" || row.askState === "done")
      refuse("campaign_over", "nobody is being asked");
    const halted = await campaigns.set(tx, id, { askState: "halted" });
    await note(tx, halted, { at: now, actor, event: "campaign.halted" });
    return show(tx, halted, now);
  });

/** Goes on where it was stopped. */
export const resumeAsking = (deps: Deps, id: CampaignId, actor: Actor): Promise<Campaign> =>
  transact(deps, async (tx) => {
    const now = deps.now();
    const row = await standing(tx, id);
    if (row.askState !== "halted") refuse("campaign_over", "it was not stopped");
    const going = await campaigns.set(tx, id, { askState: row.total > 0 ? "running" : "waiting" });
    const at = campaigns.opened(row) > now ? campaigns.opened(row) : now;
    await outbox.enqueue(tx, [{ kind: "renew", campaign: id, at }], now);
    await note(tx, going, { at: now, actor, event: "campaign.resumed" });
    return show(tx, going, now);
  });
