import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { refuse } from "../../schema/errors.ts";
import type { CentreId, RegionId } from "../../schema/primitives.ts";
import { authorise, type Caller, type KeyRole } from "../flows/authorise.ts";
import type { Deps } from "../flows/deps.ts";
import type { Reach } from "../flows/watch.ts";
import type { Scope } from "./router.ts";

/** The key or token of the Authorization header; it stands nowhere else, since addresses are logged. */
export const bearer = (c: Context<Scope>): string =>
  /^Bearer +([\w.~+/-]{1,200}=*)$/i.exec(c.req.header("authorization") ?? "")?.[1] ??
  refuse("unauthenticated");

const requires = (deps: Deps, ...roles: KeyRole[]) =>
  createMiddleware<Scope>(async (c, next) => {
    const caller = (await authorise(deps, bearer(c))) ?? refuse("unauthenticated");
    if (caller.role !== "operator" && !roles.includes(caller.role)) refuse("not_allowed");
    c.set("caller", caller);
    await next();
  });

/** The caller of a route that anybody may call: nothing without a key, and refused with one that opens nothing. */
export const callerOf = async (c: Context<Scope>, deps: Deps): Promise<Caller | undefined> =>
  c.req.header("authorization") === undefined
    ? undefined
    : ((await authorise(deps, bearer(c))) ?? refuse("unauthenticated"));

/** For keys of these roles, and for an operator's. */
export const only = (deps: Deps, ...roles: KeyRole[]) => ({
  security: [{ key: [] }],
  middleware: requires(deps, ...roles),
});

/** For whoever holds a token from a message of the gateway. */
export const byToken = { security: [{ token: [] }] };

/** For anybody, and with a key for more. */
export const withOrWithoutKey: { security: Record<string, string[]>[] } = { security: [{}, { key: [] }] };

/** How far a key reaches: what a listing is narrowed to. */
export const reachOf = ({ role, regions, centres }: Caller): Reach => ({
  regions: role === "operator" || regions.length === 0 ? undefined : regions,
  centres: role === "operator" || centres.length === 0 ? undefined : centres,
});

/** Whether a place lies in a key's regions and, where it names centres, in those. */
export const mayReach = (caller: Caller, place: { region: RegionId; centre?: CentreId }): boolean => {
  const { regions, centres } = reachOf(caller);
  const inRegion = !regions || regions.includes(place.region);
  const inCentre = !centres || (place.centre !== undefined && centres.includes(place.centre));
  return inRegion && inCentre;
};

/** Refuses what lies beyond. */
export const keepWithin = (caller: Caller, place: { region: RegionId; centre?: CentreId }): void => {
  if (!mayReach(caller, place)) refuse("not_allowed");
};
