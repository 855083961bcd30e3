import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { always } from "../../adapters/kit/faults.ts";
import { person } from "../../adapters/kit/people.ts";
import { type Federation, loadFederation } from "../../gateway/config/federation.ts";
import { type OpenSlots, PlatformState } from "../../schema/platform.ts";
import { CentreId, PlatformName, plusMinutes, RegionId } from "../../schema/primitives.ts";
import type { Expected, Surplus } from "../../schema/surplus.ts";
import { newVolunteer } from "../support/gateway.ts";
import { openScene, type Scene } from "./scene.ts";

/* One platform is dead, one slow, one babbles and one lies, over real HTTP: what that costs the others. */

const belgium = fileURLToPath(new URL("../../gateway/belgium-2021", import.meta.url));
const publishers = [
  { name: "honest", region: "wallonia", centre: "namur" },
  { name: "babbling", region: "german-speaking", centre: "eupen" },
  { name: "lying", region: "german-speaking", centre: "sankt-vith" },
];

/** Belgium in 2021 with three publishers of slots more, each for one centre. */
const federation = (): Federation => {
  const read = loadFederation(belgium);
  const own = publishers.map(({ name, region, centre }) => ({
    platform: PlatformName.parse(name),
    ...{ role: "slots" as const, region: RegionId.parse(region), centre: CentreId.parse(centre) },
  }));
  const platforms = own.map(({ platform: name }) => ({
    name,
    adapter: "smart-scheduling-links",
    options: {},
  }));
  return {
    ...read,
    platforms: [...read.platforms, ...platforms],
    bindings: [
      ...read.bindings.filter(
        ({ role, centre }) => role !== "slots" || !own.some((each) => each.centre === centre),
      ),
      ...own,
    ],
  };
};

const charleroi = CentreId.parse("charleroi");
const centres = ["charleroi", "pacheco", ...publishers.map(({ centre }) => centre)];

const drifted: Record<string, unknown>[] = [];
const log = {
  info: () => undefined,
  warn: (facts: Record<string, unknown>, message: string) => {
    if (message === "a platform's answer differs from its API document") drifted.push(facts);
  },
};

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ federation: federation(), slots: { deadlineMs: 3_000 }, log });
});
afterAll(() => scene.close());

/** Each question is another: none is answered from memory. */
let asked = 0;
const ask = async (wanted = centres) => {
  asked += 1;
  const [from, until] = [plusMinutes(scene.now(), 30), plusMinutes(scene.now(), 30 + 60 * (24 + asked))];
  const path = `/v1/slots?${wanted.map((each) => `centre=${each}`).join("&")}&from=${from}&until=${until}`;
  const { slots, sources } = await scene.client.get<OpenSlots>(path);
  const states = Object.fromEntries(sources.map(({ platform, state }) => [platform, state]));
  return { states, of: (platform: string) => slots.filter((each) => each.platform === platform).length };
};

const stateOf = async (name: string) => {
  const { items } = await scene.client.get<{ items: unknown[] }>("/v1/platforms");
  const found = items.map((item) => PlatformState.parse(item)).find((each) => each.name === name);
  return found ?? expect.unreachable(`there is no platform ${name}`);
};

/** Time goes on, six seconds at a look, until it is so. */
const eventually = <Result>(check: () => Promise<Result>): Promise<Result> =>
  vi.waitFor(
    () => {
      scene.clock.set(plusMinutes(scene.now(), 0.1));
      scene.gateway.worker.nudge();
      return check();
    },
    { timeout: 90_000, interval: 200 },
  );

const coming = async (surplus: string) =>
  (await scene.client.get<{ items: Expected[] }>(`/v1/surpluses/${surplus}/expected`)).items;

