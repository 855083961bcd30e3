import { createRoute, z } from "@hono/zod-openapi";
import {
  Consent,
  Knowledge,
  NewVolunteer,
  Opened,
  Recovery,
  Registered,
  Standing,
  Volunteer,
  VolunteerChange,
} from "../../schema/volunteer.ts";
import { change, consent, pause, read, resume, stand, withdraw } from "../flows/manage.ts";
import { openPersonal } from "../flows/personal.ts";
import { recover } from "../flows/recover.ts";
import { createAddressOf } from "./address.ts";
import type { OpenWorld } from "./app.ts";
import { bearer, forAnybody, forVolunteers } from "./auth.ts";
import { IdempotencyHeader, requestOf } from "./idempotency.ts";
import { full, unlessFull } from "./pressure.ts";
import { body, json, newRouter, problems, type Router } from "./router.ts";

const tags = ["Volunteers"];
const own = { tags, responses: { 200: json(Volunteer, "The registration"), default: problems } };

/** By the link of a message alone. */
const byLink = { ...own, responses: { 200: json(Standing, "How it stands"), default: problems } };

const registrationIn = ({ intake }: OpenWorld) =>
  createRoute({
    ...forAnybody("POST /v1/volunteers"),
    tags,
    middleware: unlessFull(intake),
    summary: "Register as a volunteer",
    request: { headers: IdempotencyHeader, body: body(NewVolunteer) },
    responses: {
      201: json(Registered, "On the list; the token is shown once"),
      503: full,
      default: problems,
    },
  });

const recovery = createRoute({
  ...forAnybody("POST /v1/volunteers/recover"),
  tags,
  summary: "Ask for a new token",
  description: "The answer is the same whether or not anyone is registered with this contact.",
  request: { body: body(Recovery) },
  responses: { 202: json(z.strictObject({}), "Whoever it is will be written to"), default: problems },
});

const standing = createRoute({
  ...forVolunteers("GET /v1/volunteer/standing"),
  ...byLink,
  summary: "Read how one's registration stands, and nothing that is personal",
});

const opening = createRoute({
  ...forVolunteers("POST /v1/volunteer/session"),
  tags,
  summary: "Say one's birth date, to see and change what is personal for half an hour",
  description:
    "By the link of any message. After five wrong tries by one link it asks to wait; a fresh link can be asked for, and an invitation can be answered all the while.",
  request: { body: body(Knowledge) },
  responses: { 201: json(Opened, "A token for what is personal"), default: problems },
});

const reading = createRoute({
  ...forVolunteers("GET /v1/volunteer"),
  ...own,
  summary: "Read one's registration",
  description: "By the token of a session, or within the hour after registering.",
});

const changing = createRoute({
  ...forVolunteers("PATCH /v1/volunteer"),
  ...own,
  summary: "Change one's registration",
  request: { body: body(VolunteerChange) },
});

const pausing = createRoute({
  ...forVolunteers("POST /v1/volunteer/pause"),
  ...byLink,
  summary: "Not be called for a while",
});

const resuming = createRoute({
  ...forVolunteers("POST /v1/volunteer/resume"),
  ...byLink,
  summary: "Be called again",
});

const consenting = createRoute({
  ...forVolunteers("POST /v1/volunteer/consent"),
  ...byLink,
  summary: "Consent to the region's text as it is now; nothing else is asked again",
  request: { body: body(Consent) },
});

const leaving = createRoute({
  ...forVolunteers("POST /v1/volunteer/withdraw"),
  ...own,
  summary: "Leave the list, everywhere",
  responses: { 204: { description: "Off the list" }, default: problems },
});

/** Registering, and what people do with their own registration. */
export const volunteers = (world: OpenWorld): Router => {
  const { deps, intake } = world;
  const addressOf = createAddressOf(world.limits?.trustedProxies ?? []);
  return newRouter()
    .openapi(registrationIn(world), async (c) => {
      const input = c.req.valid("json");
      const request = requestOf(c, { caller: "anonymous", headers: c.req.valid("header"), input });
      const { body: letters, registered } = await intake.register({ input, actor: "volunteer", request });
      if (!registered) c.header("Idempotency-Replayed", "true");
      // The letters that were sealed with it: the same as a repeat gets.
      return c.body(letters, 201, { "content-type": "application/json" }) as never;
    })
    .openapi(recovery, async (c) => {
      await recover(deps, c.req.valid("json").contact);
      return c.json({}, 202);
    })
    .openapi(standing, async (c) => c.json(await stand(deps, bearer(c)), 200))
    .openapi(opening, async (c) => {
      const known = { ...c.req.valid("json"), address: addressOf(c.env) };
      return c.json(await openPersonal(deps, bearer(c), known), 201);
    })
    .openapi(reading, async (c) => c.json(await read(deps, bearer(c)), 200))
    .openapi(changing, async (c) => c.json(await change(deps, bearer(c), c.req.valid("json")), 200))
    .openapi(pausing, async (c) => c.json(await pause(deps, bearer(c)), 200))
    .openapi(resuming, async (c) => c.json(await resume(deps, bearer(c)), 200))
    .openapi(consenting, async (c) => c.json(await consent(deps, bearer(c), c.req.valid("json")), 200))
    .openapi(leaving, async (c) => {
      await withdraw(deps, bearer(c), "volunteer");
      return c.body(null, 204);
    });
};
