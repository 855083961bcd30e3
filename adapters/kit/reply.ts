import type { z } from "zod";
import { AdapterError } from "../../schema/adapter.ts";
import type { HttpReply } from "../../schema/http.ts";
import { parseJson } from "./json.ts";

/**
 * The reply's JSON as its document describes it. Anything else (another content type, such as an HTML page with
 * status 200; text that is no JSON; another shape) throws `drifted`, naming where, never what was written.
 */
export const parseReply = <Schema extends z.ZodType>(schema: Schema, reply: HttpReply): z.infer<Schema> => {
  const { "content-type": type = "" } = reply.headers;
  if (!/^application\/([\w.-]+\+)?json\b/i.test(type))
    throw new AdapterError(
      "drifted",
      `the reply with status ${reply.status} is not JSON by its content type`,
    );
  const parsed = schema.safeParse(parseJson(reply.text));
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.slice(0, 3).map(({ path, code }) => `/${path.join("/")} (${code})`);
  throw new AdapterError("drifted", `the reply differs from its document at ${where.join(", ")}`);
};

/** Lets the listed statuses pass. Another 4xx is the platform's refusal, anything else is not in its document. */
export const expectStatus = (reply: HttpReply, ...statuses: number[]): HttpReply => {
  if (statuses.includes(reply.status)) return reply;
  const fault = reply.status >= 400 ? "rejected" : "drifted";
  throw new AdapterError(fault, `the platform answered with status ${reply.status}`);
};
