import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import { refuse } from "../../schema/errors.ts";
import type { Scope } from "./router.ts";

/* How much a request may carry, by what it is for. */

const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;

/**
 * Where a length is told, Node reads no byte more. Where none is, the body is read here before anybody knows who sent
 * it, so that even of a file no more than a mebibyte is.
 */
const limit = (maxSize: number) => {
  const tooLarge = () => refuse("body_too_large", `at most ${maxSize / kibibyte} KiB here`);
  const whileRead = bodyLimit({ maxSize: Math.min(maxSize, mebibyte), onError: tooLarge });
  return createMiddleware<Scope>((c, next) => {
    const told = c.req.header("content-length");
    if (told === undefined) return whileRead(c, next);
    return Number(told) > maxSize ? tooLarge() : next();
  });
};
/** What one person says of themselves is not a tenth of it, with every exception that they may name. */
const ofOnePerson = limit(32 * kibibyte);
const ofStaff = limit(256 * kibibyte);
const ofMany = limit(mebibyte);
const ofAFile = limit(16 * mebibyte);

const onePerson = /^\/v1\/(?:volunteers\/recover|volunteer|invitation|renewal)(?:\/|$)/;
const many = /^\/v1\/(?:volunteers\/batch|platforms\/[^/]+\/events)$/;
const file = /^\/v1\/centres\/[^/]+\/imports$/;

const limitOf = (path: string) => {
  if (path === "/v1/volunteers" || onePerson.test(path)) return ofOnePerson;
  if (many.test(path)) return ofMany;
  return file.test(path) ? ofAFile : ofStaff;
};

/**
 * Of a GET, `door.ts` has seen to it that it has none; to look for it here would open it as a stream, which costs more
 * than the rest of a short answer.
 */
export const sizes = createMiddleware<Scope>((c, next) => {
  const { method, path } = c.req;
  return method === "GET" || method === "HEAD" ? next() : limitOf(path)(c, next);
});
