import { expect, onTestFinished, test, vi } from "vitest";
import { openSlots, type SlotMemory } from "../../gateway/flows/slots.ts";
import type { Slot } from "../../schema/adapter.ts";
import {
  type CentreId,
  type ExternalId,
  PlatformName,
  plusMinutes,
  type RegionId,
} from "../../schema/primitives.ts";
import { afternoon, seedFederation, testDeps } from "../support/gateway.ts";

test("anybody could fill the memory with slots, by asking from another second on each time", async () => {
  const { deps, close } = await testDeps();
  onTestFinished(close);
  await seedFederation(deps);
  const slot: Slot = {
    ...{ externalId: "1" as ExternalId, centre: "charleroi" as CentreId, capacity: 1 },
    ...{ startsAt: afternoon, endsAt: plusMinutes(afternoon, 15) },
  };
  const list = vi.fn(async () => Array<Slot>(30_000).fill(slot));
  const source = { name: PlatformName.parse("doclr"), list };
  const memory: SlotMemory = new Map();
  const ask = async (minute: number) => {
    const from = plusMinutes(afternoon, minute);
    const question = { regions: ["wallonia" as RegionId], from, until: plusMinutes(from, 60) };
    const { sources } = await openSlots(deps, { sources: [source], memory, deadlineMs: 5_000 }, question);
    return sources.find((each) => each.platform === source.name)?.state;
  };
  for (let minute = 0; minute < 10; minute += 1) expect(await ask(minute)).toBe("ok");
  list.mockRejectedValue(new Error("away"));
  const after = [];
  for (let minute = 0; minute < 10; minute += 1) after.push(await ask(minute));
  expect(after).toEqual([...Array(7).fill("failed"), "stale", "stale", "stale"]);
});
