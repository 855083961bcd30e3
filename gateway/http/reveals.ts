import { createRoute, z } from "@hono/zod-openapi";
import { BookingId } from "../../schema/primitives.ts";
import { Reveal, Revealed } from "../../schema/reveal.ts";
import { whereBooked } from "../flows/attend.ts";
import type { Deps } from "../flows/deps.ts";
import { revealNumber } from "../flows/reveal.ts";
import { forKeys, keepWithin } from "./auth.ts";
import { body, json, newRouter, problems, type Router } from "./router.ts";

const revealing = (deps: Deps) =>
  createRoute({
    ...forKeys(deps, "POST /v1/bookings/{id}/reveal"),
    tags: ["Bookings"],
    summary: "See the national number of whoever is expected, and say why",
    description: "The audit names who saw it, whose it is and the reason, before it is shown.",
    request: { params: z.strictObject({ id: BookingId }), body: body(Reveal) },
    responses: { 200: json(Revealed, "The number; nothing on the way keeps it"), default: problems },
  });

/** What staff see of a person only with a reason. */
export const reveals = ({ deps }: { deps: Deps }): Router =>
  newRouter().openapi(revealing(deps), async (c) => {
    const { id } = c.req.valid("param");
    const caller = c.get("caller");
    keepWithin(caller, await whereBooked(c.get("deps"), id));
    return c.json(
      await revealNumber(c.get("deps"), id, { ...c.req.valid("json"), actor: caller.label }),
      200,
    );
  });
