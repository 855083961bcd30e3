import type { Permission } from "./permission.ts";

/* Who is told what happened, or checks it: lines of the table in `permissions.ts`. */

export const permissionsTold = [
  {
    id: "events",
    why: "Whoever builds on the gateway hears what happened where they reach, of the kinds that their role may see; it is told by ids, without names.",
    who: {
      ...{ staff: "own centre", lead: "own centre", agency: "own region" },
      ...{ reporting: "own centre", platform: "own centre", operator: "all" },
    },
    routes: ["GET /v1/events"],
  },
  {
    id: "webhooks",
    why: "Events are sent where an authority or a platform wants them; a platform orders its own alone, and an authority sees all that lie within its region.",
    who: { agency: "own region", platform: "own region", operator: "all" },
    routes: [
      "GET /v1/webhooks",
      "POST /v1/webhooks",
      "GET /v1/webhooks/{id}",
      "PATCH /v1/webhooks/{id}",
      "DELETE /v1/webhooks/{id}",
      "POST /v1/webhooks/{id}/secret",
      "POST /v1/webhooks/{id}/test",
      "POST /v1/webhooks/{id}/replay",
      "GET /v1/webhooks/{id}/deliveries",
    ],
  },
  {
    id: "audit-of-region",
    why: "Whoever checks those who decide reads what was written of it, in which nobody is named, and nothing else.",
    who: { auditor: "own region" },
    routes: ["GET /v1/regions/{region}/audit", "GET /v1/regions/{region}/audit/lines"],
  },
  {
    id: "audit-of-all",
    why: "What is about no region, such as who got a key, is checked by every auditor.",
    who: { auditor: "all" },
    routes: ["GET /v1/audit", "GET /v1/audit/lines"],
  },
] as const satisfies readonly Permission[];
