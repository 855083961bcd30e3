import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { z } from "zod";
import { sandboxPrefix } from "../config/secrets.ts";
import type { Desk } from "./mailbox.ts";

const key = `${sandboxPrefix}sms`;

const Order = z.strictObject({
  to: z.string().regex(/^\+[1-9]\d{7,14}$/),
  text: z.string().min(1).max(1530),
  reference: z.string().min(1).max(200),
});

/** A provider of text messages on this machine that takes every message and keeps it readable. */
export const startSmsProvider = async (desk: Desk) => {
  const server = createServer(getRequestListener(providerApp(desk).fetch));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the provider has no port");
  return {
    access: { url: `http://127.0.0.1:${address.port}/v1/messages`, key },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const providerApp = (desk: Desk): Hono => {
  const app = new Hono();
  app.post("/v1/messages", async (c) => {
    if (desk.fault("sms").down) return c.json({ error: "closed-today" }, 503);
    if (c.req.header("authorization") !== `Bearer ${key}`) return c.json({ error: "unknown-key" }, 401);
    const order = Order.safeParse(await c.req.json().catch(() => undefined));
    if (!order.success) return c.json({ error: "not-a-message" }, 400);
    await desk.sleep(desk.fault("sms").delayMs);
    return c.json({ id: take(desk, order.data) }, 202);
  });
  return app;
};

/** A reference that is here already is not taken again. */
const take = (desk: Desk, { to, text, reference }: z.infer<typeof Order>): string => {
  const earlier = desk.mailbox.byReference(reference);
  if (earlier) return earlier.id;
  const id = randomUUID();
  desk.mailbox.put({ id, at: desk.now(), channel: "sms", to, subject: "", text, reference });
  return id;
};
