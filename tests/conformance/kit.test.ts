import { Hono } from "hono";
import { afterEach, describe, expect, test } from "vitest";
import doclr from "../../adapters/doclr/adapter.ts";
import { createClock } from "../../adapters/kit/clock.ts";
import { attempt, discover, load, promisesOf } from "../../adapters/kit/conformance.ts";
import { runPlatform } from "../../adapters/kit/platform.ts";
import type { Candidate } from "../../adapters/kit/scene.ts";
import { type Adapter, AdapterError, type Ports } from "../../schema/adapter.ts";
import { CentreId, type ExternalId, instant, plusMinutes } from "../../schema/primitives.ts";

const sound = await load("doclr");
type Doclr = Pick<Ports, "slots" | "booking">;

/** The adapter of Doclr with something broken in it. */
const broken = (breaking: (ports: Doclr) => Doclr): Candidate => {
  const connect: Adapter["connect"] = (options, ctx) =>
    breaking(doclr.connect(doclr.options.parse(options), ctx)) as Ports;
  return { ...sound, adapter: { ...doclr, connect } };
};

/** Which promises an adapter breaks, of those whose words match. */
const brokenPromises = async (candidate: Candidate, words: RegExp): Promise<string[]> => {
  const tried = promisesOf(candidate.adapter.capabilities).filter(({ promise }) => words.test(promise));
  expect(tried).not.toEqual([]);
  const failed = await Promise.all(
    tried.map((promised) =>
      attempt(candidate, promised).then(
        () => [],
        () => [promised.promise],
      ),
    ),
  );
  return failed.flat();
};

test("an adapter is found by its folder alone", async () => {
  expect(await discover()).toEqual(expect.arrayContaining(["doclr", "doctena", "local-list", "qvax"]));
});

// Forty requests at one instant: on a machine that is busy otherwise, the system itself may drop one.
test("the sound adapter breaks none of the promises below", { retry: 2 }, async () => {
  const words = /begin within|an HTML page|reply is lost|first receipt|not as|shape|forged|many want/;
  expect(await brokenPromises(sound, words)).toEqual([]);
});

describe("the suite notices an adapter that", () => {
  test("invents a slot", async () => {
    const candidate = broken(({ slots, booking }) => ({
      booking,
      slots: {
        list: async (input) => {
          const [first, ...rest] = await slots.list(input);
          if (!first) return [];
          const startsAt = plusMinutes(input.until, 5);
          return [first, ...rest, { ...first, externalId: "x" as ExternalId, startsAt }];
        },
      },
    }));
    expect(await brokenPromises(candidate, /begin within/)).toHaveLength(1);
  });

  test("returns nothing where the platform failed", async () => {
    const candidate = broken(({ slots, booking }) => ({
      booking,
      slots: { list: (input) => slots.list(input).catch(() => []) },
    }));
    expect(await brokenPromises(candidate, /^list when/)).toHaveLength(12);
  });

  test("calls a lost reply something that did not happen", async () => {
    const candidate = broken(({ slots, booking }) => ({
      slots,
      booking: {
        ...booking,
        book: (request) =>
          booking.book(request).catch(() => {
            throw new AdapterError("rejected", "no");
          }),
      },
    }));
    expect(await brokenPromises(candidate, /^book when.*reply is lost/)).toHaveLength(1);
  });

  test("throws what is no AdapterError", async () => {
    const candidate = broken(({ slots, booking }) => ({
      slots,
      booking: {
        ...booking,
        find: (request) =>
          booking.find(request).catch(() => {
            throw new TypeError("no");
          }),
      },
    }));
    expect(await brokenPromises(candidate, /^find when.*(HTML|429)/)).toHaveLength(2);
  });

  test("gives out receipts for nothing", async () => {
    const candidate = broken(({ slots, booking }) => ({
      slots,
      booking: {
        ...booking,
        book: async ({ at }) => ({ outcome: "booked", externalRef: "R1" as ExternalId, at }),
      },
    }));
    expect(await brokenPromises(candidate, /many want|^books:|refuses no-slot/)).toHaveLength(3);
  });
});

describe("the suite notices an adapter that asks people and", () => {
  const breaking = async (spoil: (port: Ports["invite"]) => Ports["invite"]): Promise<Candidate> => {
    const candidate = await load("qvax");
    const connect: Adapter["connect"] = (options, ctx) => {
      const ports = candidate.adapter.connect(options, ctx);
      return { ...ports, invite: spoil(ports.invite) };
    };
    return { ...candidate, adapter: { ...candidate.adapter, connect } };
  };
  const words = /told which it is|standby who is silent|after the window/;

  test("keeps its promises", async () => {
    expect(await brokenPromises(await load("qvax"), words)).toEqual([]);
  });

  test("tells a standby that the dose is theirs", async () => {
    const candidate = await breaking((port) => ({
      ...port,
      send: (request) => port.send({ ...request, kind: "hold" }),
    }));
    expect(await brokenPromises(candidate, words)).toHaveLength(2);
  });

  test("drops an answer because it is late", async () => {
    const candidate = await breaking((port) => ({
      ...port,
      answers: async (input) => ({ ...(await port.answers(input)), events: [] }),
    }));
    expect(await brokenPromises(candidate, words)).toHaveLength(1);
  });
});

