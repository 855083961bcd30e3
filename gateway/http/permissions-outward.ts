import type { Permission } from "./permission.ts";

/* Who may have told, and sent, what happened: lines of the table in `permissions.ts`. */

export const permissionsOutward = [
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
] as const satisfies readonly Permission[];
