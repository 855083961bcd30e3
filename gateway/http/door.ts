import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Refusal } from "../../schema/errors.ts";
import type { Intake } from "../flows/intake/gather.ts";
import { problemOf } from "./problem.ts";

/** Answers a request itself, and says so, before anybody else has looked at it. */
export type Door = (request: IncomingMessage, response: ServerResponse) => boolean;

const overloaded = new Refusal("overloaded");

/**
 * Turns away whoever would register while nobody can be taken in. `unlessFull` would say the same; but where most are
 * refused, what it costs to refuse them decides how many are written, and here it is some 50 microseconds
 * (docs/performance.md). Whatever is not refused goes on as if there were no door.
 */
export const openDoor =
  (intake: Pick<Intake, "turnedAway">): Door =>
  (request, response) => {
    if (request.method !== "POST" || request.url !== "/v1/volunteers") return false;
    const seconds = intake.turnedAway();
    if (seconds === undefined) return false;
    const requestId = randomUUID();
    const body = JSON.stringify(problemOf(requestId, overloaded));
    response.writeHead(503, {
      "content-type": "application/problem+json",
      "content-length": Buffer.byteLength(body),
      "retry-after": String(Math.ceil(seconds)),
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "x-request-id": requestId,
    });
    response.end(body);
    return true;
  };
