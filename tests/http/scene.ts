import { z } from "zod";
import { type Caller, issueKeys } from "../../gateway/flows/authorise.ts";
import { messageToWrite, tellInvitation } from "../../gateway/flows/carry.ts";
import { comparePeople } from "../../gateway/flows/compare.ts";
import { settle } from "../../gateway/flows/settle.ts";
import type { Post } from "../../gateway/flows/webhooks/post.ts";
import { createApp } from "../../gateway/http/app.ts";
import { type ConnectedPlatform, connect } from "../../gateway/registry.ts";
import * as invitations from "../../gateway/store/invitations.ts";
import { AdapterError, type PlatformEvent } from "../../schema/adapter.ts";
import type { KeyRole } from "../../schema/key.ts";
import { Pair } from "../../schema/pair.ts";
import {
  type InvitationId,
  type PairId,
  PlatformName,
  page,
  plusMinutes,
  type SurplusId,
} from "../../schema/primitives.ts";
import { Surplus } from "../../schema/surplus.ts";
import { Registered } from "../../schema/volunteer.ts";
import { ruled } from "../flows/scene.ts";
import { asksLittle, newVolunteer, seedFederation, type TestDeps, testDeps } from "../support/gateway.ts";

const key = (role: KeyRole, reach: Partial<Caller> = {}): Caller => ({
  label: `a key for ${role}`,
  role,
  regions: [],
  centres: [],
  ...reach,
});

/** A key of each kind; `elsewhere` and `ofNamur` reach another centre, `flanders` another region than the one tested in. */
export const keys = {
  staff: key("staff"),
  lead: key("lead"),
  elsewhere: key("staff", { centres: ["namur" as Caller["centres"][number]] }),
  flanders: key("agency", { regions: ["flanders" as Caller["regions"][number]] }),
  agency: key("agency", { regions: ["wallonia" as Caller["regions"][number]] }),
  reporting: key("reporting"),
  ofNamur: key("reporting", { centres: ["namur" as Caller["centres"][number]] }),
  operator: key("operator"),
  helper: key("helper"),
  platform: key("platform"),
  auditor: key("auditor"),
};
export type KeyName = keyof typeof keys;

type Sent = { as?: KeyName; token?: string; json?: unknown; headers?: Record<string, string> };

const eventsIn = (body: string): PlatformEvent[] => {
  try {
    return JSON.parse(body);
  } catch {
    throw new AdapterError("drifted", "the delivery is not JSON");
  }
};

const none = async (): Promise<never> => {
  throw new Error("no test has a booking carried out");
};

/** A platform that signs with one word, to see what the route does with deliveries good and bad. */
const posting: ConnectedPlatform = {
  name: PlatformName.parse("posting"),
  capabilities: ["inbound", "booking"],
  state: () => ({ ports: [] }),
  ports: {
    booking: { book: none, find: none, cancel: none },
    inbound: {
      receive: async ({ headers, body }) => {
        if (headers.signature !== "right") throw new AdapterError("forged", "not signed");
        return { delivery: headers.delivery ?? "1", events: eventsIn(body) };
      },
    },
  },
};

/** Every address takes whatever is sent there. */
const taking: Post = { refusal: async () => undefined, send: async () => ({ status: 204 }) };

/** The API on a database of its own, as Belgium in 2021, with a key for each kind of caller. */
export const openScene = async () => {
  const world = await testDeps();
  const { deps, clock } = world;
  await seedFederation(deps);
  await issueKeys(
    deps,
    Object.entries(keys).map(([name, caller]) => ({ key: `key-${name}`, caller })),
  );
  const logged: unknown[] = [];
  const log = { info: () => undefined, warn: (...line: unknown[]) => void logged.push(line) };
  const options = { digestKey: "a key for tests only" };
  const list = { name: PlatformName.parse("local-list"), adapter: "local-list", options };
  const connected = await connect([list], { now: clock.now, sleep: async () => undefined, log });
  const platforms = [...connected.platforms, posting];
  const app = createApp({ deps, platforms, slots: { deadlineMs: 500 }, post: taking, log });

  const send = async (method: string, path: string, { as, token, json, headers }: Sent = {}) => {
    const bearer = token ?? (as && `key-${as}`);
    return app.request(path, {
      method,
      headers: {
        ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
        ...(json === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      body: json === undefined ? undefined : JSON.stringify(json),
    });
  };
  const read = async <Shape extends z.ZodType>(shape: Shape, ...asked: Parameters<typeof send>) =>
    shape.parse(await (await send(...asked)).json());
  const close = async () => {
    await connected.close();
    await world.close();
  };
  return { ...world, app, platforms, send, read, logged, close };
};
export type Scene = Awaited<ReturnType<typeof openScene>>;

export const registered = ({ read }: Scene, json = newVolunteer()): Promise<Registered> =>
  read(Registered, "POST", "/v1/volunteers", { json });

export const leftover = ({ clock }: TestDeps, doses = 1) => ({
  ...{ centre: "charleroi", vaccine: "pfizer", doses },
  usableUntil: plusMinutes(clock.now(), 240),
});

export const announced = (scene: Scene, doses = 1): Promise<Surplus> =>
  scene.read(Surplus, "POST", "/v1/surpluses", { as: "staff", json: leftover(scene, doses) });

/** All of a collection, by the shape of one. */
export const listOf = <Shape extends z.ZodType>(one: Shape) => z.strictObject({ items: z.array(one) });

/** The first invitation of a surplus, taken by its channel, with the token of its message. */
export const invited = async (
  { deps, clock }: Scene,
  surplus: SurplusId,
): Promise<{ id: InvitationId; token: string }> => {
  await settle(deps, surplus);
  const [asked] = await invitations.ofSurplus(deps.db, surplus);
  if (!asked) throw new Error("nobody was asked");
  const { id, volunteer } = asked;
  await tellInvitation(deps, id, { kind: "taken", at: clock.now() });
  const message = await messageToWrite(deps, { volunteer, invitation: id, tokens: ["answer"] });
  return { id, token: message?.issued.answer ?? "" };
};

/** The pair of two registrations that may be one person's: two namesakes born on one day, no number known. */
export const paired = async (scene: Scene): Promise<PairId> => {
  await ruled(scene, { asks: asksLittle });
  const nameless = { nationalNumber: undefined, birthDate: "1950-01-15" };
  await registered(scene, newVolunteer(nameless));
  await registered(scene, newVolunteer({ ...nameless, contact: { email: "again@example.org" } }));
  await comparePeople(scene.deps);
  const { items } = await scene.read(page(Pair), "GET", "/v1/pairs", { as: "lead" });
  return items[0]?.id ?? fail("no pair was found");
};
const fail = (message: string): never => {
  throw new Error(message);
};
