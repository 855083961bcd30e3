import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { errors, Refusal } from "../../schema/errors.ts";
import type { Intake } from "../flows/intake/gather.ts";
import { problemOf } from "./problem.ts";

/** Answers a request itself, and says so, before anybody else has looked at it. */
export type Door = (request: IncomingMessage, response: ServerResponse) => boolean;

const answer = (response: ServerResponse, refusal: Refusal, headers: Record<string, string>): void => {
  const requestId = randomUUID();
  const body = JSON.stringify(problemOf(requestId, refusal));
  response.writeHead(errors[refusal.code].status, {
    "content-type": "application/problem+json",
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-request-id": requestId,
    ...headers,
  });
  response.end(body);
};

const noBody = new Refusal("body_too_large", "a request by GET or HEAD has no body");

/**
 * Turns away a GET with a body, of whatever address. Node would read it to its end, however far that is, before it takes
 * the next request of that connection.
 */
export const withoutBody: Door = ({ method, headers }, response) => {
  if (method !== "GET" && method !== "HEAD") return false;
  const { "content-length": length = "0", "transfer-encoding": encoding } = headers;
  if (length === "0" && encoding === undefined) return false;
  answer(response, noBody, { connection: "close" });
  return true;
};

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
    answer(response, overloaded, { "retry-after": String(Math.ceil(seconds)) });
    return true;
  };
