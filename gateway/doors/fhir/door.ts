import type { Resource } from "@medplum/fhirtypes";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { requestId } from "hono/request-id";
import { secureHeaders } from "hono/secure-headers";
import type { Log } from "../../../schema/adapter.ts";
import {
  answerMany,
  answerOne,
  answerRefused,
  answerWritten,
  keepToFormat,
  keepToVersion,
} from "./answer.ts";
import { clientOf, type Given } from "./api.ts";
import * as appointments from "./appointments.ts";
import { capabilityOf } from "./capability.ts";
import { update } from "./change.ts";
import { bodyOf, containedPatient, parametersOf, readAppointment, readResponse } from "./incoming.ts";
import * as location from "./location.ts";
import { namesAt } from "./names.ts";
import { bookGiven, find, hold } from "./operations.ts";
import { Fault, fault, outcomeOf, type Told } from "./outcome.ts";
import { patientOf } from "./patient.ts";
import { register } from "./registration.ts";
import * as response from "./response.ts";
import * as schedule from "./schedule.ts";
import { type Asked, paramsOf, readSearch, type Searchable, searchset } from "./search.ts";
import * as slot from "./slot.ts";

/*
 * FHIR R4 at `/fhir`: the gateway as whoever writes software for health expects to find it. It translates, and nothing
 * else: each request is asked of the public API with what its caller showed.
 */

type Scope = { Variables: { requestId: string } };
type Found = { matches: Resource[]; included?: Resource[]; total: number; next?: string; told?: Told[] };
type Served = {
  searchable: Searchable;
  search(door: appointments.Door, asked: Asked): Promise<Found>;
  read(door: appointments.Door, id: string): Promise<Resource>;
};

const locationsOf = async (door: appointments.Door, ids: Iterable<string>): Promise<Resource[]> =>
  Promise.all(
    [...new Set(ids)].map(async (id) =>
      location.locationOf(door.names, await location.readCentre(door.client, id)),
    ),
  );

const searchSlots = async (door: appointments.Door, asked: Asked): Promise<Found> => {
  const { centres, ...found } = await slot.searchSlots(door, door.client, asked);
  const wantsActors = asked.includes.includes("Schedule:actor");
  if (!asked.includes.includes("Slot:schedule") || centres.length === 0) return found;
  const places = await Promise.all(centres.map((id) => location.readCentre(door.client, id)));
  const included = places.flatMap((centre) => [
    schedule.scheduleOf(door.names, centre, door.now),
    ...(wantsActors ? [location.locationOf(door.names, centre)] : []),
  ]);
  return { ...found, included };
};

const searchSchedules = async (door: appointments.Door, asked: Asked): Promise<Found> => {
  const { centres, ...found } = await schedule.searchSchedules(door, door.client, asked);
  const wantsActors = asked.includes.includes("Schedule:actor");
  return {
    ...found,
    matches: centres.map((each) => schedule.scheduleOf(door.names, each, door.now)),
    ...(wantsActors && { included: centres.map((each) => location.locationOf(door.names, each)) }),
  };
};

const ownPatient = async ({ names, client }: appointments.Door) => {
  const person = (await appointments.ownOf(client))?.person;
  return person ? patientOf(names, person) : undefined;
};

const searchAppointments = async (door: appointments.Door, asked: Asked): Promise<Found> => {
  const found = await appointments.searchAppointments(door, asked);
  const wants = (name: string) =>
    asked.includes.includes("Appointment:actor") || asked.includes.includes(`Appointment:${name}`);
  const actors = found.matches.flatMap(({ participant }) =>
    participant.flatMap(({ actor }) => actor?.reference ?? []),
  );
  const places = actors.flatMap((actor) => (actor.startsWith("Location/") ? actor.slice(9) : []));
  const patient =
    wants("patient") && actors.some((actor) => actor.startsWith("Patient/"))
      ? await ownPatient(door)
      : undefined;
  const included = [
    ...(wants("location") ? await locationsOf(door, places) : []),
    ...(patient ? [patient] : []),
  ];
  return { ...found, included };
};

