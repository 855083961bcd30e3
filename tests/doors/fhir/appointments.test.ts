import type { Appointment, AppointmentResponse, Bundle, Patient } from "@medplum/fhirtypes";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { plusMinutes } from "../../../schema/primitives.ts";
import { base, inBundle, invited, openScene, type Scene, saidIn } from "./scene.ts";

/* From the question to the dose, as the centre's own system and the person's see it. */

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const asked = (born: string, kind?: "hold" | "standby") => invited(scene, born, kind);

const read = (id: string, sent: Parameters<Scene["ask"]>[2] = { as: "staff" }) =>
  scene.ask<Appointment>("GET", `/Appointment/${id}`, sent);
const people = ({ contained = [] }: Appointment) => contained as Patient[];

describe("who is asked", () => {
  test("is pending and nameless to the centre while a dose is held, booked and named after a yes, and fulfilled", async () => {
    const { id, token } = await asked("1950-01-15");
    const [own, theirs] = [await read(id, { token }), await read(id)];
    expect([own.status, theirs.status]).toEqual(["pending", "pending"]);
    expect(people(theirs)).toEqual([]);
    expect(JSON.stringify([own, theirs])).not.toMatch(/Dupont|pfizer/i);
    const said = await scene.ask<AppointmentResponse>(
      "POST",
      "/AppointmentResponse",
      {
        token,
        json: {
          resourceType: "AppointmentResponse",
          appointment: { reference: `Appointment/${id}` },
          actor: { type: "Patient" },
          participantStatus: "accepted",
        },
      },
      201,
    );
    expect(said).toMatchObject({ id, participantStatus: "accepted" });
    expect(
      await scene.ask<AppointmentResponse>("GET", `/AppointmentResponse/${id}`, { as: "staff" }),
    ).toMatchObject({ id });
    const booked = await read(id);
    expect([booked.status, (await read(id, { token })).status]).toEqual(["booked", "booked"]);
    expect(people(booked)[0]).toMatchObject({
      name: [{ family: "Dupont", given: ["Jean"] }],
      birthDate: "1950-01-15",
    });
    expect(booked.start).toBe((await read(id, { token })).start);
    const done = await scene.ask<Appointment>("PUT", `/Appointment/${id}`, {
      as: "staff",
      json: { ...booked, status: "fulfilled" },
    });
    expect([done.status, (await read(id)).status]).toEqual(["fulfilled", "fulfilled"]);
  });

  test("is on the waitlist while standing by, and cancelled after a no", async () => {
    const { id, token, end } = await asked("1956-03-03", "standby");
    expect((await read(id, { token })).status).toBe("waitlist");
    const json = {
      resourceType: "AppointmentResponse",
      appointment: { reference: `${base}/Appointment/${id}` },
      actor: { type: "Patient" },
      participantStatus: "declined",
    };
    await scene.ask("POST", "/AppointmentResponse", { token, json }, 201);
    const after = await read(id, { token });
    expect([after.status, after.cancelationReason?.coding?.[0]?.code]).toEqual(["cancelled", "pat"]);
    const again = { ...json, participantStatus: "accepted" };
    expect(saidIn(await scene.refused("POST", "/AppointmentResponse", { token, json: again }, 409))).toEqual([
      ["business-rule", "caller"],
    ]);
    await end();
  });

  test("who did not come is noshow; who called it off is cancelled; and neither is overwritten by who saw it before", async () => {
    const first = await asked("1952-01-15");
    const { id, token } = first;
    await scene.ask("PUT", `/Appointment/${id}`, {
      token,
      json: { ...(await read(id, { token })), status: "booked" },
    });
    const seen = await scene.send("GET", `/Appointment/${id}`, { as: "staff" });
    const etag = seen.headers.get("etag") ?? "";
    const before = (await seen.json()) as Appointment;
    const change = {
      as: "staff" as const,
      json: { ...before, status: "noshow" },
      headers: { "if-match": etag },
    };
    const missed = await scene.ask<Appointment>("PUT", `/Appointment/${id}`, change);
    expect(missed.status).toBe("noshow");
    expect(saidIn(await scene.refused("PUT", `/Appointment/${id}`, change, 412))).toEqual([
      ["conflict", "caller"],
    ]);
    expect(
      (await scene.send("GET", `/Appointment/${id}`, { as: "staff", headers: { "if-none-match": etag } }))
        .status,
    ).toBe(200);
    const other = await asked("1953-01-15");
    const accepted = await scene.ask<Appointment>("PUT", `/Appointment/${other.id}`, {
      token: other.token,
      json: { ...(await read(other.id, { token: other.token })), status: "booked" },
    });
    expect(accepted.status).toBe("booked");
    const off = await scene.ask<Appointment>("PUT", `/Appointment/${other.id}`, {
      token: other.token,
      json: { ...accepted, status: "cancelled" },
    });
    expect(off.status).toBe("cancelled");
  });

  test("a yes at the telephone is the centre's to note, and the hour its to move", async () => {
    const { id } = await asked("1954-01-15");
    await scene.database.sql`update invitations set channel = 'telephone' where id = ${id}`;
    const response = {
      resourceType: "AppointmentResponse",
      appointment: { reference: `Appointment/${id}` },
      actor: { type: "Patient" },
      participantStatus: "accepted",
    };
    await scene.ask("POST", "/AppointmentResponse", { as: "staff", json: response }, 201);
    const booked = await read(id);
    const start = plusMinutes(scene.clock.now(), 90);
    const moved = await scene.ask<Appointment>("PUT", `/Appointment/${id}`, {
      as: "staff",
      json: { ...booked, start },
    });
    expect([moved.status, moved.start]).toEqual(["booked", start]);
    const late = await scene.refused(
      "PUT",
      `/Appointment/${id}`,
      { as: "staff", json: { ...booked, start: "2021-05-01T10:00:00Z" } },
      400,
    );
    expect(late.issue[1]?.expression).toEqual(["Appointment.start"]);
  });
});

