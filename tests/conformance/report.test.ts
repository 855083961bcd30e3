import { expect, test } from "vitest";
import doclr from "../../adapters/doclr/adapter.ts";
import { reasonOf } from "../../adapters/kit/check/reason.ts";
import { findingOf } from "../../adapters/kit/check/report.ts";
import { textOf } from "../../adapters/kit/check/text.ts";
import { load, promisesOf } from "../../adapters/kit/conformance.ts";
import { type Adapter, AdapterError, type Ports } from "../../schema/adapter.ts";
import { plusMinutes } from "../../schema/primitives.ts";

/* What adapter:check says of an adapter with something broken in it. */

const sound = await load("doclr");
type List = Ports["slots"]["list"];

const findingWith = async (spoil: (list: List) => List, words: RegExp) => {
  const connect: Adapter["connect"] = (options, ctx) => {
    const ports = doclr.connect(doclr.options.parse(options), ctx);
    return { ...ports, slots: { list: spoil(ports.slots.list) } } as unknown as Ports;
  };
  const promised = promisesOf(["slots"]).find(({ promise }) => words.test(promise));
  if (!promised) throw new Error(`no promise says ${words}`);
  return findingOf({ ...sound, adapter: { ...doclr, connect } }, promised);
};

test("names the requests, what was expected and what was found", async () => {
  const late = await findingWith(
    (list) => async (input) => {
      const [first, ...rest] = await list(input);
      return first ? [{ ...first, startsAt: plusMinutes(input.until, 5) }, ...rest] : [];
    },
    /only of those centres|begin within/,
  );
  expect(late).toMatchObject({ capability: "slots", outcome: "not-proven" });
  expect(late.asked).toEqual([expect.stringMatching(/^GET \/slots\?centre=.* \(200\)$/)]);
  const repeated = await findingWith(
    (list) => async (input) => {
      const found = await list(input);
      return found.map((slot) => ({ ...slot, externalId: found[0]?.externalId ?? slot.externalId }));
    },
    /name of its own/,
  );
  expect(repeated.reason).toMatch(/^names repeat: expected \d+, found 1$/);
});

test("names the request that met a fault, and what was thrown after it", async () => {
  const found = await findingWith(
    (list) => (input) =>
      list(input).catch(() => {
        throw new TypeError("no");
      }),
    /hangs up/,
  );
  expect(found.reason).toBe("list threw something else: TypeError: no");
  expect(found.asked).toContainEqual(expect.stringMatching(/^GET \/slots.*\(no whole reply\)$/));
});

test("has a sentence for whatever is thrown", () => {
  expect(reasonOf(new AdapterError("drifted", "not\n JSON"))).toBe("the adapter threw drifted: not JSON");
  expect(reasonOf(new RangeError("no", { cause: "why" }))).toBe(
    "RangeError: no (something was thrown that is no error: 'why')",
  );
});

test("is read capability by capability, and ends with the counts", () => {
  const text = textOf({
    adapter: "xyz",
    capabilities: ["slots", "booking"],
    findings: [
      { capability: "slots", promise: "never a brand", outcome: "proven" },
      { capability: "slots", promise: "a place", outcome: "nothing-to-try", reason: "it books nothing" },
      {
        ...{ capability: "slots", promise: "no other", outcome: "not-proven", reason: "expected 1, found 2" },
        asked: ["GET /slots (200)"],
      },
    ],
    counts: { proven: 1, "not-proven": 1, "nothing-to-try": 1 },
  });
  expect(text).toBe(`adapters/xyz has slots, booking

slots
  proven          never a brand
  nothing to try  a place
                  it books nothing
  NOT PROVEN      no other
                  expected 1, found 2
                  asked: GET /slots (200)

booking, which no suite tries

3 promises: 1 proven, 1 not proven, 1 with nothing to try
`);
});
