import { type Context, Hono } from "hono";
import { basicAuth } from "hono/basic-auth";
import { Temporal } from "temporal-polyfill";
import { z } from "zod";
import type { components } from "../../../schema/platforms/doclr.gen.ts";
import { CentreId, Instant, Language } from "../../../schema/primitives.ts";
import type { World } from "../../kit/simulator.ts";
import { enqueue, jobAt, settle } from "./jobs.ts";
import { changesAfter, reinstate, supersede } from "./official.ts";
import {
  freeIn,
  invitationOf,
  invite,
  invitedAs,
  isPast,
  type Queued,
  type State,
  slotsOn,
} from "./state.ts";

type Document = components["schemas"];
type Refusal = Document["Refusal"]["error"];

export const partner = { username: "everydose", password: "sandbox-doclr" };

const LocalDate = z.string().regex(/^[0-3]\d\/[01]\d\/\d{4}$/);
const Person = z.strictObject({
  nationalNumber: z
    .string()
    .regex(/^\d{11}$/)
    .optional(),
  givenName: z.string().min(1).max(100),
  familyName: z.string().min(1).max(100),
  birthDate: LocalDate,
}) satisfies z.ZodType<Document["Person"]>;
const NewInvitation = z.strictObject({
  person: Person,
  language: Language,
  email: z.string().max(254).optional(),
  mobile: z.string().max(20).optional(),
  postcode: z
    .string()
    .regex(/^[1-9]\d{3}$/)
    .optional(),
}) satisfies z.ZodType<Document["NewInvitation"]>;
const NewReservation = z.strictObject({
  code: z.string().regex(/^\d{16}$/),
  slot: z.string(),
  vaccine: z.enum(["P", "M", "A", "J"]).optional(),
}) satisfies z.ZodType<Document["NewReservation"]>;
const Supersession = z.strictObject({
  person: Person,
  reason: z.enum(["RESERVE_LIST", "VACCINATED"]),
  acceptedAt: Instant,
}) satisfies z.ZodType<Document["Supersession"]>;
const AfterQuery = z.strictObject({ after: z.coerce.number().int().min(0).default(0) });
const SlotQuery = z.strictObject({
  centre: z
    .string()
    .transform((text) => text.split(","))
    .pipe(z.array(CentreId).min(1)),
  from: LocalDate,
  until: LocalDate,
});
const DayQuery = z.strictObject({ centre: CentreId, date: LocalDate });

class Malformed extends Error {}
const dayNamed = (date: string): Temporal.PlainDate => {
  try {
    return Temporal.PlainDate.from(date.split("/").reverse().join("-"));
  } catch {
    throw new Malformed();
  }
};
const understood = <Schema extends z.ZodType>(schema: Schema, given: unknown): z.infer<Schema> => {
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw new Malformed();
  return parsed.data;
};
const body = async <Schema extends z.ZodType>(schema: Schema, c: Context): Promise<z.infer<Schema>> =>
  understood(schema, await c.req.json().catch(() => undefined));

const refuse = (c: Context, status: 400 | 401 | 404 | 409, error: Refusal) => c.json({ error }, status);

/** Every operation of `doclr.openapi.yaml`, over that state and nothing else. */
export const api = (state: State, world: World): Hono => {
  const app = new Hono();
  app.onError((fault, c) => {
    if (fault instanceof Malformed) return refuse(c, 400, "MALFORMED");
    throw fault;
  });
  app.use("*", basicAuth({ ...partner, invalidUserMessage: { error: "NO_ACCESS" } }));
  app.use("*", async (_, next) => {
    settle(state, world);
    await next();
  });
  invitations(app, state, world);
  official(app, state, world);
  reservations(app, state, world);
  jobs(app, state, world);
  return app;
};

const invitations = (app: Hono, state: State, world: World): void => {
  app.post("/invitations", async (c) => {
    const { person, email, mobile } = await body(NewInvitation, c);
    const known = invitedAs(state, person).find(({ ended }) => !ended);
    if (known) return refuse(c, 409, known.vaccinated ? "ALREADY_VACCINATED" : "PERSON_HAS_CODE");
    const contact = { ...(email && { email }), ...(mobile && { mobile }) };
    const invited = invite(state, world, { person, contact, partner: partner.username });
    return c.json(invitationOf(state, invited), 201);
  });
  app.post("/invitations/search", async (c) => {
    const found = invitedAs(state, await body(Person, c));
    return c.json({ invitations: found.map((each) => invitationOf(state, each)) });
  });
};

/** What passes between official invitations and a reserve list. */
const official = (app: Hono, state: State, world: World): void => {
  app.get("/invitations/changes", (c) =>
    c.json(changesAfter(state, understood(AfterQuery, c.req.query()).after)),
  );
  app.post("/invitations/supersession", async (c) => {
    const found = supersede(state, await body(Supersession, c), world.now());
    return c.json({ invitations: found.map((each) => invitationOf(state, each)) });
  });
  app.post("/invitations/reinstatement", async (c) => {
    const found = reinstate(state, await body(Person, c), world.now());
    return c.json({ invitations: found.map((each) => invitationOf(state, each)) });
  });
};

const reservations = (app: Hono, state: State, world: World): void => {
  app.get("/slots", (c) => {
    const { centre, from, until } = understood(SlotQuery, c.req.query());
    const free = freeIn(state);
    const days = daysBetween(from, until);
    const open = centre
      .flatMap((each) => days.flatMap((date) => slotsOn(state, each, date)))
      .filter((slot) => free(slot) > 0 && !isPast(slot, world.now()));
    return c.json({ slots: open.map((slot) => ({ ...slot, free: free(slot) })) });
  });
  app.get("/reservations", (c) => {
    const wanted = understood(DayQuery, c.req.query());
    const found = state.reservations.filter(
      ({ centre, date }) => centre === wanted.centre && date === wanted.date,
    );
    return c.json({ reservations: found });
  });
};

const jobs = (app: Hono, state: State, world: World): void => {
  const accepted = (c: Context, queued: Queued) => {
    c.header("location", `/jobs/${queued.job}`);
    return c.json(jobAt(queued, world.now()), 202);
  };
  app.post("/reservations", async (c) => {
    const wish = await body(NewReservation, c);
    return accepted(c, enqueue(state, { kind: "reserve", partner: partner.username, ...wish }, world.now()));
  });
  app.post("/reservations/:reservation/cancellation", (c) => {
    const reservation = c.req.param("reservation");
    if (!state.reservations.some(({ id }) => id === reservation)) return refuse(c, 404, "UNKNOWN");
    return accepted(
      c,
      enqueue(state, { kind: "cancel", reservation, partner: partner.username }, world.now()),
    );
  });
  app.get("/jobs/:job", (c) => {
    const queued = state.jobs.find(({ job }) => job === c.req.param("job"));
    return queued ? c.json(jobAt(queued, world.now())) : refuse(c, 404, "UNKNOWN");
  });
};

const longestPeriod = 31;

const daysBetween = (from: string, until: string): string[] => {
  const begin = dayNamed(from);
  const count = begin.until(dayNamed(until)).days + 1;
  if (count < 1 || count > longestPeriod) throw new Malformed();
  return Array.from({ length: count }, (_, days) =>
    begin.add({ days }).toString().split("-").reverse().join("/"),
  );
};
