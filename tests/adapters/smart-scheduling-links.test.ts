import { expect, test } from "vitest";
import { createClock } from "../../adapters/kit/clock.ts";
import { runPlatform } from "../../adapters/kit/platform.ts";
import { createWatch } from "../../adapters/kit/watch.ts";
import simulator from "../../adapters/smart-scheduling-links/simulator.ts";
import { Instant } from "../../schema/primitives.ts";
import {
  charleroi,
  connectTo,
  lines,
  location,
  manifest,
  namur,
  output,
  publish,
  published,
  schedule,
  slot,
} from "./smart-scheduling-links-scene.ts";

const [noon, evening] = ["2021-05-18T12:00:00Z", "2021-05-18T20:00:00Z"];
const capacity = "http://fhir-registry.smarthealthit.org/StructureDefinition/slot-capacity";
const withRoom = (valueInteger: unknown) => ({ extension: [{ url: capacity, valueInteger }] });

const simulated = async () => {
  const watch = createWatch();
  const world = {
    ...createClock(Instant.parse("2021-05-18T10:00:00Z")),
    ...{ random: () => 0.5, centres: [charleroi, namur], deliver: async () => undefined },
  };
  return { ...(await runPlatform({ simulator, world, watch })), watch };
};

test("a publisher with every fault gives the slots of one with none, and the log counts what was dropped", async () => {
  const { url, state, close } = await simulated();
  const answerOf = async () => {
    const { list, dropped } = connectTo(url);
    const found = (await list(noon, evening)).map(({ externalId: _, ...each }) => each);
    return { found, dropped: dropped() };
  };
  for (const name of Object.keys(state.oddities) as (keyof typeof state.oddities)[])
    state.oddities[name] = false;
  const sound = await answerOf();
  expect(sound.dropped).toEqual([]);
  expect(sound.found.length).toBeGreaterThan(10);
  for (const name of Object.keys(state.oddities) as (keyof typeof state.oddities)[])
    state.oddities[name] = true;
  const { found, dropped } = await answerOf();
  const places = ({ centre, startsAt, endsAt }: (typeof found)[number]) => ({ centre, startsAt, endsAt });
  expect(found.map(places)).toEqual(sound.found.map(places));
  expect(dropped).toEqual([
    {
      linesUnreadable: 5, // one in each file: places, calendars, and three days
      schedulesWithoutLocation: 1,
      slotsWithoutSchedule: 3 * 24 * 2,
      slotsWithoutTimes: 6,
      slotsWithoutRoom: 3,
      slotsRepeated: expect.any(Number),
    },
  ]);
  await close();
});

test("what has not changed is not sent again, and what has is", async () => {
  const { url, state, watch, close } = await simulated();
  const { list } = connectTo(url);
  const first = await list(noon, evening);
  const before = watch.asked.length;
  expect(await list(noon, evening)).toEqual(first);
  expect(watch.asked.slice(before)).toHaveLength(before);
  for (const each of watch.asked.slice(before)) expect(each).toMatch(/\(304\)$/);
  expect(new Set((await list(noon, evening, [namur])).map(({ centre }) => centre))).toEqual(new Set([namur]));
  expect(watch.asked.filter((each) => each.includes("(200)"))).toHaveLength(before);
  state.oddities.repeatedIds = false;
  state.oddities.textCapacities = false;
  expect(await list(noon, evening)).not.toEqual(first);
  expect(await list(noon, evening)).toEqual(await connectTo(url).list(noon, evening));
  await close();
});

test("room is what is said, as a number or as text, one where nothing is said, and the lesser of two", async () => {
  const { url } = await publish(
    published(
      slot("a", "2021-05-18T13:00:00Z", withRoom(7)),
      slot("b", "2021-05-18T13:00:00Z", withRoom("8")),
      slot("c", "2021-05-18T13:00:00Z", { extension: [{ url: capacity, valueString: "9" }] }),
      slot("d", "2021-05-18T13:00:00Z", { extension: null }),
      slot("e", "2021-05-18T13:00:00Z", { extension: [null, { url: "http://other.example" }] }),
      slot("f", "2021-05-18T13:00:00Z", withRoom(5)),
      slot("f", "2021-05-18T13:00:00Z", withRoom(2)),
      slot("f", "2021-05-18T13:00:00Z", withRoom(4)),
      slot("g", "2021-05-18T13:00:00Z", withRoom(0)),
      ...["", "many", -1, 1.5, null, true].map((said) => slot("h", "2021-05-18T13:00:00Z", withRoom(said))),
    ),
  );
  const { list, dropped } = connectTo(url);
  expect((await list(noon, evening)).map((each) => each.capacity)).toEqual([7, 8, 9, 1, 1, 2]);
  expect(dropped()).toEqual([{ slotsRepeated: 2, slotsWithoutRoom: 6 }]);
});

