import { z } from "zod";
import { CentreId, Instant, InvitationId, SurplusId } from "./primitives.ts";
import { Expected, InvitationKind, InvitationState, Surplus } from "./surplus.ts";

/** Somebody who is asked, without a name: the centre learns who it is once they are expected. */
export const Asked = z
  .strictObject({
    id: InvitationId,
    kind: InvitationKind,
    state: InvitationState.extract(["decided", "open", "ready"]),
    windowEndsAt: Instant.optional().meta({ description: "absent until a channel took the message (F03)" }),
    knownBy: Instant.meta({ description: "a standby knows by then at the latest" }),
  })
  .meta({ id: "Asked" });
export type Asked = z.infer<typeof Asked>;

/** Doses of a centre's evening, and who is asked for them at this moment. */
export const OpenDoses = z
  .strictObject({ surplus: Surplus, asked: z.array(Asked) })
  .meta({ id: "OpenDoses" });
export type OpenDoses = z.infer<typeof OpenDoses>;

/**
 * A centre's evening, whole or what changed of it since `position`s ago: the doses that are there or were until half a
 * day ago, and who comes for them. Whoever is in `changed` or `expected` stands there as they are now.
 */
export const Evening = z
  .strictObject({
    position: z.string().meta({
      description: "how far this tells; as `Last-Event-ID` of the stream, it goes on from there",
      example: "2s.2u",
    }),
    centre: CentreId,
    at: Instant,
    surpluses: z
      .array(SurplusId)
      .meta({ description: "all that belong to the evening now, the newest first; any other is over" }),
    changed: z.array(OpenDoses),
    expected: z.array(Expected),
  })
  .meta({ id: "Evening" });
export type Evening = z.infer<typeof Evening>;
