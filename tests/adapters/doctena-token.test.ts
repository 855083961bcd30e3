import { describe, expect, test } from "vitest";
import { shared } from "../../adapters/doctena/fresh.ts";
import { createClock } from "../../adapters/kit/clock.ts";
import { onlyNth } from "../../adapters/kit/faults.ts";
import { plusMinutes } from "../../schema/primitives.ts";
import { evening, openDoctena, request, type Scene } from "./doctena-scene.ts";

const tokensAsked = ({ asked }: Scene) => asked.filter((each) => each === "POST /oauth/token").length;
const look = ({ ports }: Scene) => ports.booking.find(request());

describe("the bearer token", () => {
  test("is asked for once, by however many callers at the same time", async () => {
    const doctena = await openDoctena();
    await Promise.all(Array.from({ length: 10 }, () => look(doctena)));
    await look(doctena);
    expect(tokensAsked(doctena)).toBe(1);
  });

  test("is renewed before it ends, once for all", async () => {
    const doctena = await openDoctena();
    await look(doctena);
    doctena.pass(14);
    await look(doctena);
    expect(tokensAsked(doctena)).toBe(1);
    doctena.pass(0.75);
    await Promise.all(Array.from({ length: 10 }, () => look(doctena)));
    expect(tokensAsked(doctena)).toBe(2);
  });

  test("that Doctena forgot is replaced, and the request made again", async () => {
    const doctena = await openDoctena();
    await look(doctena);
    doctena.state.tokens = {};
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => look(doctena)));
    expect(outcomes).toEqual(Array.from({ length: 10 }, () => undefined));
    expect(tokensAsked(doctena)).toBe(2);
  });

  test("that could not be had is asked for again by the next caller", async () => {
    const doctena = await openDoctena();
    doctena.faults.plan(onlyNth(1, { kind: "server-error", status: 503 }));
    await expect(look(doctena)).rejects.toMatchObject({ fault: "unavailable" });
    await expect(look(doctena)).resolves.toBeUndefined();
  });

  test("is refused to a client that Doctena does not know, without its secret in the message", async () => {
    const doctena = await openDoctena();
    const ports = doctena.connect(doctena.url, { clientSecret: "not-the-secret" });
    const refused = await ports.booking.find(request()).catch((fault: unknown) => fault);
    expect(refused).toMatchObject({ fault: "rejected" });
    expect(String(refused)).not.toContain("not-the-secret");
  });
});

describe("a shared value", () => {
  test("that is over as soon as it is read still serves whoever waited for it", async () => {
    const clock = createClock(evening);
    let reads = 0;
    const value = shared(clock.now, async () => {
      reads += 1;
      return { value: reads, until: evening };
    });
    expect(await Promise.all([value.get(), value.get()])).toEqual([1, 1]);
    expect(await value.get()).toBe(2);
  });

  test("is dropped only by the one who was refused with it", async () => {
    const clock = createClock(evening);
    let reads = 0;
    const value = shared(clock.now, async () => {
      reads += 1;
      return { value: reads, until: plusMinutes(evening, 60) };
    });
    const first = await value.get();
    value.drop(first);
    const second = await value.get();
    value.drop(first);
    expect(await value.get()).toBe(second);
  });
});
