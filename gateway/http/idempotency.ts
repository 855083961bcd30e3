import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { parseItem } from "structured-headers";
import type { Deps } from "../flows/deps.ts";
import { forget, type Request, recall, remembering } from "../flows/remember.ts";
import type { Scope } from "./router.ts";

const quoted = (text: string): string | undefined => {
  try {
    const [value] = parseItem(text);
    return typeof value === "string" && value !== "" ? value : undefined;
  } catch {
    return undefined;
  }
};

/** Written as RFC 8941 writes a string, in double quotes; remembered for a day. */
export const IdempotencyHeader = z.object({
  "Idempotency-Key": z
    .string()
    .max(200)
    .refine((text) => quoted(text) !== undefined, { error: 'a string in double quotes, such as "8e03978e"' })
    .optional()
    .meta({
      description: "the same key and request again get the first reply; nothing is done twice",
      example: '"8e03978e-40d5-43dd-bc93-6894a57f9324"',
    }),
});
type Headers = z.infer<typeof IdempotencyHeader>;

type Once<Reply> = {
  caller: string;
  headers: Headers;
  input?: unknown;
  status: number;
  shape: z.ZodType<Reply>;
};

/** The request that a key names; nothing without a key. */
export const requestOf = (
  c: Context<Scope>,
  { caller, headers, input }: Pick<Once<unknown>, "caller" | "headers" | "input">,
): Request | undefined => {
  const key = quoted(headers["Idempotency-Key"] ?? "");
  return key === undefined
    ? undefined
    : { caller, key, content: JSON.stringify([c.req.method, c.req.path, input]) };
};

/** Carries a flow of one transaction out once for each key; without a key, as often as it is asked. */
export const once = async <Reply>(
  c: Context<Scope>,
  deps: Deps,
  { caller, headers, input, status, shape }: Once<Reply>,
  flow: (deps: Deps) => Promise<Reply>,
): Promise<Reply> => {
  const request = requestOf(c, { caller, headers, input });
  if (!request) return flow(deps);
  const entered = await recall(deps, request);
  if ("body" in entered) {
    c.header("Idempotency-Replayed", "true");
    return shape.parse(JSON.parse(entered.body));
  }
  try {
    return await flow(remembering(deps, entered, status));
  } catch (error) {
    await forget(deps, entered);
    throw error;
  }
};
