import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createPages } from "../../adapters/doctena/simulator/people.ts";
import { person } from "../../adapters/kit/people.ts";
import type { Delivery } from "../../adapters/kit/simulator.ts";
import { type Instant, instant, millis } from "../../schema/primitives.ts";
import { evening, heysel, openDoctena, request } from "./doctena-scene.ts";

const secret = "sandbox-doctena-webhook";
const event = { type: "waiting-list.vaccinated", at: evening, entryId: 7 };
const delivery = "0f8fad5b-d9cb-469f-a165-70867728950e";

const signed = (body: string, { at = evening, key = secret } = {}): Delivery => {
  const seconds = millis(at) / 1000;
  const signature = createHmac("sha256", key).update(`${seconds}.${body}`).digest("hex");
  return { headers: { "doctena-signature": `t=${seconds},v1=${signature}` }, body };
};
const later = (minutes: number): Instant => instant(millis(evening) + minutes * 60_000);

describe("a delivery", () => {
  const body = JSON.stringify({ delivery, ...event });
  const receive = async (sent: Delivery, receivedAt = evening) =>
    (await openDoctena()).ports.inbound.receive({ ...sent, receivedAt });
  const forged = { fault: "forged" };

  test("that is signed is read, up to five minutes either way", async () => {
    const read = { delivery, events: [{ kind: "vaccinated", externalId: "7", at: evening }] };
    for (const minutes of [-5, 0, 5]) expect(await receive(signed(body), later(minutes))).toEqual(read);
  });

  test("that is old, or from a clock far ahead, is forged", async () => {
    await expect(receive(signed(body), later(5.02))).rejects.toMatchObject(forged);
    await expect(receive(signed(body), later(-5.02))).rejects.toMatchObject(forged);
  });

  test("that was altered in body, time or signature is forged", async () => {
    const { headers, body: whole } = signed(body);
    const { "doctena-signature": header = "" } = headers;
    const last = header.endsWith("0") ? "1" : "0";
    const altered = [
      { headers, body: whole.replace('"entryId":7', '"entryId":8') },
      { headers, body: `${whole} ` },
      { headers: { "doctena-signature": header.replace(/^t=\d+/, `t=${millis(evening) / 1000 + 1}`) }, body },
      { headers: { "doctena-signature": header.slice(0, -1) + last }, body },
      { headers: { "doctena-signature": header.slice(0, -2) }, body },
      { headers: { "doctena-signature": "t=,v1=" }, body },
      { headers: {}, body },
      signed(body, { key: "somebody else's secret" }),
    ];
    for (const each of altered) await expect(receive(each)).rejects.toMatchObject(forged);
  });

  test("that is signed and not as documented has drifted", async () => {
    for (const text of ["", "[]", JSON.stringify({ ...event, delivery, entryId: "seven" })])
      await expect(receive(signed(text))).rejects.toMatchObject({ fault: "drifted" });
  });

  test("of a type that came later is no event", async () => {
    const text = JSON.stringify({ delivery, type: "practice.renamed", at: evening, practice: 4101 });
    expect(await receive(signed(text))).toEqual({ delivery, events: [] });
  });

  test("about another client's appointment is no event", async () => {
    const other = { type: "appointment.cancelled", at: evening, appointmentId: 3, reference: "A-17" };
    expect(await receive(signed(JSON.stringify({ delivery, ...other })))).toMatchObject({ events: [] });
  });
});

describe("what people do on Doctena's own pages", () => {
  test("reaches the gateway: signing up, cancelling, being vaccinated", async () => {
    const doctena = await openDoctena();
    const pages = createPages(doctena.state, doctena.world);
    const asked = request(2);
    const receipt = await doctena.ports.booking.book(asked);
    if (receipt.outcome !== "booked") expect.fail(receipt.cause);
    const externalId = await pages.signUp(person(1, heysel));
    await pages.cancelAppointment(receipt.externalRef);
    await pages.vaccinate(externalId);
    const received = await Promise.all(
      doctena.delivered.map((sent) =>
        doctena.ports.inbound.receive({ ...sent, receivedAt: doctena.clock.now() }),
      ),
    );
    expect(received.flatMap(({ events }) => events)).toMatchObject([
      { kind: "roster-changed", entry: { value: { externalId, birthYearOnly: true, centres: [heysel] } } },
      { kind: "booking-cancelled", booking: asked.booking, at: evening },
      { kind: "vaccinated", externalId, at: evening },
    ]);
    expect(new Set(received.map((each) => each.delivery)).size).toBe(3);
    expect(await doctena.ports.booking.find(asked)).toBeUndefined();
  });

  test("what the gateway itself writes is not told back to it", async () => {
    const doctena = await openDoctena();
    await doctena.ports.roster.put(person(1, heysel));
    await doctena.ports.booking.book(request(2));
    expect(doctena.delivered).toEqual([]);
  });
});
