import { createRoute, z } from "@hono/zod-openapi";
import { BookingId } from "../../schema/primitives.ts";
import { CardCheck, CardChecked } from "../../schema/proof.ts";
import { whereBooked } from "../flows/attend.ts";
import { checkCard } from "../flows/card.ts";
import type { Deps } from "../flows/deps.ts";
import { forKeys, keepWithin } from "./auth.ts";
import { body, json, newRouter, problems, type Router } from "./router.ts";

const checking = (deps: Deps) =>
  createRoute({
    ...forKeys(deps, "POST /v1/bookings/{id}/card"),
    tags: ["Bookings"],
    summary: "Note what the card shows of whoever is expected, before the dose is given",
    description:
      "What differs is taken over. Where the policy objects, the dose is still given by whoever says `because` at `PATCH /v1/bookings/{id}`.",
    request: { params: z.strictObject({ id: BookingId }), body: body(CardCheck) },
    responses: { 200: json(CardChecked, "What it came to"), default: problems },
  });

/** The look at the card. */
export const cards = ({ deps }: { deps: Deps }): Router =>
  newRouter().openapi(checking(deps), async (c) => {
    const { id } = c.req.valid("param");
    const caller = c.get("caller");
    keepWithin(caller, await whereBooked(c.get("deps"), id));
    return c.json(await checkCard(c.get("deps"), id, { ...c.req.valid("json"), actor: caller.label }), 200);
  });
