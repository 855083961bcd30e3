import type { SMTPPoolOptions } from "nodemailer";
import { z } from "zod";
import { Secret } from "../../schema/adapter.ts";
import { type Channel, NotifyError } from "./channel.ts";

/**
 * A mail server. `tls`: encrypted from the first byte (port 465). `starttls`: encrypted before anything is said,
 * or nothing is sent. `none`: as it is, for a server on the same machine.
 */
export const EmailOptions = z.strictObject({
  host: z.string().min(1),
  port: z.number().int().min(1).max(65_535),
  security: z.enum(["tls", "starttls", "none"]),
  login: z.strictObject({ user: z.string().min(1), password: Secret }).optional(),
  from: z.email().meta({ example: "reserve@example.org" }),
  timeoutMs: z
    .number()
    .int()
    .min(10)
    .default(10_000)
    .meta({ description: "to connect, to greet, and between two replies" }),
  connections: z.number().int().min(1).max(50).default(5),
});
export type EmailOptions = z.infer<typeof EmailOptions>;

/** Letters by SMTP, over a few connections that are kept open. The library is loaded with the first of them. */
export const createEmail = (options: EmailOptions): Channel => {
  const open = async () => (await import("nodemailer")).createTransport(poolOf(options));
  let transport: ReturnType<typeof open> | undefined;
  const domain = options.from.slice(options.from.indexOf("@") + 1);
  return {
    name: "email",
    send: async ({ to, subject, body, reference }, signal) => {
      try {
        transport ??= open();
        await (await transport).sendMail({
          // As an object it is one address, whatever it looks like.
          ...{ from: { name: "", address: options.from }, to: { name: "", address: to } },
          ...{ subject, text: body, messageId: `<${reference}@${domain}>`, signal },
          // RFC 3834: no holiday reply comes back.
          headers: { "Auto-Submitted": "auto-generated" },
        });
      } catch (error) {
        throw told(error);
      }
    },
    close: async () => (await transport)?.transporter.close?.({ force: true }),
  };
};

const poolOf = ({ host, port, security, login, timeoutMs, connections }: EmailOptions) =>
  ({
    pool: true,
    ...{ host, port, maxConnections: connections },
    ...{ secure: security === "tls", requireTLS: security === "starttls", ignoreTLS: security === "none" },
    ...(login ? { auth: { user: login.user, pass: login.password } } : {}),
    ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs },
    dnsTimeout: timeoutMs,
    // Whether and when to repeat is decided by who keeps the letter.
    maxRequeues: 0,
    ...{ disableFileAccess: true, disableUrlAccess: true },
  }) satisfies SMTPPoolOptions & { pool: true };

/** What nodemailer's errors tell besides words; the words hold addresses. */
const Failure = z.object({
  code: z.string().regex(/^\w+$/).catch("unknown"),
  command: z.string().optional(),
  responseCode: z.number().int().optional(),
  response: z.string().optional(),
});

/**
 * Only an answer to the recipient says that an address will never work. A server that turns down our login, our
 * sender or the letter is at odds with us, as is one that says 5.7.x to a recipient: that is a rule of the
 * server's own (RFC 3463, section 3.8), and relaying and block lists are reported so.
 */
const told = (error: unknown): NotifyError => {
  const { code, command, responseCode, response } = Failure.parse(error);
  if (code === "EENVELOPE" && command === "API") return new NotifyError("refused", "email: not an address");
  const forEver = responseCode !== undefined && responseCode >= 500;
  const ruleOfTheirs = /^\d{3}[ -]5\.7\./.test(response ?? "");
  const refused = command === "RCPT TO" && forEver && !ruleOfTheirs;
  return new NotifyError(refused ? "refused" : "unavailable", `email: ${responseCode ?? code}`);
};
