import { describe, expect, test } from "vitest";
import { accountOf } from "../../gateway/simulate/account.ts";
import { type Evening, inMinutes } from "../../gateway/simulate/evening.ts";
import type { Outcome } from "../../gateway/simulate/outcome.ts";
import { covidliste } from "../../gateway/simulate/strategies/covidliste.ts";
import { oracle } from "../../gateway/simulate/strategies/oracle.ts";
import { strict } from "../../gateway/simulate/strategies/strict.ts";
import { triple } from "../../gateway/simulate/strategies/triple.ts";
import { eveningWith, noAfter, silent, yesAfter } from "./evenings.ts";

const minutes = (outcome: Outcome, of: "askedAt" | "promisedAt") =>
  outcome.map((each) => {
    const at = each[of];
    return at === undefined ? undefined : Math.round(inMinutes(each.left.at, at));
  });
const manySilent = (count: number) => Array.from({ length: count }, () => silent);

describe("strict: one exclusive half hour for each dose, then the next", () => {
  test("one dose, the first silent, the second says yes: asked at 0 and at 30 minutes", async () => {
    const outcome = await strict(eveningWith(1, silent, yesAfter(10), yesAfter(1)));
    expect(minutes(outcome, "askedAt")).toEqual([0, 30]);
    expect(minutes(outcome, "promisedAt")).toEqual([undefined, 40]);
  });

  test("a no passes the dose on at once, and a late yes finds it at another's", async () => {
    const evening = eveningWith(1, noAfter(4), yesAfter(31), yesAfter(10));
    const outcome = await strict(evening);
    expect(minutes(outcome, "askedAt")).toEqual([0, 4, 34]);
    expect(accountOf(evening, outcome)).toMatchObject({ used: 1, turnedAway: 0, orderInversions: 0 });
  });

  test("nobody is asked when too little is left, and the place of someone who stays away is filled", async () => {
    expect(await strict(eveningWith(1, ...manySilent(9)))).toHaveLength(5);
    const evening = eveningWith(1, { ...yesAfter(5), comes: false }, yesAfter(5));
    const outcome = await strict(evening);
    expect(minutes(outcome, "askedAt")).toEqual([0, 45]);
    expect(accountOf(evening, outcome).used).toBe(1);
  });
});

describe("triple: three messages for each dose, the first yes wins, three more after half an hour", () => {
  test("whoever stands higher and says yes later is turned away, and the order is broken", async () => {
    const evening = eveningWith(1, yesAfter(20), silent, yesAfter(3), yesAfter(1));
    const outcome = await triple(evening);
    expect(minutes(outcome, "promisedAt")).toEqual([undefined, undefined, 3]);
    expect(accountOf(evening, outcome)).toMatchObject({ invited: 3, turnedAway: 1, orderInversions: 1 });
  });

  test("three more for each dose that is left", async () => {
    const outcome = await triple(eveningWith(2, yesAfter(5), ...manySilent(20)));
    expect(minutes(outcome, "askedAt").slice(0, 12)).toEqual([0, 0, 0, 0, 0, 0, 30, 30, 30, 60, 60, 60]);
  });
});

describe("covidliste: waves by the response curve, the first click wins", () => {
  test("five for the first dose, and a hundred and more where nobody has clicked after ten minutes", async () => {
    const outcome = await covidliste(eveningWith(1, ...manySilent(400)));
    const asked = minutes(outcome, "askedAt");
    expect(asked.filter((at) => at === 0)).toHaveLength(5);
    expect(asked.filter((at) => at === 10)).toHaveLength(125);
    expect(outcome).toHaveLength(200);
  });

  test("a click after the first finds nothing, and nobody had said so", async () => {
    const evening = eveningWith(1, yesAfter(9), yesAfter(2), ...manySilent(8));
    const outcome = await covidliste(evening);
    expect(outcome).toHaveLength(5);
    expect(accountOf(evening, outcome)).toMatchObject({ used: 1, turnedAway: 1, orderInversions: 1 });
  });
});

describe("oracle: knows each answer and its minute, and not who stays away", () => {
  const usedIn = async (evening: Evening) => accountOf(evening, await oracle(evening)).used;

  test("asks whom it promises, in order, and no other", async () => {
    const outcome = await oracle(
      eveningWith(2, silent, yesAfter(200), yesAfter(140), yesAfter(3), yesAfter(1)),
    );
    expect(outcome.map(({ person }) => person.id)).toEqual(["person-0002", "person-0003"]);
  });

  test("fills the place of someone who stays away while there is time to come", async () => {
    expect(await usedIn(eveningWith(1, { ...yesAfter(5), comes: false }, yesAfter(90)))).toBe(1);
    expect(await usedIn(eveningWith(1, { ...yesAfter(5), comes: false }, yesAfter(151)))).toBe(0);
  });
});
