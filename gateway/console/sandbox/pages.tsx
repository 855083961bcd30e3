import { Hono } from "hono";
import { page } from "../frame/page.ts";
import { type Message, Messages } from "./messages-page.tsx";

const shownAtMost = 200;

type Post = { list(query: { to?: string; limit?: number }): Message[] };

/** What was written to people, for those who try the sandbox, and for programs that do. */
export const messagePages = ({ list }: Post): Hono =>
  new Hono()
    .get("/messages", (c) => {
      const to = c.req.query("to");
      return page(c, <Messages messages={list({ to, limit: shownAtMost })} to={to} />);
    })
    .get("/messages.json", (c) => {
      const { to, limit = "50" } = c.req.query();
      if (!/^[1-9]\d{0,3}$/.test(limit)) return c.json({ error: "limit is a number from 1 to 9999" }, 400);
      return c.json({ items: list({ to, limit: Number(limit) }) });
    });