test("a moment without an offset is none, and an offset of hours alone is one", async () => {
  const { url } = await publish(
    published(
      slot("a", "2021-05-18T15:00:00+02"),
      slot("b", "2021-05-18T08:30:00-0500"),
      slot("c", "2021-05-18T15:00:00.25+02:00"),
      slot("d", "2021-05-18T15:00:00"),
      slot("e", "2021-05-18"),
      slot("f", "2021-13-41T15:00:00Z"),
      slot("g", "2021-05-18T19:00:00Z"),
    ),
  );
  const { list, dropped } = connectTo(url);
  expect((await list(noon, evening)).map(({ startsAt }) => startsAt)).toEqual([
    "2021-05-18T13:00:00.000Z",
    "2021-05-18T13:30:00.000Z",
    "2021-05-18T13:00:00.250Z",
  ]);
  expect(dropped()).toEqual([{ slotsWithoutTimes: 4 }]);
});

test("no brand is in an answer, though the publisher's own ids hold one (F11)", async () => {
  const { url } = await publish(published(slot("moderna-1", "2021-05-18T13:00:00Z")));
  const [found] = await connectTo(url).list(noon, evening);
  expect(found).toBeDefined();
  expect(JSON.stringify(found).toLowerCase()).not.toContain("moderna");
});

test("a file that cannot be had, and one that is something else, fail the whole", async () => {
  const { "/a": _, ...missing } = published();
  const sound = published(slot("a", "2021-05-18T13:00:00Z"));
  const page = { headers: { "content-type": "text/html" }, body: JSON.stringify(slot("a", noon)) };
  for (const [files, fault] of [
    [missing, "rejected"],
    [{ ...sound, "/a": page }, "drifted"],
    [{ ...sound, "/a": "<html>\n<body>\n" }, "drifted"],
    [{ ...sound, "/l": "try again later" }, "drifted"],
    [{ ...sound, "/s": { status: 302, headers: { location: "/t" }, body: "" } }, "drifted"],
  ] as const) {
    const { url } = await publish({ ...files });
    await expect(connectTo(url).list(noon, evening)).rejects.toMatchObject({ name: "AdapterError", fault });
  }
});

test("a manifest sends the gateway nowhere but to the hosts that the operator names, and the key to none but its own", async () => {
  const other = await publish({ "/a": lines(slot("a", "2021-05-18T13:00:00Z")) });
  const { url, asked } = await publish({
    ...published(),
    "/$bulk-publish": manifest(
      output("Location", "l"),
      output("Schedule", "s"),
      { type: "Slot", url: `${other.url}/a` },
      { type: "Slot", url: "file:///etc/passwd" },
    ),
  });
  const headers = { "x-key": "a secret of ours" };
  const strict = connectTo(url, { headers });
  expect(await strict.list(noon, evening)).toEqual([]);
  expect(strict.dropped()).toEqual([{ outputsElsewhere: 1, outputsUnreadable: 1 }]);
  expect(other.asked).toEqual([]);
  expect(await connectTo(url, { headers, filesAt: [`${other.url}/`] }).list(noon, evening)).toHaveLength(1);
  expect(asked.every((each) => each.headers.get("x-key") === headers["x-key"])).toBe(true);
  expect(other.asked.map((each) => each.headers.get("x-key"))).toEqual([null]);
});

test("centres are found by the id of a location, by a name of it elsewhere, or by their own id", async () => {
  const names = (value: string) => ({
    identifier: [{ value: 3 }, { system: "https://places.example", value }],
  });
  const { url } = await publish({
    "/$bulk-publish": manifest(output("Location", "l"), output("Schedule", "s"), output("Slot", "a")),
    "/l": lines({ ...location("77"), ...names("P-1") }, { ...location("78"), ...names("P-2") }),
    "/s": lines(schedule("1", "77"), schedule("2", "78")),
    "/a": lines(
      slot("a", "2021-05-18T13:00:00Z"),
      slot("b", "2021-05-18T13:00:00Z", { schedule: { reference: "https://x.example/fhir/Schedule/2" } }),
    ),
  });
  const locations = {
    charleroi: { id: "78" },
    namur: { system: "https://places.example", identifier: "P-1" },
  };
  const found = await connectTo(url, { locations }).list(noon, evening);
  expect(found.map(({ centre }) => centre)).toEqual([namur, charleroi]);
  expect(await connectTo(url).list(noon, evening)).toEqual([]);
});
