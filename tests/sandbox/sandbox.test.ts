import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Hono } from "hono";
import { afterEach, describe, expect, it, test } from "vitest";
import { createClock } from "../../adapters/kit/clock.ts";
import { person } from "../../adapters/kit/people.ts";
import { type Serving, serve } from "../../adapters/kit/serve.ts";
import { loadFederation } from "../../gateway/config/federation.ts";
import { readKeyRing } from "../../gateway/config/keys.ts";
import { centresOf } from "../../gateway/sandbox/bound-centres.ts";
import { openCourier } from "../../gateway/sandbox/courier.ts";
import { greeting } from "../../gateway/sandbox/greeting.ts";
import { openSandbox, type Sandbox } from "../../gateway/sandbox/sandbox.ts";
import { KeyRole } from "../../schema/key.ts";
import type { BookingId, CentreId, Instant, PlatformName, RegionId } from "../../schema/primitives.ts";
import { temporaryFolder } from "../support/folder.ts";
import { quiet } from "../support/quiet.ts";

const federation = loadFederation(fileURLToPath(new URL("../../gateway/belgium-2021", import.meta.url)));
const folder = await temporaryFolder();
const freshDirectory = () => mkdtemp(join(folder, "data-"));

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

const start = async (directory: string): Promise<Sandbox> => {
  const clock = createClock("2021-05-18T14:00:00.000Z" as Instant);
  const gatewayUrl = () => "http://127.0.0.1:9";
  const sandbox = await openSandbox({ directory, federation, ...clock, log: quiet, gatewayUrl });
  open.push(sandbox);
  return sandbox;
};

/** A gateway's door for deliveries, and what came through it. */
const listen = async (): Promise<Serving & { next: Promise<{ path: string; signed: boolean }> }> => {
  let arrived = (_: { path: string; signed: boolean }): void => undefined;
  const next = new Promise<{ path: string; signed: boolean }>((resolve) => {
    arrived = resolve;
  });
  const app = new Hono().post("/*", (c) => {
    arrived({ path: c.req.path, signed: c.req.header("doctena-signature") !== undefined });
    return c.json({}, 202);
  });
  const serving = await serve(app);
  open.push(serving);
  return { ...serving, next };
};

describe("the sandbox", () => {
  it("runs a simulator for each platform and gives options with which its adapter connects", async () => {
    const { platforms, simulators } = await start(await freshDirectory());
    expect(platforms.map(({ name }) => name)).toEqual(federation.platforms.map(({ name }) => name));
    for (const { name, adapter, options } of platforms) {
      const { default: found } = await import(`../../adapters/${adapter}/adapter.ts`);
      expect(found.options.safeParse(options).success).toBe(true);
      expect(Object.values(options)).toContain(simulators.get(name)?.url);
    }
  });

  it("keeps what happened on a platform across a restart", async () => {
    const directory = await freshDirectory();
    const first = await start(directory);
    const centre = "charleroi" as CentreId;
    const ids = first.simulators.get("qvax")?.bench.addPeople([person(1, centre), person(2, centre)]);
    await first.close();
    const second = await start(directory);
    const people = second.simulators.get("qvax")?.bench.people();
    expect(people?.map(({ externalId }) => externalId)).toEqual(ids);
  });

  it("does not begin anew over a state that it cannot read", async () => {
    const directory = await freshDirectory();
    await (await start(directory)).close();
    await writeFile(join(directory, "simulators", "qvax.json"), "{");
    await expect(start(directory)).rejects.toThrow("qvax.json is not readable");
  });

  it("carries a platform's delivery to the gateway", async () => {
    const gateway = await listen();
    const { simulators } = await start(await freshDirectory());
    const booking = randomUUID() as BookingId;
    const at = "2021-05-18T14:00:00.000Z" as Instant;
    const delivery = simulators.get("doctena")?.bench.delivery?.({ kind: "booking-cancelled", booking, at });
    if (!delivery) throw new Error("this platform sends nothing");
    const clock = createClock(at);
    const courier = openCourier({ ...clock, log: quiet, gatewayUrl: () => gateway.url });
    open.push(courier);
    await courier.deliver("doctena", delivery);
    expect(await gateway.next).toEqual({ path: "/v1/platforms/doctena/events", signed: true });
  });
});

