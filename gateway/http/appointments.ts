import { createRoute, z } from "@hono/zod-openapi";
import { Appointment, AppointmentPage, AppointmentsAsked } from "../../schema/appointment.ts";
import { listAppointments, readAppointment } from "../flows/appointments.ts";
import type { Deps } from "../flows/deps.ts";
import { forKeys, keepWithin, reachOf } from "./auth.ts";
import { json, newRouter, problems, type Router } from "./router.ts";

const tags = ["Bookings"];

const routes = (deps: Deps) => ({
  listing: createRoute({
    ...forKeys(deps, "GET /v1/appointments"),
    tags,
    summary: "List who is asked, who is expected and who came, newest first",
    description:
      "Of the centres that one reaches. Nobody is named before they are promised a dose; each look at a name is written to the audit.",
    request: { query: AppointmentsAsked },
    responses: { 200: json(AppointmentPage, "A page of them"), default: problems },
  }),
  reading: createRoute({
    ...forKeys(deps, "GET /v1/appointments/{id}"),
    tags,
    summary: "Read one, by the id of its invitation or of its booking",
    request: { params: z.strictObject({ id: z.uuid() }) },
    responses: { 200: json(Appointment, "As it stands"), default: problems },
  }),
});

/** Questions and promises as one list, for a centre's own system. */
export const appointments = ({ deps }: { deps: Deps }): Router => {
  const { listing, reading } = routes(deps);
  return newRouter()
    .openapi(listing, async (c) => {
      const { centre: asked, state: states, ...rest } = c.req.valid("query");
      const { centres: reached } = reachOf(c.get("caller"));
      const centres = asked && reached ? asked.filter((each) => reached.includes(each)) : (asked ?? reached);
      const wanted = { ...rest, centres, states };
      return c.json(await listAppointments(c.get("deps"), wanted, c.get("caller").label), 200);
    })
    .openapi(reading, async (c) => {
      const caller = c.get("caller");
      const { id } = c.req.valid("param");
      const mayRead = (place: Appointment) => keepWithin(caller, place);
      return c.json(await readAppointment(c.get("deps"), { id, actor: caller.label, mayRead }), 200);
    });
};