describe("a centre's appointments", () => {
  test("are found by status, place, date and when they changed, in pages that their links lead through", async () => {
    const all = await scene.ask("GET", "/Appointment?location=Location/charleroi&_count=2", { as: "staff" });
    const walk = async (page: Bundle): Promise<Appointment[]> => {
      const next = page.link?.find(({ relation }) => relation === "next")?.url;
      const own = inBundle(page, "Appointment");
      return next ? [...own, ...(await walk(await scene.ask("GET", next, { as: "staff" })))] : own;
    };
    const found = await walk(all);
    expect(found).toHaveLength(all.total ?? 0);
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    const count = async (query: string) =>
      (await scene.ask("GET", `/Appointment?${query}&_summary=count`, { as: "staff" })).total ?? 0;
    for (const status of ["waitlist", "pending", "booked", "fulfilled", "noshow", "cancelled"])
      expect([status, await count(`status=${status}`)]).toEqual([
        status,
        found.filter((each) => each.status === status).length,
      ]);
    expect(await count("status=booked,fulfilled,noshow")).toBe(
      found.filter(({ status }) => ["booked", "fulfilled", "noshow"].includes(status)).length,
    );
    expect(await count("status=arrived")).toBe(0);
    expect(await count("actor=Location/mons")).toBe(0);
    const [first] = found;
    for (const date of ["2021-04-16", `ge${first?.start}`, `lt${first?.start}`, "gt2021-04-17"])
      expect([date, await count(`date=${date}`)]).toEqual([
        date,
        found.filter(({ start = "" }) => {
          if (date.startsWith("ge")) return start >= date.slice(2);
          if (date.startsWith("lt")) return start < date.slice(2);
          return date === "2021-04-16" ? start < "2021-04-16T22" : start > "2021-04-17T22";
        }).length,
      ]);
    const now = scene.clock.now();
    expect(await count(`_lastUpdated=ge${now}`)).toBe(
      found.filter(({ meta }) => (meta?.lastUpdated ?? "") >= now).length,
    );
    const posted = await scene.ask("POST", "/Appointment/_search", { as: "staff", form: "status=noshow" });
    expect(posted.total).toBe(found.filter(({ status }) => status === "noshow").length);
    const byId = await scene.ask("GET", `/Appointment?_id=${first?.id},${found[1]?.id}`, { as: "staff" });
    expect(byId.total).toBe(2);
    const identifier = first?.identifier?.[0];
    expect(
      (
        await scene.ask("GET", `/Appointment?identifier=${identifier?.system}|${identifier?.value}`, {
          as: "staff",
        })
      ).total,
    ).toBe(1);
    const withPlaces = await scene.ask("GET", "/Appointment?_include=Appointment:location", { as: "staff" });
    expect(inBundle(withPlaces, "Location").map(({ id }) => id)).toEqual(["charleroi"]);
  });

  test("are those that its key reaches, and each look at a name is in the audit", async () => {
    const [one] = inBundle(
      await scene.ask("GET", "/Appointment?status=fulfilled", { as: "staff" }),
      "Appointment",
    );
    expect((await scene.ask("GET", "/Appointment", { as: "elsewhere" })).total).toBe(0);
    expect(saidIn(await scene.refused("GET", `/Appointment/${one?.id}`, { as: "elsewhere" }, 404))).toEqual([
      ["not-found", "caller"],
    ]);
    for (const as of ["agency", "operator", "helper", "reporting"] as const)
      expect(saidIn(await scene.refused("GET", "/Appointment", { as }, 403))).toEqual([
        ["forbidden", "caller"],
      ]);
    expect(saidIn(await scene.refused("GET", "/Appointment", {}, 401))).toEqual([["login", "caller"]]);
    const seen = async () =>
      (await scene.database.sql`select from audit where event = 'volunteer.seen'`).length;
    const before = await seen();
    await read(one?.id ?? "");
    expect(await seen()).toBe(before + 1);
    await scene.ask("GET", "/Appointment?_summary=count", { as: "staff" });
    expect(await seen()).toBe(before + 1);
  });
});
