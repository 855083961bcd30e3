import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { adjust, cancel } from "../../gateway/flows/announce.ts";
import { answer, callOff } from "../../gateway/flows/answer.ts";
import { attend, walkIn } from "../../gateway/flows/attend.ts";
import { within } from "../../gateway/flows/deps.ts";
import { listDays } from "../../gateway/flows/reports/read.ts";
import { nextCount, writeDay, writeDueDays } from "../../gateway/flows/reports/write.ts";
import { settle } from "../../gateway/flows/settle.ts";
import { Refusal } from "../../schema/errors.ts";
import {
  type BookingId,
  CentreId,
  type Instant,
  instant,
  localDay,
  millis,
  type SurplusId,
} from "../../schema/primitives.ts";
import type { NewSurplus } from "../../schema/surplus.ts";
import { afternoon, newVolunteers } from "../support/gateway.ts";
import { fromAudit, rowsOfDay, told } from "./day-report-scene.ts";
import { ask, deliver, leftOver, scene } from "./scene.ts";

type World = Awaited<ReturnType<typeof scene>>;
const today = localDay(afternoon);

/** What can happen on an evening; `nth` says to which of those that there are. */
const Act = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("announce" as const),
      doses: fc.integer({ min: 1, max: 4 }),
      vaccine: fc.constantFrom("pfizer", "moderna"),
      centre: fc.constantFrom("charleroi", "charleroi", "namur"),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom("yes" as const, "yes" as const, "no" as const),
      nth: fc.nat(40),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        "attended" as const,
        "no-show" as const,
        "cancelled" as const,
        "call-off" as const,
      ),
      nth: fc.nat(40),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("later" as const),
      minutes: fc.constantFrom(3, 12, 35, 60, 90),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom("walk-in" as const, "cancel" as const), nth: fc.nat(9) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("adjust" as const),
      nth: fc.nat(9),
      doses: fc.integer({ min: 1, max: 6 }),
    }),
  },
);
type Act = typeof Act extends fc.Arbitrary<infer One> ? One : never;

/** What is refused has not happened; anything else that goes wrong is a fault. */
const tried = async (doing: Promise<unknown>): Promise<void> => {
  await doing.catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
  });
};

const play = async (world: World, acts: readonly Act[]): Promise<void> => {
  const { deps, database, clock } = world;
  const surpluses: SurplusId[] = [];
  const tokens: string[] = [];
  const look = async () => {
    for (const id of surpluses) {
      await settle(deps, id);
      for (const { token } of await deliver(world, id)) tokens.push(token);
    }
  };
  const of = <Item>(items: readonly Item[], nth: number) => items[nth % Math.max(1, items.length)];
  const act = async (one: Act): Promise<void> => {
    if (one.kind === "later") return void clock.advance(one.minutes);
    if (one.kind === "announce")
      return void surpluses.push(
        (await leftOver(world, one.doses, { vaccine: one.vaccine, centre: CentreId.parse(one.centre) })).id,
      );
    const token = of(tokens, one.nth);
    if (one.kind === "yes" || one.kind === "no")
      return token ? tried(answer(deps, token, one.kind)) : undefined;
    if (one.kind === "call-off") return token ? tried(callOff(deps, token)) : undefined;
    const surplus = of(surpluses, one.nth);
    if (one.kind === "walk-in") return surplus ? tried(walkIn(deps, surplus, "staff")) : undefined;
    if (one.kind === "cancel") return surplus ? tried(cancel(deps, surplus, "staff")) : undefined;
    if (one.kind === "adjust")
      return surplus ? tried(adjust(deps, surplus, { doses: one.doses }, "staff")) : undefined;
    const rows = await database.sql<
      { id: BookingId }[]
    >`select id from bookings order by promised_at, rank() over (order by id)`;
    const booking = of(rows, one.nth);
    if (booking) await tried(attend(deps, booking.id, { outcome: one.kind }, "staff"));
  };
  for (const one of acts) {
    // Lists can change under a failed act only in ways that the next look sees.
    await act(one);
    await look();
  }
};

test("every number of a day's report is the sum of what the audit tells, whatever happened on the evening", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(Act, { minLength: 10, maxLength: 45 }), fc.boolean(), async (acts, isOver) => {
      const world = await scene(newVolunteers(24, { born: "1948-01-01" }), {});
      try {
        await play(world, [{ kind: "announce", doses: 3, vaccine: "pfizer", centre: "charleroi" }, ...acts]);
        if (isOver) await play(world, [{ kind: "later", minutes: 60 }]);
        if (isOver) world.clock.advance(300);
        for (const { id } of await world.database.sql<{ id: SurplusId }[]>`select id from surpluses`)
          await settle(world.deps, id);
        await writeDay(world.deps, today);
        expect(told(await rowsOfDay(world, today))).toEqual(await fromAudit(world));
      } finally {
        await world.close();
      }
    }),
    { numRuns: 12, endOnFailure: true },
  );
});

