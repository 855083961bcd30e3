import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cursorOf, reachedIn } from "../../gateway/core/event-cursor.ts";
import { eventFor, eventId, type Hearer, placeOf, type Told, toldLines } from "../../gateway/core/events.ts";
import { disabledAfterMs, nextTry, restAfter } from "../../gateway/core/retries.ts";
import { CloudEvent, EventData, EventId, EventType } from "../../schema/cloud-event.ts";
import { KeyRole } from "../../schema/key.ts";
import { CentreId, instant, millis, RegionId } from "../../schema/primitives.ts";

const [wallonia, flanders] = ["wallonia", "flanders"].map((id) => RegionId.parse(id)) as [RegionId, RegionId];
const at = instant(new Date("2021-04-16T14:30:00Z"));
const base = "https://dose.example.org";
const hearer = (given: Partial<Hearer> = {}): Hearer => ({
  ...{ label: "agency", role: "agency", regions: [wallonia] },
  ...given,
});
const ids = [..."abcdef"].map((digit) => `0f8fad5b-d9cb-469f-a165-7086772895${digit}e`);
const line = (given: Partial<Told> = {}): Told => ({
  ...{ region: wallonia, number: 7, at, event: "booking.promised", subject: ids[0] ?? null },
  ...{ facts: { surplus: ids[1], invitation: ids[2], doses: [["held", "promised", 1]] } },
  ...given,
});

const region = fc.constantFrom(wallonia, flanders, "" as const);

test("a cursor says how far each chain was told, and what no gateway wrote says nothing", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(region, fc.integer({ min: 1, max: 1e9 })), { selector: ([id]) => id }),
      (told) => {
        const reached = reachedIn(cursorOf(new Map(told)));
        for (const [id, number] of told) expect(reached?.get(id)).toBe(number);
      },
    ),
  );
  for (const wrong of ["", "wallonia", "wallonia.1~wallonia.2", "wallonia.-1", "~", "Wallonia.1", ".1.2"])
    expect(reachedIn(wrong), wrong).toBeUndefined();
});

test("the id of an event names its place", () => {
  fc.assert(
    fc.property(region, fc.integer({ min: 1, max: 1e15 - 1 }), (id, number) => {
      const event = EventId.parse(eventId(id, number));
      expect(placeOf(event)).toEqual({ region: id, number });
    }),
  );
});

test("each type of event is one of the lines that are told, and the other way around", () => {
  const told = toldLines.map(
    (event) => eventFor(line({ event, facts: { regions: [wallonia] } }), hearer(), base)?.type,
  );
  expect(new Set(told)).toEqual(new Set(EventType.options));
});

test("whatever a line says, what goes out of it are the ids and counts that an event declares", () => {
  const secret = "Jean Dupont 85.07.30-033.28";
  const facts = fc.dictionary(
    fc.constantFrom(
      ...["surplus", "volunteer", "invitation", "reason", "cause", "because", "list", "regions"],
      ...["platform", "fault", "version", "campaign", "kind", "owner", "host", "state", "asked", "group"],
    ),
    fc.constantFrom<unknown>(ids[3], 5, { name: secret }, [secret]),
  );
  fc.assert(
    fc.property(facts, fc.constantFrom(...toldLines, "volunteer.seen", "key.made"), (given, event) => {
      const told = eventFor(line({ event, facts: given }), hearer(), base);
      if (!told) return;
      expect(JSON.stringify(told)).not.toContain("Dupont");
      expect(Object.keys(told.data).filter((name) => !(name in EventData.shape))).toEqual([]);
      expect(JSON.stringify(told.data)).not.toContain(
        given.volunteer === ids[3] && !given.surplus ? "volunteer" : "\u0000",
      );
    }),
  );
  expect(eventFor(line({ event: "volunteer.seen" }), hearer(), base)).toBeUndefined();
});

test("that somebody was on the list already is told as if they were not (F20)", () => {
  const [first, again] = ["volunteer.registered", "volunteer.registered-again"].map((event) =>
    eventFor(line({ event, facts: {} }), hearer(), base),
  );
  expect(first).toEqual(again);
  expect(CloudEvent.parse(first).data).toEqual({ region: wallonia, registration: ids[0] });
});

