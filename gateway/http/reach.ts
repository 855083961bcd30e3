import type { KeyRole } from "../../schema/key.ts";
import type { HowFar, Permission, Who } from "./permission.ts";
import { type ForKeys, permissions, type Route } from "./permissions.ts";

const whoAt = new Map<string, Who>(
  permissions.flatMap(({ who, routes }: Permission) => routes.map((route) => [route, who] as const)),
);

/** How far a role reaches at an address; nothing where it may not come in at all. */
export const reachAt = (route: ForKeys, role: KeyRole): HowFar | undefined => whoAt.get(route)?.[role];

/** What somebody may call with what they show, beside what is open to anybody. */
export const openTo = ({ role, centres }: { role: KeyRole; centres: readonly unknown[] }): Route[] =>
  (permissions as readonly Permission[]).flatMap(({ who, routes }) => {
    const reach = who[role];
    const isOpen = reach !== undefined && (reach !== "own region" || centres.length === 0);
    return isOpen ? (routes as readonly Route[]) : [];
  });
