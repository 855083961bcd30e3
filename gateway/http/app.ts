import { createMiddleware } from "hono/factory";
import { requestId } from "hono/request-id";
import { secureHeaders } from "hono/secure-headers";
import type { Log } from "../../schema/adapter.ts";
import type { Publisher } from "../../schema/release.ts";
import type { Deps } from "../flows/deps.ts";
import { type Intake, openIntake } from "../flows/intake/gather.ts";
import type { SlotLimitsGiven } from "../flows/slots/limits.ts";
import type { Post } from "../flows/webhooks/post.ts";
import type { ConnectedPlatform } from "../registry.ts";
import { about } from "./about.ts";
import { appointments } from "./appointments.ts";
import { audit } from "./audit.ts";
import { batches } from "./batches.ts";
import { bindings } from "./bindings.ts";
import { bookings } from "./bookings.ts";
import { callers } from "./callers.ts";
import { calls } from "./calls.ts";
import { campaigns } from "./campaigns.ts";
import { cards } from "./cards.ts";
import { dayReports } from "./day-reports.ts";
import { docs } from "./docs.ts";
import { evenings } from "./evenings.ts";
import { events } from "./events.ts";
import { figures } from "./figures.ts";
import { health } from "./health.ts";
import { imports } from "./imports.ts";
import { invitations } from "./invitations.ts";
import { keys } from "./keys.ts";
import { letters } from "./letters.ts";
import { type LimitsGiven, limits } from "./limits.ts";
import { live } from "./live.ts";
import { openStreams } from "./open-streams.ts";
import { describeOutgoing } from "./outgoing.ts";
import { pairs } from "./pairs.ts";
import { platforms } from "./platforms.ts";
import { policies } from "./policies.ts";
import { answerNothing, answerProblems } from "./problem.ts";
import { readings } from "./readings.ts";
import { regions } from "./regions.ts";
import { releases } from "./releases.ts";
import { renewals } from "./renewals.ts";
import { reports } from "./reports.ts";
import { reveals } from "./reveals.ts";
import { rights } from "./rights.ts";
import { newRouter, type Router, type Scope } from "./router.ts";
import { sizes } from "./sizes.ts";
import { slots } from "./slots.ts";
import { surpluses } from "./surpluses.ts";
import { volunteers } from "./volunteers.ts";
import { webhooks } from "./webhooks.ts";
import { longWork } from "./work.ts";

/** All that the API needs of the process it lives in. */
export type World = {
  deps: Deps;
  platforms: readonly ConnectedPlatform[];
  slots: SlotLimitsGiven;
  /** Where registrations are gathered; one of its own where absent. */
  intake?: Intake;
  /** Labels of the keys that come from the settings at each start, and cannot be revoked here. */
  keysGiven?: readonly string[];
  /** How often a stream on which nothing happens says that it is still there. */
  heartbeatMs?: number;
  /** How often one may ask; as it is by itself where absent. */
  limits?: LimitsGiven;
  /** Under whose name what is public is open, and on which terms. */
  publisher?: Publisher;
  /** Whether people reach the gateway by https alone, so that browsers may be told to keep to it. */
  isSecure?: boolean;
  /** The address that people open; of this machine where absent. */
  publicUrl?: string;
  /** How events get out; nobody can have any sent where it is absent. */
  post?: Post;
  log: Log;
};

/** What the addresses in answers begin with. */
export const baseOf = ({ publicUrl = "http://localhost" }: Pick<World, "publicUrl">): string =>
  publicUrl.replace(/\/$/, "");

/** The same, with what one part of the API shares with another. */
export type OpenWorld = World & { intake: Intake };

/** Replies name people and carry tokens: nothing between here and the caller keeps them. */
const unkept = createMiddleware<Scope>(async (c, next) => {
  c.header("cache-control", "no-store");
  await next();
});

const describe = (app: Router) => {
  const registry = app.openAPIRegistry;
  const scheme = (description: string) => ({ type: "http", scheme: "bearer", description }) as const;
  registry.registerComponent(
    "securitySchemes",
    "key",
    scheme("a key that an operator issued, or an access token (RFC 9068) of an identity provider"),
  );
  registry.registerComponent("securitySchemes", "token", scheme("a token from a message to a volunteer"));
  describeOutgoing(registry);
  app.get("/openapi.json", (c) => c.json(app.getOpenAPI31Document(about)));
  app.route("/", docs());
};

const resources = [
  ...[volunteers, batches, regions, policies, surpluses, invitations, bookings, appointments],
  ...[renewals, campaigns, bindings, calls, imports, longWork, slots, pairs, reveals, cards, evenings],
  ...[rights, letters, platforms, readings, reports, dayReports, releases, figures, callers, keys],
  ...[audit, live, health, events, webhooks],
];

/** The whole API, and its own description. */
export const createApp = (world: World): Router => {
  const app = newRouter();
  app.onError(answerProblems(world.log));
  const strictTransportSecurity = world.isSecure ? "max-age=31536000" : false;
  app.use(
    requestId({ limitLength: 64 }),
    secureHeaders({ xFrameOptions: "DENY", strictTransportSecurity }),
    sizes,
  );
  app.use("/v1/*", unkept, limits(world.limits ?? {}));
  const counted = openStreams(world.limits ?? {});
  app.use("/v1/live", counted).use("/v1/centres/:centre/live", counted).use("/v1/events", counted);
  const open: OpenWorld = { ...world, intake: world.intake ?? openIntake(world.deps, { log: world.log }) };
  for (const resource of resources) app.route("/", resource(open));
  describe(app);
  // Last, and as a route: `notFound` would be lost where this application is mounted in another.
  app.all("*", answerNothing(app.routes));
  return app;
};