test("the others' slots, registrations, invitations and answers are as ever; the dead one comes back and does its work", async () => {
  const { client, now, pass, platform, gateway } = scene;
  const [qvax, doclr, doctena] = [platform("qvax"), platform("doclr"), platform("doctena")];
  qvax.bench.addPeople([person(1, charleroi)]);
  await pass(0);
  // The liar is not asked yet: to whoever has read it before, it says truly that nothing has changed.
  expect((await ask(centres.filter((each) => each !== "sankt-vith"))).states).toEqual(
    Object.fromEntries(["doclr", "doctena", "honest", "babbling"].map((each) => [each, "ok"])),
  );

  await doclr.pause();
  doctena.faults.plan(always({ kind: "slow", milliseconds: 60_000 }));
  platform("babbling").faults.plan(always({ kind: "endless-body" }));
  platform("lying").faults.plan(always({ kind: "changed-schema" }));
  gateway.worker.start();

  for (let times = 0; times < 8; times += 1) {
    const { states, of } = await ask();
    expect(states).toMatchObject({ honest: "ok", doclr: "failed", doctena: "late", lying: "failed" });
    expect(states.babbling).not.toBe("ok");
    expect([of("honest") > 0, of("doclr"), of("doctena"), of("babbling"), of("lying")]).toEqual([
      true,
      0,
      0,
      0,
      0,
    ]);
  }

  const registered = await client.post<{ token: string }>("/v1/volunteers", { body: newVolunteer() });
  expect(await client.get("/v1/volunteer", { bearer: registered.token })).toMatchObject({ state: "active" });

  const body = { centre: charleroi, vaccine: "pfizer", doses: 1, usableUntil: plusMinutes(now(), 300) };
  const { id } = await client.post<Surplus>("/v1/surpluses", { body });
  const invited = await eventually(async () => {
    const [first] = qvax.bench.invitations?.() ?? [];
    return first ?? expect.unreachable("nobody is invited");
  });
  qvax.bench.answer?.({ invitation: invited.invitation, answer: "yes" });
  await eventually(async () => expect(await coming(id)).toMatchObject([{ booking: { state: "promised" } }]));

  const dead = await stateOf("doclr");
  expect(dead).toMatchObject({ state: "failing", traffic: { clockSkewSeconds: 0 } });
  const slots = dead.ports.find(({ port }) => port === "slots");
  expect(slots).toMatchObject({ since: expect.any(String), calls: 0, lastGoodSeconds: expect.any(Number) });
  expect(slots?.breaker).not.toBe("closed");
  expect(await stateOf("qvax")).toMatchObject({ state: "ok", drifts: [] });
  expect((await stateOf("honest")).ports).toMatchObject([{ port: "slots", breaker: "closed" }]);

  const { drifts } = await eventually(async () => {
    const found = await stateOf("lying");
    expect(found.drifts.length).toBeGreaterThan(0);
    return found;
  });
  expect(drifts).toContainEqual(
    expect.objectContaining({ pointer: "/output", keyword: "required", documented: "required" }),
  );
  expect(Math.max(...drifts.map(({ count }) => count))).toBeGreaterThan(1);

  await doclr.resume();
  for (const name of ["doctena", "babbling", "lying"]) platform(name).faults.lift();
  await eventually(async () =>
    expect(await coming(id)).toMatchObject([{ booking: { state: "booked", platform: "doclr" } }]),
  );
  await eventually(async () => {
    const { states, of } = await ask();
    expect(new Set(Object.values(states))).toEqual(new Set(["ok"]));
    expect(of("doclr")).toBeGreaterThan(0);
  });
  await eventually(async () => {
    const back = await stateOf("doclr");
    expect(back).toMatchObject({ state: "ok", backlog: 0 });
    expect(back.ports.map(({ breaker }) => breaker)).toEqual(back.ports.map(() => "closed"));
  });

  scene.clock.set(plusMinutes(now(), 16));
  await eventually(async () => {
    await ask();
    expect((await stateOf("lying")).drifts).toEqual([]);
  });
  const told = drifted.map(({ platform: name, operation, pointer, keyword }) =>
    [name, operation, pointer, keyword].join(" "),
  );
  expect(told.filter((line) => line.startsWith("lying"))).toHaveLength(drifts.length);
  expect(new Set(told).size).toBe(told.length);
});
