import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import {
  BindingChange,
  BindingRehearsal,
  Bindings,
  ChangeId,
  NewBinding,
  NewStart,
} from "../../schema/binding.ts";
import type { Caller } from "../flows/authorise.ts";
import {
  haltCarryOver,
  listBindings,
  orderChange,
  readChange,
  resumeCarryOver,
  startAt,
  takeBack,
  undo,
} from "../flows/bindings/order.ts";
import { rehearseChange } from "../flows/bindings/rehearse.ts";
import type { Deps } from "../flows/deps.ts";
import type { World } from "./app.ts";
import { forKeys, keepWithin, reachOf } from "./auth.ts";
import { IdempotencyHeader, once } from "./idempotency.ts";
import { body, json, newRouter, problems, type Router, type Scope } from "./router.ts";

const params = z.strictObject({ id: ChangeId });
const changed = { 200: json(BindingChange, "As it is now"), default: problems };

const routes = (deps: Deps) => {
  const tags = ["Bindings"];
  const one = (verb: "undo" | "halt" | "resume", summary: string) =>
    createRoute({
      ...forKeys(deps, `POST /v1/bindings/{id}/${verb}`),
      ...{ tags, request: { params }, responses: changed },
      summary,
    });
  return {
    listing: createRoute({
      ...forKeys(deps, "GET /v1/bindings"),
      tags,
      summary: "What is bound now and later, and every change with who ordered it and when",
      responses: { 200: json(Bindings, "The bindings, and their history, newest first"), default: problems },
    }),
    ordering: createRoute({
      ...forKeys(deps, "POST /v1/bindings"),
      tags,
      summary: "Move a centre or a region to another platform from a moment on",
      request: { headers: IdempotencyHeader, body: body(NewBinding) },
      responses: { 201: json(BindingChange, "Ordered"), default: problems },
    }),
    rehearsing: createRoute({
      ...forKeys(deps, "POST /v1/bindings/rehearsal"),
      tags,
      summary: "What such a change would do, and what would be lost; nothing is changed",
      request: { body: body(NewBinding) },
      responses: { 200: json(BindingRehearsal, "In numbers"), default: problems },
    }),
    reading: createRoute({
      ...forKeys(deps, "GET /v1/bindings/{id}"),
      ...{ tags, request: { params }, responses: changed },
      summary: "One change, and how far its people have been carried over",
    }),
    moving: createRoute({
      ...forKeys(deps, "PATCH /v1/bindings/{id}"),
      ...{ tags, responses: changed },
      summary: "Let a change that has not begun begin at another moment",
      request: { params, body: body(NewStart) },
    }),
    takingBack: createRoute({
      ...forKeys(deps, "DELETE /v1/bindings/{id}"),
      ...{ tags, request: { params }, responses: changed },
      summary: "Take back a change that has not begun",
    }),
    undoing: one("undo", "Go back to the platform before, from now on, with the people"),
    halting: one("halt", "Stop carrying people over; whoever is not on the new list stays on the old one"),
    resuming: one("resume", "Go on carrying people over where it was stopped"),
  };
};

/** The change of that id, where this key reaches it. */
const within = async (deps: Deps, caller: Caller, id: ChangeId): Promise<BindingChange> => {
  const found = await readChange(deps, id);
  keepWithin(caller, found);
  return found;
};

/** Which platform plays which role where, from when on; and how a centre changes its own (F17). */
export const bindings = ({ deps, platforms }: World): Router => {
  const paths = routes(deps);
  const does =
    (act: (deps: Deps, id: ChangeId, actor: string) => Promise<BindingChange>) =>
    async (c: Context<Scope>, id: ChangeId) => {
      const [deps, caller] = [c.get("deps"), c.get("caller")];
      await within(deps, caller, id);
      return act(deps, id, caller.label);
    };
  const [back, undone, halted, resumed] = [takeBack, undo, haltCarryOver, resumeCarryOver].map(does) as [
    ReturnType<typeof does>,
    ReturnType<typeof does>,
    ReturnType<typeof does>,
    ReturnType<typeof does>,
  ];
  return newRouter()
    .openapi(paths.listing, async (c) =>
      c.json(await listBindings(c.get("deps"), reachOf(c.get("caller")).regions), 200),
    )
    .openapi(paths.ordering, async (c) => {
      const input = c.req.valid("json");
      keepWithin(c.get("caller"), input);
      const actor = c.get("caller").label;
      const reply = {
        caller: actor,
        headers: c.req.valid("header"),
        input,
        status: 201,
        shape: BindingChange,
      };
      const order = (world: Deps) => orderChange(world, platforms, { input, actor });
      return c.json(await once(c, c.get("deps"), reply, order), 201);
    })
    .openapi(paths.rehearsing, async (c) => {
      const input = c.req.valid("json");
      keepWithin(c.get("caller"), input);
      return c.json(await rehearseChange(c.get("deps"), platforms, input), 200);
    })
    .openapi(paths.reading, async (c) =>
      c.json(await within(c.get("deps"), c.get("caller"), c.req.valid("param").id), 200),
    )
    .openapi(paths.moving, async (c) => {
      const { id } = await within(c.get("deps"), c.get("caller"), c.req.valid("param").id);
      return c.json(await startAt(c.get("deps"), id, c.req.valid("json").from, c.get("caller").label), 200);
    })
    .openapi(paths.takingBack, async (c) => c.json(await back(c, c.req.valid("param").id), 200))
    .openapi(paths.undoing, async (c) => c.json(await undone(c, c.req.valid("param").id), 200))
    .openapi(paths.halting, async (c) => c.json(await halted(c, c.req.valid("param").id), 200))
    .openapi(paths.resuming, async (c) => c.json(await resumed(c, c.req.valid("param").id), 200));
};
