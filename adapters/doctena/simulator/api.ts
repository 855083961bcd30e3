import { type Context, Hono } from "hono";
import { instant, millis } from "../../../schema/primitives.ts";
import type { World } from "../../kit/simulator.ts";
import * as appointments from "./appointments.ts";
import { Refused } from "./refusal.ts";
import {
  AppointmentQuery,
  AppointmentRequest,
  body,
  Paging,
  pathId,
  query,
  ReferenceQuery,
  Removal,
  SlotQuery,
  TokenRequest,
  WaitingPerson,
  WaitingQuery,
} from "./requests.ts";
import { type Document, type State, sandbox } from "./state.ts";
import * as waiting from "./waiting-list.ts";
import { hex } from "./webhooks.ts";

const tokenSeconds = 900;

/** The paths of `doctena.openapi.yaml`. */
export const api = (state: State, world: World): Hono => {
  const app = new Hono();
  app.onError((fault, c) => {
    if (!(fault instanceof Refused)) throw fault;
    return c.json({ code: fault.code, message: fault.message } satisfies Document["Refusal"], fault.status);
  });
  app.notFound((c) => c.json({ code: "not_found", message: "there is no such address" }, 404));
  app.post("/oauth/token", (c) => giveToken(c, { state, world }));
  app.use("/v1/*", async (c, next) => {
    const [, bearer = ""] = /^Bearer (.+)$/.exec(c.req.header("authorization") ?? "") ?? [];
    const ends = state.tokens[bearer];
    if (!ends || ends <= world.now()) throw new Refused("invalid_token", "the token is unknown or over");
    await next();
  });
  addAgendas(app, { state, world });
  addAppointments(app, { state, world });
  addWaitingList(app, { state, world });
  return app;
};

type Given = { state: State; world: World };

const giveToken = async (c: Context, { state, world }: Given) => {
  const form = TokenRequest.safeParse(await c.req.parseBody());
  if (!form.success) return c.json({ error: "invalid_request" }, 400);
  const { client_id, client_secret } = form.data;
  if (client_id !== sandbox.clientId || client_secret !== sandbox.clientSecret)
    return c.json({ error: "invalid_client" }, 401);
  const [now, token] = [world.now(), hex(world, 32)];
  const live = Object.entries(state.tokens).filter(([, ends]) => ends > now);
  state.tokens = { ...Object.fromEntries(live), [token]: instant(millis(now) + tokenSeconds * 1000) };
  return c.json({ access_token: token, token_type: "Bearer", expires_in: tokenSeconds });
};

/** Cut out of the collection as it is now. */
const cut = <Item>(items: Item[], { page, size }: Paging) => ({
  items: items.slice((page - 1) * size, page * size),
  page,
  size,
  total: items.length,
});

const addAgendas = (app: Hono, { state, world }: Given) => {
  app.get("/v1/practices", (c) => c.json(cut(state.practices, query(c, Paging))));
  app.get("/v1/agendas", (c) => {
    const shown = state.agendas.map(({ id, practiceId, name, products }) => ({
      id,
      practiceId,
      name,
      products,
    }));
    return c.json(cut(shown, query(c, Paging)));
  });
  app.get("/v1/slots", (c) => {
    const { page, size, ...search } = query(c, SlotQuery);
    return c.json(cut(appointments.listSlots(state, { ...search, now: world.now() }), { page, size }));
  });
};

const addAppointments = (app: Hono, { state, world }: Given) => {
  const show = appointments.present;
  app.get("/v1/appointments", (c) => {
    const { reference } = query(c, ReferenceQuery);
    const now = world.now();
    return c.json({ items: appointments.byReference(state, reference).map((held) => show(held, now)) });
  });
  app.get("/v1/practices/:id/appointments", (c) => {
    const { page, size, from, to } = query(c, AppointmentQuery);
    const now = world.now();
    const held = appointments.ofPractice(state, { practice: pathId(c), from, to, now });
    return c.json(
      cut(
        held.map((each) => show(each, now)),
        { page, size },
      ),
    );
  });
  app.post("/v1/appointments", async (c) => {
    const request = await body(c, AppointmentRequest);
    const now = world.now();
    const { before, held } = appointments.hold(state, { request, now, random: world.random });
    return c.json(show(held, now), before ? 200 : 201);
  });
  app.delete("/v1/appointments/:id/patient", (c) => {
    appointments.erasePatient(state, { id: pathId(c), now: world.now() });
    return c.body(null, 204);
  });
  app.put("/v1/appointments/:id/confirmation", (c) => {
    const now = world.now();
    return c.json(show(appointments.confirm(state, { id: pathId(c), now, random: world.random }), now));
  });
  app.delete("/v1/appointments/:id", (c) => {
    appointments.cancel(state, pathId(c));
    return c.body(null, 204);
  });
};

const addWaitingList = (app: Hono, { state, world }: Given) => {
  app.get("/v1/waiting-list", (c) => {
    const { page, size, changedSince } = query(c, WaitingQuery);
    const entries = waiting.changedSince(state, changedSince);
    return c.json({ ...cut(entries, { page, size }), asOf: world.now() });
  });
  app.post("/v1/waiting-list", async (c) => {
    const person = await body(c, WaitingPerson);
    const { before, entry } = waiting.put(state, { person, now: world.now() });
    return c.json(waiting.present(entry), before ? 200 : 201);
  });
  app.put("/v1/waiting-list/:id", async (c) => {
    const person = await body(c, WaitingPerson);
    return c.json(waiting.present(waiting.replace(state, { id: pathId(c), person, now: world.now() })));
  });
  app.delete("/v1/waiting-list/:id", (c) => {
    const { reason } = query(c, Removal);
    if (reason === "erasure") waiting.erase(state, pathId(c));
    else waiting.remove(state, { id: pathId(c), reason, now: world.now() });
    return c.body(null, 204);
  });
};
