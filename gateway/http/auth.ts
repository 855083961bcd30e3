import type { Context, MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";
import { Refusal, refuse } from "../../schema/errors.ts";
import type { CentreId, RegionId } from "../../schema/primitives.ts";
import { authorise, type Caller } from "../flows/authorise.ts";
import { type Deps, type Reach, within } from "../flows/deps.ts";
import type { ForAnybody, ForKeys, ForPlatforms, ForVolunteers } from "./permissions.ts";
import { reachAt } from "./reach.ts";
import type { Scope } from "./router.ts";

/** The key or token of the Authorization header; it stands nowhere else, since addresses are logged. */
export const bearer = (c: Context<Scope>): string =>
  /^Bearer +([\w.~+/-]{1,8000}=*)$/i.exec(c.req.header("authorization") ?? "")?.[1] ??
  refuse("unauthenticated");

/** The caller of a route that anybody may call: nothing without a key, and refused with one that opens nothing. */
export const callerOf = async (c: Context<Scope>, deps: Deps): Promise<Caller | undefined> =>
  c.req.header("authorization") === undefined
    ? undefined
    : ((await authorise(deps, bearer(c))) ?? refuse("unauthenticated"));

/** Where an address of the table of permissions is, as a route is declared. */
type Address<Route extends string> = Route extends `${infer Method} ${infer Path}`
  ? { method: Lowercase<Method>; path: Path }
  : never;
const addressOf = <Route extends string>(route: Route) => {
  const [method = "", path] = route.split(" ");
  return { method: method.toLowerCase(), path } as Address<Route>;
};

/** The caller as far as the table lets them reach at this address. */
const letIn = (route: ForKeys, caller: Caller): Caller => {
  const reach = reachAt(route, caller.role) ?? refuse("not_allowed");
  if (reach === "all") return { ...caller, regions: [], centres: [] };
  if (reach === "own region" && caller.centres.length > 0)
    refuse("not_allowed", "this is for whoever reaches whole regions");
  return caller;
};

const requires = (deps: Deps, route: ForKeys): MiddlewareHandler<Scope> =>
  createMiddleware<Scope>(async (c, next) => {
    const caller = (await authorise(deps, bearer(c))) ?? refuse("unauthenticated");
    const reaching = letIn(route, caller);
    c.set("caller", reaching);
    c.set("deps", within(deps, reachOf(reaching)));
    c.set("holder", caller);
    await next();
  });

/** An address for the roles that the table names, each as far as it says. */
export const forKeys = <Route extends ForKeys>(deps: Deps, route: Route) => ({
  ...addressOf(route),
  security: [{ key: [] }],
  middleware: requires(deps, route),
});

/** For whoever holds a token from a message of the gateway. */
export const forVolunteers = <Route extends ForVolunteers>(route: Route) => ({
  ...addressOf(route),
  security: [{ token: [] }],
});

/** For a platform, which signs what it sends in its own way. */
export const forPlatforms = <Route extends ForPlatforms>(route: Route) => addressOf(route);

export const forAnybody = <Route extends ForAnybody>(route: Route) => addressOf(route);

/** For anybody, and with a key for more. */
export const withOrWithoutKey: { security: Record<string, string[]>[] } = { security: [{}, { key: [] }] };

/** How far a caller reaches: what a listing is narrowed to. */
export const reachOf = ({ regions, centres }: Caller): Reach => ({
  regions: regions.length === 0 ? undefined : regions,
  centres: centres.length === 0 ? undefined : centres,
});

/** Whether a place lies in a caller's regions and, where centres are named, in those. */
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

/**
 * Whether whoever opened a stream of a place may read on: their key may have been ended since, or their token have run
 * out.
 */
export const readsOn = (
  c: Context<Scope>,
  deps: Deps,
  { route, place }: { route: ForKeys; place: { region: RegionId; centre: CentreId } },
): (() => Promise<boolean>) => {
  const shown = bearer(c);
  return async () => {
    try {
      const caller = await authorise(deps, shown);
      return caller !== undefined && mayReach(letIn(route, caller), place);
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  };
};

/** Whether whoever opened a stream may read on, exactly as far as when they opened it. */
export const stillCalls = (c: Context<Scope>, deps: Deps, route: ForKeys): (() => Promise<boolean>) => {
  const shown = bearer(c);
  const reachNow = async () => {
    const caller = await authorise(deps, shown);
    if (!caller) return undefined;
    const { role, regions, centres } = letIn(route, caller);
    return JSON.stringify({ role, regions, centres });
  };
  const { role, regions, centres } = c.get("caller");
  const before = JSON.stringify({ role, regions, centres });
  return async () => {
    try {
      return (await reachNow()) === before;
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  };
};