/** Oneself: by a token that has shown the birth date; of nobody else, whatever is shown. */
const readPatient = async (door: appointments.Door): Promise<Resource> => {
  const { client, names } = door;
  if (client.bearsAnything && !client.bearsToken)
    return fault(403, "forbidden", "A person is read by their own token alone");
  return patientOf(names, await client.get("/v1/volunteer"));
};

const noSuch = (type: string) => () => fault(404, "not-found", `There is no such ${type}`);

const served: Record<string, Served> = {
  Location: {
    searchable: location.searchable,
    search: ({ names, client }, asked) => location.searchLocations(names, client, asked),
    read: async ({ names, client }, id) => location.locationOf(names, await location.readCentre(client, id)),
  },
  Schedule: {
    searchable: schedule.searchable,
    search: searchSchedules,
    read: async ({ names, client, now }, id) =>
      schedule.scheduleOf(names, await location.readCentre(client, id), now),
  },
  Slot: {
    searchable: slot.searchable,
    search: searchSlots,
    read: async ({ names, client }, id) => {
      const { open, asOf } = (await slot.findSlot(client, id)) ?? noSuch("slot, or it is taken")();
      return slot.slotOf(names, open, asOf);
    },
  },
  Appointment: {
    searchable: appointments.searchable,
    search: searchAppointments,
    read: appointments.readAppointment,
  },
  AppointmentResponse: {
    searchable: response.searchable,
    search: response.searchResponses,
    read: response.readResponse,
  },
  Patient: {
    searchable: {
      by: ["_id"],
      notBy: ["name", "family", "given", "identifier", "birthdate", "telecom", "_lastUpdated"],
    },
    search: async (door, asked) => {
      const one = await readPatient(door);
      const matches = asked.anyOf("_id").every((ids) => ids.includes(one.id ?? "")) ? [one] : [];
      return { matches: asked.onlyTotal ? [] : matches, total: matches.length };
    },
    read: async (door, id) => {
      const one = await readPatient(door);
      return one.id === id ? one : noSuch("person that this token opens")();
    },
  },
};

const operations = { $find: find, $hold: hold, $book: bookGiven } as const;

/** Of whatever nobody foresaw: its place in the code, and nothing that it may have held. */
const framesOf = ({ stack = "" }: Error): string[] =>
  stack.split("\n").filter((line) => line.startsWith("    at "));

const kibibyte = 1024;

