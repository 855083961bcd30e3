import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Fault } from "../../adapters/kit/faults.ts";
import { loadFederation } from "../../gateway/config/federation.ts";
import type { OpenSlots } from "../../schema/platform.ts";
import { plusMinutes } from "../../schema/primitives.ts";
import { temporaryFolder } from "../support/folder.ts";
import { openScene, type Scene } from "./scene.ts";

/* A fifth platform, brought in by two entries in an operator's folder and by nothing else. */

const belgium = fileURLToPath(new URL("../../gateway/belgium-2021", import.meta.url));
const added = `
smart-scheduling-links:
  adapter: smart-scheduling-links
  options:
    manifestUrl: https://publisher.example.org/$bulk-publish
`;
const publisher = "smart-scheduling-links";

let scene: Scene;
const directory = await temporaryFolder();
beforeAll(async () => {
  cpSync(belgium, directory, { recursive: true });
  const [platforms, region] = ["platforms.yaml", "regions/german-speaking.yaml"].map((name) =>
    join(directory, name),
  ) as [string, string];
  writeFileSync(platforms, readFileSync(platforms, "utf8") + added);
  const before = readFileSync(region, "utf8");
  const served = "    serves: [4700-4749]\n";
  expect(before).toContain(served);
  writeFileSync(region, before.replace(served, `${served}    bindings: { slots: ${publisher} }\n`));
  scene = await openScene({ federation: loadFederation(directory) });
});
afterAll(() => scene.close());

/** What is open in the region tomorrow from that hour on: Eupen on the publisher, Sankt Vith on Doclr. */
const ask = async (hours = 12) => {
  const from = plusMinutes(scene.now(), hours * 60);
  const until = plusMinutes(from, 24 * 60);
  const path = `/v1/slots?region=german-speaking&from=${from}&until=${until}`;
  const { slots, sources } = await scene.client.get<OpenSlots>(path);
  return {
    state: (platform: string) => sources.find((each) => each.platform === platform)?.state,
    of: (platform: string) => slots.filter((each) => each.platform === platform),
    slots,
  };
};

test("its slots come among the others', each of its own centre, in order, and without a brand", async () => {
  const { state, of, slots } = await ask();
  expect([state(publisher), state("doclr")]).toEqual(["ok", "ok"]);
  expect(new Set(of(publisher).map(({ centre }) => centre))).toEqual(new Set(["eupen"]));
  expect(new Set(of("doclr").map(({ centre }) => centre))).toEqual(new Set(["sankt-vith"]));
  expect(of(publisher).length).toBeGreaterThan(10);
  const starts = slots.map(({ startsAt }) => startsAt);
  expect(starts).toEqual(starts.toSorted());
  expect(JSON.stringify(slots)).not.toMatch(/moderna|pfizer|astrazeneca|janssen/i);
});

const faults: Fault[] = [
  { kind: "down" },
  { kind: "server-error", status: 500 },
  { kind: "throttled", retryAfterSeconds: 5 },
  { kind: "html-page" },
  { kind: "truncated" },
  { kind: "lost-reply" },
];

test("on a bad day of the publisher its last answer stands in or none does, and the others' slots keep coming", async () => {
  const before = await ask();
  for (const [index, fault] of faults.entries()) {
    scene.platform(publisher).faults.plan(({ nth }) => (nth % 2 === index % 2 ? fault : undefined));
    const during = await ask();
    expect(during.state("doclr"), fault.kind).toBe("ok");
    expect(during.of("doclr")).toEqual(before.of("doclr"));
    const known = during.state(publisher) === "ok" || during.state(publisher) === "stale";
    expect(during.of(publisher), fault.kind).toEqual(known ? before.of(publisher) : []);
  }
  scene.platform(publisher).faults.lift();
});

/** A breaker may need some minutes to try again. */
const recovered = async (minutes = 10): Promise<Awaited<ReturnType<typeof ask>>> => {
  await scene.pass(1);
  const now = await ask();
  return now.state(publisher) === "ok" || minutes === 0 ? now : recovered(minutes - 1);
};

test("killed, it takes no other platform with it; brought back, it is there again", async () => {
  expect((await recovered()).state(publisher)).toBe("ok");
  await scene.platform(publisher).pause();
  const unheard = await ask(13);
  expect(unheard.state("doclr")).toBe("ok");
  expect(unheard.of("doclr").length).toBeGreaterThan(10);
  expect(unheard.state(publisher)).not.toBe("ok");
  await scene.platform(publisher).resume();
  const after = await recovered();
  expect([after.state(publisher), after.state("doclr")]).toEqual(["ok", "ok"]);
  expect(after.of(publisher).length).toBeGreaterThan(10);
});