test.each([
  [1, "everydose runs: one simulated platform, one list."],
  [3, "everydose runs: 3 simulated platforms, one list."],
])("its greeting counts the platforms that there are: %d", (count, words) => {
  const platforms = federation.platforms.slice(0, count);
  const said = greeting({
    address: "http://localhost:8080",
    directory: ".data",
    platforms,
    keys: [],
    issuer: "http://127.0.0.1:8081",
  });
  expect(said).toContain(words);
});

describe("its keys", () => {
  it("are made once, one for each role, and only their owner may read them", async () => {
    const directory = await freshDirectory();
    const first = await start(directory);
    const { mode } = await stat(join(directory, "sandbox-keys.json"));
    expect(mode & 0o777).toBe(0o600);
    expect(first.keys.map(({ caller }) => caller.role)).toEqual(KeyRole.options);
    expect(new Set(first.keys.map(({ key }) => key)).size).toBe(KeyRole.options.length);
    await first.close();
    const second = await start(directory);
    expect(second.keys).toEqual(first.keys);
    expect(second.vaultRings).toEqual(first.vaultRings);
  });

  it("of a sandbox that knew fewer roles stay, and the other roles get theirs", async () => {
    const directory = await freshDirectory();
    const first = await start(directory);
    await first.close();
    const file = join(directory, "sandbox-keys.json");
    const { api, ...rest } = JSON.parse(await readFile(file, "utf8"));
    await writeFile(file, JSON.stringify({ ...rest, api: { staff: api.staff, operator: api.operator } }));
    const second = await start(directory);
    const same = second.keys.filter(({ key }) => Object.values(api).includes(key));
    expect(same.map(({ caller }) => caller.role)).toEqual(["staff", "operator"]);
    expect(second.keys).toHaveLength(KeyRole.options.length);
    expect(second.vaultRings).toEqual(first.vaultRings);
    await second.close();
    expect((await start(directory)).keys).toEqual(second.keys);
  });

  it("are refused by production, sealing keys included", async () => {
    const directory = await freshDirectory();
    const { keys } = await start(directory);
    for (const { key } of keys) expect(key).toMatch(/^sandbox-/);
    const kept = JSON.parse(await readFile(join(directory, "sandbox-keys.json"), "utf8"));
    for (const ring of [kept.sealing, kept.digest]) expect(readKeyRing(ring).faults).not.toEqual([]);
  });

  it("are refused by production, those with which the platforms are reached too", async () => {
    const { platforms } = await start(await freshDirectory());
    const secrets = platforms.flatMap(({ name, options }) =>
      Object.entries(options)
        .filter(([field]) => /key|secret|password|token/i.test(field))
        .map(([field, secret]) => ({ field: `${name}.${field}`, secret })),
    );
    expect(secrets).toHaveLength(7);
    for (const { secret } of secrets) expect(secret).toMatch(/^sandbox-/);
  });

  it("are never replaced where they cannot be read, since the data is sealed with them", async () => {
    const directory = await freshDirectory();
    const file = join(directory, "sandbox-keys.json");
    await writeFile(file, JSON.stringify({ sealing: randomUUID() }));
    await expect(start(directory)).rejects.toThrow("holds no usable keys");
    expect(await readFile(file, "utf8")).toContain("sealing");
  });
});

describe("the centres of a platform", () => {
  const centre = (id: string) => ({ id: id as CentreId, region: "north" as RegionId });
  const binding = (platform: string, more: { centre?: string; from?: string } = {}) => ({
    region: "north" as RegionId,
    role: "roster" as const,
    platform: platform as PlatformName,
    centre: more.centre as CentreId | undefined,
    from: more.from as Instant | undefined,
  });
  const of = (platform: string, bindings: ReturnType<typeof binding>[]) =>
    centresOf({ centres: [centre("a"), centre("b")] as never, bindings }, platform as PlatformName);

  it("are those of its region but where a centre has a platform of its own", () => {
    const bindings = [binding("one"), binding("two", { centre: "b" })];
    expect(of("one", bindings)).toEqual(["a"]);
    expect(of("two", bindings)).toEqual(["b"]);
  });

  it("include a centre that only moves to another platform later", () => {
    const bindings = [binding("one"), binding("two", { centre: "b", from: "2021-06-01T00:00:00.000Z" })];
    expect(of("one", bindings)).toEqual(["a", "b"]);
    expect(of("two", bindings)).toEqual(["b"]);
  });
});
