import { Hono } from "hono";
import { describe, expect, test } from "vitest";
import { guest } from "../../adapters/kit/people.ts";
import { serve } from "../../adapters/kit/serve.ts";
import type { BookingReceipt } from "../../schema/adapter.ts";
import { ExternalId, type Instant } from "../../schema/primitives.ts";
import { evening, heysel, openDoctena, request, type Scene, schaerbeek, signal } from "./doctena-scene.ts";

const booked = ({ bench }: Scene) => bench.bookings?.().filter(({ state }) => state === "booked") ?? [];
const refOf = (receipt: BookingReceipt) =>
  receipt.outcome === "booked" ? receipt.externalRef : expect.fail(receipt.cause);

/** Does what the request asks, and loses the reply. */
const loseReplyTo = ({ faults }: Scene, path: RegExp) => {
  let lost = false;
  faults.plan((asked) => {
    if (lost || asked.method === "GET" || !path.test(asked.path)) return undefined;
    lost = true;
    return { kind: "lost-reply" };
  });
};

describe("hold, then confirm", () => {
  test("a lost confirmation is unknown, and found by looking", async () => {
    const doctena = await openDoctena();
    const asked = request();
    loseReplyTo(doctena, /confirmation$/);
    await expect(doctena.ports.booking.book(asked)).rejects.toMatchObject({ fault: "unknown" });
    const [held] = booked(doctena);
    expect(await doctena.ports.booking.find(asked)).toEqual({ externalRef: held?.externalRef, at: asked.at });
    expect(refOf(await doctena.ports.booking.book(asked))).toBe(held?.externalRef);
    expect(booked(doctena)).toHaveLength(1);
  });

  test("a lost hold books nothing, and a repeat confirms that same hold", async () => {
    const doctena = await openDoctena();
    const asked = request();
    loseReplyTo(doctena, /appointments$/);
    await expect(doctena.ports.booking.book(asked)).rejects.toMatchObject({ fault: "unavailable" });
    expect(await doctena.ports.booking.find(asked)).toBeUndefined();
    const [hold] = Object.values(doctena.state.appointments);
    expect(refOf(await doctena.ports.booking.book(asked))).toBe(String(hold?.id));
  });

  test("a hold that was never confirmed gives its place back after ten minutes", async () => {
    const doctena = await openDoctena();
    for (const agenda of doctena.state.agendas) agenda.capacity = agenda.id % 10 === 0 ? 1 : 0;
    loseReplyTo(doctena, /appointments$/);
    await expect(doctena.ports.booking.book(request(1))).rejects.toMatchObject({ fault: "unavailable" });
    const full = await doctena.ports.booking.book(request(2));
    expect(full).toEqual({ outcome: "refused", cause: "no-slot" });
    doctena.pass(10);
    expect(refOf(await doctena.ports.booking.book(request(2)))).toBeTruthy();
  });

  test("a hold that ends just before its confirmation is no booking, and a repeat makes one", async () => {
    const doctena = await openDoctena();
    const asked = request();
    loseReplyTo(doctena, /appointments$/);
    await expect(doctena.ports.booking.book(asked)).rejects.toMatchObject({ fault: "unavailable" });
    doctena.faults.plan(({ path }) => {
      if (path.endsWith("/confirmation")) doctena.pass(10);
      return undefined;
    });
    await expect(doctena.ports.booking.book(asked)).rejects.toMatchObject({ fault: "unavailable" });
    doctena.faults.lift();
    expect(refOf(await doctena.ports.booking.book(asked))).toBeTruthy();
    expect(booked(doctena)).toHaveLength(1);
  });

  test("a booking moved to another time under its own name is one booking", async () => {
    const doctena = await openDoctena();
    const asked = request();
    const externalRef = refOf(await doctena.ports.booking.book(asked));
    await doctena.ports.booking.cancel({ booking: asked.booking, centre: asked.centre, externalRef });
    const at = "2021-05-18T17:30:00.000Z" as Instant;
    expect(await doctena.ports.booking.book({ ...asked, at })).toMatchObject({ outcome: "booked", at });
    expect(booked(doctena)).toHaveLength(1);
  });

  test("a time within a slot is booked at the slot's beginning", async () => {
    const { ports } = await openDoctena();
    const asked = request(1, { at: "2021-05-18T17:04:30.000Z" as Instant });
    expect(await ports.booking.book(asked)).toMatchObject({ at: "2021-05-18T17:00:00.000Z" });
  });

  test("cancelling what Doctena never made is success", async () => {
    const { ports } = await openDoctena();
    for (const name of ["77", "not-one-of-its-names"]) {
      const cancelled = ports.booking.cancel({
        booking: request().booking,
        centre: heysel,
        externalRef: ExternalId.parse(name),
      });
      await expect(cancelled).resolves.toBeUndefined();
    }
  });
});

