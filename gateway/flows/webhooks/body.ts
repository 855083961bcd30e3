import type { CloudEvent } from "../../../schema/cloud-event.ts";
import { millis, type RegionId, type SurplusId } from "../../../schema/primitives.ts";
import { eventFor, type Hearer } from "../../core/events.ts";
import { acrossRegions, type Db } from "../../store/db.ts";
import * as events from "../../store/events.ts";
import * as places from "../../store/places.ts";
import type { WebhookRow } from "../../store/webhooks.ts";
import type { Deps } from "../deps.ts";
import { secretsOf } from "./secret.ts";
import { signedHeaders } from "./signature.ts";

/* An event as it goes out to a webhook. */

/** As whom a webhook is told. */
export const hearerFor = async (tx: Db, row: WebhookRow): Promise<Hearer> => {
  const { owner: label, role, types } = row;
  const regions = row.regions ?? (await places.allRegions(tx)).map(({ id }) => id);
  return { label, role, regions, types };
};

/** An event at its place, as it is told to that webhook; nothing where it is not for it. */
export const eventAt = async (
  tx: Db,
  row: WebhookRow,
  { chain, number, base, all = false }: { chain: RegionId | ""; number: number; base: string; all?: boolean },
): Promise<CloudEvent | undefined> => {
  const [link] = await acrossRegions(tx, (wide) => events.linksAt(wide, chain, [number]));
  if (!link?.said) return undefined;
  const { facts } = link.said;
  const surplus = typeof facts.surplus === "string" ? [facts.surplus as SurplusId] : [];
  const centres = await events.centresOfSurpluses(tx, surplus);
  const hearer = await hearerFor(tx, row);
  const line = { region: chain, number, ...link.said, centre: centres.get(surplus[0] ?? "") };
  return eventFor(line, all ? { ...hearer, types: undefined } : hearer, base);
};

/** The media type of an event in structured mode (CloudEvents, JSON format, section 3). */
const mediaType = "application/cloudevents+json; charset=utf-8";

/** What is posted to a webhook: the same id at each try, and the moment of this one. */
export const letterTo = (
  deps: Pick<Deps, "vault" | "now">,
  row: WebhookRow,
  event: CloudEvent,
): { address: string; headers: Record<string, string>; body: string } => {
  const body = JSON.stringify(event);
  const message = { id: event.id, timestamp: Math.floor(millis(deps.now()) / 1000), body };
  return {
    address: row.address,
    headers: {
      ...{ "content-type": mediaType, "user-agent": "everydose" },
      ...signedHeaders(message, secretsOf(deps, row)),
    },
    body,
  };
};