describe("the suite notices an adapter of official invitations that", () => {
  const breaking = (spoil: (port: Ports["official"]) => Partial<Ports["official"]>): Candidate => {
    const connect: Adapter["connect"] = (options, ctx) => {
      const ports = sound.adapter.connect(options, ctx);
      return { ...ports, official: { ...ports.official, ...spoil(ports.official) } };
    };
    return { ...sound, adapter: { ...sound.adapter, connect } };
  };
  const words =
    /^changes tells|name of an invitation|resumes after its page|own is no acceptance|reinstate makes|a code is good|^supersede (gives|after|leaves)|somebody whom/;

  test("keeps its promises", async () => {
    expect(await brokenPromises(sound, words)).toEqual([]);
  });

  test("calls the first page all there is", async () => {
    const candidate = breaking(({ changes }) => ({
      changes: async (input) => ({ ...(await changes(input)), complete: true }),
    }));
    expect(await brokenPromises(candidate, words)).toEqual([expect.stringMatching(/resumes after its page/)]);
  });

  test("tells again what was read before", async () => {
    const candidate = breaking(({ changes }) => ({ changes: () => changes({}) }));
    expect(await brokenPromises(candidate, /own is no acceptance/)).toHaveLength(1);
  });

  test("gives two invitations one name", async () => {
    const candidate = breaking(({ changes }) => ({
      changes: async (input) => {
        const page = await changes(input);
        return { ...page, events: page.events.map((event) => ({ ...event, ref: "I1" as ExternalId })) };
      },
    }));
    expect(await brokenPromises(candidate, words)).toEqual([expect.stringMatching(/^changes tells/)]);
  });

  test("gives back what was reserved before the dose was accepted", async () => {
    const candidate = breaking(({ supersede }) => ({
      supersede: (input) => supersede({ ...input, reason: "vaccinated" }),
    }));
    expect(await brokenPromises(candidate, words)).toEqual([expect.stringMatching(/^supersede gives back/)]);
  });

  test("calls a code ended that is still good, or leaves ended what is valid again", async () => {
    const silent = async () => undefined;
    const deaf = await brokenPromises(
      breaking(() => ({ supersede: silent })),
      words,
    );
    expect(deaf).toEqual(expect.arrayContaining([expect.stringMatching(/^a code is good until supersede/)]));
    const forgetful = await brokenPromises(
      breaking(() => ({ reinstate: silent })),
      words,
    );
    expect(forgetful).toEqual([expect.stringMatching(/^reinstate makes valid again/)]);
  });

  test("says that a code ended where the platform failed", async () => {
    const candidate = breaking(({ supersede }) => ({
      supersede: (input) => supersede(input).catch(() => undefined),
    }));
    expect(await brokenPromises(candidate, /^supersede when the platform is down/)).toHaveLength(1);
  });
});

test("the judge notices a simulator that does not keep to its document", async () => {
  const app: Candidate["simulator"]["app"] = (state, world) => {
    const honest = sound.simulator.app(state, world);
    return new Hono().all("*", async (c) => {
      const reply = await honest.fetch(c.req.raw);
      return new Response((await reply.text()).replaceAll('"free":12', '"free":0'), reply);
    });
  };
  const candidate = { ...sound, simulator: { ...sound.simulator, app } };
  const [within] = promisesOf(["slots"]);
  if (!within) throw new Error("there is no promise about slots");
  await expect(attempt(candidate, within)).rejects.toThrow(
    /GET .slots \(200\): body.slots.0.free must be >= 1/,
  );
});

describe("the judge", () => {
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close();
  });
  const judged = async () => {
    const clock = createClock(instant(Date.UTC(2021, 4, 18, 14)));
    const judge = sound.contract?.judge();
    if (!judge) throw new Error("Doclr has an API document");
    const world = {
      ...clock,
      random: () => 0.5,
      centres: [CentreId.parse("charleroi")],
      deliver: async () => {},
    };
    const platform = await runPlatform({ simulator: sound.simulator, world, judge });
    open.push(platform);
    const authorization = `Basic ${btoa("everydose:sandbox-doclr")}`;
    const ask = (path: string, init: RequestInit = {}) =>
      fetch(platform.url + path, { ...init, headers: { authorization, ...init.headers } });
    return { ask, violations: judge.violations, faults: platform.faults };
  };

  test("finds nothing in what the document allows, a refusal included", async () => {
    const { ask, violations } = await judged();
    await ask("/slots?centre=charleroi&from=18/05/2021&until=18/05/2021");
    await ask("/slots?centre=charleroi&from=soon");
    await ask("/slots?centre=charleroi&from=18/05/2021&until=18/05/2021", { headers: { authorization: "" } });
    expect(violations).toEqual([]);
  });

  test("finds a request that is not in the document and was carried out all the same", async () => {
    const { ask, violations } = await judged();
    const person = { givenName: "An", familyName: "Maes", birthDate: "01/02/1950" };
    const headers = { "content-type": "text/plain" };
    await ask("/invitations/search", { method: "POST", headers, body: JSON.stringify(person) });
    expect(violations).toEqual([expect.stringContaining('no content of type "text/plain"')]);
  });

  test("does not see a fault that the kit injects", async () => {
    const { ask, violations, faults } = await judged();
    faults.plan(() => ({ kind: "html-page" }));
    const reply = await ask("/slots?centre=charleroi&from=18/05/2021&until=18/05/2021");
    expect([reply.status, reply.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    expect(faults.injected()).toBe(1);
    expect(violations).toEqual([]);
  });
});