describe("a day", () => {
  let world: World;
  beforeEach(async () => {
    world = await scene(newVolunteers(6));
  });
  afterEach(() => world.close());

  const nextMorning = () =>
    world.clock.advance((millis("2021-04-17T04:00:00.000Z" as Instant) - millis(world.clock.now())) / 60_000);
  const listed = async () =>
    (await listDays(world.deps, { from: today, until: today })).map(({ version, isLatest }) => [
      version,
      isLatest,
    ]);
  const counts = async (version?: number) =>
    Object.fromEntries(
      Object.entries(told(await rowsOfDay(world, today, version)))
        .filter(([what]) => / (used|open|announced)$/.test(what) && what.startsWith("charleroi"))
        .map(([what, count]) => [what.split(" ").at(-1), count]),
    );

  test("is counted the morning after, at six by the clocks of Belgium, and not before", async () => {
    await leftOver(world, 2);
    await writeDueDays(world.deps);
    expect(await listed()).toEqual([]);
    nextMorning();
    world.clock.advance(-1);
    await writeDueDays(world.deps);
    expect(await listed()).toEqual([]);
    world.clock.advance(1);
    await writeDueDays(world.deps);
    expect(await listed()).toEqual([[1, true]]);
    expect(nextCount(world.clock.now())).toBe("2021-04-18T04:00:00.000Z");
    expect(nextCount("2021-10-30T10:00:00.000Z" as Instant)).toBe("2021-10-31T05:00:00.000Z");
    expect(nextCount("2021-03-27T10:00:00.000Z" as Instant)).toBe("2021-03-28T04:00:00.000Z");
  });

  test("gets a second version where somebody is ticked off late, and the first can still be read", async () => {
    const { asked } = await ask(world, 2);
    await answer(world.deps, asked[0]?.token ?? "", "yes");
    nextMorning();
    await writeDueDays(world.deps);
    expect(await counts()).toEqual({ announced: 2, open: 2 });
    const [booking] = await world.database.sql<{ id: BookingId }[]>`select id from bookings`;
    await attend(world.deps, booking?.id as BookingId, { outcome: "attended" }, "staff");
    world.clock.advance(24 * 60);
    await writeDueDays(world.deps);
    await writeDueDays(world.deps);
    expect(await listed()).toEqual([
      [2, true],
      [1, false],
    ]);
    expect(await counts()).toEqual({ announced: 2, used: 1, open: 1 });
    expect(await counts(1)).toEqual({ announced: 2, open: 2 });
  });

  test("stays as it is where nothing happened, and where somebody was forgotten", async () => {
    const { asked } = await ask(world, 1);
    await answer(world.deps, asked[0]?.token ?? "", "yes");
    const [booking] = await world.database.sql<{ id: BookingId }[]>`select id from bookings`;
    await attend(world.deps, booking?.id as BookingId, { outcome: "attended" }, "staff");
    nextMorning();
    await writeDueDays(world.deps);
    const before = await rowsOfDay(world, today);
    expect(before.filter(({ INDICATOR }) => INDICATOR === "used")).toEqual([
      {
        ...{ DATE: today, REGION: "Wallonia", PROVINCE: "Hainaut", CENTRE: "charleroi", PLATFORM: null },
        ...{ AGEGROUP: "75-84", SEX: "M", BRAND: "Pfizer-BioNTech", INDICATOR: "used", COUNT: 1 },
      },
    ]);
    await world.database.sql`update volunteers set national_sealed = null, birth_date = '1950-12-31',
      birth_year_only = true`;
    world.clock.advance(24 * 60);
    await writeDueDays(world.deps);
    expect(await listed()).toEqual([[1, true]]);
    expect(await rowsOfDay(world, today)).toEqual(before);
  });

  test("is read as far as somebody reaches", async () => {
    await leftOver(world, 1);
    await leftOver(world, 2, { centre: "namur" as NewSurplus["centre"] });
    await writeDay(world.deps, today);
    const centres = async (...reach: string[]) => {
      const deps = within(world.deps, { regions: ["wallonia"], centres: reach } as Parameters<
        typeof within
      >[1]);
      const rows = await rowsOfDay({ ...world, deps }, today);
      return [...new Set(rows.map(({ CENTRE }) => CENTRE))];
    };
    expect(await centres("namur")).toEqual(["namur"]);
    expect(await centres("charleroi", "namur")).toEqual(["charleroi", "namur"]);
    const elsewhere = within(world.deps, { regions: ["flanders"] } as Parameters<typeof within>[1]);
    expect(await rowsOfDay({ ...world, deps: elsewhere }, today)).toEqual([]);
  });

  test("cannot be changed in the database, nor can a row of it", async () => {
    await leftOver(world, 1);
    await writeDay(world.deps, today);
    const { sql } = world.database;
    for (const statement of [
      "update day_reports set rows = 0",
      "delete from day_report_cells",
      "update day_report_cells set count = 9",
      "truncate day_report_cells",
      "truncate day_reports cascade",
      "truncate releases cascade",
      "truncate release_files",
      "truncate release_parts",
    ])
      await expect(sql.unsafe(statement)).rejects.toThrow("stays as it was written");
  });
});

test("a federation that was never counted is counted day by day from its first doses on", async () => {
  const world = await scene();
  try {
    await leftOver(world, 1);
    world.clock.advance(40 * 24 * 60);
    expect(await writeDueDays(world.deps)).toBe(true);
    while (await writeDueDays(world.deps));
    const days = await listDays(world.deps, { from: today, until: localDay(world.clock.now()) });
    expect(days).toHaveLength(40);
    expect(days.at(-1)).toMatchObject({ day: today, rows: 2 });
    expect(instant(new Date(days[0]?.countedAt ?? 0))).toBe(world.clock.now());
  } finally {
    await world.close();
  }
});
