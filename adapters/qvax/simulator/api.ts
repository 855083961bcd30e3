import { type Context, Hono, type MiddlewareHandler } from "hono";
import { readNationalNumber } from "../../../schema/national-number.ts";
import { type Instant, millis } from "../../../schema/primitives.ts";
import type { World } from "../../kit/simulator.ts";
import * as invitations from "./invitations.ts";
import { pageOf } from "./pages.ts";
import { Refused, refusals } from "./refusal.ts";
import * as registrations from "./registrations.ts";
import { bodyOf, Closing, Id, NewInvitation, NewRegistration, obey, Paging } from "./requests.ts";
import { type Asked, type Document, type Held, type State, sandboxKey } from "./state.ts";

/** The operations of `qvax.openapi.yaml`. */
export const api = (state: State, world: World): Hono =>
  new Hono()
    .use(admit(state, world))
    .onError((fault, c) => {
      if (!(fault instanceof Refused)) throw fault;
      const { status, message } = refusals[fault.code];
      return c.json({ code: fault.code, message, ...fault.more }, status);
    })
    .route("/registrations", registrationRoutes(state, world))
    .route("/invitations", invitationRoutes(state, world))
    .get("/answers", (c) => {
      const paging = obey(Paging, c.req.query());
      const numbered = state.answers.map((answer, at) => ({ answer, position: at + 1 }));
      const { rows, ...page } = pageOf("answers", numbered, paging);
      return c.json({ ...page, items: rows.map(({ answer }) => answer) } satisfies Document["AnswerPage"]);
    });

const admit =
  (state: State, world: World): MiddlewareHandler =>
  async (c, next) => {
    const now = world.now();
    invitations.settle(state, now);
    if (c.req.header("x-api-key") !== sandboxKey) throw new Refused("wrong-key");
    const wait = spend(state, now);
    if (wait > 0) {
      c.header("retry-after", String(wait));
      throw new Refused("too-fast");
    }
    await next();
  };

/** Seconds to wait until the next request is allowed; 0 where this one is. */
const spend = (state: State, now: Instant): number => {
  const { allowance, spent } = state;
  const renewsAt = millis(spent.since) + allowance.seconds * 1_000;
  if (millis(now) >= renewsAt) state.spent = { since: now, requests: 0 };
  if (state.spent.requests >= allowance.requests) return Math.ceil((renewsAt - millis(now)) / 1_000);
  state.spent.requests += 1;
  return 0;
};

const registrationRoutes = (state: State, world: World): Hono =>
  new Hono()
    .get("/", (c) => {
      const paging = obey(Paging, c.req.query());
      const numbered = Object.values(state.registrations).map((held) => ({ held, position: held.change }));
      const { rows, ...page } = pageOf("registrations", numbered, paging);
      const items = rows.map(({ held }) => registrations.shown(held));
      const { length: total } = numbered;
      return c.json({ ...page, asOf: world.now(), total, items } satisfies Document["RegistrationPage"]);
    })
    .post("/", async (c) => {
      const writing = await writingOf(c);
      const holder = registrations.holderOf(state, writing.nationalNumber);
      if (holder) throw new Refused("number-known", { registrationId: holder.registrationId });
      return c.json(registrations.shown(registrations.add(state, world, writing)), 201);
    })
    .put("/:id", async (c) => {
      const writing = await writingOf(c);
      const held = heldUnder(state, c.req.param("id"));
      const holder = registrations.holderOf(state, writing.nationalNumber) ?? held;
      if (holder !== held) throw new Refused("number-known", { registrationId: holder.registrationId });
      return c.json(registrations.shown(registrations.replace(state, held, writing, world.now())));
    })
    .delete("/:id", (c) => {
      obey(Closing, c.req.query());
      registrations.close(state, heldUnder(state, c.req.param("id")), world.now());
      return c.body(null, 204);
    });

const invitationRoutes = (state: State, world: World): Hono =>
  new Hono()
    .post("/", async (c) => {
      const wanted = obey(NewInvitation, await bodyOf(c));
      const known = state.invitations[wanted.externalId];
      if (known) return c.json(invitations.shown(known));
      const person = recipientOf(state, wanted.recipient);
      if (!person) throw new Refused("unknown");
      if (person.state !== "on") throw new Refused("switched-off");
      const at = world.now();
      const isPlace = state.centres.some(({ code }) => code === wanted.centreCode);
      if (!isPlace || registrations.deadlineOf(wanted) <= at) throw new Refused("not-valid");
      return c.json(invitations.shown(invitations.invite(state, { wanted, person, at })), 201);
    })
    .get("/:id", (c) => c.json(invitations.shown(askedUnder(state, c.req.param("id")))))
    .delete("/:id", (c) => {
      const asked = askedUnder(state, c.req.param("id"));
      if (registrations.isOpen(asked, world.now())) asked.state = "revoked";
      return c.body(null, 204);
    });

const writingOf = async (c: Context): Promise<Document["NewRegistration"]> => {
  const writing = obey(NewRegistration, await bodyOf(c));
  if (!readNationalNumber(writing.nationalNumber)) throw new Refused("not-valid");
  return writing;
};

const heldUnder = (state: State, id: string): Held => {
  const held = Object.hasOwn(state.registrations, id) ? state.registrations[id] : undefined;
  if (!held) throw new Refused("unknown");
  return held;
};

const askedUnder = (state: State, id: string): Asked => {
  const asked = state.invitations[obey(Id, id)];
  if (!asked) throw new Refused("unknown");
  return asked;
};

const recipientOf = (
  state: State,
  { registrationId, nationalNumber }: Document["NewInvitation"]["recipient"],
) =>
  nationalNumber ? registrations.holderOf(state, nationalNumber) : state.registrations[registrationId ?? ""];
