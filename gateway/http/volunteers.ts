import { createRoute, z } from "@hono/zod-openapi";
import {
  Consent,
  NewVolunteer,
  Recovery,
  Registered,
  Volunteer,
  VolunteerChange,
} from "../../schema/volunteer.ts";
import { change, consent, pause, read, resume, withdraw } from "../flows/manage.ts";
import { recover } from "../flows/recover.ts";
import type { OpenWorld } from "./app.ts";
import { bearer, byToken } from "./auth.ts";
import { IdempotencyHeader, requestOf } from "./idempotency.ts";
import { full, unlessFull } from "./pressure.ts";
import { body, json, newRouter, problems, type Router } from "./router.ts";

const tags = ["Volunteers"];
const own = { tags, ...byToken, responses: { 200: json(Volunteer, "The registration"), default: problems } };

const registrationIn = ({ intake }: OpenWorld) =>
  createRoute({
    tags,
    middleware: unlessFull(intake),
    summary: "Register as a volunteer",
    method: "post",
    path: "/v1/volunteers",
    request: { headers: IdempotencyHeader, body: body(NewVolunteer) },
    responses: {
      201: json(Registered, "On the list; the token is shown once"),
      503: full,
      default: problems,
    },
  });

const recovery = createRoute({
  tags,
  summary: "Ask for a new token",
  description: "The answer is the same whether or not anyone is registered with this contact.",
  method: "post",
  path: "/v1/volunteers/recover",
  request: { body: body(Recovery) },
  responses: { 202: json(z.strictObject({}), "Whoever it is will be written to"), default: problems },
});

const reading = createRoute({
  ...own,
  summary: "Read one's registration",
  method: "get",
  path: "/v1/volunteer",
});

const changing = createRoute({
  ...own,
  summary: "Change one's registration",
  method: "patch",
  path: "/v1/volunteer",
  request: { body: body(VolunteerChange) },
});

const pausing = createRoute({
  ...own,
  summary: "Not be called for a while",
  method: "post",
  path: "/v1/volunteer/pause",
});

const resuming = createRoute({
  ...own,
  summary: "Be called again",
  method: "post",
  path: "/v1/volunteer/resume",
});

const consenting = createRoute({
  ...own,
  summary: "Consent to the region's text as it is now; nothing else is asked again",
  method: "post",
  path: "/v1/volunteer/consent",
  request: { body: body(Consent) },
});

const leaving = createRoute({
  ...own,
  summary: "Leave the list, everywhere",
  method: "post",
  path: "/v1/volunteer/withdraw",
  responses: { 204: { description: "Off the list" }, default: problems },
});

/** Registering, and what people do with their own registration. */
export const volunteers = (world: OpenWorld): Router => {
  const { deps, intake } = world;
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
