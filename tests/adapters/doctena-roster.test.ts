import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { WaitingEntry } from "../../adapters/doctena/client.ts";
import { cutAfter, readWaiting } from "../../adapters/doctena/waiting-list.ts";
import { people, person } from "../../adapters/kit/people.ts";
import { ExternalId } from "../../schema/primitives.ts";
import { evening, heysel, openDoctena, pullOn, type Scene, schaerbeek } from "./doctena-scene.ts";

const erase = ({ state }: Scene, count: number) => {
  for (const id of Object.keys(state.waiting).slice(0, count)) delete state.waiting[id];
};

describe("a list that shifts while it is paged", () => {
  test("misses nobody behind those who are erased", async () => {
    const doctena = await openDoctena();
    const ids = doctena.bench.addPeople(people(1_300, heysel));
    const first = await doctena.ports.roster.pull({});
    erase(doctena, 700);
    const { ids: rest } = await pullOn(doctena, first.next);
    const seen = new Set([...first.records.map(({ value }) => value.externalId), ...rest]);
    expect(ids.slice(700).filter((id) => !seen.has(id))).toEqual([]);
    expect(rest).toHaveLength(new Set(rest).size);
  });

  test("tells in the next sweep what changed behind the first one's back", async () => {
    const doctena = await openDoctena();
    const [early] = doctena.bench.addPeople(people(1_300, heysel));
    doctena.pass(1);
    const first = await doctena.ports.roster.pull({});
    doctena.pass(1);
    doctena.bench.addPeople([{ ...person(0, heysel), state: "paused" }]);
    doctena.pass(1);
    const { next } = await pullOn(doctena, first.next);
    doctena.pass(1);
    const { records } = await pullOn(doctena, next);
    expect(records.map(({ value }) => value)).toMatchObject([{ externalId: early, state: "paused" }]);
  });

  test("says nothing twice once nothing changes any more", async () => {
    const doctena = await openDoctena();
    doctena.bench.addPeople(people(3, heysel));
    doctena.pass(1);
    const { next } = await pullOn(doctena);
    expect(await pullOn(doctena, next)).toMatchObject({ ids: [] });
  });

  test("misses nobody who stays, whoever is erased or added between any two pages", async () => {
    const change = fc.record({ erased: fc.array(fc.nat(2_000), { maxLength: 400 }), added: fc.nat(300) });
    const swept = fc.asyncProperty(
      fc.nat(1_800),
      fc.array(change, { maxLength: 6 }),
      async (size, changes) => {
        const list = Array.from({ length: size }, (_, index) => index + 1);
        const stayed = new Set(list);
        const client = { waiting: async (cut: { page: number; size: number }) => pageOf(list, cut) };
        const seen: number[] = [];
        let page = await readWaiting(client);
        let last = size;
        seen.push(...page.entries.map(({ id }) => id));
        for (const { erased, added } of [...changes, ...Array.from({ length: 20 }, () => nothing)]) {
          for (const at of erased.filter((each) => each < list.length))
            for (const id of list.splice(at, 1)) stayed.delete(id);
          list.push(...Array.from({ length: added }, (_, index) => last + index + 1));
          last += added;
          if (page.complete) break;
          page = await readWaiting(client, page.next);
          seen.push(...page.entries.map(({ id }) => id));
        }
        expect(page.complete).toBe(true);
        expect([...stayed].filter((id) => !seen.includes(id))).toEqual([]);
        expect(seen).toHaveLength(new Set(seen).size);
      },
    );
    await fc.assert(swept, { numRuns: 60 });
  });

  test("asks for pages that hold the last one seen and hundreds behind it", () => {
    for (let seen = 1; seen < 200_000; seen += 37) {
      const { page, size } = cutAfter(seen);
      expect((page - 1) * size).toBeLessThan(seen);
      expect(page * size - seen).toBeGreaterThan(200);
      expect(size).toBeLessThanOrEqual(500);
    }
  });

  test("refuses a cursor that it did not give", async () => {
    const { ports } = await openDoctena();
    await expect(ports.roster.pull({ cursor: "7" })).rejects.toMatchObject({ fault: "rejected" });
  });
});