export const fhirDoor = (given: Given & { log?: Log }): Hono<Scope> => {
  const names = namesAt(given.publicUrl);
  const capability = capabilityOf(names);
  const app = new Hono<Scope>();
  const doorOf = (c: Context): appointments.Door => ({ names, client: clientOf(c, given), now: given.now() });

  app.onError((error, c) => {
    const known = error instanceof Fault ? error : undefined;
    if (!known)
      given.log?.warn(
        { requestId: c.get("requestId"), method: c.req.method, error: error.name, frames: framesOf(error) },
        "a FHIR request failed for a reason that nobody foresaw",
      );
    const { status, told, headers } =
      known ?? new Fault(500, { code: "exception", text: "Something went wrong here", problem: "internal" });
    const diagnostics = `request ${c.get("requestId")}`;
    const named = told.map((each, nth) => (nth === 0 ? { diagnostics, ...each } : each));
    return answerRefused(c, outcomeOf(names, named), { status, headers });
  });

  const tooLong = () => fault(413, "too-long", "at most 256 KiB");
  app.use(
    requestId({ limitLength: 64 }),
    secureHeaders({ xFrameOptions: "DENY", strictTransportSecurity: false }),
  );
  app.use(async (c, next) => {
    // Names and tokens: nothing between here and the caller keeps them.
    c.header("cache-control", c.req.header("authorization") === undefined ? "no-cache" : "no-store");
    c.header("vary", "authorization");
    keepToFormat(c);
    await next();
  });
  app.use(bodyLimit({ maxSize: 256 * kibibyte, onError: tooLong }));

  app.get("/metadata", (c) => answerOne(c, capability));

  for (const [name, operate] of Object.entries(operations)) {
    const path = `/Appointment/${name}`;
    const run = async (c: Context) => answerMany(c, await operate(doorOf(c), await parametersOf(c)));
    app.post(path, run);
    if (operate === find) app.get(path, run);
    // What changes something is no GET (R4, 3.2.0).
    else app.get(path, (c) => notServed(c, ["POST"]));
  }

  for (const [type, { searchable, search, read }] of Object.entries(served)) {
    const run = async (c: Context) => {
      const door = doorOf(c);
      const asked = readSearch(c, { type, params: await paramsOf(c), searchable });
      return answerMany(c, searchset(names, asked, { type, ...(await search(door, asked)) }, door.now));
    };
    app.get(`/${type}`, run);
    app.post(`/${type}/_search`, run);
    app.get(`/${type}/:id`, async (c) => answerOne(c, await read(doorOf(c), c.req.param("id"))));
  }

  app.post("/Appointment", async (c) => {
    keepToOnce(c);
    const appointment = readAppointment(await bodyOf(c));
    if (appointment.status !== "waitlist")
      return fault(
        422,
        "business-rule",
        "What is created here is a registration: waitlist",
        "Appointment.status",
      );
    const patient =
      containedPatient(appointment) ??
      fault(400, "required", "who is to be registered: a contained Patient", "Appointment.contained");
    const idempotencyKey = c.req.header("idempotency-key");
    const made = await register(doorOf(c), { appointment, patient, idempotencyKey });
    return answerWritten(c, made, { status: 201, base: names.base });
  });
  app.put("/Appointment/:id", async (c) => {
    const [id, door] = [c.req.param("id"), doorOf(c)];
    const wanted = readAppointment(await bodyOf(c));
    if (wanted.id !== id)
      return fault(400, "value", "the id of the address and of the appointment differ", "Appointment.id");
    const before = await appointments.readAppointment(door, id);
    keepToVersion(c, before);
    return answerWritten(c, await update(door, before, wanted), { status: 200, base: names.base });
  });
  app.post("/AppointmentResponse", async (c) => {
    keepToOnce(c);
    const made = await response.respond(doorOf(c), readResponse(await bodyOf(c)));
    return answerWritten(c, made, { status: 201, base: names.base });
  });

  app.all("*", (c) => notServed(c, methodsAt(c.req.path)));
  return app;
};

/** Whether something is there already is not looked for: a repeat is made safe by an Idempotency-Key. */
const keepToOnce = (c: Context): void => {
  if (c.req.header("if-none-exist") !== undefined)
    fault(400, "not-supported", "If-None-Exist is not looked at here: send an Idempotency-Key instead");
};

const creates = ["Appointment", "AppointmentResponse"];
/** What an address of a resource that is served here takes. */
const methodsAt = (path: string): string[] => {
  const [, type = "", id, ...more] = path.replace(/^\/fhir(?=\/|$)/, "").split("/");
  if (type === "metadata") return ["GET"];
  if (!Object.hasOwn(served, type) || more.length > 0) return [];
  if (id === undefined) return creates.includes(type) ? ["GET", "POST"] : ["GET"];
  if (id === "_search") return ["POST"];
  if (Object.hasOwn(operations, id) && type === "Appointment")
    return id === "$find" ? ["GET", "POST"] : ["POST"];
  if (id.startsWith("$") || id.startsWith("_")) return [];
  return type === "Appointment" ? ["GET", "PUT"] : ["GET"];
};

const notServed = (_: Context, methods: string[]): never => {
  if (methods.length === 0)
    throw new Fault(404, {
      code: "not-supported",
      text: "This is not served here: /fhir/metadata says what is",
    });
  const allow = methods.join(", ");
  throw new Fault(405, { code: "not-supported", text: `This address takes ${allow}` }, { allow });
};