describe("whoever hears", () => {
  test("hears of their regions and of their centres, where they have only those", () => {
    const charleroi = CentreId.parse("charleroi");
    const hears = (given: Partial<Hearer>, told: Partial<Told> = {}) =>
      eventFor(line({ centre: charleroi, ...told }), hearer(given), base) !== undefined;
    expect(hears({})).toBe(true);
    expect(hears({ regions: [flanders] })).toBe(false);
    expect(hears({ role: "staff", centres: [charleroi] })).toBe(true);
    expect(hears({ role: "staff", centres: [CentreId.parse("namur")] })).toBe(false);
    // Of doses that are gone nobody knows where they were.
    expect(hears({ role: "staff", centres: [charleroi] }, { centre: undefined })).toBe(false);
    expect(
      hears({ role: "staff", centres: [charleroi] }, { event: "policy.enacted", centre: undefined }),
    ).toBe(true);
    const campaign = { event: "campaign.ordered", region: "" as const, subject: null };
    expect(hears({}, { ...campaign, facts: { campaign: "b", regions: ["flanders"] } })).toBe(false);
    expect(hears({}, { ...campaign, facts: { campaign: "b", regions: ["flanders", "wallonia"] } })).toBe(
      true,
    );
  });

  test("hears what their role may see elsewhere, and no role hears of registrations but an authority's", () => {
    const made = line({ event: "volunteer.registered", facts: {} });
    const hear = KeyRole.options.filter((role) => eventFor(made, hearer({ role }), base));
    expect(hear).toEqual(["agency", "operator"]);
    const asked = KeyRole.options.filter((role) =>
      eventFor(line({ event: "invitation.taken" }), hearer({ role }), base),
    );
    expect(asked).toEqual(["staff", "lead", "agency", "operator"]);
    for (const role of ["helper", "auditor"] as const)
      expect(toldLines.filter((event) => eventFor(line({ event }), hearer({ role }), base))).toEqual([]);
  });

  test("hears of the types that they want, one by one or by family", () => {
    const hears = (types: Hearer["types"]) => eventFor(line(), hearer({ types }), base) !== undefined;
    expect(hears(["everydose.booking.promised"])).toBe(true);
    expect(hears(["everydose.booking.*"])).toBe(true);
    expect(hears(["everydose.booking.moved", "everydose.surplus.*"])).toBe(false);
  });

  test("hears of a webhook that ended where it is theirs, or within their authority", () => {
    const ended = line({
      event: "webhook.disabled",
      region: "",
      facts: { owner: "doctors", because: "gone" },
    });
    expect(eventFor(ended, hearer({ role: "platform", label: "doctors" }), base)?.data.because).toBe("gone");
    expect(eventFor(ended, hearer({ role: "platform", label: "others" }), base)).toBeUndefined();
  });
});

describe("what was not taken", () => {
  test("is sent again by the schedule of the specification, each time up to a tenth later, ten times in all", () => {
    const minutes = [5 / 60, 5, 30, 120, 300, 600, 840, 1200, 1440];
    for (const [nth, wait] of minutes.entries())
      for (const random of [0, 0.5, 0.999]) {
        const due = nextTry({ tries: nth + 1, at }, random);
        const waited = (millis(due ?? at) - millis(at)) / 60_000;
        expect(waited).toBeGreaterThanOrEqual(wait);
        expect(waited).toBeLessThanOrEqual(wait * 1.1);
      }
    expect(nextTry({ tries: 10, at }, 0)).toBeUndefined();
    expect(minutes.reduce((sum, wait) => sum + wait, 0) / 60).toBeGreaterThan(75);
  });

  test("waits as long as its address asks, for a day at the most", () => {
    const waits = (seconds: number) =>
      (millis(nextTry({ tries: 1, at, retryAfterSeconds: seconds }, 0) ?? at) - millis(at)) / 1000;
    expect(waits(600)).toBe(600);
    expect(waits(1)).toBe(5);
    expect(waits(1e9)).toBe(86_400);
  });

  test("leaves an address alone that asks for it, is asked too much or fails again and again", () => {
    const rest = (given: Partial<Parameters<typeof restAfter>[0]>) => {
      const until = restAfter({ failures: 1, at, ...given }, 0.5);
      return until && (millis(until) - millis(at)) / 1000;
    };
    expect(rest({ status: 500 })).toBeUndefined();
    expect(rest({ status: 429 })).toBeGreaterThan(0);
    expect(rest({ status: 429, retryAfterSeconds: 120 })).toBe(120);
    expect(rest({ failures: 5 })).toBeGreaterThan(30);
    expect(rest({ failures: 50 })).toBeLessThanOrEqual(300);
    expect(disabledAfterMs).toBe(5 * 86_400_000);
  });
});