const nothing = { erased: [] as number[], added: 0 };
const pageOf = (list: number[], { page, size }: { page: number; size: number }) => ({
  total: list.length,
  asOf: evening,
  items: list.slice((page - 1) * size, page * size).map((id): WaitingEntry => ({ ...anybody, id })),
});
const anybody = {
  firstName: "An",
  lastName: "Peeters",
  yearOfBirth: 1950,
  practices: [],
  state: "waiting",
  changedAt: evening,
} as const satisfies Omit<WaitingEntry, "id">;

describe("the waiting list", () => {
  test("holds one person once, whichever way they came", async () => {
    const doctena = await openDoctena();
    const [signedUp] = doctena.bench.addPeople([person(1, heysel)]);
    const first = await doctena.ports.roster.put(person(1, heysel));
    const again = await doctena.connect().roster.put(person(1, heysel));
    const moved = await doctena.ports.roster.put({ ...person(1, heysel), ...first, centres: [schaerbeek] });
    expect([first, again, moved].map(({ externalId }) => externalId)).toEqual([signedUp, signedUp, signedUp]);
    expect((await pullOn(doctena)).records).toMatchObject([{ value: { centres: [schaerbeek] } }]);
  });

  test("holds two of one name and address apart by their year of birth", async () => {
    const doctena = await openDoctena();
    const { nationalNumber: _, ...father } = person(1, heysel);
    const one = await doctena.ports.roster.put(father);
    const other = await doctena.ports.roster.put({ ...father, birthDate: "1990-01-01" });
    expect(other.externalId).not.toBe(one.externalId);
    expect(await doctena.ports.roster.put(father)).toEqual(one);
  });

  test("enters anew whom Doctena has erased meanwhile", async () => {
    const doctena = await openDoctena();
    const { externalId } = await doctena.ports.roster.put(person(1, heysel));
    erase(doctena, 1);
    doctena.state.waitingOf = {};
    const again = await doctena.ports.roster.put({ ...person(1, heysel), externalId });
    expect(doctena.bench.people()).toEqual([{ externalId: again.externalId, state: "active" }]);
  });

  test("reads the year of birth from the national number where nothing else tells it", async () => {
    const doctena = await openDoctena();
    await doctena.ports.roster.put({ ...person(1, heysel), birthDate: undefined });
    expect((await pullOn(doctena)).records).toMatchObject([
      { value: { birthDate: "1936-01-01", birthYearOnly: true } },
    ]);
    const nobody = { ...person(1, heysel), birthDate: undefined, nationalNumber: undefined };
    await expect(doctena.ports.roster.put(nobody)).rejects.toMatchObject({ fault: "rejected" });
  });

  test("never sees a national number as a reference, nor one that can be found by trying (F12)", async () => {
    const doctena = await openDoctena();
    await doctena.ports.roster.put(person(1, heysel));
    const [reference = ""] = Object.keys(doctena.state.waitingOf);
    expect(reference).toMatch(/^[0-9a-f]{64}$/);
    expect(doctena.asked.join()).not.toContain(person(1, heysel).nationalNumber);
  });

  test("lets go of whom it never had", async () => {
    const { ports } = await openDoctena();
    for (const name of ["9999", "somebody-else", "0"]) {
      const externalId = ExternalId.parse(name);
      await expect(ports.roster.close({ externalId, reason: "withdrawn" })).resolves.toBeUndefined();
    }
  });
});

describe("a list that has no end", () => {
  const entry = (id: number) => ({ id }) as WaitingEntry;
  const asOf = evening;

  test("where every page is the first one, reading ends with a drift, after a few", async () => {
    let asked = 0;
    const client = {
      waiting: async () => {
        asked += 1;
        return { items: Array.from({ length: 500 }, (_, index) => entry(index + 1)), total: 10 ** 9, asOf };
      },
    };
    let cursor: string | undefined;
    const read = async () => {
      for (;;) cursor = (await readWaiting(client, cursor)).next;
    };
    await expect(read()).rejects.toMatchObject({ fault: "drifted" });
    expect(asked).toBeLessThan(10);
  });

  test("one that is suddenly empty is asked for its first page at once, not for all before where one stood", async () => {
    let asked = 0;
    const client = {
      waiting: async () => {
        asked += 1;
        return { items: [], total: 0, asOf };
      },
    };
    await readWaiting(client, JSON.stringify({ lastId: 900_000, seen: 500_000 }));
    expect(asked).toBe(2);
  });
});
