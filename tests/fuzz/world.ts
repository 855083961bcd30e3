import { pages } from "../../gateway/console/pages.tsx";
import { orderCampaign } from "../../gateway/flows/campaigns/order.ts";
import { eraseOwn } from "../../gateway/flows/erasure/account.ts";
import { listenOn } from "../../gateway/listen.ts";
import { BindingChange } from "../../schema/binding.ts";
import { type CampaignId, plusMinutes, type RegionId } from "../../schema/primitives.ts";
import { announced, openScene, paired, registered, type Scene } from "../http/scene.ts";
import { newVolunteer, newVolunteers } from "../support/gateway.ts";
import { workerOf } from "../worker/worker.ts";
import type { Known } from "./fitting.ts";

/* A gateway in which something is going on, served as it is in production, pages and all. */

const wallonia = "wallonia" as RegionId;
const boosters = {
  ...{ regions: [wallonia], policy: { consentText: "2021-11", intervalDays: 120 } },
  name: { fr: "rappel", nl: "booster", de: "Auffrischung", en: "boosters" },
};

/** Whatever the gateway writes to people is read here, for the tokens in it. */
const openPost = (scene: Scene) => {
  const tokens = new Map<string, string[]>();
  const worker = workerOf(scene, {
    notify: async ({ letter }) => {
      for (const [, page = "", token = ""] of letter.body.matchAll(/\/(\w*)#([\w-]+)/g))
        tokens.set(page, [...(tokens.get(page) ?? []), token]);
      return { at: scene.clock.now(), channel: "email" };
    },
  });
  return { tokens, drain: worker.drain };
};

export const openWorld = async () => {
  const scene = await openScene();
  const { deps, clock, database } = scene;
  await database.sql`update bindings set platform = null where platform <> 'local-list'`;
  await paired(scene);
  for (const volunteer of newVolunteers(12, { born: "1930-01-01" })) await registered(scene, volunteer);
  const { token } = await registered(scene, newVolunteer({ born: "1935-05-05" }));
  const erased = await eraseOwn(deps, token, "volunteer");
  const at = clock.now();
  await orderCampaign(deps, { ...boosters, id: "boosters" as CampaignId, startsAt: at }, "agency");
  const change = { region: wallonia, centre: "namur", roles: ["roster"], platform: "local-list" };
  const json = { ...change, from: plusMinutes(at, 60) };
  await scene.read(BindingChange, "POST", "/v1/bindings", { as: "operator", json });
  await announced(scene, 2);
  const post = openPost(scene);
  await post.drain();
  const app = pages({ api: scene.app.request });
  app.route("/", scene.app);
  const { server, port } = await listenOn({ app }, { host: "127.0.0.1", port: 0 });
  const close = async () => {
    server.close();
    server.closeAllConnections();
    await scene.close();
  };
  return { scene, post, erasure: erased.token, url: `http://127.0.0.1:${port}`, close };
};
export type World = Awaited<ReturnType<typeof openWorld>>;

/** Somebody new each time, so that what an earlier request ended is there again. */
let born = Date.parse("1945-01-01");
const somebody = async ({ scene }: World): Promise<string> => {
  born += 86_400_000;
  const day = new Date(born).toISOString().slice(0, 10);
  return (await registered(scene, newVolunteer({ born: day }))).token;
};

/** What an earlier request enacted is taken back, or nobody could register any more. */
const asRuledAtFirst = ({ scene: { database } }: World) =>
  database.sql`update policies p set rules = (
    select rules from policies f where f.region = p.region and f.rules->>'campaign' = p.rules->>'campaign'
    order by f.version limit 1)`;

/** Tokens that open something: of a registration, an invitation, a renewal and an erasure. */
export const freshTokens = async (world: World): Promise<string[]> => {
  const { scene, post, erasure } = world;
  await asRuledAtFirst(world);
  const own = [await somebody(world), await somebody(world), await somebody(world)];
  await announced(scene, 2);
  await post.drain();
  const sent = [...post.tokens.values()].flatMap((tokens) => tokens.slice(-4));
  return [...own, ...sent, erasure];
};

const ids = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);

/** What there is now, by the names that the document gives it. */
export const knownIn = async ({ scene: { database } }: World): Promise<Known> => {
  const { sql } = database;
  return {
    RegionId: ["wallonia", "brussels", "flanders", "german-speaking"],
    CentreId: ["charleroi", "namur", "binche", "pacheco"],
    PlatformName: ["local-list", "posting", "qvax"],
    CampaignId: ids(await sql<{ id: string }[]>`select id from campaigns limit 20`),
    SurplusId: ids(await sql<{ id: string }[]>`select id from surpluses order by announced_at desc limit 20`),
    InvitationId: ids(await sql<{ id: string }[]>`select id from invitations limit 20`),
    BookingId: ids(await sql<{ id: string }[]>`select id from bookings limit 20`),
    PairId: ids(await sql<{ id: string }[]>`select id from pairs limit 20`),
    ErasureId: ids(await sql<{ id: string }[]>`select id from erasures limit 20`),
    ChangeId: ids(await sql<{ id: string }[]>`select id from binding_changes limit 20`),
    KeyLabel: ["made", "a key for staff"],
    Postcode: ["6000", "1000", "5000", "9000"],
  };
};
