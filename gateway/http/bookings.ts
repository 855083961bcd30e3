import { createRoute, z } from "@hono/zod-openapi";
import { BookingId } from "../../schema/primitives.ts";
import { Booking, BookingChange } from "../../schema/surplus.ts";
import { attend, whereBooked } from "../flows/attend.ts";
import type { Deps } from "../flows/deps.ts";
import { forKeys, keepWithin } from "./auth.ts";
import { body, json, newRouter, problems, type Router } from "./router.ts";

const changing = (deps: Deps) =>
  createRoute({
    ...forKeys(deps, "PATCH /v1/bookings/{id}"),
    tags: ["Bookings"],
    summary: "Note who came, who did not, who called it off; or another time",
    request: { params: z.strictObject({ id: BookingId }), body: body(BookingChange) },
    responses: { 200: json(Booking, "The booking"), default: problems },
  });

/** What happened at the door. */
export const bookings = ({ deps }: { deps: Deps }): Router =>
  newRouter().openapi(changing(deps), async (c) => {
    const { id } = c.req.valid("param");
    keepWithin(c.get("caller"), await whereBooked(c.get("deps"), id));
    return c.json(await attend(c.get("deps"), id, c.req.valid("json"), c.get("caller").label), 200);
  });