describe("what Doctena refuses", () => {
  const bookOn = async (arrange: (doctena: Scene) => Promise<void> | void, change = {}) => {
    const doctena = await openDoctena();
    await arrange(doctena);
    return doctena.ports.booking.book(request(1, change));
  };
  const nothing = () => undefined;

  test("no-slot: before it opens, after it closes, at a centre that it does not have", async () => {
    const refused = { outcome: "refused", cause: "no-slot" };
    expect(await bookOn(nothing, { at: "2021-05-19T05:59:00.000Z" as Instant })).toEqual(refused);
    expect(await bookOn(nothing, { at: "2021-05-18T18:30:00.000Z" as Instant })).toEqual(refused);
    expect(await bookOn(nothing, { centre: "lint" })).toEqual(refused);
  });

  test("no-slot: where only a line that does not give this vaccine is open", async () => {
    const onlyFirstLine = ({ state }: Scene) => {
      state.agendas = state.agendas.filter(({ products }) => !products.includes("janssen"));
    };
    expect(await bookOn(onlyFirstLine, { vaccine: "janssen" })).toMatchObject({ cause: "no-slot" });
    expect(await bookOn(onlyFirstLine)).toMatchObject({ outcome: "booked" });
  });

  test("already-booked: whom it expects elsewhere today (F05)", async () => {
    const elsewhere = async ({ ports }: Scene) =>
      void (await ports.booking.book(request(1, { centre: schaerbeek })));
    expect(await bookOn(elsewhere)).toEqual({ outcome: "refused", cause: "already-booked" });
  });

  test("already-vaccinated: who had a dose, by what the register or the gateway said (F14)", async () => {
    const vaccinated = async ({ ports, bench }: Scene) => {
      const { nationalNumber, givenName, familyName, birthDate, contact } = guest(1, heysel);
      const entry = { nationalNumber, givenName, familyName, birthDate, contact };
      const [externalId = ExternalId.parse("0")] = bench.addPeople([
        { ...entry, centres: [heysel], conditions: [], state: "active" },
      ]);
      await ports.roster.close({ externalId, reason: "vaccinated" });
    };
    expect(await bookOn(vaccinated)).toEqual({ outcome: "refused", cause: "already-vaccinated" });
  });

  test("not-accepted: who is not 18 on that day", async () => {
    const change = { guest: { ...guest(1, heysel), birthDate: "2003-05-19" } };
    expect(await bookOn(nothing, change)).toEqual({ outcome: "refused", cause: "not-accepted" });
    const grown = { guest: { ...guest(1, heysel), birthDate: "2003-05-18" } };
    expect(await bookOn(nothing, grown)).toMatchObject({ outcome: "booked" });
  });
});

describe("slots of a night on which clocks change", () => {
  const openNight = async (start: Instant) => {
    const doctena = await openDoctena(start);
    for (const agenda of doctena.state.agendas)
      Object.assign(agenda, { opens: "00:00", closes: "06:00", minutes: 30 });
    doctena.state.agendas = doctena.state.agendas.filter(({ id }) => id % 10 === 1);
    return doctena;
  };
  const startsOf = async ({ ports }: Scene, span: { from: string; until: string }) => {
    const [from, until] = [span.from as Instant, span.until as Instant];
    const found = await ports.slots.list({ centres: [heysel], from, until, signal: signal() });
    return found.map(({ startsAt }) => startsAt.slice(11, 16));
  };

  test("in spring: none in the hour that is skipped, and none twice", async () => {
    const night = await openNight("2021-03-27T20:00:00.000Z" as Instant);
    const span = { from: "2021-03-28T00:00:00.000Z", until: "2021-03-28T02:00:00.000Z" };
    expect(await startsOf(night, span)).toEqual(["00:00", "00:30", "01:00", "01:30"]);
  });

  test("in autumn: those of the doubled hour once, in its first pass, however the span is cut", async () => {
    const night = await openNight("2021-10-30T20:00:00.000Z" as Instant);
    const [from, middle, until] = [
      "2021-10-31T00:15:00.000Z",
      "2021-10-31T01:15:00.000Z",
      "2021-10-31T03:00:00.000Z",
    ] as const;
    expect(await startsOf(night, { from, until })).toEqual(["00:30", "02:00", "02:30"]);
    expect(await startsOf(night, { from, until: middle })).toEqual(["00:30"]);
    expect(await startsOf(night, { from: middle, until })).toEqual(["02:00", "02:30"]);
  });

  test("in autumn: the first pass can be booked and found, the second cannot be named", async () => {
    const night = await openNight("2021-10-30T20:00:00.000Z" as Instant);
    const first = request(1, { at: "2021-10-31T00:30:00.000Z" as Instant });
    expect(await night.ports.booking.book(first)).toMatchObject({ outcome: "booked", at: first.at });
    expect(await night.ports.booking.find(first)).toMatchObject({ at: first.at });
    const second = request(2, { at: "2021-10-31T01:30:00.000Z" as Instant });
    expect(await night.ports.booking.book(second)).toEqual({ outcome: "refused", cause: "no-slot" });
  });
});

test("the slots of many centres are one question, and its pages are asked for together", async () => {
  const doctena = await openDoctena();
  doctena.asked.length = 0;
  const until = "2021-05-25T22:00:00.000Z" as Instant;
  const found = await doctena.ports.slots.list({
    centres: [heysel, schaerbeek],
    from: evening,
    until,
    signal: signal(),
  });
  expect(found).toHaveLength(new Set(found.map(({ externalId }) => externalId)).size);
  expect(new Set(found.map(({ centre }) => centre))).toEqual(new Set([heysel, schaerbeek]));
  expect(found).toHaveLength(2 * 2 * (15 + 7 * 75));
  expect(doctena.asked.filter((each) => each === "GET /v1/slots")).toHaveLength(5);
});

test("an error page with status 404 does not pass for an appointment that is gone", async () => {
  const doctena = await openDoctena();
  const { booking: name, centre } = request();
  const astray = new Hono();
  astray.post("/oauth/token", (c) => c.json({ access_token: "t", token_type: "Bearer", expires_in: 900 }));
  astray.notFound((c) => c.html("<title>Not here</title>", 404));
  const { url, close } = await serve(astray);
  const ports = doctena.connect(url);
  const cancelled = ports.booking.cancel({ booking: name, centre, externalRef: ExternalId.parse("7") });
  await expect(cancelled).rejects.toMatchObject({ fault: "drifted" });
  await close();
});
