import type { Context } from "hono";
import type { Centre } from "../../../schema/region.ts";
import type { Refused } from "../frame/own-desk.ts";
import { show } from "../frame/page.ts";
import { faultOf, type ListDesk } from "./desk.ts";
import { Trouble } from "./frame.tsx";

/* What all of these pages begin with, and what is shown where they cannot. */

export type At = { desk: ListDesk; centre: Centre };
export type Items<Item> = { items: Item[] };

/** `to`: a way on. */
export const trouble = (c: Context, desk: ListDesk, refused: Refused, to?: string) => {
  const status = refused.status === 404 || refused.status === 403 ? refused.status : 503;
  return show(c, <Trouble desk={desk} says={faultOf(desk, refused)} to={to} />, status);
};

/** A page about a centre that there is. */
export const about = async (c: Context, desk: ListDesk, of: (at: At) => Promise<Response> | Response) => {
  const centre = await desk.read<Centre>(`/v1/centres/${encodeURIComponent(c.req.param("centre") ?? "")}`);
  return centre.ok ? of({ desk, centre: centre.value }) : trouble(c, desk, centre);
};
