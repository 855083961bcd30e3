import { Pool } from "undici";
import { z } from "zod";
import { Secret } from "../../schema/adapter.ts";
import { type Instant, millis } from "../../schema/primitives.ts";
import { type Channel, NotifyError } from "./channel.ts";

/** One text message, to a number in international form. */
type TextMessage = { to: string; text: string; reference: string };

/** Who carries text messages. Promises what `Channel.send` does. */
type TextProvider = {
  deliver(message: TextMessage, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
};

export const createTextMessages = (provider: TextProvider): Channel => ({
  name: "sms",
  send: ({ to, short, reference }, signal) => provider.deliver({ to, text: short, reference }, signal),
  close: () => provider.close(),
});

export const HttpTextOptions = z.strictObject({
  url: z.url().meta({ example: "https://sms.example.org/v1/messages" }),
  key: Secret,
  timeoutMs: z.number().int().min(10).default(10_000),
});
export type HttpTextOptions = z.infer<typeof HttpTextOptions>;

/**
 * A provider that takes `POST {to, text, reference}` as JSON with a bearer key, and answers 2xx once it has taken
 * the message; a reference that it has already is not sent again.
 */
export const createHttpProvider = (options: HttpTextOptions, now: () => Instant): TextProvider => {
  const { origin, pathname, search } = new URL(options.url);
  const { timeoutMs } = options;
  const pool = new Pool(origin, {
    ...{ connections: 16, connectTimeout: timeoutMs },
    ...{ headersTimeout: timeoutMs, bodyTimeout: timeoutMs },
  });
  return {
    deliver: async (message, signal) => {
      const headers = { authorization: `Bearer ${options.key}`, "content-type": "application/json" };
      const body = JSON.stringify(message);
      const request = { path: pathname + search, method: "POST" as const, headers, body, signal };
      const reply = await pool.request(request).catch((error: unknown) => {
        throw new NotifyError("unavailable", `sms: ${codeOf(error)}`);
      });
      // What a provider answers may repeat the number; it is read to its end and forgotten.
      await reply.body.dump().catch(() => undefined);
      refuseUnlessTaken(reply.statusCode, waitOf(reply.headers["retry-after"], now()));
    },
    close: () => pool.destroy(),
  };
};

/** The number is at fault. A wrong key or address of ours (401, 403, 404) says nothing about anybody's number. */
const refusals = new Set([400, 410, 422]);

const refuseUnlessTaken = (status: number, retryAfterSeconds?: number): void => {
  if (status >= 200 && status < 300) return;
  const fault = refusals.has(status) ? "refused" : "unavailable";
  throw new NotifyError(fault, `sms: status ${status}`, { retryAfterSeconds });
};

/** Retry-After (RFC 9110, section 10.2.3), a number of seconds or a date, as seconds from now. */
const waitOf = (header: string | string[] | undefined, now: Instant): number | undefined => {
  if (typeof header !== "string") return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - millis(now)) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, Math.ceil(seconds));
};

const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
};
