import type { Hono } from "hono";
import type { PlatformEvent, RosterEntry } from "../../schema/adapter.ts";
import type { CentreId, ExternalId, Instant, InvitationId } from "../../schema/primitives.ts";
import type { InvitationKind } from "../../schema/surplus.ts";

/** What a simulated platform lives in. Its clock is the demonstration's; chance comes from `random` alone. */
export type World = {
  now(): Instant;
  sleep(milliseconds: number): Promise<void>;
  /** In [0, 1); from a seed, so that a run can be repeated. */
  random(): number;
  centres: CentreId[];
  /** Delivers a webhook to whoever subscribed; a platform without webhooks never calls it. */
  deliver(delivery: Delivery): Promise<void>;
};
export type Delivery = { headers: Record<string, string>; body: string };

/**
 * The platform seen from its own side, apart from its API: what the kit uses to set a scene and to look at what
 * really happened. Methods exist where the platform has the thing.
 */
export type Bench = {
  /** People who signed up with the platform itself. */
  addPeople(entries: RosterEntry[]): ExternalId[];
  people(): { externalId: ExternalId; state: "active" | "paused" | "left" }[];
  bookings?(): { externalRef: ExternalId; centre: CentreId; at: Instant; state: "booked" | "cancelled" }[];
  invitations?(): {
    invitation: InvitationId;
    asked: number;
    /** What its message said; nothing until it left. */
    told?: { kind: InvitationKind; knownBy: Instant };
    state: "open" | "yes" | "no" | "lapsed" | "revoked";
  }[];
  /** The person books on the platform's own pages, and not through the gateway. */
  bookDirectly?(entry: RosterEntry, place: { centre: CentreId; at: Instant }): ExternalId;
  /** From now on it books twice for one request so often, and refuses so often for reasons of its own, in [0, 1]. */
  misbehave?(faults: { twice: number; refuses: number }): void;
  /** The person answers on the platform. */
  answer?(input: { invitation: InvitationId; answer: "yes" | "no" }): void;
  /** The authority's own invitations; those whom `addPeople` adds have one each. */
  official?: {
    /** In which state it is, by the platform's name for its person. */
    state(person: ExternalId): "offered" | "booked" | "declined" | "withdrawn" | "vaccinated" | "died";
    /** The person declines it, the authority withdraws it, or a register tells of a dose or a death. */
    happens(person: ExternalId, what: "declined" | "withdrawn" | "vaccinated" | "died"): void;
  };
  /** A signed delivery of one event, as the platform would send it. */
  delivery?(event: PlatformEvent): Delivery;
};

/**
 * A platform as a real HTTP application. `state` is plain JSON, so that it can be kept across restarts; the app
 * holds nothing else. It is written from the platform's API document, never from its adapter.
 */
export type Simulator<State = unknown> = {
  name: string;
  /** The state before anything happened. */
  initial(world: World): State;
  app(state: State, world: World): Hono;
  bench(state: State, world: World): Bench;
  /** Options with which the adapter may connect to this simulator at that address. */
  options(baseUrl: string): Record<string, unknown>;
};
export const defineSimulator = <State>(simulator: Simulator<State>): Simulator<State> => simulator;
