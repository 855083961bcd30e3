import type { BindingChange, ChangeId } from "../../../schema/binding.ts";
import type { Campaign } from "../../../schema/campaign.ts";
import { refuse } from "../../../schema/errors.ts";
import type { CampaignId, Instant } from "../../../schema/primitives.ts";
import type { ListWorkId, Work, WorkId, WorkKind, WorkState } from "../../../schema/work.ts";
import { isOpen, isStoppable, secondsLeft } from "../../core/work.ts";
import * as readings from "../../store/readings.ts";
import { haltCarryOver, listBindings, readChange } from "../bindings/order.ts";
import { haltAsking, listCampaigns, readCampaign } from "../campaigns/order.ts";
import { type Actor, type Deps, type Reach, transact } from "../deps.ts";
import { shown as shownReading } from "../sync/reading.ts";
import { cancelList, listsWithin, readList } from "./show.ts";

/* All long work in one shape, whoever does it. */

type Progress = Pick<Work, "kind" | "state" | "done" | "total" | "startedAt">;

const going = ({ state, ...progress }: Progress, now: Instant) => ({
  ...{ state, ...progress, mayCancel: isStoppable(state) },
  secondsLeft: state === "running" ? secondsLeft(progress, now) : null,
});

const ofChange = (change: BindingChange, now: Instant): Work | undefined => {
  const { id, region, centre, roles, from, carryOver } = change;
  if (!carryOver) return undefined;
  const { state, done, total } = carryOver;
  const startedAt = from <= now ? from : undefined;
  const started = state === "waiting" ? { done } : { done, total, startedAt };
  return {
    ...{ id: `change-over.${id}` as WorkId, regions: [region], centre },
    platform: roles.find(({ role }) => role === "roster")?.after,
    ...going({ kind: "change-over", state, ...started }, now),
    ...{ orderedBy: change.orderedBy, orderedAt: change.orderedAt, endedAt: change.endedAt },
  };
};

const ofCampaign = (campaign: Campaign, now: Instant): Work | undefined => {
  const { id, regions, startsAt, asking, endedAt } = campaign;
  if (!asking) return undefined;
  const { total, left } = asking;
  const isOver = campaign.state === "taken-back" || campaign.state === "undone";
  const state: WorkState = isOver || asking.state === "halted" ? "cancelled" : asking.state;
  const progress = state === "waiting" ? { done: 0 } : { done: total - left, total, startedAt: startsAt };
  return {
    ...{ id: `campaign.${id}` as WorkId, regions, campaign: id },
    ...going({ kind: "campaign", state, ...progress }, now),
    ...{ orderedBy: campaign.orderedBy, orderedAt: campaign.orderedAt, endedAt },
  };
};

/** It goes on for as long as the platform is bound: what stops it is a change of the binding. */
const ofReading = (row: readings.ReadingRow): Work => {
  const { begunAt: startedAt, endedAt, done, total, secondsLeft: left } = shownReading(row);
  return {
    ...{
      id: `first-load.${row.platform}` as WorkId,
      kind: "first-load",
      regions: [],
      platform: row.platform,
    },
    ...{ state: endedAt ? "done" : "running", done, total, startedAt, endedAt },
    ...{ secondsLeft: left ?? null, mayCancel: false },
  };
};

type Asked = { reach: Reach; kinds: readonly WorkKind[] };

const reaches = ({ regions }: Reach, { regions: own }: Work): boolean =>
  !regions || own.every((region) => regions.includes(region));

const since = ({ orderedAt, startedAt }: Work): string => orderedAt ?? startedAt ?? "";

/** So many are told of at the most. */
const limit = 100;

/** What somebody may see of it: what goes on first, then the newest. */
export const listWork = async (deps: Deps, { reach, kinds }: Asked): Promise<Work[]> => {
  const now = deps.now();
  const lists = await transact(deps, (tx) => listsWithin(tx, reach, now, limit));
  const changes = kinds.includes("change-over") ? (await listBindings(deps, reach.regions)).changes : [];
  const campaigns = kinds.includes("campaign") ? await listCampaigns(deps) : [];
  const first = kinds.includes("first-load") ? await readings.newest(deps.db) : [];
  const all = [
    ...lists.filter(({ kind }) => kinds.includes(kind)),
    ...changes.flatMap((each) => ofChange(each, now) ?? []),
    ...campaigns.flatMap((each) => ofCampaign(each, now) ?? []),
    ...first.filter(({ kind }) => kind === "first").map(ofReading),
  ];
  return all
    .filter((each) => reaches(reach, each))
    .toSorted(
      (one, other) =>
        Number(isOpen(other.state)) - Number(isOpen(one.state)) || since(other).localeCompare(since(one)),
    )
    .slice(0, limit);
};

/** Of what kind a work is, and by what that kind knows it. */
export const partsOf = (id: WorkId): { kind: WorkKind; own: string } => {
  const [kind = "", ...own] = id.split(".");
  return { kind: kind as WorkKind, own: own.join(".") };
};

const found = async (deps: Deps, id: WorkId): Promise<Work | undefined> => {
  const { kind, own } = partsOf(id);
  const now = deps.now();
  if (kind === "change-over") return ofChange(await readChange(deps, own as ChangeId), now);
  if (kind === "campaign") return ofCampaign(await readCampaign(deps, own as CampaignId), now);
  if (kind === "first-load")
    return (await readings.newest(deps.db))
      .filter((row) => row.kind === "first" && row.platform === own)
      .map(ofReading)[0];
  const list = await readList(deps, own as ListWorkId);
  return list.kind === kind ? list : undefined;
};

export const readWork = async (deps: Deps, id: WorkId, { reach, kinds }: Asked): Promise<Work> => {
  const { kind } = partsOf(id);
  if (!kinds.includes(kind)) refuse("not_found");
  const work = await found(deps, id);
  return work && reaches(reach, work) ? work : refuse("not_found");
};

/** Stops it: what was done stays, and `done` says how much that is. */
export const cancelWork = async (deps: Deps, id: WorkId, asked: Asked & { actor: Actor }): Promise<Work> => {
  const { mayCancel } = await readWork(deps, id, asked);
  const { kind, own } = partsOf(id);
  if (kind === "first-load") refuse("work_over", "a first load ends when its platform is bound no more");
  if (!mayCancel) refuse("work_over");
  if (kind === "change-over") await haltCarryOver(deps, own as ChangeId, asked.actor);
  else if (kind === "campaign") await haltAsking(deps, own as CampaignId, asked.actor);
  else return cancelList(deps, own as ListWorkId, asked.actor);
  return readWork(deps, id, asked);
};
