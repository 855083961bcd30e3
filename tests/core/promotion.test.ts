import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byRank } from "../../gateway/core/order.ts";
import { promotions, type Unpromised } from "../../gateway/core/promotion.ts";
import type { InvitationId } from "../../schema/primitives.ts";
import { InvitationKind } from "../../schema/surplus.ts";

const person: fc.Arbitrary<Unpromised> = fc
  .record({
    id: fc.uuid({ version: 4 }).map((id) => id as InvitationId),
    rank: fc.integer({ min: 0, max: 999 }).map((place) => String(place).padStart(3, "0")),
    kind: fc.constantFrom(...InvitationKind.options),
    isReady: fc.boolean(),
    // Whoever has not answered is not late, and a dose is held for nobody who let their window pass.
    isLate: fc.boolean(),
  })
  .map((each) => ({ ...each, isLate: each.isLate && each.isReady && each.kind === "standby" }));

/** Whether one stands before another: in the authority's order, whoever let their window pass behind the others. */
const isBefore = (one: Unpromised, other: Unpromised): boolean =>
  one.isLate === other.isLate ? byRank(one, other) < 0 : other.isLate;

/** Doses that are promised to nobody, and people who hold no promise: never more holds than doses. */
const evening = fc
  .record({
    asked: fc.uniqueArray(person, { maxLength: 14, selector: ({ rank }) => rank }),
    more: fc.nat(6),
  })
  .map(({ asked, more }) => ({
    asked,
    free: asked.filter(({ kind }) => kind === "hold").length + more,
  }));

const holds = (check: (evening: { asked: Unpromised[]; free: number }, promised: Unpromised[]) => void) =>
  fc.assert(
    fc.property(evening, ({ asked, free }) => {
      const ids = promotions(asked, { free, firstYes: false });
      check(
        { asked, free },
        asked.filter(({ id }) => ids.includes(id)),
      );
    }),
    { numRuns: 2000 },
  );

describe("the one rule: a yes becomes a promise when nobody can take it away any more", () => {
  test("never more promises than doses, and only to those who said yes (F13)", () =>
    holds(({ free }, promised) => {
      expect(promised.length).toBeLessThanOrEqual(free);
      for (const { isReady } of promised) expect(isReady).toBe(true);
    }));

  test("whoever holds a dose and says yes has it, whatever anybody else does", () =>
    holds(({ asked }, promised) => {
      for (const each of asked) if (each.kind === "hold" && each.isReady) expect(promised).toContain(each);
    }));

  test("a promise can be kept however everybody else answers, and in the authority's order", () =>
    holds(({ asked, free }, promised) => {
      const rest = asked.filter((each) => !promised.includes(each));
      const held = rest.filter(({ kind }) => kind === "hold").length;
      expect(promised.length + held).toBeLessThanOrEqual(free);
      for (const each of promised.filter(({ kind }) => kind === "standby")) {
        const above = rest.filter((other) => other.kind === "standby" && isBefore(other, each)).length;
        // Everybody above, and everybody for whom a dose is held, may still say yes: there is one for each.
        expect(promised.length + held + above).toBeLessThanOrEqual(free);
        for (const other of rest)
          if (other.kind === "standby" && other.isReady) expect(isBefore(each, other)).toBe(true);
      }
    }));

  test("is the rule in words: fewer above than free doses; and looking again changes nothing", () =>
    holds(({ asked, free }, promised) => {
      const rest = asked.filter((each) => !promised.includes(each));
      const left = free - promised.length;
      expect(promotions(rest, { free: left, firstYes: false })).toEqual([]);
      const held = rest.filter(({ kind }) => kind === "hold").length;
      for (const each of rest.filter(({ kind, isReady }) => kind === "standby" && isReady)) {
        const above = rest.filter((other) => other.kind === "standby" && isBefore(other, each)).length;
        expect(above).toBeGreaterThanOrEqual(left - held);
      }
    }));

  test("a late yes from above takes no dose that somebody below was told is held", () => {
    const [late, holder] = ["late", "holder"] as InvitationId[];
    if (!late || !holder) return;
    const asked: Unpromised[] = [
      { id: late, rank: "1", kind: "standby", isReady: true, isLate: true },
      { id: holder, rank: "5", kind: "hold", isReady: false, isLate: false },
    ];
    expect(promotions(asked, { free: 1, firstYes: false })).toEqual([]);
    expect(promotions(asked, { free: 2, firstYes: false })).toEqual([late]);
    const answered = asked.map((each) => ({ ...each, isReady: true }));
    expect(promotions(answered, { free: 1, firstYes: false })).toEqual([holder]);
  });

  test("a late yes from above takes nothing from somebody who is within their window (eager list, evening 50)", () => {
    const asked: Unpromised[] = [
      { id: "late" as InvitationId, rank: "0", kind: "standby", isReady: true, isLate: true },
      { id: "within" as InvitationId, rank: "6", kind: "standby", isReady: false, isLate: false },
    ];
    expect(promotions(asked, { free: 1, firstYes: false })).toEqual([]);
    expect(promotions(asked.slice(0, 1), { free: 1, firstYes: false })).toEqual(["late"]);
  });

  test("where the authority lets the first yes count at the end, nobody waits for those above", () => {
    const asked: Unpromised[] = [
      { id: "a" as InvitationId, rank: "1", kind: "standby", isReady: false, isLate: false },
      { id: "b" as InvitationId, rank: "2", kind: "standby", isReady: true, isLate: false },
    ];
    expect(promotions(asked, { free: 1, firstYes: false })).toEqual([]);
    expect(promotions(asked, { free: 1, firstYes: true })).toEqual(["b"]);
  });
});
